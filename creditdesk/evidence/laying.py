"""Lays a file out as PDFs, whatever it is: what is printed, what travels inside, what is to be told of it.

The same when a file is attached and when it is bound, so that both say the same. Runs in a child process.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary

from creditdesk.domain.base.evidence import (
    MAIL,
    OFFICE,
    OUTLOOK,
    PDF,
    UNKNOWN,
    ZIP,
    EvidenceState,
    Refused,
    media_of,
    without_pages,
)
from creditdesk.evidence import archives, embedded, office, signatures
from creditdesk.evidence.embedded import Inside
from creditdesk.evidence.marks import Mark, marks_of
from creditdesk.evidence.opening import open_pdf
from creditdesk.evidence.sheets import notes_of, settle_annotations, unpacked
from creditdesk.i18n import N_, Language, Message

_DEEPEST = 3
_HEAD = 2048
SIGNED = N_("its signature is shown but can't be checked on this copy; the signed original travels inside")  # fmt: skip
"""Said of a signed paper that is bound whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """One PDF of a piece. `name` is empty for the file itself, else what it is called within it."""

    name: str
    pdf: pikepdf.Pdf
    marks: tuple[Mark, ...] = ()


@dataclass(slots=True)
class Laid:
    """What became of a file. `reason`: why it is not whole on paper; `remarks` are worth knowing besides."""

    parts: list[Part] = field(default_factory=list)
    inside: list[Inside] = field(default_factory=list)
    remarks: list[Message] = field(default_factory=list)
    reason: Message | None = None
    state: EvidenceState = EvidenceState.OK
    repaired: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are before any is cut over several sheets."""
        return sum(len(part.pdf.pages) for part in self.parts)

    def close(self) -> None:
        """Let go of the files."""
        for part in self.parts:
            part.pdf.close()


def lay(path: Path, name: str, media: str, language: Language = "zh") -> Laid:
    """Everything of this file. What can't become pages travels inside and says why; nothing raises `Refused`."""
    laid = Laid()
    _lay(laid, _Given(path, name, media, language))
    return laid


@dataclass(frozen=True, slots=True)
class _Given:
    """A file, and where it lies: `within` is its way from the piece, empty for the piece itself."""

    path: Path
    name: str
    media: str
    language: Language
    within: str = ""
    deep: int = 0

    @property
    def called(self) -> str:
        """What it is called on paper."""
        return self.within or self.name


def _lay(laid: Laid, given: _Given) -> None:
    try:
        _lay_kind(laid, given)
    except Refused as refused:
        reason = refused.reason
        kept = Inside(given.called, given.path.read_bytes(), given.media)
        told = N_("{name} in it is left out: {reason}")
        if kept.data:
            laid.inside.append(kept)
            told = N_("{name} in it travels inside as a file: {reason}")
        if not given.within:
            laid.reason, laid.state = reason, refused.state
        else:
            laid.remarks.append(Message.of(told, name=given.within, reason=reason))


def _lay_kind(laid: Laid, given: _Given) -> None:
    path, media = given.path, given.media
    if not path.stat().st_size:
        raise Refused(Message(N_("the file is empty")))
    if media == PDF:
        _lay_pdf(laid, given)
    elif media.startswith("image/"):
        from creditdesk.evidence.pictures import picture_pdf  # noqa: PLC0415 - no PDF waits for it

        laid.parts.append(Part(given.within, picture_pdf(path)))
    elif media == ZIP:
        _lay_each(laid, archives.files_of(path), given)
    elif media in (MAIL, OUTLOOK):
        from creditdesk.evidence import mail  # noqa: PLC0415 - as above

        read = mail.read(path, media)
        laid.parts.append(Part(given.within, mail.printed(read, path, given.language)))
        laid.inside.append(Inside(given.called, path.read_bytes(), media))
        _lay_each(laid, read.attachments, given)
    elif media in OFFICE:
        laid.parts.append(Part(given.within, office.printed(path, given.name)))
        laid.inside.append(Inside(given.called, path.read_bytes(), media))
    else:
        raise Refused(without_pages(media))


