"""The review's other rows: limits, aging, duties, claims, sources, notes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, select

from creditdesk.catalog.policies import duty_rules
from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.duties import DutyRule
from creditdesk.domain.review.book import (
    AgeingRow,
    ClaimRow,
    DutyRow,
    LimitRow,
    SourceRow,
)
from creditdesk.i18n import N_, Bilingual, Message
from creditdesk.models import (
    Buyer,
    Claim,
    CreditLimit,
    Duty,
    ImportBatch,
    IndemnityRecord,
    Invoice,
    Notice,
    Policy,
)
from creditdesk.readings.queries import name_of
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


def limits(year: Year) -> Iterator[LimitRow]:
    """Every decision and application up to the end of the period."""
    if year.there is None:
        return
    rows = year.session.execute(
        select(CreditLimit, Buyer.name)
        .join(Buyer, Buyer.id == CreditLimit.buyer_id)
        .where(
            CreditLimit.policy_id == year.there.policy.id,
            CreditLimit.effective_from <= year.end,
            CreditLimit.state != "IDLE_WARNED",
            CreditLimit.currency == year.currency,
        )
        .order_by(CreditLimit.effective_from, CreditLimit.id)
    )
    for row, buyer in rows:
        decided = row.state != "APPLIED"
        requested = (
            None
            if row.requested_minor is None
            else Money.of_minor(row.requested_minor, row.currency)
        )
        yield LimitRow(
            buyer=buyer,
            applied=row.applied_on,
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
        if figures and figures.outstanding:
            yield AgeingRow(
                buyer=year.names[buyer],
                amounts=figures.columns,
                past_extension=buyer in past,
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


def claims(year: Year) -> Iterator[ClaimRow]:
    """The claims opened up to the end of the period."""
    for claim in _claims_in(year, Policy.currency == year.currency):
        record = year.session.scalars(
            select(IndemnityRecord)
            .where(IndemnityRecord.claim_id == claim.id)
            .order_by(IndemnityRecord.id.desc())
            .limit(1)
        ).first()
        yield ClaimRow(
            number=claim.number,
            buyer=year.names[claim.buyer_id],
            noticed=_noticed(year, claim),
            filed=claim.filed_on,
            accepted=None,
            decided=claim.decided_on,
            paid_on=claim.paid_on,
            claimed=Money.of_minor(record.amount_minor, record.currency)
            if record
            else None,
            paid=None
            if claim.paid_minor is None
            else Money.of_minor(claim.paid_minor, year.currency),
            reason=claim.note,
        )


def _claims_in(year: Year, currency: ColumnElement[bool]) -> Sequence[Claim]:
    """Claims opened up to the end; a claim is in the currency of its policy."""
    return year.session.scalars(
        select(Claim)
        .join(Policy, Policy.id == Claim.policy_id)
        .where(Claim.client_id == year.client_id, Claim.opened_on <= year.end, currency)
        .order_by(Claim.number)
    ).all()


def _noticed(year: Year, claim: Claim) -> date | None:
    return year.session.scalars(
        select(Notice.sent_on)
        .where(Notice.buyer_id == claim.buyer_id, Notice.policy_id == claim.policy_id)
        .order_by(Notice.sent_on)
        .limit(1)
    ).first()


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
    for claim in _claims_in(year, Policy.currency != year.currency):
        yield Message.of(
            N_(
                "Claim {number} is in another currency and is not part of these figures."
            ),
            number=claim.number,
        )
    if year.there is not None:
        yield Message(
            N_(
                "Premium is computed from the ledger's turnover and the policy's rate; the insurer's invoices decide."
            )
        )
