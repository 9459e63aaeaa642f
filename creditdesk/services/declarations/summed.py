"""What the ledger says of many periods at once, summed in the database: the same figures as row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.in_scope import Customer, InScope, LedgerRow
from creditdesk.domain.declare.declarations import DeclarationKind, Obligation, Period
from creditdesk.domain.declare.insurable import sums
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.readings.declarations import (
    AskedToDeclare,
    PeriodSum,
    period_sums,
    terms_told,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A period in figures: what is declared in sums and documents, how many are left out, how many changed since."""

    totals: tuple[Money, ...]
    taken: int
    left_out: int
    differences: int = 0


def turnovers(
    session: Session, asked: AskedToDeclare, buyers: Mapping[int, Customer]
) -> dict[DeclarationKind, dict[Period, Counted]]:
    """The turnover of each period that sums can tell, by kind.

    Not where VAT is taken off document by document, and not where a credit note may follow its invoice out.
    """
    found: dict[DeclarationKind, dict[Period, Counted]] = {}
    for kind in (DeclarationKind.TURNOVER, DeclarationKind.YEAR):
        mine = [each for each in asked.obligations if each.kind is kind]
        periods = [each.period for each in mine]
        if not mine or not _follow_one_another(periods):
            continue
        told = _Told(session, asked, buyers)
        by_buyer = any(told.leaves_any_out(period) for period in periods)
        found_sums = period_sums(
            session, asked.policy.client_id, asked.span, periods, by_buyer=by_buyer
        )
        groups: dict[int, list[PeriodSum]] = {}
        for each in found_sums:
            groups.setdefault(each.place, []).append(each)
        counted = {
            one.period: told.counted(one, groups.get(place, ()))
            for place, one in enumerate(mine)
        }
        found[kind] = {
            period: one for period, one in counted.items() if one is not None
        }
    return found


class _Told:
    """Says what the policy leaves out, by buyer and terms of payment."""

    def __init__(
        self, session: Session, asked: AskedToDeclare, buyers: Mapping[int, Customer]
    ) -> None:
        self._session = session
        self._asked = asked
        self._buyers = buyers
        self._scopes: dict[int, InScope] = {}
        self._left_out: dict[tuple[int, int, str], bool] = {}
        self._leaves_out: dict[int, bool] = {}

    def counted(self, one: Obligation, groups: Sequence[PeriodSum]) -> Counted | None:
        """The period; None: row by row only."""
        scope = self._scope(one.period)
        if scope.vat_insured is False:
            return None
        if any(each.named for each in groups) and self.leaves_any_out(one.period):
            return None
        taken = [each for each in groups if not self._is_out(scope, each.buyer_id, each.term)]  # fmt: skip
        return Counted(
            sums(each.amount if each.kind is DocumentKind.INVOICE else -each.amount for each in taken),
            sum(each.count for each in taken),
            sum(each.count for each in groups) - sum(each.count for each in taken),
        )  # fmt: skip

    def leaves_any_out(self, period: Period) -> bool:
        """Whether any document there is would be left out of this period."""
        scope = self._scope(period)
        if id(scope) not in self._leaves_out:
            self._leaves_out[id(scope)] = any(
                self._is_out(scope, buyer, term) for buyer, term in self._terms
            )
        return self._leaves_out[id(scope)]

    @cached_property
    def _terms(self) -> tuple[tuple[int, str], ...]:
        return terms_told(self._session, self._asked.policy.client_id, self._asked.span)

    def _scope(self, period: Period) -> InScope:
        """One and the same as long as the terms are."""
        terms = self._asked.terms_on(period.end)
        if id(terms) not in self._scopes:
            self._scopes[id(terms)] = InScope.of(terms)
        return self._scopes[id(terms)]

    def _is_out(self, scope: InScope, buyer: int | None, term: str) -> bool:
        if buyer is None:
            return False
        key = id(scope), buyer, term
        if key not in self._left_out:
            row = LedgerRow(
                buyer=self._buyers[buyer],
                number="",
                kind=DocumentKind.INVOICE,
                issued=date.min,
                amount=_NOTHING,
                term=term,
            )
            self._left_out[key] = scope.against(row) is not None
        return self._left_out[key]


_NOTHING = Money.zero("CNY")
"""Whether a document is left out depends on its buyer and its terms alone."""


def _follow_one_another(periods: Sequence[Period]) -> bool:
    return all(before.end < after.start for before, after in pairwise(periods))