def _lay_each(
    laid: Laid,
    files: Iterator[tuple[str, bytes]] | tuple[tuple[str, bytes], ...],
    given: _Given,
) -> None:
    """The files within a file, as if they had been attached one by one."""
    before = len(laid.parts)
    for number, (name, data) in enumerate(files):
        inner = f"{given.within}/{name}" if given.within else name
        path = given.path.with_name(f"{given.path.name}-{number}")
        path.write_bytes(data)
        media = media_of(name, data[:_HEAD])
        if given.deep + 1 >= _DEEPEST:
            media = UNKNOWN
        _lay(laid, _Given(path, name, media, given.language, inner, given.deep + 1))
    if given.media == ZIP and len(laid.parts) == before and not given.within:
        laid.reason = Message(N_("nothing in it can be printed"))
        laid.state = EvidenceState.UNREADABLE


def _lay_pdf(laid: Laid, given: _Given) -> None:
    opened = open_pdf(given.path)
    pdf = opened.pdf
    inside = tuple(embedded.files_of(pdf))
    laid.inside += [each.under(given.within) for each in inside]
    claimed = _claimed_pages(pdf)
    marks = tuple(marks_of(pdf))
    crowded = settle_annotations(pdf)
    signed = signatures.draw_in(pdf)
    if crowded:
        pdf.flatten_annotations(mode="all")
        for page in pdf.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
        laid.remarks.append(
            Message(N_("what could be filled in or clicked is drawn into its pages"))
        )
    if signed:
        laid.remarks.append(Message(SIGNED))
        data = given.path.read_bytes()
        laid.inside.append(Inside(given.called, data, PDF))
    if opened.repaired:
        _tell_empty(laid, pdf, claimed, given.within)
    laid.parts.append(Part(given.within, pdf, marks))
    laid.repaired = laid.repaired or opened.repaired or bool(pdf.get_warnings())
    if isinstance(pdf.Root.get("/Collection"), Dictionary):
        files = tuple((each.name, each.data) for each in inside)
        _lay_each(laid, files, given)


def _claimed_pages(pdf: pikepdf.Pdf) -> int:
    count = pdf.Root.Pages.get("/Count", 0)
    return count if isinstance(count, int) else 0


def _tell_empty(laid: Laid, pdf: pikepdf.Pdf, claimed: int, within: str) -> None:
    """A file that was cut off may have its list of pages and not what is on them."""
    there = len(pdf.pages)
    pages = max(there, claimed)
    empty = pages - there + sum(1 for page in pdf.pages if _is_empty(page.obj))
    if not empty:
        return
    told = N_("{empty} of {pages} pages are empty: the file is damaged or was cut off")
    reason = Message.of(told, empty=empty, pages=pages)
    if empty == pages:
        raise Refused(reason)
    if within:
        named = N_("{name} in it: {reason}")
        reason = Message.of(named, name=within, reason=reason)
    laid.reason, laid.state = reason, EvidenceState.UNREADABLE


def _is_empty(page: pikepdf.Object) -> bool:
    if any(True for _ in notes_of(pikepdf.Page(page))):
        return False
    contents = page.get("/Contents")
    parts = list(contents) if isinstance(contents, Array) else [contents]
    streams = [part for part in parts if isinstance(part, pikepdf.Stream)]
    if not any(unpacked(stream).strip() for stream in streams):
        return True
    return _lacks_its_picture(page)


def _lacks_its_picture(page: pikepdf.Object) -> bool:
    """A scan whose picture lay behind the cut."""
    resources = page.get("/Resources")
    things = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if not isinstance(things, Dictionary) or not len(things):
        return False
    return not any(
        isinstance(thing, pikepdf.Stream) for thing in dict(things.items()).values()
    )
