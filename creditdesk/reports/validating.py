"""Checks a finished file by the rules of court bundles, whoever made it; runs in a child process.

Pages and their stamps, links, bookmarks, fonts, what leads outside and what acts by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name

from creditdesk import child
from creditdesk.i18n import N_, Message
from creditdesk.reports.check_report import CheckReport, Finding, NotReadable

_NUMBERS = re.compile(
    r"第\s*(\d+)\s*页\s*/\s*共\s*(\d+)\s*页|Page\s+(\d+)\s+of\s+(\d+)"
)
_VOLUMES = re.compile(
    r"第\s*(\d+)\s*册\s*/\s*共\s*(\d+)\s*册|volume\s+(\d+)\s+of\s+(\d+)"
)
_STANDARD: Final = (
    "/Helvetica", "/Times", "/Courier", "/Symbol", "/ZapfDingbats", "/Arial",
)  # fmt: skip
"""Fonts every reader has."""
_ACTING = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie"}
)
_OUTSIDE = frozenset({"/URI", "/GoToR", "/Launch"})
_FOOT: Final = 40.0
"""Points at head and foot that belong to stamps."""


def check(path: Path, name: str) -> CheckReport:
    """Look at the whole file. Raises `NotReadable`."""
    try:
        with pikepdf.open(path) as pdf, pdfium.PdfDocument(path) as document:
            pages = len(pdf.pages)
            whole = _Whole(pdf)
            problems, notes = list(whole.problems()), list[Finding]()
            silent: list[int] = []
            place = _place(_texts(document, 1)[0], pages)
            if place.wrong:
                problems.append(Finding(None, place.wrong))
            for number, page in enumerate(pdf.pages, start=1):
                if number % 50 == 1:
                    told = Message.of(N_("Checking {name}"), name=name)
                    child.told(told, number, pages)
                problems += (Finding(number, each) for each in whole.problems_of(page))
                text, own = _texts(document, number)
                stamps = _stamps(text, number, place)
                problems += (Finding(number, each) for each in stamps)
                notes += (Finding(number, each) for each in _fonts(page.obj))
                if not own.strip():
                    silent.append(number)
    except (pikepdf.PdfError, pdfium.PdfiumError) as error:
        raise NotReadable(name=name) from error
    if silent:
        told = Message.of(N_("without searchable text: pages {pages}"), pages=_runs(silent))  # fmt: skip
        notes.insert(0, Finding(None, told))
    return CheckReport(pages, tuple(problems), tuple(notes))


@dataclass(frozen=True, slots=True)
class _Place:
    """What the stamps of a file have to say: its first page's number, how many there are, which volume of how many.

    `volume` (1, 1): the file is the whole. `wrong`: what its own length says against it.
    """

    first: int
    total: int
    volume: tuple[int, int] = (1, 1)
    wrong: Message | None = None


def _place(text: str, pages: int) -> _Place:
    """By the first page of the file; a volume of several has the whole's numbers and says which it is."""
    found = list(_NUMBERS.finditer(text))
    volumes = _volumes(text)
    if not found or not volumes:
        return _Place(1, pages)
    first, total = _pair(found[-1])
    number, of = volumes[-1]
    last = first + pages - 1
    wrong = None
    if number == 1 and first != 1:
        told = N_("the first volume begins with page {number}")
        wrong = Message.of(told, number=first)
    elif number == of and last != total:
        told = N_("the last volume ends with page {number} of {total}")
        wrong = Message.of(told, number=last, total=total)
    elif number > of or (number < of and last >= total):
        told = N_("volume {volume} of {volumes} ends with page {number} of {total}")
        wrong = Message.of(told, volume=number, volumes=of, number=last, total=total)
    return _Place(first, total, (number, of), wrong)


def _stamps(text: str, at: int, place: _Place) -> Iterator[Message]:
    found = [_pair(match) for match in _NUMBERS.finditer(text)]
    if not found:
        yield Message(N_("no page number is stamped on it"))
        return
    if (place.first + at - 1, place.total) not in found:
        number, total = found[-1]
        told = N_("its stamp says page {number} of {total}")
        yield Message.of(told, number=number, total=total)
    if place.volume != (1, 1) and place.volume not in _volumes(text):
        told = N_("its stamp does not say volume {volume} of {volumes}")
        number, total = place.volume
        yield Message.of(told, volume=number, volumes=total)


def _volumes(text: str) -> list[tuple[int, int]]:
    return [_pair(match) for match in _VOLUMES.finditer(text)]


def _pair(match: re.Match[str]) -> tuple[int, int]:
    return int(match[1] or match[3]), int(match[2] or match[4])


def _texts(document: pdfium.PdfDocument, number: int) -> tuple[str, str]:
    """All text of a page, and what of it is not in its margins."""
    try:
        page = document[number - 1]
        width, height = page.get_size()
        text = page.get_textpage()
        inner = text.get_text_bounded(0, _FOOT, width, height - _FOOT)
        return str(text.get_text_bounded()), str(inner)
    except (pdfium.PdfiumError, ValueError):
        return "", ""


