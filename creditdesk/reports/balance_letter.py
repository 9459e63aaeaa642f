"""The balance confirmation (对账函): what the buyer owes on a day, document by document, with a slip to answer on."""

from functools import partial
from pathlib import Path

from creditdesk.catalog.letters import BALANCE_CONFIRMATION, letters
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.statement import BalanceConfirmation, OwedAccount
from creditdesk.i18n import N_, Language, Words
from creditdesk.jobs import Progress
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import letter, style
from creditdesk.reports.letter import Content, Draw
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources

_SLIP = 330.0
"""Points the reply slip takes: it is never torn over two pages."""


def write(
    draft: BalanceConfirmation, path: Path, language: Language, progress: Progress
) -> int:
    """Write the letter; the answer is its pages."""
    text = letters()[BALANCE_CONFIRMATION].in_language(language)
    return letter.write(partial(content, draft), text, path, language, progress)


def content(draft: BalanceConfirmation, words: Words) -> Content:
    """Parties and balance, the open documents by currency, and the reply slip."""
    sums = (style.money(each.balance) for each in draft.accounts)
    balance = style.joined(sums, words) or "0.00"
    return Content(
        sender=draft.client.name,
        on=draft.on,
        head=f"{draft.client.name} / {draft.buyer.name}",
        reference=draft.buyer.name,
        places={
            "buyer": draft.buyer.name,
            "client": draft.client.name,
            "on": style.day(draft.on),
            "balance": balance,
        },
        draw=table(draft),
        tail=partial(_slip, draft=draft, balance=balance),
    )


def table(draft: BalanceConfirmation) -> Draw:
    """Draws the open documents by currency."""
    return partial(_accounts, draft=draft)


def _accounts(document: Document, *, draft: BalanceConfirmation) -> None:
    for account in draft.accounts:
        _account(document, account)


def _account(document: Document, account: OwedAccount) -> None:
    words, currency = document.words, account.unapplied.currency
    document.heading(words("Account in {currency}", currency=currency))
    rows = [
        Row(
            (
                Cell(words.name(each.name or each.number)),
                Cell(style.day(each.issued)),
                Cell(
                    style.due(each.due, words) if each.due_open else style.day(each.due)
                ),
                Cell(style.figure(each.open)),
            )
        )
        for each in account.documents
    ]
    if account.unapplied:
        rows.append(_sum(words("Received, not assigned yet"), -account.unapplied))
    rows.append(_sum(words("Balance"), account.balance, strong=True))
    if account.due_open:
        rows.append(_sum(words(N_("of it due date open")), account.due_open))
    document.table(
        (
            Column(words("Document"), 2),
            Column(words("Date")),
            Column(words("Due")),
            Column(words("Amount open"), right=True),
        ),
        rows,
    )
    document.space(4)
    spelled = style.spelled(account.balance, words)
    if spelled:
        document.text(spelled, size=SMALL, tone="quiet")


def _sum(label: str, amount: Money, *, strong: bool = False) -> Row:
    return Row(
        (
            Cell(label, bold=strong),
            Cell(""),
            Cell(""),
            Cell(style.figure(amount), bold=strong),
        ),
        strong=strong,
        with_previous=True,
    )


def _slip(document: Document, *, draft: BalanceConfirmation, balance: str) -> None:
    """The buyer's answer: what it confirms stands on it, so that it proves the debt by itself."""
    words = document.words
    document.need(_SLIP)
    document.space(22)
    document.rule(strong=True)
    document.space(6)
    document.text(words("Reply slip"), size=13, bold=True)
    document.space(4)
    document.text(words("To {name}", name=draft.client.name))
    document.text(
        words(
            "Balance owed by {buyer} on {day}: {balance}.",
            buyer=draft.buyer.name, day=style.day(draft.on), balance=balance,
        )
    )  # fmt: skip
    document.space(8)
    document.seals(
        (words("{name} (seal)", name=draft.buyer.name),),
        words("Date"),
        high=78,
        below=words("1. The balance agrees with our books."),
    )
    document.space(10)
    differs = (
        "2. The balance does not agree. By our books it is, and the difference is:"
    )
    document.facts(((words("Balance by our books"), ""), (words("What differs"), "")))
    document.seals(
        (words("{name} (seal)", name=draft.buyer.name),),
        words("Date"),
        high=78,
        below=words(differs),
    )


def _make(desk: Sources, asked: ReportAsked, progress: Progress) -> None:
    draft = desk.ledger.confirmation(asked.the_buyer(), asked.day)
    write(draft, asked.path, asked.language, progress)


REPORT = Report(
    "balance_letter", N_("Confirmation of balance"), (FileKind.PDF,), asks=(Ask.CLIENT, Ask.BUYER, Ask.DAY), make=_make
)  # fmt: skip
