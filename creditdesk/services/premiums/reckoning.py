"""What the rate is taken of: declared turnover or balances, the ledger's own, or the limits in force."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rate_lines import rates_into, read_lines
from creditdesk.domain.base.rates import RateMissing, Rates, exact, rounded
from creditdesk.domain.cover.in_scope import Key, LedgerRow, method_of
from creditdesk.domain.cover.limits import decision_on
from creditdesk.domain.declare.declarations import Mode, Period, in_force, periods
from creditdesk.domain.declare.declared import Declared, standing
from creditdesk.domain.declare.insurable import InsurableLine, balances, sums, turnover
from creditdesk.domain.ledger.aging import age
from creditdesk.domain.policy.premium_year import (
    Basis,
    Part,
    YearCase,
    basis_of,
    country_classes,
    yearly,
)
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.errors import UserError
from creditdesk.models import Policy
from creditdesk.readings.declarations import (
    AskedToDeclare,
    asked_of,
    declared_of,
    ledger_rows,
)
from creditdesk.readings.policies import limits_by_buyer
from creditdesk.readings.premiums import declared_for
from creditdesk.readings.queries import FX_RATES, ledger_items, setting
from creditdesk.services.premiums.values import Reckoned


@dataclass(frozen=True, slots=True)
class _Base:
    """A part of the base before it is converted: with the day whose rate counts, and its document where known."""

    amount: Money
    day: date
    row: LedgerRow | None = None


class Reckoning:
    """One policy on a day."""

    def __init__(self, session: Session, policy: Policy, on: date) -> None:
        self._session = session
        self._policy = policy
        self._on = on
        self._asked: AskedToDeclare = asked_of(session, policy)
        self.terms: PolicyTerms = in_force(self._asked.versions, on).duties.terms
        self.basis = basis_of(self.terms)
        lines = read_lines(setting(session, FX_RATES))
        self._rates = Rates(policy.currency, rates_into(policy.currency, lines))
        self._rows = ledger_rows(
            session,
            policy.client_id,
            until=self._span.end,
            since=None if self.basis is Basis.BALANCE else self._span.start,
        )

    @property
    def _span(self) -> Period:
        """The policy's period as far as it has passed."""
        span = self._asked.span
        return Period(span.start, min(span.end, self._on))

    def by_declared(self) -> Reckoned:
        """By what was declared up to the day; by the limits in force where the policy takes those."""
        if self.basis is Basis.LIMIT:
            return self._reckoned(list(self._limits()), Money.zero(self._policy.currency))  # fmt: skip
        told = [
            each
            for each in standing(declared_of(self._session, self._policy.id))
            if each.on <= self._on
        ]
        counted = declared_for(self.basis, told)
        sold = self._sum(self._of_declared(declared_for(Basis.TURNOVER, told)))
        return self._reckoned(list(self._of_declared(counted)), sold)

    def by_ledger(self) -> Reckoned | None:
        """By what the ledger says was insurable up to the day."""
        if self.basis is Basis.LIMIT:
            return None
        sold = self._turnover()
        base = sold if self.basis is not Basis.BALANCE else self._month_ends()
        return self._reckoned(_bases(base), self._sum(_bases(sold)))

    def _reckoned(self, bases: list[_Base], sold: Money) -> Reckoned:
        parts, missing = self._converted(bases)
        base = Money.total((part.amount for part in parts), self._policy.currency)
        case = YearCase(
            terms=self.terms,
            parts=tuple(parts),
            turnover=sold,
            limits=len(limits_by_buyer(self._session, self._policy.id)),
            classes=country_classes(self.terms),
        )
        try:
            found = yearly(case)
        except UserError as refused:
            return Reckoned(base, len(bases), None, refused.said, missing)
        return Reckoned(base, len(bases), found, None, missing)

    def _converted(self, bases: Iterable[_Base]) -> tuple[list[Part], tuple[Money, ...]]:  # fmt: skip
        parts, missing = [], []
        for base in bases:
            amount = self._in_policy_currency(base)
            if amount is None:
                missing.append(base.amount)
                continue
            row = base.row
            parts.append(
                Part(
                    amount=amount,
                    country=row.buyer.country if row else "",
                    method=method_of(row.term) if row else "",
                    term_days=(row.due - row.issued).days if row and row.due else None,
                )
            )
        return parts, sums(missing)

    def _in_policy_currency(self, base: _Base) -> Money | None:
        if base.amount.currency == self._policy.currency:
            return base.amount
        try:
            rate = self._rates.on(base.amount.currency, base.day)
        except RateMissing:
            return None
        return rounded(exact(base.amount) * rate, self._policy.currency)

    def _sum(self, bases: Iterable[_Base]) -> Money:
        amounts = (self._in_policy_currency(base) for base in bases)
        return Money.total((each for each in amounts if each), self._policy.currency)

    def _of_declared(self, told: Iterable[Declared]) -> Iterator[_Base]:
        """Each line, and what the paper says beyond its lines."""
        rows: Mapping[Key, LedgerRow] = {row.key: row for row in self._rows}
        for each in told:
            for line in each.lines:
                if line.amount:
                    yield _Base(line.amount, each.period.end, rows.get(line.key))
            lines = {total.currency: total for total in sums(line.amount for line in each.lines)}  # fmt: skip
            for total in each.totals:
                rest = total - lines.get(total.currency, Money.zero(total.currency))
                if rest:
                    yield _Base(rest, each.period.end)

    def _turnover(self) -> tuple[InsurableLine, ...]:
        span = self._span
        scope = self._asked.scope_on(self._on)
        return turnover(self._rows, scope, span.start, span.end).taken

    def _month_ends(self) -> tuple[InsurableLine, ...]:
        """The balances at the end of each month that has passed."""
        items = ledger_items(self._session, client_id=self._policy.client_id)
        scope = self._asked.scope_on(self._on)
        lines: list[InsurableLine] = []
        for month in periods(Mode.BALANCE_MONTHLY, self._asked.span):
            if month.end <= self._on:
                aged = age(items.documents, items.receipts, month.end)
                open_ = {row.id: row.open for row in aged.rows}
                lines.extend(balances(self._rows, open_, scope).taken)
        return tuple(lines)

    def _limits(self) -> Iterator[_Base]:
        wait = self.terms.cancel_notice_days
        for decisions in limits_by_buyer(self._session, self._policy.id).values():
            held = decision_on(decisions, self._on, wait)
            if held is not None and held.in_force:
                yield _Base(held.in_force, self._on)


def _bases(lines: Iterable[InsurableLine]) -> list[_Base]:
    return [_Base(line.amount, line.row.day, line.row) for line in lines]
