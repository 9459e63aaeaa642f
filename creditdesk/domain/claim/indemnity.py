"""The indemnity: the insurer's share of a loss, step by step in the order of rules.md 4.1."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import ZERO, rounded
from creditdesk.domain.claim.deductible import Insured, payable
from creditdesk.domain.claim.indemnity_steps import working
from creditdesk.domain.cover.case import (
    Indemnity,
    IndemnityCase,
    IndemnityRow,
    check,
)
from creditdesk.domain.cover.insured_debt import DebtItem, Debts, items
from creditdesk.domain.cover.limit_use import Covered, covered, shares
from creditdesk.domain.cover.limits import Reason


def calculate(case: IndemnityCase) -> Indemnity:
    """The indemnity with its working. Raises a `UserError` for what must be asked or is missing."""
    check(case)
    debts = Debts(case)
    found = items(debts)
    parts = covered(debts, found)
    covered_loss = _sum(part.covered for part in parts)
    paid = payable(
        case.terms,
        _insured(case, (part for part in parts if part.limit is not None)),
        _insured(case, (part for part in parts if part.limit is None)),
    )

    def money(amount: Fraction) -> Money:
        return rounded(amount, case.terms.currency)

    indemnity, loss = money(paid.amount), money(covered_loss)
    whole = money(_sum(item.residual for item in found))
    return Indemnity(
        indemnity=indemnity,
        if_declared=_if_declared(case, found),
        date_of_loss=case.date_of_loss,
        whole_debt=whole,
        eligible_debt=money(_sum(item.eligible for item in found)),
        limit_applied=loss,
        covered_loss=loss,
        own_share=loss - indemnity,
        own_risk=whole - indemnity,
        afl_eroded=money(paid.eroded),
        stop_date=debts.stop_in_force(),
        rows=tuple(_row(case, item, money) for item in found),
        allocation=debts.allocation,
        ledger_allocation=debts.ledger_allocation,
        steps=working(debts, found, parts, paid),
    )


def _insured(case: IndemnityCase, parts: Iterable[Covered]) -> tuple[Insured, ...]:
    """What is covered at each percentage, in the order in which the invoices were shipped."""
    found: dict[Decimal, Fraction] = {}
    for part in parts:
        for item, own in shares(part):
            pct = _pct(case, item)
            found[pct] = found.get(pct, ZERO) + own
    return tuple(Insured(pct, own) for pct, own in found.items() if own)


def _pct(case: IndemnityCase, item: DebtItem) -> Decimal:
    """The invoice's own percentage, else the policy's; under a discretionary limit never more than that limit's."""
    own, usual = item.invoice.insured_pct, case.terms.insured_pct
    assert usual is not None  # noqa: S101 - `check` refused the case otherwise
    dcl = case.discretionary.pct if item.discretionary and case.discretionary else None
    if dcl is None or own is None:
        return dcl or own or usual
    return min(dcl, own)


def _if_declared(case: IndemnityCase, found: Sequence[DebtItem]) -> Money | None:
    if not any(Reason.NOT_DECLARED in item.reasons for item in found):
        return None
    waived = case.waived | {Reason.NOT_DECLARED}
    return calculate(replace(case, waived=waived)).indemnity


def _row(
    case: IndemnityCase, item: DebtItem, money: Callable[[Fraction], Money]
) -> IndemnityRow:
    return IndemnityRow(
        id=item.invoice.id,
        residual=money(item.residual),
        ledger_residual=money(item.ledger_residual),
        held=money(item.disputed),
        eligible=money(item.eligible),
        reasons=item.reasons,
        insured_pct=_pct(case, item),
    )


def _sum(amounts: Iterable[Fraction]) -> Fraction:
    return sum(amounts, ZERO)
