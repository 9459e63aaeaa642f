"""What a buyer owes on the date of loss, and which of it is insured (rules.md 4.1 S2–S6)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import islice

from creditdesk.domain.base.calendar import end_of_month
from creditdesk.domain.base.rates import ZERO, Rates, exact, rounded
from creditdesk.domain.cover.case import (
    CaseInvoice,
    ClaimDateMissing,
    IndemnityCase,
    IndemnityTerms,
)
from creditdesk.domain.cover.limits import (
    CoverEventKind,
    Limit,
    Reason,
    decision_on,
    in_order,
    is_lifted,
    is_riskier,
    last_day_by,
    limit_end,
    limit_reason,
    stops,
)
from creditdesk.domain.ledger.allocation import Allocation, allocate, open_on_days
from creditdesk.domain.policy.choices import (
    AllocationRule,
    AttachmentBasis,
    FxRule,
    LimitMode,
)

_STOPPING = {CoverEventKind.INSOLVENCY, CoverEventKind.LIMIT_WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Shipment:
    """An invoice as cover judges it. `rate`: into policy currency. `limit` None: none in force, or not needed.

    `discretionary`: the insured's own limit stands for a decision.
    """

    invoice: CaseInvoice
    rate: Fraction
    reasons: tuple[Reason, ...]
    limit: Limit | None
    discretionary: bool

    @property
    def shipping_order(self) -> tuple[date, str]:
        """By shipment, then by number."""
        return self.invoice.shipped_on, self.invoice.id


@dataclass(frozen=True, slots=True)
class DebtItem(Shipment):
    """What is owed of it, in policy currency, rounded as S3 and S5 round."""

    residual: Fraction
    ledger_residual: Fraction
    disputed: Fraction
    seller_fault: Fraction
    vat: Fraction
    eligible: Fraction


class Debts:
    """The buyer's debt on the date of loss, with the allocation on any day before it.

    `days`: those asked about; None: the days of all shipments.
    """

    def __init__(self, case: IndemnityCase, days: Iterable[date] | None = None) -> None:
        self.case = case
        self._days = None if days is None else frozenset(days)
        self.rates = Rates(case.terms.currency, case.rates)
        self.invoices = sorted(
            (item for item in case.invoices if item.issued <= case.date_of_loss),
            key=lambda item: item.oldest_due,
        )
        self._credits = [item for item in case.credits if item.on <= case.date_of_loss]
        self._overdue: dict[date, tuple[tuple[date, CaseInvoice], ...]] = {}

    @cached_property
    def allocation(self) -> Allocation:
        """By the policy's rule. Raises `RateMissing`."""
        return self._by_policy()

    @cached_property
    def ledger_allocation(self) -> Allocation:
        """As the ledger names it. Raises `RateMissing`."""
        return self._allocate(AllocationRule.DESIGNATED)

    def require_rates(self) -> None:
        """Raise `RateMissing` where what was paid in one currency can't be set against debt in another."""
        owed = {each.amount.currency for each in self.invoices}
        if len(owed.union(each.amount.currency for each in self._credits)) > 1:
            self._by_policy()
            self._allocate(AllocationRule.DESIGNATED)

    def open_on(self, day: date) -> Mapping[str, Fraction]:
        """What was open by the policy's rule on the date of loss, a day of shipment, or one that was asked about."""
        return self._open_on[day]

    @cached_property
    def switch(self) -> date | None:
        """The day from which every payment goes to the debt due first. None: there is none (rules.md 4.3)."""
        terms = self.case.terms
        if not terms.switch_at_limit_end:
            return terms.allocation_switch
        return limit_end(
            self.case.limits, self.case.date_of_loss, terms.cancel_notice_days
        )

    def _by_policy(self) -> Allocation:
        return self._allocate(self.case.terms.allocation_rule, self.switch)

    def _allocate(
        self, rule: AllocationRule, due_first_from: date | None = None
    ) -> Allocation:
        return allocate(
            self.invoices,
            self._credits,
            rule,
            self.rates,
            due_first_from=due_first_from,
        )

    @cached_property
    def _open_on(self) -> Mapping[date, Mapping[str, Fraction]]:
        """Only where a stop or a limit used shipment by shipment depends on the past."""
        terms, today = self.case.terms, self.case.date_of_loss
        if terms.mep_days is None and terms.limit_mode is LimitMode.REVOLVING:
            return {today: self.allocation.open}
        asked = self._days
        if asked is None:
            asked = frozenset(invoice.shipped_on for invoice in self.invoices)
        days = {today, *asked}
        days.update(self._declared_on())
        return open_on_days(
            self.invoices,
            self._credits,
            terms.allocation_rule,
            self.rates,
            days,
            due_first_from=self.switch,
        )

    def _declared_on(self) -> Iterator[date]:
        """The days of declarations, on which a stop may already have been in force."""
        for invoice in self.invoices:
            on = invoice.declared_on
            if on is not None and on <= self.case.date_of_loss:
                yield on

    def stop_in_force(self) -> date | None:
        """The stop in force on the date of loss: its last insured day for shipping. None: none."""
        return self.case.stop_date or self.stop_on(self.case.date_of_loss)

    def stop_on(self, day: date, other_than: CaseInvoice | None = None) -> date | None:
        """The first stop that a shipment on this day comes after; an invoice doesn't stop its own shipment."""
        found = list(stops(self.case.events, _STOPPING, day))
        given = self.case.stop_date
        overdue = given if given and given < day else None
        if given is None:
            overdue = self._first_overdue(day, other_than)
        return min((*found, overdue) if overdue else found, default=None)

    def next_stop(self) -> date | None:
        """When what is open now stops deliveries if nobody pays, from the date of loss on. None: it never does."""
        return (self.stopping or (None,))[0]

    @cached_property
    def stopping(self) -> tuple[date, CaseInvoice] | None:
        """That day and the invoice that brings the stop about."""
        today = self.case.date_of_loss
        return next((late for late in self._late(today) if late[0] >= today), None)

    def _first_overdue(self, day: date, other_than: CaseInvoice | None) -> date | None:
        """The end of the extension of the first earlier invoice that was open beyond it on this day."""
        found = self._overdue_on(day)
        own = other_than is not None and any(each is other_than for _, each in found)
        if own and self.case.terms.stop_floor:
            found = tuple(self._all_overdue(day, other_than))
        ends = (end for end, each in found if each is not other_than)
        return next(ends, None)

    def _overdue_on(self, day: date) -> tuple[tuple[date, CaseInvoice], ...]:
        """The first two of them: one may be the shipment's own. Thousands are shipped on few days."""
        if day not in self._overdue:
            self._overdue[day] = tuple(islice(self._all_overdue(day), 2))
        return self._overdue[day]

    def _all_overdue(
        self, day: date, other_than: CaseInvoice | None = None
    ) -> Iterator[tuple[date, CaseInvoice]]:
        for end, invoice in self._late(day, before=day, other_than=other_than):
            if not is_lifted(self.case.events, end, day):
                yield end, invoice

    @cached_property
    def _extensions(self) -> tuple[tuple[date, str, CaseInvoice], ...]:
        """The end of the extension of each invoice that may stop deliveries, the oldest due first."""
        longer = timedelta(days=self.case.terms.mep_days or 0)
        return tuple(
            (each.due + longer, each.id, each)
            for each in self.invoices
            if each.may_stop
        )

    def _late(
        self,
        day: date,
        before: date = date.max,
        other_than: CaseInvoice | None = None,
    ) -> Iterator[tuple[date, CaseInvoice]]:
        """What was open on a day, oldest due first, with the end of its extension, as far as that comes `before`.

        It begins where what is unpaid comes to more than the floor of the stop (rules.md 2.3, D13a).
        """
        terms = self.case.terms
        if terms.mep_days is None:
            return
        open_then, unpaid, floor = self.open_on(day), ZERO, Fraction(terms.stop_floor)
        for end, number, invoice in self._extensions:
            if end >= before:
                return
            left = open_then[number]
            if left is ZERO or left <= 0:
                continue
            if invoice.issued > day or invoice is other_than:
                continue
            if floor:
                unpaid += left * _rate(self.case, self.rates, invoice)
            if unpaid > floor or not floor:
                yield end, invoice


