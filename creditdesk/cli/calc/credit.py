"""Reads the cases of `calc score` and `calc payment-index`, and answers them (commands.md)."""

from collections.abc import Iterable
from decimal import Decimal

from creditdesk.catalog.scorecards import STANDARD, scorecards
from creditdesk.cli.calc.reading import Reader
from creditdesk.cli.calc.words import steps_json
from creditdesk.domain.base.steps import Step
from creditdesk.domain.credit.payment_index import (
    Paid,
    PaymentFigures,
    payment_figures,
    points,
)
from creditdesk.domain.credit.rating import Known, Rating, rated
from creditdesk.domain.credit.ratios import (
    FIGURE_NAMES,
    SIGNED,
    Figures,
    ZModel,
    ZScore,
)
from creditdesk.domain.credit.scorecard import FactValue, fixed
from creditdesk.i18n import N_, Language, Message

_MOST_MONTHS = 24
_RATIO_DIGITS = 4
_PAYMENT_DIGITS = 2


def score(case: Reader, language: Language) -> dict[str, object]:
    """A buyer's score from a statement, payments and facts."""
    card = scorecards().get(case.text("scorecard", STANDARD))
    if card is None:
        choices = tuple(scorecards())
        raise case.wrong("scorecard", N_("one of {choices}"), choices=choices)
    known = Known(
        model=case.any_case("model", ZModel),
        figures=_figures(case.maybe_part("statement")),
        months=_months(case),
        year=payment_figures(_payments(case, required=False)),
        facts=_facts(case.maybe_part("facts")),
    )
    case.close()
    return rating_json(rated(card, known), language)


def rating_json(rating: Rating, language: Language) -> dict[str, object]:
    """A rating as scripts read it."""
    found = rating.score
    return {
        "model": rating.model.value,
        "z_private": _z_json(rating.z[ZModel.PRIVATE_MANUFACTURER]),
        "z_general": _z_json(rating.z[ZModel.GENERAL]),
        "em_score": _z_json(rating.z[ZModel.EMERGING_MARKET]),
        "ratios": {
            code: None if value is None else fixed(value, _RATIO_DIGITS)
            for code, value in rating.ratios.items()
        },
        "annualised": rating.annualised,
        "ebit_estimated": rating.ebit_estimated,
        **payments_json(rating.payments),
        "points": {each.indicator.code: each.points for each in found.points},
        "unknown": [each.indicator.code for each in found.points if not each.known],
        "raw_score": found.raw,
        "score": found.score,
        "completeness": fixed(found.completeness, _PAYMENT_DIGITS),
        "sufficient": found.grade is not None,
        "grade": found.grade,
        "caps": [each.cap.code for each in found.caps],
        "scorecard": {"id": found.card.id, "version": found.card.version},
        "steps": steps_json(_steps(rating), language),
    }


def _z_json(z: ZScore | None) -> dict[str, object] | None:
    if z is None:
        return None
    return {"value": fixed(z.value, _RATIO_DIGITS), "zone": z.zone.value}


def _steps(rating: Rating) -> Iterable[Step]:
    found = rating.score
    for each in found.points:
        label = Message.of("{title}", title=each.indicator.title)
        yield Step(each.indicator.code, label, detail=each.reason, source="6.3")
    for cap in found.caps:
        label = Message.of("{title}", title=cap.cap.title)
        yield Step(cap.cap.code, label, detail=cap.reason, source="6.3")
    total = Message.of(N_("{score} of 100"), score=found.score)
    yield Step("SCORE", Message(N_("Score")), detail=total, source="6.3", emphasis=True)
    if found.grade is None:
        told = Message(N_("Insufficient data: no grade"))
        yield Step("GRADE", Message(N_("Grade")), detail=told, source="6.3")


def _figures(statement: Reader | None) -> Figures:
    if statement is None:
        return Figures()
    known = {
        name: statement.maybe_signed_number(name)
        if name in SIGNED
        else statement.maybe_number(name)
        for name in FIGURE_NAMES
    }
    statement.close()
    return Figures(**known)


def _months(case: Reader) -> int:
    months = case.days("months", 12)
    if not 1 <= months <= _MOST_MONTHS:
        raise case.wrong("months", N_("a number of months from 1 to 24"))
    return months


def _payments(case: Reader, *, required: bool) -> list[Paid]:
    found = []
    for reader in case.objects("payments", required=required):
        found.append(Paid(reader.number("amount"), reader.signed_days("days_late")))
        reader.close()
    return found


def _facts(facts: Reader | None) -> dict[str, FactValue]:
    return {} if facts is None else {key: facts.fact(key) for key in facts.keys}


def payment_index(case: Reader, language: Language) -> dict[str, object]:
    """The payment index on the PAYDEX scale, and the days beyond terms."""
    payments = _payments(case, required=True)
    case.close()
    found = payment_figures(payments)
    return {
        **payments_json(found),
        "steps": steps_json(_index_steps(payments, found), language),
    }


def payments_json(found: PaymentFigures | None) -> dict[str, object]:
    """The figures of payments; null without any."""
    if found is None:
        return {"index": None, "dbt": None, "late_30_pct": None}
    return {
        "index": fixed(found.index, _PAYMENT_DIGITS),
        "dbt": fixed(found.dbt, _PAYMENT_DIGITS),
        "late_30_pct": fixed(found.late_share * 100, _PAYMENT_DIGITS),
    }


def _index_steps(payments: list[Paid], found: PaymentFigures | None) -> Iterable[Step]:
    for each in payments:
        worth = fixed(points(each.days_late), _PAYMENT_DIGITS)
        text = N_("{amount}, {days} days late: {points} points")
        label = Message.of(text, amount=_plain(each.amount), days=each.days_late, points=worth)  # fmt: skip
        yield Step("PAID", label, source="6.2")
    if found is not None:
        index = Message(fixed(found.index, _PAYMENT_DIGITS))
        label = Message(N_("Payment index (PAYDEX scale), weighted by amount"))
        yield Step("INDEX", label, detail=index, source="6.2", emphasis=True)


def _plain(number: Decimal) -> str:
    return f"{number:f}"
