"""The files on their way into a client's ledger: each opened, looked at, checked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from creditdesk.catalog.headings import Field, headings
from creditdesk.domain.ledger.documents import LedgerDraft
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.mapping import Mapping, date_order, missing
from creditdesk.importers.columns.questions import Question, questions
from creditdesk.importers.files.cells import Sheet
from creditdesk.importers.files.dates import Order
from creditdesk.importers.files.workbook import PasswordNeeded, PasswordWrong
from creditdesk.importers.rows.control import Control, controls
from creditdesk.importers.structured.document import Structured
from creditdesk.intake import looking as intake
from creditdesk.intake import taking_in
from creditdesk.intake.looking import Owner, Piece, Shape, ToldBefore
from creditdesk.intake.opening import open_file
from creditdesk.intake.taking_in import Draft, Told
from creditdesk.jobs import Progress
from creditdesk.services.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file as it was read, or why it can't be."""

    path: Path
    content: Sheet | Structured | None = None
    fault: UserError | None = None

    @property
    def asks_password(self) -> bool:
        """Whether a password would open it."""
        return isinstance(self.fault, PasswordNeeded | PasswordWrong)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a file says and what taking it in would do. `controls`: its own totals; empty where it has none."""

    draft: Draft
    told: Told
    controls: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file: as opened, what it is, and what was found by checking. `piece` None: it could not be opened.

    `questions`: what a person must say first about its columns and dates. `order`: how its dates are read, None where
    nothing in them can be misread.
    """

    opened: Opened
    piece: Piece | None = None
    checked: Checked | None = None
    questions: tuple[Question, ...] = ()
    order: Order | None = None

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.opened.path

    @property
    def name(self) -> str:
        """What it is called: the file, and its sheet where several sheets of it are taken in."""
        sheet = self.piece.sheet if self.piece else None
        if sheet is None or not sheet.name or len(sheet.names) < 2:
            return self.path.name
        return f"{self.path.name} · {sheet.name}"

    @property
    def alike(self) -> tuple[str, ...]:
        """Other sheets of the workbook that look like ledgers too."""
        content = self.opened.content
        return content.alike if isinstance(content, Sheet) else ()

    @property
    def fault(self) -> Message | None:
        """What stands against taking it in, if anything does."""
        if self.opened.fault:
            return self.opened.fault.said
        piece = self.piece
        if piece is None or piece.shape is not Shape.UNKNOWN:
            return None
        absent = missing(piece.mapping) if piece.mapping else ()
        if piece.mapping and not absent:
            return None
        return piece.fault.said if piece.fault else Message(_UNKNOWN)

    @property
    def is_ready(self) -> bool:
        """Whether it can be checked as it stands."""
        return (
            self.piece is not None
            and self.piece.gives_anything
            and not self.asks_day
            and not self.questions
        )

    @property
    def asks_day(self) -> bool:
        """Whether nobody says of which day an aged summary is."""
        return (
            self.piece is not None
            and self.piece.shape is Shape.AGED
            and self.piece.as_of is None
        )

    def with_mapping(self, mapping: Mapping) -> "File":
        """The same, read with these columns: a person's word makes a ledger of a table nobody knew."""
        assert self.piece is not None  # noqa: S101 - columns are chosen of an opened file
        shape = Shape.UNKNOWN if missing(mapping) else Shape.LEDGER
        piece = replace(self.piece, mapping=mapping, shape=shape, by_profile=False)
        return _doubted(replace(self, piece=piece, checked=None))

    def with_day(self, day: date) -> "File":
        """The aged summary of this day."""
        assert self.piece is not None  # noqa: S101 - a day is asked of an opened file
        return replace(self, piece=replace(self.piece, as_of=day), checked=None)

    def corrected(self, column: int, field: str) -> "File":
        """A person says what a column is; empty: it isn't read."""
        assert self.piece is not None  # noqa: S101 - see `with_mapping`
        mapping = self.piece.mapping
        assert mapping is not None  # noqa: S101 - a column is chosen from a mapping
        before = {each.column: each.field for each in mapping.found}
        if column in before:
            mapping = mapping.corrected(before[column], None)
        if field:
            mapping = mapping.corrected(Field(field), column)
        return self.with_mapping(mapping)


