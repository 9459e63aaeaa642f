"""Reads the case of `calc compare` and `insurer compare`, and answers it (commands.md)."""

from collections.abc import Mapping
from decimal import Decimal

from creditdesk.cases.reading import Reader
from creditdesk.cli.words import steps_json
from creditdesk.domain.base.money import Money
from creditdesk.domain.insurers.quotes import (
    HIGHEST,
    LOWEST,
    STANDARD_WEIGHTS,
    Compared,
    Comparison,
    Criterion,
    Quote,
    RiskClass,
    Solvency,
    compared,
)
from creditdesk.i18n import N_, Language

_CURRENCY = "CNY"
_HUNDRED = 100
_MOST_RATIO_PCT = 100_000


def compare(case: Reader, language: Language) -> dict[str, object]:
    """Quotes side by side."""
    return comparison_json(comparison(case), language)


def comparison(case: Reader) -> Comparison:
    """The quotes of a case, compared."""
    currency = case.currency("currency", _CURRENCY)
    turnover = case.money("turnover", currency)
    weights = _weights(case)
    quotes = tuple(_quote(each, currency) for each in case.objects("quotes"))
    names = [each.name for each in quotes]
    if not quotes or len({*names}) < len(names):
        raise case.wrong("quotes", N_("a list of quotes, each with a name of its own"))
    case.close()
    return compared(turnover, weights, quotes)


def comparison_json(found: Comparison, language: Language) -> dict[str, object]:
    """The comparison as scripts read it, in the order given."""
    return {
        "currency": found.turnover.currency,
        "turnover": found.turnover.plain,
        "weights": {each.value: f"{weight.normalize():f}" for each, weight in found.weights.items()},
        "quotes": [_line(each, language) for each in found.quotes],
        "ties": [list(names) for names in found.ties],
    }  # fmt: skip


def _line(line: Compared, language: Language) -> dict[str, object]:
    return {
        "name": line.quote.name,
        "premium": _plain(line.premium),
        "total_cost": _plain(line.total_cost),
        "bps": None if line.bps is None else str(line.bps),
        "score": None if line.score is None else str(line.score),
        "by_criterion": {each.value: line.quote.scores.get(each) for each in Criterion},
        "gate": line.gate.value,
        "missing": list(line.missing),
        "steps": steps_json(line.steps, language),
    }


def _plain(amount: Money | None) -> str | None:
    return None if amount is None else amount.plain


def _weights(case: Reader) -> Mapping[Criterion, Decimal]:
    given = case.maybe_part("weights")
    if given is None:
        return STANDARD_WEIGHTS
    weights = {each: given.percent(each.value, "0") for each in Criterion}
    if sum(weights.values()) != _HUNDRED:
        raise case.wrong("weights", N_("percentages that add up to 100"))
    given.close()
    return weights


def _quote(quote: Reader, currency: str) -> Quote:
    rate, tax = quote.maybe_number("rate_pct"), quote.maybe_number("tax_pct")
    for key, number in (("rate_pct", rate), ("tax_pct", tax)):
        if number is not None and number > _HUNDRED:
            raise quote.wrong(key, N_("a percentage between 0 and 100"))
    result = Quote(
        name=quote.text("name"),
        rate_pct=rate,
        minimum=quote.maybe_money("minimum", currency),
        tax_pct=tax,
        limits=quote.maybe_days("limits"),
        limit_fee=quote.maybe_money("limit_fee", currency),
        monitoring=quote.maybe_money("monitoring", currency),
        collection_share=quote.maybe_money("collection_share", currency),
        retained_loss=quote.maybe_money("retained_loss", currency),
        subsidy=quote.maybe_money("subsidy", currency),
        solvency=Solvency(
            core_pct=_ratio(quote, "core_ratio_pct"),
            comprehensive_pct=_ratio(quote, "comprehensive_ratio_pct"),
            risk_class=quote.maybe_any_case("risk_class", RiskClass),
            is_state_insurer=quote.flag("state_insurer", default=False),
        ),
        scores=_scores(quote.maybe_part("scores")),
    )
    quote.close()
    return result


def _ratio(quote: Reader, key: str) -> Decimal | None:
    """A solvency ratio, below 0 where an insurer's own funds are."""
    ratio = quote.maybe_signed_number(key)
    if ratio is not None and abs(ratio) > _MOST_RATIO_PCT:
        raise quote.wrong(key, N_("a solvency ratio in percent"))
    return ratio


def _scores(scores: Reader | None) -> Mapping[Criterion, int]:
    if scores is None:
        return {}
    given = {each: scores.maybe_days(each.value) for each in Criterion}
    for each, points in given.items():
        if points is not None and not LOWEST <= points <= HIGHEST:
            raise scores.wrong(each.value, N_("a whole number from 1 to 5"))
    scores.close()
    return {each: points for each, points in given.items() if points is not None}
