"""What the watch looks at, and what it finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.policies import watched_rules
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limits import Limit
from creditdesk.domain.duties.duties import Deadline, Duties
from creditdesk.models import DiscretionaryGround, Notice, Policy
from creditdesk.readings.calendars import calendar_of
from creditdesk.readings.parties import home_of
from creditdesk.readings.policies import limits_by_buyer, policy_on
from creditdesk.readings.queries import DocumentKey, invoice_key

Key = tuple[int, str, str]
"""A duty by policy, code and subject."""


@dataclass(frozen=True, slots=True)
class FoundDuty:
    """A duty as it is on a day, with what it is about."""

    policy_id: int
    version_id: int
    client_id: int
    buyer_id: int | None
    invoice_id: int | None
    deadline: Deadline
    amount: Money
    done_on: date | None

    @property
    def key(self) -> Key:
        """What tells it again tomorrow."""
        return self.policy_id, self.deadline.code, self.deadline.subject


@dataclass(frozen=True, slots=True)
class Watched:
    """One policy with what is needed to count its deadlines: what the insurer was told, and the limits of each buyer.

    `known` are the buyers decided on under it, by the insurer or by grounds of the client's own.
    """

    policy: Policy
    version_id: int
    duties: Duties
    sent: Mapping[DocumentKey, date]
    limits: Mapping[int, tuple[Limit, ...]]
    known: frozenset[int]

    def runs(self, on: date) -> bool:
        """Whether the policy's period holds this day."""
        return self.policy.period_start <= on <= self.policy.period_end

    def found(
        self,
        deadline: Deadline,
        amount: Money,
        *,
        buyer: int | None = None,
        invoice: int | None = None,
        done_on: date | None = None,
    ) -> FoundDuty:
        """A duty under this policy."""
        return FoundDuty(
            policy_id=self.policy.id,
            version_id=self.version_id,
            client_id=self.policy.client_id,
            buyer_id=buyer,
            invoice_id=invoice,
            deadline=deadline,
            amount=amount,
            done_on=done_on,
        )


def watched(session: Session, policy: Policy, on: date) -> Watched:
    """A policy as it is watched on a day."""
    there = policy_on(session, policy.id, on)
    terms = there.terms
    work = calendar_of(session, terms.calendar_country)
    limits = limits_by_buyer(session, policy.id)
    grounds = select(DiscretionaryGround.buyer_id).where(
        DiscretionaryGround.policy_id == policy.id
    )
    return Watched(
        policy,
        there.version_id,
        Duties(
            watched_rules(policy.template),
            terms,
            work,
            home_of(session, policy.client_id),
        ),
        notices_sent(session, policy.id),
        limits,
        frozenset(limits).union(session.scalars(grounds.distinct())),
    )


def notices_sent(session: Session, policy_id: int) -> dict[DocumentKey, date]:
    """The day each document was first notified to the insurer."""
    sent: dict[DocumentKey, date] = {}
    notices = select(Notice.buyer_id, Notice.sent_on, Notice.content).where(
        Notice.policy_id == policy_id
    )
    for buyer, on, content in session.execute(notices.order_by(Notice.sent_on.desc())):
        for number in content["numbers"]:
            sent[invoice_key(buyer, number)] = on
    return sent


def policy_for(mine: Sequence[Watched], day: date, buyer_id: int) -> Watched | None:
    """The policy whose period holds a shipment of this day (risk attaching, rules.md 2.1).

    Of several the newest that knows the buyer, as where the cover of a shipment is judged; else the newest.
    """
    running = [each for each in mine if each.runs(day)]
    known = [each for each in running if buyer_id in each.known]
    return next(iter(known or running), None)
