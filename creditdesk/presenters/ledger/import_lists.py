"""The lists of one import: what it brought, what it changed, what was said about its rows."""

from creditdesk.errors import Problem
from creditdesk.i18n import N_
from creditdesk.presenters.ledger.document_words import (
    document_kind,
    document_totals,
    due_cell,
    number_cell,
    signed,
)
from creditdesk.presenters.ledger.import_words import RECORDS, change_words
from creditdesk.presenters.parts.table import (
    Asked,
    Cell,
    Column,
    Table,
    Tone,
    Window,
)
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import (
    BatchId,
    Imports,
    InvoiceLine,
    InvoiceQuestion,
    Ledger,
)
from creditdesk.services.ledger.import_values import BalanceLine, ChangeLine
from creditdesk.services.ledger.receipt_values import LineState, ReceiptLine

STATES = {
    LineState.OPEN: N_("waiting"),
    LineState.MATCHED: N_("confirmed"),
    LineState.SET_ASIDE: N_("set aside"),
}


def brought_window(
    ledger: Ledger, wording: Wording, batch: BatchId
) -> Window[InvoiceLine]:
    """The documents an import brought, in the order of its rows."""
    say = wording

    def ask(window: Window[InvoiceLine]) -> Asked:
        sort, descending = window.sorted_by
        asked = InvoiceQuestion(
            batch_id=batch, text=window.text, sort=sort, descending=descending
        )
        totals = ledger.invoice_totals(asked)
        footer = [
            say(
                N_("{currency}  {count} documents, amount {amount}, open {left}"),
                currency=say.currency(code), count=f"{sums.count:,}", amount=say.figure(sums.amount),
                left=say.figure(sums.open),
            )
            for code, sums in totals.items()
        ]  # fmt: skip
        return Asked(ledger.invoice_ids(asked), footer, document_totals(totals))

    return Window(
        [
            Column(key="row", title=N_("Row"), cell=lambda row: "" if row.row is None else str(row.row), order=lambda row: row.row, right=True, width=64),
            Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer), order=lambda row: row.buyer, stretch=True),
            Column(key="number", title=N_("Number"), cell=lambda row: number_cell(row, say), order=lambda row: row.number, width=150),
            Column(key="kind", title=N_("Kind"), cell=lambda row: document_kind(row, say), width=84),
            Column(key="issued", title=N_("Date"), cell=lambda row: say.day(row.issued), order=lambda row: row.issued, value=lambda row: row.issued, width=108),
            Column(key="due", title=N_("Due"), cell=lambda row: due_cell(row, say), order=lambda row: row.due, value=lambda row: row.due, width=108),
            Column(key="currency", title=N_("Currency"), cell=lambda row: row.amount.currency, width=82),
            Column(key="amount", title=N_("Amount"), cell=lambda row: say.figure(signed(row, row.amount)), order=lambda row: row.amount.amount, value=lambda row: signed(row, row.amount), right=True, width=120),
        ],
        fetch=ledger.invoices,
        ask=ask,
        sort="row",
    )  # fmt: skip


def changed_window(
    imports: Imports, wording: Wording, batch: BatchId
) -> Window[ChangeLine]:
    """The records an import changed, each field with both values."""
    say = wording

    def what(row: ChangeLine) -> Cell:
        said = say.list(change_words(each, say) for each in row.fields)
        return Cell(said, hint="\n".join(change_words(each, say) for each in row.fields))  # fmt: skip

    def name(row: ChangeLine) -> Cell:
        words = say.name(row.name)
        return Cell(words, hint=words)

    def ask(_window: Window[ChangeLine]) -> Asked:
        return Asked(imports.change_ids(batch))

    return Window(
        [
            Column(key="record", title=N_("What"), cell=lambda row: say(RECORDS[row.record]), width=84),
            Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer), width=220),
            Column(key="name", title=N_("Number"), cell=name, width=150),
            Column(key="fields", title=N_("Before → after"), cell=what, stretch=True),
        ],
        fetch=imports.changes,
        ask=ask,
        sort="",
    )  # fmt: skip


def balance_table(wording: Wording) -> Table[BalanceLine]:
    """The balances an aged summary brought."""
    say = wording
    return Table(
        [
            Column(key="row", title=N_("Row"), cell=lambda row: str(row.row), order=lambda row: (row.row, row.place), right=True, width=64),
            Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer), order=lambda row: row.buyer, stretch=True),
            Column(key="header", title=N_("Age"), cell=lambda row: row.header, width=160),
            Column(key="currency", title=N_("Currency"), cell=lambda row: row.amount.currency, width=82),
            Column(key="amount", title=N_("Amount"), cell=lambda row: say.figure(row.amount), order=lambda row: row.amount.amount, sums=lambda row: row.amount, right=True, width=130),
        ],
        lambda row: (row.row, row.place),
        sort="row",
    )  # fmt: skip


def receipt_table(wording: Wording) -> Table[ReceiptLine]:
    """The lines a bank statement brought, and what became of them."""
    say = wording
    return Table(
        [
            Column(key="row", title=N_("Row"), cell=lambda row: str(row.row), order=lambda row: row.row, right=True, width=64),
            Column(key="day", title=N_("Date"), cell=lambda row: say.day(row.booked_on), order=lambda row: row.booked_on, value=lambda row: row.booked_on, width=108),
            Column(key="payer", title=N_("Payer"), cell=lambda row: Cell(row.payer or "–", hint=row.payer), order=lambda row: row.payer, stretch=True),
            Column(key="text", title=N_("Text"), cell=lambda row: Cell(row.text, Tone.QUIET, row.text), width=200),
            Column(key="amount", title=N_("Amount"), cell=lambda row: say.money(row.amount), order=lambda row: row.amount.amount, sums=lambda row: row.amount, right=True, width=120),
            Column(key="state", title=N_("State"), cell=lambda row: say(STATES[row.state]), order=lambda row: row.state, width=90),
            Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer), order=lambda row: row.buyer, width=180),
        ],
        lambda row: row.id,
        sort="row",
    )  # fmt: skip


def remark_table(wording: Wording) -> Table[tuple[str, Problem]]:
    """What was refused, skipped or noted, with its row and reason."""
    say = wording
    tones = {say(N_("refused")): Tone.WARNING}

    def reason(pair: tuple[str, Problem]) -> Cell:
        said = say.message(pair[1].reason)
        return Cell(said, hint=said)

    return Table(
        [
            Column(key="row", title=N_("Row"), cell=lambda pair: "" if pair[1].row is None else str(pair[1].row), order=lambda pair: pair[1].row, right=True, width=64),
            Column(key="what", title=N_("What"), cell=lambda pair: Cell(pair[0], tones.get(pair[0], Tone.PLAIN)), order=lambda pair: pair[0], width=90),
            Column(key="column", title=N_("Column"), cell=lambda pair: Cell(pair[1].column, hint=pair[1].column), order=lambda pair: pair[1].column, width=130),
            Column(key="value", title=N_("Value"), cell=lambda pair: Cell(pair[1].value, hint=pair[1].value), order=lambda pair: pair[1].value, width=150),
            Column(key="reason", title=N_("Reason"), cell=reason, order=lambda pair: pair[1].reason.text, stretch=True),
        ],
        lambda pair: (pair[0], pair[1].row, pair[1].column, pair[1].value, pair[1].reason),
        sort="row",
    )  # fmt: skip
