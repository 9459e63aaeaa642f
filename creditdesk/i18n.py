"""Words in two languages: sentences are English in the code and translated where they are shown."""

import gettext
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, Self

from creditdesk import paths

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_LOCALES: Mapping[Language, str] = {"zh": "zh_CN", "en": "en"}


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a sentence for translation where it is defined."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with named places, not yet in any language.

    Values of places are shown by `str`, except messages and bilingual words, which are translated too.
    """

    text: str
    places: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, text: str, /, **places: object) -> Self:
        """A message whose places are given by name."""
        return cls(text, tuple(places.items()))


@dataclass(frozen=True, slots=True)
class Bilingual:
    """Words that data files carry in both languages."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """The words in this language."""
        return self.zh if language == "zh" else self.en


class Words:
    """Everything the program says, in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._catalog = gettext.translation(
            "creditdesk",
            paths.resources() / "locale",
            [_LOCALES[language]],
            fallback=True,
        )

    def __call__(self, text: str, /, **places: object) -> str:
        """The sentence in this language, with its places filled."""
        return self._fill(self._catalog.gettext(text) if text else "", places)

    def plural(self, one: str, many: str, /, count: int, **places: object) -> str:
        """The sentence for this count; `{count}` is one of its places."""
        return self._fill(
            self._catalog.ngettext(one, many, count), {"count": count, **places}
        )

    def say(self, message: Message) -> str:
        """A message in this language."""
        return self(message.text, **dict(message.places))

    def name(self, name: str | Message) -> str:
        """What a document is called: its number, or words."""
        return name if isinstance(name, str) else self.say(name)

    def _fill(self, sentence: str, places: Mapping[str, object]) -> str:
        return (
            sentence.format(
                **{name: self._show(value) for name, value in places.items()}
            )
            if places
            else sentence
        )

    def _show(self, value: object) -> object:
        if isinstance(value, Message):
            return self.say(value)
        if isinstance(value, Bilingual):
            return value.in_language(self.language)
        if isinstance(value, tuple):
            return self.list(str(self._show(part)) for part in value)
        return value

    def list(self, parts: Iterable[str]) -> str:
        """Words one after the other."""
        return ("、" if self.language == "zh" else ", ").join(parts)

    def clauses(self, parts: Iterable[str]) -> str:
        """Parts of one sentence that could each be one."""
        return ("；" if self.language == "zh" else "; ").join(parts)


@cache
def words(language: Language) -> Words:
    """The words of a language, loaded once."""
    return Words(language)
