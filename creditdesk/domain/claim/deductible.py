"""From the covered loss to what the insurer pays: threshold, deductible, percentage, first loss (rules.md 4.1 S9–S13).

A claim has one deductible. A part under a discretionary limit has its own percentage; it bears what the part under
decided limits couldn't bear of the deductible. Where the invoices of a part have percentages of their own, deductible
and first loss are borne in proportion, and each percentage applies to what is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import ZERO, rounded
from creditdesk.domain.base.steps import Step
from creditdesk.domain.cover.case import IndemnityTerms
from creditdesk.domain.policy.choices import AflBasis, DeductibleOrder, NqlType
from creditdesk.i18n import N_, Message


@dataclass(frozen=True, slots=True)
class Insured:
    """What is covered of the loss at one percentage."""

    pct: Decimal
    covered: Fraction


@dataclass(slots=True)
class Payable:
    """What is payable while it is worked out, with the steps. Amounts unrounded, in policy currency."""

    terms: IndemnityTerms
    eel: Fraction
    retention: Fraction
    afl: Fraction
    eroded: Fraction = ZERO
    amount: Fraction = ZERO
    steps: list[Step] = field(default_factory=list)

    def say(
        self, code: str, label: Message, amount: Fraction | None, detail: Message | None = None
    ) -> None:  # fmt: skip
        """Add a line to the working; `amount` None: it changes nothing."""
        money = self.money(amount) if amount is not None else None
        self.steps.append(Step(code, label, money, detail, _SOURCES[code]))

    def money(self, amount: Fraction) -> Money:
        """Rounded, as the working shows it."""
        return rounded(amount, self.terms.currency)


_SOURCES = {
    "S9": "4.1 S9, 4.6",
    "S10": "4.1 S10, 4.6",
    "S11": "4.1 S11",
    "S12": "4.1 S12",
    "S13": "4.1 S13",
}


def payable(
    terms: IndemnityTerms, decided: Sequence[Insured], discretionary: Sequence[Insured]
) -> Payable:
    """What is payable for the covered parts under decided limits and under the discretionary limit."""
    left = Payable(
        terms,
        eel=Fraction(terms.eel),
        retention=Fraction(terms.min_retention),
        afl=max(ZERO, Fraction(terms.afl or 0) - Fraction(terms.afl_used)),
    )
    parts = _above_threshold(left, _covered(decided), _covered(discretionary))
    if parts is None:
        return left
    shares = [
        _part(left, loss, insured)
        for loss, insured in zip(parts, (decided, discretionary), strict=True)
        if loss > 0
    ]
    left.amount = sum(shares, ZERO)
    if len(shares) > 1:
        left.say("S11", Message(N_("Both parts together")), left.amount)
    _reduce(left)
    _cap(left)
    return left


def _covered(insured: Sequence[Insured]) -> Fraction:
    return sum((each.covered for each in insured), ZERO)


def _above_threshold(
    left: Payable, decided: Fraction, discretionary: Fraction
) -> tuple[Fraction, Fraction] | None:
    """S9. None: the loss doesn't qualify."""
    nql = Fraction(left.terms.nql)
    if nql == 0:
        return decided, discretionary
    threshold = left.money(nql)
    if left.terms.nql_type is NqlType.DEDUCT:
        first = min(nql, decided)
        second = min(nql - first, discretionary)
        text = N_("Less the threshold of {threshold}")
        left.say("S9", Message.of(text, threshold=threshold), -(first + second))
        return decided - first, discretionary - second
    if decided + discretionary <= nql:
        text = N_("The loss does not exceed the threshold of {threshold}: nothing is paid")  # fmt: skip
        left.say("S9", Message.of(text, threshold=threshold), -(decided + discretionary))  # fmt: skip
        return None
    text = N_("The loss exceeds the threshold of {threshold} and counts in full")
    left.say("S9", Message.of(text, threshold=threshold), None)
    return decided, discretionary


def _part(left: Payable, loss: Fraction, insured: Sequence[Insured]) -> Fraction:
    """S10 and S11 for one part, of which this is left above the threshold."""
    order = left.terms.deductible_order
    if order is not DeductibleOrder.AFTER_PCT:
        loss -= _take_eel(left, loss)
    if left.terms.afl_basis is AflBasis.ERODED_BY_LOSS:
        loss -= _erode(left, loss, "S10")
    paid = _share(left, loss, insured)
    if order is DeductibleOrder.AFTER_PCT:
        paid -= _take_eel(left, paid)
    if left.terms.afl_basis is AflBasis.ERODED_BY_INDEMNITY:
        paid -= _erode(left, paid, "S11")
    return paid


def _take_eel(left: Payable, amount: Fraction) -> Fraction:
    taken = min(left.eel, amount)
    left.eel -= taken
    if taken:
        left.say("S10", Message(N_("Less the each-and-every loss")), -taken)
    return taken


def _erode(left: Payable, amount: Fraction, code: str) -> Fraction:
    taken = min(left.afl, amount)
    left.afl -= taken
    left.eroded += taken
    if taken:
        label = N_("Less the aggregate first loss still left")
        left.say(code, Message(label), -taken, _still_left(left))
    return taken


def _still_left(left: Payable) -> Message:
    return Message.of(
        N_("{left} of it is left for later losses of the year."),
        left=left.money(left.afl),
    )


def _share(left: Payable, loss: Fraction, insured: Sequence[Insured]) -> Fraction:
    """The insured percentages; with a minimum retention the insured keeps at least that."""
    still = loss / _covered(insured)
    by_pct = [(each.pct, each.covered * still) for each in insured]
    paid = sum((part * Fraction(pct) / 100 for pct, part in by_pct), ZERO)
    if left.terms.deductible_order is DeductibleOrder.MIN_RETENTION:
        own, kept = loss - paid, min(loss, left.retention)
        left.retention -= kept
        if kept > own:
            _say_retention(left, loss, kept, own)
            return loss - kept
    for pct, part in by_pct:
        label = Message.of(N_("{pct} % of {loss}"), pct=pct, loss=left.money(part))
        left.say("S10", label, part * Fraction(pct) / 100)
    return paid


def _say_retention(left: Payable, loss: Fraction, kept: Fraction, own: Fraction) -> None:  # fmt: skip
    label = N_("{loss} less the minimum retention of {kept}")
    detail = N_("The insured keeps at least that; its uninsured percentage would only be {own}.")  # fmt: skip
    left.say(
        "S10",
        Message.of(label, loss=left.money(loss), kept=left.money(kept)),
        loss - kept,
        Message.of(detail, own=left.money(own)),
    )


def _reduce(left: Payable) -> None:
    reduction = Fraction(left.terms.reduction_pct)
    if reduction:
        taken = left.amount * reduction / 100
        left.amount -= taken
        text = N_("Less {pct} % that the insurer takes off for a breach")
        left.say("S12", Message.of(text, pct=left.terms.reduction_pct), -taken)


def _cap(left: Payable) -> None:
    terms = left.terms
    caps = [(N_("No more than the cap for one buyer"), terms.single_buyer_cap)]
    if terms.max_liability is not None:
        rest = max(Decimal(0), terms.max_liability - terms.max_liability_used)
        caps.append((N_("No more than what is left of the maximum liability"), rest))
    for text, cap in caps:
        if cap is not None and Fraction(cap) < left.amount:
            left.amount = Fraction(cap)
            left.say("S13", Message(text), left.amount)
