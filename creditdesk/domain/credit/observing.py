"""What statements and facts say, by the names warnings and scorecard look at (rules.md 6.3, 7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from creditdesk.domain.base.calendar import months_later
from creditdesk.domain.credit.facts import Fact, FactKind, holding, newest
from creditdesk.domain.credit.ratios import ZModel, ratios
from creditdesk.domain.credit.scorecard import FactValue
from creditdesk.domain.credit.sheets import (
    Sheet,
    figures_of,
    latest,
    months_between,
    negative_quarters,
    years,
)
from creditdesk.domain.credit.warnings import Observed
from creditdesk.domain.ledger.interest import DAYS_OF_A_YEAR

_FULL = 100
_TWO_YEARS = 24
_TOLD = {
    FactKind.SUED: "sued",
    FactKind.ENFORCED: "sued",
    FactKind.STRUCK_OFF: "insolvent",
    FactKind.DISHONEST: "dishonest",
    FactKind.CONSUMPTION_LIMITED: "dishonest",
    FactKind.ASSETS_FROZEN: "assets_frozen",
    FactKind.CONTROLLER: "controller_record",
    FactKind.CONTROLLER_MATERIAL: "controller_record",
    FactKind.PUBLIC_NOTICE: "public_notice",
    FactKind.WAGES_UNPAID: "wages_unpaid",
    FactKind.NEW_CONTACT: "evasive",
    FactKind.LATE_DISPUTES: "evasive",
    FactKind.DOWNGRADED: "downgraded",
    FactKind.THIRD_PARTY_PAYER: "third_party_payer",
    FactKind.DETAILS_CHANGED: "details_changed",
}
_NUMBERS = {FactKind.STAFF_FALL: "staff_fall_pct", FactKind.INPUT_PRICE: "input_price_pct"}  # fmt: skip
_SERIOUS = {
    FactKind.SUED, FactKind.ENFORCED, FactKind.DISHONEST, FactKind.CONSUMPTION_LIMITED, FactKind.STRUCK_OFF,
    FactKind.ASSETS_FROZEN,
}  # fmt: skip
_LATE_ANSWER = 30
_PERIOD_YEAR = 370


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The statements and facts that are kept of one buyer; broken promises by their day."""

    sheets: tuple[Sheet, ...] = ()
    facts: tuple[Fact, ...] = ()
    broken: tuple[date, ...] = ()


def observed_of(told: Told, on: date) -> Iterator[tuple[str, Observed]]:
    """What warnings look at. A value keeps the day since when it is so."""
    facts = holding(told.facts, on)
    # Of several entries the first one's day counts: the newest stand first, and the last written wins.
    for fact in facts:
        if fact.kind in _TOLD:
            yield _TOLD[fact.kind], Observed(value=True, since=fact.happened_on)
        if fact.kind is FactKind.CONTROLLER_MATERIAL:
            yield "controller_material", Observed(value=True, since=fact.happened_on)
    for kind, name in _NUMBERS.items():
        last = newest(facts, kind)
        if last is not None and last.number is not None:
            yield name, Observed(Fraction(last.number), last.happened_on)
    yield from _changes(facts, on)
    yield from _silence(facts, on)
    yield from _suits(told, facts, on)
    yield from _of_sheets(told.sheets, facts, on)


def _changes(facts: Sequence[Fact], on: date) -> Iterator[tuple[str, Observed]]:
    year_ago = months_later(on, -12)
    days = [
        each.happened_on
        for each in facts
        if each.kind is FactKind.REGISTER_CHANGE and each.happened_on > year_ago
    ]
    if days:
        yield "register_changes", Observed(Fraction(len(days)), max(days))


def _silence(facts: Sequence[Fact], on: date) -> Iterator[tuple[str, Observed]]:
    sent = unanswered(facts)
    if sent is not None:
        since = sent + timedelta(days=_LATE_ANSWER)
        yield "days_silent", Observed(Fraction((on - sent).days), since)


