"""Reads the cases of `calc score` and `calc payment-index`, and answers them (commands.md)."""

from collections.abc import Iterable
from decimal import Decimal

from creditdesk.cases.reading import Reader
from creditdesk.catalog.scorecards import STANDARD, scorecards
from creditdesk.cli.rating import PAYMENT_DIGITS, payments_json, rating_json
from creditdesk.cli.words import steps_json
from creditdesk.domain.base.steps import Step
from creditdesk.domain.credit.payment_index import (
    Paid,
    PaymentFigures,
    payment_figures,
    points,
)
from creditdesk.domain.credit.rating import Known, rated
from creditdesk.domain.credit.ratios import (
    FIGURE_NAMES,
    SIGNED,
    Figures,
    ZModel,
)
from creditdesk.domain.credit.scorecard import FactValue, fixed
from creditdesk.domain.credit.statement_checks import doubts
from creditdesk.i18n import N_, Language, Message, words

_MOST_MONTHS = 24


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
    say = words(language).say
    remarks = [say(each) for each in doubts(known.figures)]
    return {**rating_json(rated(card, known), language), "remarks": remarks}


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


def _index_steps(payments: list[Paid], found: PaymentFigures | None) -> Iterable[Step]:
    for each in payments:
        worth = fixed(points(each.days_late), PAYMENT_DIGITS)
        text = N_("{amount}, {days} days late: {points} points")
        label = Message.of(text, amount=_plain(each.amount), days=each.days_late, points=worth)  # fmt: skip
        yield Step("PAID", label, source="6.2")
    if found is not None:
        index = Message(fixed(found.index, PAYMENT_DIGITS))
        label = Message(N_("Payment index (PAYDEX scale), weighted by amount"))
        yield Step("INDEX", label, detail=index, source="6.2", emphasis=True)


def _plain(number: Decimal) -> str:
    return f"{number:f}"
