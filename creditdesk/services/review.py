"""The yearly review of a client: rows for the workbook, all from what the desk holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.policies import duty_rules, template
from creditdesk.db.database import Database
from creditdesk.db.parties import client_party, firm
from creditdesk.db.policies import PolicyInForce, limits_by_buyer, policy_on
from creditdesk.db.queries import LedgerItems, buyer_names, ledger_items, the_client
from creditdesk.domain.aging import Aging, AgingFigures, LedgerDocument, age
from creditdesk.domain.calendar import end_of_month
from creditdesk.domain.duties import DutyRule
from creditdesk.domain.ledger import DocumentKind
from creditdesk.domain.limits import Limit, decision_on
from creditdesk.domain.money import Money
from creditdesk.domain.review import (
    AgeingRow,
    ClaimRow,
    DutyRow,
    LimitRow,
    PolicyFigures,
    PortfolioRow,
    ReviewBook,
    SourceRow,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Bilingual, Message
from creditdesk.models import (
    Buyer,
    Claim,
    CreditLimit,
    Duty,
    ImportBatch,
    IndemnityRecord,
    Notice,
    Policy,
)

_MOST_YEARS = 10
_BRACKETS = (30, 60, 90, 180)
_RESULTS = {
    "APPLIED": N_("Waiting for an answer"),
    "APPROVED": N_("Approved"),
    "INCREASED": N_("Increased"),
    "REDUCED": N_("Reduced"),
    "REFUSED": N_("Refused"),
    "CANCELLED": N_("Cancelled"),
    "SUSPENDED": N_("Suspended"),
    "EXPIRED": N_("Expired"),
}


class ReviewPeriodWrong(UserError):
    """It would end before it begins."""

    message = N_(
        "The review would end on {end}, before it begins on {start}. Were the dates swapped?"
    )


class ReviewPeriodTooLong(UserError):
    """Longer than books are kept."""

    message = N_(
        "A review covers {years} years at most; {start} to {end} is longer. Were the dates mistyped?"
    )


@dataclass(frozen=True, slots=True)
class _Year:
    """What the rows are made from."""

    session: Session
    client_id: int
    start: date
    end: date
    currency: str
    there: PolicyInForce | None
    items: LedgerItems
    aging: Aging[tuple[int, str, str], int]
    names: Mapping[int, str]


class Reviews:
    """Reviews of the clients' years."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def book(self, client_id: int, start: date, end: date, today: date) -> ReviewBook:
        """One client's period, both ends included. Money of other currencies is told in the notes, not added."""
        if end < start:
            raise ReviewPeriodWrong(start=start, end=end)
        if end.year - start.year > _MOST_YEARS:
            raise ReviewPeriodTooLong(years=_MOST_YEARS, start=start, end=end)
        with self._db.read() as session:
            year = _year(session, client_id, start, end)
            return ReviewBook(
                firm=firm(session),
                client=client_party(session, client_id),
                start=start,
                end=end,
                data_date=end,
                prepared_on=today,
                currency=year.currency,
                policy=_policy(year),
                portfolio=tuple(_portfolio(year)),
                limits=tuple(_limits(year)),
                ageing=tuple(_ageing(year)),
                duties=tuple(_duties(year)),
                claims=tuple(_claims(year)),
                sources=tuple(_sources(year)),
                notes=tuple(_notes(year)),
            )


def _year(session: Session, client_id: int, start: date, end: date) -> _Year:
    policy = session.scalars(
        select(Policy.id)
        .where(
            Policy.client_id == client_id,
            Policy.period_start <= end,
            Policy.period_end >= start,
        )
        .order_by(Policy.period_start.desc())
        .limit(1)
    ).first()
    there = policy_on(session, policy, end) if policy is not None else None
    items = ledger_items(session, client_id=client_id)
    return _Year(
        session=session,
        client_id=client_id,
        start=start,
        end=end,
        currency=there.policy.currency
        if there
        else the_client(session, client_id).currency,
        there=there,
        items=items,
        aging=age(items.documents, items.receipts, end, _BRACKETS),
        names={
            number: name.name
            for number, name in buyer_names(session, client_id).items()
        },
    )


def _policy(year: _Year) -> PolicyFigures | None:
    if year.there is None:
        return None
    terms, policy = year.there.terms, year.there.policy
    turnover = _turnover(year, year.items.documents)
    rate = (terms.premium_rate or Decimal(0)) / 100
    by_rate = turnover.times(rate).rounded()
    least = terms.minimum_premium
    premium = (
        max(by_rate, least)
        if least is not None and least.currency == by_rate.currency
        else by_rate
    )
    return PolicyFigures(
        title=template(policy.template).title.zh,
        number=policy.number,
        insurer=policy.insurer,
        premium=premium
        if terms.premium_rate is not None or least is not None
        else None,
        fees=terms.monitoring_fee,
        insurable=turnover,
        max_liability=terms.maximum(premium),
    )


