"""`client forecast`: when the money of open invoices is expected."""

from typing import Annotated

import typer

from creditdesk.cli.session import Terminal, day, terminal, today
from creditdesk.domain.forecast.forecasts import (
    ExpectedPayment,
    ExpectedWeek,
    PaymentForecast,
    Quality,
)
from creditdesk.i18n import N_, Message

_DIGITS = 4
_DAY_DIGITS = 2


def register(app: typer.Typer) -> None:
    """Add the command to `client`."""
    app.command()(forecast)


def forecast(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Today, unless given.")
    ] = None,
) -> None:
    """Estimate when open invoices are paid, learned from the desk's own ledgers, with how good that is here."""
    call = terminal(context)
    when = day(as_of) if as_of else today()
    with call.desk() as desk:
        found = desk.forecasts.payments(desk.clients.named(client), when)
    call.answer(
        {
            "as_of": found.as_of,
            "quality": _quality(found.quality),
            "invoices": [_invoice(each) for each in found.invoices],
            "weeks": [_week(each) for each in found.weeks],
        },
        _lines(found, call),
    )


def _quality(quality: Quality) -> dict[str, object]:
    return {
        "silent": quality.silent,
        "why": quality.why,
        "trained_on": quality.trained_on,
        "tried_on": quality.tried_on,
        "auc_late": _rounded(quality.auc_late),
        "auc_portfolio": _rounded(quality.auc_portfolio),
        "auc_own_mean": _rounded(quality.auc_own_mean),
        "calibration_error": _rounded(quality.calibration_error),
        "days_error": _rounded(quality.days_error, _DAY_DIGITS),
        "days_error_own_mean": _rounded(quality.days_error_own_mean, _DAY_DIGITS),
    }


def _rounded(figure: float | None, digits: int = _DIGITS) -> float | None:
    return None if figure is None else round(figure, digits)


def _invoice(each: ExpectedPayment) -> dict[str, object]:
    late, late_15, late_30 = (round(chance, _DIGITS) for chance in each.chances)
    return {
        "buyer": each.buyer,
        "number": each.number,
        "currency": each.open.currency,
        "open": each.open,
        "due": each.due,
        "expected_on": each.expected_on,
        "p_late": late,
        "p_late_15": late_15,
        "p_late_30": late_30,
        "reasons": each.reasons,
    }


def _week(each: ExpectedWeek) -> dict[str, object]:
    return {
        "from": each.start,
        "currency": each.amount.currency,
        "amount": each.amount,
        "low": each.low,
        "high": each.high,
    }


def _lines(found: PaymentForecast, call: Terminal) -> list[str]:
    say = call.words
    if found.quality.why is not None:
        return [say.say(found.quality.why)]
    trust = Message.of(
        N_(
            "An estimate: on {tried} later invoices the day of payment was off by {days} days, "
            "{own} by the buyer's mean."
        ),
        tried=found.quality.tried_on,
        days=_rounded(found.quality.days_error, 1),
        own=_rounded(found.quality.days_error_own_mean, 1),
    )
    text = N_("from {start}: {amount} ({low} to {high})")
    return [
        say.say(trust),
        *(say(text, start=each.start, amount=each.amount, low=each.low, high=each.high) for each in found.weeks),
    ]  # fmt: skip
