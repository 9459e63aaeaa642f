"""Reads what banks and wallets say came in: from a sheet to lines a person can set against invoices."""

from collections.abc import Collection

from creditdesk.domain.ledger.bank import BankStatement
from creditdesk.domain.ledger.documents import LedgerSource
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.bank import layout as bank_layout
from creditdesk.importers.bank import totals as bank_totals
from creditdesk.importers.bank.layout import Likeness, is_bank_statement
from creditdesk.importers.bank.rows import Rows
from creditdesk.importers.files.cells import Sheet
from creditdesk.jobs import Progress

__all__ = ["Likeness", "NoBankStatement", "is_bank_statement", "read"]


class NoBankStatement(UserError):
    """Nothing in the file looks like a bank's lines."""

    message = N_(
        "{name} is no bank statement the program knows: it finds no date with money in or out. "
        "Export the account's transactions with date, amount and the other party."
    )


def read(
    sheet: Sheet,
    progress: Progress,
    *,
    currency: str = "CNY",
    own_names: Collection[str] = (),
    day_first: bool | None = None,
) -> BankStatement:
    """The money received. `currency`: what an amount is in that names none. `own_names`: the account holder's.

    Raises `NoBankStatement`, and `DatesAmbiguous` when nothing tells day and month apart and nobody said.
    """
    layout = bank_layout.layout(sheet, currency, day_first=day_first)
    if layout is None:
        raise NoBankStatement(name=sheet.file_name)
    rows = Rows(layout, own_names)
    numbered = enumerate(
        sheet.rows[layout.head.first_data_row :], layout.head.first_data_row + 1
    )
    for number, row in progress.each(
        list(numbered), N_("Reading the statement"), every=500
    ):
        rows.take(number, row)
    totals = bank_totals.own_totals(sheet, layout, rows)
    return BankStatement(
        source=LedgerSource(
            file_name=sheet.file_name,
            digest=sheet.digest,
            sheet=sheet.name,
            header_row=layout.head.start + 1,
            format="bank",
        ),
        account=layout.account,
        lines=tuple(rows.lines),
        left_out=tuple(rows.left_out),
        rejected=tuple(rows.rejected),
        notes=(*layout.notes, *bank_totals.notes(totals)),
        own_totals=totals,
        spent_count=rows.spent_count,
        spent=dict(rows.spent),
        columns=layout.headers,
        rows_read=rows.read,
    )
