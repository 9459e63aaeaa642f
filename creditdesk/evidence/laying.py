"""Lays a file out as PDFs, whatever it is: what is printed, what travels inside, what is to be told of it.

The same when a file is attached and when it is bound, so that both say the same. Runs in a child process.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name

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
from creditdesk.evidence import archives, embedded, office
from creditdesk.evidence.embedded import Inside
from creditdesk.evidence.opening import open_pdf
from creditdesk.evidence.sheets import notes_of, settle_annotations, unpacked
from creditdesk.i18n import N_, Language, Message

_DEEPEST = 3
_HEAD = 2048
_KEYS_OF_FORMS = ("/XFA", "/CO", "/SigFlags")


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark of the file's own. `page` counts from 0 within its part; `deep` 0 for the uppermost."""

    title: str
    page: int
    deep: int = 0


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
    _lay(laid, _Given(path, name, media), "", language, 0)
    return laid


@dataclass(frozen=True, slots=True)
class _Given:
    path: Path
    name: str
    media: str


def _lay(laid: Laid, given: _Given, within: str, language: Language, deep: int) -> None:
    try:
        _lay_kind(laid, given, within, language, deep)
    except Refused as refused:
        reason = refused.reason
        kept = Inside(within or given.name, given.path.read_bytes(), given.media)
        if kept.data:
            laid.inside.append(kept)
        if not within:
            laid.reason, laid.state = reason, refused.state
        else:
            told = N_("{name} in it travels inside as a file: {reason}")
            laid.remarks.append(Message.of(told, name=within, reason=reason))


def _lay_kind(
    laid: Laid, given: _Given, within: str, language: Language, deep: int
) -> None:
    path, media = given.path, given.media
    if not path.stat().st_size:
        raise Refused(Message(N_("the file is empty")))
    if media == PDF:
        _lay_pdf(laid, given, within, language, deep)
    elif media.startswith("image/"):
        from creditdesk.evidence.pictures import picture_pdf  # noqa: PLC0415 - no PDF waits for it

        laid.parts.append(Part(within, picture_pdf(path)))
    elif media == ZIP:
        _lay_each(laid, archives.files_of(path), given, within, language, deep)
    elif media in (MAIL, OUTLOOK):
        from creditdesk.evidence import mail  # noqa: PLC0415 - as above

        read = mail.read(path, media)
        laid.parts.append(Part(within, mail.printed(read, path, language)))
        laid.inside.append(Inside(within or given.name, path.read_bytes(), media))
        _lay_each(laid, read.attachments, given, within, language, deep)
    elif media in OFFICE:
        laid.parts.append(Part(within, office.printed(path, given.name)))
        laid.inside.append(Inside(within or given.name, path.read_bytes(), media))
    else:
        raise Refused(without_pages(media))


def _lay_each(
    laid: Laid,
    files: Iterator[tuple[str, bytes]] | tuple[tuple[str, bytes], ...],
    given: _Given,
    within: str,
    language: Language,
    deep: int,
) -> None:
    """The files within a file, as if they had been attached one by one."""
    before = len(laid.parts)
    for number, (name, data) in enumerate(files):
        inner = f"{within}/{name}" if within else name
        path = given.path.with_name(f"{given.path.name}-{number}")
        path.write_bytes(data)
        media = media_of(name, data[:_HEAD])
        if deep + 1 >= _DEEPEST:
            media = UNKNOWN
        _lay(laid, _Given(path, name, media), inner, language, deep + 1)
    if given.media == ZIP and len(laid.parts) == before and not within:
        laid.reason = Message(N_("nothing in it can be printed"))
        laid.state = EvidenceState.UNREADABLE


