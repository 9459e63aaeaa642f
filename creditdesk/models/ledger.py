"""What the clients' ledgers say: documents, payments, and the files they came from.

Amounts are integer fine units (`Money.fine`): a ledger's figure is kept with every digit it has.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base, Voidable


class ImportBatch(Base):
    """One file taken in: what it said, who took it in, and whether it was taken back.

    `kind`: ledger, aged or bank. `format`: the structured format's id, empty for tables. `file_totals`: the file's own
    total row. `control`: what the control account is said to show, by currency. `document_id`: the file itself, empty
    for imports of earlier versions.
    """

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    file_name: Mapped[str]
    digest: Mapped[str]
    sheet: Mapped[str]
    header_row: Mapped[int]
    taken_at: Mapped[datetime]
    who: Mapped[str]
    columns: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    totals: Mapped[dict[str, Any]]
    rejected: Mapped[list[Any]]
    skipped: Mapped[list[Any]]
    undone_at: Mapped[datetime | None]
    kind: Mapped[str] = mapped_column(server_default="ledger")
    format: Mapped[str] = mapped_column(server_default="")
    file_totals: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    control: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    notes: Mapped[list[Any]] = mapped_column(server_default="[]")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class ImportChange(Base):
    """What a take-in changed in a record that was there before, so that it can be taken back."""

    __tablename__ = "import_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    kind: Mapped[str]
    record_id: Mapped[int] = mapped_column(index=True)
    before: Mapped[dict[str, Any]]


class ImportProfile(Base):
    """How a client's files are read, so that next month's needs no mapping."""

    __tablename__ = "import_profile"
    __table_args__ = (UniqueConstraint("client_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    name: Mapped[str]
    content: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]


class ImportAnswer(Base):
    """What a person said once about a client's files: which question, which of its options. rules.md 14.1, 14.3."""

    __tablename__ = "import_answer"
    __table_args__ = (UniqueConstraint("client_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    question: Mapped[str]
    option: Mapped[str]
    said_at: Mapped[datetime]
    who: Mapped[str]


class Invoice(Base):
    """A document, or a part of one, that changes a debt; `amount_fine` is positive whatever the `kind`.

    `number` tells it from the buyer's other documents of its kind; `doc_no` is the number on the paper where several
    share it, as parts do (`part` counts them from 1) and numbers used anew every year; empty: `number` itself.
    `open_fine` is what no known payment or credit note has settled; `desk check` recomputes it.
    `due_by`: how the due date is known, empty: the file gives it. rules.md 14.1, 14.2, 14.3.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("client_id", "buyer_id", "number", "kind"),
        CheckConstraint(
            "kind IN ('invoice', 'credit_note', 'opening', 'refund')", "kind_known"
        ),
        CheckConstraint("amount_fine >= 0", "amount_not_negative"),
        CheckConstraint("open_fine BETWEEN 0 AND amount_fine", "open_within_amount"),
        CheckConstraint(
            "disputed_fine BETWEEN 0 AND amount_fine", "disputed_within_amount"
        ),
        Index("ix_invoice_number", "number"),
        Index("ix_invoice_due", "due"),
        Index("ix_invoice_issued", "issued"),
        Index("ix_invoice_amount", "amount_fine"),
        # The two an aging is read from, without the rows themselves: what there is, and what is open of it.
        Index(
            "ix_invoice_account", "buyer_id", "currency", "issued", "shipped", "kind", "amount_fine"
        ),
        Index(
            "ix_invoice_open", "buyer_id", "currency", "kind", "due", "issued", "open_fine",
            sqlite_where=text("open_fine > 0"),
        ),
        Index("ix_invoice_doc_no", "buyer_id", "doc_no", sqlite_where=text("doc_no <> ''")),
        Index(
            "ix_invoice_due_open", "client_id", "buyer_id", "currency", "term", "open_fine",
            sqlite_where=text("due IS NULL AND open_fine > 0"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"))
    kind: Mapped[str]
    number: Mapped[str]
    issued: Mapped[date]
    due: Mapped[date | None]
    shipped: Mapped[date | None]
    term: Mapped[str] = mapped_column(default="")
    currency: Mapped[str]
    amount_fine: Mapped[int]
    open_fine: Mapped[int]
    disputed_fine: Mapped[int] = mapped_column(default=0)
    net_fine: Mapped[int | None]
    vat_fine: Mapped[int | None]
    vat_rate: Mapped[str] = mapped_column(default="")
    invoice_no: Mapped[str] = mapped_column(default="")
    against: Mapped[str] = mapped_column(default="")
    contract: Mapped[str] = mapped_column(default="")
    memo: Mapped[str] = mapped_column(default="")
    batch_id: Mapped[int | None] = mapped_column(
        ForeignKey("import_batch.id"), index=True
    )
    row: Mapped[int | None]
    doc_no: Mapped[str] = mapped_column(default="", server_default="")
    part: Mapped[int] = mapped_column(default=0, server_default="0")
    part_kind: Mapped[str] = mapped_column(default="", server_default="")
    due_by: Mapped[str] = mapped_column(default="", server_default="")
    accepted: Mapped[date | None]


class InvoiceDocument(Base):
    """The e-invoice of a document: the kept file is evidence of it."""

    __tablename__ = "invoice_document"
    __table_args__ = (UniqueConstraint("invoice_id", "document_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)


class Payment(Base):
    """Money received, or what else lessens a debt (`kind`). `dated` false: the file gives the amount but no date.

    `against`: the document's `number` or `doc_no`; several, one a line, in the order they are paid; empty: none.
    `bank_line_id`: the bank's own word for it. `payer`: who really paid, empty for the buyer itself. `contract`: of a
    deposit that names nothing else; `against` are then the invoices of that contract, as far as files told of them.
    """

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("client_id", "buyer_id", "key"),
        CheckConstraint("amount_fine >= 0", "amount_not_negative"),
        Index("ix_payment_paid_on", "paid_on"),
        Index("ix_payment_bank_line_id", "bank_line_id"),
        Index("ix_payment_account", "buyer_id", "currency", "paid_on", "amount_fine"),
        Index("ix_payment_loose", "buyer_id", sqlite_where=text("against = ''")),
        Index(
            "ix_payment_several",
            "buyer_id",
            sqlite_where=text("instr(against, char(10)) > 0"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"))
    key: Mapped[str]
    against: Mapped[str] = mapped_column(default="")
    paid_on: Mapped[date]
    dated: Mapped[bool] = mapped_column(default=True)
    currency: Mapped[str]
    amount_fine: Mapped[int]
    memo: Mapped[str] = mapped_column(default="")
    batch_id: Mapped[int | None] = mapped_column(
        ForeignKey("import_batch.id"), index=True
    )
    row: Mapped[int | None]
    bank_line_id: Mapped[int | None] = mapped_column(ForeignKey("bank_line.id"))
    payer: Mapped[str] = mapped_column(server_default="")
    kind: Mapped[str] = mapped_column(default="receipt", server_default="receipt")
    contract: Mapped[str] = mapped_column(default="", server_default="")


class BillEnd(Voidable, Base):
    """What became of the bill an invoice is marked with. Honoured: its payment's key is `bill:` and this number."""

    __tablename__ = "bill_end"
    __table_args__ = (
        CheckConstraint("outcome IN ('HONOURED', 'REFUSED')", "outcome_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"), index=True)
    outcome: Mapped[str]
    ended_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="", server_default="")
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class BillTransfer(Voidable, Base):
    """The bill an invoice is marked with was passed on, to whom and when. One of a bill stands."""

    __tablename__ = "bill_transfer"
    __table_args__ = (
        CheckConstraint("way IN ('ENDORSED', 'DISCOUNTED')", "way_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"), index=True)
    way: Mapped[str]
    passed_on: Mapped[date]
    holder: Mapped[str] = mapped_column(default="", server_default="")
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class Dispute(Voidable, Base):
    """A part of an invoice the buyer contests; held until it is settled by an award, a judgment or an agreement.

    `upheld_fine`: what of it the buyer owes by the settlement, the rest it doesn't; None like `settled_on`: open.
    `told_fine`: what the ledger itself called disputed before the first was entered. `document_id`: the paper.
    """

    __tablename__ = "dispute"
    __table_args__ = (
        CheckConstraint("amount_fine > 0", "amount_positive"),
        CheckConstraint("upheld_fine BETWEEN 0 AND amount_fine", "upheld_within_amount"),
        CheckConstraint(
            "(settled_on IS NULL) = (upheld_fine IS NULL)", "settled_as_a_whole"
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"), index=True)
    opened_on: Mapped[date]
    currency: Mapped[str]
    amount_fine: Mapped[int]
    nature: Mapped[str]
    told_fine: Mapped[int]
    settled_on: Mapped[date | None]
    upheld_fine: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(default="", server_default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class AgedBalance(Base):
    """What a buyer owes by age, from a summary without documents: it can be aged, never claimed. rules.md 11.6.

    One row for each column of the summary, in the file's order (`place`). `from_days` and `to_days` are days overdue as
    the column's heading says, both included; `from_days` empty: not due, `to_days` empty: without end.
    """

    __tablename__ = "aged_balance"
    __table_args__ = (
        UniqueConstraint("batch_id", "buyer_id", "currency", "place"),
        Index("ix_aged_balance_buyer_id", "buyer_id", "currency", "as_of"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"))
    as_of: Mapped[date]
    currency: Mapped[str]
    place: Mapped[int]
    header: Mapped[str]
    from_days: Mapped[int | None]
    to_days: Mapped[int | None]
    amount_fine: Mapped[int]
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    row: Mapped[int]


class ControlFigure(Base):
    """What the books show of a control account on a day, as a person typed it. Rows are added; the last one counts.

    `figure_fine` empty: the figure typed before was taken away.
    """

    __tablename__ = "control_figure"
    __table_args__ = (Index("ix_control_figure_client_id_as_of", "client_id", "as_of"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    as_of: Mapped[date]
    currency: Mapped[str]
    account: Mapped[str]
    figure_fine: Mapped[int | None]
    who: Mapped[str]
    at: Mapped[datetime]