def _turnover(
    year: _Year, documents: Sequence[LedgerDocument[tuple[int, str, str], int]]
) -> Money:
    """Invoices less credit notes of the period, in the review's currency."""
    total = Money.zero(year.currency)
    for each in documents:
        if (
            year.start <= each.issued <= year.end
            and each.amount.currency == year.currency
        ):
            total += each.amount if each.kind is DocumentKind.INVOICE else -each.amount
    return total


def _portfolio(year: _Year) -> Iterator[PortfolioRow]:
    balances = _month_balances(year)
    limits = limits_by_buyer(year.session, year.there.policy.id) if year.there else {}
    details = {
        row.id: row
        for row in year.session.scalars(
            select(Buyer).where(Buyer.client_id == year.client_id)
        )
    }
    own: dict[int, list[LedgerDocument[tuple[int, str, str], int]]] = {}
    for each in year.items.documents:
        own.setdefault(each.buyer, []).append(each)
    for buyer, name in sorted(year.names.items(), key=lambda pair: pair[1]):
        turnover = _turnover(year, own.get(buyer, []))
        months = [month.get(buyer, Decimal(0)) for month in balances]
        balance = _outstanding(year.aging, buyer, year.currency)
        if not (turnover or balance or any(months) or buyer in limits):
            continue
        limit = _limit(year, limits.get(buyer, ()))
        yield PortfolioRow(
            buyer=name,
            code=details[buyer].uscc or details[buyer].code,
            country=details[buyer].country,
            turnover=turnover,
            balance=balance,
            peak=Money(max((*months, balance.amount)), year.currency),
            average=Money(
                sum(months, Decimal(0)) / len(months), year.currency
            ).rounded(),
            limit=limit,
            insured=min(balance, limit),
            own_share=100 - (_pct(year) or Decimal(0)),
            dso=_dso(year, balance, turnover),
        )


def _pct(year: _Year) -> Decimal | None:
    return year.there.terms.insured_pct if year.there else None


def _dso(year: _Year, balance: Money, turnover: Money) -> Decimal | None:
    """Days sales outstanding over the period (domain.md 6.1)."""
    if turnover.amount <= 0:
        return None
    days = (year.end - year.start).days + 1
    return (balance.amount * days / turnover.amount).quantize(Decimal("0.1"))


def _month_balances(year: _Year) -> list[dict[int, Decimal]]:
    """What each buyer owed at the end of each month of the period, and at its end."""
    days = [year.end]
    day = end_of_month(year.start)
    while day < year.end:
        days.append(day)
        day = end_of_month(day + timedelta(days=1))
    balances = []
    for each in days:
        aging = age(year.items.documents, year.items.receipts, each)
        balances.append(
            {
                buyer: _outstanding(aging, buyer, year.currency).amount
                for buyer in aging.by_buyer
            }
        )
    return balances


def _outstanding(
    aging: Aging[tuple[int, str, str], int], buyer: int, currency: str
) -> Money:
    figures: AgingFigures | None = aging.by_buyer.get(buyer, {}).get(currency)
    return figures.outstanding if figures else Money.zero(currency)


def _limit(year: _Year, decisions: Sequence[Limit]) -> Money:
    wait = year.there.terms.cancel_notice_days if year.there else 0
    held = decision_on(decisions, year.end, wait)
    if held is None or held.amount.currency != year.currency:
        return Money.zero(year.currency)
    return held.in_force


def _limits(year: _Year) -> Iterator[LimitRow]:
    if year.there is None:
        return
    rows = year.session.execute(
        select(CreditLimit, Buyer.name)
        .join(Buyer, Buyer.id == CreditLimit.buyer_id)
        .where(
            CreditLimit.policy_id == year.there.policy.id,
            CreditLimit.effective_from <= year.end,
        )
        .order_by(CreditLimit.effective_from, CreditLimit.id)
    )
    for row, buyer in rows:
        decided = row.state != "APPLIED"
        requested = (
            None
            if row.requested_minor is None
            else Money.of_minor(row.requested_minor, row.currency)
        )
        yield LimitRow(
            buyer=buyer,
            applied=row.applied_on,
            requested=requested,
            approved=Money.of_minor(row.amount_minor, row.currency)
            if decided
            else None,
            decided=(row.decided_on or row.effective_from) if decided else None,
            condition=row.condition,
            expiry=row.effective_to,
            reason=row.decision_no,
            result=Message(_RESULTS[row.state]),
        )


