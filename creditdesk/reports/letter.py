"""What every letter to an insurer looks like: letterhead, title, words, its own part, closing, seals."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from creditdesk.catalog.letters import LetterText
from creditdesk.reports import style
from creditdesk.reports.pdf import Document
from creditdesk.reports.saving import beside


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter with its places filled, who writes it and when, and the policy it is about.

    `beside_seal`: what stands beside the policyholder's seal, in the letter's language.
    """

    text: LetterText
    sender: str
    on: date
    policy_no: str
    beside_seal: str


def write(
    document: Document, sheet: Sheet, path: Path, draw: Callable[[], object]
) -> int:
    """Write the letter; `draw` adds its own part after the paragraphs. The answer is its pages."""
    words, text = document.words, sheet.text
    document.page()
    document.letterhead(sheet.sender, style.day(sheet.on))
    document.space(30)
    document.text(text.title, size=18, bold=True)
    document.space(14)
    document.text(text.greeting)
    document.space(6)
    for paragraph in text.paragraphs:
        document.text(paragraph)
        document.space(6)
    draw()
    document.space(10)
    document.text(text.closing)
    document.seals((words("Policyholder (seal)"), sheet.beside_seal), words("Date"))
    with beside(path) as new:
        document.save(new, f"{text.title} {sheet.policy_no}")
    return document.pages
