"""What an indemnity is computed from (rules.md 4.1, INPUT; commands.md, `indemnity`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import Rate
from creditdesk.domain.base.steps import Step
from creditdesk.domain.cover.limits import CoverEvent, Discretionary, Limit, Reason
from creditdesk.domain.ledger.allocation import Allocation, Credit
from creditdesk.domain.ledger.debts import Debt
from creditdesk.domain.ledger.naming import Name
from creditdesk.domain.ledger.terms import PaymentTerm
from creditdesk.domain.policy.choices import (
    AflBasis,
    AllocationRule,
    AllocationSwitch,
    AttachmentBasis,
    Cause,
    DeductibleOrder,
    FxRule,
    LimitMode,
    NqlType,
    PaymentMethod,
    StopVariant,
)
from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.domain.policy.terms import PolicyTerms, PolicyValuesMissing
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message

_NONE = Decimal(0)
_NO_DELIVERY = frozenset({Reason.OPENING, Reason.REFUND})


class DeductibleOrderMismatch(UserError):
    """The order of the deductible doesn't go with the deductible there is."""

    message = N_(
        "The order {order} doesn't go with the deductible: minimum retention goes with MIN_RETENTION, "
        "an each-and-every loss with BEFORE_PCT or AFTER_PCT, and a policy has only one of them."
    )


class PercentOutOfRange(UserError):
    """A percentage that can't be one."""

    message = N_(
        "{field}: {value} is no percentage above 1 and up to 100. Write 90 for 90 %."
    )


