"""Where one document or payment came from, without Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from creditdesk.catalog.terms import payment_term
from creditdesk.domain.ledger.documents import CreditKind, DueBy
from creditdesk.i18n import N_
from creditdesk.presenters.ledger.bill import Bill
from creditdesk.presenters.ledger.dispute import Disputes
from creditdesk.presenters.ledger.document_words import (
    CREDITS,
    document_kind,
    due_cell,
    number_words,
)
from creditdesk.presenters.ledger.import_words import (
    FIELDS,
    kind_words,
    place_words,
    value_words,
)
from creditdesk.presenters.ledger.source_file import SourceFile
from creditdesk.presenters.parts.table import Cell, Column, Table
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import InvoiceLine
from creditdesk.services.ledger.import_values import PaymentLine, SourceRow
from creditdesk.workspace import Workspace

TABLES = frozenset(
    {
        "buyer",
        "invoice",
        "payment",
        "import_batch",
        "bill_end",
        "bill_transfer",
        "dispute",
    }
)


@dataclass(frozen=True, slots=True)
class Changed:
    """One field that a later import changed."""

    place: int
    source: SourceRow
    field: str
    before: str
    after: str


class TracePresenter:
    """A document, or a payment: its source and every later change."""

    def __init__(
        self,
        workspace: Workspace,
        wording: Wording,
        invoice: int | None,
        payment: int | None,
    ) -> None:
        self._wording = wording
        imports = workspace.desk.imports
        self.trace = (
            imports.invoice_trace(invoice)
            if invoice is not None
            else imports.payment_trace(payment or 0)
        )
        self.papers = (
            workspace.desk.ledger.papers_of(invoice) if invoice is not None else ()
        )
        source = self.trace.source
        self.file = (
            SourceFile(workspace.desk, source.batch, source.file_name)
            if source and source.kept
            else None
        )
        of = self.trace.of
        self.bill = (
            Bill(workspace, of, wording) if isinstance(of, InvoiceLine) else None
        )
        self.disputes = (
            Disputes(workspace, of, wording) if isinstance(of, InvoiceLine) else None
        )
        self.changes: Table[Changed] = Table(
            self._columns(), lambda row: row.place, sort="when"
        )
        self.changes.show(list(self._changes()))

    @property
    def title(self) -> str:
        """The number, or the payment with its day."""
        of = self.trace.of
        if isinstance(of, InvoiceLine):
            return number_words(of, self._wording)
        kind = self._wording(CREDITS[CreditKind(of.kind)])
        return self._wording(N_("{kind} of {day}"), kind=kind, day=of.paid_on)

    @property
    def subtitle(self) -> str:
        """Whose it is."""
        of = self.trace.of
        return f"{of.client} · {of.buyer} · {self._wording.money(of.amount)}"

    @property
    def figures(self) -> Sequence[tuple[str, str]]:
        """What the ledger holds of it now."""
        of, say = self.trace.of, self._wording
        if isinstance(of, PaymentLine):
            return self._payment(of)
        return [
            (say(N_("Kind")), document_kind(of, say)),
            (say(N_("Date")), say.day(of.issued)),
            (say(N_("Due date")), due_cell(of, say).text),
            *self._due_known(),
            (say(N_("Amount")), say.money(of.amount)),
            (say(N_("Open amount")), say.money(of.open)),
            *(self.bill.facts if self.bill else ()),
            *(self.disputes.facts if self.disputes else ()),
        ]

    def _due_known(self) -> Iterator[tuple[str, str]]:
        """How the due date is known; and the term of the document where it isn't what was agreed with the buyer."""
        trace, say = self.trace, self._wording
        how = {
            DueBy.TERM: say(N_("by its term {words}"), words=trace.term),
            DueBy.PERSON: say(N_("said by hand")),
            DueBy.AGREED: say(N_("by the term agreed with the buyer, {words}"), words=trace.agreed),
        }.get(trace.due_by)  # fmt: skip
        if how:
            yield say(N_("Due date known")), how
        own, agreed = payment_term(trace.term), payment_term(trace.agreed)
        if trace.term and trace.agreed and own != agreed:
            text = N_("{own}; agreed with the buyer: {agreed}")
            yield (
                say(N_("Payment term")),
                say(text, own=trace.term, agreed=trace.agreed),
            )

    @property
    def source(self) -> Sequence[tuple[str, str]]:
        """File, sheet and row, and the import that read them."""
        source, say = self.trace.source, self._wording
        if source is None:
            return [(say(N_("Source")), say(N_("entered by hand")))]
        lines = [(say(N_("File")), source.file_name)]
        if source.sheet:
            lines.append((say(N_("Sheet")), source.sheet))
        if source.row is not None:
            lines.append((say(N_("Row")), str(source.row)))
        return [
            *lines,
            (say(N_("Kind of file")), kind_words(source.kind, source.format, say)),
            (say(N_("Import")), say(N_("No. {number}, {at}, {who}"), number=source.batch, at=source.taken_at, who=source.who)),
            *((say(N_("E-invoice kept")), each.file_name) for each in self.papers),
        ]  # fmt: skip

    @property
    def missing(self) -> str:
        """Why the file can't be shown, where it can't."""
        if self.trace.source is None or self.file is not None:
            return ""
        return self._wording(
            N_(
                "The file itself is not in the desk: it was taken in by an earlier version, or without a file."
            )
        )

    def _payment(self, of: PaymentLine) -> Sequence[tuple[str, str]]:
        say = self._wording
        return [
            (say(N_("Payment date")), say.day(of.paid_on)),
            (say(N_("Amount")), say.money(of.amount)),
            (say(N_("Booked to")), say.name(of.pays) or say(N_("not assigned"))),
            *([(say(N_("Payer")), of.payer or say(N_("the buyer")))] if of.is_receipt else []),
            (say(N_("Told by")), say(N_("ledger") if of.bank_line is None else N_("bank"))),
            *([(say(N_("Remark")), of.memo)] if of.memo else []),
        ]  # fmt: skip

    def _changes(self) -> Sequence[Changed]:
        say = self._wording
        told = [
            (later.source, field)
            for later in self.trace.changes
            for field in later.fields
        ]
        return [
            Changed(
                place, source, say(FIELDS.get(field.field, field.field)), value_words(field.before, say),
                value_words(field.after, say),
            )
            for place, (source, field) in enumerate(told)
        ]  # fmt: skip

    def _columns(self) -> list[Column[Changed]]:
        say = self._wording

        def file(row: Changed) -> Cell:
            said = place_words(row.source.file_name, row.source.sheet, None, say)
            return Cell(said, hint=said)

        return [
            Column(key="import", title=N_("Import"), cell=lambda row: str(row.source.batch), order=lambda row: row.source.batch, right=True, width=72),
            Column(key="when", title=N_("Taken in"), cell=lambda row: say.moment(row.source.taken_at), order=lambda row: (row.source.taken_at, row.place), width=140),
            Column(key="field", title=N_("Field"), cell=lambda row: row.field, order=lambda row: row.field, width=140),
            Column(key="before", title=N_("Before"), cell=lambda row: Cell(row.before, hint=row.before), width=150),
            Column(key="after", title=N_("After"), cell=lambda row: Cell(row.after, hint=row.after), width=150),
            Column(key="file", title=N_("File"), cell=file, stretch=True),
        ]  # fmt: skip
