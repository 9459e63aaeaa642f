"""The terms of a policy as the rules use them, and how sure one may be of each value (rules.md 2.2)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from creditdesk.domain.base.calendar import EomMode, Unit
from creditdesk.domain.base.counting import Anchor, CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.choices import (
    AflBasis,
    AllocationRule,
    AllocationSwitch,
    AttachmentBasis,
    DeductibleOrder,
    FxRule,
    LimitMode,
    NqlType,
    RecoveryRule,
    StopVariant,
)
from creditdesk.domain.policy.fields import FIELDS, PolicyField
from creditdesk.domain.policy.rows import country_terms, risk_terms
from creditdesk.domain.policy.tables import (
    COLUMNS,
    CountryTerm,
    LimitType,
    RiskCause,
    RiskTerm,
)
from creditdesk.domain.policy.values import FieldValue, read_values
from creditdesk.errors import UserError
from creditdesk.i18n import N_

MUST_ASK = frozenset({
    "insured_pct", "deductible_order", "afl_basis", "vat_insured", "retention_insured",
})  # fmt: skip
"""What is never guessed: of these a template may know the percentage only."""

EXCESS_OF_LOSS = "XOL"
_EXPORT = frozenset({"ST_EXPORT_COMP", "ST_EXPORT_SME", "ST_EXPORT_SPECIFIC"})
_USUAL_NOTICE = 60
"""Days: two months, where a policy renews by itself and nobody entered its notice (rules.md 9)."""


class ValueStanding(StrEnum):
    """How sure a value is: nobody gave it and it can't be guessed, a template's, checked against the paper."""

    ASK = "ask"
    DEFAULT = "default"
    CONFIRMED = "confirmed"


class PolicyValuesMissing(UserError):
    """Values no template fills, without which nothing is computed; all of them are named."""

    message = N_(
        "The policy doesn't say: {fields}. Look these up in the policy and enter them."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTerms:
    """What the policy says; None for what it doesn't. Percentages as 90 for 90 %, amounts in `currency`.

    `values` holds every field by its key, also those no rule reads.
    """

    currency: str
    period_start: date | None = None
    period_end: date | None = None
    attachment_basis: AttachmentBasis = AttachmentBasis.RISK_ATTACHING
    insured_pct: Decimal | None = None
    insured_pct_repudiation: Decimal | None = None
    insured_pct_political: Decimal | None = None
    vat_insured: bool | None = None
    retention_insured: bool | None = None
    deductible_order: DeductibleOrder | None = None
    eel: Money | None = None
    min_retention: Money | None = None
    nql: Money | None = None
    nql_type: NqlType = NqlType.FRANCHISE
    afl: Money | None = None
    afl_basis: AflBasis | None = None
    max_liability: Money | None = None
    max_liability_multiple: int | None = None
    single_buyer_cap: Money | None = None
    allocation_rule: AllocationRule = AllocationRule.OLDEST_DUE_FIRST
    allocation_switch: AllocationSwitch = AllocationSwitch.NONE
    limit_mode: LimitMode = LimitMode.REVOLVING
    fx_rule: FxRule = FxRule.INVOICE_DATE
    recovery_rule: RecoveryRule = RecoveryRule.PRO_RATA
    max_payment_term_days: int | None = None
    max_payment_term: str = ""
    max_invoicing_days: int | None = None
    mep_days: int | None = None
    eom_mode: EomMode | None = None
    cancel_notice_days: int = 0
    limit_idle_days: int | None = None
    limit_life_months: int | None = None
    large_limit: Money | None = None
    stop_variant: StopVariant = StopVariant.EXTENSION_END
    stop_share_pct: Decimal | None = None
    stop_floor: Money | None = None
    overdue_minimum: Money | None = None
    dcl_amount: Money | None = None
    dcl_pct: Decimal | None = None
    notice_days: int | None = None
    auto_renew: bool | None = None
    pd_definition: CountRule | None = None
    waiting_period: CountRule | None = None
    dispute_tolerance_pct: Decimal | None = None
    premium_rate: Decimal | None = None
    minimum_premium: Money | None = None
    tax_rate: Decimal | None = None
    limit_fee: Money | None = None
    monitoring_fee: Money | None = None
    calendar_country: str | None = None
    risk_terms: tuple[RiskTerm, ...] = ()
    country_terms: tuple[CountryTerm, ...] = ()
    values: Mapping[str, FieldValue] = field(default_factory=dict)

    @classmethod
    def read(cls, values: Mapping[str, str]) -> Self:
        """From each field's text; empty texts count as absent. Raises a `UserError` that names the field."""
        found = read_values(values)
        given = {
            key: _ENUMS[key](str(value)) if key in _ENUMS else value
            for key, value in found.items()
            if key in cls.__dataclass_fields__ and key not in COLUMNS
        }
        currency = str(found.get("policy_currency", ""))
        return cls(
            currency=currency,
            values=found,
            risk_terms=risk_terms(found),
            country_terms=country_terms(found),
            **given,  # type: ignore[arg-type]  # read by each field's type
        )

    def rule(self, key: str) -> CountRule | None:
        """The deadline rule in this field, None where the policy gives none."""
        value = self.values.get(key)
        return value if isinstance(value, CountRule) else None

    @property
    def stop_days(self) -> int | None:
        """Days after an original due date that deliveries may go on while it is unpaid. None: no such stop."""
        for way in (
            each for rule in (self.rule("stop_rule"),) if rule for each in rule.ways
        ):
            days = sum(
                step.n for step in way.offsets if step.unit is Unit.CALENDAR_DAYS
            )
            if way.anchor is Anchor.DUE_DATE:
                return days
            if way.anchor is Anchor.MEP_END and self.mep_days is not None:
                return self.mep_days + days
        return self.mep_days

    @property
    def is_export(self) -> bool:
        """Whether the policy covers exports and nothing else: its buyers are abroad, whatever the ledger says."""
        return self.values.get("policy_type") in _EXPORT

    @property
    def stops_at_extension(self) -> bool:
        """Whether it is the end of an extension that stops deliveries; a policy without one never says so."""
        rule = self.rule("stop_rule")
        ways = [each.anchor for each in rule.ways] if rule else [Anchor.MEP_END]
        return self.mep_days is not None and Anchor.DUE_DATE not in ways

    @property
    def renewal_notice(self) -> int | None:
        """Days before its end by which the policy must be given notice, else it goes on. None: none is asked for."""
        if self.auto_renew is False:
            return None
        return (
            _USUAL_NOTICE
            if self.auto_renew and self.notice_days is None
            else self.notice_days
        )

    @property
    def lacks_first_loss(self) -> bool:
        """Whether this is an excess-of-loss policy and nobody entered its aggregate first loss."""
        return self.afl is None and self.values.get("policy_type") == EXCESS_OF_LOSS

    def insured_pct_for(
        self, cause: str, limit_type: LimitType = LimitType.NAMED, country: str = ""
    ) -> Decimal | None:
        """The percentage for a cause of loss, a kind of limit and a buyer's country.

        The table of risks goes before the fields for all; where the country has one of its own, the lower counts.
        """
        found = self._by_risk(cause, limit_type)
        own = self.country_term(country)
        if own is None or own.insured_pct is None:
            return found
        return own.insured_pct if found is None else min(found, own.insured_pct)

    def vat_insured_for(self, cause: str) -> bool | None:
        """Whether VAT is insured for a cause of loss: as its row says, else as the policy says for all."""
        row = self.risk_term(cause, LimitType.NAMED)
        own = row.vat_insured if row else None
        return self.vat_insured if own is None else own

    def default_rule(self, cause: str) -> CountRule | None:
        """From when an unpaid debt is a loss: the waiting period of the cause, of the policy, or its default period."""
        row = self.risk_term(cause, LimitType.NAMED)
        own = (row.waiting_period or row.pd_definition) if row else None
        return own or self.waiting_period or self.pd_definition

    def waiting_for(self, cause: str) -> CountRule | None:
        """How long a debt waits before it is a loss of this cause: only a default waits unless its row says so."""
        if _risk(cause) is RiskCause.PROTRACTED_DEFAULT:
            return self.default_rule(cause)
        row = self.risk_term(cause, LimitType.NAMED)
        return row.waiting_period if row else None

    def risk_term(self, cause: str, limit_type: LimitType) -> RiskTerm | None:
        """The schedule's row for this cause and kind of limit; None: it has none."""
        asked = _risk(cause)
        return next(
            (
                each
                for each in self.risk_terms
                if (each.cause, each.limit_type) == (asked, limit_type)
            ),
            None,
        )

    def country_term(self, country: str) -> CountryTerm | None:
        """The schedule's row for a country of two letters; None: it has none."""
        code = country.strip().upper()
        return next((each for each in self.country_terms if each.country == code), None)

    def longest_term(self, country: str = "") -> int | None:
        """The longest payment term in days: the policy's, or the country's where that is shorter."""
        own = self.country_term(country)
        bounds = (self.max_payment_term_days, own.max_term_days if own else None)
        return min((each for each in bounds if each is not None), default=None)

    def _by_risk(self, cause: str, limit_type: LimitType) -> Decimal | None:
        row = self.risk_term(cause, limit_type)
        if row is not None and row.insured_pct is not None:
            return row.insured_pct
        if limit_type is LimitType.DISCRETIONARY and self.dcl_pct is not None:
            return self.dcl_pct
        if _risk(cause) is RiskCause.POLITICAL:
            return self.insured_pct_political or self.insured_pct
        if _risk(cause) is RiskCause.REPUDIATION:
            return self.insured_pct_repudiation or self.insured_pct
        return self.insured_pct

    def maximum(self, premium: Money | None) -> Money | None:
        """The maximum liability: the amount, or the multiple of this premium. None: not known."""
        multiple = self.max_liability_multiple
        if self.values.get("max_liability_basis", "AMOUNT") == "AMOUNT":
            return self.max_liability
        if premium is None or multiple is None:
            return None
        return premium.times(multiple)


