"""Bills that were passed on, honoured or refused: what each does to the debt. rules.md 14.2."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import standing_row, void, voided
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.ledger.bills import BillOutcome, BillWay
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.marks import Mark, mark_of
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.models import BillEnd, BillTransfer, Invoice, Payment
from creditdesk.readings.queries import name_of
from creditdesk.readings.recounting import recount


class NoBillTaken(UserError):
    """There is no bill that could be honoured or refused."""

    message = N_("No bill was taken for {number}: it is marked with none.")


class BillPassedOn(UserError):
    """A bill is passed on once, by whoever holds it."""

    message = N_(
        "The bill for {number} was passed on already on {on}. If that is wrong, void it first."
    )


class BillMatured(UserError):
    """A bill is passed on while it runs."""

    message = N_("The bill for {number} matured on {due}: it could not be passed on on {on}.")  # fmt: skip


class BillEnded(UserError):
    """It was said before what became of the bill."""

    message = N_(
        "What became of the bill for {number} is known since {on}. If that is wrong, void it first."
    )


class BillDayImpossible(UserError):
    """Before the invoice, or still to come."""

    message = N_("{on} is before the invoice {number} of {issued}, or still to come.")


class NothingLeftOnBill(UserError):
    """The invoice is paid already."""

    message = N_("Nothing is open on {number}: its receipt was recorded already.")


@dataclass(frozen=True, slots=True)
class BillEndLine:
    """What became of a bill, and when. `voided` None: it stands."""

    id: int
    outcome: BillOutcome
    on: date
    note: str
    who: str
    voided: Voided | None


@dataclass(frozen=True, slots=True)
class BillTransferLine:
    """To whom a bill was passed on, how and when. `holder` empty: not said; `voided` None: it stands."""

    id: int
    way: BillWay
    on: date
    holder: str
    who: str
    voided: Voided | None


def transfers(session: Session, invoice_id: int) -> tuple[BillTransferLine, ...]:
    """How an invoice's bill was passed on, the newest first, voided entries too."""
    found = session.scalars(
        select(BillTransfer)
        .where(BillTransfer.invoice_id == invoice_id)
        .order_by(BillTransfer.id.desc()),
        execution_options=WITH_VOIDED,
    )
    return tuple(
        BillTransferLine(
            row.id, BillWay(row.way), row.passed_on, row.holder, row.who, voided(row)
        )
        for row in found
    )  # fmt: skip


def pass_on(  # noqa: PLR0913, PLR0917 - what is said of a bill
    session: Session,
    invoice_id: int,
    way: BillWay,
    on: date,
    holder: str,
    today: date,
) -> int:
    """Keep that a bill was passed on: the debt stays open, for its holder has recourse. The answer is its number."""
    invoice = _with_bill(session, invoice_id, on, today)
    name = name_of(invoice)
    known = session.scalars(
        select(BillTransfer.passed_on).where(BillTransfer.invoice_id == invoice.id)
    ).first()
    if known is not None:
        raise BillPassedOn(number=name, on=known)
    if invoice.due is not None and on > invoice.due:
        raise BillMatured(number=name, due=invoice.due, on=on)
    database: Database = session.info["database"]
    row = BillTransfer(
        invoice_id=invoice.id,
        way=way.value,
        passed_on=on,
        holder=holder.strip(),
        recorded_at=database.now(),
        who=database.who,
    )
    session.add(row)
    session.flush()  # the journal names it
    note(
        session, way.value.lower(), "bill_transfer", row.id, client_id=invoice.client_id,
        after={"invoice": invoice.number, "on": on.isoformat(), "holder": row.holder},
    )  # fmt: skip
    return row.id


def void_transfer(session: Session, number: int, why: str) -> None:
    """It was said by mistake: the bill is held by the client."""
    row = standing_row(session, BillTransfer, number, N_("The passing on of a bill, {number}"))  # fmt: skip
    client = session.get_one(Invoice, row.invoice_id).client_id
    void(session, row, why, subject="bill_transfer", number=number, client=client)


def lines(session: Session, invoice_id: int) -> tuple[BillEndLine, ...]:
    """What was said of an invoice's bill, the newest first, voided entries too."""
    found = session.scalars(
        select(BillEnd)
        .where(BillEnd.invoice_id == invoice_id)
        .order_by(BillEnd.id.desc()),
        execution_options=WITH_VOIDED,
    )
    return tuple(
        BillEndLine(
            row.id, BillOutcome(row.outcome), row.ended_on, row.note, row.who, voided(row)
        )
        for row in found
    )  # fmt: skip


def end(  # noqa: PLR0913, PLR0917 - what is said of a bill
    session: Session,
    invoice_id: int,
    outcome: BillOutcome,
    on: date,
    words: str,
    today: date,
) -> int:
    """Keep it; what is open is paid on the day a bill is honoured. The answer is its number."""
    invoice = _with_bill(session, invoice_id, on, today)
    if outcome is BillOutcome.HONOURED and not invoice.open_fine:
        raise NothingLeftOnBill(number=name_of(invoice))
    database: Database = session.info["database"]
    row = BillEnd(
        invoice_id=invoice.id,
        outcome=outcome.value,
        ended_on=on,
        note=words.strip(),
        recorded_at=database.now(),
        who=database.who,
    )
    session.add(row)
    session.flush()  # the payment's key and the journal name it
    if outcome is BillOutcome.HONOURED:
        session.add(_payment(invoice, row))
        session.flush()  # what is open is counted from what is written
        recount(session, {invoice.buyer_id})
    note(
        session, outcome.value.lower(), "bill_end", row.id, client_id=invoice.client_id,
        after={"invoice": invoice.number, "on": on.isoformat()},
    )  # fmt: skip
    return row.id


def void_end(session: Session, number: int, why: str) -> None:
    """It was said by mistake: the money goes from the ledger, the warning with it."""
    row = standing_row(session, BillEnd, number, N_("What became of bill {number}"))
    invoice = session.get_one(Invoice, row.invoice_id)
    void(session, row, why, subject="bill_end", number=number, client=invoice.client_id)
    session.execute(
        delete(Payment).where(
            Payment.buyer_id == invoice.buyer_id, Payment.key == _key(row)
        )
    )
    recount(session, {invoice.buyer_id})


def _with_bill(session: Session, invoice_id: int, on: date, today: date) -> Invoice:
    """The invoice whose bill runs yet, with a day that may be one of its. Raises `UserError`s."""
    invoice = session.get(Invoice, invoice_id)
    if invoice is None or invoice.kind != DocumentKind.INVOICE.value:
        raise RecordMissing(what=f"invoice {invoice_id}")
    name = name_of(invoice)
    if mark_of(invoice.memo, Mark.BILL) is None:
        raise NoBillTaken(number=name)
    known = session.scalars(
        select(BillEnd.ended_on).where(BillEnd.invoice_id == invoice.id)
    ).first()
    if known is not None:
        raise BillEnded(number=name, on=known)
    if not invoice.issued <= on <= today:
        raise BillDayImpossible(on=on, number=name, issued=invoice.issued)
    return invoice


def _payment(invoice: Invoice, row: BillEnd) -> Payment:
    return Payment(
        client_id=invoice.client_id,
        buyer_id=invoice.buyer_id,
        key=_key(row),
        against=invoice.number,
        paid_on=row.ended_on,
        dated=True,
        currency=invoice.currency,
        amount_fine=invoice.open_fine,
        memo=mark_of(invoice.memo, Mark.BILL) or "",
        payer="",
    )


def _key(row: BillEnd) -> str:
    return f"bill:{row.id}"
