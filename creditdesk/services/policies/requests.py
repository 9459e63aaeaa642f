"""Requests to the insurer about limits: drafted from the credit file, kept as sent, settled by the answer."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.domain.base.calendar import months_later
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.cover.codes import INVESTIGATING, RequestKind
from creditdesk.domain.cover.limit_request import (
    LimitRequestDraft,
    RequestFigures,
    changes,
)
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.domain.cover.limits import decision_on
from creditdesk.domain.ledger.aging import age
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.models import Buyer, LimitRequest
from creditdesk.readings.parties import buyer_party, client_party, firm
from creditdesk.readings.policies import (
    Decision,
    decisions_by_buyer,
    policy_on,
    the_policy,
)
from creditdesk.readings.queries import ledger_items
from creditdesk.services.policies.request_lines import OPEN
from creditdesk.services.policies.request_values import (
    ANSWERED,
    WITHDRAWN,
    AnswerTooEarly,
    NothingToChange,
    RequestAmountMissing,
    RequestAmountOdd,
    RequestInFuture,
    RequestSettled,
    RequestWaiting,
    SentRequest,
)


def draft(
    session: Session, policy_id: int, buyer_id: int, kind: RequestKind, on: date
) -> LimitRequestDraft:
    """The request as the credit file fills it; amount and reason are for a person to give."""
    there = policy_on(session, policy_id, on)
    buyer = buyer_party(session, buyer_id)
    decisions = decisions_by_buyer(session, policy_id, buyer_id).get(buyer_id, ())
    held = _held(decisions, on, there.terms.cancel_notice_days)
    if kind is not RequestKind.NEW and not decisions:
        raise NothingToChange(buyer=buyer.name, policy=there.policy.number)
    figures = _figures(session, buyer_id, on)
    limit = held.limit if held else None
    amount = (limit.in_force or None) if limit else None
    term = limit.max_term_days if limit else None
    return LimitRequestDraft(
        kind=kind,
        on=on,
        firm=firm(session),
        insurer=Party(name=there.policy.insurer),
        policyholder=client_party(session, there.policy.client_id),
        buyer=buyer,
        policy_no=there.policy.number,
        policy_start=there.policy.period_start,
        policy_end=there.policy.period_end,
        currency=there.policy.currency,
        figures=figures,
        in_force=amount,
        in_force_until=limit.end if limit else None,
        decision_no=held.number if held else "",
        amount=amount if kind is RequestKind.RENEWAL else None,
        payment_method=(limit.payment_method or "") if limit else "",
        max_term_days=figures.longest_term if term is None else term,
    )


def record(  # noqa: PLR0913, PLR0917 - whose, what, when
    session: Session,
    policy_id: int,
    buyer_id: int,
    told: LimitRequestDraft,
    sent: SentRequest,
    today: date,
) -> int:
    """Keep what was sent."""
    _check(session, policy_id, buyer_id, told, sent, today)
    database: Database = session.info["database"]
    row = LimitRequest(
        policy_id=policy_id,
        buyer_id=buyer_id,
        kind=told.kind,
        currency=told.amount.currency if told.amount else told.currency,
        amount_minor=told.amount.rounded().minor if told.amount else None,
        payment_method=told.payment_method,
        max_term_days=told.max_term_days,
        wanted_from=told.wanted_from,
        reason=told.reason,
        sent_on=sent.sent_on,
        way=sent.way,
        content=told.content,
        receipt_id=sent.receipt,
        state=LimitStage.APPLIED,
        recorded_at=database.now(),
        who=database.who,
    )
    session.add(row)
    session.flush()  # the journal names it
    _note(session, row, "sent", {"sent_on": sent.sent_on.isoformat(), "way": sent.way})
    return row.id


def answer(session: Session, request_id: int, on: date, codes: str) -> None:
    """The insurer's answer that decides nothing new: still looking into it, or everything stays as it is."""
    settle(session, request_id, on, codes, None)


