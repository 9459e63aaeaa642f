"""Scores, limits and warnings of buyers, from ledger, limit, events, statements and facts (rules.md 6, 7)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from creditdesk.catalog.scorecards import STANDARD, scorecards
from creditdesk.catalog.warning_kinds import warning_kinds
from creditdesk.domain.base.calendar import months_later
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import exact
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.domain.credit.answers import Answered, answer_to
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.credit.observing import (
    Told,
    caps_of,
    incidents,
    indicators_of,
    model_of,
    observed_of,
)
from creditdesk.domain.credit.outlooks import (
    OutlookLine,
    concerns,
    country_of,
    downgrades,
    sectors_of,
)
from creditdesk.domain.credit.paying import years_until
from creditdesk.domain.credit.rating import Known, Rating, rated
from creditdesk.domain.credit.ratios import Figures
from creditdesk.domain.credit.recommended import (
    Recommended,
    capacity,
    need,
    recommended,
)
from creditdesk.domain.credit.scorecard import FactValue
from creditdesk.domain.credit.sheets import (
    YEAR,
    Sheet,
    figures_of,
    latest,
    tangible_net_worth,
)
from creditdesk.domain.credit.warnings import Observed, warned
from creditdesk.i18n import N_, Message
from creditdesk.readings.credit import answers_by_buyer, told_by_buyer
from creditdesk.readings.outlooks import countries, outlooks
from creditdesk.services.credit.known import KnownBuyer, known_buyers
from creditdesk.services.credit.records import the_buyer
from creditdesk.services.credit.values import BuyerRating, BuyerWarning

_NO_VAT = Decimal(0)
"""Documents of the ledger carry their VAT."""
_ANNOUNCED = timedelta(days=15)
_DAY = timedelta(days=1)
_INCIDENTS = {BuyerEventKind.BILL_REFUSED, BuyerEventKind.REPUDIATION}
_FULL = {LimitStage.APPROVED_FULL, LimitStage.INCREASED}
_WITHDRAWN = {LimitStage.SUSPENDED, LimitStage.CANCELLED, LimitStage.IDLE_CANCELLED}
_ZERO = {LimitStage.REFUSED, *_WITHDRAWN}
_TOLD = {
    BuyerEventKind.EXTENSION_ASKED: "extension_asked",
    BuyerEventKind.BILL_REFUSED: "bill_refused",
    BuyerEventKind.REPUDIATION: "goods_refused",
    BuyerEventKind.INSOLVENCY: "insolvent",
}


def rating(session: Session, buyer_id: int, on: date) -> BuyerRating:
    """The buyer's score and recommended limits on a day. Raises `RecordMissing`."""
    client = the_buyer(session, buyer_id).client_id
    (known,) = known_buyers(session, client, on, buyer_id)
    told = told_by_buyer(session, client, [buyer_id]).get(buyer_id, Told())
    return _rated(known, told, on)


def judged(
    session: Session, buyer_id: int, on: date
) -> tuple[BuyerRating, tuple[BuyerWarning, ...]]:
    """The buyer's rating and the warnings that hold on a day, from one reading. Raises `RecordMissing`."""
    buyer = the_buyer(session, buyer_id)
    client = buyer.client_id
    (known,) = known_buyers(session, client, on, buyer_id)
    told = told_by_buyer(session, client, [buyer_id]).get(buyer_id, Told())
    answers = answers_by_buyer(session, client, [buyer_id]).get(buyer_id, ())
    notes, country = outlooks(session), country_of(buyer.country, buyer.uscc)
    heard = _with_outlooks(told, notes, country, on)
    return _rated(known, told, on), tuple(_warned(session, known, heard, answers, on))


def ratings(session: Session, client_id: int, on: date) -> dict[int, BuyerRating]:
    """The same of every buyer of a client with anything in the ledger or on file, by its number."""
    told = told_by_buyer(session, client_id)
    return {
        known.id: _rated(known, told.get(known.id, Told()), on)
        for known in known_buyers(session, client_id, on, also=frozenset(told))
    }


def _rated(known: KnownBuyer, told: Told, on: date) -> BuyerRating:
    sheet = latest(told.sheets, on)
    found = rated(
        scorecards()[STANDARD],
        Known(
            model=model_of(told, on),
            figures=figures_of(sheet) if sheet else Figures(),
            months=sheet.months if sheet else YEAR,
            year=known.paying.year,
            quarter=known.paying.quarter,
            computed={**dict(_computed(known, told, on)), **dict(indicators_of(told, on))},
            facts={**dict(caps_of(told, on)), **dict(_caps(known))},
        ),
    )  # fmt: skip
    decision = known.decision
    return BuyerRating(
        as_of=on,
        currency=known.currency,
        rating=found,
        limits=_limits(known, sheet, found.score.grade),
        sheet=sheet,
        balance=known.open,
        limit=decision.limit.in_force if decision else None,
        paying=known.paying,
        remarks=tuple(_remarks(known, sheet, found)),
    )


def warnings(
    session: Session, client_id: int, on: date, buyer_id: int | None = None
) -> Iterator[BuyerWarning]:
    """The warnings that hold for a client's buyers, or one of them, on a day, by buyer."""
    buyers = None if buyer_id is None else [buyer_id]
    told = told_by_buyer(session, client_id, buyers)
    answers = answers_by_buyer(session, client_id, buyers)
    notes = outlooks(session)
    where = countries(session, client_id) if notes else {}
    also = frozenset(told)
    for known in known_buyers(session, client_id, on, buyer_id, also):
        heard, answered = told.get(known.id, Told()), answers.get(known.id, ())
        heard = _with_outlooks(heard, notes, where.get(known.id, ""), on)
        yield from _warned(session, known, heard, answered, on)


