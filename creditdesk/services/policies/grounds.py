"""Grounds of a discretionary limit: looked for in the ledger, and kept with their evidence (rules.md 3.5)."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.domain.base.calendar import months_later
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.cover.case import IndemnityTerms
from creditdesk.domain.cover.discretionary import (
    MONTHS,
    Basis,
    Experience,
    Question,
    experience,
    kills,
)
from creditdesk.models import Buyer, DiscretionaryGround, Policy
from creditdesk.readings.cases import (
    adverse_since,
    books,
    cover_events,
    grounds_of,
    rates_of,
)
from creditdesk.readings.policies import limits_of, policy_on, the_policy
from creditdesk.services.policies.ground_values import (
    DiscretionaryKilled,
    EvidenceTooOld,
    GroundAmountMissing,
    GroundAmountTooHigh,
    GroundCheck,
    GroundLine,
    NewGround,
    NoDiscretionary,
)
from creditdesk.services.policies.values import OwnLimit


def check(session: Session, policy_id: int, buyer_id: int, on: date) -> GroundCheck:
    """What the ledger proves on a day. Raises `NoDiscretionary` where the policy gives no such right."""
    question, most = _question(session, policy_id, buyer_id, on)
    found = experience(question)
    terms = policy_on(session, policy_id, on).terms
    return GroundCheck(
        policy_id=policy_id,
        buyer_id=buyer_id,
        on=on,
        most=most,
        rules=str(terms.values.get("dcl_rules", "")),
        pct=terms.dcl_pct,
        experience=found,
        forbidden=kills(question),
    )


def keep(session: Session, made: NewGround, today: date) -> int:
    """Freeze the grounds with what proves them; raises where something forbids a limit of one's own."""
    looked = check(session, made.policy_id, made.buyer_id, today)
    if looked.forbidden:
        raise DiscretionaryKilled(why=looked.forbidden)
    if made.basis is Basis.EXPERIENCE:
        made = _from_experience(made, looked.experience)
    amount = _checked_amount(made, looked)
    evidence = made.evidence_date
    if evidence is None or not months_later(today, -MONTHS) <= evidence <= today:
        raise EvidenceTooOld
    database: Database = session.info["database"]
    row = DiscretionaryGround(
        policy_id=made.policy_id,
        buyer_id=made.buyer_id,
        basis=made.basis,
        currency=amount.currency,
        amount_minor=amount.rounded().minor,
        insured_pct=f"{made.pct:f}" if made.pct is not None else "",
        evidence_date=evidence,
        figures=_figures(looked, made),
        document_id=made.document,
        note=made.note.strip(),
        recorded_at=database.now(),
        who=database.who,
    )
    session.add(row)
    session.flush()  # the journal names it
    client = the_policy(session, made.policy_id).client_id
    after = {"basis": made.basis.value, "amount": amount.plain, "evidence": evidence.isoformat()}  # fmt: skip
    note(session, "kept", "discretionary_ground", row.id, client_id=client, after=after)
    return row.id


def lines(session: Session, buyer_id: int) -> tuple[GroundLine, ...]:
    """The grounds that were kept, newest first."""
    rows = session.execute(
        select(DiscretionaryGround, Policy.number)
        .join(Policy, Policy.id == DiscretionaryGround.policy_id)
        .where(DiscretionaryGround.buyer_id == buyer_id)
        .order_by(
            DiscretionaryGround.evidence_date.desc(), DiscretionaryGround.id.desc()
        )
    )
    return tuple(
        GroundLine(
            id=row.id,
            policy=policy,
            basis=Basis(row.basis),
            amount=Money.of_minor(row.amount_minor, row.currency),
            evidence_date=row.evidence_date,
            until=months_later(row.evidence_date, MONTHS),
            purchases=len(row.figures.get("purchases", ())),
            note=row.note,
            who=row.who,
            recorded_on=row.recorded_at.date(),
        )
        for row, policy in rows
    )


def in_force(session: Session, on: date, client_id: int | None) -> dict[int, OwnLimit]:
    """The newest grounds of each buyer without any decision, where they carry the day."""
    statement = (
        select(DiscretionaryGround.policy_id, DiscretionaryGround.buyer_id)
        .join(Policy, Policy.id == DiscretionaryGround.policy_id)
        .where(Policy.period_start <= on, Policy.period_end >= on)
        .distinct()
    )
    if client_id is not None:
        statement = statement.where(Policy.client_id == client_id)
    found: dict[int, OwnLimit] = {}
    for policy, buyer in session.execute(statement).all():
        if limits_of(session, policy, buyer):
            continue
        events = cover_events(session, buyer)
        for ground in grounds_of(session, policy, buyer):
            since = adverse_since(events, ground.evidence_date)
            if ground.discretionary(since, None).is_justified(on):
                until = months_later(ground.evidence_date, MONTHS)
                found[buyer] = OwnLimit(ground.amount, until)
    return found


def _question(
    session: Session, policy_id: int, buyer_id: int, on: date
) -> tuple[Question, Money]:
    there = policy_on(session, policy_id, on)
    buyer = session.get(Buyer, buyer_id)
    if buyer is None or buyer.client_id != there.policy.client_id:
        raise RecordMissing(what=f"buyer {buyer_id}")
    terms = there.terms
    most = terms.dcl_amount
    if not most:
        raise NoDiscretionary(policy=there.policy.number)
    ledger = books(session, buyer_id)
    stop = IndemnityTerms.of(terms, cause=Cause.PROTRACTED_DEFAULT)
    return Question(
        on=on,
        currency=terms.currency,
        invoices=ledger.debts,
        credits=ledger.credits,
        limits=limits_of(session, policy_id, buyer_id),
        events=cover_events(session, buyer_id),
        rates=rates_of(session, terms.currency),
        extension_days=stop.mep_days or 0,
        notice_days=terms.cancel_notice_days,
        most=most,
        floor=stop.stop_floor,
    ), most


def _from_experience(made: NewGround, found: Experience) -> NewGround:
    """The ledger's own answer; a person may only take less of it."""
    if found.amount is None:
        raise DiscretionaryKilled(why=found.against)
    wanted = made.amount
    if wanted is not None and wanted.amount > found.amount.amount:
        raise GroundAmountTooHigh(amount=wanted, most=found.amount)
    return replace(made, amount=wanted or found.amount, evidence_date=found.evidence_date)  # fmt: skip


def _checked_amount(made: NewGround, looked: GroundCheck) -> Money:
    if not made.amount or made.amount.currency != looked.most.currency:
        raise GroundAmountMissing(currency=looked.most.currency)
    if made.amount.amount > looked.most.amount:
        raise GroundAmountTooHigh(amount=made.amount, most=looked.most)
    return made.amount


def _figures(looked: GroundCheck, made: NewGround) -> dict[str, Any]:
    """What proves it, as plain values that are kept for ever."""
    found = looked.experience
    figures: dict[str, Any] = {
        "checked_on": looked.on.isoformat(),
        "most": [looked.most.plain, looked.most.currency],
    }
    if made.basis is not Basis.EXPERIENCE:
        return figures
    return {
        **figures,
        "highest": [found.highest.plain, found.highest.currency],
        "purchases": [
            {
                "number": each.number,
                "issued": each.issued.isoformat(),
                "due": each.due.isoformat(),
                "settled_on": each.settled_on.isoformat() if each.settled_on else None,
                "amount": [each.amount.plain, each.amount.currency],
            }
            for each in found.in_time
        ],
    }
