"""Scores and early warnings of buyers, from what the desk holds (rules.md 6, 7)."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from creditdesk.catalog.scorecards import STANDARD, scorecards
from creditdesk.catalog.warning_kinds import warning_kinds
from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.domain.base.calendar import months_later
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import exact
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.credit.paying import years_until
from creditdesk.domain.credit.rating import Known, rated
from creditdesk.domain.credit.ratios import ZModel
from creditdesk.domain.credit.recommended import Recommended, need, recommended
from creditdesk.domain.credit.scorecard import FactValue
from creditdesk.domain.credit.warnings import Observed, warned
from creditdesk.models import Buyer
from creditdesk.services.credit.known import KnownBuyer, known_buyers
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


class Credit:
    """What to think of buyers."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def rating(self, buyer_id: int, on: date) -> BuyerRating:
        """The buyer's score and recommended limits on a day. Raises `RecordMissing`."""
        with self._db.read() as session:
            client = _buyer(session, buyer_id).client_id
            (known,) = known_buyers(session, client, on, buyer_id)
        rating = rated(
            scorecards()[STANDARD],
            Known(
                model=ZModel.GENERAL,
                year=known.paying.year,
                quarter=known.paying.quarter,
                computed=dict(_computed(known, on)),
                facts=dict(_caps(known)),
            ),
        )
        return BuyerRating(on, known.currency, rating, _limits(known, rating.score.grade))  # fmt: skip

    def warnings(self, client_id: int, on: date) -> tuple[BuyerWarning, ...]:
        """The warnings that hold for a client's buyers on a day, by buyer."""
        with self._db.read() as session:
            return tuple(
                BuyerWarning(known.id, _buyer(session, known.id).name, found.observed.since or on, found)
                for known in known_buyers(session, client_id, on)
                for found in warned(warning_kinds(), dict(_observed(known)))
            )  # fmt: skip


def _buyer(session: Session, buyer_id: int) -> Buyer:
    buyer = session.get(Buyer, buyer_id)
    if buyer is None:
        raise RecordMissing(what=f"buyer {buyer_id}")
    return buyer


def _computed(known: KnownBuyer, on: date) -> Iterator[tuple[str, Fraction | str]]:
    """What the books say of the indicators beside the payments."""
    years = years_until(known.paying, on)
    if years is not None:
        year_ago = months_later(on, -12)
        incidents = [each for each in known.events if each.kind in _INCIDENTS and each.known_on > year_ago]  # fmt: skip
        yield "P3", Fraction(known.paying.oldest_overdue)
        yield "P5", Fraction(len(incidents))
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


def _limits(known: KnownBuyer, grade: str | None) -> Recommended:
    """The need from twelve months of documents, their terms and the usual delay; capacity wants a statement."""
    paid = known.paying
    if paid.invoiced <= 0 or paid.usual_days is None:
        return recommended(None, None, grade)
    delay = max(round(paid.year.dbt), 0) if paid.year else 0
    sales = Money(paid.invoiced, known.currency)
    return recommended(need(sales, _NO_VAT, paid.usual_days + delay), None, grade)


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
