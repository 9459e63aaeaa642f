"""What a client decides about a buyer, with the figures as they stood and the approval its authority asks for."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.journal import note
from creditdesk.db.voids import standing_row, voided
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.credit_rules import (
    Departure,
    DepartureUnallowed,
    approver,
    departures,
    said,
)
from creditdesk.domain.credit.deciding import CreditVerdict, figures, needs_approval
from creditdesk.i18n import N_
from creditdesk.models import Buyer, CreditAuthority, CreditDecision
from creditdesk.readings.queries import the_client
from creditdesk.services.credit import credit_rules, grades, judging, scores
from creditdesk.services.credit.records import (
    mistake,
    must_have_been,
    of_buyer,
    the_buyer,
    written,
)
from creditdesk.services.credit.values import (
    ApprovedAlready,
    ApproverMissing,
    Authority,
    DecisionAmountMissing,
    DecisionLine,
    DecisionReasonMissing,
    DecisionTermsMissing,
    NewDecision,
)

_CALLED = N_("Decision {number}")


def decide(session: Session, new: NewDecision, today: date) -> int:
    """Keep a decision with the score of its day; the answer is its number."""
    must_have_been(new.on, today)
    _refuse(new)
    buyer = the_buyer(session, new.buyer_id)
    found = judging.rating(session, buyer.id, new.on)
    scores.kept(session, buyer.id, found)
    approver = _approver(session, buyer.client_id, new)
    departs = _departures(session, buyer, new)
    at, who = written(session)
    row = CreditDecision(
        client_id=buyer.client_id,
        buyer_id=buyer.id,
        answer=new.verdict.value,
        currency=new.amount.currency if new.amount else found.currency,
        amount_minor=new.amount.minor if new.amount else None,
        terms=new.terms.strip(),
        reason=new.reason.strip(),
        decided_on=new.on,
        figures={
            **figures(found.rating.score, found.limits),
            "balance": found.balance.plain,
            "limit": found.limit.plain if found.limit else None,
        },
        approver=approver,
        term_days=new.term_days,
        departures=" ".join(departs),
        allowed_by=new.allowed_by.strip() if departs else "",
        document_id=new.document,
        recorded_at=at,
        who=who,
    )
    session.add(row)
    session.flush()  # the journal names it
    note(
        session, "decided", "credit_decision", row.id, client_id=row.client_id,
        after={"answer": row.answer, "amount": new.amount.plain if new.amount else None, "approver": row.approver},
    )  # fmt: skip
    return row.id


def _same(amount: Money | None, bound: Money) -> bool:
    return amount is not None and amount.currency == bound.currency


def _refuse(new: NewDecision) -> None:
    if not new.reason.strip():
        raise DecisionReasonMissing
    if new.verdict is not CreditVerdict.REFUSE and new.amount is None:
        raise DecisionAmountMissing
    if new.verdict is CreditVerdict.TERMS and not new.terms.strip():
        raise DecisionTermsMissing


def approve(session: Session, number: int, by: str, on: date, today: date) -> None:
    """Whoever the client's authority names has approved a decision."""
    must_have_been(on, today)
    row = standing_row(session, CreditDecision, number, _CALLED)
    if not row.approver or row.approved_on is not None:
        raise ApprovedAlready(number=number)
    if not by.strip():
        raise ApproverMissing
    row.approved_by, row.approved_on = by.strip(), on
    note(
        session, "approved", "credit_decision", row.id, client_id=row.client_id,
        after={"by": row.approved_by, "on": on.isoformat()},
    )  # fmt: skip


def take_back(session: Session, number: int, why: str) -> None:
    """A decision was entered by mistake."""
    mistake(session, CreditDecision, number, why, _CALLED)


def lines(session: Session, buyer_id: int) -> tuple[DecisionLine, ...]:
    """The decisions on a buyer, the newest first, voided ones too."""
    found = [_line(row) for row in of_buyer(session, CreditDecision, buyer_id)]
    return tuple(sorted(found, key=lambda each: (each.on, each.id), reverse=True))


