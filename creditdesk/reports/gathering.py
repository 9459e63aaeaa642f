"""Makes the sheets of every piece of a package in one file; runs in a child process."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pikepdf

from creditdesk import child
from creditdesk.domain.claim.manner import USUAL, Manner
from creditdesk.domain.claim.package import EvidencePiece
from creditdesk.evidence.blackening import blacken
from creditdesk.evidence.cutting import cut
from creditdesk.evidence.embedded import Inside
from creditdesk.evidence.laying import Laid, Part, lay
from creditdesk.evidence.marks import Mark
from creditdesk.evidence.recognising import recognise
from creditdesk.evidence.sheets import Laying, Margins, Sheet, make_sheets
from creditdesk.i18n import N_, Language, Message
from creditdesk.reports.binder import Given

_ORIGINAL_AREA = Margins(bottom=118.0)
"""Room for the 与原件一致 area under the content."""
_STAMPED = 700
"""Bytes a page's stamps and links take in the file."""
_FILES = 10_000
"""Each piece stays open until the package is written: what its pages draw is read only then."""


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
    volume: int = 0
    """The volume it is in, counted from 0."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A file that travels inside a volume, counted from 0, with the item it came with."""

    item: str
    inside: Inside
    volume: int


@dataclass(slots=True)
class Gathered:
    """The sheets of all pieces, in a file a volume that has no page of ours yet."""

    volumes: list[pikepdf.Pdf]
    sheaves: list[Sheaf] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    inside: list[Carried] = field(default_factory=list)

    def close(self) -> None:
        """Let go of every file."""
        while self.volumes:
            self.volumes.pop().close()


@dataclass(slots=True)
class Filling:
    """How full the volumes are. `most`: bytes of one, None: any number; `kept`: bytes of one that are ours."""

    language: Language
    manner: Manner = USUAL
    kept: int = 0
    used: int = 0

    def overflows(self, bytes_: int) -> bool:
        """Whether so much more is too much for the volume begun."""
        most = self.manner.most
        return most is not None and self.used + bytes_ > most - self.kept

    def exceeds(self, bytes_: int) -> bool:
        """Whether so much is too much for any volume."""
        most = self.manner.most
        return most is not None and bytes_ > most - self.kept


def gather(
    given: Sequence[Given], filling: Filling, refused: dict[int, Message]
) -> Gathered:
    """The sheets of each piece; what was `refused` by an earlier try is named only."""
    gathered = Gathered([pikepdf.new()])
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
            sheaf = _add(gathered, each, filling)
        gathered.sheaves.append(sheaf)
    return gathered


def _again(first: Sheaf, again: Given) -> Sheaf:
    remarks = again.piece.remarks + first.remarks[len(first.piece.remarks) :]
    return replace(
        first, piece=again.piece, twin=again.twin, remarks=remarks, marks=(), inside=()
    )


def _add(gathered: Gathered, each: Given, filling: Filling) -> Sheaf:
    piece, manner = each.piece, filling.manner
    laid = lay(each.source, piece.file_name, each.media, filling.language)
    blacken(laid, piece.excerpt)
    cut(laid, piece.excerpt)
    if manner.recognise:
        recognise(laid, each.source)
    margins = _ORIGINAL_AREA if manner.originals else Margins()
    start = len(gathered.sheets)
    sections: list[Section] = []
    marks: list[Mark] = []
    for part in laid.parts:
        first = len(gathered.sheets) - start
        laying = Laying(margins, manner.duplex, manner.grey, first)
        sheets = make_sheets(part.pdf, laying)
        gathered.sheets += sheets
        if part.name:
            sections.append(Section(part.name, first, len(sheets)))
            marks.append(Mark(part.name, first))
        deeper = 1 if part.name else 0
        marks += [
            Mark(mark.title, mark.page + first, mark.deep + deeper)
            for mark in part.marks
        ]
    volume = _volume(gathered, laid, filling, each.source)
    for part in laid.parts:
        _append(gathered.volumes[volume], part)
    gathered.inside += [Carried(piece.item, inside, volume) for inside in laid.inside]
    mine = gathered.sheets[start:]
    _tell_silent(laid, mine)
    return Sheaf(
        piece,
        len(mine),
        laid.repaired,
        laid.reason,
        None,
        piece.remarks + tuple(laid.remarks),
        tuple(sections),
        tuple(marks),
        tuple(inside.name for inside in laid.inside),
        volume,
    )


def _tell_silent(laid: Laid, sheets: Sequence[Sheet]) -> None:
    """What can't be searched, and what keeps its colours."""
    pages = len(sheets)
    if silent := sum(1 for sheet in sheets if sheet.silent):
        told = N_("{silent} of {pages} pages without searchable text")
        laid.remarks.append(Message.of(told, silent=silent, pages=pages))
    if coloured := sum(1 for sheet in sheets if sheet.coloured):
        told = N_("{coloured} of {pages} pages keep the colours of fields or notes")
        laid.remarks.append(Message.of(told, coloured=coloured, pages=pages))


def _volume(gathered: Gathered, laid: Laid, filling: Filling, near: Path) -> int:
    """The volume the piece belongs to: the one begun, or a new one where that has no room for it."""
    if filling.manner.most is None:
        return 0
    place = near.with_name(f"{near.name}-weighed")
    weight = sum(_weight(part.pdf, place) for part in laid.parts)
    weight += sum(len(inside.data) for inside in laid.inside)
    if filling.exceeds(weight):
        told = N_("too large for a volume of {limit} MB; it has a volume of its own")
        laid.remarks.append(Message.of(told, limit=filling.manner.megabytes))
    # The first volume has our own parts, so what is too large for it begins the second.
    if filling.overflows(weight) and (filling.used or len(gathered.volumes) == 1):
        gathered.volumes.append(pikepdf.new())
        filling.used = 0
    filling.used += weight
    return len(gathered.volumes) - 1


def _weight(pdf: pikepdf.Pdf, place: Path) -> int:
    """Bytes the file takes when it is written, with what is stamped on its pages; for that it is written to `place`."""
    pdf.save(place, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    written = place.stat().st_size
    place.unlink()
    return written + _STAMPED * len(pdf.pages)


def _append(whole: pikepdf.Pdf, part: Part) -> None:
    """Add its pages with their form fields and layers.

    The copies of its streams know where in its file they lie, so that the piece itself may be forgotten, and with it
    all it was parsed into; but it must not be closed, for that closes the file.
    """
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