def _with_outlooks(
    told: Told, notes: Sequence[OutlookLine], country: str, on: date
) -> Told:
    """The same with what notes on its country and sectors say of the buyer."""
    sectors = sectors_of(told.facts, on)
    mine = (each for each in notes if concerns(each, country, sectors))
    return replace(told, facts=(*told.facts, *downgrades(mine)))


def _warned(
    session: Session,
    known: KnownBuyer,
    told: Told,
    answers: Sequence[Answered],
    on: date,
) -> Iterator[BuyerWarning]:
    observed = dict(_observed(known))
    for name, each in observed_of(told, on):
        observed.setdefault(name, each)
    for found in warned(warning_kinds(), observed):
        yield BuyerWarning(
            known.id,
            the_buyer(session, known.id).name,
            found.observed.since or on,
            found,
            answer_to(found, answers, on),
        )


def _computed(
    known: KnownBuyer, told: Told, on: date
) -> Iterator[tuple[str, Fraction | str]]:
    """What the books say of the indicators beside the payments."""
    years = years_until(known.paying, on)
    if years is not None:
        year_ago = months_later(on, -12)
        events = [each for each in known.events if each.kind in _INCIDENTS and each.known_on > year_ago]  # fmt: skip
        yield "P3", Fraction(known.paying.oldest_overdue)
        yield "P5", Fraction(len(events) + incidents(told, on))
        yield "R1", years
    if known.insured:
        yield "R4", _answer(known.stage)


def _answer(stage: LimitStage) -> str:
    if stage in _FULL:
        return "full"
    if stage in _ZERO:
        return "refused"
    return "not_asked" if stage is LimitStage.NOT_ASKED else "part"


def _caps(known: KnownBuyer) -> Iterator[tuple[str, FactValue]]:
    yield "INSOLVENCY", any(each.kind is BuyerEventKind.INSOLVENCY for each in known.events)  # fmt: skip
    yield "LIMIT_ZERO", known.stage in _ZERO
    yield "BEYOND_MEP", known.mep_left is not None and known.mep_left < 0


def _limits(known: KnownBuyer, sheet: Sheet | None, grade: str | None) -> Recommended:
    """The need from twelve months of documents, their terms and the usual delay; capacity from the statement."""
    paid = known.paying
    bearable = _capacity(known, sheet)
    if paid.invoiced <= 0 or paid.usual_days is None:
        return recommended(None, bearable, grade)
    delay = max(round(paid.year.dbt), 0) if paid.year else 0
    sales = Money(paid.invoiced, known.currency)
    return recommended(need(sales, _NO_VAT, paid.usual_days + delay), bearable, grade)


def _capacity(known: KnownBuyer, sheet: Sheet | None) -> Money | None:
    """None where the statement lacks equity or sales, or is in another currency: nothing is converted by a guess."""
    if sheet is None or sheet.currency != known.currency:
        return None
    worth, turnover = tangible_net_worth(sheet), sheet.yearly("sales")
    if worth is None or turnover is None:
        return None
    return capacity(Money(worth, sheet.currency), Money(turnover, sheet.currency))


def _remarks(
    known: KnownBuyer, sheet: Sheet | None, found: Rating
) -> Iterator[Message]:
    if sheet is None:
        yield Message(
            N_(
                "No statement is kept: the financial part has no points, and what the buyer can bear isn't known."
            )
        )
        return
    if sheet.currency != known.currency:
        text = N_(
            "The statement is in {its}, the account in {ours}: what the buyer can bear isn't worked out."
        )
        yield Message.of(text, its=sheet.currency, ours=known.currency)
    if found.annualised:
        text = N_("The statement to {day} is of {months} months: annualised.")
        yield Message.of(text, day=sheet.period_end, months=sheet.months)
    if found.ebit_estimated:
        yield Message(N_("Interest isn't shown apart: the financial expenses stand for it in EBIT."))  # fmt: skip


def _observed(known: KnownBuyer) -> Iterator[tuple[str, Observed]]:
    """What is known by the names the warnings look at."""
    paid = known.paying
    yield "overdue", Observed(paid.oldest_overdue > 0)
    yield "months_rising", Observed(Fraction(paid.months_rising))
    if paid.dbt_rise is not None:
        yield "dbt_rise", Observed(paid.dbt_rise)
        yield "slower", Observed(paid.dbt_rise > 0)
    if paid.orders_ratio is not None:
        yield "orders_ratio", Observed(paid.orders_ratio)
    if known.mep_ends is not None and known.mep_left is not None:
        since = known.mep_ends - _ANNOUNCED if known.mep_left >= 0 else known.mep_ends + _DAY  # fmt: skip
        yield "days_to_mep", Observed(Fraction(known.mep_left), since)
    yield from _of_limit(known)
    for event in known.events:
        if event.kind in _TOLD:
            yield _TOLD[event.kind], Observed(value=True, since=event.known_on)


def _of_limit(known: KnownBuyer) -> Iterator[tuple[str, Observed]]:
    decision = known.decision
    if decision is None:
        return
    limit = decision.limit.in_force
    if limit and limit.currency == known.currency:
        yield "limit_used_pct", Observed(exact(known.open) / exact(limit) * 100)
    if known.stage in {LimitStage.REDUCED, *_WITHDRAWN}:
        yield "limit_cut", Observed(value=True, since=decision.limit.start)
