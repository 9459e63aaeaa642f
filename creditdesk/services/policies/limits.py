"""The history of limit decisions: added to, never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import voided
from creditdesk.domain.base.money import Money, is_currency
from creditdesk.domain.cover.codes import answer_code, reason_of
from creditdesk.domain.cover.limit_states import (
    STAGE_TITLES,
    WITH_AMOUNT,
    LimitStage,
    may_follow,
    seen_by_rules,
    stage_of,
)
from creditdesk.domain.cover.limits import decision_on
from creditdesk.i18n import Message
from creditdesk.models import Buyer, Client, CreditLimit, Policy
from creditdesk.readings.policies import (
    APPLIED,
    Decision,
    decisions_by_buyer,
    policy_on,
    stage_of_row,
    the_policy,
)
from creditdesk.services.policies import requests
from creditdesk.services.policies.limit_doubts import doubt
from creditdesk.services.policies.limit_terms import longest
from creditdesk.services.policies.request_values import RequestLine
from creditdesk.services.policies.values import (
    LATER,
    BackdatedWrong,
    LimitAfterPolicy,
    LimitAmountWrong,
    LimitCurrencyOdd,
    LimitDatesWrong,
    LimitDecision,
    LimitLine,
    LimitNow,
    LimitPercentWrong,
    LimitStepImpossible,
    ReplacedUnknown,
    TemporaryWrong,
)

_MOST = Decimal(10) ** 15
"""More than any insurer approves, and still a number the desk can keep."""


def decide(session: Session, made: LimitDecision) -> int:
    """Add a decision; refused where its dates or amount can't be meant, or where it can't follow the one before."""
    _check(made)
    policy = the_policy(session, made.policy_id)
    if made.start > policy.period_end:
        raise LimitAfterPolicy(
            start=made.start, policy=policy.number, end=policy.period_end
        )
    buyer = session.get(Buyer, made.buyer_id)
    if buyer is None or buyer.client_id != policy.client_id:
        raise RecordMissing(what=f"buyer {made.buyer_id}")
    stage = stage_of(made.state, made.temporary or made.amount, made.requested)
    _check_step(session, made, stage)
    if stage in WITH_AMOUNT and (question := doubt(session, made, made.start)):
        raise question
    row = _row(session, made, stage)
    session.add(row)
    session.flush()  # the journal names it, and the request it answers
    if made.answers is not None:
        on = made.decided_on or made.start
        requests.settle(session, made.answers, on, row.edifact, row.id)
    after = {
        "state": stage.value,
        "amount": made.amount.plain,
        "from": made.start.isoformat(),
    }
    note(
        session,
        "decided",
        "credit_limit",
        row.id,
        client_id=policy.client_id,
        after=after,
    )
    return row.id


def lines(
    session: Session, policy_id: int | None, buyer_id: int | None, client_id: int | None
) -> tuple[LimitLine, ...]:
    """The decisions that stand, newest first."""
    found = session.execute(_asked(policy_id, buyer_id, client_id))
    return tuple(_line(*row) for row in found)


def history(
    session: Session, policy_id: int | None, buyer_id: int | None, client_id: int | None
) -> tuple[LimitLine, ...]:
    """The same with those that were voided."""
    statement = _asked(policy_id, buyer_id, client_id)
    found = session.execute(statement, execution_options=WITH_VOIDED)
    return tuple(_line(*row) for row in found)


def _asked(
    policy_id: int | None, buyer_id: int | None, client_id: int | None
) -> Select[CreditLimit, str, str, str]:
    statement = (
        select(CreditLimit, Policy.number, Buyer.name, Client.name)
        .join(Policy, Policy.id == CreditLimit.policy_id)
        .join(Buyer, Buyer.id == CreditLimit.buyer_id)
        .join(Client, Client.id == Policy.client_id)
        .order_by(CreditLimit.effective_from.desc(), CreditLimit.id.desc())
    )
    for column, wanted in (
        (CreditLimit.policy_id, policy_id),
        (CreditLimit.buyer_id, buyer_id),
        (Policy.client_id, client_id),
    ):
        if wanted is not None:
            statement = statement.where(column == wanted)
    return statement


def now(
    session: Session, policy: Policy, on: date, waiting: Iterable[RequestLine]
) -> Mapping[int, LimitNow]:
    """The limit of each buyer the policy knows on a day, and since when an answer is waited for."""
    terms = policy_on(session, policy.id, on).terms
    asked: dict[int, date] = {}
    for line in waiting:
        if line.policy_id == policy.id:
            asked.setdefault(line.buyer_id, line.sent_on)
    found = {
        buyer: replace(
            _standing(policy, decisions, on, terms.cancel_notice_days),
            idle_after=terms.limit_idle_days,
        )
        for buyer, decisions in decisions_by_buyer(session, policy.id).items()
    }
    unknown = LimitNow(
        policy.id, policy.number, APPLIED, None, None, None, LimitStage.APPLIED
    )
    for buyer, day in asked.items():
        found[buyer] = replace(found.get(buyer, unknown), asked_on=day)
    for buyer in _warned(session, policy.id, on):
        if buyer in found and found[buyer].amount:
            found[buyer] = replace(found[buyer], stage=LimitStage.IDLE_WARNED)
    return found


def _standing(
    policy: Policy, decisions: tuple[Decision, ...], on: date, notice_days: int
) -> LimitNow:
    held = decision_on((each.limit for each in decisions), on, notice_days)
    if held is None:
        later = [each for each in decisions if each.limit.begins(notice_days) > on]
        if len(later) < len(decisions):
            ended = LimitStage.EXPIRED
            return LimitNow(policy.id, policy.number, ended, None, None, None, ended)
        first = min(later, key=lambda each: each.limit.begins(notice_days))
        begins = first.limit.begins(notice_days)
        return LimitNow(policy.id, policy.number, LATER, None, begins, None, first.stage)  # fmt: skip
    stage = next(each.stage for each in decisions if each.limit is held)
    amount = held.in_force or None
    return LimitNow(
        policy.id, policy.number, held.state.value, amount, held.start, held.end, stage
    )


def _warned(session: Session, policy_id: int, on: date) -> set[int]:
    """Buyers whose newest entry is the insurer's warning that the limit lies idle."""
    rows = session.execute(
        select(CreditLimit.buyer_id, CreditLimit.state)
        .where(CreditLimit.policy_id == policy_id, CreditLimit.effective_from <= on)
        .order_by(CreditLimit.effective_from, CreditLimit.id)
    )
    newest = {buyer: state for buyer, state in rows}  # noqa: C416 - the last row of a buyer stays
    return {buyer for buyer, state in newest.items() if state == LimitStage.IDLE_WARNED}