def _ageing(year: _Year) -> Iterator[AgeingRow]:
    mep = year.there.terms.mep_days if year.there else None
    past = {
        row.buyer
        for row in year.aging.rows
        if mep is not None and row.days_overdue > mep
    }
    for buyer, currencies in sorted(
        year.aging.by_buyer.items(), key=lambda pair: year.names[pair[0]]
    ):
        figures = currencies.get(year.currency)
        if figures and figures.outstanding:
            yield AgeingRow(
                buyer=year.names[buyer],
                amounts=figures.columns,
                past_extension=buyer in past,
            )


def _duties(year: _Year) -> Iterator[DutyRow]:
    rules: dict[str, Mapping[str, DutyRule]] = {}
    found = year.session.execute(
        select(Duty, Policy.template, Buyer.name)
        .join(Policy, Policy.id == Duty.policy_id)
        .outerjoin(Buyer, Buyer.id == Duty.buyer_id)
        .where(
            Duty.client_id == year.client_id,
            Duty.state.in_(("open", "done")),
            Duty.safe >= year.start,
            Duty.safe <= year.end,
        )
        .order_by(Duty.safe, Duty.code, Duty.id)
    )
    for duty, template_id, buyer in found:
        if template_id not in rules:
            rules[template_id] = {rule.code: rule for rule in duty_rules(template_id)}
        rule = rules[template_id][duty.code]
        number = duty.subject.partition("/")[2]
        yield DutyRow(
            code=duty.code,
            duty=_both(rule.title),
            subject=" ".join(part for part in (buyer or "", number) if part),
            anchor=duty.anchor_on,
            legal=duty.legal,
            safe=duty.safe,
            done=duty.closed_on if duty.state == "done" else None,
            consequence=_both(rule.consequence),
            exposed=Money.of_minor(duty.amount_minor, duty.currency),
        )


def _both(words: Bilingual) -> Message:
    return Message.of("{words}", words=words)


def _claims(year: _Year) -> Iterator[ClaimRow]:
    claims = year.session.scalars(
        select(Claim)
        .where(Claim.client_id == year.client_id, Claim.opened_on <= year.end)
        .order_by(Claim.number)
    )
    for claim in claims:
        record = year.session.scalars(
            select(IndemnityRecord)
            .where(IndemnityRecord.claim_id == claim.id)
            .order_by(IndemnityRecord.id.desc())
            .limit(1)
        ).first()
        noticed = year.session.scalars(
            select(Notice.sent_on)
            .where(Notice.buyer_id == claim.buyer_id)
            .order_by(Notice.sent_on)
            .limit(1)
        ).first()
        paid = (
            None
            if claim.paid_minor is None
            else Money.of_minor(claim.paid_minor, year.currency)
        )
        yield ClaimRow(
            number=claim.number,
            buyer=year.names[claim.buyer_id],
            noticed=noticed,
            filed=claim.filed_on,
            accepted=None,
            decided=claim.decided_on,
            paid_on=claim.paid_on,
            claimed=Money.of_minor(record.amount_minor, record.currency)
            if record
            else None,
            paid=paid,
            reason=claim.note,
        )


def _sources(year: _Year) -> Iterator[SourceRow]:
    batches = year.session.scalars(
        select(ImportBatch)
        .where(ImportBatch.client_id == year.client_id, ImportBatch.undone_at.is_(None))
        .order_by(ImportBatch.id)
    )
    for batch in batches:
        own = batch.totals.get(year.currency)
        yield SourceRow(
            file_name=batch.file_name,
            digest=batch.digest,
            imported=batch.taken_at.date(),
            rows=batch.counts["rows_read"],
            control_total=None,
            taken_in=Money(Decimal(own["amount"]), year.currency)
            if own
            else Money.zero(year.currency),
        )


def _notes(year: _Year) -> Iterator[Message]:
    if year.there is None:
        yield Message(
            N_(
                "No policy was in force in this period, so premium, limits and cover are empty."
            )
        )
    for code, figures in year.aging.by_currency.items():
        if code != year.currency and figures.outstanding:
            yield Message.of(
                N_(
                    "{amount} is outstanding in another currency and is not part of these figures."
                ),
                amount=figures.outstanding.rounded(),
            )
    if year.there is not None:
        yield Message(
            N_(
                "Premium is computed from the ledger's turnover and the policy's rate; the insurer's invoices decide."
            )
        )
