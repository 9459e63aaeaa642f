"""Which of a buyer's invoices are insured, and how far the limits reach (domain.md 4.1 S2–S7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from creditdesk.domain.allocation import Allocation, allocate
from creditdesk.domain.calendar import end_of_month
from creditdesk.domain.choices import AllocationRule, FxRule, LimitMode
from creditdesk.domain.indemnity_case import ClaimDateMissing, IndemnityCase, Invoice
from creditdesk.domain.limits import Limit, Reason, decision_on, in_order, limit_reason
from creditdesk.domain.rates import ZERO, Rates, exact, rounded


@dataclass(frozen=True, slots=True)
class Item:
    """An invoice in policy currency, rounded as S3 and S5 round. `limit` None: none in force, or not needed.

    `discretionary`: the insured's own limit stands for a decision.
    """

    invoice: Invoice
    rate: Fraction
    residual: Fraction
    ledger_residual: Fraction
    disputed: Fraction
    seller_fault: Fraction
    vat: Fraction
    eligible: Fraction
    reasons: tuple[Reason, ...]
    limit: Limit | None
    discretionary: bool

    @property
    def shipping_order(self) -> tuple[date, str]:
        """By shipment, then by number."""
        return self.invoice.shipped_on, self.invoice.id


@dataclass(frozen=True, slots=True)
class Covered:
    """What one limit allows. `limit` None: the discretionary limit. `older`: what counts against the limit first."""

    limit: Limit | None
    ceiling: Fraction
    eligible: Fraction
    older: Fraction
    covered: Fraction


class Debts:
    """The buyer's debt on the date of loss, with the allocation on any day before it."""

    def __init__(self, case: IndemnityCase) -> None:
        self.case = case
        self.rates = Rates(case.terms.currency, case.rates)
        self.invoices = sorted(
            (item for item in case.invoices if item.issued <= case.date_of_loss),
            key=lambda item: item.debt.oldest_due,
        )
        self._credits = sorted(
            (item for item in case.credits if item.on <= case.date_of_loss),
            key=lambda item: item.on,
        )
        self._by_count: dict[int, Allocation] = {}

    def on(self, day: date) -> Allocation:
        """The policy's allocation with what had been paid up to a day, that day included."""
        count = sum(item.on <= day for item in self._credits)
        if count not in self._by_count:
            self._by_count[count] = self._allocate(self.case.terms.allocation_rule, count)  # fmt: skip
        return self._by_count[count]

    def in_the_ledger(self) -> Allocation:
        """The allocation as the ledger designates it, on the date of loss."""
        return self._allocate(AllocationRule.DESIGNATED, len(self._credits))

    def _allocate(self, rule: AllocationRule, count: int) -> Allocation:
        debts = [invoice.debt for invoice in self.invoices]
        return allocate(debts, self._credits[:count], rule, self.rates)

    def is_stopped(self, invoice: Invoice) -> bool:
        """Whether it was shipped after the stop: the given one, or an earlier invoice beyond its extension."""
        if self.case.stop_date is not None:
            return invoice.shipped_on > self.case.stop_date
        return self._first_overdue(invoice.shipped_on, other_than=invoice) is not None

    def stop_in_force(self) -> date | None:
        """The stop in force on the date of loss: its last insured day for shipping. None: none."""
        if self.case.stop_date is not None:
            return self.case.stop_date
        return self._first_overdue(self.case.date_of_loss)

    def _first_overdue(
        self, day: date, other_than: Invoice | None = None
    ) -> date | None:
        mep = self.case.terms.mep_days
        if mep is None:
            return None
        allocation = self.on(day)
        for invoice in self.invoices:
            end = invoice.due + timedelta(days=mep)
            if end >= day:
                return None
            if (
                invoice is not other_than
                and invoice.issued <= day
                and allocation.open[invoice.id] > 0
            ):
                return end
        return None


def items(debts: Debts) -> tuple[Item, ...]:
    """Every invoice dated up to the date of loss, oldest due first."""
    policy, ledger = debts.on(debts.case.date_of_loss), debts.in_the_ledger()
    return tuple(
        _item(debts, invoice, policy.open[invoice.id], ledger.open[invoice.id])
        for invoice in debts.invoices
    )


