"""Binds our own pages and the sheets of the evidence: stamps, bookmarks, links, embedded files; a file a volume."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path, PurePath

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from creditdesk.domain.claim.manner import USUAL, Manner
from creditdesk.evidence.sheets import Sheet
from creditdesk.paper.page import HEIGHT, SHIFT, WIDTH, Within
from creditdesk.paper.pdf import Document
from creditdesk.reports.gathering import Gathered
from creditdesk.reports.leaves import Own, Plan, Volume
from creditdesk.reports.margins import Margin, Words, foot_area
from creditdesk.reports.stamping import Fonts, Stamper

_SEAL_FROM = 3
"""A copy of more than two pages is sealed across its pages (rules.md 5.1)."""
_FULL = 1.0
"""A file opens at its own size."""


_OURS = Sheet((WIDTH, HEIGHT), 0, b"", odd=False)
_OURS_VERSO = Sheet((WIDTH, HEIGHT), 0, b"", odd=False, verso=True)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is bound: our pages and the sheaves, each with its label and bookmark; those of an unbound one are unused.

    `titles`: what each volume's file is called.
    """

    document: Document
    gathered: Gathered
    own: Own
    plan: Plan
    labels: Sequence[str]
    bookmarks: Sequence[str]
    words: Words
    titles: Sequence[str]
    author: str
    language: str
    manner: Manner = USUAL

    def number(self, volume: Volume, at: int) -> str:
        """What the foot of a page says of its place."""
        page = self.words.page[volume.number - 1]
        return page.format(number=at, total=self.plan.pages)

    def contents(self, volume: Volume) -> int:
        """Our page that leads to all others of this volume."""
        if volume.number == 1:
            return self.own.sections["contents"][0]
        return self.own.titles[volume.number - 2][0]


@dataclass(frozen=True, slots=True)
class Bound:
    """A volume as it was bound, to check the file by: what each page says of its place, the operators of each sheet.

    `operators`: None for a page of ours. `odd`: the unusual pages, counted from 1.
    """

    numbers: tuple[str, ...]
    operators: tuple[bytes | None, ...]
    odd: frozenset[int]


def bind(bundle: Bundle, targets: Sequence[Path], folder: Path) -> tuple[Bound, ...]:
    """Write every volume into its file."""
    made = folder / "front.pdf"
    bundle.document.save(made, bundle.titles[0], _within(bundle))
    stamper = Stamper(folder / "stamps.pdf")
    sheets = iter(bundle.gathered.sheets)
    volumes = [_Bound(bundle, each, sheets, stamper) for each in bundle.plan.volumes]
    stamper.finish()
    with pikepdf.open(made) as ours:
        for each, target in zip(volumes, targets, strict=True):
            each.write(ours, stamper, target)
    return tuple(each.bound for each in volumes)


def _within(bundle: Bundle) -> Within:
    """What the foot of each of our own pages says, wherever it stands."""
    said = [""] * bundle.document.pages
    versos: set[int] = set()
    for volume in bundle.plan.volumes:
        for number, leaf in enumerate(volume.leaves, start=volume.first):
            if leaf is not None:
                said[leaf - 1] = bundle.number(volume, number)
                if bundle.manner.duplex and number % 2 == 0:
                    versos.add(leaf)
    return Within(said, bundle.words.contents, frozenset(versos), bundle.manner.grey)


