"""The limits under the policies: decisions, requests, grounds of one's own, and the question before goods leave."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from creditdesk.db.database import Database
from creditdesk.db.touched import Scope
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.cover.deliveries import Deliveries
from creditdesk.domain.cover.limit_request import LimitRequestDraft
from creditdesk.domain.cover.limits import Reason
from creditdesk.domain.cover.trade_terms import TradeTerms
from creditdesk.domain.review.month import MonthBook
from creditdesk.i18n import Message
from creditdesk.jobs import Progress
from creditdesk.models import Policy
from creditdesk.readings.queries import last_shipments
from creditdesk.services.policies import (
    covers,
    grounds,
    limits,
    request_lines,
    requests,
    shipping,
    stop_list,
    stopping,
    stops,
    trade_terms,
    voiding,
)
from creditdesk.services.policies.covers import KeptCover
from creditdesk.services.policies.ground_values import (
    GroundCheck,
    GroundLine,
    NewGround,
)
from creditdesk.services.policies.month import month_of, uncovered_of
from creditdesk.services.policies.request_values import RequestLine, SentRequest
from creditdesk.services.policies.ship_values import ShipAnswer
from creditdesk.services.policies.stop_list import StopList
from creditdesk.services.policies.values import (
    FirstStop,
    LimitDecision,
    LimitLine,
    LimitNow,
    OwnLimit,
)


class PolicyLimits:
    """What the policies service does for limits."""

    _db: Database

    def decide(self, decision: LimitDecision) -> int:
        """Add a limit decision or application to the buyer's history."""
        with self._db.write() as session:
            return limits.decide(session, decision)

    def void_limit(self, limit: int, why: str) -> None:
        """A decision was entered by mistake: it stays in the history and counts no more."""
        with self._db.write() as session:
            voiding.void_limit(session, limit, why)

    def limit_remarks(self, limit: int) -> tuple[Message, ...]:
        """What a person should know before voiding a decision."""
        with self._db.read() as session:
            return voiding.limit_remarks(session, limit)

    def limits(
        self,
        *,
        policy_id: int | None = None,
        buyer_id: int | None = None,
        client_id: int | None = None,
    ) -> tuple[LimitLine, ...]:
        """The decisions that stand, newest first."""
        with self._db.read() as session:
            return limits.lines(session, policy_id, buyer_id, client_id)

    def limit_history(
        self,
        *,
        policy_id: int | None = None,
        buyer_id: int | None = None,
        client_id: int | None = None,
    ) -> tuple[LimitLine, ...]:
        """The same with those that were voided."""
        with self._db.read() as session:
            return limits.history(session, policy_id, buyer_id, client_id)

    def limits_now(
        self, on: date, client_id: int | None = None
    ) -> Mapping[int, LimitNow]:
        """The limit each buyer has on a day, under the newest policy in force that knows the buyer."""
        statement = select(Policy).where(
            Policy.period_start <= on, Policy.period_end >= on
        )
        if client_id is not None:
            statement = statement.where(Policy.client_id == client_id)
        found: dict[int, LimitNow] = {}
        with self._db.read() as session:
            waiting = request_lines.waiting(session, on, client_id)
            for policy in session.scalars(statement.order_by(Policy.period_start)):
                found.update(limits.now(session, policy, on, waiting))
        return found

    def own_limits(
        self, on: date, client_id: int | None = None
    ) -> Mapping[int, OwnLimit]:
        """The discretionary limit of each buyer no insurer ever decided on, as far as its grounds carry the day."""
        with self._db.read() as session:
            return grounds.in_force(session, on, client_id)

    def last_shipments(
        self, on: date, client_id: int | None = None
    ) -> Mapping[int, date]:
        """The last day goods left for each buyer, up to a day."""
        with self._db.read() as session:
            return last_shipments(session, on, client_id)

    def request_draft(
        self, policy_id: int, buyer_id: int, kind: RequestKind, on: date
    ) -> LimitRequestDraft:
        """A request to the insurer as the credit file fills it."""
        with self._db.read() as session:
            return requests.draft(session, policy_id, buyer_id, kind, on)

    def record_request(
        self,
        policy_id: int,
        buyer_id: int,
        draft: LimitRequestDraft,
        sent: SentRequest,
        today: date,
    ) -> int:
        """Keep a request as it was sent."""
        with self._db.write() as session:
            return requests.record(session, policy_id, buyer_id, draft, sent, today)

    def answer_request(self, request_id: int, on: date, codes: str) -> None:
        """An answer that decides nothing new; `codes` are those of UN/EDIFACT. Decisions come with `decide`."""
        with self._db.write() as session:
            requests.answer(session, request_id, on, codes)

    def withdraw_request(self, request_id: int, on: date) -> None:
        """The client no longer asks."""
        with self._db.write() as session:
            requests.withdraw(session, request_id, on)

    def requests(
        self, *, buyer_id: int | None = None, client_id: int | None = None
    ) -> tuple[RequestLine, ...]:
        """The requests that were sent, newest first."""
        with self._db.read() as session:
            return request_lines.lines(session, buyer_id=buyer_id, client_id=client_id)

    def check_grounds(self, policy_id: int, buyer_id: int, on: date) -> GroundCheck:
        """What the ledger proves for a discretionary limit on a day."""
        with self._db.read() as session:
            return grounds.check(session, policy_id, buyer_id, on)

    def keep_grounds(self, made: NewGround, today: date) -> int:
        """Freeze the grounds of a discretionary limit with their evidence."""
        with self._db.write() as session:
            return grounds.keep(session, made, today)

    def grounds(self, buyer_id: int) -> tuple[GroundLine, ...]:
        """The grounds that were kept, newest first."""
        with self._db.read() as session:
            return grounds.lines(session, buyer_id)

    def may_ship(
        self, buyer_id: int, on: date, amount: Money | None = None
    ) -> ShipAnswer:
        """Whether one may still ship to this buyer, for how much, under whose cover."""
        with self._db.read() as session:
            return shipping.may_ship(session, buyer_id, on, amount)

    def trade_terms(self, buyer_id: int, on: date) -> TradeTerms:
        """Contract, invoices and limit side by side on a day, and the names on the papers. Raises `RecordMissing`."""
        with self._db.read() as session:
            return trade_terms.trade_terms(session, buyer_id, on)

    def stop_list(self, client_id: int, on: date) -> StopList:
        """The buyers of a client to whom nothing may be shipped on a day, by the same answers."""
        with self._db.read() as session:
            return stop_list.stop_list(session, client_id, on)

    def uncovered(self, client_id: int, on: date, currency: str) -> Mapping[int, Money]:
        """What of each buyer's balance in this currency stands under no insurance, as the month report has it."""
        with self._db.read() as session:
            return uncovered_of(session, client_id, on, currency)

    def month(self, client_id: int, day: date, today: date) -> MonthBook:
        """What a client's month comes to: the month of a day, to its end or to `today` while it runs."""
        with self._db.read() as session:
            return month_of(session, client_id, day, today)

    def deliveries(self, policy_id: int, buyer_id: int, on: date) -> Deliveries | None:
        """Whether deliveries to a buyer have stopped, will stop or go on; None: it can't be worked out."""
        with self._db.read() as session:
            return stopping.deliveries(session, policy_id, buyer_id, on)

    def first_stops(
        self, client_id: int, start: date, end: date
    ) -> tuple[FirstStop, ...]:
        """When deliveries first stopped for each buyer within these days, by the policies that held."""
        with self._db.read() as session:
            return stops.first_stops(session, client_id, start, end)

    def follow(
        self,
        scope: Scope,
        on: date,
        progress: Progress | None = None,
        waived: frozenset[Reason] = frozenset(),
    ) -> int:
        """Work out the cover of invoices on their day of shipment, where something changed; how many rows.

        `waived`: reasons the insurer is taken not to hold against a shipment, in a trial.
        """
        with self._db.write() as session:
            fresh = covers.find(session, scope, on, progress, waived)
            return covers.write(session, fresh, self._db.now(), progress or Progress())

    def behind(self, client_id: int, on: date) -> int:
        """For how many buyers of a client the kept cover is not what the facts say: 0 unless something went wrong."""
        with self._db.read() as session:
            return len(covers.find(session, Scope(client_id), on, None).digests)

    def covers(self, buyer_id: int, on: date) -> Mapping[int, KeptCover]:
        """The cover each invoice of a buyer had when it was shipped, by the invoice's record."""
        with self._db.read() as session:
            return covers.of_buyer(session, buyer_id, on)