class _Whole:
    """A file with its pages known by their objects."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages = {page.obj.objgen for page in pdf.pages}
        names = pdf.Root.get("/Names")
        tree = names.get("/Dests") if isinstance(names, Dictionary) else None
        self._named = pikepdf.NameTree(tree) if isinstance(tree, Dictionary) else None

    def problems(self) -> Iterator[Finding]:
        """Of the file as a whole."""
        root = self._pdf.Root
        for warning in self._pdf.get_warnings()[:1]:
            yield Finding(None, Message.of(N_("the file is damaged: {what}"), what=_short(warning)))  # fmt: skip
        names = root.get("/Names")
        scripts = isinstance(names, Dictionary) and "/JavaScript" in names
        opens = root.get("/OpenAction")
        acts = isinstance(opens, Dictionary) and str(opens.get("/S")) in _ACTING
        if scripts or acts or "/AA" in root:
            yield Finding(None, Message(N_("it holds scripts or acts by itself")))
        form = root.get("/AcroForm")
        if isinstance(form, Dictionary) and "/XFA" in form:
            yield Finding(None, Message(N_("it holds an XFA form")))
        if len(self._pages) > 1 and "/Outlines" not in root:
            yield Finding(None, Message(N_("it has no bookmarks")))
        yield from self._bookmarks()

    def _bookmarks(self) -> Iterator[Finding]:
        if "/Outlines" not in self._pdf.Root:
            return
        with self._pdf.open_outline(max_depth=10) as outline:
            waiting = list(outline.root)
            while waiting:
                item = waiting.pop()
                waiting += item.children
                where = item.destination
                if where is None and isinstance(item.action, Dictionary):
                    where = item.action.get("/D")
                if not self._leads(where):
                    told = N_("the bookmark “{title}” leads nowhere")
                    yield Finding(None, Message.of(told, title=item.title))

    def problems_of(self, page: pikepdf.Page) -> Iterator[Message]:
        """Of a page: what it does, and where its links lead."""
        if "/AA" in page.obj:
            yield Message(N_("it holds scripts or acts by itself"))
        notes = page.obj.get("/Annots")
        for note in notes if isinstance(notes, Array) else ():
            if isinstance(note, Dictionary):
                yield from self._problems_of(note)

    def _problems_of(self, note: pikepdf.Object) -> Iterator[Message]:
        action = note.get("/A")
        kind = str(action.get("/S")) if isinstance(action, Dictionary) else ""
        if kind in _ACTING or "/AA" in note:
            yield Message(N_("it holds scripts or acts by itself"))
        elif kind in _OUTSIDE:
            yield Message(N_("a link leads outside the file"))
        elif note.get("/Subtype") == Name.Link:
            where = note.get("/Dest")
            if where is None and isinstance(action, Dictionary):
                where = action.get("/D")
            if where is not None and not self._leads(where):
                yield Message(N_("a link leads nowhere"))
        specification = note.get("/FS")
        if isinstance(specification, Dictionary) and "/EF" not in specification:
            yield Message(N_("it refers to a file that is not inside"))

    def _leads(self, where: object) -> bool:
        if isinstance(where, pikepdf.String | str):
            where = self._named.get(str(where)) if self._named is not None else None
        elif isinstance(where, Name):
            old = self._pdf.Root.get("/Dests")
            where = old.get(str(where)) if isinstance(old, Dictionary) else None
        if isinstance(where, Dictionary) and "/D" in where:
            where = where["/D"]
        if not isinstance(where, Array | list) or not len(where):
            return False
        page = where[0]
        return isinstance(page, Dictionary) and page.objgen in self._pages


def _fonts(page: pikepdf.Object) -> Iterator[Message]:
    """Fonts a reader has to replace by something like them, each once."""
    seen: set[str] = set()
    waiting, depth = [page.get("/Resources")], 0
    while waiting and depth < 200:
        depth += 1
        resources = waiting.pop()
        if not isinstance(resources, Dictionary):
            continue
        fonts, things = resources.get("/Font"), resources.get("/XObject")
        for font in _values(fonts):
            name = _foreign(font)
            if name and name not in seen:
                seen.add(name)
                yield Message.of(N_("the font {name} is not embedded"), name=name[1:])
        waiting += [
            thing.get("/Resources")
            for thing in _values(things)
            if isinstance(thing, pikepdf.Stream)
        ]


def _values(named: object) -> list[pikepdf.Object]:
    if not isinstance(named, Dictionary):
        return []
    return list(dict(named.items()).values())


def _foreign(font: pikepdf.Object) -> str:
    """The font's name where the file doesn't bring it and not every reader has it."""
    if not isinstance(font, Dictionary) or font.get("/Subtype") == Name.Type3:
        return ""
    name = str(font.get("/BaseFont", "/?"))
    below = font.get("/DescendantFonts")
    if isinstance(below, Array) and len(below):
        font = below[0]
    told = font.get("/FontDescriptor") if isinstance(font, Dictionary) else None
    inside = isinstance(told, Dictionary) and any(
        key in told for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )
    return "" if inside or name.startswith(_STANDARD) else name


def _short(warning: object) -> str:
    return str(warning).rsplit(": ", maxsplit=1)[-1]


def _runs(numbers: list[int]) -> str:
    """1, 3–5, 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("–".join(str(end) for end in run) for run in runs)
