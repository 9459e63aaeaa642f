"""Policies and limits as the rules use them, for every service that asks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.term_questions import question_id, settled
from creditdesk.db.errors import RecordMissing
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limit_states import NO_DECISION, LimitStage, stage_of
from creditdesk.domain.cover.limits import Limit, decision_on
from creditdesk.domain.ledger.terms import PaymentTerm
from creditdesk.domain.policy.choices import LimitState, PaymentMethod
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.models import CreditLimit, Policy, PolicyValue, PolicyVersion

APPLIED = "APPLIED"
"""A limit that was asked for and not answered: no decision, so it covers nothing."""
_AFTER_NOTICE = {LimitState.REDUCED.value, LimitState.CANCELLED.value}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ValueInForce:
    """One field's text in a version, whose it is, and whether it was checked against the paper.

    `document` and `area`: the paper it stands on and the place there; None and empty where nobody marked it.
    """

    text: str
    origin: str
    confirmed_on: date | None
    page: str
    document: int | None = None
    area: str = ""

    @property
    def is_left_out(self) -> bool:
        """Whether somebody saw that the paper says nothing of it."""
        return not self.text and self.confirmed_on is not None


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """The version of a policy in force on a day."""

    policy: Policy
    version_id: int
    values: Mapping[str, ValueInForce]

    @property
    def texts(self) -> dict[str, str]:
        """Each field's text."""
        return {key: value.text for key, value in self.values.items()}

    @property
    def terms(self) -> PolicyTerms:
        """The values as the rules use them."""
        return PolicyTerms.read(self.texts)

    @property
    def confirmed(self) -> frozenset[str]:
        """The fields that were checked against the paper."""
        return frozenset(
            key for key, value in self.values.items() if value.confirmed_on
        )


def the_policy(session: Session, policy_id: int) -> Policy:
    """The policy; raises `RecordMissing`."""
    found = session.get(Policy, policy_id)
    if found is None:
        raise RecordMissing(what=f"policy {policy_id}")
    return found


def version_on(session: Session, policy: Policy, day: date) -> PolicyVersion:
    """The version in force on a day; before the first one, the first."""
    versions = select(PolicyVersion).where(PolicyVersion.policy_id == policy.id)
    latest = versions.order_by(
        PolicyVersion.effective_from.desc(), PolicyVersion.id.desc()
    )
    found = session.scalars(
        latest.where(PolicyVersion.effective_from <= day).limit(1)
    ).first()
    return found or session.scalars(versions.order_by(PolicyVersion.id).limit(1)).one()


def values_of(session: Session, version_id: int) -> dict[str, ValueInForce]:
    """The values of a version: of each field the latest row."""
    rows = session.execute(
        select(
            PolicyValue.field,
            PolicyValue.value,
            PolicyValue.origin,
            PolicyValue.confirmed_on,
            PolicyValue.page,
            PolicyValue.document_id,
            PolicyValue.area,
        )
        .where(PolicyValue.version_id == version_id)
        .order_by(PolicyValue.id)
    )
    return {
        row.field: ValueInForce(
            row.value, row.origin, row.confirmed_on, row.page, row.document_id, row.area
        )
        for row in rows
    }


def policy_on(session: Session, policy_id: int, day: date) -> PolicyInForce:
    """What a policy said on a day; raises `RecordMissing`."""
    policy = the_policy(session, policy_id)
    version = version_on(session, policy, day)
    return PolicyInForce(policy, version.id, values_of(session, version.id))


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as the rules use it, with its record. `pct` None: the policy's own percentage.

    A record with a temporary amount makes two of these: up to the day, and after it.
    """

    id: int
    limit: Limit
    stage: LimitStage
    number: str
    condition: str
    pct: Decimal | None


def limits_of(session: Session, policy_id: int, buyer_id: int) -> tuple[Limit, ...]:
    """The decisions on a buyer, oldest first; applications are not decisions."""
    return limits_by_buyer(session, policy_id, buyer_id).get(buyer_id, ())


def limits_by_buyer(
    session: Session, policy_id: int, buyer_id: int | None = None
) -> dict[int, tuple[Limit, ...]]:
    """The decisions of a policy by buyer, oldest first."""
    found = decisions_by_buyer(session, policy_id, buyer_id)
    return {
        buyer: tuple(decision.limit for decision in decisions)
        for buyer, decisions in found.items()
    }


def decisions_by_buyer(
    session: Session, policy_id: int, buyer_id: int | None = None
) -> dict[int, tuple[Decision, ...]]:
    """The same with their records."""
    statement = select(CreditLimit).where(
        CreditLimit.policy_id == policy_id, CreditLimit.state.not_in(NO_DECISION)
    )
    if buyer_id is not None:
        statement = statement.where(CreditLimit.buyer_id == buyer_id)
    rows: dict[int, list[CreditLimit]] = {}
    for row in session.scalars(
        statement.order_by(CreditLimit.effective_from, CreditLimit.id)
    ):
        rows.setdefault(row.buyer_id, []).append(row)
    return {buyer: tuple(_decisions(each)) for buyer, each in rows.items()}


def decided_pct(
    decisions: Iterable[Decision], day: date, notice_days: int
) -> Decimal | None:
    """What the decision in force on a day insures. None: the policy's percentage, or there is no decision."""
    by_limit = {id(each.limit): each for each in decisions}
    limits = [each.limit for each in by_limit.values()]
    held = decision_on(limits, day, notice_days)
    return by_limit[id(held)].pct if held is not None else None


