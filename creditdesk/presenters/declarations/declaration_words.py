"""How declarations are said on screens: states, periods, deadlines."""

from collections.abc import Iterable

from creditdesk.domain.base.calendar import end_of_month
from creditdesk.domain.base.money import Money
from creditdesk.domain.declare.declarations import KIND_WORDS, Mode
from creditdesk.domain.declare.declared import STATE_WORDS, State
from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Cell, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.declarations import PeriodLine

_TONES = {
    State.RUNNING: Tone.QUIET,
    State.TO_DECLARE: Tone.WARNING,
    State.LATE: Tone.DANGER,
    State.DECLARED: Tone.DONE,
    State.DECLARED_LATE: Tone.WARNING,
    State.DIFFERS: Tone.DANGER,
}
CHIPS = {
    Tone.QUIET: "plain",
    Tone.WARNING: "warning",
    Tone.DANGER: "danger",
    Tone.DONE: "done",
}
MODE_WORDS = {
    Mode.PER_SHIPMENT: N_("each shipment"),
    Mode.MONTHLY: N_("shipments of each month"),
    Mode.QUARTERLY: N_("shipments of each quarter"),
    Mode.ANNUAL: N_("turnover of each policy year"),
    Mode.BALANCE_MONTHLY: N_("balances at each month-end"),
    Mode.NONE: N_("nothing is declared"),
}


def mode_words(mode: Mode | None, wording: Wording) -> str:
    """How the policy is declared."""
    if mode is None:
        return wording(N_("the policy doesn't say"))
    return wording(MODE_WORDS[mode])


def period_words(line: PeriodLine, wording: Wording) -> str:
    """The time a period is about: a day, a month as such, or from one day to another."""
    period = line.asked.period
    if period.start == period.end:
        return wording.day(period.start)
    if (period.start.day, period.end) == (1, end_of_month(period.start)):
        return wording.month(period.start)
    return wording(N_("{start} to {end}"), start=period.start, end=period.end)


def title_of(line: PeriodLine, wording: Wording) -> str:
    """What is declared, for which time."""
    return f"{wording(KIND_WORDS[line.asked.kind])}  {period_words(line, wording)}"


def state_cell(line: PeriodLine, wording: Wording) -> Cell:
    """How a period stands, in words and colour."""
    said = wording(STATE_WORDS[line.state])
    if line.state is State.DECLARED_LATE:
        said = wording.plural(
            N_("declared {count} day late"), N_("declared {count} days late"), line.late
        )
    if line.state is State.DIFFERS and not line.differences:
        said = wording(N_("the total declared differs"))
    elif line.state is State.DIFFERS:
        said = wording.plural(
            N_("{count} document differs"),
            N_("{count} documents differ"),
            line.differences,
        )
    return Cell(said, _TONES[line.state])


def by_cell(line: PeriodLine, today_words: str, wording: Wording) -> Cell:
    """By when, with what is said of it today."""
    deadline = line.asked.deadline
    if deadline is None:
        return Cell(wording(N_("no date set")), Tone.QUIET)
    hint = wording(
        N_("Safe day {safe}, last legal day {legal}. {off}"),
        safe=deadline.safe,
        legal=deadline.legal,
        off=today_words,
    )
    return Cell(wording.day(deadline.safe), state_cell(line, wording).tone, hint)


def amounts(found: Iterable[Money], wording: Wording) -> str:
    """Amounts of several currencies beside each other; nothing for nothing."""
    return wording.moneys(each for each in found if each)


def difference(line: PeriodLine) -> tuple[Money, ...]:
    """Ledger less declared, a figure a currency; nothing where nothing was declared."""
    if not line.declared:
        return ()
    told = {each.currency: each for each in line.declared}
    now = {each.currency: each for each in line.computed}
    return tuple(
        now.get(code, Money.zero(code)) - told.get(code, Money.zero(code))
        for code in sorted({*told, *now})
    )