def standing(
    key: str, values: Mapping[str, str], confirmed: Collection[str]
) -> ValueStanding | None:
    """How sure a field's value is. None: empty, and nothing waits for it."""
    if values.get(key, "").strip():
        return ValueStanding.CONFIRMED if key in confirmed else ValueStanding.DEFAULT
    return ValueStanding.ASK if _must_be_asked(key, values) else None


def to_enter(values: Mapping[str, str]) -> tuple[PolicyField, ...]:
    """The fields that are empty and can't stay so, in the order of the schedule: what has to be looked up."""
    return tuple(
        item
        for item in FIELDS
        if not values.get(item.key, "").strip() and _is_wanted(item, values)
    )


def _is_wanted(item: PolicyField, values: Mapping[str, str]) -> bool:
    """Whether the schedule must say this, given what else it says."""
    basis = values.get("max_liability_basis") or "AMOUNT"
    match item.key:
        case "deductible_order":
            return _must_be_asked(item.key, values)
        case "max_liability":
            return basis == "AMOUNT"
        case "max_liability_multiple":
            return basis != "AMOUNT"
        case "max_payment_term_days":
            return not values.get("max_payment_term", "").strip()
        case "declaration_rule":
            return values.get("declaration_mode") != "NONE"
        case _:
            return item.required or _must_be_asked(item.key, values)


