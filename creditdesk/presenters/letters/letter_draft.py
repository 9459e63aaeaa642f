"""A letter about somebody, from its file and its facts to paper: what page and command line have in common."""

from collections.abc import Callable, Mapping
from pathlib import Path

from creditdesk.catalog.letters import Source
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language, words
from creditdesk.jobs import Progress
from creditdesk.presenters.letters.balance import BalanceFacts
from creditdesk.presenters.letters.facts import About, Facts
from creditdesk.presenters.letters.limit import LimitFacts
from creditdesk.presenters.letters.overdue import OverdueFacts
from creditdesk.presenters.letters.questions import QuestionFacts
from creditdesk.presenters.parts.form import AnswerMissing, Answers, FormField
from creditdesk.presenters.parts.typed import Answer, Kind, read, tidy
from creditdesk.reports import letter as paper

FACTS: Mapping[Source, type[Facts]] = {
    Source.ACCOUNT: Facts,
    Source.OVERDUE: OverdueFacts,
    Source.LIMIT: LimitFacts,
    Source.QUESTIONS: QuestionFacts,
    Source.BALANCE: BalanceFacts,
}
"""The facts of each source."""


class LetterFieldUnknown(UserError):
    """Nothing of this name is typed for the letter."""

    message = N_("“{letter}” has no field {name}. It has: {names}.")


class LetterChoiceUnknown(UserError):
    """A field with options was given another."""

    message = N_("{field}: there is no “{text}”. There are: {options}.")


class LetterDraft:
    """One letter with its facts; making it raises a `UserError` where there is nothing to write."""

    def __init__(self, about: About) -> None:
        about.check()
        self.about = about
        self.letter = about.letter
        self.facts = FACTS[about.letter.source](about)
        self._typed = dict.fromkeys((field.key for field in self.letter.fields), "")

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Everything that is typed, the letter's own fields last."""
        own = (
            FormField(
                key=field.key,
                label=field.label.in_language(self._language),
                kind=Kind(field.kind),
                required=field.required,
                hint=field.hint.in_language(self._language) if field.hint else "",
            )
            for field in self.letter.fields
        )
        return (*self.facts.fields, *own)

    def take(self, answers: Answers) -> None:
        """Put what was typed into the letter; raises a `UserError` for what makes no sense."""
        self.facts.take(answers)
        self._typed = {
            field.key: tidy(Kind(field.kind), answers.text(field.key))
            for field in self.letter.fields
        }

    def take_texts(self, texts: Mapping[str, str]) -> None:
        """The same from texts by field, over what stands there at first; raises also for what can't be read."""
        names = tuple(field.key for field in self.fields)
        for name in texts:
            if name not in names:
                raise LetterFieldUnknown(letter=self.letter.name, name=name, names=names)  # fmt: skip
        given = {**self.facts.values, **texts}
        self.take(Answers({field.key: _read(field, given.get(field.key, "")) for field in self.fields}))  # fmt: skip

    def places(self, language: Language) -> dict[str, str]:
        """What fills the places of its texts."""
        filled = {**self._typed, **self.facts.fill(words(language)).places}
        return {name: filled[name] for name in sorted(self.letter.places)}

    def writing(self, path: Path, language: Language) -> Callable[[Progress], Path]:
        """The job: write it as it is now."""
        fill, typed = self.facts.fill, dict(self._typed)
        text = self.letter.in_language(language)

        def job(progress: Progress) -> Path:
            paper.write(fill, text, path, language, progress, typed)
            return path

        return job

    @property
    def _language(self) -> Language:
        return self.about.say.language


def _read(field: FormField, text: str) -> Answer:
    options = tuple(each.value for each in field.options)
    if options and text not in options:
        raise LetterChoiceUnknown(field=field.label, text=text, options=options)
    if field.required and not text.strip():
        raise AnswerMissing(field=field.label)
    return read(field.kind, text)
