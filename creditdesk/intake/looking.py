"""What the files a person drops together are, and what they say together. rules.md 11.6."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from creditdesk.catalog.headings import Field, Headings
from creditdesk.domain.base.calendar import WorkCalendar
from creditdesk.domain.ledger.asked import Answers, answers_of
from creditdesk.domain.ledger.documents import LedgerDraft
from creditdesk.errors import Problem, UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.aged import customers
from creditdesk.importers.aged.customers import Customers
from creditdesk.importers.bank import statement
from creditdesk.importers.columns import aged_layout, recognise
from creditdesk.importers.columns.aged_layout import AgedLayout
from creditdesk.importers.columns.chosen import HeadingsNotFound
from creditdesk.importers.columns.mapping import Mapping, RowKind
from creditdesk.importers.columns.profile import Profile
from creditdesk.importers.columns.split_dates import with_whole_dates
from creditdesk.importers.files.cells import Sheet
from creditdesk.importers.rows import ledger
from creditdesk.importers.structured.document import Structured, draft_for
from creditdesk.intake.file_remarks import with_remarks
from creditdesk.jobs import Progress

_BANK_FROM = 0.8
_BANK_MAYBE = 0.6


class Shape(StrEnum):
    """What kind of file it is."""

    LEDGER = "ledger"
    STRUCTURED = "structured"
    AGED = "aged"
    BANK = "bank"
    CUSTOMERS = "customers"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose files they are: amounts without a currency are in the client's, and invoices are its own.

    `answers`: what is known to questions about these files. `calendar`: in which terms count working days.
    """

    name: str
    currency: str
    tax_id: str = ""
    answers: Answers = field(default_factory=dict)
    calendar: WorkCalendar | None = None