def _lay_pdf(
    laid: Laid, given: _Given, within: str, language: Language, deep: int
) -> None:
    opened = open_pdf(given.path)
    pdf = opened.pdf
    inside = tuple(embedded.files_of(pdf))
    laid.inside += [each.under(within) for each in inside]
    claimed = _claimed_pages(pdf)
    marks = tuple(_marks(pdf))
    crowded = settle_annotations(pdf)
    signed = _flatten_signatures(pdf)
    if crowded:
        pdf.flatten_annotations(mode="all")
        for page in pdf.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
        laid.remarks.append(
            Message(N_("what could be filled in or clicked is drawn into its pages"))
        )
    if signed:
        laid.remarks.append(
            Message(
                N_(
                    "its signature is shown but can't be checked on this copy; the signed original travels inside"
                )
            )
        )
        data = given.path.read_bytes()
        laid.inside.append(Inside(within or given.name, data, PDF))
    laid.parts.append(Part(within, pdf, marks))
    laid.repaired = laid.repaired or opened.repaired or bool(pdf.get_warnings())
    if opened.repaired:
        _tell_empty(laid, pdf, claimed, within)
    if isinstance(pdf.Root.get("/Collection"), Dictionary):
        files = tuple((each.name, each.data) for each in inside)
        _lay_each(laid, files, given, within, language, deep)


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
    told = N_("{empty} of {pages} pages are empty: the file was cut off")
    reason = Message.of(told, empty=empty, pages=pages)
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
    return not any(isinstance(thing, pikepdf.Stream) for thing in things.values())


def _flatten_signatures(pdf: pikepdf.Pdf) -> bool:
    """Draw visible signatures into their pages: joining files breaks them, and readers then hide their fields."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, Dictionary):
        return False
    for key in _KEYS_OF_FORMS:
        if key in form:
            del form[key]
    held: list[tuple[pikepdf.Object, list[pikepdf.Object]]] = []
    signed = False
    for page in pdf.pages:
        notes = list(notes_of(page))
        seals = [note for note in notes if _is_signature(note)]
        if not notes:
            continue
        signed = signed or any(_is_signed(each) for each in seals)
        held.append((page.obj, [note for note in notes if not _is_signature(note)]))
        page.obj.Annots = Array(seals)
    if signed:
        pdf.flatten_annotations(mode="all")
        pdf.Root.AcroForm = form
    for page, notes in held:
        page.Annots = Array(notes)
    return signed or _invisible(form)


def _is_signature(note: pikepdf.Object) -> bool:
    above = note.get("/Parent")
    kinds = (note.get("/FT"), above.get("/FT") if isinstance(above, Dictionary) else 0)
    return Name.Sig in kinds


def _is_signed(note: pikepdf.Object) -> bool:
    above = note.get("/Parent")
    return "/V" in note or (isinstance(above, Dictionary) and "/V" in above)


def _invisible(form: pikepdf.Object) -> bool:
    """A signature that is shown nowhere is lost all the same."""
    fields = form.get("/Fields")
    return any(
        isinstance(each, Dictionary) and each.get("/FT") == Name.Sig and "/V" in each
        for each in (fields if isinstance(fields, Array) else ())
    )


_MOST_MARKS: Final = 500


def _marks(pdf: pikepdf.Pdf) -> Iterator[Mark]:
    """The file's own bookmarks that lead to one of its pages."""
    if "/Outlines" not in pdf.Root:
        return
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    find = _finder(pdf, numbers)
    try:
        with pdf.open_outline(max_depth=4) as outline:
            items = [(item, 0) for item in reversed(outline.root)]
            left = _MOST_MARKS
            while items and left:
                item, deep = items.pop()
                page = find(item)
                if page is not None:
                    yield Mark(item.title, page, deep)
                    left -= 1
                items += [(each, deep + 1) for each in reversed(item.children)]
    except (pikepdf.PdfError, pikepdf.OutlineStructureError, ValueError, TypeError):
        return


def _finder(
    pdf: pikepdf.Pdf, numbers: dict[tuple[int, int], int]
) -> Callable[[pikepdf.OutlineItem], int | None]:
    def find(item: pikepdf.OutlineItem) -> int | None:
        where: object = item.destination
        if where is None and isinstance(item.action, Dictionary):
            where = item.action.get("/D")
        if isinstance(where, pikepdf.String | Name | str):
            where = _named(pdf, str(where))
        if isinstance(where, Dictionary):
            where = where.get("/D")
        if not isinstance(where, Array | list) or not len(where):
            return None
        page = where[0]
        return numbers.get(page.objgen) if isinstance(page, Dictionary) else None

    return find


def _named(pdf: pikepdf.Pdf, name: str) -> object:
    names = pdf.Root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, Dictionary) else None
    if isinstance(tree, Dictionary):
        found = pikepdf.NameTree(tree).get(name)
        if found is not None:
            return found
    old = pdf.Root.get("/Dests")
    return old.get(name) if isinstance(old, Dictionary) and name[:1] == "/" else None
