"""Money that comes in after the indemnity, shared between insurer and insured (domain.md 4.4)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from creditdesk.domain.choices import LABELS, RecoveryRule
from creditdesk.domain.money import Money
from creditdesk.domain.rates import ZERO, exact, rounded
from creditdesk.domain.steps import Step
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message


class RecoveryValueMissing(UserError):
    """The rule needs a figure nobody gave."""

    message = N_("Sharing by “{rule}” needs a value for {what}.")


@dataclass(frozen=True, slots=True)
class InsuredInvoice:
    """What was open of an invoice at the loss, and how much of it was insured debt."""

    id: str
    due: date
    amount: Money
    insured: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """A recovery and the loss it belongs to, in one currency.

    `whole_debt` is the debt at the loss, insured or not. `insured_debt`, `insured_pct` and `invoices` are needed by
    some rules only. `already_recovered`: what the insurer has had back before.
    """

    amount: Money
    costs: Money
    indemnity: Money
    rule: RecoveryRule
    already_recovered: Money
    whole_debt: Money | None = None
    insured_debt: Money | None = None
    insured_pct: Decimal | None = None
    invoices: tuple[InsuredInvoice, ...] = ()


@dataclass(frozen=True, slots=True)
class Shares:
    """Who gets what; the two add up to the recovery less its costs."""

    net: Money
    insurer: Money
    insured: Money
    steps: tuple[Step, ...]


def share(case: Recovered) -> Shares:
    """The insurer never gets more than its indemnity less what it has had back. Raises `RecoveryValueMissing`."""
    currency = case.amount.currency
    net = max(ZERO, exact(case.amount) - exact(case.costs))
    by_rule = {
        RecoveryRule.PRO_RATA: _pro_rata,
        RecoveryRule.PRO_RATA_INSURED: _pro_rata_insured,
        RecoveryRule.INSURER_FIRST: _insurer_first,
        RecoveryRule.CHRONOLOGICAL: _chronological,
    }[case.rule](case, net)
    most = max(ZERO, exact(case.indemnity) - exact(case.already_recovered))
    insurer = rounded(min(by_rule, most, net), currency)
    received = rounded(net, currency)
    return Shares(
        received,
        insurer,
        received - insurer,
        _working(case, received, insurer, capped=by_rule > most),
    )


def _pro_rata(case: Recovered, net: Fraction) -> Fraction:
    return net * exact(case.indemnity) / _debt(case)


def _pro_rata_insured(case: Recovered, net: Fraction) -> Fraction:
    if case.insured_debt is None:
        raise _missing(case, N_("the insured debt"))
    return net * exact(case.insured_debt) / _debt(case) * _pct(case)


def _insurer_first(case: Recovered, net: Fraction) -> Fraction:
    return min(net, exact(case.indemnity))


def _chronological(case: Recovered, net: Fraction) -> Fraction:
    """Fill the invoices oldest first; of each the insurer gets its insured part's percentage."""
    if not case.invoices:
        raise _missing(case, N_("the invoices"))
    left, total = net, ZERO
    for invoice in sorted(case.invoices, key=lambda item: (item.due, item.id)):
        filled = min(left, exact(invoice.amount))
        left -= filled
        if filled:
            total += filled * exact(invoice.insured) / exact(invoice.amount)
    return total * _pct(case)


def _debt(case: Recovered) -> Fraction:
    if not case.whole_debt:
        raise _missing(case, N_("the whole debt"))
    return exact(case.whole_debt)


def _pct(case: Recovered) -> Fraction:
    if case.insured_pct is None:
        raise _missing(case, N_("the insured percentage"))
    return Fraction(case.insured_pct) / 100


def _missing(case: Recovered, what: str) -> RecoveryValueMissing:
    return RecoveryValueMissing(rule=LABELS[case.rule], what=Message(what))


def _working(
    case: Recovered, net: Money, insurer: Money, *, capped: bool
) -> tuple[Step, ...]:
    rule = LABELS[case.rule]
    limit = N_("No more than the indemnity less what the insurer has had back.")
    text = N_("Insurer's share, by the rule: {rule}")
    return (
        Step("R1", Message(N_("Received")), case.amount, source="4.4"),
        Step("R2", Message(N_("Less the costs")), -case.costs, source="4.4"),
        Step("R3", Message(N_("To be shared")), net, source="4.4", emphasis=True),
        Step("R4", Message.of(text, rule=rule), insurer, Message(limit) if capped else None, "4.4"),
        Step("R5", Message(N_("The insured's share")), net - insurer, source="4.4"),
    )  # fmt: skip
