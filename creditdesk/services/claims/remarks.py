"""What a person should know before relying on a claim's figures: a loss still to come, debt claimed twice."""

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from creditdesk.domain.claim.claims import Cause, ClaimState
from creditdesk.domain.ledger.bills import BillOutcome, BillWay, recourse
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.marks import Mark, mark_of
from creditdesk.domain.ledger.naming import Name
from creditdesk.i18n import N_, Message
from creditdesk.models import BillEnd, BillTransfer, Claim, ClaimInvoice, Invoice
from creditdesk.readings.claims import notice_sent
from creditdesk.readings.policies import policy_on
from creditdesk.readings.queries import name_of

_TO_COME = N_(
    "The date of loss {day} is still to come: what is paid until then changes the figures."
)
_TOLD_LATER = N_(
    "The date of loss {loss} is before the notice of {sent}: check it, for a default is a loss only after the waiting "
    "period."
)
_NOTHING_OPEN = N_(
    "By the ledger nothing is open any more on {invoices}: only what was owed on the date of loss is claimed."
)
_TWICE = N_("Also claimed in {claims}: {invoices}. The same debt is paid once.")


_BILLS = N_(
    "Paid with a bill, which is no cash before its maturity and counts as owed as long as nobody records the money: "
    "{invoices}."
)
_PASSED_ON = N_(
    "The bill was passed on, and its holder has recourse until it is honoured: {invoices}. If it is refused, the "
    "papers of the refusal are with the holder."
)
_WAYS = {
    BillWay.ENDORSED.value: N_("{name} (endorsed on {on})"),
    BillWay.DISCOUNTED.value: N_("{name} (discounted on {on})"),
}
_REFUSED_BILLS = N_(
    "The bill was refused: {invoices}. Its refusal belongs to the papers of the claim."
)
_REFUSED = N_("{name} (refused on {on}: {rights})")
_HOLDERS = N_("recourse on prior holders until {day}")
_NO_HOLDERS = N_("recourse on prior holders ended on {day}")
_DRAWER = N_("rights against drawer and acceptor until {day}")
_NO_DRAWER = N_(
    "rights against drawer and acceptor ended on {day}, the debt alone is left"
)
_ASSIGNED = N_(
    "Assigned: {invoices}. Look at who is paid: the policy's loss payee is {payee}."
)
_ASSIGNED_UNSAID = N_(
    "Assigned: {invoices}. Look at who is paid: the policy names no loss payee."
)


def remarks(session: Session, claim: Claim, today: date) -> tuple[Message, ...]:
    """What is odd about the claim itself."""
    found = (
        _loss_to_come(claim, today),
        _told_later(session, claim),
        _paid(session, claim),
        _claimed_twice(session, claim),
        _with_bills(session, claim),
        _passed_on(session, claim),
        _refused(session, claim, today),
        _assigned(session, claim),
    )
    return tuple(each for each in found if each is not None)


def as_they_stand(
    session: Session, claim: Claim, kept: tuple[Message, ...]
) -> tuple[Message, ...]:
    """What a kept calculation remarked; what it said of a notice holds only as long as the notice stands."""
    told = _told_later(session, claim)
    others = tuple(each for each in kept if each.text != _TOLD_LATER)
    return others if told is None else (*others, told)


def _loss_to_come(claim: Claim, today: date) -> Message | None:
    if claim.date_of_loss <= today:
        return None
    return Message.of(_TO_COME, day=claim.date_of_loss)


def _told_later(session: Session, claim: Claim) -> Message | None:
    """A default is a loss once the waiting period is over, and the insurer is told of it before."""
    sent = notice_sent(session, claim)
    if claim.cause != Cause.PROTRACTED_DEFAULT or sent is None or sent <= claim.date_of_loss:  # fmt: skip
        return None
    return Message.of(_TOLD_LATER, loss=claim.date_of_loss, sent=sent)


def _paid(session: Session, claim: Claim) -> Message | None:
    """Invoices on which nothing is open: a claim for them is refused, unless they were paid after the loss."""
    rows = session.scalars(
        select(Invoice)
        .join(ClaimInvoice, ClaimInvoice.invoice_id == Invoice.id)
        .where(
            ClaimInvoice.claim_id == claim.id,
            Invoice.open_fine == 0,
            Invoice.amount_fine > 0,
            Invoice.kind != DocumentKind.CREDIT_NOTE.value,
        )
        .order_by(Invoice.number)
    )
    found = tuple(map(name_of, rows))
    return Message.of(_NOTHING_OPEN, invoices=found) if found else None


