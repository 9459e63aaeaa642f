"""From the covered loss to what the insurer pays: threshold, deductible, percentage, first loss (domain.md 4.1 S9–S13).

A claim has one deductible. A part under a discretionary limit has its own percentage; it bears what the part under
decided limits couldn't bear of the deductible.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from creditdesk.domain.choices import AflBasis, DeductibleOrder, NqlType
from creditdesk.domain.indemnity_case import IndemnityTerms
from creditdesk.domain.rates import ZERO, rounded
from creditdesk.domain.steps import Step
from creditdesk.i18n import N_, Message


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

    def say(self, code: str, text: str, amount: Fraction, **places: object) -> None:
        """Add a line to the working."""
        money = rounded(amount, self.terms.currency)
        self.steps.append(Step(code, Message.of(text, **places), money, source=_SOURCES[code]))  # fmt: skip


_SOURCES = {
    "S9": "4.1 S9, 4.6",
    "S10": "4.1 S10, 4.6",
    "S11": "4.1 S11",
    "S12": "4.1 S12",
    "S13": "4.1 S13",
}


def payable(
    terms: IndemnityTerms, decided: Fraction, discretionary: Fraction, dcl_pct: Decimal
) -> Payable:
    """What is payable for the covered parts under decided limits and under the discretionary limit."""
    left = Payable(
        terms,
        eel=Fraction(terms.eel),
        retention=Fraction(terms.min_retention),
        afl=max(ZERO, Fraction(terms.afl) - Fraction(terms.afl_used)),
    )
    parts = _above_threshold(left, decided, discretionary)
    if parts is None:
        return left
    assert terms.insured_pct is not None  # noqa: S101 - `check` refused the case otherwise
    for part, pct in zip(parts, (terms.insured_pct, dcl_pct), strict=True):
        if part > 0:
            left.amount += _part(left, part, pct)
    _reduce(left)
    _cap(left)
    return left


def _above_threshold(
    left: Payable, decided: Fraction, discretionary: Fraction
) -> tuple[Fraction, Fraction] | None:
    """S9. None: the loss doesn't qualify."""
    nql = Fraction(left.terms.nql)
    if nql == 0:
        return decided, discretionary
    if left.terms.nql_type is NqlType.DEDUCT:
        first = min(nql, decided)
        second = min(nql - first, discretionary)
        text = N_("Less the threshold")
        left.say("S9", text, -(first + second))
        return decided - first, discretionary - second
    if decided + discretionary <= nql:
        text = N_("The loss does not exceed the threshold: nothing is paid")
        left.say("S9", text, nql)
        return None
    left.say("S9", N_("The loss exceeds the threshold and counts in full"), nql)
    return decided, discretionary


def _part(left: Payable, covered: Fraction, pct: Decimal) -> Fraction:
    """S10 and S11 for one part."""
    order = left.terms.deductible_order
    loss = covered
    if order is not DeductibleOrder.AFTER_PCT:
        loss -= _take_eel(left, loss)
    if left.terms.afl_basis is AflBasis.ERODED_BY_LOSS:
        loss -= _erode(left, loss, "S10")
    paid = loss * Fraction(pct) / 100
    if order is DeductibleOrder.MIN_RETENTION:
        paid = _retain(left, loss, paid)
    text = N_("{pct} % of {loss}")
    left.say("S10", text, paid, pct=pct, loss=rounded(loss, left.terms.currency))
    if order is DeductibleOrder.AFTER_PCT:
        paid -= _take_eel(left, paid)
    if left.terms.afl_basis is AflBasis.ERODED_BY_INDEMNITY:
        paid -= _erode(left, paid, "S11")
    return paid


def _take_eel(left: Payable, amount: Fraction) -> Fraction:
    taken = min(left.eel, amount)
    left.eel -= taken
    if taken:
        left.say("S10", N_("Less the each-and-every loss"), -taken)
    return taken


def _erode(left: Payable, amount: Fraction, code: str) -> Fraction:
    taken = min(left.afl, amount)
    left.afl -= taken
    left.eroded += taken
    if taken:
        left.say(code, N_("Less the aggregate first loss still left"), -taken)
    return taken


def _retain(left: Payable, loss: Fraction, paid: Fraction) -> Fraction:
    """The insured keeps at least the minimum retention."""
    kept = min(loss, max(left.retention, loss - paid))
    left.retention = max(ZERO, left.retention - kept)
    if kept > loss - paid:
        left.say("S10", N_("Minimum retention instead of the uninsured share"), -kept)
    return loss - kept


def _reduce(left: Payable) -> None:
    reduction = Fraction(left.terms.reduction_pct)
    if reduction:
        taken = left.amount * reduction / 100
        left.amount -= taken
        text = N_("Less {pct} % that the insurer takes off for a breach")
        left.say("S12", text, -taken, pct=left.terms.reduction_pct)


def _cap(left: Payable) -> None:
    terms = left.terms
    caps = [(N_("No more than the cap for one buyer"), terms.single_buyer_cap)]
    if terms.max_liability is not None:
        rest = max(Decimal(0), terms.max_liability - terms.max_liability_used)
        caps.append((N_("No more than what is left of the maximum liability"), rest))
    for text, cap in caps:
        if cap is not None and Fraction(cap) < left.amount:
            left.amount = Fraction(cap)
            left.say("S13", text, left.amount)
