"""How an insurer served us, from our own records: limit answers, acceptance, what it insured (rules.md 8)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import REASONS, reason_of
from creditdesk.domain.insurers.files import Service, middle
from creditdesk.domain.review.insurer import LimitAnswer, PremiumAsked
from creditdesk.i18n import Message
from creditdesk.models import (
    Buyer,
    Client,
    CreditLimit,
    Invoice,
    InvoiceCover,
    LimitRequest,
    Policy,
    PremiumNote,
)

_OWN_ACTS = ("REDUCED", "CANCELLED", "SUSPENDED", "EXPIRED", "IDLE_WARNED")
_WAITING = ("APPLIED", "INVESTIGATING")


def service_of(session: Session, insurer: str) -> Service:
    """Over all clients and all time."""
    found = list(_decided(session, insurer))
    days = [each.days for each in found if each.days is not None]
    asked = [
        (each.requested, each.granted) for each in found if each.requested is not None
    ]
    return Service(
        answered=len(asked),
        in_full=sum(approved >= requested for requested, approved in asked),
        waiting=_waiting(session, insurer),
        days=middle(days),
        accepted=_by_currency(asked),
        insured=_insured(session, insurer),
        reasons=_reasons(session, insurer),
    )


def usual_days(session: Session, insurer: str) -> int | None:
    """From application to decision, the middle of all answered; None: it answered none of ours."""
    days = [each.days for each in _decided(session, insurer)]
    return middle([each for each in days if each is not None])


@dataclass(frozen=True, slots=True)
class _Decided:
    """A limit the insurer decided on. `requested` None: nobody entered what was asked for."""

    limit: CreditLimit
    requested: Money | None
    granted: Money
    applied: date | None
    decided: date

    @property
    def days(self) -> int | None:
        if self.applied is None or self.decided < self.applied:
            return None
        return (self.decided - self.applied).days


def _decided(session: Session, insurer: str) -> Iterator[_Decided]:
    rows = session.execute(
        select(CreditLimit, LimitRequest)
        .join(Policy, Policy.id == CreditLimit.policy_id)
        .outerjoin(LimitRequest, LimitRequest.decision_id == CreditLimit.id)
        .where(
            Policy.insurer == insurer, CreditLimit.state.not_in((*_OWN_ACTS, "APPLIED"))
        )
        .order_by(CreditLimit.id)
    )
    for limit, request in rows:
        minor = limit.requested_minor
        if minor is None and request is not None:
            minor = request.amount_minor
        approved = limit.temporary_minor or limit.amount_minor
        yield _Decided(
            limit,
            Money.of_minor(minor, limit.currency) if minor is not None else None,
            Money.of_minor(approved, limit.currency),
            limit.applied_on or (request.sent_on if request else None),
            limit.decided_on or limit.effective_from,
        )


def answers_of(session: Session, insurer: str) -> Iterator[LimitAnswer]:
    """Its answers to our applications, the oldest first; a decision without what was asked for is no answer."""
    found = [each for each in _decided(session, insurer) if each.requested is not None]
    names = {
        policy: (number, client, name)
        for policy, number, client, name in session.execute(
            select(Policy.id, Policy.number, Client.id, Client.name)
            .join(Client, Client.id == Policy.client_id)
            .where(Policy.insurer == insurer)
        )
    }
    asked = {each.limit.buyer_id for each in found}
    named = select(Buyer.id, Buyer.name).where(Buyer.id.in_(asked))
    buyers = {row.id: row.name for row in session.execute(named)}
    for each in sorted(found, key=lambda one: (one.decided, one.limit.id)):
        policy, client, name = names[each.limit.policy_id]
        assert each.requested is not None  # noqa: S101 - the others were left out
        yield LimitAnswer(
            client_id=client, client=name, buyer_id=each.limit.buyer_id, buyer=buyers[each.limit.buyer_id],
            policy=policy, asked=each.requested, granted=each.granted, applied_on=each.applied, decided_on=each.decided,
        )  # fmt: skip


def premiums_of(session: Session, insurer: str) -> Iterator[PremiumAsked]:
    """What it asked for by notes that stand, fees left out, by the day they are due."""
    rows = session.execute(
        select(PremiumNote, Policy.number, Client.name)
        .join(Policy, Policy.id == PremiumNote.policy_id)
        .join(Client, Client.id == PremiumNote.client_id)
        .where(Policy.insurer == insurer, PremiumNote.kind != "fee")
        .order_by(PremiumNote.due_on, PremiumNote.id)
    )
    for note, policy, client in rows:
        yield PremiumAsked(
            client_id=note.client_id, client=client, policy_id=note.policy_id, policy=policy,
            amount=Money.of_minor(note.amount_minor, note.currency), due_on=note.due_on, paid_on=note.paid_on,
        )  # fmt: skip


def _by_currency(pairs: Iterable[tuple[Money, Money]]) -> tuple[tuple[Money, Money], ...]:  # fmt: skip
    sums: dict[str, tuple[Money, Money]] = {}
    for first, second in pairs:
        code = first.currency
        known = sums.get(code, (Money.zero(code), Money.zero(code)))
        sums[code] = known[0] + first, known[1] + second
    return tuple(sums[code] for code in sorted(sums))


def _waiting(session: Session, insurer: str) -> int:
    count = (
        select(func.count(LimitRequest.id))
        .join(Policy, Policy.id == LimitRequest.policy_id)
        .where(Policy.insurer == insurer, LimitRequest.state.in_(_WAITING))
    )
    return session.scalar(count) or 0


def _insured(session: Session, insurer: str) -> tuple[tuple[Money, Money], ...]:
    """What was shipped under its policies, and what of that was insured when it left."""
    newest = select(func.max(InvoiceCover.id)).group_by(InvoiceCover.invoice_id)
    rows = session.execute(
        select(
            InvoiceCover.currency,
            func.sum(Invoice.amount_fine),
            func.sum(InvoiceCover.insured_minor),
        )
        .join(Invoice, Invoice.id == InvoiceCover.invoice_id)
        .join(Policy, Policy.id == InvoiceCover.policy_id)
        .where(
            InvoiceCover.id.in_(newest),
            Policy.insurer == insurer,
            Invoice.currency == InvoiceCover.currency,
        )
        .group_by(InvoiceCover.currency)
        .order_by(InvoiceCover.currency)
    )
    return tuple(
        (Money.of_fine(fine, code).rounded(), Money.of_minor(minor, code))
        for code, fine, minor in rows
    )


def _reasons(session: Session, insurer: str) -> tuple[tuple[Message, int], ...]:
    found = session.scalars(
        select(CreditLimit.edifact)
        .join(Policy, Policy.id == CreditLimit.policy_id)
        .where(Policy.insurer == insurer, CreditLimit.edifact != "")
    )
    told = Counter(code for code in map(reason_of, found) if code in REASONS)
    return tuple((Message(REASONS[code]), count) for code, count in told.most_common())
