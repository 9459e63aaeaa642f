"""The claim as a workbook beside the package: schedule, calculation and account, with live sums and their results."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import RECOVERY_TITLES
from creditdesk.domain.claim.package import ClaimPackage, PackageInvoice
from creditdesk.i18n import N_, Language, Message, Words
from creditdesk.jobs import Progress
from creditdesk.reports import style
from creditdesk.reports.report import FileKind, Report
from creditdesk.reports.workbook import Book, Field, Formula, Shape, Value


def write(
    package: ClaimPackage, path: Path, language: Language, progress: Progress
) -> None:
    """Write it. Raises `CannotWrite`."""
    progress.step(Message(N_("Writing the workbook")))
    book = Book(language)
    for currency in _currencies(package):
        _schedule(book, package, currency)
    _calculation(book, package)
    for currency in _currencies(package):
        _account(book, package, currency)
    if package.goods:
        _goods(book, package)
    number = package.number
    book.save(path, book.words(N_("Claim workbook {number}"), number=number))


def _currencies(package: ClaimPackage) -> tuple[str, ...]:
    amounts = [each.amount for each in package.invoices]
    amounts += [each.amount for each in package.payments]
    return tuple(dict.fromkeys(amount.currency for amount in amounts))


def _head(package: ClaimPackage, said: Words) -> tuple[tuple[str, str], ...]:
    return (
        (said("Claim"), package.number),
        (said("Policyholder"), style.party(package.policyholder)),
        (said("Buyer"), style.party(package.buyer)),
        (said("Policy"), package.policy_no),
    )


def _schedule(book: Book, package: ClaimPackage, currency: str) -> None:
    said = book.words
    sheet = book.sheet(f"{said('Schedule of invoices')} {currency}", currency)
    for label, value in _head(package, said):
        sheet.line(label, value)
    fields = (
        Field(said("Number"), width=20),
        Field(said("Tax invoice"), width=22),
        Field(said("Date of invoice"), Shape.DAY),
        Field(said("Shipped on"), Shape.DAY),
        Field(said("Due date"), Shape.DAY),
        Field(said("Days overdue"), Shape.COUNT, width=10),
        Field(said("Amount"), Shape.MONEY, summed=True),
        Field(said("Open amount"), Shape.MONEY, summed=True),
        Field(said("Settled"), Shape.MONEY, summed=True),
        Field(said("Not covered because"), width=30),
        Field(said("Joint insured"), width=24),
        Field(said("Loss payee"), width=24),
    )
    mine = [each for each in package.invoices if each.amount.currency == currency]
    first = sheet.row + 2
    rows = [_row(each, first + at, said) for at, each in enumerate(mine)]
    sheet.table(fields, rows, total=said("Total"))


def _row(invoice: PackageInvoice, at: int, said: Words) -> tuple[Value, ...]:
    """A credit note lessens: its amount is written with its sign."""
    sign = -1 if invoice.credit_note else 1
    amount = sign * abs(_plain(invoice.amount))
    settled = amount - _plain(invoice.open)
    return (
        said.name(invoice.called),
        invoice.invoice_no,
        invoice.issued,
        invoice.shipped,
        invoice.due,
        invoice.days_overdue,
        amount,
        invoice.open,
        None if invoice.credit_note else Formula(f"=G{at}-H{at}", settled),
        style.reasons(invoice.reasons, said),
        invoice.joint_insured,
        invoice.loss_payee,
    )


def _calculation(book: Book, package: ClaimPackage) -> None:
    said, kept = book.words, package.calculation
    currency = kept.result.currency if kept.result else "CNY"
    sheet = book.sheet(said("Calculation of the indemnity"), currency)
    for label, value in _head(package, said):
        sheet.line(label, value)
    sheet.table(
        (
            Field(said("Step"), width=40),
            Field(
                said("Amount ({currency})", currency=currency), Shape.MONEY, width=18
            ),
            Field(said("Working"), width=44),
            Field(said("Policy"), width=20),
        ),
        [
            (
                said.say(step.label),
                step.amount,
                said.say(step.detail) if step.detail else "",
                said.say(step.clause) if step.clause else "",
            )
            for step in kept.steps
        ],
    )
    if kept.result is not None:
        last = sheet.row
        settles = bool(kept.steps) and kept.steps[-1].amount == kept.result
        result: Value = kept.result
        if settles:
            result = Formula(f"=B{last}", _plain(kept.result))
        row = sheet.line(said("Estimated indemnity"), bold=True)
        sheet.put(row, 2, result, Shape.MONEY)
    for missing in kept.missing:
        sheet.line(said.say(missing))
    if kept.allocations:
        _matching(book, package)


def _matching(book: Book, package: ClaimPackage) -> None:
    """Payments matched by the policy and as the ledger booked them, and by how much they differ."""
    said = book.words
    currency = package.calculation.allocations[0].by_policy.currency
    sheet = book.sheet(said("Matching of payments"), currency)
    rows: list[tuple[Value, ...]] = []
    for at, each in enumerate(package.calculation.allocations, start=2):
        policy, ledger = _plain(each.by_policy), _plain(each.by_ledger)
        differ = Formula(f"=C{at}-D{at}", policy - ledger)
        rows.append((said.name(each.called), each.due, policy, ledger, differ))
    fields = (
        Field(said("Number"), width=20),
        Field(said("Due date"), Shape.DAY),
        Field(said("Left by the policy's rule"), Shape.MONEY, 18, summed=True),
        Field(said("Left as booked"), Shape.MONEY, 18, summed=True),
        Field(said("Difference"), Shape.MONEY, 18, summed=True),
    )
    sheet.table(fields, rows, total=said("Total"))


@dataclass(frozen=True, slots=True)
class _Entry:
    on: date
    what: str
    owed: Decimal
    paid: Decimal


def _account(book: Book, package: ClaimPackage, currency: str) -> None:
    """The buyer's account in order of time, with a running balance."""
    said = book.words
    sheet = book.sheet(f"{said('Account of the buyer')} {currency}", currency)
    fields = (
        Field(said("Date"), Shape.DAY),
        Field(said("Entry"), width=40),
        Field(said("Owed"), Shape.MONEY, 18, summed=True),
        Field(said("Settled"), Shape.MONEY, 18, summed=True),
        Field(said("Balance"), Shape.MONEY, 18),
    )
    entries = sorted(_entries(package, currency, said), key=lambda entry: entry.on)
    sheet.table(fields, _balanced(entries), total=said("Total"))


