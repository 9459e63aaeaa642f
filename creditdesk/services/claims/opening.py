"""Opens a claim: its invoices, the policy they fall under, its number, its checklist."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db import search
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.domain.claim.claims import Cause, ClaimState
from creditdesk.domain.ledger.aging import age
from creditdesk.models import (
    Buyer,
    Claim,
    ClaimInvoice,
    Client,
    Invoice,
    Policy,
)
from creditdesk.readings.cases import grounds_of
from creditdesk.readings.claims import claim_invoices
from creditdesk.readings.policies import decisions_by_buyer, policy_on
from creditdesk.readings.queries import invoice_ids, ledger_items, name_of
from creditdesk.services.claims import additions, checklist
from creditdesk.services.claims.meant import meant
from creditdesk.services.claims.values import (
    ClaimedElsewhere,
    ClaimId,
    InvoiceNotClaimed,
    InvoiceUnknown,
    LossBeforeDebt,
    NewClaim,
    NoPolicyCovers,
    NothingToClaim,
    PolicyNotNamed,
)


def open_claim(session: Session, new: NewClaim) -> ClaimId:
    """Open a claim on the overdue or the named invoices, with the checklist of its case.

    Raises `LossBeforeDebt` for an invoice dated or shipped after the loss: it would be left out (rules.md 4.3).
    """
    buyer = session.get(Buyer, new.buyer_id)
    if buyer is None or buyer.client_id != new.client_id:
        raise RecordMissing(what=f"buyer {new.buyer_id}")
    invoices = _chosen(session, buyer, new)
    for row in invoices:
        last = max(row.issued, row.shipped or row.issued)
        if last > new.date_of_loss:
            on, number = new.date_of_loss, name_of(row)
            raise LossBeforeDebt(number=number, issued=last, on=on)
    refuse_claimed(session, invoices)
    claim = _new_row(session, new, buyer, invoices)
    session.add(claim)
    session.flush()  # invoices and checklist carry its number
    session.add_all(
        ClaimInvoice(claim_id=claim.id, invoice_id=row.id) for row in invoices
    )
    session.flush()  # the checklist follows the causes of the invoices
    checklist.copy_rows(session, claim)
    additions.take(session, claim)
    texts = (claim.number, buyer.name)
    search.index(session, [search.Entry("claim", claim.id, claim.client_id, texts)])
    note(
        session, "opened", "claim", claim.id,
        client_id=claim.client_id,
        after={"number": claim.number, "invoices": [row.number for row in invoices]},
    )  # fmt: skip
    return ClaimId(claim.id)


def set_cause(
    session: Session, claim: Claim, names: Sequence[str], cause: Cause
) -> None:
    """Why these invoices of the claim aren't paid. Raises `InvoiceNotClaimed`."""
    before, after = {}, {}
    for row in _meant(session, claim, names):
        link = session.get_one(ClaimInvoice, (claim.id, row.id))
        before[row.number] = link.cause or claim.cause
        link.cause = "" if cause == claim.cause else cause.value
        after[row.number] = cause.value
    if before != after:
        session.flush()  # the checklist follows the causes of the invoices
        checklist.copy_rows(session, claim)
        note(
            session, "cause", "claim", claim.id,
            client_id=claim.client_id, before=before, after=after,
        )  # fmt: skip


def set_party(
    session: Session,
    claim: Claim,
    names: Sequence[str],
    role: Literal["loss_payee", "joint_insured"],
    party: str,
) -> None:
    """Who these invoices belong to, or their indemnity goes to; empty: as usual. Raises `InvoiceNotClaimed`."""
    before, after = {}, {}
    for row in _meant(session, claim, names):
        link = session.get_one(ClaimInvoice, (claim.id, row.id))
        before[row.number] = getattr(link, role)
        after[row.number] = party.strip()
        setattr(link, role, party.strip())
    if before != after:
        note(
            session, role.replace("_", " "), "claim", claim.id,
            client_id=claim.client_id, before=before, after=after,
        )  # fmt: skip


def _meant(session: Session, claim: Claim, names: Sequence[str]) -> Iterator[Invoice]:
    rows = claim_invoices(session, claim)
    for name in names:
        found = meant(rows, name)
        if not found:
            shown = tuple(name_of(row) for row in rows)
            raise InvoiceNotClaimed(number=name, invoices=shown)
        yield from found


def _new_row(
    session: Session, new: NewClaim, buyer: Buyer, invoices: Sequence[Invoice]
) -> Claim:
    policy = _policy_for(session, new, invoices)
    terms = policy_on(session, policy.id, new.date_of_loss).terms
    return Claim(
        number=_next_number(session, new.today),
        client_id=new.client_id,
        buyer_id=new.buyer_id,
        policy_id=policy.id,
        cause=new.cause.value,
        export=terms.is_export or buyer.country not in {"", "CN"},
        date_of_loss=new.date_of_loss,
        state=ClaimState.PREPARATION.value,
        opened_on=new.today,
        narrative="",
        note="",
    )


