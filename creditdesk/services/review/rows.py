"""The review's other rows: limits, aging, duties, claims, sources, notes."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from sqlalchemy import select

from creditdesk.catalog.policies import duty_rules
from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.duties import DutyRule
from creditdesk.domain.duties.tasks import TaskOrigin
from creditdesk.domain.review.cures import cure, reason_words
from creditdesk.domain.review.rows import (
    AgeingRow,
    DutyRow,
    LessonRow,
    LimitRow,
    SourceRow,
    UninsuredRow,
)
from creditdesk.i18n import N_, Bilingual, Message
from creditdesk.models import (
    Buyer,
    Claim,
    CreditLimit,
    Duty,
    ImportBatch,
    Invoice,
    LimitRequest,
    Policy,
    Task,
)
from creditdesk.readings.queries import name_of
from creditdesk.services.review.losses import claims_in
from creditdesk.services.review.year import Year

_RESULTS = {
    "APPLIED": N_("Waiting for an answer"),
    "APPROVED": N_("Approved"),
    "INCREASED": N_("Increased"),
    "REDUCED": N_("Reduced"),
    "REFUSED": N_("Refused"),
    "CANCELLED": N_("Cancelled"),
    "SUSPENDED": N_("Suspended"),
    "EXPIRED": N_("Expired"),
}
_OWN_ACTS = frozenset({"REDUCED", "CANCELLED", "SUSPENDED", "EXPIRED"})
"""What the insurer decides by itself answers no application."""
_WAITING = frozenset({"APPLIED", "INVESTIGATING"})


def limits(year: Year) -> Iterator[LimitRow]:
    """Every decision and application up to the end of the period."""
    if year.there is None:
        return
    rows = year.session.execute(
        select(CreditLimit, Buyer.name)
        .join(Buyer, Buyer.id == CreditLimit.buyer_id)
        .where(
            CreditLimit.policy_id == year.there.policy.id,
            CreditLimit.effective_from.between(year.start, year.end)
            | CreditLimit.decided_on.between(year.start, year.end)
            | CreditLimit.applied_on.between(year.start, year.end),
            CreditLimit.state != "IDLE_WARNED",
            CreditLimit.currency == year.currency,
        )
        .order_by(CreditLimit.effective_from, CreditLimit.id)
    )
    asked = _requests(year)
    for row, buyer in rows:
        request = asked.pop(row.id, None)
        decided = row.state != "APPLIED"
        own_act = row.state in _OWN_ACTS
        minor = None if own_act else row.requested_minor
        if minor is None and request is not None:
            minor = request.amount_minor
        requested = None if minor is None else Money.of_minor(minor, row.currency)
        yield LimitRow(
            buyer=buyer,
            applied=None
            if own_act
            else row.applied_on or (request.sent_on if request else None),
            requested=requested,
            approved=Money.of_minor(
                row.temporary_minor or row.amount_minor, row.currency
            )
            if decided
            else None,
            decided=(row.decided_on or row.effective_from) if decided else None,
            condition=row.condition,
            expiry=row.effective_to,
            reason=row.decision_no,
            result=Message(_RESULTS[row.state]),
        )
    for request in asked.values():
        if request.decision_id is None and request.state in _WAITING:
            yield LimitRow(
                buyer=year.names[request.buyer_id],
                applied=request.sent_on,
                requested=None
                if request.amount_minor is None
                else Money.of_minor(request.amount_minor, request.currency),
                approved=None,
                decided=None,
                result=Message(_RESULTS["APPLIED"]),
            )


def _requests(year: Year) -> dict[int, LimitRequest]:
    """Requests to the insurer up to the end, by the decision that answered them; the waiting ones below 0."""
    if year.there is None:
        return {}
    found = year.session.scalars(
        select(LimitRequest)
        .where(
            LimitRequest.policy_id == year.there.policy.id,
            LimitRequest.sent_on <= year.end,
            LimitRequest.currency == year.currency,
        )
        .order_by(LimitRequest.sent_on, LimitRequest.id)
    )
    return {each.decision_id or -each.id: each for each in found}


def ageing(year: Year) -> Iterator[AgeingRow]:
    """What is open at the end, one row a buyer."""
    terms = year.there.terms if year.there else None
    mep = terms.mep_days if terms and terms.stops_at_extension else None
    past = {
        row.buyer
        for row in year.aging.rows
        if mep is not None and row.due and row.days_overdue > mep
    }
    for buyer, currencies in sorted(
        year.aging.by_buyer.items(), key=lambda pair: year.names[pair[0]]
    ):
        figures = currencies.get(year.currency)
        if figures and (figures.outstanding or figures.unapplied):
            yield AgeingRow(
                buyer=year.names[buyer],
                amounts=figures.columns,
                past_extension=buyer in past,
                unassigned=figures.unapplied or None,
            )


def uninsured(year: Year) -> Iterator[UninsuredRow]:
    """What nobody insures, the largest amount first."""
    found = [
        (amount, reason, buyer)
        for reason, amounts in year.insured.gaps.items()
        for buyer, amount in amounts.items()
    ]
    for amount, reason, buyer in sorted(found, key=lambda each: -each[0].amount):
        yield UninsuredRow(
            buyer=year.names[buyer],
            reason=reason_words(reason),
            amount=amount,
            since=year.insured.since.get((reason, buyer)),
            cure=cure(reason),
        )


def duties(year: Year) -> Iterator[DutyRow]:
    """What was due in the period, done or not."""
    rules: dict[str, Mapping[str, DutyRule]] = {}
    found = year.session.execute(
        select(Duty, Policy.template, Buyer.name, Invoice)
        .join(Policy, Policy.id == Duty.policy_id)
        .outerjoin(Buyer, Buyer.id == Duty.buyer_id)
        .outerjoin(Invoice, Invoice.id == Duty.invoice_id)
        .where(
            Duty.client_id == year.client_id,
            Duty.state.in_(("open", "done")),
            Duty.safe >= year.start,
            Duty.safe <= year.end,
        )
        .order_by(Duty.safe, Duty.code, Duty.id)
    )
    for duty, template_id, buyer, invoice in found:
        if template_id not in rules:
            rules[template_id] = {
                rule.code: rule for rule in (*duty_rules(""), *duty_rules(template_id))
            }
        rule = rules[template_id][duty.code]
        told = duty.subject.partition("/")[2]
        number = name_of(invoice) if invoice is not None else told
        yield DutyRow(
            code=duty.code,
            duty=_both(rule.title),
            subject=Message.of("{buyer} {number}", buyer=buyer, number=number)
            if buyer and number
            else buyer or number,
            anchor=duty.anchor_on,
            legal=duty.legal,
            safe=duty.safe,
            done=duty.closed_on if duty.state == "done" else None,
            consequence=_both(rule.consequence),
            exposed=Money.of_minor(duty.amount_minor, duty.currency)
            if duty.currency == year.currency
            else None,
        )


def _both(words: Bilingual) -> Message:
    return Message.of("{words}", words=words)


def lessons(year: Year) -> Iterator[LessonRow]:
    """What was learned and is still to be done at the end, or was recorded or done in the period."""
    found = year.session.scalars(
        select(Task)
        .where(Task.client_id == year.client_id, Task.origin == TaskOrigin.LESSON)
        .order_by(Task.due_on, Task.id)
    )
    for row in found:
        recorded = row.recorded_at.date()
        if recorded > max(year.end, year.today) or (row.done_on and row.done_on < year.start):  # fmt: skip
            continue
        claim = year.session.get(Claim, row.claim_id) if row.claim_id else None
        buyer = year.names.get(row.buyer_id, "") if row.buyer_id else ""
        yield LessonRow(
            event=claim.number if claim else buyer,
            lesson=row.text,
            owner=row.owner,
            due=row.due_on,
            done=row.done_on,
            word=row.word,
        )


def sources(year: Year) -> Iterator[SourceRow]:
    """The files the figures came from."""
    batches = year.session.scalars(
        select(ImportBatch)
        .where(ImportBatch.client_id == year.client_id, ImportBatch.undone_at.is_(None))
        .order_by(ImportBatch.id)
    )
    for batch in batches:
        own = batch.totals.get(year.currency)
        yield SourceRow(
            file_name=batch.file_name,
            digest=batch.digest,
            imported=batch.taken_at.date(),
            rows=batch.counts["rows_read"],
            control_total=None,
            taken_in=Money(Decimal(own["amount"]), year.currency)
            if own
            else Money.zero(year.currency),
        )


def notes(year: Year) -> Iterator[Message]:
    """What the figures leave out, and where they come from."""
    if year.there is None:
        yield Message(
            N_(
                "No policy was in force in this period, so premium, limits and cover are empty."
            )
        )
    for code, figures in year.aging.by_currency.items():
        if code != year.currency and figures.outstanding:
            yield Message.of(
                N_(
                    "{amount} is outstanding in another currency and is not part of these figures."
                ),
                amount=figures.outstanding.rounded(),
            )
    for claim in claims_in(year, Policy.currency != year.currency):
        yield Message.of(
            N_(
                "Claim {number} is in another currency and is not part of these figures."
            ),
            number=claim.number,
        )
    yield from dict.fromkeys(year.insured.refused)