def _item(debts: Debts, invoice: Invoice, left: Fraction, in_ledger: Fraction) -> Item:
    case = debts.case
    rate = _rate(case, debts.rates, invoice)

    def converted(amount: Fraction) -> Fraction:
        return exact(rounded(amount * rate, case.terms.currency))

    residual = converted(left)
    disputed = converted(Fraction(invoice.disputed))
    fault = converted(Fraction(invoice.seller_fault))
    base = max(ZERO, residual - disputed - fault)
    net = base
    if case.terms.vat_insured is False and invoice.vat_rate > 0:
        net = exact(rounded(base / (1 + Fraction(invoice.vat_rate) / 100), case.terms.currency))  # fmt: skip
    notice = case.terms.cancel_notice_days
    limit = decision_on(case.limits, invoice.shipped_on, notice)
    reasons = _reasons(debts, invoice)
    return Item(
        invoice=invoice,
        rate=rate,
        residual=residual,
        ledger_residual=converted(in_ledger),
        disputed=min(residual, disputed),
        seller_fault=min(max(ZERO, residual - disputed), fault),
        vat=base - net,
        eligible=ZERO if reasons else net,
        reasons=reasons,
        limit=limit,
        discretionary=limit is None and case.discretionary is not None,
    )


def _rate(case: IndemnityCase, rates: Rates, invoice: Invoice) -> Fraction:
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


def _reasons(debts: Debts, invoice: Invoice) -> tuple[Reason, ...]:
    """Every reason that applies, in the order of domain.md 3.2."""
    case, terms, day = debts.case, debts.case.terms, invoice.shipped_on
    longest = terms.max_payment_term_days
    term = (invoice.due - invoice.issued).days
    tests = (
        (Reason.TERM, longest is not None and term > longest),
        (Reason.STOPPED, debts.is_stopped(invoice)),
        (Reason.OUT_OF_PERIOD, terms.period is not None and not terms.period[0] <= day <= terms.period[1]),
        (Reason.NOT_DECLARED, not invoice.declared),
    )  # fmt: skip
    found = [reason for reason, applies in tests if applies]
    return in_order((*invoice.known_reasons, *found, *_limit_reasons(case, day)))


def _limit_reasons(case: IndemnityCase, day: date) -> Iterable[Reason]:
    reason = limit_reason(case.limits, day, case.terms.cancel_notice_days)
    if reason is None:
        return ()
    if reason is Reason.LIMIT_ZERO or case.discretionary is None:
        return (reason,)
    return () if case.discretionary.is_justified(day) else (Reason.DCL_UNJUSTIFIED,)


def covered(debts: Debts, found: Iterable[Item]) -> tuple[Covered, ...]:
    """S7: what each limit allows of the insured debt, oldest first; the discretionary limit stands last."""
    insured = sorted(
        (item for item in found if not item.reasons),
        key=lambda item: item.shipping_order,
    )
    decided = [item for item in insured if not item.discretionary]
    own = [item for item in insured if item.discretionary]
    strict = debts.case.terms.limit_mode is LimitMode.STRICT
    by_mode = _strict if strict else _revolving
    return (*by_mode(debts, decided), *by_mode(debts, own))


def _revolving(debts: Debts, insured: list[Item]) -> tuple[Covered, ...]:
    """Debt of one decision together, up to the limit less all insured debt of older decisions, uncapped."""
    decisions = dict.fromkeys(item.limit for item in insured)
    in_time = sorted(decisions, key=lambda limit: limit.start if limit else date.min)
    older = ZERO
    result = []
    for limit in in_time:
        eligible = sum((item.eligible for item in insured if item.limit == limit), ZERO)
        ceiling = _ceiling(debts, limit)
        part = min(eligible, max(ZERO, ceiling - older))
        result.append(Covered(limit, ceiling, eligible, older, part))
        older += eligible
    return tuple(result)


def _strict(debts: Debts, insured: list[Item]) -> tuple[Covered, ...]:
    """Each shipment up to the headroom on its day; payments fill its uninsured part first."""
    parts: list[tuple[Item, Fraction]] = []
    result = []
    for item in insured:
        allocation = debts.on(item.invoice.shipped_on)
        taken = sum(
            (min(part, _open(debts, earlier, allocation)) for earlier, part in parts),
            ZERO,
        )
        ceiling = _ceiling(debts, item.limit)
        full = _converted(debts, item, exact(item.invoice.amount))
        part = min(full, max(ZERO, ceiling - taken))
        parts.append((item, part))
        allowed = min(item.eligible, part)
        result.append(Covered(item.limit, ceiling, item.eligible, taken, allowed))
    return tuple(result)


def _open(debts: Debts, item: Item, allocation: Allocation) -> Fraction:
    return _converted(debts, item, allocation.open[item.invoice.id])


def _converted(debts: Debts, item: Item, amount: Fraction) -> Fraction:
    return exact(rounded(amount * item.rate, debts.case.terms.currency))


def _ceiling(debts: Debts, limit: Limit | None) -> Fraction:
    """The limit in policy currency at the date of loss; the discretionary limit where there is none."""
    case = debts.case
    if limit is None:
        own = case.discretionary
        return exact(own.amount) if own else ZERO
    amount = limit.in_force
    return exact(amount) * debts.rates.on(amount.currency, case.date_of_loss)
