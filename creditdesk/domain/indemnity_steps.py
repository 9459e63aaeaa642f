"""The working of an indemnity in words, line by line (domain.md 4.1 S0–S14)."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from creditdesk.domain.choices import LABELS, LimitMode
from creditdesk.domain.cover_of_case import Debts, Item
from creditdesk.domain.deductible import Payable
from creditdesk.domain.limit_use import Covered
from creditdesk.domain.limits import REASON_WORDS
from creditdesk.domain.rates import ZERO, rounded
from creditdesk.domain.steps import Step
from creditdesk.i18n import N_, Message


def working(
    debts: Debts, items: Sequence[Item], parts: Sequence[Covered], paid: Payable
) -> tuple[Step, ...]:
    """All lines, in the order of the rules."""
    currency = debts.case.terms.currency
    return (
        *_debt(debts, items, currency),
        *_insured(items, currency),
        *_limits(debts, parts, currency),
        *paid.steps,
        Step(
            "S14",
            Message(N_("Indemnity")),
            rounded(paid.amount, currency),
            source="4.1 S14",
            emphasis=True,
        ),
    )


def _debt(debts: Debts, items: Sequence[Item], currency: str) -> Iterator[Step]:
    on = debts.case.date_of_loss
    detail = Message.of(N_("What is dated after this day is left out."))
    yield Step("S0", Message.of(N_("Date of loss {on}"), on=on), None, detail, "4.1 S0")
    notes = {credit.id for credit in debts.case.credits if credit.is_note}
    by_id = {item.invoice.id: item for item in items}
    shares = debts.allocation.shares
    noted = [share for share in shares if share.credit in notes]
    if noted:
        total = _total(-share.amount * by_id[share.debt].rate for share in noted)
        text = N_("Credit notes, set against their own invoices first")
        yield Step("S1", Message(text), rounded(total, currency), source="4.1 S1, 4.3")
    total = _total(
        -share.amount * by_id[share.debt].rate
        for share in shares
        if share.credit not in notes
    )
    rule = LABELS[debts.case.terms.allocation_rule]
    label = Message.of(N_("Payments, by the policy's rule: {rule}"), rule=rule)
    yield Step("S2", label, rounded(total, currency), _by_ledger(items), "4.1 S2, 4.3")
    whole = rounded(_total(item.residual for item in items), currency)
    yield Step("S3", Message(N_("Whole debt")), whole, _converted(debts), "4.1 S3, 4.8", emphasis=True)  # fmt: skip


def _by_ledger(items: Sequence[Item]) -> Message | None:
    moved = tuple(
        item.invoice.id for item in items if item.residual != item.ledger_residual
    )
    if not moved:
        return None
    text = N_("The ledger sets the payments against other invoices: {invoices} differ.")
    return Message.of(text, invoices=moved)


def _converted(debts: Debts) -> Message | None:
    terms = debts.case.terms
    foreign = {item.amount.currency for item in debts.invoices} - {terms.currency}
    if not foreign:
        return None
    text = N_("{currencies} converted to {target}: {rule}.")
    rule = LABELS[terms.fx_rule]
    return Message.of(
        text, currencies=tuple(sorted(foreign)), target=terms.currency, rule=rule
    )


def _insured(items: Sequence[Item], currency: str) -> Iterator[Step]:
    fitting = [item for item in items if not item.reasons]
    taken = (
        (N_("Less what is disputed, held until the dispute is settled"), "disputed"),
        (N_("Less what the seller itself caused"), "seller_fault"),
        (N_("Less VAT, which is not insured"), "vat"),
    )
    for text, part in taken:
        total = _total(-getattr(item, part) for item in fitting)
        if total:
            yield Step("S4", Message(text), rounded(total, currency), source="4.1 S4")
    for item in items:
        if item.reasons and item.residual > 0:
            yield _not_insured(item, currency)
    total = _total(item.eligible for item in items)
    label = Message(N_("Insured debt"))
    yield Step(
        "S6", label, rounded(total, currency), source="4.1 S5, S6", emphasis=True
    )


def _not_insured(item: Item, currency: str) -> Step:
    reasons = tuple(Message(REASON_WORDS[reason]) for reason in item.reasons)
    return Step(
        "S5",
        Message.of(N_("Not insured: {invoice}"), invoice=item.invoice.id),
        rounded(-item.residual, currency),
        Message.of(N_("Reasons: {reasons}."), reasons=reasons),
        "3.2",
    )


def _limits(debts: Debts, parts: Sequence[Covered], currency: str) -> Iterator[Step]:
    strict = debts.case.terms.limit_mode is LimitMode.STRICT
    for part in parts:
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
    eligible, older = rounded(part.eligible, currency), rounded(part.older, currency)
    text = N_(
        "Insured debt {eligible}; older insured debt {older} uses the limit first."
    )
    if strict:
        text = N_("Insured debt {eligible}; {older} of the limit was in use on the day of shipment.")  # fmt: skip
    return Message.of(text, eligible=eligible, older=older)


def _total(amounts: Iterable[Fraction]) -> Fraction:
    return sum(amounts, ZERO)
