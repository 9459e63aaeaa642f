"""Values that can be meant but are mostly slips of the pen: asked about once, taken when given again."""

from collections.abc import Mapping
from decimal import Decimal

from creditdesk.domain.policy.fields import BY_KEY, PolicyField
from creditdesk.errors import UserError
from creditdesk.i18n import N_

_PERCENTAGES = frozenset(
    {"insured_pct", "insured_pct_repudiation", "insured_pct_political", "dcl_pct"}
)
_PERIODS = frozenset({"max_payment_term_days", "mep_days"})
_LEAST_PERCENT = 50
_WHOLE = 100
_LONGEST = 720
_HIGH_RATE = 5


class PeriodDoubtful(UserError):
    """No days at all, or about two years."""

    message = N_(
        "{field}: {value} days are unusual. Look at the policy again; if it says so, keep it once more."
    )


class PercentageDoubtful(UserError):
    """Insurers leave a share with the client, seldom more than half."""

    message = N_(
        "{field}: insurers mostly pay 50 to 95 %, not {value} %. If the policy says so, keep it once more."
    )


class RateDoubtful(UserError):
    """Rates are fractions of one per cent."""

    message = N_(
        "{field}: {value} % of the turnover is very much. Is it per mille? If it is per cent, keep it once more."
    )


class LiabilityDoubtful(UserError):
    """A year's cover for less than its price."""

    message = N_(
        "{field}: the maximum liability would be {liability}, less than the minimum premium of {premium}. "
        "Were digits left out? If the policy says so, keep it once more."
    )


def doubt(key: str, text: str, texts: Mapping[str, str]) -> UserError | None:
    """The question a readable value deserves beside the other values of its schedule; None: it looks right."""
    field = BY_KEY[key]
    if not text.strip():
        return None
    if key in _PERIODS and not 0 < int(text) <= _LONGEST:
        return PeriodDoubtful(field=field.label, value=text)
    if key in _PERCENTAGES and not _LEAST_PERCENT <= Decimal(text) < _WHOLE:
        return PercentageDoubtful(field=field.label, value=text)
    if key == "premium_rate" and Decimal(text) >= _HIGH_RATE:
        return RateDoubtful(field=field.label, value=text)
    return _liability_doubt(field, {**texts, key: text})


def _liability_doubt(field: PolicyField, texts: Mapping[str, str]) -> UserError | None:
    most, least = texts.get("max_liability", ""), texts.get("minimum_premium", "")
    if field.key not in {"max_liability", "minimum_premium"} or not most or not least:
        return None
    if Decimal(most) >= Decimal(least):
        return None
    return LiabilityDoubtful(field=field.label, liability=most, premium=least)
