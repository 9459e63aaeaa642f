"""What else is to have happened: a buyer that fails, slower payments, other limits. In a trial alone."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from creditdesk.db.voids import mark
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import ClaimState
from creditdesk.domain.ledger.aging import age
from creditdesk.domain.ledger.documents import CreditKind, DocumentKind
from creditdesk.models import Claim, CreditLimit, Invoice, Payment, Policy
from creditdesk.readings.queries import ledger_items
from creditdesk.readings.recounting import recount
from creditdesk.services.replay.trials import tried

_WHY = "replay"


def slow_down(session: Session, client_id: int, days: int) -> None:
    """Every payment of money comes so many days later; credit notes and write-offs stay where they are."""
    tried(session).execute(
        text(
            "UPDATE payment SET paid_on = date(paid_on, :later) WHERE client_id = :client AND kind = :kind"
        ),
        {"later": f"+{days} days", "client": client_id, "kind": CreditKind.RECEIPT.value},
    )  # fmt: skip


def stop_buyer(session: Session, buyer_id: int, on: date) -> None:
    """Nothing is paid after the day and nothing delivered; its own claims give way to the one of that day."""
    tried(session).execute(
        update(Payment)
        .where(Payment.buyer_id == buyer_id, Payment.paid_on > on)
        .values(amount_fine=0)
    )
    shipped = func.coalesce(Invoice.shipped, Invoice.issued)
    session.execute(
        update(Invoice)
        .where(
            Invoice.buyer_id == buyer_id,
            (shipped > on)
            | ((Invoice.kind != DocumentKind.INVOICE.value) & (Invoice.issued > on)),
        )
        .values(open_fine=0, disputed_fine=0, amount_fine=0)
    )
    session.execute(
        update(Claim)
        .where(Claim.buyer_id == buyer_id)
        .values(state=ClaimState.WITHDRAWN.value)
    )
    session.flush()
    recount(session, {buyer_id})


def open_by_policy(
    session: Session, client_id: int, buyer_id: int, on: date
) -> Mapping[int | None, tuple[Money, tuple[str, ...]]]:
    """The invoices open on a day by the policy that held when their goods left, with what is open in all.

    The newest of several policies counts, as where the cover of a shipment is judged. None: no policy held. What is
    open in several currencies is told of the first one.
    """
    policies = session.scalars(
        select(Policy)
        .where(Policy.client_id == client_id)
        .order_by(Policy.period_start.desc(), Policy.id.desc())
    ).all()
    items = ledger_items(session, buyer_ids=[buyer_id])
    rows = age(items.documents, items.receipts, on).rows
    invoices = select(Invoice.number, Invoice.shipped, Invoice.issued).where(
        Invoice.buyer_id == buyer_id, Invoice.kind == DocumentKind.INVOICE
    )
    shipped = {each.number: each.shipped or each.issued for each in session.execute(invoices)}  # fmt: skip
    found: dict[int | None, tuple[Money, tuple[str, ...]]] = {}
    for row in rows:
        if row.id[2] != DocumentKind.INVOICE:
            continue
        day = shipped[row.id[1]]
        held = next((each.id for each in policies if each.period_start <= day <= each.period_end), None)  # fmt: skip
        amount, numbers = found.get(held, (Money.zero(row.open.currency), ()))
        if row.open.currency == amount.currency:
            amount += row.open
        found[held] = amount, (*numbers, row.id[1])
    return found


def scale_limits(
    session: Session, policies: Iterable[int], buyer_id: int, factor: Decimal
) -> int:
    """Every amount decided for the buyer under these policies times the factor; how many decisions there were.

    A decision is never changed: each is voided, and another stands in its place.
    """
    rows = tried(session).scalars(
        select(CreditLimit)
        .where(
            CreditLimit.policy_id.in_(list(policies)), CreditLimit.buyer_id == buyer_id
        )
        .order_by(CreditLimit.id)
    )
    places: dict[int, int] = {}
    for row in rows.all():
        values = {
            column.key: getattr(row, column.key)
            for column in CreditLimit.__table__.columns
            if column.key != "id"
        }
        values["amount_minor"] = _scaled(row.amount_minor, factor)
        if row.temporary_minor is not None:
            values["temporary_minor"] = _scaled(row.temporary_minor, factor)
        values["replaces"] = places.get(row.replaces) if row.replaces else None
        other = CreditLimit(**values)
        session.add(other)
        session.flush()  # a later decision may take its place
        places[row.id] = other.id
        mark(session, row, _WHY)
    session.flush()
    return len(places)


def _scaled(minor: int, factor: Decimal) -> int:
    return int((minor * factor).to_integral_value())
