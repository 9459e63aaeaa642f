"""The duties to declare and to pay the premium: each period that has begun, each note (rules.md 2.3 D07–D10)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk.db.touched import Scope
from creditdesk.domain.base.counting import Anchor, CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.declare.declarations import DeclarationKind, Obligation, Period
from creditdesk.domain.declare.declared import Declared, of_period, standing
from creditdesk.domain.duties.duties import Deadline, Finder
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.models import Buyer, Invoice
from creditdesk.readings.declarations import (
    AskedToDeclare,
    asked_of,
    customers,
    declarations_of,
    ledger_rows,
)
from creditdesk.readings.premiums import notes_of
from creditdesk.services.watch.debt import WatchGround
from creditdesk.services.watch.found import FoundDuty, Watched

_PAST = timedelta(days=366)
"""Later than this nobody declares any more; the list of declarations still shows what is missing."""


def declares_anew(scope: Scope) -> bool:
    """Whether what is to be declared or paid may have changed: by shipments, and by whom a policy leaves out."""
    return scope.bears_on(Invoice, Buyer)


def of_declarations(ground: WatchGround) -> Iterator[FoundDuty]:
    """What each policy wants declared, as far as it has begun; done where it was."""
    for watched in ground.policies if declares_anew(ground.scope) else ():
        asked = asked_of(ground.session, watched.policy)
        begun = [
            (each, each.deadline)
            for each in asked.obligations
            if each.period.start <= ground.on
            and each.deadline is not None
            and each.deadline.legal >= ground.on - _PAST
        ]
        kept = declarations_of(ground.session, watched.policy.id)
        told = standing(kept)
        shipped = _shipped(ground.session, asked, [each for each, _ in begun])
        for each, deadline in begun:
            amount = _at_stake(each, shipped, watched.policy.currency)
            done_on = _first(of_period(told, each))
            yield watched.found(_again(each, deadline, kept), amount, done_on=done_on)
        declared = [each for each, _ in begun if of_period(told, each)]
        yield from _forgotten(ground.session, watched, asked, declared)


def of_premium(ground: WatchGround) -> Iterator[FoundDuty]:
    """Each note of money to pay; the day stands on the note."""
    for watched in ground.policies if declares_anew(ground.scope) else ():
        for rule in watched.duties.found_by(Finder.PREMIUM_NOTE):
            by_note = replace(rule, field="", count=CountRule(Anchor.PREMIUM_DUE))
            for note in notes_of(ground.session, watched.policy.id):
                facts = {Anchor.PREMIUM_DUE: note.due_on}
                deadline = watched.duties.deadline(by_note, f"note/{note.id}", facts)
                if deadline is not None and note.amount.amount > 0:
                    yield watched.found(deadline, note.amount, done_on=note.paid_on)


def _again(
    asked: Obligation, deadline: Deadline, kept: Collection[Declared]
) -> Deadline:
    """The duty anew where an entry was withdrawn: what was closed for good does not come back under its old name."""
    withdrawn = sum(each.withdrawal for each in of_period(kept, asked))
    if not withdrawn:
        return deadline
    return replace(deadline, subject=f"{deadline.subject}/{withdrawn + 1}")


def _forgotten(
    session: Session,
    watched: Watched,
    asked: AskedToDeclare,
    declared: Collection[Obligation],
) -> Iterator[FoundDuty]:
    """What the ledger has of a declared time and no declaration holds: it is not insured until a supplement is."""
    mine = [each for each in declared if each.kind is DeclarationKind.TURNOVER]
    if not mine:
        return
    start = min(each.period.start for each in mine)
    end = max(each.period.end for each in mine)
    policy, scope = watched.policy, asked.scope_on(end)
    rows = [
        row
        for row in ledger_rows(
            session, policy.client_id, until=end, since=start, missing_in=policy.id
        )
        if row.kind is DocumentKind.INVOICE and scope.against(row) is None
    ]
    for each in mine:
        missing = [row.amount for row in rows if each.period.has(row.day)]
        amounts = (item for item in missing if item.currency == policy.currency)
        if missing and each.deadline is not None:
            later = replace(each.deadline, subject=f"{each.subject}/more")
            total = Money.total(amounts, policy.currency).rounded()
            yield watched.found(later, total)


def _first(told: Collection[Declared]) -> date | None:
    """The day the period was first declared."""
    return min((each.on for each in told), default=None)


def _at_stake(
    asked: Obligation, shipped: Mapping[tuple[date, str], Money], currency: str
) -> Money:
    """What is not insured unless it is declared; balances and the year's turnover decide about premium only."""
    if asked.kind is not DeclarationKind.TURNOVER:
        return Money.zero(currency)
    amounts = (
        amount
        for (day, code), amount in shipped.items()
        if code == currency and asked.period.has(day)
    )
    return Money.total(amounts, currency).rounded()


def _shipped(
    session: Session, asked: AskedToDeclare, begun: Collection[Obligation]
) -> dict[tuple[date, str], Money]:
    """What was shipped on each day of these periods, by currency, to buyers the policy doesn't leave out."""
    if not begun:
        return {}
    span = Period(
        min(each.period.start for each in begun), max(each.period.end for each in begun)
    )
    day = func.coalesce(Invoice.shipped, Invoice.issued)
    found = session.execute(
        select(day, Invoice.currency, func.sum(Invoice.amount_fine))
        .where(
            Invoice.client_id == asked.policy.client_id,
            Invoice.kind == DocumentKind.INVOICE,
            day.between(span.start, span.end),
            Invoice.buyer_id.not_in(_others(session, asked, span.end)),
        )
        .group_by(day, Invoice.currency)
    )
    return {(on, code): Money.of_fine(fine, code) for on, code, fine in found}


def _others(session: Session, asked: AskedToDeclare, day: date) -> list[int]:
    """The buyers the policy leaves out by name."""
    scope = asked.scope_on(day)
    if not scope.excluded and scope.buyers is None:
        return []
    buyers = customers(session, asked.policy.client_id).values()
    return [buyer.id for buyer in buyers if scope.leaves_out(buyer)]
