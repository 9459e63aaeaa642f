"""Deadline rules, their anchors and units in the window's words."""

from creditdesk.domain.base.calendar import Unit
from creditdesk.domain.base.counting import Anchor, CountRule
from creditdesk.domain.duties.rule_words import ANCHOR_WORDS
from creditdesk.domain.duties.rule_words import rule_words as rule_message
from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording

_UNIT_NAMES = {
    Unit.CALENDAR_DAYS: N_("days"),
    Unit.WORKING_DAYS: N_("working days"),
    Unit.MONTHS: N_("months"),
    Unit.DAY_OF_NEXT_MONTH: N_("day of the next month"),
    Unit.IMMEDIATE: N_("at once"),
}


def rule_words(rule: CountRule, wording: Wording) -> str:
    """The rule as a person says it; of several ways the earliest counts."""
    return wording.message(rule_message(rule))


def anchor_words(anchor: Anchor, wording: Wording) -> str:
    """The fact a deadline is counted from."""
    return wording(ANCHOR_WORDS[anchor])


def unit_words(unit: Unit, wording: Wording) -> str:
    """What a step counts."""
    return wording(_UNIT_NAMES[unit])