def shipments(
    debts: Debts, taken: Callable[[CaseInvoice], bool] | None = None
) -> Iterator[Shipment]:
    """Every invoice dated up to the date of loss, without what is owed of it. Raises `RateMissing`.

    `taken`: which of them are asked about; None: all.
    """
    debts.require_rates()
    for each in debts.invoices if taken is None else filter(taken, debts.invoices):
        limit = decision_on(debts.case.limits, each.shipped_on, debts.case.terms.cancel_notice_days)  # fmt: skip
        yield Shipment(
            each,
            _rate(debts.case, debts.rates, each),
            _reasons(debts, each),
            limit,
            limit is None and debts.case.discretionary is not None,
        )


def items(debts: Debts) -> tuple[DebtItem, ...]:
    """Every invoice dated up to the date of loss, oldest due first."""
    policy, ledger = debts.allocation, debts.ledger_allocation
    return tuple(
        _item(
            debts.case, each, policy.open[each.invoice.id], ledger.open[each.invoice.id]
        )
        for each in shipments(debts)
    )


def _item(
    case: IndemnityCase, shipped: Shipment, left: Fraction, in_ledger: Fraction
) -> DebtItem:
    invoice, rate = shipped.invoice, shipped.rate

    def converted(amount: Fraction) -> Fraction:
        return exact(rounded(amount * rate, case.terms.currency)) if amount else ZERO

    residual = converted(left)
    disputed = converted(Fraction(invoice.disputed))
    fault = converted(Fraction(invoice.seller_fault))
    base = max(ZERO, residual - disputed - fault)
    net = base
    if case.vat_insured(invoice) is False and invoice.vat_rate > 0:
        net = exact(rounded(base / (1 + Fraction(invoice.vat_rate) / 100), case.terms.currency))  # fmt: skip
    return DebtItem(
        invoice=invoice,
        rate=rate,
        residual=residual,
        ledger_residual=converted(in_ledger),
        disputed=min(residual, disputed),
        seller_fault=min(max(ZERO, residual - disputed), fault),
        vat=base - net,
        eligible=ZERO if shipped.reasons else net,
        reasons=shipped.reasons,
        limit=shipped.limit,
        discretionary=shipped.discretionary,
    )


