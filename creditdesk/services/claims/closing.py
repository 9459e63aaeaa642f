"""What a claim went through, read from the desk when one looks back."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.policies import duty_rules
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Decision
from creditdesk.domain.claim.closing import LateDuty, Passed
from creditdesk.models import Claim, ClaimInvoice, Duty, Policy
from creditdesk.readings.claim_steps import standing_steps
from creditdesk.readings.claims import latest_record, notice_sent, part_names
from creditdesk.services.claims.calculation import reasons_of


def passed(session: Session, claim: Claim) -> Passed:
    """One claim, as far as it got."""
    policy = session.get_one(Policy, claim.policy_id)
    record = latest_record(session, claim)
    rulings = [row for row in standing_steps(session, claim.id) if row.decision]
    names = part_names(record.inputs) if record else {}
    paid = claim.paid_minor
    return Passed(
        number=claim.number,
        insurer=policy.insurer,
        notified_on=notice_sent(session, claim),
        filed_on=claim.filed_on,
        decided_on=claim.decided_on,
        paid_on=claim.paid_on,
        decision=Decision(rulings[-1].decision) if rulings else None,
        claimed=Money.of_minor(record.amount_minor, record.currency)
        if record
        else None,
        paid=None if paid is None else Money.of_minor(paid, policy.currency),
        reasons=tuple(row.reason for row in rulings if row.reason),
        late=tuple(_late(session, claim)),
        left_out=tuple(
            (names.get(number, number), codes)
            for number, codes in reasons_of(record).items()
            if codes
        ),
    )


def _late(session: Session, claim: Claim) -> Iterator[LateDuty]:
    """The duties of the claimed invoices that were done after their day."""
    titles = {rule.code: rule.title for rule in duty_rules("")}
    rows = session.scalars(
        select(Duty)
        .join(ClaimInvoice, ClaimInvoice.invoice_id == Duty.invoice_id)
        .where(ClaimInvoice.claim_id == claim.id, Duty.state == "done")
        .order_by(Duty.legal, Duty.id)
    )
    for row in rows:
        if row.closed_on and row.closed_on > row.legal and row.code in titles:
            yield LateDuty(titles[row.code], row.legal, row.closed_on)
