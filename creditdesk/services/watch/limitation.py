"""The limitation guard: the debt, guarantees, bills, and the claim against the insurer (rules.md 14.6).

A duty is there for the last half year only: nobody wants to be told of 2029 today.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import ClaimState
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.credit.limitation import begins, names_somebody
from creditdesk.domain.duties.duties import Deadline, Finder
from creditdesk.domain.ledger.bills import BillOutcome
from creditdesk.domain.ledger.documents import CreditKind, DocumentKind
from creditdesk.models import BillEnd, Claim, ClaimInvoice, Invoice, Payment
from creditdesk.readings.claim_steps import standing_steps
from creditdesk.readings.particulars import particulars
from creditdesk.services.watch.debt import Unpaid, WatchGround
from creditdesk.services.watch.found import FoundDuty, Watched, policy_for

_AHEAD = timedelta(days=180)
_YOUNG = timedelta(days=800)
"""A debt overdue for less than this is far from being barred, and isn't looked at."""
_SETTLED = (ClaimState.PAID, ClaimState.RECOVERY, ClaimState.CLOSED, ClaimState.WITHDRAWN)  # fmt: skip
_GUARANTOR = "claim.guarantor"


def of_limitation(ground: WatchGround) -> Iterator[FoundDuty]:
    """Everything that is about to be barred."""
    yield from _of_debts(ground)
    yield from _of_bills(ground)
    yield from _of_claims(ground)


def _near(ground: WatchGround, found: Sequence[Deadline]) -> Iterator[Deadline]:
    yield from (each for each in found if each.safe <= ground.on + _AHEAD)


def _of_debts(ground: WatchGround) -> Iterator[FoundDuty]:
    old = [row for row in ground.debt.rows if _is_old(ground, row)]
    paid = _part_payments(ground.session, old)
    for row in old:
        watched = policy_for(ground.policies, ground.debt.shipped.get(row.id) or row.issued, row.buyer)  # fmt: skip
        if watched is None or row.due is None:
            continue
        events = ground.debt.events.get(row.buyer, ())
        start = begins(row.due, events, paid.get((row.buyer, row.id[1]), ()))
        facts = {Anchor.LIMITATION: start}
        subject = f"{row.buyer}/{row.id[1]}"
        for each in _near(ground, watched.duties.after(Finder.LIMITATION_DEBT, subject, facts)):  # fmt: skip
            yield watched.found(each, row.open, buyer=row.buyer, invoice=ground.debt.records[row.id])  # fmt: skip


def _is_old(ground: WatchGround, row: Unpaid) -> bool:
    is_invoice = row.id[2] == DocumentKind.INVOICE.value
    return is_invoice and row.due is not None and row.due <= ground.on - _YOUNG


def _part_payments(
    session: Session, rows: Sequence[Unpaid]
) -> Mapping[tuple[int, str], list[date]]:
    """The days of payments that name each of these invoices: a part payment acknowledges the debt."""
    found: dict[tuple[int, str], list[date]] = defaultdict(list)
    named = {(row.buyer, row.id[1]) for row in rows}
    for buyer in sorted({row.buyer for row in rows}):
        payments = select(Payment.paid_on, Payment.against).where(
            Payment.buyer_id == buyer,
            Payment.kind == CreditKind.RECEIPT.value,
            Payment.against != "",
        )
        for paid_on, against in session.execute(payments):
            for number in against.splitlines():
                if (buyer, number) in named:
                    found[buyer, number].append(paid_on)
    return found


def _of_bills(ground: WatchGround) -> Iterator[FoundDuty]:
    """Bills refused on a document's page, each with its own days; then those only reported of the buyer."""
    known: set[tuple[int, date]] = set()
    for row, refused_on in _refused(ground):
        known.add((row.buyer_id, refused_on))
        watched = policy_for(ground.policies, row.shipped or row.issued, row.buyer_id)
        if watched is None:
            continue
        open_ = Money.of_fine(row.open_fine, row.currency)
        for finder, start in ((Finder.LIMITATION_BILL, refused_on), (Finder.LIMITATION_DRAWER, row.due)):  # fmt: skip
            subject = f"{row.buyer_id}/{row.number}/bill"
            facts = {Anchor.LIMITATION: start} if start else {}
            for each in _near(ground, watched.duties.after(finder, subject, facts)):
                yield watched.found(each, open_, buyer=row.buyer_id, invoice=row.id)
    yield from _of_reported_bills(ground, known)