def unanswered(facts: Sequence[Fact]) -> date | None:
    """The day of the oldest balance confirmation that has no answer yet; None: all were answered, or none was sent."""
    answers = [each.happened_on for each in facts if each.kind is FactKind.BALANCE_ANSWERED]  # fmt: skip
    last = max(answers, default=date.min)
    sent = [
        each.happened_on
        for each in facts
        if each.kind is FactKind.BALANCE_SENT and each.happened_on > last
    ]
    return min(sent, default=None)


def _suits(
    told: Told, facts: Sequence[Fact], on: date
) -> Iterator[tuple[str, Observed]]:
    start = months_later(on, -_TWO_YEARS)
    suits = [
        each
        for each in facts
        if each.kind in {FactKind.SUED, FactKind.ENFORCED}
        and each.happened_on > start
        and each.number
    ]
    share = _of_net_assets(told, suits, on)
    if share is not None:
        yield "suits_pct", Observed(share, max(each.happened_on for each in suits))


def _of_net_assets(told: Told, suits: Sequence[Fact], on: date) -> Fraction | None:
    sheet = latest(told.sheets, on)
    equity = sheet.value("equity") if sheet else None
    if not suits or equity is None:
        return None
    total = sum((each.number or Decimal(0) for each in suits), Decimal(0))
    # With nothing left of the net assets any suit is more than all of them.
    return Fraction(total) * _FULL / Fraction(equity) if equity > 0 else Fraction(_FULL)  # fmt: skip


def _of_sheets(
    sheets: Sequence[Sheet], facts: Sequence[Fact], on: date
) -> Iterator[tuple[str, Observed]]:
    quarters = negative_quarters(sheets, on)
    if quarters is not None:
        count, ended = quarters
        yield "negative_quarters", Observed(Fraction(count), ended)
    now = latest(sheets, on)
    if now is None:
        return
    yield from _beside_sector(now, facts)
    whole = years(sheets, on)
    if len(whole) > 1 and (whole[0].period_end - whole[1].period_end).days < _PERIOD_YEAR:  # fmt: skip
        yield from _since_last_year(whole[0], whole[1])


def _beside_sector(now: Sheet, facts: Sequence[Fact]) -> Iterator[tuple[str, Observed]]:
    mean = newest(facts, FactKind.SECTOR_CURRENT_RATIO)
    own = ratios(figures_of(now))["CR"]
    if mean is not None and mean.number and own is not None:
        usual = Fraction(mean.number)
        yield "current_ratio_below_pct", Observed((usual - own) / usual * _FULL, now.period_end)  # fmt: skip
    days = newest(facts, FactKind.SECTOR_PAYABLE_DAYS)
    owed, cost = now.value("payables"), now.yearly("cost_of_sales")
    if days is not None and days.number is not None and owed is not None and cost:
        over = Fraction(owed) / Fraction(cost) * DAYS_OF_A_YEAR - Fraction(days.number)
        yield "payable_days_over", Observed(over, now.period_end)


def _since_last_year(now: Sheet, before: Sheet) -> Iterator[tuple[str, Observed]]:
    margins = ratios(figures_of(now))["NM"], ratios(figures_of(before))["NM"]
    fall = _fall(*margins)
    if fall is not None:
        yield "margin_fall_pct", Observed(fall, now.period_end)
    fall = _fall(_turns(now), _turns(before))
    if fall is not None:
        yield "stock_turn_fall_pct", Observed(fall, now.period_end)


def _fall(now: Fraction | None, before: Fraction | None) -> Fraction | None:
    if now is None or before is None or before <= 0:
        return None
    return (before - now) / before * _FULL


def _turns(sheet: Sheet) -> Fraction | None:
    cost, stock = sheet.yearly("cost_of_sales"), sheet.value("inventory")
    return Fraction(cost) / Fraction(stock) if cost is not None and stock else None


def model_of(told: Told, on: date) -> ZModel:
    """Z′ for one that makes goods, Z″ for any other, and where nobody said what it does."""
    said = newest(holding(told.facts, on), FactKind.BUSINESS)
    maker = said is not None and said.value == "maker"
    return ZModel.PRIVATE_MANUFACTURER if maker else ZModel.GENERAL


