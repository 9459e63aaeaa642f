"""What the ten readiness tests look at: the calculation kept, or else what the desk can work out (rules.md 5.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.readiness import ClaimFacts
from creditdesk.domain.cover.case import IndemnityCase
from creditdesk.domain.cover.shipping import cover
from creditdesk.domain.declare.declared import Told
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.naming import Name
from creditdesk.domain.policy.premium_notes import owed
from creditdesk.errors import UserError
from creditdesk.models import Claim, IndemnityRecord, Policy
from creditdesk.readings.cases import debt_of
from creditdesk.readings.claims import claim_invoices
from creditdesk.readings.parties import buyer_party
from creditdesk.readings.premiums import notes_of
from creditdesk.readings.queries import name_of
from creditdesk.readings.told import told
from creditdesk.services.claims import checklist
from creditdesk.services.claims.basis import basis_of, gather
from creditdesk.services.claims.calculation import reasons_of
from creditdesk.services.claims.packaging import file_by

_DELIVERY_PROOF = ("C10", "C12")


@dataclass(frozen=True, slots=True)
class _Shipped:
    """Why each invoice is not covered, and what was shipped since the stop; None: a rate is missing to tell."""

    reasons: Mapping[str, tuple[str, ...]] | None
    since: date
    later: tuple[Name, ...]
    names: Mapping[str, Name]


def facts_of(
    session: Session, claim: Claim, record: IndemnityRecord | None, today: date
) -> ClaimFacts:
    """As they are on a day."""
    shipped = _shipped(session, claim, record, today)
    rows = checklist.rows(session, claim)
    buyer = buyer_party(session, claim.buyer_id)
    by = file_by(session, claim)
    proven = any(row.documents for row in rows if row.code in _DELIVERY_PROOF)
    names = tuple(map(name_of, claim_invoices(session, claim)))

    def with_reason(*codes: str) -> tuple[Name, ...] | None:
        if shipped.reasons is None:
            return None
        return tuple(
            shipped.names.get(number, number)
            for number, found in shipped.reasons.items()
            if set(codes) & set(found)
        )  # fmt: skip

    return ClaimFacts(
        today=today,
        claim_by=by.safe if by else None,
        filed_on=claim.filed_on,
        unproven_deliveries=() if proven else names,
        discretionary_unjustified=with_reason("DCL_UNJUSTIFIED"),
        shipped_after_stop=with_reason("STOPPED"),
        shipped_at_known_risk=with_reason("KNOWN_RISK"),
        undeclared=_undeclared(session, claim, today),
        premium_overdue=_premium_overdue(session, claim, today),
        disputed=_disputed(session, claim),
        same_entity=True if buyer.code else None,
        stopped_since=shipped.since,
        shipped_since=shipped.later,
        without_limit=with_reason(
            "NO_LIMIT", "LIMIT_ZERO", "BEFORE_LIMIT", "AFTER_EXPIRY"
        ),
        missing_items=tuple(row.code for row in rows if row.missing),
    )


def _shipped(
    session: Session, claim: Claim, record: IndemnityRecord | None, today: date
) -> _Shipped:
    """From the kept calculation where there is one; cover itself needs no percentage that was not entered."""
    case = basis_of(session, claim, gather(session, claim), today).case
    try:
        found = cover(case)
    except UserError:
        kept = reasons_of(record) if record else None
        return _Shipped(
            kept, claim.opened_on, _later(case, claim.opened_on, today), case.names
        )
    reasons = {row.id: tuple(map(str, row.reasons)) for row in found.rows}
    since = found.stop_date or claim.opened_on
    kept = reasons_of(record) if record else reasons
    return _Shipped(kept, since, _later(case, since, today), case.names)


def _later(case: IndemnityCase, since: date, today: date) -> tuple[Name, ...]:
    return tuple(
        each.called for each in case.invoices if since < each.shipped_on <= today
    )


def _undeclared(session: Session, claim: Claim, today: date) -> tuple[Name, ...] | None:
    """The claim's invoices that were not declared though it was due. None: nothing says whether they were."""
    debts = [
        debt_of(row, {})
        for row in claim_invoices(session, claim)
        if row.kind == DocumentKind.INVOICE
    ]
    found = told(session, claim.policy_id, claim.buyer_id, debts, today).told
    if any(each is Told.NOT_KNOWN for each in found.values()):
        return None
    return tuple(debt.called for debt in debts if found[debt.id] is Told.NOT_DECLARED)


def _premium_overdue(session: Session, claim: Claim, today: date) -> Money | None:
    """What is owed of the premium. None: nobody keeps the policy's premium notes."""
    notes = notes_of(session, claim.policy_id)
    currency = session.get_one(Policy, claim.policy_id).currency
    return owed(notes, today, currency) if notes else None


def _disputed(session: Session, claim: Claim) -> tuple[Money, ...]:
    return tuple(
        Money.of_fine(row.disputed_fine, row.currency)
        for row in claim_invoices(session, claim)
        if row.disputed_fine
    )
