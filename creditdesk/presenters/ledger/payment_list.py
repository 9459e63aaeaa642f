"""Payments and adjustments as a list, each with what it pays, who paid, and the row of the file it came from."""

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import CreditKind
from creditdesk.i18n import N_
from creditdesk.presenters.ledger.document_words import CREDITS
from creditdesk.presenters.ledger.import_words import place_cell
from creditdesk.presenters.parts.table import (
    Asked,
    Cell,
    Column,
    Tone,
    Window,
    summed,
)
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import Imports, PaymentQuestion
from creditdesk.services.ledger.import_values import PaymentLine


def payment_columns(
    wording: Wording, *, with_buyer: bool = False
) -> list[Column[PaymentLine]]:
    """Day, kind, amount, invoice, payer, and where it stands in its file; an adjustment is never called a receipt."""

    def day(row: PaymentLine) -> Cell:
        if row.dated:
            return Cell(wording.day(row.paid_on))
        hint = wording(N_("The file gives no day: it counts from the document's date."))
        return Cell(wording.day(row.paid_on), Tone.QUIET, hint)

    def against(row: PaymentLine) -> Cell:
        if row.against:
            words = wording.name(row.pays)
            return Cell(words, hint=words)
        return Cell(wording(N_("not assigned")), Tone.QUIET)

    def payer(row: PaymentLine) -> Cell:
        if not row.is_receipt:
            return Cell("")
        if row.payer:
            return Cell(row.payer, Tone.WARNING, wording(N_("Somebody else than the buyer paid.")))  # fmt: skip
        return Cell(wording(N_("the buyer")), Tone.QUIET)

    def told_by(row: PaymentLine) -> str:
        return wording(N_("ledger") if row.bank_line is None else N_("bank"))

    def source(row: PaymentLine) -> Cell:
        return place_cell(row.file_name, row.sheet, row.row, wording)

    return [
        Column(key="paid_on", title=N_("Payment date"), cell=day, order=lambda row: row.paid_on, value=lambda row: row.paid_on, width=108),
        Column(key="kind", title=N_("Kind"), cell=lambda row: _kind(row, wording), order=lambda row: row.kind, width=96),
        Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer), order=lambda row: row.buyer, width=180, hidden=not with_buyer),
        Column(key="against", title=N_("Booked to"), cell=against, order=lambda row: row.against, width=130),
        Column(key="currency", title=N_("Currency"), cell=lambda row: row.amount.currency, width=82),
        Column(key="amount", title=N_("Amount"), cell=lambda row: wording.figure(row.amount), order=lambda row: row.amount.amount, sums=lambda row: row.amount, right=True, width=120),
        Column(key="payer", title=N_("Payer"), cell=payer, order=lambda row: row.payer, width=150),
        Column(key="told", title=N_("Told by"), cell=told_by, width=72),
        Column(key="memo", title=N_("Remark"), cell=lambda row: Cell(row.memo, Tone.QUIET, row.memo), width=140, hidden=True),
        Column(key="row", title=N_("Row"), cell=lambda row: "" if row.row is None else str(row.row), order=lambda row: row.row, right=True, width=60, hidden=True),
        Column(key="source", title=N_("Source"), cell=source, stretch=True),
    ]  # fmt: skip


def _kind(row: PaymentLine, wording: Wording) -> Cell:
    words = wording(CREDITS[CreditKind(row.kind)])
    return Cell(words, Tone.PLAIN if row.is_receipt else Tone.QUIET)


def payment_window(
    imports: Imports,
    wording: Wording,
    *,
    buyer_id: int | None = None,
    batch_id: int | None = None,
) -> Window[PaymentLine]:
    """The payments of one buyer or of one import."""

    def ask(window: Window[PaymentLine]) -> Asked:
        sort, descending = window.sorted_by
        asked = PaymentQuestion(
            buyer_id=buyer_id, batch_id=batch_id, text=window.text, sort=sort, descending=descending,
        )  # fmt: skip
        received = imports.payment_totals(asked)
        lessened = imports.reduction_totals(asked)
        footer = [
            wording(
                N_("{currency}  {count} payments, {amount}"),
                currency=wording.currency(code), count=f"{count:,}", amount=wording.figure(amount),
            )
            for code, (count, amount) in received.items()
        ]  # fmt: skip
        footer += [
            wording(
                N_("{currency}  {count} set-offs, write-offs and other reductions, {amount}"),
                currency=wording.currency(code), count=f"{count:,}", amount=wording.figure(amount),
            )
            for code, (count, amount) in lessened.items()
        ]  # fmt: skip
        sums: dict[str, dict[str, Money]] = {}
        for code, (_count, amount) in (*received.items(), *lessened.items()):
            before = sums.setdefault(code, {"amount": Money.zero(code)})
            before["amount"] += amount
        return Asked(imports.payment_ids(asked), footer, summed(sums))

    columns = payment_columns(wording, with_buyer=buyer_id is None)
    return Window(columns, fetch=imports.payments, ask=ask, sort="paid_on")
