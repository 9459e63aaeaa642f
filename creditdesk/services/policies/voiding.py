"""Limits and policies that were entered by mistake: what rests on one keeps it, else it counts no more."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from creditdesk.db import search
from creditdesk.db.errors import VoidRestsOn
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import standing_row, void, voided
from creditdesk.domain.base.voiding import VoidedEntry
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.domain.declare import declared
from creditdesk.i18n import N_, Message
from creditdesk.models import (
    Claim,
    ClaimInvoice,
    Client,
    CreditLimit,
    DiscretionaryGround,
    IndemnityRecord,
    InvoiceCover,
    LimitRequest,
    Notice,
    Policy,
    PremiumNote,
)
from creditdesk.readings.declarations import declarations_of
from creditdesk.readings.policies import the_policy

_LIMIT = N_("Limit decision {number}")
_POLICY = N_("Policy {number}")
_FOLLOWED = N_("the decision that counts from {day} takes its place")
_KEPT = N_(
    "Kept calculations rest on this limit: {claims}. They stay as they were kept; calculate the claims anew."
)
_RESTS: tuple[tuple[InstrumentedAttribute[int], str], ...] = (
    (CreditLimit.policy_id, N_("limits: {count}")),
    (LimitRequest.policy_id, N_("requests to the insurer: {count}")),
    (DiscretionaryGround.policy_id, N_("discretionary limits: {count}")),
    (Notice.policy_id, N_("notices to the insurer: {count}")),
    (PremiumNote.policy_id, N_("premium notes: {count}")),
    (Claim.policy_id, N_("claims: {count}")),
)
_DECLARED = N_("declarations: {count}")


def void_limit(session: Session, limit: int, why: str) -> None:
    """The decision was never made, or not so; a request it answered waits again."""
    row = standing_row(session, CreditLimit, limit, _LIMIT)
    later = select(CreditLimit.effective_from).where(CreditLimit.replaces == limit)
    follows = session.scalars(later).all()
    if follows:
        reasons = tuple(Message.of(_FOLLOWED, day=day) for day in follows)
        raise VoidRestsOn(what=Message.of(_LIMIT, number=limit), reasons=reasons)
    client = the_policy(session, row.policy_id).client_id
    void(session, row, why, subject="credit_limit", number=limit, client=client)
    asked = select(LimitRequest).where(LimitRequest.decision_id == limit)
    for request in session.scalars(asked):
        request.state, request.answer = LimitStage.APPLIED, ""
        request.answered_on = request.decision_id = None


def limit_remarks(session: Session, limit: int) -> tuple[Message, ...]:
    """What a person should know before voiding a limit: calculations that were kept with it."""
    found = session.scalars(
        select(Claim.number)
        .join(ClaimInvoice, ClaimInvoice.claim_id == Claim.id)
        .join(InvoiceCover, InvoiceCover.invoice_id == ClaimInvoice.invoice_id)
        .join(IndemnityRecord, IndemnityRecord.claim_id == Claim.id)
        .where(InvoiceCover.decision_id == limit)
        .distinct()
        .order_by(Claim.number)
    ).all()
    return (Message.of(_KEPT, claims=tuple(found)),) if found else ()


def void_policy(session: Session, policy: int, why: str) -> None:
    """There is no such policy. Raises `VoidRestsOn` where something was entered under it."""
    row = standing_row(session, Policy, policy, _POLICY)
    reasons = tuple(_resting(session, policy))
    if reasons:
        raise VoidRestsOn(what=Message.of(_POLICY, number=row.number), reasons=reasons)
    void(session, row, why, subject="policy", number=policy, client=row.client_id)
    search.forget(session, "policy", [policy])


def voided_policies(session: Session, client_id: int | None) -> tuple[VoidedEntry, ...]:
    """The policies that were entered by mistake, the newest first."""
    statement = (
        select(Policy, Client.name)
        .join(Client, Client.id == Policy.client_id)
        .where(Policy.voided_at.is_not(None))
        .order_by(Policy.voided_at.desc(), Policy.id.desc())
    )
    if client_id is not None:
        statement = statement.where(Policy.client_id == client_id)
    found = session.execute(statement, execution_options=WITH_VOIDED)
    return tuple(
        VoidedEntry(row.id, client, row.number, row.insurer, how)
        for row, client in found
        if (how := voided(row)) is not None
    )


def _resting(session: Session, policy: int) -> Iterator[Message]:
    for column, told in _RESTS:
        count = session.scalar(select(func.count(column)).where(column == policy))
        if count:
            yield Message.of(told, count=count)
    if stands := declared.standing(declarations_of(session, policy)):
        yield Message.of(_DECLARED, count=len(stands))