_UNKNOWN = N_(
    "Nothing in this file says what it is. Choose above what its columns are."
)


def opened(
    path: Path,
    progress: Progress,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    password: str | None = None,
) -> Opened:
    """The file read; a refusal is part of the answer, so that the other files go on."""
    try:
        content = open_file(
            path, progress, sheet_name=sheet, encoding=encoding, password=password
        )
    except UserError as refused:
        return Opened(path=path, fault=refused)
    return Opened(path=path, content=content)


def looked_at(one: Opened, before: ToldBefore) -> File:
    """What the file is, by what this client's files told before and by itself."""
    if one.content is None:
        return File(opened=one)
    piece = intake.look(one.path, one.content, headings(), before)
    return _doubted(File(opened=one, piece=piece))


def _doubted(file: File) -> File:
    """With what only a person can say: found once, for it takes every date of the file."""
    piece = file.piece
    if piece is None or piece.sheet is None or piece.mapping is None:
        return file
    return replace(
        file,
        questions=questions(piece.sheet, piece.mapping, headings()),
        order=date_order(piece.sheet, piece.mapping).order,
    )


def with_sheets(file: File, before: ToldBefore, progress: Progress) -> list[File]:
    """The file, and its other sheets that are of the same kind."""
    found = [file]
    for name in file.alike:
        one = looked_at(opened(file.path, progress, sheet=name), before)
        if one.piece and file.piece and one.piece.shape is file.piece.shape:
            found.append(one)
    return found


def checked(  # noqa: PLR0913 - the files and everything they are held against
    files: Sequence[File],
    ledger: Ledger,
    client: int,
    owner: Owner,
    progress: Progress,
    *,
    payments_counted: bool | None,
) -> tuple[File, ...]:
    """Every file that is ready, read and compared with the desk; the others as they are."""
    ready = [each.piece for each in files if each.is_ready and each.piece]
    drafts = intake.drafts(ready, owner, progress, payments_counted=payments_counted)
    progress.step(Message(N_("Comparing with the desk")))

    def one(file: File) -> File:
        if not file.is_ready or file.piece is None:
            return file
        draft = _of(drafts, file.piece)
        try:
            found = _checked(file.piece, draft, ledger, client, owner, progress)
        except UserError as refused:
            if file.piece.shape is not Shape.BANK:
                raise
            # A statement that asks something holds the other files up no longer.
            piece = replace(file.piece, shape=Shape.UNKNOWN, fault=refused)
            return replace(file, piece=piece)
        return replace(file, checked=found) if found else file

    return tuple(map(one, files))


def _of(
    drafts: Sequence[tuple[Piece, LedgerDraft]], piece: Piece
) -> LedgerDraft | None:
    return next((draft for other, draft in drafts if other is piece), None)


def _checked(  # noqa: PLR0913, PLR0917 - a file and everything it is held against
    piece: Piece,
    draft: LedgerDraft | None,
    ledger: Ledger,
    client: int,
    owner: Owner,
    progress: Progress,
) -> Checked | None:
    own: tuple[Control, ...] = ()
    found: Draft | None = draft
    if draft is not None and piece.sheet and piece.mapping:
        own = controls(piece.sheet, piece.mapping, draft)
    elif piece.shape is Shape.AGED and piece.as_of:
        found = taking_in.read_summary(piece, piece.as_of, owner, progress)
    elif piece.shape is Shape.BANK and piece.sheet:
        found = taking_in.read_statement(piece.sheet, owner, progress)
    if found is None:
        return None
    told = taking_in.compare(ledger, client, found, progress)
    return Checked(draft=found, told=told, controls=own)


def ready(files: Sequence[File]) -> Iterator[tuple[File, Checked]]:
    """The files that were checked, invoices before what names them."""
    ranked = sorted(
        ((each, each.checked) for each in files if each.checked),
        key=lambda pair: _rank(pair[0]),
    )
    yield from ranked


def _rank(file: File) -> int:
    return intake.rank(file.piece) if file.piece else 0