class PaymentsUnclear(UserError):
    """Open amounts and payments come together: the payments may count twice."""

    message = N_(
        "{invoices} already says what is still open. Are the payments of {payments} in those open amounts, "
        "or did they come in later? "
        "(On the command line: --payments-counted or --payments-later.)"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One file, looked at. `fault`: why it can't be taken in as it stands. `as_of`: the day of an aged summary.

    `by_profile`: the client's files were read like this before.
    """

    path: Path
    shape: Shape
    sheet: Sheet | None = None
    structured: Structured | None = None
    mapping: Mapping | None = None
    aged: AgedLayout | None = None
    as_of: date | None = None
    customers: Customers | None = None
    fault: UserError | None = None
    by_profile: bool = False

    @property
    def gives_anything(self) -> bool:
        """Whether there is something to take in."""
        return self.shape not in {Shape.UNKNOWN, Shape.CUSTOMERS}

    @property
    def gives_documents(self) -> bool:
        """Whether invoices, credit notes or payments come out of it."""
        return self.shape in {Shape.LEDGER, Shape.STRUCTURED}

    @property
    def says_open(self) -> bool:
        """Whether it is a list of invoices that says what is open or paid of each."""
        return (
            self.mapping is not None
            and self.shape is Shape.LEDGER
            and self.mapping.kind is RowKind.LEDGER
            and bool({Field.OPEN, Field.PAID} & set(self.mapping.columns))
        )

    @property
    def lists_payments(self) -> bool:
        """Whether it is a list of payments of its own."""
        return (
            self.shape is Shape.LEDGER
            and self.mapping is not None
            and self.mapping.kind is RowKind.PAYMENTS
        )


@dataclass(frozen=True, slots=True)
class ToldBefore:
    """What a client's earlier files told of later ones: how columns were read, and what was answered."""

    profiles: tuple[Profile, ...] = ()
    answers: Answers = field(default_factory=dict)


_NOTHING = ToldBefore()


def look(
    path: Path,
    opened: Sheet | Structured,
    known: Headings,
    before: ToldBefore = _NOTHING,
    *,
    day_first: bool | None = None,
) -> Piece:
    """What the file is, by itself or by what was told before of files like it.

    Nothing raises: what stands against taking it in is its `fault`.
    """
    if isinstance(opened, Structured):
        return Piece(path=path, shape=Shape.STRUCTURED, structured=opened)
    try:
        sheet = recognise.prepared(opened, known)
        mapping = recognise.guess(sheet, known, before.profiles, day_first=day_first)
    except UserError as refused:
        return _other(path, opened, known, refused, before.answers)
    if _is_bank(sheet, mapping):
        return Piece(path=path, shape=Shape.BANK, sheet=opened)
    return Piece(
        path=path,
        shape=Shape.LEDGER,
        sheet=sheet,
        mapping=mapping,
        by_profile=not any(each.guessed for each in mapping.found),
    )


def drafts(
    pieces: Sequence[Piece],
    owner: Owner,
    progress: Progress,
    *,
    payments_counted: bool | None = None,
) -> tuple[tuple[Piece, LedgerDraft], ...]:
    """The drafts of all pieces with documents, invoices first, with the names of the lists of customers.

    `payments_counted`: whether lists of payments are in the open amounts of the lists of invoices already; None where
    nobody said. Raises `PaymentsUnclear` and `DatesAmbiguous`.
    """
    _ask_about_payments(pieces, payments_counted)
    names = [each.customers for each in pieces if each.customers is not None]
    found = []
    giving = sorted((each for each in pieces if each.gives_documents), key=rank)
    for piece in giving:
        file = _called(piece, giving) if len(giving) > 1 else ""
        mine = (
            replace(owner, answers=answers_of(owner.answers, file)) if file else owner
        )
        draft = replace(_draft(piece, mine, progress), one_of=file)
        if payments_counted and piece.lists_payments:
            draft = _counted(draft, pieces)
        found.append((piece, customers.named(draft, names)))
    return tuple(found)


def _called(piece: Piece, pieces: Sequence[Piece]) -> str:
    """What a file is told from the others by: its name, with its sheet or its folder where another has that name."""
    for name, others in zip(_names(piece), zip(*map(_names, pieces), strict=True), strict=True):  # fmt: skip
        if others.count(name) == 1:
            return name
    return _names(piece)[-1]


def _names(piece: Piece) -> tuple[str, str, str]:
    sheet = piece.sheet.name if piece.sheet else ""
    name = piece.path.name
    return name, f"{name} · {sheet}", f"{piece.path} · {sheet}"


def unclear_payments(pieces: Sequence[Piece]) -> bool:
    """Whether payments come beside open amounts, so that somebody must say if they are in them."""
    return any(each.says_open for each in pieces) and any(
        each.lists_payments for each in pieces
    )


def _other(
    path: Path, sheet: Sheet, known: Headings, refused: UserError, answers: Answers
) -> Piece:
    """A file that is no ledger by itself: a summary, a statement, a list of customers, or for a person to say."""
    aged = aged_layout.recognise(sheet, known)
    if aged is not None:
        day = aged_layout.as_of(sheet, aged)
        return Piece(path=path, shape=Shape.AGED, sheet=sheet, aged=aged, as_of=day)
    if _may_be_bank(sheet, refused) or statement.was_answered(sheet, answers):
        return Piece(path=path, shape=Shape.BANK, sheet=sheet)
    people = customers.read(sheet, known) if _names_contacts(refused) else None
    if people is not None:
        return Piece(path=path, shape=Shape.CUSTOMERS, sheet=sheet, customers=people)
    return Piece(
        path=path,
        shape=Shape.UNKNOWN,
        sheet=recognise.prepared(sheet, known),
        mapping=_proposed(sheet, known),
        fault=refused,
    )


def _proposed(sheet: Sheet, known: Headings) -> Mapping | None:
    try:
        return recognise.draft(recognise.prepared(sheet, known), known)
    except HeadingsNotFound:
        return None


def _names_contacts(refused: UserError) -> bool:
    return (
        isinstance(refused, recognise.OtherKindOfFile)
        and refused.places["kind_id"] == recognise.CONTACTS
    )


def _may_be_bank(sheet: Sheet, refused: UserError) -> bool:
    """Headings of a bank alone are enough; fewer of them where the rows prove it, or a ledger's reader says so."""
    sheet = with_whole_dates(sheet)
    confidence = statement.is_bank_statement(sheet).confidence
    if confidence >= _BANK_FROM:
        return True
    known = (
        isinstance(refused, recognise.OtherKindOfFile)
        and refused.places["kind_id"] == recognise.BANK
    )
    return confidence >= _BANK_MAYBE and (known or statement.is_proven(sheet))


def _is_bank(sheet: Sheet, mapping: Mapping) -> bool:
    """A statement may have all a ledger needs by other names; only a wallet's has invoices' numbers."""
    numbers = {Field.DOC_NO, Field.INVOICE_NO, Field.EINVOICE_NO}
    if numbers & set(mapping.columns):
        return statement.is_surely(sheet)
    return statement.is_bank_statement(
        sheet
    ).confidence >= _BANK_FROM or statement.is_surely(sheet)


def rank(piece: Piece) -> int:
    """Invoices before the credit notes and payments that name them."""
    if piece.mapping is None:
        return 0
    return (RowKind.LEDGER, RowKind.CREDIT_NOTES, RowKind.PAYMENTS).index(
        piece.mapping.kind
    )


def _draft(piece: Piece, owner: Owner, progress: Progress) -> LedgerDraft:
    if piece.structured is not None:
        draft = draft_for(piece.structured, owner.name, owner.tax_id)
        return replace(draft, answers=owner.answers)
    assert piece.sheet is not None  # noqa: S101 - a ledger is a table or structured
    assert piece.mapping is not None  # noqa: S101 - see above
    draft = ledger.read(
        piece.sheet,
        piece.mapping,
        owner.currency,
        progress,
        answers=owner.answers,
        calendar=owner.calendar,
        client=owner.name,
    )
    return with_remarks(draft, piece.sheet, piece.mapping)


def _ask_about_payments(pieces: Sequence[Piece], counted: bool | None) -> None:  # noqa: FBT001 - an answer, handed on
    if counted is None and unclear_payments(pieces):
        raise PaymentsUnclear(
            invoices=tuple(each.path.name for each in pieces if each.says_open),
            payments=tuple(each.path.name for each in pieces if each.lists_payments),
        )


def _counted(draft: LedgerDraft, pieces: Sequence[Piece]) -> LedgerDraft:
    """The draft without its payments, each told: the open amounts hold them already."""
    lists = tuple(each.path.name for each in pieces if each.says_open)
    reason = Message.of(
        N_("Already in the open amounts of {invoices}, as you said."),
        invoices=lists or Message(N_("the ledger taken in before")),
    )
    told = tuple(Problem(reason, each.row) for each in draft.payments)
    skipped = sorted((*draft.skipped, *told), key=lambda problem: problem.row or 0)
    return replace(draft, payments=(), skipped=tuple(skipped))
