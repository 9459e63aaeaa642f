"""What of the policy each line of a calculation rests on, and on which page of the paper it stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from creditdesk.domain.base.steps import Step
from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.i18n import N_, Message

_DEDUCTIBLES = ("eel", "min_retention", "afl", "deductible_order", "afl_basis")
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "S0a": ("waiting_period", "pd_definition"),
    "S2": ("allocation_rule",),
    "S3": ("fx_rule",),
    "S4": ("vat_insured",),
    "S7": ("limit_mode",),
    "S9": ("nql", "nql_type"),
    "S10": ("insured_pct", *_DEDUCTIBLES),
    "S11": ("afl", "afl_basis"),
    "S13": ("single_buyer_cap", "max_liability_basis", "max_liability", "max_liability_multiple"),
    "R4": ("recovery_rule",),
    "P1": ("premium_basis", "premium_rate", "rate_table"),
    "P2": ("minimum_premium",),
    "P3": ("tax_rate",),
    "P4": ("limit_fee",),
    "P5": ("monitoring_fee",),
}  # fmt: skip
"""By the line's code."""
_STOP = ("stop_rule", "stop_floor", "mep_days")
"""Of the line that names the stop: it has no amount, unlike the others of its code."""
_EXPLAINED = frozenset({"S3", "S4"})
"""Lines that rest on the policy only where they explain a conversion or a VAT taken off."""
_BY = {
    "deductible_order": ("eel", "min_retention"),
    "afl_basis": ("afl",),
    "nql_type": ("nql",),
}
"""Fields that mean something only where one of these is more than nothing."""


def with_clauses(
    steps: Iterable[Step],
    texts: Mapping[str, str],
    pages: Mapping[str, str],
    percentages: tuple[str, ...] = ("insured_pct",),
) -> tuple[Step, ...]:
    """The lines, each with the fields it rests on as the schedule calls them; `percentages`: those of the causes."""
    return tuple(
        replace(step, clause=_clause(_rests_on(step), texts, pages, percentages))
        for step in steps
    )


def _rests_on(step: Step) -> tuple[str, ...]:
    if step.code == "S5" and step.amount is None:
        return _STOP
    if step.code in _EXPLAINED and step.detail is None:
        return ()
    if step.code == "P2" and step.emphasis:
        return ()  # the sum of the lines above
    return _FIELDS.get(step.code, ())


def _clause(
    keys: tuple[str, ...],
    texts: Mapping[str, str],
    pages: Mapping[str, str],
    percentages: tuple[str, ...],
) -> Message | None:
    named = tuple(_named(keys, texts, pages, percentages))
    return Message.of(N_("Policy: {fields}"), fields=named) if named else None


def _named(
    keys: tuple[str, ...],
    texts: Mapping[str, str],
    pages: Mapping[str, str],
    percentages: tuple[str, ...],
) -> Iterator[Message]:
    own = dict.fromkeys(each if texts.get(each) else "insured_pct" for each in percentages)  # fmt: skip
    for key in (each for one in keys for each in (own if one == "insured_pct" else (one,))):  # fmt: skip
        if not _counts(key, texts):
            continue
        label, page = BY_KEY[key].label, pages.get(key, "").strip()
        text = N_("{field} (page {page})") if page else N_("{field}")
        yield Message.of(text, field=label, page=page)


def _counts(key: str, texts: Mapping[str, str]) -> bool:
    """Whether the policy says something here that bears on the figures."""
    text = texts.get(key, "").strip()
    if BY_KEY[key].type.value == "money":
        return text.strip("0.,") != ""
    needed = _BY.get(key, ())
    return bool(text) and (not needed or any(_counts(each, texts) for each in needed))
