"""How each figure of a replay comes about, in words and lines."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from creditdesk.catalog.policies import duty_rules
from creditdesk.domain.base.money import Money
from creditdesk.domain.insurers.what_if import Indemnified, Replayed
from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.parts.working import FigureLine, lines
from creditdesk.reports.what_if_lines import from_debt, refusal

_PEAK = N_("The day on which most was open and not insured.")
MEANING: Final[Mapping[str, str]] = {
    "covered": N_("Mean of all days: what was open and insured. An invoice is insured with what was insured of it when its goods left, as far as it is still open."),
    "uncovered": N_("Mean of all days: what was open and not insured, by the same rule."),
    "peak": _PEAK,
    "peak_on": _PEAK,
    "due": N_("Duties whose last day lay in the time, under the policy's own deadlines."),
    "late": N_("Done after their last day, or never. The same people are taken to have acted on the same days."),
    "at_stake": N_("The debt that the late duties are about: what the insurer may refuse because of them."),
    "stops": N_("Buyers to whom deliveries had to stop, with the last day on which a delivery was still insured."),
    "premium": N_("By the ledger, policy by policy: rate and minimum, before tax."),
    "cost": N_("The premium with tax and the fees for limits and monitoring."),
    "indemnity": N_("What the losses of the time would bring, computed as for a claim."),
    "own_loss": N_("The whole debt of the failed buyers less the indemnities."),
    "net": N_("Indemnities less the premium before tax."),
    "net_of_cost": N_("Indemnities less the premium with tax and fees."),
    "break_even": N_("The covered loss of one buyer from which the indemnity is at least the premium."),
}  # fmt: skip
"""What each line counts, by its key."""


def working(key: str, found: Replayed, say: Wording) -> Iterator[FigureLine]:
    """How the figure of a line comes about under one policy; nothing where it needs no working."""
    made = _WORKINGS.get(key)
    if made is not None:
        yield from made(found, say)


def _course(found: Replayed, say: Wording) -> Iterator[FigureLine]:
    for each in found.exposure.course:
        told = say(N_("insured {amount}"), amount=say.figure(each.covered))
        bare = say(N_("not insured {amount}"), amount=say.figure(each.uncovered))
        yield _line(say.day(each.on), bare, told)


def _duties(found: Replayed, say: Wording) -> Iterator[FigureLine]:
    rules = {rule.code: rule for rule in duty_rules("")}
    for each in found.duties.kinds:
        late = say(N_("{late} of {due} late"), late=each.late, due=each.due)
        rule = rules[each.code]
        title = rule.title.in_language(say.language)
        told = []
        if each.late:
            told.append(rule.consequence.in_language(say.language))
        if each.at_stake:
            told.append(say(N_("about {amounts}"), amounts=say.moneys(each.at_stake)))
        yield _line(f"{each.code}  {title}", late, " · ".join(told), strong=bool(each.late))  # fmt: skip


def _stops(found: Replayed, say: Wording) -> Iterator[FigureLine]:
    for each in found.stops:
        yield _line(each.buyer, say.day(each.on))


def _premium(found: Replayed, say: Wording) -> Iterator[FigureLine]:
    if found.refused is not None:
        yield _line(say.message(found.refused), "")
    for each in found.premiums:
        yield _line(each.number, "", strong=True)
        yield from lines(each.steps, say)


def _losses(found: Replayed, say: Wording) -> Iterator[FigureLine]:
    for loss in found.indemnities:
        yield from _loss(loss, say)


def _loss(loss: Indemnified, say: Wording) -> Iterator[FigureLine]:
    text = N_("{buyer}, date of loss {on}")
    yield _line(say(text, buyer=loss.buyer, on=loss.date_of_loss), loss.claim, strong=True)  # fmt: skip
    if loss.made is None:
        yield _line(say.message(refusal(loss)), "")
    for each in from_debt(loss, say.say):
        yield _line(each.label, say.figure(each.amount), each.why, strong=each.bold)


def _net(found: Replayed, say: Wording) -> Iterator[FigureLine]:
    yield _amount(N_("Indemnities"), found.indemnity, say)
    yield _amount(N_("less the premium before tax"), _minus(found.premium), say)
    yield _amount(N_("What is left"), found.net, say, strong=True)


def _net_of_cost(found: Replayed, say: Wording) -> Iterator[FigureLine]:
    yield _amount(N_("Indemnities"), found.indemnity, say)
    yield _amount(N_("less the premium with tax and fees"), _minus(found.cost), say)
    yield _amount(N_("What is left"), found.net_of_cost, say, strong=True)


def _terms(found: Replayed, say: Wording) -> Iterator[FigureLine]:
    for term in found.terms:
        yield _line(say.message(term), "")


_WORKINGS: Final[Mapping[str, Callable[[Replayed, Wording], Iterator[FigureLine]]]] = {
    "covered": _course, "uncovered": _course, "peak": _course, "peak_on": _course,
    "due": _duties, "late": _duties, "at_stake": _duties, "stops": _stops,
    "premium": _premium, "cost": _premium, "indemnity": _losses, "own_loss": _losses,
    "net": _net, "net_of_cost": _net_of_cost, "break_even": _terms,
}  # fmt: skip


def _amount(text: str, amount: Money | None, say: Wording, *, strong: bool = False) -> FigureLine:  # fmt: skip
    figure = say(N_("not known")) if amount is None else say.figure(amount)
    return _line(say(text), figure, strong=strong)


def _minus(amount: Money | None) -> Money | None:
    return None if amount is None else -amount


def _line(title: str, amount: str, detail: str = "", *, strong: bool = False) -> FigureLine:  # fmt: skip
    return FigureLine(title, amount, detail, "", strong)
