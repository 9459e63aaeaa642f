"""The statement of account (对账单) a buyer confirms with its seal, as PDF or workbook."""

from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.statement import (
    Account,
    Ages,
    EntryKind,
    Statement,
    StatementEntry,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language, Message, Words
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper import page
from creditdesk.paper.page import Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.aging_workbook import bucket
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources
from creditdesk.reports.workbook import Book, Field, Formula, Shape, Sheet, Value

_NOTHING = Money.zero("CNY")
KINDS = {
    EntryKind.INVOICE: N_("Invoice"),
    EntryKind.CREDIT_NOTE: N_("Credit note"),
    EntryKind.PAYMENT: N_("Payment"),
    EntryKind.OPENING: N_("Opening balance"),
    EntryKind.REFUND: N_("Refund to the buyer"),
    EntryKind.SET_OFF: N_("Set off"),
    EntryKind.WRITTEN_OFF: N_("Written off"),
    EntryKind.DISCOUNT: N_("Discount"),
    EntryKind.EXCHANGE: N_("Exchange difference"),
    EntryKind.OTHER: N_("Other reduction"),
}


class StatementKindUnknown(UserError):
    """A statement is a PDF or a workbook."""

    message = N_(
        "A statement is written as .pdf or .xlsx; {name} is neither. Change the ending."
    )


def write(
    statement: Statement, path: Path, language: Language, progress: Progress
) -> None:
    """Write it as what the name ends in. Raises `StatementKindUnknown`, `CannotWrite`."""
    progress.step(Message(N_("Writing the statement")))
    if path.suffix.lower() == ".pdf":
        _write_pdf(statement, path, language)
    elif path.suffix.lower() == ".xlsx":
        _write_workbook(statement, path, language)
    else:
        raise StatementKindUnknown(name=path.name)


def _write_pdf(statement: Statement, path: Path, language: Language) -> None:
    document = Document(language, f"{statement.client.name} / {statement.buyer.name}")
    words = document.words
    document.page()
    document.letterhead(statement.client.name, style.day(statement.end))
    document.space(26)
    document.text(words("Statement of account"), size=18, bold=True)
    document.space(8)
    document.facts(
        (
            (words("Buyer"), style.party(statement.buyer)),
            (
                words("Period covered"),
                style.period(statement.start, statement.end, words),
            ),
        )
    )
    for account in statement.accounts:
        document.heading(
            words("Account in {currency}", currency=account.opening.currency)
        )
        document.table(_columns(words), _rows(statement, account, words))
        _age(document, statement, account)
    if not statement.accounts:
        document.space(12)
        document.text(words("There is nothing between the two in this period."))
    document.space(14)
    document.seals(
        (
            words("{name} (seal)", name=statement.client.name),
            words("{name} (seal)", name=statement.buyer.name),
        ),
        words("Date"),
        below=_request(statement, words),
    )
    with beside(path) as new:
        document.save(new, words("Statement of account"))


def _age(document: Document, statement: Statement, account: Account) -> None:
    """What is open at the end by age, and how it makes the balance."""
    words, ages = document.words, account.ages
    if not ages.columns:
        return
    document.space(10)
    document.need(80)
    document.text(
        words("Open on {day}, by days overdue", day=style.day(statement.end)),
        size=page.SMALL,
        bold=True,
    )
    document.space(4)
    figures = [amount for _, amount in ages.columns]
    document.table(
        [
            *(Column(bucket(name, words), right=True) for name, _ in ages.columns),
            Column(words("Not assigned yet"), right=True),
            Column(words("Balance"), right=True),
        ],
        [
            Row(
                (
                    *(
                        Cell(style.figure(amount) if amount else "")
                        for amount in figures
                    ),
                    Cell(style.figure(-ages.unapplied) if ages.unapplied else ""),
                    Cell(style.figure(ages.balance), bold=True),
                ),
                strong=True,
            )
        ],
    )
    if ages.due_open:
        document.text(_due_open(ages.due_open, words), size=page.SMALL)


def _due_open(amount: Money, words: Words) -> str:
    text = N_("Of it {amount} with the due date open, which stands by the date of its document.")  # fmt: skip
    return words(text, amount=style.money(amount))


def _request(statement: Statement, words: Words) -> str:
    closing = style.joined(
        (style.money(one.closing) for one in statement.accounts), words
    )
    return words(
        "Balance on {day}: {closing}. Please confirm it with your seal, or note what differs and return this page.",
        day=style.day(statement.end),
        closing=closing or "0.00",
    )


def _columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words("Date"), 1.1),
        Column(words("Kind"), 1.1),
        Column(words("Number"), 2),
        Column(words("Due"), 1.1),
        Column(words("Owed more"), right=True),
        Column(words("Owed less"), right=True),
        Column(words("Balance"), right=True),
    )


