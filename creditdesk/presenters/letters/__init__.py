"""Letters, without Qt: what each draws its facts from, what is typed, and recording that it went out."""