def _must_be_asked(key: str, values: Mapping[str, str]) -> bool:
    """Whether no indemnity is computed while the field is empty (rules.md 2.2, three kinds of value)."""
    match key:
        case "insured_pct" | "vat_insured" | "retention_insured":
            return True
        case "deductible_order":
            return _is_given("eel", values) or _is_given("min_retention", values)
        case "afl_basis":
            return _is_given("afl", values) or _is_excess_of_loss(values)
        case "afl":
            return _is_excess_of_loss(values)
        case _:
            return False


def _is_given(key: str, values: Mapping[str, str]) -> bool:
    return values.get(key, "").strip(" 0.,") != ""


def _is_excess_of_loss(values: Mapping[str, str]) -> bool:
    """The first loss is what such a policy is about: an empty field is no zero."""
    return values.get("policy_type", "") == EXCESS_OF_LOSS


def unconfirmed(
    values: Mapping[str, str], confirmed: Collection[str]
) -> tuple[PolicyField, ...]:
    """The fields whose values are a template's, in the order of the schedule: the assumptions of a calculation."""
    return tuple(
        item
        for item in FIELDS
        if standing(item.key, values, confirmed) is ValueStanding.DEFAULT
    )


def _risk(cause: str) -> RiskCause | None:
    """A cause of loss as schedules group them; None: one no schedule names."""
    code = cause.upper()
    groups = {"POLITICAL": RiskCause.POLITICAL, "LC_": RiskCause.LC}
    by_group = next((risk for start, risk in groups.items() if code.startswith(start)), None)  # fmt: skip
    known = code in RiskCause.__members__
    return by_group or (RiskCause(code) if known else None)


_ENUMS: dict[str, type[StrEnum]] = {
    "attachment_basis": AttachmentBasis,
    "nql_type": NqlType,
    "deductible_order": DeductibleOrder,
    "afl_basis": AflBasis,
    "allocation_rule": AllocationRule,
    "allocation_switch": AllocationSwitch,
    "limit_mode": LimitMode,
    "fx_rule": FxRule,
    "recovery_rule": RecoveryRule,
    "stop_variant": StopVariant,
    "eom_mode": EomMode,
}
