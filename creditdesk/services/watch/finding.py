"""Finds the duties there are on a day: for every overdue invoice, every policy about to end, every limit."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.policies import limits_by_buyer
from creditdesk.db.queries import DocumentKey, invoice_ids, invoice_key, ledger_items
from creditdesk.domain.aging import AgingRow, age
from creditdesk.domain.counting import Anchor
from creditdesk.domain.duties import STOP_SHIPPING, Deadline, Event
from creditdesk.domain.limits import decision_on
from creditdesk.domain.money import Money
from creditdesk.models import Invoice, Policy
from creditdesk.services.watch.found import FoundDuty, Watched
from creditdesk.services.watch.found import watched as watch


def find(session: Session, on: date) -> Iterator[FoundDuty]:
    """Every duty of every client on a day."""
    policies = session.scalars(
        select(Policy).order_by(Policy.client_id, Policy.period_start.desc())
    ).all()
    for client_id in dict.fromkeys(policy.client_id for policy in policies):
        mine = [
            watch(session, policy, on)
            for policy in policies
            if policy.client_id == client_id
        ]
        yield from _overdue(session, client_id, mine, on)
        for watched in mine:
            yield from _of_policy(watched, on)
            yield from _of_limits(session, watched, on)


def _overdue(
    session: Session, client_id: int, mine: list[Watched], on: date
) -> Iterator[FoundDuty]:
    items = ledger_items(session, client_id=client_id)
    rows = [
        row
        for row in age(items.documents, items.receipts, on).rows
        if row.days_overdue > 0
    ]
    records = invoice_ids(session, client_id=client_id)
    shipped = _shipment_days(session, client_id)
    stopped: set[tuple[int, int]] = set()
    totals = _totals(rows)
    # Rows come oldest due first, so the first of a buyer is the one deliveries stop for.
    for row in rows:
        watched = _policy_for(mine, shipped.get(row.id) or row.issued)
        if watched is None:
            continue
        sent = watched.sent.get(row.id)
        for deadline in watched.duties.overdue(row.id[1], row.due or row.issued, sent):
            if deadline.code != STOP_SHIPPING:
                yield _for_invoice(watched, row, records[row.id], deadline, sent)
            elif (watched.policy.id, row.buyer) not in stopped:
                stopped.add((watched.policy.id, row.buyer))
                yield _for_invoice(
                    watched,
                    row,
                    records[row.id],
                    deadline,
                    None,
                    totals[row.buyer, row.open.currency],
                )


def _totals(rows: list[AgingRow[DocumentKey, int]]) -> dict[tuple[int, str], Money]:
    totals: dict[tuple[int, str], Money] = {}
    for row in rows:
        key = (row.buyer, row.open.currency)
        totals[key] = totals.get(key, Money.zero(row.open.currency)) + row.open
    return totals


def _for_invoice(  # noqa: PLR0913, PLR0917 - what a duty is made of
    watched: Watched,
    row: AgingRow[DocumentKey, int],
    record: int,
    deadline: Deadline,
    sent: date | None,
    amount: Money | None = None,
) -> FoundDuty:
    subject = (
        f"{row.buyer}" if deadline.code == STOP_SHIPPING else f"{row.buyer}/{row.id[1]}"
    )
    return FoundDuty(
        policy_id=watched.policy.id,
        version_id=watched.version_id,
        client_id=watched.policy.client_id,
        buyer_id=row.buyer,
        invoice_id=record,
        deadline=replace(deadline, subject=subject),
        amount=amount or row.open,
        done_on=sent if deadline.code == "D14" else None,
    )


def _policy_for(mine: list[Watched], day: date) -> Watched | None:
    """The newest policy in whose period the goods were shipped (risk attaching, domain.md 2.1)."""
    return next(
        (
            each
            for each in mine
            if each.policy.period_start <= day <= each.policy.period_end
        ),
        None,
    )


def _shipment_days(session: Session, client_id: int) -> dict[DocumentKey, date]:
    found = session.execute(
        select(Invoice.buyer_id, Invoice.number, Invoice.shipped).where(
            Invoice.client_id == client_id, Invoice.shipped.is_not(None)
        )
    )
    return {invoice_key(buyer, number): day for buyer, number, day in found if day}


def _of_policy(watched: Watched, on: date) -> Iterator[FoundDuty]:
    """What a running policy asks at its end."""
    policy = watched.policy
    if not watched.runs(on):
        return
    for deadline in watched.duties.after(Event.EXPIRY, "policy", {}):
        yield FoundDuty(
            policy.id,
            watched.version_id,
            policy.client_id,
            None,
            None,
            deadline,
            Money.zero(policy.currency),
            None,
        )


def _of_limits(session: Session, watched: Watched, on: date) -> Iterator[FoundDuty]:
    """Limits that run out while the policy runs."""
    policy = watched.policy
    if not watched.runs(on):
        return
    for buyer, decisions in limits_by_buyer(session, policy.id).items():
        held = decision_on(decisions, on, watched.duties.terms.cancel_notice_days)
        if held is None or held.end is None or not held.in_force:
            continue
        facts = {Anchor.LIMIT_EXPIRY: held.end}
        for deadline in watched.duties.after(Event.LIMIT_EXPIRY, str(buyer), facts):
            yield FoundDuty(
                policy.id,
                watched.version_id,
                policy.client_id,
                buyer,
                None,
                deadline,
                held.amount,
                None,
            )