def _balanced(entries: Sequence[_Entry]) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    balance = Decimal(0)
    for at, each in enumerate(entries, start=2):
        balance += each.owed - each.paid
        text = f"=C{at}-D{at}" if at == 2 else f"=E{at - 1}+C{at}-D{at}"
        left = Formula(text, balance)
        rows.append((each.on, each.what, each.owed, each.paid, left))
    return rows


def _entries(package: ClaimPackage, currency: str, said: Words) -> Iterator[_Entry]:
    nothing = Decimal(0)
    for each in package.invoices:
        if each.amount.currency == currency:
            amount, name = abs(_plain(each.amount)), said.name(each.called)
            owed, paid = (nothing, amount) if each.credit_note else (amount, nothing)
            kind = said("Credit note") if each.credit_note else said("Invoice")
            yield _Entry(each.issued, f"{kind} {name}", owed, paid)
    for paid_in in package.payments:
        if paid_in.amount.currency == currency:
            kind = said("Payment") if paid_in.is_receipt else said("Taken off without a payment")  # fmt: skip
            told = f"{kind} {said.name(paid_in.booked_to)}".strip()
            yield _Entry(paid_in.paid_on, told, nothing, _plain(paid_in.amount))
    for back in package.goods:
        if back.insurer is None and back.net.currency == currency:
            of = style.joined(map(said.name, back.invoices), said)
            told = f"{said(RECOVERY_TITLES[back.kind])} {of}"
            yield _Entry(back.on, told, nothing, _plain(back.net))


def _goods(book: Book, package: ClaimPackage) -> None:
    """What goods brought, each in its own currency: nothing is added up."""
    said = book.words
    sheet = book.sheet(said("Goods"), package.goods[0].gross.currency)
    fields = (
        Field(said("Date"), Shape.DAY),
        Field(said("What"), width=24),
        Field(said("Invoice"), width=24),
        Field(said("Currency"), width=10),
        Field(said("Amount received"), Shape.MONEY, 18),
        Field(said("Costs"), Shape.MONEY, 18),
        Field(said("Net of costs"), Shape.MONEY, 18),
        Field(said("Insurer's share"), Shape.MONEY, 18),
    )
    rows: list[tuple[Value, ...]] = [
        (
            each.on,
            said(RECOVERY_TITLES[each.kind]),
            style.joined(map(said.name, each.invoices), said),
            each.gross.currency,
            _plain(each.gross),
            _plain(each.costs),
            Formula(f"=E{at}-F{at}", _plain(each.net)),
            None if each.insurer is None else _plain(each.insurer),
        )
        for at, each in enumerate(package.goods, start=2)
    ]
    sheet.table(fields, rows)


def _plain(amount: Money) -> Decimal:
    return amount.rounded().amount


REPORT = Report("claim_workbook", N_("Claim workbook"), (FileKind.WORKBOOK,))