def _line(row: CreditDecision) -> DecisionLine:
    amount = None
    if row.amount_minor is not None:
        amount = Money.of_minor(row.amount_minor, row.currency)
    return DecisionLine(
        id=row.id,
        verdict=CreditVerdict(row.answer),
        on=row.decided_on,
        amount=amount,
        terms=row.terms,
        reason=row.reason,
        figures=row.figures,
        currency=row.currency,
        approver=row.approver,
        approved_by=row.approved_by,
        approved_on=row.approved_on,
        document_id=row.document_id,
        who=row.who,
        voided=voided(row),
        term_days=row.term_days,
        departures=tuple(map(Departure, row.departures.split())),
        allowed_by=row.allowed_by,
    )


def _approver(session: Session, client_id: int, new: NewDecision) -> str:
    """Whose approval it needs: by the client's credit rules, else by the plain authority; empty: nobody's."""
    rules = credit_rules.rules_on(session, client_id, new.on)
    if rules is not None and (new.amount is None or new.amount.currency == rules.currency):  # fmt: skip
        amount = new.amount.amount if new.amount else None
        return approver(rules, amount, new.term_days)
    rule = authority(session, client_id, new.on)
    bound = rule.amount.amount if rule and _same(new.amount, rule.amount) else None
    above = needs_approval(new.amount.amount if new.amount else None, bound)
    return rule.approver if rule and above else ""


def _departures(session: Session, buyer: Buyer, new: NewDecision) -> tuple[Departure, ...]:  # fmt: skip
    """How it departs from the rules. Raises `DepartureUnallowed` where nobody allowed it."""
    rules = credit_rules.rules_on(session, buyer.client_id, new.on)
    if rules is None or new.verdict is CreditVerdict.REFUSE:
        return ()
    same = new.amount is not None and new.amount.currency == rules.currency
    known = (each for each in grades.lines(session, buyer.id) if each.voided is None)
    rated = [each.as_of for each in known if each.as_of <= new.on]
    found = tuple(
        departures(
            rules,
            new.on,
            amount=new.amount.amount if new.amount and same else None,
            days=new.term_days,
            rated_on=max(rated, default=None),
        )
    )
    if found and not new.allowed_by.strip():
        raise DepartureUnallowed(what=said(found))
    return found


def authorize(session: Session, client_id: int, rule: Authority) -> None:
    """From a day on the client's people decide alone up to this amount."""
    client = the_client(session, client_id)
    if not rule.approver.strip():
        raise ApproverMissing
    at, who = written(session)
    row = CreditAuthority(
        client_id=client.id,
        currency=rule.amount.currency,
        amount_minor=rule.amount.minor,
        approver=rule.approver.strip(),
        since=rule.since,
        recorded_at=at,
        who=who,
    )
    session.add(row)
    session.flush()  # the journal names it
    note(
        session, "added", "credit_authority", row.id, client_id=client.id,
        after={"amount": rule.amount.plain, "approver": row.approver, "since": rule.since.isoformat()},
    )  # fmt: skip


def alone_up_to(session: Session, client_id: int, on: date) -> Authority | None:
    """What the client's people decide alone and who approves what is above, as `_approver` has it; None: no bound."""
    rules = credit_rules.rules_on(session, client_id, on)
    if rules is None:
        return authority(session, client_id, on)
    first, *above = rules.levels
    if first.amount is None or not above:
        return None
    amount = Money(first.amount, rules.currency).rounded()
    return Authority(amount=amount, approver=above[0].approver, since=rules.since)


def authority(session: Session, client_id: int, on: date) -> Authority | None:
    """The rule that holds on a day; None: the client named none."""
    row = session.scalars(
        select(CreditAuthority)
        .where(CreditAuthority.client_id == client_id, CreditAuthority.since <= on)
        .order_by(CreditAuthority.since.desc(), CreditAuthority.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    amount = Money.of_minor(row.amount_minor, row.currency)
    return Authority(amount=amount, approver=row.approver, since=row.since)
