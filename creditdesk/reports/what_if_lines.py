"""The lines in which a replay is told, for paper and window alike: what each policy cost, insured and paid."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from creditdesk.domain.base.money import Money
from creditdesk.domain.insurers.what_if import Indemnified, Replayed
from creditdesk.i18n import N_, Message, Words
from creditdesk.reports import style

Value = Money | tuple[Money, ...] | int | date | str | None


class Good(Enum):
    """Which of two figures is better for the client."""

    MORE = 1
    LESS = -1
    NEITHER = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its key, what it is called, and what each policy says; None: it isn't known, or there is none."""

    key: str
    label: str
    of: Callable[[Replayed], Value]
    good: Good = Good.NEITHER
    bold: bool = False


def _peak_day(found: Replayed) -> date | None:
    peak = found.exposure.peak
    return peak.on if peak.uncovered else None


LINES: Final = (
    Line("currency", N_("Currency"), lambda found: found.currency),
    Line("covered", N_("Insured on average"), lambda found: found.exposure.covered_average, Good.MORE),
    Line("uncovered", N_("Not insured on average"), lambda found: found.exposure.uncovered_average, Good.LESS),
    Line("peak", N_("Not insured at most"), lambda found: found.exposure.peak.uncovered, Good.LESS),
    Line("peak_on", N_("on"), _peak_day),
    Line("due", N_("Duties due"), lambda found: found.duties.due),
    Line("late", N_("of them late"), lambda found: found.duties.late, Good.LESS),
    Line("at_stake", N_("Debt that late duties put at risk"), lambda found: found.duties.at_stake, Good.LESS),
    Line("stops", N_("Buyers with a stop of deliveries"), lambda found: len(found.stops)),
    Line("premium", N_("Premium before tax"), lambda found: found.premium, Good.LESS, bold=True),
    Line("cost", N_("with tax and fees"), lambda found: found.cost, Good.LESS),
    Line("indemnity", N_("Indemnities"), lambda found: found.indemnity, Good.MORE, bold=True),
    Line("own_loss", N_("Loss that no indemnity brings back"), lambda found: found.own_loss, Good.LESS),
    Line("net", N_("Indemnities less premium"), lambda found: found.net, Good.MORE, bold=True),
    Line("net_of_cost", N_("less tax and fees, too"), lambda found: found.net_of_cost, Good.MORE),
    Line("break_even", N_("Loss from which the premium is paid back"), lambda found: found.break_even, Good.LESS),
)  # fmt: skip


def words_of(value: Value) -> str:
    """A figure as it is printed; empty where there is none."""
    match value:
        case None:
            return ""
        case Money():
            return style.figure(value)
        case tuple():
            # One currency stands without its name, as every figure of the page does; more are told apart.
            write = style.figure if len(value) == 1 else style.money
            return " + ".join(write(each) for each in value)
        case date():
            return style.day(value)
        case _:
            return str(value)


def less(first: Value, second: Value) -> Money | int | None:
    """The first less the second, where both are such figures."""
    match first, second:
        case (Money(), Money()) if first.currency == second.currency:
            return first - second
        case (tuple(), tuple()) if len(first) == len(second) == 1:
            return less(first[0], second[0])
        case (int(), int()):
            return first - second
    return None


@dataclass(frozen=True, slots=True)
class LossLine:
    """One step from the debt to the indemnity: what it is called, the amount, and why."""

    label: str
    amount: Money
    why: str = ""
    bold: bool = False


def from_debt(loss: Indemnified, say: Words) -> Iterator[LossLine]:
    """How a loss becomes what is paid, with the reason for every part that isn't; nothing where it can't be told."""
    made = loss.made
    if made is None:
        return
    names = loss.case.names
    yield LossLine(say("Whole debt"), made.whole_debt)
    for row in loss.not_insured:
        codes = tuple(reason.value for reason in row.reasons)
        why = style.reasons(codes or (("DISPUTED",) if row.held else ()), say)
        label = say("less {invoice}", invoice=say.name(names[row.id]))
        other = say("VAT or another part that is not insured")
        yield LossLine(label, row.eligible - row.residual, why or other)
    over = made.eligible_debt - made.covered_loss
    if over:
        yield LossLine(say("less what goes beyond the limit"), -over)
    yield LossLine(say("Covered loss"), made.covered_loss, bold=True)
    own = say("less the own share, deductible and maximum")
    yield LossLine(own, -made.own_share)
    yield LossLine(say("Indemnity"), made.indemnity, bold=True)


def refusal(loss: Indemnified) -> Message:
    """What stands against an indemnity that can't be computed."""
    return loss.refused or Message(N_("not known"))