def indicators_of(told: Told, on: date) -> Iterator[tuple[str, Fraction | str]]:
    """What statements and facts say of the indicators of the scorecard, by code; later ones win."""
    facts = holding(told.facts, on)
    flow = _cash_flow(told.sheets, on)
    if flow:
        yield "F5", flow
    for kind, code in (
        (FactKind.SECTOR_OUTLOOK, "I3"),
        (FactKind.POSITION, "I4"),
    ):
        fact = newest(facts, kind)
        if fact is not None:
            yield code, fact.value
    since = newest(facts, FactKind.TRADING_SINCE)
    if since is not None:
        yield "R1", _years(since.happened_on, on)
    papers = newest(facts, FactKind.PAPERS)
    if papers is not None and papers.number is not None:
        yield "R2", Fraction(papers.number)
    record = _record(facts, on)
    if record:
        yield "I2", record
    answers = _answers(facts, on)
    if answers:
        yield "R3", answers
    if newest(facts, FactKind.BANK_GUARANTEE) is not None:
        yield "R4", "full"


def _years(since: date, on: date) -> Fraction:
    """Whole years passed by the calendar, so that an anniversary counts on its day."""
    whole = on.year - since.year - ((on.month, on.day) < (since.month, since.day))
    return Fraction(whole)


def _cash_flow(sheets: Sequence[Sheet], on: date) -> str:
    quarters = negative_quarters(sheets, on)
    if quarters is not None and quarters[0] >= 3:
        return "negative_3_quarters"
    flows = [each.value("operating_cash_flow") for each in years(sheets, on)[:3]]
    known = [each for each in flows if each is not None]
    if len(known) == 3 and all(each > 0 for each in known):
        return "positive_3_years"
    return ""


def _record(facts: Sequence[Fact], on: date) -> str:
    """Clean where a register was looked at within a year and nothing was ever found; nothing known: no word."""
    kinds = {each.kind for each in facts}
    if kinds & _SERIOUS:
        return "serious"
    if FactKind.PUBLIC_NOTICE in kinds:
        return "minor"
    clean = newest(facts, FactKind.REGISTER_CLEAN)
    if clean is None or clean.happened_on <= months_later(on, -12):
        return ""
    return "clean"


def _answers(facts: Sequence[Fact], on: date) -> str:
    waiting = unanswered(facts)
    if waiting is not None and (on - waiting).days > _LATE_ANSWER:
        return "never"
    answered = newest(facts, FactKind.BALANCE_ANSWERED)
    if answered is None:
        return ""
    sent = [
        each.happened_on
        for each in facts
        if each.kind is FactKind.BALANCE_SENT
        and each.happened_on <= answered.happened_on
    ]
    if not sent:
        return ""
    return "in_30_days" if (answered.happened_on - max(sent)).days <= _LATE_ANSWER else "late"  # fmt: skip


def incidents(told: Told, on: date) -> int:
    """Broken promises and disputes of twelve months."""
    year_ago = months_later(on, -12)
    disputes = [each.happened_on for each in told.facts if each.kind is FactKind.DISPUTE]  # fmt: skip
    return sum(year_ago < day <= on for day in (*told.broken, *disputes))


def caps_of(told: Told, on: date) -> Iterator[tuple[str, FactValue]]:
    """What bounds the score whatever its sum."""
    facts = holding(told.facts, on)
    kinds = {each.kind for each in facts}
    yield "STRUCK_OFF", FactKind.STRUCK_OFF in kinds
    yield "SANCTIONS", FactKind.SANCTIONED in kinds
    yield "DISHONEST", FactKind.DISHONEST in kinds
    enforced = [each for each in facts if each.kind is FactKind.ENFORCED and each.number]  # fmt: skip
    share = _of_net_assets(told, enforced, on)
    if share is not None:
        yield "ENFORCED", _decimal(share)
    sheet = latest(told.sheets, on)
    if sheet is not None:
        yield "STATEMENT_AGE", months_between(sheet.period_end, on)
    founded = newest(facts, FactKind.FOUNDED)
    if founded is not None:
        yield "I1", _decimal(_years(founded.happened_on, on))


def _decimal(share: Fraction) -> Decimal:
    return Decimal(share.numerator) / Decimal(share.denominator)