def _rate(case: IndemnityCase, rates: Rates, invoice: CaseInvoice) -> Fraction:
    currency, issued = invoice.amount.currency, invoice.issued
    match case.terms.fx_rule:
        case FxRule.INVOICE_DATE:
            return rates.on(currency, issued)
        case FxRule.DATE_OF_LOSS:
            return rates.on(currency, case.date_of_loss)
        case FxRule.MONTH_END:
            return rates.on(currency, end_of_month(issued))
        case FxRule.LOWER_OF:
            loss = rates.on(currency, case.date_of_loss)
            return min(rates.on(currency, issued), loss)
        case FxRule.CLAIM_DATE:
            if currency == case.terms.currency:
                return Fraction(1)
            if case.claim_date is None:
                raise ClaimDateMissing
            return rates.on(currency, case.claim_date)


def _reasons(debts: Debts, invoice: CaseInvoice) -> tuple[Reason, ...]:
    """Every reason that applies, in the order of rules.md 3.2; what is no delivery has one that says it all."""
    if not invoice.is_delivery:
        return invoice.known_reasons
    case, terms, day = debts.case, debts.case.terms, invoice.shipped_on
    limit = decision_on(case.limits, day, terms.cancel_notice_days)
    kept_back = invoice.is_retention
    tests = (
        (Reason.METHOD, _is_riskier(invoice, limit)),
        (Reason.TERM, _is_too_long(invoice, terms, limit)),
        (terms.stop_reason, debts.stop_on(day, other_than=invoice) is not None),
        (Reason.NOT_DECLARED, not _is_declared(debts, invoice)),
        (Reason.LATE_INVOICE, _is_invoiced_late(invoice, terms.max_invoicing_days)),
        (Reason.RETENTION, kept_back and terms.retention_insured is False),
        (Reason.RETENTION_UNSAID, kept_back and terms.retention_insured is None),
    )
    found = [reason for reason, applies in tests if applies]
    against = (*invoice.known_reasons, *found, *reasons_on(case, day))
    return in_order(each for each in against if each not in case.waived)


def _is_declared(debts: Debts, invoice: CaseInvoice) -> bool:
    """A declaration made after the stop, the known risk or the loss is none (rules.md 14.7)."""
    case, on = debts.case, invoice.declared_on
    if on is None or not invoice.declared:
        return invoice.declared
    if on > case.date_of_loss or debts.stop_on(on) is not None:
        return False
    return not stops(case.events, {CoverEventKind.KNOWN_RISK}, on)


def reasons_on(case: IndemnityCase, day: date) -> tuple[Reason, ...]:
    """Why a shipment on this day is not covered, whatever it is: limit, known risk, period."""
    known = stops(case.events, {CoverEventKind.KNOWN_RISK}, day)
    tests = (
        (Reason.KNOWN_RISK, bool(known)),
        (Reason.OUT_OF_PERIOD, _is_out_of_period(case, day)),
    )
    found = [reason for reason, applies in tests if applies]
    return in_order((*found, *_limit_reasons(case, day)))


def _is_out_of_period(case: IndemnityCase, day: date) -> bool:
    """By the day of shipment, or by the date of loss where the policy covers losses that occur in its period."""
    period = case.terms.period
    if case.terms.attachment_basis is AttachmentBasis.LOSS_OCCURRING:
        day = case.date_of_loss
    return period is not None and not period[0] <= day <= period[1]


def _is_riskier(invoice: CaseInvoice, limit: Limit | None) -> bool:
    method = invoice.payment_method
    approved = limit.payment_method if limit else None
    return bool(method and approved and is_riskier(method, approved))


def _is_too_long(
    invoice: CaseInvoice, terms: IndemnityTerms, limit: Limit | None
) -> bool:
    longest, words = terms.max_payment_term_days, terms.max_payment_term
    days = (invoice.issued, invoice.shipped_on)
    lasts = (
        invoice.issued + timedelta(days=longest) if longest is not None else None,
        last_day_by(words, *days) if words is not None else None,
        limit.last_due(*days) if limit is not None else None,
    )
    return any(last is not None and invoice.due > last for last in lasts)


def _is_invoiced_late(invoice: CaseInvoice, longest: int | None) -> bool:
    """Invoiced more days after the delivery than the policy allows (rules.md 2.3 D11)."""
    waited = (invoice.issued - invoice.shipped_on).days
    return longest is not None and waited > longest


def _limit_reasons(case: IndemnityCase, day: date) -> Iterable[Reason]:
    reason = limit_reason(case.limits, day, case.terms.cancel_notice_days)
    if reason is None:
        return ()
    if reason is Reason.LIMIT_ZERO or case.discretionary is None:
        return (reason,)
    return () if case.discretionary.is_justified(day) else (Reason.DCL_UNJUSTIFIED,)
