"""The calculation as it was kept, and the schedule of invoices and payments, of a claim package."""

from collections.abc import Sequence

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.steps import Step
from creditdesk.domain.claim.claims import RECOVERY_TITLES
from creditdesk.domain.claim.package import (
    ClaimPackage,
    KeptCalculation,
    PackageGoods,
    PackageInvoice,
    PackagePayment,
)
from creditdesk.i18n import Words
from creditdesk.paper.page import BODY, SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style


def calculation(document: Document, kept: KeptCalculation, *, draft: bool) -> None:
    """The working as it was kept and both ways of matching payments; in a draft, too, what was assumed."""
    words = document.words
    document.section(words("Calculation of the indemnity"), style.day(kept.kept_on))
    if kept.steps:
        _steps(document, kept)
    if kept.missing or kept.result is None:
        _not_computable(document, kept)
    if kept.allocations:
        _matching(document, kept)
    if draft:
        _assumptions(document, kept)
        _granted(document, kept)


def _steps(document: Document, kept: KeptCalculation) -> None:
    words = document.words
    currency = next((step.amount.currency for step in kept.steps if step.amount), "")
    columns = (
        Column(words("Step"), 1),
        Column(words("Amount ({currency})", currency=currency), right=True),
    )
    rows = [
        _step(number, step, words) for number, step in enumerate(kept.steps, start=1)
    ]
    if kept.result is not None:
        label = Cell(words("Estimated indemnity"), bold=True, size=12)
        amount = Cell(style.money(kept.result), bold=True, size=14)
        rows.append(Row((label, amount), strong=True, with_previous=True))
    document.table(columns, rows)
    if kept.result is not None:
        document.space(4)
        document.text(style.spelled(kept.result, words), size=SMALL, tone="quiet")


def _step(number: int, step: Step, words: Words) -> Row:
    told = (step.detail, step.clause)
    detail = " · ".join(words.say(part) for part in told if part)
    return Row(
        (
            Cell(
                f"{number}  {words.say(step.label)}",
                detail,
                bold=step.emphasis,
                size=BODY,
            ),
            Cell(style.figure(step.amount), bold=step.emphasis, size=BODY),
        )
    )


def _not_computable(document: Document, kept: KeptCalculation) -> None:
    words = document.words
    document.heading(words("The indemnity can't be computed yet"))
    for reason in kept.missing:
        document.text(f"· {words.say(reason)}", tone="danger", size=SMALL)


def _matching(document: Document, kept: KeptCalculation) -> None:
    words = document.words
    document.heading(words("Two ways of matching payments"))
    columns = (
        Column(words("Invoice"), 1),
        Column(words("Due"), 1),
        Column(words("Policy: {rule}", rule=kept.policy_rule), right=True),
        Column(words("Ledger: as booked"), right=True),
    )
    rows = [
        Row(
            (
                Cell(words.name(line.called)),
                Cell(style.due(line.due, words)),
                Cell(style.figure(line.by_policy)),
                Cell(style.figure(line.by_ledger)),
            )
        )
        for line in kept.allocations
    ]
    currencies = {line.by_policy.currency for line in kept.allocations}
    if len(currencies) == 1:
        (currency,) = currencies
        sums = (
            Money.total((line.by_policy for line in kept.allocations), currency),
            Money.total((line.by_ledger for line in kept.allocations), currency),
        )
        cells = tuple(Cell(style.figure(total), bold=True) for total in sums)
        rows.append(_total(words("Open ({currency})", currency=currency), 1, cells))
    document.table(columns, rows)


def _assumptions(document: Document, kept: KeptCalculation) -> None:
    words = document.words
    if not kept.assumptions:
        document.space(10)
        document.text(
            words("Every value used was checked against the policy."),
            size=SMALL,
            tone="quiet",
        )
        return
    document.heading(
        words(
            "Assumptions (not checked against the policy, {count})",
            count=len(kept.assumptions),
        )
    )
    for assumption in kept.assumptions:
        document.text(f"· {words.say(assumption)}", size=SMALL)


def _granted(document: Document, kept: KeptCalculation) -> None:
    words = document.words
    if kept.granted:
        document.heading(words("Also taken for granted"))
    for each in kept.granted:
        document.text(f"· {words.say(each)}", size=SMALL)


def schedule(document: Document, package: ClaimPackage) -> None:
    """Invoices one by one and payments, one table a currency: the ledger of item C14."""
    words = document.words
    document.section(words("Schedule of invoices and payments"), package.number)
    for currency in _currencies(package):
        document.heading(words("Invoices ({currency})", currency=currency))
        _invoices(
            document,
            [one for one in package.invoices if one.amount.currency == currency],
        )
        lessened = [one for one in package.payments if one.amount.currency == currency]
        paid = [one for one in lessened if one.is_receipt]
        adjusted = [one for one in lessened if not one.is_receipt]
        document.heading(words("Payments received ({currency})", currency=currency))
        if paid:
            _payments(document, paid, currency)
        else:
            document.text(words("None."), size=SMALL, tone="quiet")
        if adjusted:
            text = words("Taken off without a payment ({currency})", currency=currency)
            document.heading(text)
            _payments(document, adjusted, currency)
    if package.goods:
        document.heading(words("Goods resold, taken back or salvaged"))
        _goods(document, package.goods)


