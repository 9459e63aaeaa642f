"""The stop list for sales: whom nothing may be shipped to, why, and what lifts it; on paper, or as a picture."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops

from creditdesk import private
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources
from creditdesk.services.credit.values import StopLine

PICTURE = ".png"
_SCALE = 2
_MARGIN = 60
_TITLE = N_("Stop list")


def write(  # noqa: PLR0913, PLR0917 - what, of whom, in which words, where
    lines: Sequence[StopLine],
    client: str,
    on: date,
    path: Path,
    language: Language,
    progress: Progress,
) -> int:
    """The list as a .pdf, or as a .png where the file is named so; the answer is its pages. An empty list says so."""
    if path.suffix.lower() != PICTURE:
        return _write(lines, client, on, path, language, progress)
    with private.folder() as folder:
        paper = folder / "list.pdf"
        pages = _write(lines, client, on, paper, language, progress)
        picture = _picture(paper)
    with beside(path) as new:
        picture.save(new, format="PNG")
    return pages


def _write(  # noqa: PLR0913, PLR0917 - what, of whom, in which words, where
    lines: Sequence[StopLine],
    client: str,
    on: date,
    path: Path,
    language: Language,
    progress: Progress,
) -> int:
    say = words(language)
    title = say(_TITLE)
    document = Document(language, title)
    document.page()
    document.letterhead(client, style.day(on))
    document.space(24)
    document.text(title, size=18, bold=True)
    document.space(6)
    told = N_(
        "Nothing may be shipped to these customers without a new word from credit control. As of {day}."
    )
    if not lines:
        told = N_("No customer is stopped. As of {day}.")
    document.text(say(told, day=style.day(on)), size=SMALL)
    document.space(10)
    if lines:
        rows = [_row(each, say) for each in progress.each(lines, N_("Writing the list"))]  # fmt: skip
        document.table(_columns(say), rows)
    with beside(path) as new:
        document.save(new, title)
    return document.pages


def _columns(say: Words) -> tuple[Column, ...]:
    return (
        Column(say("Customer"), 3),
        Column(say("Stopped since"), 1.3),
        Column(say("Why"), 3),
        Column(say("Lifted by"), 2.4),
    )


def _row(each: StopLine, say: Words) -> Row:
    return Row(
        (
            Cell(each.buyer, each.code),
            Cell(style.day(each.since)),
            Cell(each.reason, each.warning.in_language(say.language)),
            Cell(each.lifted_by or say("credit control says so"), each.who),
        )
    )


def _picture(paper: Path) -> Image.Image:
    """All pages one below the other, the empty foot of the last one cut off."""
    with pdfium.PdfDocument(paper) as pdf:
        pages = [page.render(scale=_SCALE).to_pil().convert("RGB") for page in pdf]
    whole = Image.new("RGB", (pages[0].width, sum(each.height for each in pages)), "white")  # fmt: skip
    at = 0
    for each in pages:
        whole.paste(each, (0, at))
        at += each.height
    # The foot of the page, with its number, stands far below a short list.
    foot = pages[-1].height // 12
    body = whole.crop((0, 0, whole.width, whole.height - foot))
    empty = Image.new("RGB", body.size, "white")
    box = ImageChops.difference(body, empty).getbbox()
    return body.crop((0, 0, body.width, min(body.height, (box[3] if box else 0) + _MARGIN)))  # fmt: skip


def _make(desk: Sources, asked: ReportAsked, progress: Progress) -> None:
    number = asked.the_client()
    lines = desk.credit.stop_list(number, asked.day)
    name = next(each.name for each in desk.clients.all() if each.id == number)
    write(lines, name, asked.day, asked.path, asked.language, progress)


REPORT = Report(
    "stop_list", _TITLE, (FileKind.PDF,), asks=(Ask.CLIENT, Ask.DAY), make=_make
)