def _refused(ground: WatchGround) -> Sequence[tuple[Invoice, date]]:
    """Invoices still open whose bill was refused, and when (rules.md 14.6: 票据法 17)."""
    found = ground.session.execute(
        select(Invoice, BillEnd.ended_on)
        .join(BillEnd, BillEnd.invoice_id == Invoice.id)
        .where(
            Invoice.client_id == ground.scope.client_id,
            BillEnd.outcome == BillOutcome.REFUSED.value,
            Invoice.open_fine > 0,
        )
        .order_by(Invoice.id)
    ).all()
    return [(row, on) for row, on in found if ground.scope.has(row.buyer_id)]


def _of_reported_bills(
    ground: WatchGround, known: AbstractSet[tuple[int, date]]
) -> Iterator[FoundDuty]:
    for buyer, events in ground.debt.events.items():
        for event in events:
            watched = policy_for(ground.policies, event.known_on, buyer)
            if event.kind is not BuyerEventKind.BILL_REFUSED or watched is None:
                continue
            if (buyer, event.happened_on) in known:
                continue
            facts = {Anchor.LIMITATION: event.happened_on}
            subject = f"{buyer}/refused {event.happened_on}"
            nothing = Money.zero(watched.policy.currency)
            for each in _near(ground, watched.duties.after(Finder.LIMITATION_BILL, subject, facts)):  # fmt: skip
                yield watched.found(each, nothing, buyer=buyer)


def _of_claims(ground: WatchGround) -> Iterator[FoundDuty]:
    by_policy = {each.policy.id: each for each in ground.policies}
    claims = ground.session.scalars(
        select(Claim).where(Claim.client_id == ground.scope.client_id)
    ).all()
    for claim in claims:
        watched = by_policy.get(claim.policy_id)
        if watched is None or not ground.scope.has(claim.buyer_id):
            continue
        if claim.state not in _SETTLED:
            yield from _against_insurer(ground, watched, claim)
        yield from _against_guarantor(ground, watched, claim)


def _against_insurer(
    ground: WatchGround, watched: Watched, claim: Claim
) -> Iterator[FoundDuty]:
    """Two years from the loss, begun anew by each step that was taken towards the insurer."""
    steps = standing_steps(ground.session, claim.id)
    days = (step.happened_on for step in steps if step.happened_on <= ground.on)
    start = max((claim.date_of_loss, *days))
    subject = f"claim {claim.id}"
    found = watched.duties.after(Finder.LIMITATION_INSURER, subject, {Anchor.LIMITATION: start})  # fmt: skip
    for each in _near(ground, found):
        yield watched.found(each, Money.zero(watched.policy.currency), buyer=claim.buyer_id)  # fmt: skip


def _against_guarantor(
    ground: WatchGround, watched: Watched, claim: Claim
) -> Iterator[FoundDuty]:
    """Six months from the due date of each invoice claimed, until somebody called on the guarantor."""
    known = particulars(ground.session, Owner(of=Of.CLAIM, id=claim.id))
    if not names_somebody(known.get(_GUARANTOR, "")):
        return
    events = ground.debt.events.get(claim.buyer_id, ())
    called = [each.happened_on for each in events if each.kind is BuyerEventKind.GUARANTOR_CALLED]  # fmt: skip
    rows = ground.session.scalars(
        select(Invoice)
        .join(ClaimInvoice, ClaimInvoice.invoice_id == Invoice.id)
        .where(ClaimInvoice.claim_id == claim.id, Invoice.due.is_not(None))
        .order_by(Invoice.due, Invoice.id)
    )
    for row in rows:
        due = row.due or row.issued
        subject = f"claim {claim.id}/guarantee {row.number}"
        found = watched.duties.after(Finder.LIMITATION_GUARANTEE, subject, {Anchor.LIMITATION: due})  # fmt: skip
        for each in _near(ground, found):
            done = next((day for day in called if day >= due), None)
            yield watched.found(
                replace(each, subject=subject),
                Money.of_fine(row.open_fine, row.currency),
                buyer=claim.buyer_id,
                invoice=row.id,
                done_on=done,
            )
