"""How credit files say things: what a company's code looks like, what limit there is, how late a debt is."""

from collections.abc import Mapping
from decimal import Decimal

from creditdesk.domain.base.identity import UsccCheck
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import AgingFigures
from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Cell, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.policies import STATE_TITLES, LimitNow, OwnLimit

_PROBLEMS = {
    "LENGTH": N_("wrong length"),
    "CHARACTER": N_("impossible characters"),
    "CHECK": N_("check character differs"),
}
_SOON_LATE = 60
_VERY_LATE = 90


def code_cell(code: str, check: UsccCheck | None, wording: Wording) -> Cell:
    """A social credit code with its check mark, or what is wrong with it in words."""
    if not code:
        return Cell(wording(N_("not entered")), Tone.FAINT)
    if check is None:
        return Cell(code)
    if check.valid:
        return Cell(f"✓ {check.normalized}", hint=wording(N_("The code is sound.")))
    first = check.problems[0]
    words = wording(_PROBLEMS[first.code])
    return Cell(f"⚠ {words}", Tone.WARNING, f"{code}\n{wording.message(first.message)}")


def limit_cell(
    limit: LimitNow | None, home: str, wording: Wording, own: OwnLimit | None = None
) -> Cell:
    """The limit as a figure (its currency before it where it isn't `home`), or the state in words.

    `own`: the client's own limit, where no insurer ever decided.
    """
    if own is not None:
        words = wording(
            N_("own {amount}"), amount=in_currency(own.amount, home, wording)
        )
        until = wording(N_("grounds carry until {day}"), day=own.until)
        return Cell(words, hint=until)
    if limit is None:
        return Cell(wording(N_("not applied for")), Tone.QUIET)
    if limit.amount is None:
        return Cell(wording(STATE_TITLES[limit.state]), Tone.WARNING, limit.policy)
    return Cell(in_currency(limit.amount, home, wording), hint=limit.policy)


def in_currency(amount: Money, home: str, wording: Wording) -> str:
    """A figure with its currency's code, unless that is the one everybody expects here."""
    code = "" if amount.currency == home else f"{amount.currency} "
    return code + wording.figure(amount)


def use_of(
    limit: LimitNow | None, figures: Mapping[str, AgingFigures]
) -> Decimal | None:
    """Outstanding ÷ limit, where the limit is an amount and there is debt in its currency."""
    amount = limit.amount if limit else None
    if not amount or amount.currency not in figures:
        return None
    return figures[amount.currency].outstanding.amount / amount.amount


def use_cell(use: Decimal | None, wording: Wording) -> Cell:
    """How much of a limit is used."""
    if use is None:
        return Cell("—", Tone.FAINT)
    return Cell(wording.percent(use), Tone.DANGER if use > 1 else Tone.PLAIN)


def late_cell(days: int | None, wording: Wording) -> Cell:
    """How long the oldest debt is overdue; nothing where nothing is."""
    if days is None or days <= 0:
        return Cell("")
    words = wording.plural(N_("{count} day"), N_("{count} days"), days)
    return Cell(words, late_tone(days))


def late_tone(days: int) -> Tone:
    """The colour of days overdue."""
    if days > _VERY_LATE:
        return Tone.DANGER
    return Tone.WARNING if days > _SOON_LATE else Tone.PLAIN
