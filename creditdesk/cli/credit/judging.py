"""`buyer score` and `buyer warnings`: what to think of a buyer on a day."""

from fractions import Fraction
from typing import Annotated

import typer

from creditdesk.cli.rating import rating_json
from creditdesk.cli.session import day, terminal, today
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.scorecard import plain
from creditdesk.domain.credit.warnings import Bound
from creditdesk.i18n import N_, Message
from creditdesk.services.credit import BuyerWarning

_DIGITS = 2
_AsOf = Annotated[str | None, typer.Option("--as-of", help="Today, unless given.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `buyer`."""
    app.command("score")(score)
    app.command("warnings")(warnings)


def score(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    as_of: _AsOf = None,
) -> None:
    """Score a buyer by what the desk holds of it, with the limits it needs and can bear."""
    call = terminal(context)
    when = day(as_of) if as_of else today()
    with call.desk() as desk:
        number = desk.buyers.named(desk.clients.named(client), buyer)
        found = desk.credit.rating(number, when)
    limits = found.limits
    told = found.rating.score
    call.answer(
        {
            "as_of": found.as_of,
            "currency": found.currency,
            **rating_json(found.rating, call.language),
            "decision": None,
            "limits": {
                "need": _plain(limits.need),
                "capacity": _plain(limits.capacity),
                "own": _plain(limits.own),
                "ask": _plain(limits.ask),
            },
        },
        [
            call.words(N_("{score} of 100"), score=told.score),
            told.grade or call.words(N_("Insufficient data: no grade")),
        ],
    )


def _plain(money: Money | None) -> str | None:
    return money.plain if money is not None else None


def warnings(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    as_of: _AsOf = None,
) -> None:
    """List the early warnings that hold for a client's buyers."""
    call = terminal(context)
    when = day(as_of) if as_of else today()
    with call.desk() as desk:
        found = desk.credit.warnings(desk.clients.named(client), when)
    call.answer(
        [_warning(each) for each in found],
        [call.words.say(_line(each)) for each in found],
    )


def _line(found: BuyerWarning) -> Message:
    kind = found.warned.kind
    return Message.of(
        "{code}  {buyer}  {title}", code=kind.code, buyer=found.buyer, title=kind.title
    )


def _warning(found: BuyerWarning) -> dict[str, object]:
    level, value = found.warned.level, found.warned.observed.value
    told = level.bound is Bound.TOLD
    return {
        "code": found.warned.kind.code,
        "buyer": found.buyer,
        "first_seen": found.first_seen,
        "value": None
        if told or isinstance(value, bool)
        else plain(Fraction(value), _DIGITS),
        "threshold": None
        if level.threshold is None
        else f"{level.threshold.normalize():f}",
        "effect": level.effect.value,
        "tell": level.tell or level.effect.value == "T",
        "state": "OPEN",
    }