def _currencies(package: ClaimPackage) -> list[str]:
    amounts = [
        *(invoice.amount for invoice in package.invoices),
        *(payment.amount for payment in package.payments),
    ]
    return list(dict.fromkeys(amount.currency for amount in amounts))


def _invoices(document: Document, invoices: Sequence[PackageInvoice]) -> None:
    words = document.words
    if not invoices:
        document.text(words("None."), size=SMALL, tone="quiet")
        return
    columns = (
        Column(words("Invoice"), 1.6),
        Column(words("Issued"), 1),
        Column(words("Shipped"), 1),
        Column(words("Due"), 1),
        Column(words("Days overdue"), right=True),
        Column(words("Amount"), right=True),
        Column(words("Disputed"), right=True),
        Column(words("Amount open"), right=True),
    )
    rows = [_invoice(invoice, words) for invoice in invoices]
    currency = invoices[0].amount.currency
    signed = (-one.amount if one.credit_note else one.amount for one in invoices)
    disputed = (one.disputed for one in invoices if one.disputed)
    totals = (
        Cell(""),
        Cell(style.figure(Money.total(signed, currency)), bold=True),
        Cell(_unless_zero(Money.total(disputed, currency)), bold=True),
        Cell(
            style.figure(Money.total((one.open for one in invoices), currency)),
            bold=True,
        ),
    )
    rows.append(_total(words("Total"), 3, totals))
    document.table(columns, rows)


def _invoice(invoice: PackageInvoice, words: Words) -> Row:
    amount = -invoice.amount if invoice.credit_note else invoice.amount
    why = style.reasons(invoice.reasons, words)
    kind = words("credit note") if invoice.credit_note else ""
    number = invoice.invoice_no if invoice.invoice_no != invoice.number else ""
    cause = style.cause(invoice.cause, words) if invoice.cause else ""
    payee = words("loss payee {name}", name=invoice.loss_payee) if invoice.loss_payee else ""  # fmt: skip
    owner = words("joint insured {name}", name=invoice.joint_insured) if invoice.joint_insured else ""  # fmt: skip
    detail = "\n".join(
        part for part in (number, kind, cause, owner, payee, why) if part
    )
    late = invoice.days_overdue
    overdue = str(late) if late is not None and late > 0 else ""
    return Row(
        (
            Cell(words.name(invoice.called), detail),
            Cell(style.day(invoice.issued)),
            Cell(style.day(invoice.shipped)),
            Cell(style.due(invoice.due, words)),
            Cell(overdue),
            Cell(style.figure(amount)),
            Cell(_unless_zero(invoice.disputed)),
            Cell(_unless_zero(invoice.open)),
        )
    )


def _payments(
    document: Document, payments: Sequence[PackagePayment], currency: str
) -> None:
    words = document.words
    columns = (
        Column(words("Date"), 1),
        Column(words("Booked to"), 2),
        Column(words("Remark"), 3),
        Column(words("Amount"), right=True),
    )
    rows = [
        Row(
            (
                Cell(style.day(payment.paid_on)),
                Cell(words.name(payment.booked_to) or words("not assigned")),
                Cell(payment.memo),
                Cell(style.figure(payment.amount)),
            )
        )
        for payment in payments
    ]
    total = Money.total((payment.amount for payment in payments), currency)
    rows.append(_total(words("Total"), 2, (Cell(style.figure(total), bold=True),)))
    document.table(columns, rows)


def _goods(document: Document, goods: Sequence[PackageGoods]) -> None:
    words = document.words
    columns = (
        Column(words("Date"), 1),
        Column(words("What"), 1.8),
        Column(words("Invoice"), 1.6),
        Column(words("Amount received"), right=True),
        Column(words("Costs"), right=True),
        Column(words("Net of costs"), right=True),
    )
    rows = [
        Row(
            (
                Cell(style.day(each.on)),
                Cell(words(RECOVERY_TITLES[each.kind]), _counted(each, words)),
                Cell(style.joined(map(words.name, each.invoices), words)),
                Cell(style.money(each.gross)),
                Cell(style.money(each.costs) if each.costs else ""),
                Cell(style.money(each.net)),
            )
        )
        for each in goods
    ]
    document.table(columns, rows)


def _counted(each: PackageGoods, words: Words) -> str:
    if each.insurer is None:
        return words("taken off the invoice before the loss")
    return words("shared after the loss, insurer {amount}", amount=style.money(each.insurer))  # fmt: skip


def _total(label: str, empty: int, cells: tuple[Cell, ...]) -> Row:
    blank = (Cell(""),) * empty
    return Row(
        (Cell(label, bold=True), *blank, *cells), strong=True, with_previous=True
    )


def _unless_zero(amount: Money | None) -> str:
    return style.figure(amount) if amount else ""