def _check(made: LimitDecision) -> None:
    if not is_currency(made.amount.currency):
        raise LimitCurrencyOdd(currency=made.amount.currency)
    if made.end is not None and made.end < made.start:
        raise LimitDatesWrong(start=made.start, end=made.end)
    if made.backdated_to is not None and made.backdated_to > made.start:
        raise BackdatedWrong(start=made.start, backdated=made.backdated_to)
    if made.insured_pct is not None and not 1 < made.insured_pct <= 100:
        raise LimitPercentWrong(value=made.insured_pct)
    _check_amounts(made)


def _check_amounts(made: LimitDecision) -> None:
    given = (made.amount, made.requested, made.temporary)
    amounts = [each for each in given if each is not None]
    if not all(
        each.amount.is_finite() and 0 <= each.amount < _MOST for each in amounts
    ):
        raise LimitAmountWrong
    in_force = stage_of(made.state, made.amount, None) in WITH_AMOUNT
    if in_force and not (made.temporary or made.amount).rounded():
        raise LimitAmountWrong
    if (made.temporary is None) != (made.temporary_to is None):
        raise TemporaryWrong
    if made.temporary_to is not None and not (
        in_force and made.start <= made.temporary_to <= (made.end or date.max)
    ):
        raise TemporaryWrong