def stage_of_row(row: CreditLimit) -> LimitStage:
    """Where a limit stands in detail; rows older than the column tell it by state and amounts."""
    if row.stage:
        return LimitStage(row.stage)
    requested = (
        None
        if row.requested_minor is None
        else Money.of_minor(row.requested_minor, row.currency)
    )
    return stage_of(
        row.state, Money.of_minor(row.amount_minor, row.currency), requested
    )


def waiting_applications(
    session: Session,
    on: date,
    *,
    policy_id: int | None = None,
    client_id: int | None = None,
) -> tuple[CreditLimit, ...]:
    """Applications entered in the history itself that no decision followed by a day, the first of each buyer."""
    statement = select(CreditLimit).where(CreditLimit.effective_from <= on)
    if policy_id is not None:
        statement = statement.where(CreditLimit.policy_id == policy_id)
    if client_id is not None:
        mine = select(Policy.id).where(Policy.client_id == client_id)
        statement = statement.where(CreditLimit.policy_id.in_(mine))
    waiting: dict[tuple[int, int], CreditLimit] = {}
    for row in session.scalars(
        statement.order_by(CreditLimit.effective_from, CreditLimit.id)
    ):
        key = (row.policy_id, row.buyer_id)
        if row.state == APPLIED:
            waiting.setdefault(key, row)
        elif row.state not in NO_DECISION:
            waiting.pop(key, None)
    return tuple(waiting.values())


def _decisions(rows: Sequence[CreditLimit]) -> Iterator[Decision]:
    taken_over = {row.replaces: row for row in rows if row.replaces}
    for row in rows:
        for limit in _limits(row, taken_over.get(row.id), rows):
            yield Decision(
                id=row.id,
                limit=limit,
                stage=stage_of_row(row),
                number=row.decision_no,
                condition=row.condition,
                pct=Decimal(row.insured_pct) if row.insured_pct else None,
            )


def _limits(
    row: CreditLimit, successor: CreditLimit | None, rows: Sequence[CreditLimit]
) -> Iterator[Limit]:
    whole = _limit(row)
    if successor is not None:
        follows = _start(successor)
        if follows <= whole.start:
            return
        # A cut waits for its notice, and the decision before it holds as long.
        if successor.state not in _AFTER_NOTICE:
            whole = replace(whole, end=_earlier(whole.end, follows - _DAY))
    if row.temporary_minor is None or row.temporary_to is None:
        yield whole
        return
    raised = Money.of_minor(row.temporary_minor, row.currency)
    until = _earlier(whole.end, row.temporary_to)
    yield replace(whole, amount=raised, end=until)
    again = _after(row, rows) if row.amount_minor else None
    if again is not None and again <= (whole.end or again):
        yield replace(whole, start=again)


def _after(row: CreditLimit, rows: Sequence[CreditLimit]) -> date | None:
    """When a temporary amount is over and no later decision stands in its way. None: one does for good."""
    assert row.temporary_to is not None  # noqa: S101 - only asked for a temporary amount
    again = row.temporary_to + _DAY
    for later in rows:
        if _start(row) < _start(later) <= again:
            if later.effective_to is None:
                return None
            again = max(again, later.effective_to + _DAY)
    return again


def _limit(row: CreditLimit) -> Limit:
    return Limit(
        start=_start(row),
        end=row.effective_to,
        amount=Money.of_minor(row.amount_minor, row.currency),
        state=LimitState(row.state),
        payment_method=PaymentMethod(row.payment_method)
        if row.payment_method
        else None,
        max_term_days=row.max_term_days,
        max_term=_term(row),
    )


def _term(row: CreditLimit) -> PaymentTerm | None:
    if not row.max_term:
        return None
    return settled(row.max_term, "", {question_id(row.max_term): row.max_term_as})


def _start(row: CreditLimit) -> date:
    """A back-dated decision counts from the day it was dated back to."""
    return row.backdated_to or row.effective_from


def _earlier(end: date | None, other: date) -> date:
    return other if end is None else min(end, other)
