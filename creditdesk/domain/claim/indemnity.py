"""The indemnity: the insurer's share of a loss, step by step in the order of rules.md 4.1."""

from collections.abc import Callable, Iterable
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import ZERO, rounded
from creditdesk.domain.claim.deductible import payable
from creditdesk.domain.claim.indemnity_steps import working
from creditdesk.domain.cover.case import (
    Indemnity,
    IndemnityCase,
    IndemnityRow,
    check,
)
from creditdesk.domain.cover.insured_debt import DebtItem, Debts, items
from creditdesk.domain.cover.limit_use import covered


def calculate(case: IndemnityCase) -> Indemnity:
    """The indemnity with its working. Raises a `UserError` for what must be asked or is missing."""
    check(case)
    debts = Debts(case)
    found = items(debts)
    parts = covered(debts, found)
    own_pct = case.discretionary.pct if case.discretionary else None
    pct = own_pct or case.terms.insured_pct
    assert pct is not None  # noqa: S101 - `check` refused the case otherwise
    own_limit = _sum(part.covered for part in parts if part.limit is None)
    covered_loss = _sum(part.covered for part in parts)
    paid = payable(case.terms, covered_loss - own_limit, own_limit, pct)

    def money(amount: Fraction) -> Money:
        return rounded(amount, case.terms.currency)

    indemnity, loss = money(paid.amount), money(covered_loss)
    whole = money(_sum(item.residual for item in found))
    return Indemnity(
        indemnity=indemnity,
        date_of_loss=case.date_of_loss,
        whole_debt=whole,
        eligible_debt=money(_sum(item.eligible for item in found)),
        limit_applied=loss,
        covered_loss=loss,
        own_share=loss - indemnity,
        own_risk=whole - indemnity,
        afl_eroded=money(paid.eroded),
        stop_date=debts.stop_in_force(),
        rows=tuple(_row(item, money) for item in found),
        allocation=debts.allocation,
        ledger_allocation=debts.ledger_allocation,
        steps=working(debts, found, parts, paid),
    )


def _row(item: DebtItem, money: Callable[[Fraction], Money]) -> IndemnityRow:
    return IndemnityRow(
        id=item.invoice.id,
        residual=money(item.residual),
        ledger_residual=money(item.ledger_residual),
        held=money(item.disputed),
        eligible=money(item.eligible),
        reasons=item.reasons,
    )


def _sum(amounts: Iterable[Fraction]) -> Fraction:
    return sum(amounts, ZERO)