class ClaimDateMissing(UserError):
    """Conversion at the claim date without a claim date."""

    message = N_(
        "The policy converts at the date of the claim, but no claim date is given."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IndemnityTerms:
    """The policy's terms that count, with what the policy year has used up. None: the policy doesn't say.

    `afl` None: an excess-of-loss policy whose first loss nobody entered.

    `mep_days`: days after an original due date that deliveries may go on; `stop_reason`: what a later one is called.
    `max_payment_term`: the longest term where it is no plain number of days; an invoice must keep to both.
    `stop_floor`: they stop only when what is unpaid beyond these days comes to more than this in all.
    `allocation_switch`: the day from which every payment goes to the debt due first, whatever it is said to pay;
    `switch_at_limit_end`: that day is the one on which the buyer's limit ended.
    """

    currency: str
    insured_pct: Decimal | None
    deductible_order: DeductibleOrder | None = None
    eel: Decimal = _NONE
    min_retention: Decimal = _NONE
    nql: Decimal = _NONE
    nql_type: NqlType = NqlType.FRANCHISE
    afl: Decimal | None = _NONE
    afl_used: Decimal = _NONE
    afl_basis: AflBasis | None = None
    max_liability: Decimal | None = None
    max_liability_used: Decimal = _NONE
    single_buyer_cap: Decimal | None = None
    vat_insured: bool | None = None
    retention_insured: bool | None = None
    allocation_rule: AllocationRule = AllocationRule.OLDEST_DUE_FIRST
    allocation_switch: date | None = None
    switch_at_limit_end: bool = False
    limit_mode: LimitMode = LimitMode.REVOLVING
    fx_rule: FxRule = FxRule.INVOICE_DATE
    max_payment_term_days: int | None = None
    max_payment_term: PaymentTerm | None = None
    max_invoicing_days: int | None = None
    mep_days: int | None = None
    stop_floor: Decimal = _NONE
    period: tuple[date, date] | None = None
    attachment_basis: AttachmentBasis = AttachmentBasis.RISK_ATTACHING
    reduction_pct: Decimal = _NONE
    cancel_notice_days: int = 0
    stop_reason: Reason = Reason.STOPPED

    @classmethod
    def of(  # noqa: PLR0913 - the policy, the cause, and what the year has used
        cls,
        terms: PolicyTerms,
        *,
        cause: str,
        country: str = "",
        afl_used: Money | None = None,
        max_liability_used: Money | None = None,
        premium: Money | None = None,
        reduction_pct: Decimal = _NONE,
        longest: PaymentTerm | None = None,
    ) -> Self:
        """From a policy. `premium` is what a maximum liability in times of the premium is counted from.

        `longest`: the policy's maximum payment term where it stands in words.
        """
        start, end = terms.period_start, terms.period_end
        maximum = terms.maximum(premium)
        cap = terms.single_buyer_cap
        return cls(
            currency=terms.currency,
            insured_pct=terms.insured_pct_for(cause, country=country),
            deductible_order=terms.deductible_order,
            eel=_amount(terms.eel),
            min_retention=_amount(terms.min_retention),
            nql=_amount(terms.nql),
            nql_type=terms.nql_type,
            afl=None if terms.lacks_first_loss else _amount(terms.afl),
            afl_used=_amount(afl_used),
            afl_basis=terms.afl_basis,
            max_liability=maximum.amount if maximum is not None else None,
            max_liability_used=_amount(max_liability_used),
            single_buyer_cap=cap.amount if cap is not None else None,
            vat_insured=terms.vat_insured_for(cause),
            retention_insured=terms.retention_insured,
            allocation_rule=terms.allocation_rule,
            switch_at_limit_end=terms.allocation_switch is AllocationSwitch.LIMIT_END,
            limit_mode=terms.limit_mode,
            fx_rule=terms.fx_rule,
            max_payment_term_days=terms.longest_term(country),
            max_payment_term=longest,
            max_invoicing_days=terms.max_invoicing_days,
            mep_days=terms.stop_days,
            stop_floor=_amount(terms.stop_floor),
            period=(start, end) if start and end else None,
            attachment_basis=terms.attachment_basis,
            reduction_pct=reduction_pct,
            cancel_notice_days=terms.cancel_notice_days,
            stop_reason=Reason.KNOWN_RISK
            if terms.stop_variant is StopVariant.KNOWN_RISK
            else Reason.STOPPED,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseInvoice(Debt[str]):
    """One invoice of the buyer, insured or not. `shipped` None: the invoice date.

    `due_known` False: nobody knows the due date, and the document's own date stands for it in the order of payment.
    `disputed` and `seller_fault` are gross, in the invoice's currency; `vat_rate` in per cent. `known_reasons` are
    failures of cover that people found (another company, a condition not met …). `declared_on`: the day of a
    declaration, which counts only if it came before the stop, the known risk and the loss; None: in time, if declared.
    `is_retention`: what the buyer keeps back until a day of its own (rules.md 14.2).
    `cause`: why this one isn't paid; `insured_pct`: the percentage for it, `vat_insured`: whether VAT is for it. None:
    the claim's. `name`: what people call a part of a document; None: the id.
    """

    due: date
    due_known: bool = True
    shipped: date | None = None
    vat_rate: Decimal = _NONE
    disputed: Decimal = _NONE
    seller_fault: Decimal = _NONE
    declared: bool = True
    declared_on: date | None = None
    payment_method: PaymentMethod | None = None
    known_reasons: tuple[Reason, ...] = ()
    is_retention: bool = False
    insured_pct: Decimal | None = None
    vat_insured: bool | None = None
    cause: Cause | None = None
    name: Message | None = None

    @property
    def called(self) -> Name:
        """What people call it."""
        return self.name or self.id

    @property
    def shipped_on(self) -> date:
        """The day that cover depends on."""
        return self.shipped or self.issued

    @property
    def is_opening(self) -> bool:
        """Whether it stands for documents from before the ledger begins, which nobody knows: owed, never insured."""
        return Reason.OPENING in self.known_reasons

    @property
    def is_delivery(self) -> bool:
        """Whether goods were delivered for it: an opening balance and money paid back are owed, never insured."""
        return not _NO_DELIVERY.intersection(self.known_reasons)

    @property
    def may_stop(self) -> bool:
        """Whether it can bring about a stop: a due date that nobody knows never passes."""
        return self.is_delivery and self.due_known


@dataclass(frozen=True, slots=True, kw_only=True)
class IndemnityCase:
    """Everything of one buyer. Credits dated after `date_of_loss` are left out; so are invoices.

    A recovery before the date of loss is a payment of its amount less its costs. `stop_date` None: found from the
    extension period, where the policy has one. `waived`: reasons the insurer is taken not to hold against a shipment.
    """

    terms: IndemnityTerms
    date_of_loss: date
    limits: tuple[Limit, ...]
    invoices: tuple[CaseInvoice, ...]
    credits: tuple[Credit, ...] = ()
    discretionary: Discretionary | None = None
    events: tuple[CoverEvent, ...] = ()
    stop_date: date | None = None
    claim_date: date | None = None
    rates: tuple[Rate, ...] = ()
    waived: frozenset[Reason] = frozenset()

    @property
    def names(self) -> Mapping[str, Name]:
        """What people call the invoices, by id."""
        return {each.id: each.called for each in self.invoices}

    def vat_insured(self, invoice: CaseInvoice) -> bool | None:
        """Whether VAT is insured of an invoice: for its own cause, else for the claim's. None: nobody said."""
        own = invoice.vat_insured
        return self.terms.vat_insured if own is None else own


@dataclass(frozen=True, slots=True)
class IndemnityRow:
    """One invoice of the answer, in policy currency. `ledger_residual`: what the ledger's own allocation leaves open.

    `held` is what is disputed of it: neither insured nor refused until the dispute is settled.
    """

    id: str
    residual: Money
    ledger_residual: Money
    held: Money
    eligible: Money
    reasons: tuple[Reason, ...]
    insured_pct: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Indemnity:
    """The answer with its working. Amounts in policy currency, rounded; `stop_date` None: no stop in force.

    `if_declared`: what the indemnity would be, had every shipment been declared in time; None: all are.
    """

    indemnity: Money
    if_declared: Money | None
    date_of_loss: date
    whole_debt: Money
    eligible_debt: Money
    limit_applied: Money
    covered_loss: Money
    own_share: Money
    own_risk: Money
    afl_eroded: Money
    stop_date: date | None
    rows: tuple[IndemnityRow, ...]
    allocation: Allocation
    ledger_allocation: Allocation
    steps: tuple[Step, ...]


def check(case: IndemnityCase) -> None:
    """Refuse what can't be computed: values that must be asked (all named at once), orders that don't fit."""
    terms = case.terms
    vat_unsaid = any(
        each.vat_rate > 0 and case.vat_insured(each) is None for each in case.invoices
    )
    kept_back = any(invoice.is_retention for invoice in case.invoices)
    deductible = terms.eel > 0 or terms.min_retention > 0
    needed = (
        ("insured_pct", terms.insured_pct is None),
        ("vat_insured", vat_unsaid),
        ("retention_insured", kept_back and terms.retention_insured is None),
        ("deductible_order", deductible and terms.deductible_order is None),
        ("afl", terms.afl is None),
        ("afl_basis", terms.afl != 0 and terms.afl_basis is None),
    )
    missing = tuple(BY_KEY[key] for key, asked in needed if asked)
    if missing:
        raise PolicyValuesMissing(
            fields=tuple(field.label for field in missing),
            keys=tuple(field.key for field in missing),
        )
    _check_order(terms)
    check_percentages(case)


def check_percentages(case: IndemnityCase) -> None:
    """Refuse a fraction, or more than everything, where a percentage is given."""
    own = case.discretionary.pct if case.discretionary else None
    by_invoice = (("insured_pct", each.insured_pct) for each in case.invoices)
    for key, value in (("insured_pct", case.terms.insured_pct), ("dcl_pct", own), *by_invoice):  # fmt: skip
        if value is not None and not 1 < value <= 100:
            raise PercentOutOfRange(field=BY_KEY[key].label, value=value)


def _check_order(terms: IndemnityTerms) -> None:
    retention = terms.deductible_order is DeductibleOrder.MIN_RETENTION
    wrong = terms.eel if retention else terms.min_retention
    if wrong > 0:
        raise DeductibleOrderMismatch(order=terms.deductible_order)


def _amount(money: Money | None) -> Decimal:
    return money.amount if money is not None else _NONE
