"""What goods of a claim brought up to the date of loss: resold, taken back, salvaged. rules.md 14.7.

It lessens the invoice of the goods under every rule, net of what it cost. What comes after the loss is a recovery.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import standing_row, void, voided
from creditdesk.domain.claim.claims import GOODS, RecoverySource
from creditdesk.domain.ledger.allocation import Credit
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.naming import references
from creditdesk.i18n import N_
from creditdesk.models import Claim, ClaimGoods, Invoice, Payment
from creditdesk.readings.cases import money_in_ledger
from creditdesk.readings.claims import claim_invoices
from creditdesk.readings.queries import name_of
from creditdesk.services.claims.meant import meant
from creditdesk.services.claims.values import (
    GoodsAboveInvoice,
    GoodsAfterLoss,
    GoodsBeforeInvoice,
    GoodsCostMore,
    GoodsCurrencyOther,
    GoodsInLedger,
    GoodsLine,
    GoodsOfOneInvoice,
    InvoiceNotClaimed,
    NewRecovery,
)


def record(session: Session, claim: Claim, new: NewRecovery) -> int:
    """Keep what goods of one invoice brought; the answer is its number. Raises what `values` names."""
    row = _invoice(session, claim, new)
    _check(claim, new, row)
    _not_booked(session, claim, new, row)
    database: Database = session.info["database"]
    made = ClaimGoods(
        claim_id=claim.id,
        happened_on=new.received_on,
        kind=new.source.value,
        invoice=row.number,
        currency=new.gross.currency,
        gross_fine=new.gross.fine,
        costs_fine=new.costs.fine,
        note=new.note.strip(),
        document_id=new.document,
        recorded_at=database.now(),
        who=database.who,
    )
    session.add(made)
    session.flush()  # the journal names it
    after = {"kind": new.source.value, "invoice": row.number, "net": (new.gross - new.costs).plain}  # fmt: skip
    note(session, "goods", "goods", made.id, client_id=claim.client_id, after=after)
    return made.id


def void_entry(session: Session, claim: Claim, number: int, why: str) -> None:
    """The entry was a mistake. Raises `RecordMissing`, `VoidReasonMissing`."""
    row = standing_row(session, ClaimGoods, number, N_("Entry {number}"))
    if row.claim_id != claim.id:
        raise RecordMissing(what=f"goods {number}")
    void(session, row, why, subject="goods", number=row.id, client=claim.client_id)


def lines(session: Session, claim: Claim) -> tuple[GoodsLine, ...]:
    """The entries of a claim, the oldest first, voided ones too."""
    names = {row.number: name_of(row) for row in claim_invoices(session, claim)}  # fmt: skip
    rows = session.scalars(
        select(ClaimGoods)
        .where(ClaimGoods.claim_id == claim.id)
        .order_by(ClaimGoods.happened_on, ClaimGoods.id),
        execution_options=WITH_VOIDED,
    )
    return tuple(
        GoodsLine(
            id=row.id,
            on=row.happened_on,
            kind=RecoverySource(row.kind),
            invoice=names.get(row.invoice, row.invoice),
            gross=money_in_ledger(row.gross_fine, row.currency),
            costs=money_in_ledger(row.costs_fine, row.currency),
            note=row.note,
            document_id=row.document_id,
            voided=voided(row),
        )
        for row in rows
    )


def standing(session: Session, claim: Claim) -> tuple[ClaimGoods, ...]:
    """The entries that count."""
    found = session.scalars(
        select(ClaimGoods)
        .where(ClaimGoods.claim_id == claim.id)
        .order_by(ClaimGoods.happened_on, ClaimGoods.id)
    )
    return tuple(found)


def credits_of(rows: Iterable[ClaimGoods]) -> Iterator[Credit]:
    """What they take off their invoices, as the calculation counts it."""
    for row in rows:
        net = money_in_ledger(row.gross_fine - row.costs_fine, row.currency)
        yield Credit(f"goods {row.id}", row.happened_on, net, row.invoice, tied=True)


def as_input(row: ClaimGoods) -> dict[str, Any]:
    """An entry as a kept calculation holds it."""
    return {
        "on": row.happened_on.isoformat(),
        "kind": row.kind,
        "invoice": row.invoice,
        "gross": [str(money_in_ledger(row.gross_fine, row.currency).amount), row.currency],
        "costs": [str(money_in_ledger(row.costs_fine, row.currency).amount), row.currency],
    }  # fmt: skip


def _invoice(session: Session, claim: Claim, new: NewRecovery) -> Invoice:
    rows = claim_invoices(session, claim)
    shown = tuple(name_of(row) for row in rows)
    if len(new.against) != 1:
        raise GoodsOfOneInvoice(invoices=shown)
    found = meant(rows, new.against[0])
    if not found:
        raise InvoiceNotClaimed(number=new.against[0], invoices=shown)
    if len(found) > 1:
        raise GoodsOfOneInvoice(invoices=tuple(name_of(row) for row in found))
    return found[0]


def _check(claim: Claim, new: NewRecovery, row: Invoice) -> None:
    assert new.source in GOODS  # noqa: S101 - whoever calls has asked
    if new.received_on > claim.date_of_loss:
        raise GoodsAfterLoss(on=new.received_on, loss=claim.date_of_loss)
    if new.received_on < row.issued:
        raise GoodsBeforeInvoice(on=new.received_on, invoice=name_of(row), issued=row.issued)  # fmt: skip
    if {new.gross.currency, new.costs.currency} != {row.currency}:
        raise GoodsCurrencyOther(currency=row.currency, given=new.gross.currency)
    if new.gross - new.costs > money_in_ledger(row.amount_fine, row.currency):
        amount = money_in_ledger(row.amount_fine, row.currency)
        raise GoodsAboveInvoice(net=new.gross - new.costs, invoice=name_of(row), amount=amount)  # fmt: skip
    if new.costs >= new.gross:
        raise GoodsCostMore(gross=new.gross, costs=new.costs)


def _not_booked(session: Session, claim: Claim, new: NewRecovery, row: Invoice) -> None:
    """The ledger may know it already, as a credit note or as money: it would be taken off twice."""
    sums = {new.gross.fine, (new.gross - new.costs).fine}
    notes = session.execute(
        select(Invoice.number, Invoice.issued, Invoice.against).where(
            Invoice.buyer_id == claim.buyer_id,
            Invoice.kind == DocumentKind.CREDIT_NOTE,
            Invoice.currency == row.currency,
            Invoice.amount_fine.in_(sums),
            Invoice.issued <= claim.date_of_loss,
        )
    ).all()
    money = session.execute(
        select(Payment.key, Payment.paid_on, Payment.against).where(
            Payment.buyer_id == claim.buyer_id,
            Payment.currency == row.currency,
            Payment.amount_fine.in_(sums),
            Payment.paid_on <= claim.date_of_loss,
        )
    ).all()
    for key, on, against in (*notes, *money):
        if row.number in references(against) or not against:
            raise GoodsInLedger(entry=key, on=on, amount=new.gross)
