"""Binds our own pages and the sheets of the evidence into one file: stamps, bookmarks, links, embedded files."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from creditdesk.evidence.sheets import Sheet
from creditdesk.paper.page import FINE, HEIGHT, LEFT, RIGHT, WIDTH
from creditdesk.paper.pdf import Document
from creditdesk.reports.gathering import Gathered, Sheaf
from creditdesk.reports.stamping import Fonts, Stamper, colour

_TURNED = {
    90: "0 1 -1 0 {width:g} 0 cm\n",
    180: "-1 0 0 -1 {width:g} {height:g} cm\n",
    270: "0 -1 1 0 0 {height:g} cm\n",
}
_SEAL_FROM = 3
"""A copy of more than two pages is sealed across its pages (rules.md 5.1)."""
_EDGE = 18.0
"""Nothing is stamped nearer to the edge: 6 mm, which every printer reaches."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words stamped on evidence. `page` has the places {number} and {total}."""

    foot: str
    page: str
    contents: str
    cross_seal: str
    original: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is bound: our pages, then the sheaves that have sheets of their own, with their labels and bookmarks.

    `contents`: our page that leads to all others.
    """

    document: Document
    gathered: Gathered
    sheaves: Sequence[Sheaf]
    labels: Sequence[str]
    bookmarks: Sequence[str]
    words: Words
    title: str
    author: str
    language: str
    contents: int


@dataclass(frozen=True, slots=True)
class Bound:
    """What was bound, to check the file by: the operators of every sheet, and which sheets are unusual."""

    front: int
    operators: tuple[bytes, ...]
    odd: frozenset[int]


def bind(bundle: Bundle, target: Path, folder: Path) -> Bound:
    """Write the whole file."""
    whole, document = bundle.gathered.whole, bundle.document
    front = document.pages
    total = front + len(bundle.gathered.sheets)
    made = folder / "front.pdf"
    document.save(made, bundle.title, total, back=bundle.words.contents)
    stamper = Stamper(folder / "stamps.pdf")
    operators = [
        sheet.placed + stamp
        for sheet, stamp in zip(
            bundle.gathered.sheets, _stamps(bundle, stamper, front, total), strict=True
        )
    ]
    with pikepdf.open(made) as ours:
        pages = list(whole.pages)
        fonts = Fonts(whole, stamper.fonts(whole))
        for page, drawn in zip(pages, operators, strict=True):
            page.obj.Contents = whole.make_stream(drawn)
            fonts.add(page.obj)
        for number, page in enumerate(ours.pages):
            whole.pages.insert(number, page)
        _link(whole, bundle, front)
        _outline(whole, bundle, front)
        _embed(whole, bundle.gathered)
        _describe(whole, bundle)
        whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    odd = (front + n for n, each in enumerate(bundle.gathered.sheets, 1) if each.odd)
    return Bound(front, tuple(operators), frozenset(odd))


def _stamps(
    bundle: Bundle, stamper: Stamper, front: int, total: int
) -> Iterator[bytes]:
    sheets = iter(bundle.gathered.sheets)
    number = front
    stamp = _Stamp(stamper, bundle.words, total)
    for sheaf, label in zip(bundle.sheaves, bundle.labels, strict=True):
        seal, original = sheaf.pages >= _SEAL_FROM, sheaf.piece.original
        for within in range(1, sheaf.pages + 1):
            number += 1
            sheet = next(sheets)
            parts = (
                stamp.frame(sheet.size, sheet.turn, seal=seal, original=original),
                stamp.head(label, f" {within}/{sheaf.pages}", sheet),
                stamp.number(number, sheet),
                "Q\n",
            )
            yield "".join(parts).encode("ascii")


class _Stamp:
    """What stands in the margins of a sheet: what is the same on many is made once."""

    def __init__(self, stamper: Stamper, words: Words, total: int) -> None:
        self._stamper, self._words = stamper, words
        page = words.page.replace("{total}", str(total))
        self._before, self._after = page.split("{number}")
        self._widest = stamper.width(page.replace("{number}", str(total)), FINE)
        self.frame = cache(self._frame)

    def _frame(
        self, size: tuple[float, float], turn: int, *, seal: bool, original: bool
    ) -> str:
        """The line at the foot, whose file it is, the way back, the areas to seal in."""
        stamper, words = self._stamper, self._words
        shown = size if turn in (0, 180) else (size[1], size[0])
        right = _right(shown)
        back = right - self._widest - 12 - stamper.width(words.contents, FINE)
        foot = stamper.shortened(words.foot, FINE, back - LEFT - 12)
        parts = [
            "q\n",
            _TURNED.get(turn, "").format(width=size[0], height=size[1]),
            f"{colour('line', 'RG')}0.5 w {LEFT} 34 m {right:.2f} 34 l S\n",
            _cross_seal(stamper, words.cross_seal, shown) if seal else "",
            _original(stamper, words.original, shown) if original else "",
            colour("accent"),
            stamper.text(words.contents, back, 23, FINE),
            colour("quiet"),
            stamper.text(foot, LEFT, 23, FINE),
        ]
        return "".join(parts)

    def head(self, label: str, part: str, sheet: Sheet) -> str:
        """What it is, and which of its pages."""
        size = shown_size(sheet)
        x, y = _right(size) - self._stamper.width(part, FINE), size[1] - 32
        named = self._stamper.shortened(label, FINE, x - LEFT)
        return self._stamper.right(named, x, y, FINE) + self._stamper.text(
            part, x, y, FINE
        )

    def number(self, number: int, sheet: Sheet) -> str:
        """Which page of the file."""
        told = (self._before, str(number), self._after)
        wide = sum(self._stamper.width(each, FINE) for each in told)
        return self._stamper.text(told, _right(shown_size(sheet)) - wide, 23, FINE)


def _right(size: tuple[float, float]) -> float:
    return size[0] - (WIDTH - RIGHT)


def _cross_seal(stamper: Stamper, text: str, size: tuple[float, float]) -> str:
    """A dotted line at the outer edge: laid like a fan, the edges make room for one seal."""
    middle, edge = size[1] / 2, size[0] - _EDGE
    wide = stamper.width(text, 6)
    return (
        f"{colour('line', 'RG')}0.5 w [1 2] 0 d {edge - 8:.2f} {middle - 40:.2f} m "
        f"{edge - 8:.2f} {middle + 40:.2f} l S\n{colour('quiet')}"
        f"q 0 1 -1 0 {edge:.2f} {middle:.2f} cm {stamper.text(text, -wide / 2, 0, 6)}Q\n"
    )


def _original(stamper: Stamper, text: str, size: tuple[float, float]) -> str:
    x = size[0] - (WIDTH - RIGHT) - 200
    return (
        f"{colour('quiet', 'RG')}0.5 w [1 2] 0 d {x:.2f} 42 200 66 re S\n"
        f"{colour('quiet')}{stamper.text(text, x + 8, 96, FINE)}"
    )


def shown_size(sheet: Sheet) -> tuple[float, float]:
    """Width and height as the reader sees it."""
    width, height = sheet.size
    return (width, height) if sheet.turn in (0, 180) else (height, width)


def _link(whole: pikepdf.Pdf, bundle: Bundle, front: int) -> None:
    """What the contents name leads there, and every page leads back to them."""
    pages = [page.obj for page in whole.pages]
    for link in bundle.document.links:
        if 0 < link.target <= len(pages):
            note = _link_to(pages[link.target - 1], link.area)
            _hang(whole, pages[link.page - 1], note)
    ours = Sheet((WIDTH, HEIGHT), 0, b"", odd=False)
    back: dict[tuple[float, ...], pikepdf.Object] = {}
    for number, page in enumerate(pages, start=1):
        later = number > front
        area = _foot_area(bundle.gathered.sheets[number - front - 1] if later else ours)
        if area not in back:
            back[area] = _link_to(pages[bundle.contents - 1], area)
        if number != bundle.contents:
            _hang(whole, page, copy(back[area]))


def _foot_area(sheet: Sheet) -> tuple[float, float, float, float]:
    """Where the page's number and the word before it stand, in the page's own coordinates."""
    right = shown_size(sheet)[0] - (WIDTH - RIGHT)
    left, low, high = right - 150, 17.0, 33.0
    width, height = sheet.size
    return {
        0: (left, low, right, high),
        90: (width - high, left, width - low, right),
        180: (width - right, height - high, width - left, height - low),
        270: (low, height - right, high, height - left),
    }[sheet.turn]


def _link_to(target: pikepdf.Object, area: tuple[float, ...]) -> pikepdf.Object:
    """It keeps the reader's zoom."""
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(each, 2) for each in area]),
        Border=Array([0, 0, 0]),
        F=4,
        Dest=Array([target, Name.XYZ, None, None, None]),
    )