def _claimed_twice(session: Session, claim: Claim) -> Message | None:
    """Invoices of this claim that another one names, unless that was withdrawn."""
    mine, other = aliased(ClaimInvoice), aliased(ClaimInvoice)
    found = session.execute(
        select(Claim.number, Invoice)
        .join(other, other.claim_id == Claim.id)
        .join(mine, mine.invoice_id == other.invoice_id)
        .join(Invoice, Invoice.id == mine.invoice_id)
        .where(
            mine.claim_id == claim.id,
            Claim.id != claim.id,
            Claim.state != ClaimState.WITHDRAWN,
        )
        .order_by(Claim.id, Invoice.number)
    ).all()
    if not found:
        return None
    claims = tuple(dict.fromkeys(number for number, _ in found))
    invoices = tuple(dict.fromkeys(name_of(row) for _, row in found))
    return Message.of(_TWICE, claims=claims, invoices=invoices)


def _with_bills(session: Session, claim: Claim) -> Message | None:
    """Invoices a bill was taken for: who reads the claim asks where it is."""
    ended = set(session.scalars(select(BillEnd.invoice_id)))
    found = tuple(_marked(session, claim, Mark.BILL, ended))
    return Message.of(_BILLS, invoices=found) if found else None


def _passed_on(session: Session, claim: Claim) -> Message | None:
    """Bills somebody else holds: the debt is open, but not the client's alone to collect (rules.md 14.2)."""
    rows = session.execute(
        select(Invoice, BillTransfer.way, BillTransfer.passed_on)
        .join(ClaimInvoice, ClaimInvoice.invoice_id == Invoice.id)
        .join(BillTransfer, BillTransfer.invoice_id == Invoice.id)
        .where(ClaimInvoice.claim_id == claim.id, Invoice.open_fine > 0)
        .order_by(Invoice.number)
    )
    found = tuple(
        Message.of(_WAYS[way], name=name_of(row), on=on) for row, way, on in rows
    )
    return Message.of(_PASSED_ON, invoices=found) if found else None


def _refused(session: Session, claim: Claim, today: date) -> Message | None:
    """Its papers prove the default: the insurer asks for them (rules.md 5.1 C23), and for the rights it still gives."""
    rows = session.execute(
        select(Invoice, BillEnd.ended_on)
        .join(ClaimInvoice, ClaimInvoice.invoice_id == Invoice.id)
        .join(BillEnd, BillEnd.invoice_id == Invoice.id)
        .where(
            ClaimInvoice.claim_id == claim.id,
            BillEnd.outcome == BillOutcome.REFUSED.value,
        )
        .order_by(Invoice.number)
    )
    found = tuple(
        Message.of(
            _REFUSED, name=name_of(row), on=on, rights=_rights(on, row.due, today)
        )
        for row, on in rows
    )
    return Message.of(_REFUSED_BILLS, invoices=found) if found else None


def _rights(refused_on: date, due: date | None, today: date) -> tuple[Message, ...]:
    """Until when the bill gives recourse, or since when it doesn't (rules.md 14.6)."""
    last = recourse(refused_on, due)
    holders = _HOLDERS if last.holders >= today else _NO_HOLDERS
    said = [Message.of(holders, day=last.holders)]
    if last.drawer is not None:
        drawer = _DRAWER if last.drawer >= today else _NO_DRAWER
        said.append(Message.of(drawer, day=last.drawer))
    return tuple(said)


def _assigned(session: Session, claim: Claim) -> Message | None:
    """Whoever the debt is assigned to may be the one to be paid (rules.md 14.2)."""
    found = tuple(_marked(session, claim, Mark.ASSIGNED))
    if not found:
        return None
    texts = policy_on(session, claim.policy_id, claim.date_of_loss).texts
    payee = texts.get("loss_payee", "").strip()
    if not payee:
        return Message.of(_ASSIGNED_UNSAID, invoices=found)
    return Message.of(_ASSIGNED, invoices=found, payee=payee)


def _marked(
    session: Session, claim: Claim, mark: Mark, without: Collection[int] = ()
) -> Iterator[Name]:
    """The claim's invoices with this mark, and what it says."""
    rows = session.scalars(
        select(Invoice)
        .join(ClaimInvoice, ClaimInvoice.invoice_id == Invoice.id)
        .where(ClaimInvoice.claim_id == claim.id)
        .order_by(Invoice.number)
    )
    for row in rows:
        if row.id in without:
            continue
        words, name = mark_of(row.memo, mark), name_of(row)
        if words is not None:
            yield (
                Message.of("{name} ({words})", name=name, words=words)
                if words
                else name
            )