def withdraw(session: Session, request_id: int, on: date) -> None:
    """The client no longer asks."""
    row = _waiting(session, request_id, on)
    row.state = WITHDRAWN
    row.answered_on = on
    _note(session, row, "withdrawn", {"on": on.isoformat()})


def settle(
    session: Session, request_id: int, on: date, codes: str, decision: int | None
) -> None:
    """Keep the answer with the request, and the decision it led to."""
    row = _waiting(session, request_id, on)
    looking = codes.startswith(f"4507:{INVESTIGATING}") and decision is None
    row.state = LimitStage.INVESTIGATING if looking else ANSWERED
    row.answer = codes
    row.answered_on = on
    row.decision_id = decision
    _note(session, row, "answered", {"on": on.isoformat(), "answer": codes})


def _check(  # noqa: PLR0913, PLR0917 - whose, what, when
    session: Session,
    policy_id: int,
    buyer_id: int,
    told: LimitRequestDraft,
    sent: SentRequest,
    today: date,
) -> None:
    if sent.sent_on > today:
        raise RequestInFuture(on=sent.sent_on)
    buyer = session.get(Buyer, buyer_id)
    if buyer is None or buyer.client_id != the_policy(session, policy_id).client_id:
        raise RecordMissing(what=f"buyer {buyer_id}")
    before = session.scalars(
        select(LimitRequest.sent_on).where(
            LimitRequest.policy_id == policy_id,
            LimitRequest.buyer_id == buyer_id,
            LimitRequest.state.in_(OPEN),
        )
    ).first()
    if before is not None:
        raise RequestWaiting(on=before, buyer=told.buyer.name)
    _check_amount(told)


def _check_amount(told: LimitRequestDraft) -> None:
    if told.kind is RequestKind.CANCELLATION:
        return
    if not told.amount:
        raise RequestAmountMissing
    if not changes(told.kind, told.in_force, told.amount):
        raise RequestAmountOdd(limit=told.in_force, amount=told.amount)


def _held(
    decisions: tuple[Decision, ...], on: date, notice_days: int
) -> Decision | None:
    limit = decision_on((each.limit for each in decisions), on, notice_days)
    return next((each for each in decisions if each.limit is limit), None)


def _figures(session: Session, buyer_id: int, on: date) -> RequestFigures:
    items = ledger_items(session, buyer_ids=[buyer_id])
    aging = age(items.documents, items.receipts, on)
    sums = aging.by_buyer.get(buyer_id, {}).values()
    overdue = [each.outstanding - each.columns[0] for each in sums]
    year = months_later(on, -12)
    sold: dict[str, Money] = {}
    terms = []
    for item in items.documents:
        if not year < item.issued <= on:
            continue
        sign = item.kind.turnover
        currency = item.amount.currency
        sold[currency] = sold.get(currency, Money.zero(currency)) + item.amount.times(sign)  # fmt: skip
        if item.kind is DocumentKind.INVOICE and item.due:
            terms.append((item.due - item.issued).days)
    late = max((row.days_overdue for row in aging.rows if row.is_overdue), default=0)
    return RequestFigures(
        balance=tuple(each.balance.rounded() for each in sums if each.balance),
        overdue=tuple(each.rounded() for each in overdue if each),
        turnover=tuple(each.rounded() for _, each in sorted(sold.items()) if each),
        oldest_days=late if late > 0 else None,
        longest_term=max(terms, default=None),
    )


def _waiting(session: Session, request_id: int, on: date) -> LimitRequest:
    row = session.get(LimitRequest, request_id)
    if row is None:
        raise RecordMissing(what=f"request {request_id}")
    if row.state not in OPEN:
        raise RequestSettled
    if on < row.sent_on:
        raise AnswerTooEarly(sent=row.sent_on, on=on)
    return row


def _note(
    session: Session, row: LimitRequest, what: str, after: dict[str, object]
) -> None:
    client = the_policy(session, row.policy_id).client_id
    note(session, what, "limit_request", row.id, client_id=client, after=after)
