"""How deadline rules are said: `DUE_DATE + 60 CD` is "due date + 60 days"."""

from creditdesk.domain.base.calendar import Offset, Unit
from creditdesk.domain.base.counting import Anchor, CountRule
from creditdesk.i18n import N_, Message

ANCHOR_WORDS = {
    Anchor.DUE_DATE: N_("due date"),
    Anchor.EXTENSION: N_("start of extension"),
    Anchor.MEP_END: N_("end of extension"),
    Anchor.PD_END: N_("end of default period"),
    Anchor.INVOICING_END: N_("end of invoicing period"),
    Anchor.KNOWLEDGE: N_("knowledge"),
    Anchor.NOTICE_SENT: N_("notice sent"),
    Anchor.NOTICE_RECEIVED: N_("notice received"),
    Anchor.INSOLVENCY: N_("insolvency"),
    Anchor.CLAIM_FILED: N_("claim filed"),
    Anchor.CLAIM_RECEIVED: N_("claim received"),
    Anchor.MANDATE: N_("collection mandate"),
    Anchor.INSURER_REQUEST: N_("insurer's request"),
    Anchor.LIMITATION: N_("beginning of the limitation"),
    Anchor.INSURER_DAY: N_("day named by the insurer"),
    Anchor.MONEY_RECEIVED: N_("money received"),
    Anchor.SHIPMENT: N_("shipment"),
    Anchor.LIMIT_APPLIED: N_("limit applied for"),
    Anchor.LIMIT_EXPIRY: N_("limit's end"),
    Anchor.LIMIT_WITHDRAWN: N_("limit withdrawn"),
    Anchor.MONTH_END: N_("end of month"),
    Anchor.PERIOD_START: N_("start of policy"),
    Anchor.PERIOD_END: N_("end of policy"),
    Anchor.YEAR_END: N_("end of that year"),
    Anchor.NON_RENEWAL: N_("notice before expiry"),
    Anchor.DATE_OF_LOSS: N_("date of loss"),
    Anchor.PREMIUM_DUE: N_("day on the premium note"),
    Anchor.REVIEW: N_("review by the client's own rules"),
}
_UNITS = {
    Unit.CALENDAR_DAYS: N_("{n} days"),
    Unit.WORKING_DAYS: N_("{n} working days"),
    Unit.MONTHS: N_("{n} months"),
    Unit.DAY_OF_NEXT_MONTH: N_("day {n} of the next month"),
    Unit.IMMEDIATE: N_("at once"),
}


def rule_words(rule: CountRule) -> Message:
    """The rule as a person says it; of several ways the earliest counts."""
    ways = tuple(_way(way) for way in rule.ways)
    if len(ways) == 1:
        return ways[0]
    return Message.of(N_("the earliest of: {ways}"), ways=ways)


def _way(way: CountRule) -> Message:
    said = Message(ANCHOR_WORDS[way.anchor])
    for each in way.offsets:
        text = N_("{start} \u2212 {step}") if each.n < 0 else N_("{start} + {step}")
        said = Message.of(text, start=said, step=_offset(each))
    return said


def _offset(offset: Offset) -> Message:
    return Message.of(_UNITS[offset.unit], n=abs(offset.n))
