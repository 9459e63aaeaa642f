"""Reads how a policy's declarations stand: its periods, what the ledger says of each, what was declared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.cover.in_scope import Customer, Key, LedgerRow
from creditdesk.domain.declare.declarations import (
    DeclarationKind,
    Obligation,
    Period,
    in_force,
)
from creditdesk.domain.declare.declared import (
    Declared,
    Risk,
    by_hand,
    days_late,
    differences,
    first_declared,
    fulfilment,
    of_period,
    risks,
    sent,
    standing,
    state,
    still_to_declare,
)
from creditdesk.domain.declare.insurable import Computed, balances, sums, turnover
from creditdesk.domain.ledger.aging import Aging, LedgerDocument, Receipt, age
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.models import Policy
from creditdesk.readings.declarations import (
    AskedToDeclare,
    asked_of,
    customers,
    declared_of,
    ledger_rows,
)
from creditdesk.readings.parties import client_party, firm
from creditdesk.readings.queries import ledger_items, part_names
from creditdesk.services.declarations import summed
from creditdesk.services.declarations.summed import Counted
from creditdesk.services.declarations.values import PeriodFile, PeriodLine, PolicyLine

_UNASSIGNED = ("", DocumentKind.CREDIT_NOTE)


@dataclass(frozen=True, slots=True)
class _Items:
    """A client's ledger as the rules of aging take it."""

    documents: Sequence[LedgerDocument[Key, int]]
    receipts: Sequence[Receipt[Key, int]]


