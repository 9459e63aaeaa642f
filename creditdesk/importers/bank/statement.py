"""Reads what banks and wallets say came in: from a sheet to lines a person can set against invoices."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from creditdesk.catalog.statements import Part
from creditdesk.domain.ledger.asked import Answers
from creditdesk.domain.ledger.bank import BANK_VIEW, BankStatement
from creditdesk.domain.ledger.documents import LedgerSource
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.bank import totals as bank_totals
from creditdesk.importers.bank.direction import BalanceDisagrees, Doubt, View
from creditdesk.importers.bank.layout import BankLayout, layout
from creditdesk.importers.bank.likeness import (
    LEDGER,
    Likeness,
    is_bank_statement,
    is_surely,
)
from creditdesk.importers.bank.rows import Rows
from creditdesk.importers.columns.layout import DatesAmbiguous
from creditdesk.importers.columns.split_dates import with_whole_dates
from creditdesk.importers.files.cells import Sheet
from creditdesk.jobs import Progress

__all__ = [
    "BalanceDisagrees",
    "Likeness",
    "NoBankStatement",
    "View",
    "is_bank_statement",
    "is_proven",
    "is_surely",
    "read",
]


_VIEWS: Mapping[str, View] = {each.value: each for each in View}


class NoBankStatement(UserError):
    """Nothing in the file looks like a bank's lines."""

    message = N_(
        "{name} is no bank statement the program knows: it finds no date with money in or out. "
        "Export the account's transactions with date, amount and the other party."
    )


class LedgerNoStatement(UserError):
    """A list of invoices."""

    message = N_(
        "{name} is a ledger and no bank statement. {why} "
        "Take it in as a ledger, with “ledger import” or on the page of imports."
    )


def read(  # noqa: PLR0913 - the sheet and all a person may say of it
    sheet: Sheet,
    progress: Progress,
    *,
    currency: str = "CNY",
    own_names: Collection[str] = (),
    day_first: bool | None = None,
    view: View | None = None,
    answers: Answers = MappingProxyType({}),
) -> BankStatement:
    """The money received. `currency`: what an amount is in that names none. `own_names`: the account holder's.

    `view`: whose credit it is, where a person says so; else the running balance proves it, else the words and headings,
    else what was answered before. Raises `NoBankStatement`, `LedgerNoStatement`, `BalanceDisagrees`, and
    `DatesAmbiguous` when nothing tells day and month apart and nobody said.
    """
    sheet = with_whole_dates(sheet)
    how = layout(sheet, currency, day_first=day_first)
    if how is None:
        raise NoBankStatement(name=sheet.file_name)
    likeness = is_bank_statement(sheet)
    if likeness.confidence <= LEDGER:
        raise LedgerNoStatement(name=sheet.file_name, why=likeness.reason)
    question = _question(how)
    said = {question: view.value} if view else {}
    doubt = Doubt(
        name=sheet.file_name, explicit=how.explicit, journal=how.journal, view=view, question=question,
        answer=_VIEWS.get(answers.get(question, "")),
    )  # fmt: skip
    rows = _read(sheet, how, own_names, progress, doubt)
    totals = bank_totals.own_totals(sheet, how, rows)
    return BankStatement(
        source=LedgerSource(
            file_name=sheet.file_name,
            digest=sheet.digest,
            sheet=sheet.name,
            header_row=how.head.start + 1,
            format="bank",
        ),
        account=how.account,
        lines=tuple(rows.lines),
        left_out=tuple(rows.left_out),
        rejected=tuple(rows.rejected),
        notes=(
            *sheet.notes,
            *how.notes,
            *rows.notes,
            *bank_totals.notes(totals),
        ),
        own_totals=totals,
        spent_count=rows.spent_count,
        spent=dict(rows.spent),
        columns=how.headers,
        rows_read=rows.read,
        answers={**answers, **said},
    )


def _question(how: BankLayout) -> str:
    """What an answer about the view is kept under: the account and the headings, for files of the same kind."""
    return f"{BANK_VIEW}{how.account}·{'|'.join(how.head.labels)}"


def was_answered(sheet: Sheet, answers: Answers) -> bool:
    """Whether a person said of a file with this account and these headings whose view it is: then it is a statement."""
    try:
        how = layout(with_whole_dates(sheet), "CNY")
    except DatesAmbiguous:
        return False
    return how is not None and answers.get(_question(how), "") in _VIEWS


def is_proven(sheet: Sheet) -> bool:
    """Whether its rows are a statement's: the balance goes on from row to row, or words say what came in and out."""
    sheet = with_whole_dates(sheet)
    try:
        how = layout(sheet, "CNY")
        if how is None:
            return False
        doubt = Doubt(name=sheet.file_name, explicit=how.explicit, journal=how.journal)
        rows = _read(sheet, how, (), Progress(), doubt)
    except (BalanceDisagrees, DatesAmbiguous):
        return False
    told = how.explicit or Part.DIRECTION in how.columns or Part.EXPENSE in how.columns
    return rows.proven or (told and bool(rows.lines or rows.spent_count))


def _read(
    sheet: Sheet,
    how: BankLayout,
    own_names: Collection[str],
    progress: Progress,
    doubt: Doubt,
) -> Rows:
    rows = Rows(how, own_names)
    numbered = enumerate(
        sheet.rows[how.head.first_data_row :], how.head.first_data_row + 1
    )
    for number, row in progress.each(
        list(numbered), N_("Reading the statement"), every=500
    ):
        rows.take(number, row)
    rows.finish(doubt)
    return rows