def _rows(statement: Statement, account: Account, words: Words) -> list[Row]:
    opening = _carried(
        words("Opening balance"), style.day(statement.start), account.opening
    )
    body = [
        _line(entry, balance, words)
        for entry, balance in zip(account.entries, account.balances, strict=True)
    ]
    closing = _carried(
        words("Closing balance"), style.day(statement.end), account.closing
    )
    return [opening, *body, Row(closing.cells, strong=True, with_previous=True)]


def _carried(label: str, on: str, balance: Money) -> Row:
    blank = (Cell(""),) * 4
    return Row(
        (
            Cell(on),
            Cell(label, bold=True),
            *blank,
            Cell(style.figure(balance), bold=True),
        )
    )


def _line(entry: StatementEntry, balance: Money, words: Words) -> Row:
    amount = style.figure(entry.amount)
    more = entry.kind.owes
    return Row(
        (
            Cell(style.day(entry.on)),
            Cell(words(KINDS[entry.kind])),
            Cell(words.name(entry.name or entry.number), entry.memo),
            Cell(
                style.due(entry.due, words)
                if entry.is_due_open
                else style.day(entry.due)
            ),
            Cell(amount if more else ""),
            Cell("" if more else amount),
            Cell(style.figure(balance)),
        )
    )


def _write_workbook(statement: Statement, path: Path, language: Language) -> None:
    book = Book(language)
    words = book.words
    for account in statement.accounts or (
        Account(opening=_NOTHING, entries=(), ages=Ages((), _NOTHING)),
    ):
        currency = account.opening.currency
        sheet = book.sheet(f"{words('Statement of account')} {currency}", currency)
        sheet.line(words("Statement of account"), bold=True, size=14)
        sheet.line(words("Seller: {name}", name=style.party(statement.client)))
        sheet.line(words("Buyer: {name}", name=style.party(statement.buyer)))
        sheet.line(
            words(
                "{period}, amounts in {currency}",
                period=style.period(statement.start, statement.end, words),
                currency=currency,
            )
        )
        sheet.table(
            _fields(words), _sheet_rows(statement, account, words, sheet.row + 2)
        )
        _age_sheet(sheet, statement, account, words)
        sheet.line()
        sheet.line(_request(statement, words))
        sheet.line(words("Seal and date"))
    book.save(path, words("Statement of account"))


def _age_sheet(
    sheet: Sheet, statement: Statement, account: Account, words: Words
) -> None:
    """The ages in a table of their own; its balance is the sum, computed by the sheet."""
    if not account.ages.columns:
        return
    sheet.line()
    sheet.line(
        words("Open on {day}, by days overdue", day=style.day(statement.end)), bold=True
    )
    first = sheet.row + 2
    amounts: list[list[Value]] = [
        [bucket(name, words), amount] for name, amount in account.ages.columns
    ]
    last = first + len(amounts)
    sheet.table(
        [
            Field(words("Age band"), width=16),
            Field(words("Amount open"), Shape.MONEY, 16),
        ],
        [
            *amounts,
            [words("Not assigned yet"), -account.ages.unapplied],
            [words("Balance"), Formula(f"=SUM(B{first}:B{last})")],
        ],
    )
    if account.ages.due_open:
        sheet.line(_due_open(account.ages.due_open, words))


def _fields(words: Words) -> list[Field]:
    return [
        Field(words("Date"), Shape.DAY, 12),
        Field(words("Kind"), width=16),
        Field(words("Number"), width=24),
        Field(words("Due"), Shape.DAY, 12),
        Field(words("Owed more"), Shape.MONEY, 16),
        Field(words("Owed less"), Shape.MONEY, 16),
        Field(words("Balance"), Shape.MONEY, 18),
        Field(words("Remark"), width=30),
    ]


def _sheet_rows(
    statement: Statement, account: Account, words: Words, first: int
) -> list[list[Value]]:
    """The opening balance stands in row `first`; every later balance is a live formula."""
    rows: list[list[Value]] = [
        [
            statement.start,
            words("Opening balance"),
            "",
            None,
            None,
            None,
            account.opening,
            "",
        ]
    ]
    for row, entry in enumerate(account.entries, start=first + 1):
        more = entry.kind.owes
        rows.append(
            [
                entry.on,
                words(KINDS[entry.kind]),
                words.name(entry.name or entry.number),
                words("due date open") if entry.is_due_open else entry.due,
                entry.amount if more else None,
                None if more else entry.amount,
                Formula(f"=G{row - 1}+E{row}-F{row}"),
                entry.memo,
            ]
        )
    last = first + len(account.entries)
    rows.append(
        [
            statement.end,
            words("Closing balance"),
            "",
            None,
            None,
            None,
            Formula(f"=G{last}"),
            "",
        ]
    )
    return rows


def _make(desk: Sources, asked: ReportAsked, progress: Progress) -> None:
    account = desk.ledger.statement(asked.the_buyer(), *asked.period)
    write(account, asked.path, asked.language, progress)


REPORT = Report(
    "statement", N_("Statement of account"), (FileKind.PDF, FileKind.WORKBOOK),
    asks=(Ask.CLIENT, Ask.BUYER, Ask.START, Ask.END), make=_make,
)  # fmt: skip
