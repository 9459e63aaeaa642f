"""The review's notices, claims and recoveries."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import ColumnElement, func, or_, select

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import exact, rounded
from creditdesk.domain.claim.claims import RECOVERY_TITLES, ClaimState, RecoverySource
from creditdesk.domain.review.rows import ClaimRow, NoticeRow, RecoveryRow
from creditdesk.i18n import N_, Message
from creditdesk.models import (
    Claim,
    ClaimInvoice,
    ClaimPayment,
    Invoice,
    Notice,
    Policy,
    Recovery,
)
from creditdesk.readings.claim_steps import standing_steps
from creditdesk.readings.claims import latest_record, reserve_of
from creditdesk.readings.queries import name_of
from creditdesk.services.review.year import Year


def claims(year: Year) -> Iterator[ClaimRow]:
    """The claims that were opened, decided, paid or still open in the period."""
    recovered = _recovered(year)
    for claim in claims_in(year, Policy.currency == year.currency):
        record = latest_record(year.session, claim)
        steps = standing_steps(year.session, claim.id)
        yield ClaimRow(
            number=claim.number,
            buyer=year.names[claim.buyer_id],
            noticed=_noticed(year, claim),
            filed=claim.filed_on,
            accepted=next((row.happened_on for row in steps if row.state == ClaimState.ACCEPTED), None),
            decided=claim.decided_on,
            paid_on=claim.paid_on,
            claimed=Money.of_minor(record.amount_minor, record.currency) if record else None,
            paid=None if claim.paid_minor is None else Money.of_minor(claim.paid_minor, year.currency),
            paid_in=_paid_in(year, claim),
            recovered=recovered.get(claim.id),
            reason="; ".join(row.reason for row in steps if row.reason) or claim.note,
            reserve=reserve_of(claim, record, year.currency) if claim.paid_minor is None else None,
        )  # fmt: skip


def claims_in(year: Year, currency: ColumnElement[bool]) -> Sequence[Claim]:
    """Those that were not over before the period began; a claim is in the currency of its policy."""
    over = Claim.state.in_((ClaimState.CLOSED, ClaimState.WITHDRAWN, ClaimState.PAID))
    last = func.coalesce(Claim.paid_on, Claim.decided_on, Claim.opened_on)
    return year.session.scalars(
        select(Claim)
        .join(Policy, Policy.id == Claim.policy_id)
        .where(
            Claim.client_id == year.client_id,
            Claim.opened_on <= year.end,
            or_(~over, last >= year.start),
            currency,
        )
        .order_by(Claim.number)
    ).all()


def _paid_in(year: Year, claim: Claim) -> Money | None:
    """What came of a claim in the period; where its payments aren't kept one by one, all of it on its day."""
    mine = year.session.scalars(
        select(ClaimPayment).where(ClaimPayment.claim_id == claim.id)
    ).all()
    whole = (claim.paid_on, claim.paid_minor)
    days: list[tuple[date | None, int | None]]
    days = [(row.paid_on, row.amount_minor) for row in mine] or [whole]
    paid = [
        minor
        for on, minor in days
        if on and minor is not None and year.start <= on <= year.end
    ]
    return Money.of_minor(sum(paid), year.currency) if paid else None


def _noticed(year: Year, claim: Claim) -> date | None:
    return year.session.scalars(
        select(Notice.sent_on)
        .where(Notice.buyer_id == claim.buyer_id, Notice.policy_id == claim.policy_id)
        .order_by(Notice.sent_on)
        .limit(1)
    ).first()


def recoveries(year: Year) -> Iterator[RecoveryRow]:
    """What came in after losses in the period, in the policy's currency."""
    found = year.session.execute(
        select(Recovery, Claim.number, Claim.buyer_id)
        .join(Claim, Claim.id == Recovery.claim_id)
        .where(
            Claim.client_id == year.client_id,
            Recovery.withdrawn.is_(None),
            Recovery.currency == year.currency,
            Recovery.received_on.between(year.start, year.end),
        )
        .order_by(Recovery.received_on, Recovery.id)
    )
    for row, number, buyer in found:
        yield RecoveryRow(
            claim=number,
            buyer=year.names[buyer],
            received=row.received_on,
            source=Message(RECOVERY_TITLES[RecoverySource(row.source)]),
            gross=_converted(row, row.gross_fine),
            costs=_converted(row, row.costs_fine),
            net=Money.of_minor(row.net_minor, row.currency),
            insurer=Money.of_minor(row.insurer_minor, row.currency),
            remitted=row.remitted_on,
        )


def _converted(row: Recovery, fine: int) -> Money:
    """As it was counted when it was entered."""
    received = Money.of_fine(fine, row.received_currency)
    return rounded(exact(received) * _fraction(row.rate), row.currency)


def _fraction(rate: str) -> Fraction:
    return Fraction(Decimal(rate))


def _recovered(year: Year) -> dict[int, Money]:
    """Of each claim up to the end, after costs."""
    found = year.session.execute(
        select(Recovery.claim_id, func.sum(Recovery.net_minor))
        .where(
            Recovery.withdrawn.is_(None),
            Recovery.currency == year.currency,
            Recovery.received_on <= year.end,
        )
        .group_by(Recovery.claim_id)
    )
    return {claim: Money.of_minor(minor, year.currency) for claim, minor in found}


def notices(year: Year) -> Iterator[NoticeRow]:
    """Every invoice the insurer was told of in the period; a notice of an event has a row of its own."""
    open_now = {row.id: row.open for row in year.aging.rows}
    claimed = set(
        year.session.scalars(
            select(ClaimInvoice.invoice_id)
            .join(Claim, Claim.id == ClaimInvoice.claim_id)
            .where(Claim.client_id == year.client_id)
        )
    )
    sent = year.session.scalars(
        select(Notice)
        .where(
            Notice.client_id == year.client_id,
            Notice.sent_on.between(year.start, year.end),
        )
        .order_by(Notice.sent_on, Notice.id)
    ).all()
    for notice in sent:
        numbers = notice.content["numbers"]
        rows = {
            row.number: row
            for row in year.session.scalars(
                select(Invoice).where(
                    Invoice.buyer_id == notice.buyer_id, Invoice.number.in_(numbers)
                )
            )
        }
        if not numbers:
            yield _told(year, notice, Message(N_("an event of the buyer")), None)
        for number in numbers:
            row = rows.get(number)
            outcome = N_("no longer in the ledger")
            if row is not None:
                left = open_now.get((row.buyer_id, row.number, row.kind))
                outcome = N_("still open") if left else N_("paid")
                outcome = N_("claimed") if row.id in claimed else outcome
            yield _told(year, notice, Message(outcome), row, number)


def _told(
    year: Year, notice: Notice, outcome: Message, row: Invoice | None, number: str = ""
) -> NoticeRow:
    told = notice.content["open"].get(number)
    amount = Money(Decimal(told[0]), told[1]) if told else None
    return NoticeRow(
        buyer=year.names[notice.buyer_id],
        invoice=name_of(row) if row is not None else number,
        sent=notice.sent_on,
        way=notice.way,
        due=row.due if row is not None else None,
        open=amount if amount and amount.currency == year.currency else None,
        outcome=outcome,
    )
