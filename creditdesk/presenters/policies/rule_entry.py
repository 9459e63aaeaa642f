"""Entering how a deadline is counted: one way, a second one if it comes earlier, and events that end it at once."""

from creditdesk.domain.base.calendar import Offset, Unit
from creditdesk.domain.base.counting import Anchor, CountRule
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import Answers, FormField, Option
from creditdesk.presenters.parts.rules import anchor_words, unit_words
from creditdesk.presenters.parts.typed import NO, YES, FieldKind
from creditdesk.presenters.parts.wording import Wording

_AT_ONCE = (
    Anchor.KNOWLEDGE,
    Anchor.INSOLVENCY,
    Anchor.LIMIT_WITHDRAWN,
    Anchor.MANDATE,
    Anchor.CLAIM_FILED,
)
AT_ONCE_FIRST = _AT_ONCE[0].value
"""The first of the fields for events that end a deadline at once."""
_NOTHING = Option("", "—")


class RuleUnfinished(UserError):
    """A step of a deadline with a number and no unit, or the other way round."""

    message = N_("Say what the deadline counts: both how many, and days or months.")


def rule_fields(label: str, wording: Wording) -> tuple[FormField, ...]:
    """The fields of one deadline."""
    anchors = tuple(Option(each.value, anchor_words(each, wording)) for each in Anchor)
    counted = wording(N_("counted from"))
    earlier = wording(N_("or earlier, from"))
    return (
        FormField(key="anchor", label=f"{label}: {counted}", kind=FieldKind.CHOICE, options=(_NOTHING, *anchors)),
        *_step_fields("1", wording(N_("how many")), wording(N_("of what")), wording),
        *_step_fields("2", wording(N_("then how many")), wording(N_("then of what")), wording),
        FormField(key="earlier", label=earlier, kind=FieldKind.CHOICE, options=(_NOTHING, *anchors)),
        *_step_fields("3", wording(N_("how many")), wording(N_("of what")), wording),
        *(
            FormField(
                key=each.value, label=wording(N_("At once on")), kind=FieldKind.FLAG,
                hint=anchor_words(each, wording),
            )
            for each in _AT_ONCE
        ),
    )  # fmt: skip


def _step_fields(
    place: str, many: str, what: str, wording: Wording
) -> tuple[FormField, FormField]:
    units = (
        _NOTHING,
        *(Option(each.value, unit_words(each, wording)) for each in Unit),
    )
    return (
        FormField(key=f"n{place}", label=many, kind=FieldKind.NUMBER),
        FormField(key=f"unit{place}", label=what, kind=FieldKind.CHOICE, options=units),
    )


def rule_values(text: str) -> dict[str, str]:
    """A deadline as the texts of its fields."""
    if not text:
        return {}
    first, *others = CountRule.parse(text).ways
    values = {
        "anchor": first.anchor.value,
        **_steps(first, ("1", "2")),
        **{each.value: NO for each in _AT_ONCE},
    }
    for way in others:
        if not way.offsets and way.anchor in _AT_ONCE:
            values[way.anchor.value] = YES
        else:
            values |= {"earlier": way.anchor.value, **_steps(way, ("3",))}
    return values


def _steps(way: CountRule, places: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for place, offset in zip(places, way.offsets, strict=False):
        values[f"unit{place}"] = offset.unit.value
        values[f"n{place}"] = "" if offset.unit is Unit.IMMEDIATE else str(offset.n)
    return values


def rule_text(answers: Answers) -> str:
    """What was entered, as the policy keeps it; empty without a start. Raises where it can't be meant."""
    if not answers.text("anchor"):
        return ""
    ways = [_way(answers, "anchor", ("1", "2"))]
    if answers.text("earlier"):
        ways.append(_way(answers, "earlier", ("3",)))
    ways += [CountRule(each) for each in _AT_ONCE if answers.flag(each.value)]
    first, *others = ways
    return CountRule(first.anchor, first.offsets, tuple(others)).text


def _way(answers: Answers, anchor: str, places: tuple[str, ...]) -> CountRule:
    offsets = [_offset(answers, place) for place in places]
    return CountRule(
        Anchor(answers.text(anchor)), tuple(each for each in offsets if each)
    )


def _offset(answers: Answers, place: str) -> Offset | None:
    n, unit = answers.whole(f"n{place}"), answers.text(f"unit{place}")
    if unit == Unit.IMMEDIATE:
        return Offset(0, Unit.IMMEDIATE)
    if (n is None) is not (not unit):
        raise RuleUnfinished
    return None if n is None else Offset(n, Unit(unit))
