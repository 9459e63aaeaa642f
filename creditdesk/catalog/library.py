"""The words of the field and the guides through the program, which ship as data (rules.md 1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from creditdesk import paths
from creditdesk.catalog.reading import CatalogError, read
from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.i18n import Bilingual, Language

_ASIDE = re.compile(r"[（(].*?[）)]|[：:%\s]")
"""What stands beside a word on a screen: a unit in brackets, a colon, blanks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the field and what it means. `fields`: values of a policy that are called so."""

    name: Bilingual
    meaning: Bilingual
    also_zh: tuple[str, ...] = ()
    also_en: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its English name, by which a page is asked for it."""
        return self.name.en

    def also(self, language: Language) -> tuple[str, ...]:
        """What else it is called."""
        return self.also_zh if language == "zh" else self.also_en

    def names(self, language: Language) -> Iterator[str]:
        """Everything it is called on screens and papers."""
        yield self.name.in_language(language)
        yield from self.also(language)
        for key in self.fields:
            yield BY_KEY[key].label.in_language(language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """How something is done. `leads`: the page it leads to; `places`: the pages from which F1 opens it.

    Of its text a line that begins with a number is a step, any other a paragraph.
    """

    id: str
    leads: str
    places: tuple[str, ...]
    title: Bilingual
    text: Bilingual

    def picture(self, language: Language) -> Path:
        """What the page looks like; `.ci/pictures` draws it."""
        return paths.resources() / "library" / "pictures" / f"{self.id}-{language}.png"


@dataclass(frozen=True, slots=True)
class _Terms:
    term: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class _Guides:
    guide: tuple[Guide, ...]


@cache
def terms() -> tuple[Term, ...]:
    """In the order of the file. Raises `CatalogError`."""
    path = paths.resources() / "library" / "glossary.toml"
    found = read(path, _Terms).term
    for term in found:
        if unknown := [key for key in term.fields if key not in BY_KEY]:
            raise CatalogError(f"{path.name}: no such fields: {', '.join(unknown)}")
    if len({each.key for each in found}) < len(found):
        raise CatalogError(f"{path.name}: a term occurs twice")
    return found


@cache
def guides() -> tuple[Guide, ...]:
    """In the order of the file. Raises `CatalogError`."""
    path = paths.resources() / "library" / "guides.toml"
    found = read(path, _Guides).guide
    places = [place for each in found for place in each.places]
    if len(set(places)) < len(places) or len({each.id for each in found}) < len(found):
        raise CatalogError(f"{path.name}: a guide or a place occurs twice")
    return found


def term_of(words: str) -> tuple[Term, Language] | None:
    """The term that a word on a screen names, and in which language; None: it is none."""
    return _by_words().get(_bare(words))


def guide_of(place: str) -> Guide | None:
    """The guide that helps on a page."""
    return next((each for each in guides() if place in each.places), None)


@cache
def _by_words() -> dict[str, tuple[Term, Language]]:
    languages: tuple[Language, ...] = ("en", "zh")
    found: dict[str, tuple[Term, Language]] = {}
    for language in languages:
        # A term's own name goes before what others are called, too.
        for term in terms():
            found[_bare(term.name.in_language(language))] = (term, language)
        for term in terms():
            for name in term.names(language):
                found.setdefault(_bare(name), (term, language))
    return found


def _bare(words: str) -> str:
    return _ASIDE.sub("", words).casefold()
