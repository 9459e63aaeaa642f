"""Which values of a policy matter now: those that today's invoices, limits, duties and estimates read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from creditdesk.domain.policy.fields import FIELDS
from creditdesk.domain.policy.terms import to_enter
from creditdesk.i18n import N_


class Use(StrEnum):
    """What reads a value, in the order in which a mistake in it hurts."""

    DUTIES = "duties"
    COVER = "cover"
    ESTIMATE = "estimate"
    LIMITS = "limits"


USE_WORDS: Mapping[Use, tuple[str, str]] = {
    Use.DUTIES: (N_("{count} open deadline"), N_("{count} open deadlines")),
    Use.COVER: (N_("the cover of {count} open invoice"), N_("the cover of {count} open invoices")),
    Use.ESTIMATE: (N_("the indemnity for {count} overdue invoice"), N_("the indemnity for {count} overdue invoices")),
    Use.LIMITS: (N_("{count} limit"), N_("{count} limits")),
}  # fmt: skip
"""One and many."""

READ_BY: Mapping[Use, frozenset[str]] = {
    Use.DUTIES: frozenset({"calendar_country", "overdue_minimum", "period_start", "period_end"}),
    Use.COVER: frozenset({
        "period_start", "period_end", "attachment_basis", "policy_currency", "fx_rule", "calendar_country", "scope",
        "scope_table", "excluded_buyers", "country_table", "causes", "insured_pct", "risk_terms", "vat_insured",
        "retention_insured", "limit_mode", "cancel_notice_days", "dcl_amount", "dcl_pct", "max_payment_term_days",
        "max_payment_term", "max_invoicing_days", "mep_days", "eom_mode", "stop_variant", "stop_rule",
        "stop_share_pct", "stop_floor",
    }),
    Use.ESTIMATE: frozenset({
        "insured_pct_repudiation", "insured_pct_political", "interest_insured", "dispute_tolerance_pct",
        "max_liability_basis", "max_liability", "max_liability_multiple", "single_buyer_cap", "nql", "nql_type", "eel",
        "min_retention", "deductible_order", "afl", "afl_basis", "pd_definition", "waiting_period", "allocation_rule",
        "allocation_switch", "recovery_rule", "minimum_premium",
    }),
    Use.LIMITS: frozenset({"limits_cancellable", "limit_life_months", "large_limit", "limit_idle_days"}),
}  # fmt: skip
"""The fields each reads; of a deadline's own rule see `waiting`."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads a value, and how many of it there are."""

    use: Use
    count: int


def needed(
    texts: Mapping[str, str],
    counts: Mapping[Use, int],
    waiting: Mapping[str, int],
) -> dict[str, tuple[Reader, ...]]:
    """The fields that matter, in the order of the schedule, each with what reads it.

    `counts`: how many of each use there are today; `waiting`: by the field of a deadline's rule, how many wait by it.
    A field that is empty matters where it must be entered.
    """
    open_ = {field.key for field in to_enter(texts)}
    found: dict[str, tuple[Reader, ...]] = {}
    for field in FIELDS:
        if not texts.get(field.key, "").strip() and field.key not in open_:
            continue
        own = waiting.get(field.key, 0)
        readers = tuple(
            Reader(use, count)
            for use in Use
            if (count := counts.get(use, 0)) and field.key in READ_BY[use]
        )
        if own:
            readers = (Reader(Use.DUTIES, own), *readers)
        if readers:
            found[field.key] = readers
    return found