class _Bound:
    """One volume: the sheets it takes of all, with their stamps."""

    def __init__(
        self, bundle: Bundle, volume: Volume, sheets: Iterator[Sheet], stamper: Stamper
    ) -> None:
        self._bundle, self._volume = bundle, volume
        self._whole = bundle.gathered.volumes[volume.number - 1]
        count = volume.leaves.count(None)
        self._sheets = [next(sheets) for _ in range(count)]
        self._margin = Margin(
            stamper,
            bundle.words,
            bundle.words.page[volume.number - 1],
            total=bundle.plan.pages,
            grey=bundle.manner.grey,
        )
        stamps = _stamps(bundle, volume, self._sheets, self._margin)
        drawn = iter(
            [
                each.placed + stamp
                for each, stamp in zip(self._sheets, stamps, strict=True)
            ]
        )
        mine = iter(self._sheets)
        self.pages = [
            None if leaf is not None else next(mine) for leaf in volume.leaves
        ]
        self.bound = Bound(
            tuple(
                bundle.number(volume, volume.first + at)
                for at in range(len(volume.leaves))
            ),
            tuple(None if leaf is not None else next(drawn) for leaf in volume.leaves),
            frozenset(
                at
                for at, each in enumerate(self.pages, 1)
                if each is not None and each.odd
            ),
        )

    def write(self, ours: pikepdf.Pdf, stamper: Stamper, target: Path) -> None:
        """Put stamps and our own pages in, then what leads from page to page, and write the file."""
        whole, bundle, volume = self._whole, self._bundle, self._volume
        fonts = Fonts(whole, stamper.fonts(whole))
        operators = (each for each in self.bound.operators if each is not None)
        for page, drawn in zip(list(whole.pages), operators, strict=True):
            page.obj.Contents = whole.make_stream(drawn)
            fonts.add(page.obj)
        for at, leaf in enumerate(volume.leaves):
            if leaf is not None:
                whole.pages.insert(at, ours.pages[leaf - 1])
        pages = [page.obj for page in whole.pages]
        self._link(pages)
        self._outline(pages)
        self._embed()
        _describe(whole, bundle, volume)
        whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)

    def _link(self, pages: Sequence[pikepdf.Object]) -> None:
        """What the contents name leads there, and every page leads back to them. Nothing leads out of the volume."""
        whole, bundle, volume = self._whole, self._bundle, self._volume
        place = {leaf: at for at, leaf in enumerate(volume.leaves) if leaf is not None}
        for link in bundle.document.links:
            if link.page in place and volume.first <= link.target <= volume.last:
                at, area = place[link.page], link.area
                if self._is_verso(at):
                    area = (area[0] - SHIFT, area[1], area[2] - SHIFT, area[3])
                _hang(
                    whole, pages[at], _link_to(pages[link.target - volume.first], area)
                )
        contents = place[bundle.contents(volume)]
        back: dict[tuple[float, ...], pikepdf.Object] = {}
        for at, (page, sheet) in enumerate(zip(pages, self.pages, strict=True)):
            ours = _OURS_VERSO if self._is_verso(at) else _OURS
            area = foot_area(sheet or ours, self._margin.foot)
            if area not in back:
                back[area] = _link_to(pages[contents], area)
            if at != contents:
                _hang(whole, page, copy(back[area]))

    def _is_verso(self, at: int) -> bool:
        return self._bundle.manner.duplex and (self._volume.first + at) % 2 == 0

    def _outline(self, pages: Sequence[pikepdf.Object]) -> None:
        """Our parts, then every piece with its own bookmarks beneath it."""
        bundle, volume = self._bundle, self._volume
        place = {leaf: at for at, leaf in enumerate(volume.leaves) if leaf is not None}

        def item(title: str, at: int) -> OutlineItem:
            where = Array([pages[at], Name.XYZ, None, None, None])
            return OutlineItem(title, where)

        with self._whole.open_outline() as outline:
            for mark in bundle.document.bookmarks:
                if mark.page in place:
                    outline.root.append(item(mark.title, place[mark.page]))
            for index in volume.sheaves:
                sheaf = bundle.gathered.sheaves[index]
                start = (bundle.plan.starts[index] or volume.first) - volume.first
                above = [item(bundle.bookmarks[index], start)]
                above[0].is_closed = True
                outline.root.append(above[0])
                for each in sheaf.marks:
                    deep = min(each.deep, len(above) - 1)
                    made = item(each.title, start + min(each.page, sheaf.pages - 1))
                    above[deep].children.append(made)
                    above[deep + 1 :] = [made]

    def _embed(self) -> None:
        """Files that lay inside a piece, and what has no pages: two of one name are both kept."""
        whole, taken = self._whole, set[str]()
        for carried in self._bundle.gathered.inside:
            if carried.volume != self._volume.number - 1:
                continue
            item, inside = carried.item, carried.inside
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


def _stamps(
    bundle: Bundle, volume: Volume, mine: Sequence[Sheet], margin: Margin
) -> Iterator[bytes]:
    sheets = iter(mine)
    for index in volume.sheaves:
        sheaf = bundle.gathered.sheaves[index]
        seal = bundle.manner.cross_seal and sheaf.pages >= _SEAL_FROM
        original, label = bundle.manner.originals, bundle.labels[index]
        for within in range(sheaf.pages):
            sheet = next(sheets)
            number = (bundle.plan.starts[index] or 0) + within
            parts = (
                margin.frame(
                    sheet.size, sheet.turn, sheet.verso, seal=seal, original=original
                ),
                margin.head(label, f" {within + 1}/{sheaf.pages}", sheet),
                margin.number(number, sheet),
                "Q\n",
            )
            yield "".join(parts).encode("ascii")


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


def _free(name: str, taken: set[str]) -> str:
    place = PurePath(name)
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{place.stem} ({number}){place.suffix}"
    taken.add(found.casefold())
    return found


def _describe(whole: pikepdf.Pdf, bundle: Bundle, volume: Volume) -> None:
    """What the file says of itself; it opens at its first page, at its own size."""
    title = bundle.titles[volume.number - 1]
    facts = {
        "/Title": title,
        "/Author": bundle.author,
        "/Subject": bundle.words.foot,
        "/Creator": "CreditDesk",
    }
    for key, value in facts.items():
        whole.docinfo[key] = value
    with whole.open_metadata(set_pikepdf_as_editor=False) as told:
        told["dc:title"] = title
        told["dc:creator"] = [bundle.author]
        told["dc:description"] = bundle.words.foot
        told["dc:language"] = {bundle.language}
        told["xmp:CreatorTool"] = "CreditDesk"
    root = whole.Root
    root.Lang = bundle.language
    root.PageMode = Name.UseOutlines
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=volume.first)]))
    root.OpenAction = Array([whole.pages[0].obj, Name.XYZ, None, None, _FULL])
