"""What a client's buyers owe on a day, and what is known of them: the ground of most duties."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.touched import MOST_BUYERS, Scope
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.buyer_events import BuyerEvent
from creditdesk.domain.ledger.aging import AgingRow, age
from creditdesk.models import Claim, ClaimInvoice, Invoice
from creditdesk.readings.events import events_by_buyer
from creditdesk.readings.queries import (
    DocumentKey,
    invoice_ids,
    invoice_key,
    ledger_items,
)
from creditdesk.services.watch.found import Watched

Unpaid = AgingRow[DocumentKey, int]
"""An open document of a buyer."""
Side = tuple[int, str]
"""A buyer and a currency."""


def _unwatched() -> None:
    """Nobody waits."""


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """The open documents, the oldest due first, with sums by buyer and currency."""

    on: date
    rows: tuple[Unpaid, ...]
    records: Mapping[DocumentKey, int]
    shipped: Mapping[DocumentKey, date]
    events: Mapping[int, tuple[BuyerEvent, ...]]
    claimed: Mapping[int, date]
    """The day the claim for an invoice was filed, by record."""
    filed: Mapping[int, date]
    """The day the first claim on a buyer was filed."""
    open: Mapping[Side, Money]
    overdue: Mapping[Side, Money]


@dataclass(frozen=True, slots=True)
class WatchGround:
    """What the finders look at: a client's policies, the newest first, and the debt, on a day, within a scope."""

    session: Session
    scope: Scope
    on: date
    policies: tuple[Watched, ...]
    debt: OpenDebt

    @property
    def running(self) -> tuple[Watched, ...]:
        """The policies whose period holds the day."""
        return tuple(each for each in self.policies if each.runs(self.on))


def debt_of(
    session: Session,
    client_id: int,
    on: date,
    buyers: Collection[int] | None = None,
    step: Callable[[], None] = _unwatched,
) -> OpenDebt:
    """Read it; `buyers` None: of all the client's, as where there are very many. `step`: told now and then."""
    named = buyers is not None and len(buyers) <= MOST_BUYERS
    numbers = sorted(buyers) if buyers is not None and named else None
    items = ledger_items(session, client_id=client_id, buyer_ids=numbers)
    filed = session.execute(
        select(Claim.buyer_id, ClaimInvoice.invoice_id, Claim.filed_on)
        .join(ClaimInvoice, ClaimInvoice.claim_id == Claim.id)
        .where(
            Claim.client_id == client_id,
            Claim.filed_on.is_not(None),
            Claim.filed_on <= on,
        )
        .order_by(Claim.filed_on.desc())
    ).all()
    step()
    rows = age(items.documents, items.receipts, on).rows
    step()
    records = invoice_ids(session, client_id=client_id, buyer_ids=numbers)
    step()
    return OpenDebt(
        on=on,
        rows=rows,
        open=_totals(rows),
        overdue=_totals(row for row in rows if row.is_overdue),
        records=records,
        shipped=_shipment_days(session, client_id, numbers),
        events={
            buyer: tuple(each for each in events if each.known_on <= on)
            for buyer, events in events_by_buyer(session, client_id=client_id).items()
            if numbers is None or buyer in numbers
        },
        claimed={invoice: day for _, invoice, day in filed if day},
        filed={buyer: day for buyer, _, day in filed if day},
    )


def _totals(rows: Iterable[Unpaid]) -> dict[Side, Money]:
    totals: dict[Side, Money] = {}
    for row in rows:
        side = row.buyer, row.open.currency
        totals[side] = totals.get(side, Money.zero(row.open.currency)) + row.open
    return totals


def _shipment_days(
    session: Session, client_id: int, buyers: Sequence[int] | None
) -> dict[DocumentKey, date]:
    found = session.execute(
        select(Invoice.buyer_id, Invoice.number, Invoice.shipped).where(
            Invoice.client_id == client_id,
            Invoice.shipped.is_not(None),
            *([] if buyers is None else [Invoice.buyer_id.in_(buyers)]),
        )
    )
    return {invoice_key(buyer, number): day for buyer, number, day in found if day}