def _check_step(session: Session, made: LimitDecision, stage: LimitStage) -> None:
    """The table of rules.md 3.1; limits of an earlier policy may go on under this one."""
    rows = session.scalars(
        select(CreditLimit)
        .where(CreditLimit.buyer_id == made.buyer_id)
        .order_by(CreditLimit.effective_from, CreditLimit.id)
    ).all()
    mine = [row for row in rows if row.policy_id == made.policy_id]
    if made.replaces is not None and made.replaces not in {row.id for row in mine}:
        raise ReplacedUnknown
    before = _last_before(mine, made)
    elsewhere = _last_before([row for row in rows if row not in mine], made)
    known = {before or LimitStage.NOT_ASKED}
    if before is None and elsewhere is not None:
        known.add(elsewhere)
    asked = bool(made.applied_on or made.requested or made.answers)
    if not may_follow(stage, known, asked=asked):
        raise LimitStepImpossible(
            on=made.start,
            before=Message(STAGE_TITLES[before or LimitStage.NOT_ASKED]),
            after=Message(STAGE_TITLES[stage]),
        )


def _last_before(rows: list[CreditLimit], made: LimitDecision) -> LimitStage | None:
    """Where the limit stood before this decision, which may take another's place."""
    earlier = [
        row
        for row in rows
        if row.effective_from <= made.start and row.id != made.replaces
    ]
    return stage_of_row(earlier[-1]) if earlier else None


def _row(session: Session, made: LimitDecision, stage: LimitStage) -> CreditLimit:
    database: Database = session.info["database"]
    term = longest(
        session, session.get_one(Buyer, made.buyer_id), made.max_term, made.max_term_as
    )
    return CreditLimit(
        policy_id=made.policy_id,
        buyer_id=made.buyer_id,
        state=seen_by_rules(stage),
        stage=stage,
        edifact=answer_code(stage, made.reason),
        currency=made.amount.currency,
        amount_minor=made.amount.rounded().minor,
        requested_minor=_minor(made.requested),
        effective_from=made.start,
        effective_to=made.end,
        backdated_to=made.backdated_to,
        temporary_minor=_minor(made.temporary),
        temporary_to=made.temporary_to,
        insured_pct=f"{made.insured_pct:f}" if made.insured_pct is not None else "",
        replaces=made.replaces,
        applied_on=made.applied_on,
        decided_on=made.decided_on,
        payment_method=made.payment_method,
        max_term_days=term.days if made.max_term else made.max_term_days,
        max_term=term.words,
        max_term_as=term.option,
        condition=made.condition.strip(),
        decision_no=made.decision_no.strip(),
        recorded_at=database.now(),
        who=database.who,
    )


def _minor(amount: Money | None) -> int | None:
    return amount.rounded().minor if amount else None


def _line(row: CreditLimit, policy: str, buyer: str, client: str) -> LimitLine:
    def money(minor: int | None) -> Money | None:
        return None if minor is None else Money.of_minor(minor, row.currency)

    return LimitLine(
        id=row.id,
        policy_id=row.policy_id,
        policy=policy,
        buyer_id=row.buyer_id,
        buyer=buyer,
        client=client,
        state=row.state,
        amount=Money.of_minor(row.amount_minor, row.currency),
        requested=money(row.requested_minor),
        start=row.effective_from,
        end=row.effective_to,
        applied_on=row.applied_on,
        decided_on=row.decided_on,
        payment_method=row.payment_method,
        max_term_days=row.max_term_days,
        condition=row.condition,
        decision_no=row.decision_no,
        who=row.who,
        stage=stage_of_row(row),
        reason=reason_of(row.edifact),
        insured_pct=Decimal(row.insured_pct) if row.insured_pct else None,
        backdated_to=row.backdated_to,
        temporary=money(row.temporary_minor),
        temporary_to=row.temporary_to,
        replaces=row.replaces,
        voided=voided(row),
        max_term=row.max_term,
    )