class Reading:
    """One policy on a day. What takes long is read once, when it is first asked for."""

    def __init__(self, session: Session, policy: Policy, on: date) -> None:
        self._session = session
        self.policy = policy
        self.on = on
        self.asked: AskedToDeclare = asked_of(session, policy)
        self.declared: tuple[Declared, ...] = declared_of(session, policy.id)
        self.stands = standing(self.declared)

    @cached_property
    def rows(self) -> tuple[LedgerRow, ...]:
        """The client's documents of the policy's time."""
        span, client = self.asked.span, self.policy.client_id
        return ledger_rows(self._session, client, until=span.end, since=span.start)

    @cached_property
    def _all_rows(self) -> tuple[LedgerRow, ...]:
        """All there are: an old one may still be open."""
        span, client = self.asked.span, self.policy.client_id
        return ledger_rows(self._session, client, until=span.end)

    @cached_property
    def buyers(self) -> Mapping[int, Customer]:
        """The client's buyers."""
        return customers(self._session, self.policy.client_id)

    @cached_property
    def _items(self) -> _Items:
        found = ledger_items(self._session, client_id=self.policy.client_id)
        return _Items(found.documents, found.receipts)

    def line_of_policy(self, client: str) -> PolicyLine:
        """How the whole stands."""
        terms = self.asked.terms_on(self.on)
        agreed = terms.values.get("insurable_turnover_est")
        agreed = agreed if isinstance(agreed, Money) else None
        told = [
            each for each in self.stands if each.kind is not DeclarationKind.BALANCE
        ]
        kinds = {each.kind for each in told}
        counted = (
            DeclarationKind.TURNOVER
            if DeclarationKind.TURNOVER in kinds
            else DeclarationKind.YEAR
        )
        declared = sums(
            amount for each in told if each.kind is counted for amount in each.totals
        )
        span = self.asked.span
        passed = min(max((self.on - span.start).days + 1, 0), (span.end - span.start).days + 1)  # fmt: skip
        return PolicyLine(
            policy_id=self.policy.id,
            policy=self.policy.number,
            client_id=self.policy.client_id,
            client=client,
            mode=in_force(self.asked.versions, self.on).mode,
            declared=declared,
            agreed=agreed,
            fulfilment=fulfilment(declared, agreed) if declared else None,
            elapsed=Decimal(passed) / ((span.end - span.start).days + 1),
            recorded=bool(self.stands),
            running=span.has(self.on),
        )

    def lines(self, client: str) -> Iterator[PeriodLine]:
        """The periods that have begun, oldest first."""
        for asked in self.asked.obligations:
            if asked.period.start <= self.on:
                yield self._line(asked, self._summed(asked), client)

    def line(self, asked: Obligation, computed: Computed, client: str) -> PeriodLine:
        """One period."""
        return self._line(asked, self._counted(asked, computed), client)

    def _summed(self, asked: Obligation) -> Counted:
        """A period nothing was declared of, summed in the database where that gives the same; else row by row."""
        found = None
        if not of_period(self.stands, asked):
            found = self._sums.get(asked.kind, {}).get(asked.period)
        return found or self._counted(asked, self.computed(asked))

    def _counted(self, asked: Obligation, computed: Computed) -> Counted:
        stands = of_period(self.stands, asked)
        return Counted(
            computed.totals,
            len(computed.taken),
            len(computed.left_out),
            len(differences(computed, stands)) if stands else 0,
        )

    @cached_property
    def _sums(self) -> Mapping[DeclarationKind, Mapping[Period, Counted]]:
        return summed.turnovers(self._session, self.asked, self.buyers)

    def _line(self, asked: Obligation, counted: Counted, client: str) -> PeriodLine:
        told = of_period(sent(self.declared), asked)
        stands = of_period(self.stands, asked)
        declared = sums(amount for each in stands for amount in each.totals)
        differs = bool(counted.differences) or (
            bool(stands)
            and _without_nothing(declared) != _without_nothing(counted.totals)
        )
        originals = [each.on for each in told if each.corrects is None]
        days = originals or [self.on]
        return PeriodLine(
            policy_id=self.policy.id,
            policy=self.policy.number,
            client_id=self.policy.client_id,
            client=client,
            mode=in_force(self.asked.versions, asked.period.end).mode,
            asked=asked,
            state=state(asked, told, differs=differs, on=self.on),
            computed=counted.totals,
            declared=declared,
            documents=counted.taken,
            left_out=counted.left_out,
            differences=counted.differences,
            declared_on=max((each.on for each in stands), default=None),
            late=max(days_late(asked, day) for day in days),
        )

    def computed(self, asked: Obligation) -> Computed:
        """What the ledger says of a period now, without what was left out of its declarations by hand."""
        return self.whole(asked).without(by_hand(of_period(self.stands, asked)))

    def whole(self, asked: Obligation) -> Computed:
        """The same with everything a person may leave out."""
        period = asked.period
        if asked.kind is DeclarationKind.BALANCE:
            return self._balances(min(period.end, self.on), asked)
        scope = self.asked.scope_on(period.end)
        return turnover(self.rows, scope, period.start, period.end)

    def _balances(self, day: date, asked: Obligation) -> Computed:
        aged = self._aged(day)
        extra = tuple(self._unassigned(aged, day))
        open_ = {row.id: row.open for row in aged.rows}
        open_.update({row.key: row.amount for row in extra})
        scope = self.asked.scope_on(asked.period.end)
        return balances((*self._all_rows, *extra), open_, scope)

    def _aged(self, day: date) -> Aging[Key, int]:
        return age(self._items.documents, self._items.receipts, day)

    def _unassigned(self, aged: Aging[Key, int], day: date) -> Iterator[LedgerRow]:
        """Money nobody has set against an invoice: it makes the balance smaller."""
        for buyer, accounts in aged.by_buyer.items():
            for figures in accounts.values():
                if figures.unapplied and buyer in self.buyers:
                    number, kind = _UNASSIGNED
                    yield LedgerRow(
                        buyer=self.buyers[buyer],
                        number=number,
                        kind=kind,
                        issued=day,
                        amount=figures.unapplied,
                    )

    def file(self, asked: Obligation, client: str) -> PeriodFile:
        """One period, whole."""
        computed = self.computed(asked)
        stands = of_period(self.stands, asked)
        still = still_to_declare(computed, stands)
        return PeriodFile(
            line=self.line(asked, computed, client),
            computed=computed,
            declared=of_period(self.declared, asked),
            standing=frozenset(each.id for each in stands),
            differences=differences(computed, stands) if stands else (),
            still={line.key: line.amount for line in still},
            risks=self._risks(asked, computed),
            buyers=self.buyers,
            currency=self.policy.currency,
            insurer=Party(name=self.policy.insurer),
            policyholder=client_party(self._session, self.policy.client_id),
            firm=firm(self._session),
            template=self.policy.template,
            vat_insured=self.asked.scope_on(asked.period.end).vat_insured,
            names=part_names(self._session, client_id=self.policy.client_id),
        )

    def _risks(self, asked: Obligation, computed: Computed) -> tuple[Risk, ...]:
        """What speaks against shipments declared late: on the day each was declared, or today."""
        if asked.kind is not DeclarationKind.TURNOVER:
            return ()
        first = first_declared(of_period(sent(self.declared), asked))
        late: dict[date, dict[int, date]] = {}
        for line in computed.taken:
            told = first.get(line.row.key, self.on)
            if days_late(asked, told) and line.row.kind is DocumentKind.INVOICE:
                last = late.setdefault(told, {})
                buyer = line.row.buyer.id
                last[buyer] = max(line.row.day, last.get(buyer, line.row.day))
        duties = in_force(self.asked.versions, asked.period.end).duties
        found: dict[int, Risk] = {}
        for told, buyers in sorted(late.items()):
            for risk in risks(self._aged(told).rows, buyers, told, duties):
                found.setdefault(risk.buyer, risk)
        return tuple(found.values())


def _without_nothing(totals: Sequence[Money]) -> tuple[Money, ...]:
    """Nothing in a currency is the same as no line of it."""
    return tuple(each for each in totals if each)
