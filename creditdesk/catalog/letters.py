"""The words of letters, which ship as data: a firm may replace a file and change no program."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter

from creditdesk.catalog import reading
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.i18n import Bilingual, Language

OVERDUE_NOTICE = "overdue_notice"
BALANCE_CONFIRMATION = "balance_confirmation"
INSURER_QUESTIONS = "insurer_questions"
LIMIT_LETTERS: Mapping[RequestKind, str] = {
    RequestKind.NEW: "limit_application",
    RequestKind.INCREASE: "limit_increase",
    RequestKind.RENEWAL: "limit_renewal",
    RequestKind.REDUCTION: "limit_reduction",
    RequestKind.CANCELLATION: "limit_cancellation",
}


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter in one language, its places still open."""

    title: str
    greeting: str
    paragraphs: tuple[str, ...]
    closing: str

    def filled(self, places: Mapping[str, str]) -> "LetterText":
        """With its places filled; a value is text and never read as a pattern again."""
        return LetterText(
            self.title.format_map(places),
            self.greeting.format_map(places),
            tuple(paragraph.format_map(places) for paragraph in self.paragraphs),
            self.closing.format_map(places),
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """A kind of letter in both languages. `places` are the names its texts may use."""

    id: str
    places: frozenset[str]
    title: Bilingual
    greeting: Bilingual
    paragraphs: tuple[Bilingual, ...]
    closing: Bilingual

    def in_language(self, language: Language) -> LetterText:
        """The letter in this language."""
        return LetterText(
            self.title.in_language(language),
            self.greeting.in_language(language),
            tuple(part.in_language(language) for part in self.paragraphs),
            self.closing.in_language(language),
        )


@cache
def letters() -> dict[str, Letter]:
    """All letters by id. Raises `CatalogError`."""
    found = {
        path: reading.read(path, Letter, paragraphs="paragraph")
        for path in reading.folder("letters")
    }
    for path, letter in found.items():
        _check_places(letter, path.name)
    return {letter.id: letter for letter in found.values()}


def _check_places(letter: Letter, where: str) -> None:
    texts = (letter.title, letter.greeting, *letter.paragraphs, letter.closing)
    for words in texts:
        for text in (words.zh, words.en):
            used = {name for _, name, _, _ in Formatter().parse(text) if name}
            if used - letter.places:
                unknown = ", ".join(sorted(used - letter.places))
                raise reading.CatalogError(
                    f"{where}: places: {unknown} is not declared"
                )
