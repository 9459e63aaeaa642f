"""What every letter looks like: letterhead, title, words, its own part, closing, seals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from creditdesk.catalog.letters import LetterText, To
from creditdesk.i18n import N_, Language, Message, Words, words
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper.page import SealPlace
from creditdesk.paper.pdf import Document
from creditdesk.reports import style

Draw = Callable[[Document], object]
_TRIES = ((6.0, False), (2.0, False), (6.0, True))
"""Points between two paragraphs, and whether the last rows go with what closes the letter."""


def _nothing(_document: Document) -> None:
    """A letter of words alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What fills a letter, in its language.

    `head` runs along every page; `reference` is what the file's title names it by. `draw` adds the letter's own part
    after the paragraphs, `tail` what follows the seals. `beside_seal` stands beside the policyholder's seal on a
    letter to the insurer.
    """

    sender: str
    on: date
    head: str
    reference: str
    places: Mapping[str, str]
    draw: Draw = _nothing
    tail: Draw = _nothing
    beside_seal: str = N_("Handled by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """What the firm gives every letter. `number` empty: it has none."""

    number: str = ""
    seal: SealPlace = SealPlace.LEFT


_PLAIN = Dress()
Fill = Callable[[Words], Content]
"""The content of a letter in the language of these words."""


def write(  # noqa: PLR0913, PLR0917 - what, in which words, where
    fill: Fill,
    text: LetterText,
    path: Path,
    language: Language,
    progress: Progress,
    typed: Mapping[str, str] | None = None,
    dress: Dress = _PLAIN,
) -> int:
    """Write the letter; the answer is its pages. `typed`: places that a person filled."""
    progress.step(Message(N_("Writing the letter")))
    say = words(language)
    content = fill(say)
    filled = text.filled({**(typed or {}), **content.places})
    for gap, kept in _TRIES:
        document, alone = _drawn(content, filled, language, gap, kept=kept, dress=dress)
        if not alone:
            break
    with beside(path) as new:
        document.save(new, f"{filled.title} {content.reference}")
    return document.pages


def _drawn(  # noqa: PLR0913 - what it holds, and how it is laid out
    content: Content,
    filled: LetterText,
    language: Language,
    gap: float,
    *,
    kept: bool,
    dress: Dress,
) -> tuple[Document, bool]:
    """The letter, and whether what closes it stands alone on a page, which nobody should sign."""
    document = Document(language, content.head)
    document.page()
    day = style.day(content.on)
    if dress.number:
        day = f"{document.words(N_('No. {number}'), number=dress.number)}   {day}"
    document.letterhead(content.sender, day)
    document.space(5 * gap)
    document.text(filled.title, size=18, bold=True)
    document.space(2 * gap)
    document.text(filled.greeting)
    document.space(gap)
    for paragraph in filled.paragraphs:
        document.text(paragraph)
        document.space(gap)
    names = _seals(filled.to, content, document.words)
    if kept:
        document.awaited = 10 + document.seals_high(filled.closing)
    content.draw(document)
    before = document.pages
    document.space(10)
    document.seals(
        names, document.words("Date"), below=filled.closing, place=dress.seal
    )
    alone = document.pages > before
    content.tail(document)
    return document, alone


def _seals(to: To, content: Content, say: Words) -> tuple[str, ...]:
    if to is To.INSURER:
        return say("Policyholder (seal)"), say(content.beside_seal)
    return (say("{name} (seal)", name=content.sender),)
