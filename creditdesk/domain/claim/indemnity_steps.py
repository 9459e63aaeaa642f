"""The working of an indemnity in words, line by line (rules.md 4.1 S0–S14).

The one source of these sentences: screen, paper and scripts show the same steps.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import ZERO, exact, rounded
from creditdesk.domain.base.steps import Step
from creditdesk.domain.claim.deductible import Payable
from creditdesk.domain.cover.insured_debt import DebtItem, Debts
from creditdesk.domain.cover.limit_use import Covered
from creditdesk.domain.cover.limits import REASON_WORDS, Reason
from creditdesk.domain.policy.choices import LABELS, LimitMode
from creditdesk.i18n import N_, Message


def working(
    debts: Debts, items: Sequence[DebtItem], parts: Sequence[Covered], paid: Payable
) -> tuple[Step, ...]:
    """All lines, in the order of the rules."""
    currency = debts.case.terms.currency
    return (
        *_debt(debts, items, currency),
        *_insured(debts, items, currency),
        *_limits(debts, parts, currency),
        *paid.steps,
        _result(items, parts, rounded(paid.amount, currency)),
    )


def _debt(debts: Debts, items: Sequence[DebtItem], currency: str) -> Iterator[Step]:
    on = debts.case.date_of_loss
    detail = Message(N_("What is dated after this day is left out."))
    yield Step("S0", Message.of(N_("Date of loss {on}"), on=on), None, detail, "4.1 S0")
    invoiced = _total(exact(item.invoice.amount) * item.rate for item in items)
    yield Step("S1", Message(N_("Invoices")), rounded(invoiced, currency), source="4.1 S1")  # fmt: skip
    yield from _set_against(debts, items, currency)
    yield from _converted(debts, items, currency)
    whole = rounded(_total(item.residual for item in items), currency)
    yield Step("S3", Message(N_("Whole debt")), whole, _conversion(debts), "4.1 S3, 4.8", emphasis=True)  # fmt: skip


def _set_against(
    debts: Debts, items: Sequence[DebtItem], currency: str
) -> Iterator[Step]:
    credits_ = {credit.id: credit for credit in debts.case.credits}
    rates = {item.invoice.id: item.rate for item in items}
    noted, tied, paid = ZERO, ZERO, ZERO
    for share in debts.allocation.shares:
        rate, credit = rates[share.debt], credits_[share.credit]
        amount = share.amount if rate == 1 else share.amount * rate
        if credit.is_note:
            noted += amount
        elif credit.tied and credit.to == share.debt:
            tied += amount
        else:
            paid += amount
    if noted:
        text = N_("Credit notes, set against their own invoices first")
        yield Step("S1", Message(text), rounded(-noted, currency), source="4.1 S1, 4.3")
    if tied:
        text = N_("Deposits and money for the goods, set against their own invoices")
        yield Step("S2", Message(text), rounded(-tied, currency), source="4.3, 14.7")
    if debts.switch is not None:
        text = N_("From {day} on every payment goes to the debt due first")
        yield Step("S2", Message.of(text, day=debts.switch), source="4.3")
    rule = LABELS[debts.case.terms.allocation_rule]
    label = Message.of(N_("Payments, by the policy's rule: {rule}"), rule=rule)
    yield Step("S2", label, rounded(-paid, currency), _by_ledger(items), "4.1 S2, 4.3")


def _by_ledger(items: Sequence[DebtItem]) -> Message | None:
    moved = tuple(
        item.invoice.called for item in items if item.residual != item.ledger_residual
    )
    if not moved:
        return None
    text = N_("The ledger sets the payments against other invoices: {invoices} differ.")
    return Message.of(text, invoices=moved)


def _converted(
    debts: Debts, items: Sequence[DebtItem], currency: str
) -> Iterator[Step]:
    """Each open invoice of another currency with its rate."""
    for item in items:
        own = item.invoice.amount.currency
        if own == currency or not item.residual:
            continue
        label = Message.of(
            N_("{invoice}: {left} at {rate} is {converted}"),
            invoice=item.invoice.called,
            left=rounded(debts.allocation.open[item.invoice.id], own),
            rate=_plain(item.rate),
            converted=rounded(item.residual, currency),
        )
        yield Step("S3", label, source="4.1 S3, 4.8")


def _plain(rate: Fraction) -> str:
    """A rate in digits: it was given in them, so they end."""
    return f"{(Decimal(rate.numerator) / rate.denominator).normalize():f}"


def _conversion(debts: Debts) -> Message | None:
    terms = debts.case.terms
    foreign = {item.amount.currency for item in debts.invoices} - {terms.currency}
    if not foreign:
        return None
    text = N_("{currencies} converted to {target}: {rule}.")
    rule = LABELS[terms.fx_rule]
    return Message.of(
        text, currencies=tuple(sorted(foreign)), target=terms.currency, rule=rule
    )


def _insured(debts: Debts, items: Sequence[DebtItem], currency: str) -> Iterator[Step]:
    fitting = [item for item in items if not item.reasons]
    taken = (
        (N_("Less what is disputed, held until the dispute is settled"), "disputed", None),
        (N_("Less what the seller itself caused"), "seller_fault", None),
        (N_("Less VAT, which is not insured"), "vat", _without_vat(fitting)),
    )  # fmt: skip
    for text, part, detail in taken:
        total = _total(-getattr(item, part) for item in fitting)
        if total:
            yield Step("S4", Message(text), rounded(total, currency), detail, "4.1 S4, 4.5")  # fmt: skip
    yield from _stop(debts)
    for item in items:
        if item.reasons and item.residual > 0:
            yield _not_insured(item, currency)
    total = _total(item.eligible for item in items)
    label = Message(N_("Insured debt"))
    yield Step(
        "S6", label, rounded(total, currency), source="4.1 S5, S6", emphasis=True
    )


def _without_vat(fitting: Sequence[DebtItem]) -> Message:
    """How VAT was taken off, and of which invoices where it is insured of others."""
    taxed = [item for item in fitting if item.invoice.vat_rate > 0 and item.residual]
    less = tuple(item.invoice.called for item in taxed if item.vat)
    if len(less) == len(taxed):
        return Message(N_("Each invoice is divided by 1 + its VAT rate and rounded."))
    text = N_("{invoices}: each is divided by 1 + its VAT rate and rounded. VAT of the others is insured.")  # fmt: skip
    return Message.of(text, invoices=less)


def _stop(debts: Debts) -> Iterator[Step]:
    """The stop in force, and why where the extension period brought it about."""
    day, terms = debts.stop_in_force(), debts.case.terms
    if day is None:
        return
    found = debts.case.stop_date is None and not debts.case.events
    text = N_("An invoice was still unpaid {days} days after its original due date.")
    detail = Message.of(text, days=terms.mep_days) if found else None
    label = Message.of(N_("Stop of deliveries: {day} was the last insured day"), day=day)  # fmt: skip
    yield Step("S5", label, None, detail, "2.3 D13")


def _not_insured(item: DebtItem, currency: str) -> Step:
    reasons = tuple(Message(REASON_WORDS[reason]) for reason in item.reasons)
    text = N_("Not insured: {invoice}")
    if item.reasons == (Reason.KNOWN_RISK,):
        text = N_("The insurer may refuse, left out here: {invoice}")
    return Step(
        "S5",
        Message.of(text, invoice=item.invoice.called),
        rounded(-item.residual, currency),
        Message.of(N_("Reasons: {reasons}."), reasons=reasons),
        "3.2",
    )


def _limits(debts: Debts, parts: Sequence[Covered], currency: str) -> Iterator[Step]:
    strict = debts.case.terms.limit_mode is LimitMode.STRICT
    for part in parts:
        if part.eligible:
            yield Step(
                "S7",
                _limit_label(part, currency),
                rounded(part.covered, currency),
                _headroom(part, currency, strict=strict),
                "4.1 S7, 3.3, 3.4",
            )
    total = _total(part.covered for part in parts)
    label = Message(N_("Covered loss"))
    yield Step(
        "S8", label, rounded(total, currency), source="4.1 S7, S8", emphasis=True
    )


def _limit_label(part: Covered, currency: str) -> Message:
    ceiling = rounded(part.ceiling, currency)
    if part.limit is None:
        return Message.of(N_("Under the discretionary limit of {limit}"), limit=ceiling)
    text = N_("Under the limit of {limit} from {start}")
    return Message.of(text, limit=ceiling, start=part.limit.start)


def _headroom(part: Covered, currency: str, *, strict: bool) -> Message:
    """Which invoices, what they come to, and what used the limit before them."""
    text = N_("{invoices}: insured debt {eligible}.")
    if part.older:
        text = N_("{invoices}: insured debt {eligible}; older insured debt {older} uses the limit first.")  # fmt: skip
    if strict:
        text = N_(
            "{invoices}: insured debt {eligible}; on the day of shipment {older} of the limit was in use."
        )
    return Message.of(
        text,
        invoices=tuple(item.invoice.called for item in part.items if item.eligible),
        eligible=rounded(part.eligible, currency),
        older=rounded(part.older, currency),
    )


def _result(items: Sequence[DebtItem], parts: Sequence[Covered], paid: Money) -> Step:
    loss = rounded(_total(part.covered for part in parts), paid.currency)
    whole = rounded(_total(item.residual for item in items), paid.currency)
    text = N_("The insured bears {own} of the covered loss, and {risk} of the whole debt.")  # fmt: skip
    detail = Message.of(text, own=loss - paid, risk=whole - paid)
    return Step("S14", Message(N_("Indemnity")), paid, detail, "4.1 S14", emphasis=True)


def _total(amounts: Iterable[Fraction]) -> Fraction:
    return sum(amounts, ZERO)
