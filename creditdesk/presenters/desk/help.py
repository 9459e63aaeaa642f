"""The guides and the words of the field, found by what is typed, without Qt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from creditdesk.catalog.library import Guide, Term, guides, terms
from creditdesk.events import Event
from creditdesk.i18n import N_, Language
from creditdesk.presenters.parts.wording import Wording
from creditdesk.spelling import folded, forms

_STEP = re.compile(r"\d+\. ")


@dataclass(frozen=True, slots=True)
class Entry:
    """A guide or a word. `place`: the page a guide leads to; empty: none. `picture`: of that page; None: none."""

    key: str
    title: str
    aside: str
    paragraphs: tuple[str, ...]
    place: str = ""
    names: tuple[str, ...] = ()
    picture: Path | None = None

    def answers(self, typed: str) -> bool:
        """Whether it is meant by this: a part of a name, of its pinyin or of its initials."""
        asked = folded(typed)
        return any(asked in form for name in self.names for form in forms(name))


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of a kind."""

    title: str
    entries: tuple[Entry, ...]


def sections(wording: Wording) -> tuple[Section, ...]:
    """All there are: the guides in their order, the words as the alphabet or the pinyin has them."""
    words = sorted((_word(each, wording) for each in terms()), key=lambda each: forms(each.title)[-1])  # fmt: skip
    return (
        Section(wording(N_("Guides")), tuple(_guide(each, wording) for each in guides())),
        Section(wording(N_("Words of the field")), tuple(words)),
    )  # fmt: skip


def named(typed: str, wording: Wording) -> Iterator[Entry]:
    """The entries with this in their names, as the window's search finds them."""
    asked = folded(typed)
    every = (*(_guide(each, wording) for each in guides()), *(_word(each, wording) for each in terms()))  # fmt: skip
    for entry in every if asked else ():
        if any(asked in folded(name) for name in entry.names):
            yield entry


def guide_key(guide: Guide) -> str:
    """By which the page is asked for a guide."""
    return f"guide:{guide.id}"


def term_key(term: Term) -> str:
    """By which the page is asked for a word."""
    return f"word:{term.key}"


class HelpPresenter:
    """The list at the left and the entry chosen."""

    def __init__(self, wording: Wording, chosen: str = "") -> None:
        self._all = sections(wording)
        self._typed = ""
        self.changed: Event[None] = Event()
        first = self._all[0].entries[0]
        self.chosen = self._by_key(chosen) or first

    @property
    def sections(self) -> tuple[Section, ...]:
        """What the words typed leave."""
        kept = (
            Section(each.title, tuple(one for one in each.entries if one.answers(self._typed)))
            for each in self._all
        )  # fmt: skip
        return tuple(each for each in kept if each.entries)

    def narrow(self, typed: str) -> None:
        """Only what answers this; the first of it is chosen where the one shown doesn't."""
        self._typed = typed.strip()
        left = [one for each in self.sections for one in each.entries]
        if left and self.chosen not in left:
            self.chosen = left[0]
        self.changed.emit(None)

    def choose(self, key: str) -> None:
        """Show this one."""
        found = self._by_key(key)
        if found is not None and found is not self.chosen:
            self.chosen = found
            self.changed.emit(None)

    def _by_key(self, key: str) -> Entry | None:
        every = (one for each in self._all for one in each.entries)
        return next((one for one in every if one.key == key), None)


def is_step(paragraph: str) -> bool:
    """Whether it is one of the numbered steps."""
    return _STEP.match(paragraph) is not None


def _guide(guide: Guide, wording: Wording) -> Entry:
    text = guide.text.in_language(wording.language)
    return Entry(
        guide_key(guide),
        guide.title.in_language(wording.language),
        "",
        tuple(line for line in text.splitlines() if line),
        guide.leads,
        (guide.title.zh, guide.title.en),
        guide.picture(wording.language),
    )


def _word(term: Term, wording: Wording) -> Entry:
    mine = wording.language
    other: Language = "en" if mine == "zh" else "zh"
    also = term.also(wording.language)
    paragraphs = [term.meaning.in_language(wording.language)]
    if also:
        paragraphs.append(wording(N_("Also called {names}."), names=wording.list(also)))
    return Entry(
        term_key(term),
        term.name.in_language(mine),
        term.name.in_language(other),
        tuple(paragraphs),
        names=(*term.names("zh"), *term.names("en")),
    )
