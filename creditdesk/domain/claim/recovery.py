"""Money that comes in after the indemnity, shared between insurer and insured (rules.md 4.4)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import ZERO, exact, rounded
from creditdesk.domain.base.steps import Step
from creditdesk.domain.policy.choices import LABELS, RecoveryRule
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message

_IN_ORDER = frozenset({RecoveryRule.INSURER_FIRST, RecoveryRule.CHRONOLOGICAL})
"""Rules that say to whom or to what money goes first: costs have no such order."""


class RecoveryValueMissing(UserError):
    """The rule needs a figure nobody gave."""

    message = N_("Sharing by “{rule}” needs a value for {what}.")


@dataclass(frozen=True, slots=True)
class InsuredInvoice:
    """What was open of an invoice at the loss, and how much of it was insured debt.

    `insured_pct`: its own insured percentage (rules.md 14.7); None: that of all. `name`: of a part; None: the id.
    """

    id: str
    due: date
    amount: Money
    insured: Money
    insured_pct: Decimal | None = None
    name: Message | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier recovery came to after its costs, and the invoices it was for; empty: for none by name."""

    net: Money
    against: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """A recovery and the loss it belongs to, in one currency.

    `whole_debt` is the debt at the loss, insured or not. `insured_debt`, `insured_pct` and `invoices` are needed by
    some rules only. `already_recovered`: what the insurer has had back before; `before`: the earlier recoveries in
    their order. `against`: the invoices the money is for; empty: for none by name.
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
    before: tuple[Earlier, ...] = ()
    against: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shares:
    """Who gets what; the two add up to the recovery less its costs."""

    net: Money
    insurer: Money
    insured: Money
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Due:
    """What the insurer is due by a rule, unrounded, how it was worked out, and its lines where it has several."""

    amount: Fraction
    how: Message
    lines: tuple[Step, ...] = ()


def share(case: Recovered) -> Shares:
    """The insurer never gets more than its indemnity less what it has had back. Raises `RecoveryValueMissing`.

    Costs above what came in are borne by both: by a rule that says in which order money goes, in proportion.
    """
    currency = case.amount.currency
    net = exact(case.amount) - exact(case.costs)
    due = _borne(case, net) if net < 0 else _due(case, net)
    insurer = rounded(_bounded(case, due.amount, net), currency)
    received = rounded(net, currency)
    return Shares(
        received,
        insurer,
        received - insurer,
        _working(case, received, due, insurer),
    )


def _due(case: Recovered, net: Fraction) -> _Due:
    return _tied(case, net) if case.against else _by_rule(case, net)


def _borne(case: Recovered, net: Fraction) -> _Due:
    """What the insurer bears of costs nothing came in for (rules.md 5.3)."""
    if case.rule not in _IN_ORDER:
        return _due(case, net)
    due = _due(replace(case, rule=RecoveryRule.PRO_RATA), net)
    text = N_("Costs above what came in are borne in proportion. {how}")
    return replace(due, how=Message.of(text, how=due.how))


def _bounded(case: Recovered, due: Fraction, net: Fraction) -> Fraction:
    """No more than there is to share; of money no more than the indemnity less what was had back."""
    if net < 0:
        return max(due, net)
    most = max(ZERO, exact(case.indemnity) - exact(case.already_recovered))
    return min(due, most, net)


def _by_rule(case: Recovered, net: Fraction) -> _Due:
    return {
        RecoveryRule.PRO_RATA: _pro_rata,
        RecoveryRule.PRO_RATA_INSURED: _pro_rata_insured,
        RecoveryRule.INSURER_FIRST: _insurer_first,
        RecoveryRule.CHRONOLOGICAL: _chronological,
    }[case.rule](case, net)


def _tied(case: Recovered, net: Fraction) -> _Due:
    """Money for invoices by name is shared as each of them was insured; what is left of it by the rule (14.7)."""
    if case.rule is RecoveryRule.INSURER_FIRST:
        return _insurer_first(case, net)
    mine = [each for each in case.invoices if each.id in case.against]
    first = _filling(case, mine, net)
    if not first.left:
        how = Message(N_("By the invoices the money is for."))
        return _Due(first.due, how, first.lines)
    others = [each for each in case.invoices if each.id not in case.against]
    by_age = case.rule is RecoveryRule.CHRONOLOGICAL
    rest = _by_age(case, others, first.left) if by_age else _by_rule(case, first.left)
    text = N_("By the invoices the money is for; {left} is left of it. {how}")
    how = Message.of(text, left=_money(case, first.left), how=rest.how)
    return _Due(first.due + rest.amount, how, (*first.lines, *rest.lines))


def _pro_rata(case: Recovered, net: Fraction) -> _Due:
    whole = _debt(case)
    text = N_("{net} × indemnity {indemnity} ÷ whole debt {whole}.")
    how = Message.of(text, net=_money(case, net), indemnity=case.indemnity, whole=whole)
    return _Due(net * exact(case.indemnity) / exact(whole), how)


def _pro_rata_insured(case: Recovered, net: Fraction) -> _Due:
    insured, whole, pct = case.insured_debt, _debt(case), _mean_pct(case)
    if insured is None:
        raise _missing(case, N_("the insured debt"))
    text = N_("{net} × insured debt {insured} ÷ whole debt {whole} × {pct} %.")
    shown = round(Decimal(pct.numerator) * 100 / Decimal(pct.denominator), 4)
    how = Message.of(
        text, net=_money(case, net), insured=insured, whole=whole, pct=shown.normalize()
    )
    return _Due(net * exact(insured) / exact(whole) * pct, how)


def _insurer_first(case: Recovered, net: Fraction) -> _Due:
    how = Message.of(
        N_("All of it up to the indemnity {indemnity}."), indemnity=case.indemnity
    )
    return _Due(min(net, exact(case.indemnity)), how)


def _chronological(case: Recovered, net: Fraction) -> _Due:
    """Fill the invoices oldest first; of each the insurer gets its insured part's percentage."""
    if not (case.invoices or case.against):
        raise _missing(case, N_("the invoices"))
    return _by_age(case, case.invoices, net)