def _hang(whole: pikepdf.Pdf, page: pikepdf.Object, note: pikepdf.Object) -> None:
    if "/Annots" not in page:
        page.Annots = Array()
    page.Annots.append(whole.make_indirect(note))


def _outline(whole: pikepdf.Pdf, bundle: Bundle, front: int) -> None:
    """Our parts, then every piece with its own bookmarks beneath it."""
    pages = list(whole.pages)

    def item(title: str, number: int) -> OutlineItem:
        where = Array([pages[number].obj, Name.XYZ, None, None, None])
        return OutlineItem(title, where)

    with whole.open_outline() as outline:
        for mark in bundle.document.bookmarks:
            outline.root.append(item(mark.title, mark.page - 1))
        start = front
        for title, sheaf in zip(bundle.bookmarks, bundle.sheaves, strict=True):
            above = [item(title, start)]
            above[0].is_closed = True
            outline.root.append(above[0])
            for each in sheaf.marks:
                deep = min(each.deep, len(above) - 1)
                made = item(each.title, start + min(each.page, sheaf.pages - 1))
                above[deep].children.append(made)
                above[deep + 1 :] = [made]
            start += sheaf.pages


def _embed(whole: pikepdf.Pdf, gathered: Gathered) -> None:
    """Files that lay inside a piece, and what has no pages: two of one name are both kept."""
    taken: set[str] = set()
    for item, inside in gathered.inside:
        name = _free(inside.name.replace("/", "_").replace("\\", "_"), taken)
        whole.attachments[f"{item} {name}"] = pikepdf.AttachedFileSpec(
            whole,
            inside.data,
            filename=name,
            description=f"{item} {inside.name}",
            mime_type=inside.media,
            creation_date="",
            mod_date="",
        )


def _free(name: str, taken: set[str]) -> str:
    place = PurePath(name)
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{place.stem} ({number}){place.suffix}"
    taken.add(found.casefold())
    return found


def _describe(whole: pikepdf.Pdf, bundle: Bundle) -> None:
    """What the file says of itself; it opens at its first page, at its own size."""
    facts = {
        "/Title": bundle.title,
        "/Author": bundle.author,
        "/Subject": bundle.words.foot,
        "/Creator": "CreditDesk",
    }
    for key, value in facts.items():
        whole.docinfo[key] = value
    with whole.open_metadata(set_pikepdf_as_editor=False) as told:
        told["dc:title"] = bundle.title
        told["dc:creator"] = [bundle.author]
        told["dc:description"] = bundle.words.foot
        told["dc:language"] = {bundle.language}
        told["xmp:CreatorTool"] = "CreditDesk"
    root = whole.Root
    root.Lang = bundle.language
    root.PageMode = Name.UseOutlines
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    root.OpenAction = Array([whole.pages[0].obj, Name.XYZ, None, None, 1])
