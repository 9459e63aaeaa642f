"""What a buyer contests of an invoice, and what the award, the judgment or the agreement left of it (rules.md 5.2)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NewType

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import standing_row, void, voided
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.models import Dispute, Invoice
from creditdesk.readings.queries import name_of

DisputeId = NewType("DisputeId", int)


class DisputeDayImpossible(UserError):
    """Before the invoice or the dispute, or still to come."""

    message = N_("{on} can't be that day: it is before {earliest}, or still to come.")


class DisputeNatureMissing(UserError):
    """The insurer asks what the buyer contests."""

    message = N_("Say what the buyer contests, such as quality or quantity.")


class DisputeTooLarge(UserError):
    """More would be contested than was invoiced."""

    message = N_("Of {number} {amount} can be contested at most: {taken} are contested already.")  # fmt: skip


class DisputeSettled(UserError):
    """It ended before."""

    message = N_(
        "The dispute about {number} was settled on {on}. If that is wrong, void it and enter it anew."
    )


class UpheldTooLarge(UserError):
    """More would be owed of it than was contested."""

    message = N_("Only {amount} were contested: no more of it can be owed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDispute:
    """What the buyer contests: gross, in the invoice's currency. `nature` in words."""

    invoice_id: int
    amount: Money
    opened_on: date
    nature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """How it ended: what of it the buyer owes, gross, in its currency. `document`: the kept award; None: none."""

    on: date
    upheld: Decimal
    outcome: str
    document: int | None = None


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A dispute of an invoice. `settled_on` None: its amount is held; then `upheld` is None, too."""

    id: DisputeId
    opened_on: date
    amount: Money
    nature: str
    settled_on: date | None
    upheld: Money | None
    outcome: str
    document: int | None
    who: str
    voided: Voided | None


def contest(session: Session, new: NewDispute, today: date) -> DisputeId:
    """Keep it, and hold its amount. Raises `UserError`s."""
    database: Database = session.info["database"]
    invoice = _the_invoice(session, new.invoice_id)
    _require_day(new.opened_on, invoice.issued, today)
    if not new.nature.strip():
        raise DisputeNatureMissing
    told = _told(session, invoice)
    taken = _contested(session, invoice.id)
    if not 0 < new.amount.fine <= invoice.amount_fine - taken or new.amount.currency != invoice.currency:  # fmt: skip
        raise DisputeTooLarge(
            number=name_of(invoice),
            amount=Money.of_fine(invoice.amount_fine - taken, invoice.currency),
            taken=Money.of_fine(taken, invoice.currency),
        )
    row = Dispute(
        invoice_id=invoice.id, opened_on=new.opened_on, currency=invoice.currency, amount_fine=new.amount.fine,
        nature=new.nature.strip(), told_fine=told, recorded_at=database.now(), who=database.who,
    )  # fmt: skip
    session.add(row)
    session.flush()  # what is held is counted from what is written, and the journal names it
    _hold(session, invoice)
    note(
        session, "contested", "dispute", row.id, client_id=invoice.client_id,
        after={"invoice": invoice.number, "amount": new.amount.plain, "nature": row.nature},
    )  # fmt: skip
    return DisputeId(row.id)


def settle(session: Session, dispute: DisputeId, end: Settlement, today: date) -> None:
    """It ended: nothing of it is held any more, and what isn't owed is never insured. Raises `UserError`s."""
    row = _the_dispute(session, dispute)
    invoice = session.get_one(Invoice, row.invoice_id)
    if row.settled_on is not None:
        raise DisputeSettled(number=name_of(invoice), on=row.settled_on)
    _require_day(end.on, row.opened_on, today)
    upheld = Money(end.upheld, row.currency).refined()
    if not 0 <= upheld.fine <= row.amount_fine:
        raise UpheldTooLarge(amount=Money.of_fine(row.amount_fine, row.currency))
    row.settled_on, row.upheld_fine = end.on, upheld.fine
    row.outcome, row.document_id = end.outcome.strip(), end.document
    session.flush()  # what is held is counted from what is written
    _hold(session, invoice)
    note(
        session, "settled", "dispute", row.id, client_id=invoice.client_id,
        after={"on": end.on.isoformat(), "upheld": upheld.plain, "outcome": row.outcome, "document": end.document},
    )  # fmt: skip


def void_dispute(session: Session, dispute: DisputeId, why: str) -> None:
    """It was a mistake: what is held is what the others say, or without any what the ledger said."""
    row = standing_row(session, Dispute, dispute, N_("Dispute {number}"))
    invoice = session.get_one(Invoice, row.invoice_id)
    void(session, row, why, subject="dispute", number=dispute, client=invoice.client_id)
    session.flush()  # what is held is counted from what stands
    _hold(session, invoice, told=row.told_fine)


def lines(session: Session, invoice_id: int) -> tuple[DisputeLine, ...]:
    """The disputes about an invoice, the oldest first, voided ones too."""
    found = session.scalars(
        select(Dispute).where(Dispute.invoice_id == invoice_id).order_by(Dispute.id),
        execution_options=WITH_VOIDED,
    )
    return tuple(_line(row) for row in found)


def client_of(session: Session, dispute: DisputeId) -> int:
    """Whose it is. Raises `RecordMissing`."""
    row = _the_dispute(session, dispute)
    return session.get_one(Invoice, row.invoice_id).client_id


def _line(row: Dispute) -> DisputeLine:
    upheld = None if row.upheld_fine is None else Money.of_fine(row.upheld_fine, row.currency)  # fmt: skip
    return DisputeLine(
        DisputeId(row.id), row.opened_on, Money.of_fine(row.amount_fine, row.currency), row.nature, row.settled_on,
        upheld, row.outcome, row.document_id, row.who, voided(row),
    )  # fmt: skip


def _the_invoice(session: Session, invoice_id: int) -> Invoice:
    invoice = session.get(Invoice, invoice_id)
    if invoice is None or invoice.kind != DocumentKind.INVOICE.value:
        raise RecordMissing(what=f"invoice {invoice_id}")
    return invoice


def _the_dispute(session: Session, dispute: DisputeId) -> Dispute:
    row = session.get(Dispute, dispute)
    if row is None or row.voided_at is not None:
        raise RecordMissing(what=f"dispute {dispute}")
    return row


def _require_day(on: date, earliest: date, today: date) -> None:
    if not earliest <= on <= today:
        raise DisputeDayImpossible(on=on, earliest=earliest)


def _told(session: Session, invoice: Invoice) -> int:
    """What the ledger itself called disputed, before any dispute of the invoice was entered."""
    first = session.scalars(
        select(Dispute.told_fine)
        .where(Dispute.invoice_id == invoice.id)
        .order_by(Dispute.id)
        .limit(1)
    ).first()
    return invoice.disputed_fine if first is None else first


def _contested(session: Session, invoice_id: int) -> int:
    """What stands of disputes, held or not owed: none of it can be contested again."""
    not_owed = func.coalesce(Dispute.amount_fine - Dispute.upheld_fine, Dispute.amount_fine)  # fmt: skip
    found = session.scalar(
        select(func.sum(not_owed)).where(Dispute.invoice_id == invoice_id)
    )
    return int(found or 0)


def _hold(session: Session, invoice: Invoice, told: int = 0) -> None:
    """What is held of the invoice; `told`: what it is where no dispute stands any more."""
    held, count = session.execute(
        select(
            func.sum(Dispute.amount_fine).filter(Dispute.settled_on.is_(None)),
            func.count(),
        ).where(Dispute.invoice_id == invoice.id)
    ).one()
    invoice.disputed_fine = (held or 0) if count else told
