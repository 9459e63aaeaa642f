"""A buyer's rating as scripts read it, in `calc score` and `buyer score`."""

from collections.abc import Iterable

from creditdesk.cli.words import steps_json
from creditdesk.domain.base.steps import Step
from creditdesk.domain.credit.payment_index import PaymentFigures
from creditdesk.domain.credit.rating import Rating
from creditdesk.domain.credit.ratios import ZModel, ZScore
from creditdesk.domain.credit.scorecard import fixed
from creditdesk.i18n import N_, Language, Message

PAYMENT_DIGITS = 2
_RATIO_DIGITS = 4


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
        "completeness": fixed(found.completeness, PAYMENT_DIGITS),
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


def payments_json(found: PaymentFigures | None) -> dict[str, object]:
    """The figures of payments; null without any."""
    if found is None:
        return {"index": None, "dbt": None, "late_30_pct": None}
    return {
        "index": fixed(found.index, PAYMENT_DIGITS),
        "dbt": fixed(found.dbt, PAYMENT_DIGITS),
        "late_30_pct": fixed(found.late_share * 100, PAYMENT_DIGITS),
    }