def _chosen(session: Session, buyer: Buyer, new: NewClaim) -> Sequence[Invoice]:
    if new.numbers:
        known = session.scalars(
            select(Invoice).where(Invoice.buyer_id == buyer.id)
        ).all()
        wanted = [
            row.id for number in new.numbers for row in _named(known, buyer, number)
        ]
    else:
        records = invoice_ids(session, buyer_ids=[buyer.id])
        items = ledger_items(session, buyer_ids=[buyer.id])
        rows = age(items.documents, items.receipts, new.date_of_loss).rows
        late = [records[row.id] for row in rows if row.is_overdue]
        claimed = {invoice.id for _, invoice in _claimed(session, late)}
        wanted = [each for each in late if each not in claimed]
    if not wanted:
        raise NothingToClaim(buyer=buyer.name, on=new.date_of_loss)
    return session.scalars(
        select(Invoice)
        .where(Invoice.id.in_(wanted))
        .order_by(Invoice.due, Invoice.number)
    ).all()


def claimed_of(session: Session, buyer_id: int) -> dict[str, str]:
    """The buyer's invoices that are claimed already, by number, with the claim's number."""
    mine = session.scalars(select(Invoice.id).where(Invoice.buyer_id == buyer_id))
    found = _claimed(session, mine.all())
    return {invoice.number: number for number, invoice in found}


def refuse_claimed(session: Session, invoices: Sequence[Invoice]) -> None:
    """Two claims never claim the same debt. Raises `ClaimedElsewhere`."""
    taken = _claimed(session, [row.id for row in invoices])
    if taken:
        numbers = tuple(name_of(invoice) for _, invoice in taken)
        raise ClaimedElsewhere(numbers=numbers, claim=taken[0][0])


def _claimed(
    session: Session, invoices: Sequence[int]
) -> Sequence[tuple[str, Invoice]]:
    """Those that are claimed already, with the claim's number; a claim that was withdrawn claims nothing."""
    found = session.execute(
        select(Claim.number, Invoice)
        .join(ClaimInvoice, ClaimInvoice.claim_id == Claim.id)
        .join(Invoice, Invoice.id == ClaimInvoice.invoice_id)
        .where(
            ClaimInvoice.invoice_id.in_(invoices),
            Claim.state != ClaimState.WITHDRAWN,
        )
        .order_by(Claim.id)
    )
    return [(number, invoice) for number, invoice in found]


def _named(known: Sequence[Invoice], buyer: Buyer, number: str) -> tuple[Invoice, ...]:
    found = meant(known, number)
    if not found:
        raise InvoiceUnknown(buyer=buyer.name, number=number)
    return found


def _policy_for(session: Session, new: NewClaim, invoices: Sequence[Invoice]) -> Policy:
    """The policy named; else the one in whose period the oldest goods were shipped (rules.md 2.1).

    Where several were in force, the one that knows the buyer. Raises `NoPolicyCovers`, `PolicyNotNamed`.
    """
    if new.policy_id is not None:
        return _policy_named(session, new.client_id, new.policy_id)
    day = min(row.shipped or row.issued for row in invoices)
    running = session.scalars(
        select(Policy)
        .where(
            Policy.client_id == new.client_id,
            Policy.period_start <= day,
            Policy.period_end >= day,
        )
        .order_by(Policy.number)
    ).all()
    client = session.get_one(Client, new.client_id).name
    if not running:
        raise NoPolicyCovers(client=client, on=day)
    known = [each for each in running if _knows(session, each.id, new.buyer_id)]
    fitting = known or running
    if len(fitting) > 1:
        numbers = tuple(each.number for each in fitting)
        raise PolicyNotNamed(client=client, on=day, policies=numbers)
    return fitting[0]


def _policy_named(session: Session, client_id: int, policy_id: int) -> Policy:
    policy = session.get(Policy, policy_id)
    if policy is None or policy.client_id != client_id:
        raise RecordMissing(what=f"policy {policy_id}")
    return policy


def _knows(session: Session, policy_id: int, buyer_id: int) -> bool:
    """Whether a decision or the client's own ground on the buyer stands under the policy."""
    decisions = decisions_by_buyer(session, policy_id, buyer_id)
    return bool(decisions.get(buyer_id) or grounds_of(session, policy_id, buyer_id))


def _next_number(session: Session, today: date) -> str:
    begin = f"CL-{today.year}-"
    taken = session.scalars(
        select(Claim.number).where(Claim.number.startswith(begin, autoescape=True))
    )
    last = max((int(number.removeprefix(begin)) for number in taken), default=0)
    return f"{begin}{last + 1:03d}"