def _by_age(case: Recovered, invoices: Iterable[InsuredInvoice], net: Fraction) -> _Due:
    found = _filling(case, invoices, net)
    return _Due(found.due, Message(N_("The oldest invoice first.")), found.lines)


@dataclass(frozen=True, slots=True)
class _Filling:
    """What the insurer is due of money that fills invoices, and what of it fills none."""

    due: Fraction
    left: Fraction
    lines: tuple[Step, ...]


def _filling(
    case: Recovered, invoices: Iterable[InsuredInvoice], net: Fraction
) -> _Filling:
    """Oldest first, going on where earlier recoveries ended; of each the insured part's percentage."""
    left, total, lines = net, ZERO, []
    gone = _gone(case)
    for invoice in _oldest_first(invoices):
        amount = exact(invoice.amount)
        filled = min(left, amount - gone.get(invoice.id, ZERO))
        left -= filled
        if filled:
            total += filled * exact(invoice.insured) / amount * _pct(case, invoice)
            lines.append(_filled(case, invoice, filled))
    return _Filling(total, left, tuple(lines))


def _gone(case: Recovered) -> dict[str, Fraction]:
    """What of each invoice earlier recoveries have filled: those they were for, and by age the others after them."""
    gone: dict[str, Fraction] = {}
    for each in case.before:
        mine = _oldest_first(one for one in case.invoices if one.id in each.against)
        others = _oldest_first(one for one in case.invoices if one.id not in each.against)  # fmt: skip
        left = max(ZERO, exact(each.net))
        for invoice in (*mine, *(others if case.rule is RecoveryRule.CHRONOLOGICAL else ())):  # fmt: skip
            there = gone.get(invoice.id, ZERO)
            filled = min(left, exact(invoice.amount) - there)
            gone[invoice.id] = there + filled
            left -= filled
    return gone


def _oldest_first(invoices: Iterable[InsuredInvoice]) -> list[InsuredInvoice]:
    return sorted(invoices, key=lambda item: (item.due, item.id))


def _filled(case: Recovered, invoice: InsuredInvoice, filled: Fraction) -> Step:
    text = N_(
        "{invoice}: {filled} × insured {insured} ÷ open {open} × {pct} % for the insurer"
    )
    label = Message.of(
        text,
        invoice=invoice.name or invoice.id,
        filled=_money(case, filled),
        insured=invoice.insured,
        open=invoice.amount,
        pct=case.insured_pct if invoice.insured_pct is None else invoice.insured_pct,
    )
    return Step("R4", label, source="4.4")


def _money(case: Recovered, amount: Fraction) -> Money:
    return rounded(amount, case.amount.currency)


def _debt(case: Recovered) -> Money:
    if not case.whole_debt:
        raise _missing(case, N_("the whole debt"))
    return case.whole_debt


def _pct(case: Recovered, invoice: InsuredInvoice | None = None) -> Fraction:
    own = invoice.insured_pct if invoice else None
    pct = case.insured_pct if own is None else own
    if pct is None:
        raise _missing(case, N_("the insured percentage"))
    return Fraction(pct) / 100


def _mean_pct(case: Recovered) -> Fraction:
    """The percentage of the insured debt: of invoices with their own that of each, by what is insured of it."""
    insured = sum((exact(each.insured) for each in case.invoices), ZERO)
    if not insured or all(each.insured_pct is None for each in case.invoices):
        return _pct(case)
    parts = (exact(each.insured) * _pct(case, each) for each in case.invoices)
    return sum(parts, ZERO) / insured


def _missing(case: Recovered, what: str) -> RecoveryValueMissing:
    return RecoveryValueMissing(rule=LABELS[case.rule], what=Message(what))


def _working(
    case: Recovered, net: Money, due: _Due, insurer: Money
) -> tuple[Step, ...]:
    by_rule = Message.of(N_("Insurer's share, by the rule: {rule}"), rule=LABELS[case.rule])  # fmt: skip
    most = Message(N_("No more than the indemnity less what the insurer has had back"))
    capped = insurer < _money(case, due.amount)
    return (
        Step("R1", Message(N_("Received")), case.amount, source="4.4"),
        Step("R2", Message(N_("Less the costs")), -case.costs, source="4.4"),
        Step("R3", Message(N_("To be shared")), net, source="4.4", emphasis=True),
        *due.lines,
        Step("R4", by_rule, _money(case, due.amount), due.how, "4.4"),
        *((Step("R4", most, insurer, source="4.4"),) if capped else ()),
        Step("R5", Message(N_("The insured's share")), net - insurer, source="4.4"),
    )
