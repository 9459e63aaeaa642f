"""Makes the sheets of every piece of a package in one file; runs in a child process."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf

from creditdesk import child
from creditdesk.domain.claim.package import EvidencePiece
from creditdesk.evidence.cutting import cut
from creditdesk.evidence.embedded import Inside
from creditdesk.evidence.laying import Laid, Part, lay
from creditdesk.evidence.marks import Mark
from creditdesk.evidence.sheets import Margins, Sheet, make_sheets
from creditdesk.i18n import N_, Language, Message
from creditdesk.reports.binder import Given

_ORIGINAL_AREA = Margins(bottom=118.0)
"""Room for the 与原件一致 area under the content."""
_FILES = 10_000
"""Each piece stays open until the package is written: its pages are read only then."""


@dataclass(frozen=True, slots=True)
class Section:
    """A file within a piece, on its sheets; `first` counts from 0 within the piece."""

    name: str
    first: int
    pages: int


@dataclass(frozen=True, slots=True)
class Sheaf:
    """One piece as it is bound. `pages` 0: it isn't, and `reason` says why; `twin` is the index of the first."""

    piece: EvidencePiece
    pages: int = 0
    repaired: bool = False
    reason: Message | None = None
    twin: int | None = None
    remarks: tuple[Message, ...] = ()
    sections: tuple[Section, ...] = ()
    marks: tuple[Mark, ...] = ()
    inside: tuple[str, ...] = ()


@dataclass(slots=True)
class Gathered:
    """The sheets of all pieces, in one file that has no page of ours yet; what they are made of stays open."""

    whole: pikepdf.Pdf
    sheaves: list[Sheaf] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    inside: list[tuple[str, Inside]] = field(default_factory=list)
    sources: list[Laid] = field(default_factory=list)

    def close(self) -> None:
        """Let go of every file."""
        self.whole.close()
        for laid in self.sources:
            laid.close()


def gather(
    given: Sequence[Given], language: Language, refused: dict[int, Message]
) -> Gathered:
    """The sheets of each piece; what was `refused` by an earlier try is named only."""
    gathered = Gathered(pikepdf.new())
    child.allow_files(_FILES)
    for index, each in enumerate(given):
        named = Message.of(N_("Preparing {name}"), name=each.piece.file_name)
        child.told(named, index, len(given))
        reason = refused.get(index) or each.refused
        if each.twin is not None:
            sheaf = _again(gathered.sheaves[each.twin], each)
        elif reason is not None:
            sheaf = Sheaf(each.piece, reason=reason)
        else:
            sheaf = _add(gathered, each, language)
        gathered.sheaves.append(sheaf)
    return gathered


def _again(first: Sheaf, again: Given) -> Sheaf:
    return Sheaf(
        again.piece,
        first.pages,
        first.repaired,
        first.reason,
        again.twin,
        again.piece.remarks + first.remarks[len(first.piece.remarks) :],
        first.sections,
    )


def _add(gathered: Gathered, each: Given, language: Language) -> Sheaf:
    piece = each.piece
    laid = lay(each.source, piece.file_name, each.media, language)
    gathered.sources.append(laid)
    cut(laid, piece.excerpt)
    margins = _ORIGINAL_AREA if piece.original else Margins()
    start = len(gathered.sheets)
    sections: list[Section] = []
    marks: list[Mark] = []
    for part in laid.parts:
        first = len(gathered.sheets) - start
        sheets = make_sheets(part.pdf, margins)
        _append(gathered.whole, part)
        gathered.sheets += sheets
        if part.name:
            sections.append(Section(part.name, first, len(sheets)))
            marks.append(Mark(part.name, first))
        deeper = 1 if part.name else 0
        marks += [
            Mark(mark.title, mark.page + first, mark.deep + deeper)
            for mark in part.marks
        ]
    gathered.inside += [(piece.item, inside) for inside in laid.inside]
    silent = sum(1 for sheet in gathered.sheets[start:] if sheet.silent)
    if silent:
        told = N_("{silent} of {pages} pages without searchable text")
        pages = len(gathered.sheets) - start
        laid.remarks.append(Message.of(told, silent=silent, pages=pages))
    return Sheaf(
        piece,
        len(gathered.sheets) - start,
        laid.repaired,
        laid.reason,
        None,
        piece.remarks + tuple(laid.remarks),
        tuple(sections),
        tuple(marks),
        tuple(inside.name for inside in laid.inside),
    )


def _append(whole: pikepdf.Pdf, part: Part) -> None:
    """Add its pages with their form fields and layers."""
    source = part.pdf
    root = source.Root
    if not {"/AcroForm", "/Dests", "/Names", "/OCProperties"} & set(root.keys()):
        whole.pages.extend(source.pages)
        return
    whole.add_pages_from(source)
    form = root.get("/AcroForm")
    drawn_later = isinstance(form, pikepdf.Dictionary) and form.get("/NeedAppearances")
    if drawn_later and "/AcroForm" in whole.Root:
        whole.Root.AcroForm.NeedAppearances = True
    _keep_layers(whole, source)


def _keep_layers(whole: pikepdf.Pdf, source: pikepdf.Pdf) -> None:
    """Layers that are off in the piece stay off in the package."""
    layers = source.Root.get("/OCProperties")
    if not isinstance(layers, pikepdf.Dictionary):
        return
    copied = whole.copy_foreign(source.make_indirect(layers))
    if "/OCProperties" not in whole.Root:
        whole.Root.OCProperties = copied
        return
    ours = whole.Root.OCProperties
    _extend(ours, "/OCGs", copied)
    _extend(ours.D, "/OFF", copied.get("/D", pikepdf.Dictionary()))


def _extend(ours: pikepdf.Object, key: str, theirs: pikepdf.Object) -> None:
    if key not in ours:
        ours[key] = pikepdf.Array()
    for thing in theirs.get(key, pikepdf.Array()):
        ours[key].append(thing)
