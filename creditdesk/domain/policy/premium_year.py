"""What a policy costs for its period by its own terms (rules.md 2.2 premium, 3.3, 8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.steps import Step
from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.domain.policy.premium import Premium
from creditdesk.domain.policy.terms import PolicyTerms, PolicyValuesMissing
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message

_HUNDRED = Decimal(100)
_TEN_THOUSAND = Decimal(10_000)
_BPS = Decimal("0.01")


class Basis(StrEnum):
    """What the rate is taken of (field `premium_basis`)."""

    TURNOVER = "TURNOVER"
    BALANCE = "BALANCE_MONTH_END"
    LIMIT = "LIMIT"
    FLAT = "FLAT"


_OF = {
    Basis.TURNOVER: N_("{rate} % of the turnover {amount}"),
    Basis.BALANCE: N_("{rate} % of the month-end balances, together {amount}"),
    Basis.LIMIT: N_("{rate} % of the credit limits in force, together {amount}"),
}


class RateTableWrong(UserError):
    """A row of the rate table without a rate."""

    message = N_(
        "The table of rates has a row without a rate that can be read: {row}. Write the rate as 0.25 for 0.25 %."
    )


@dataclass(frozen=True, slots=True)
class RateRow:
    """A row of the policy's table of rates; None: whatever it is. `country` may be a class of countries.

    `max_term`: the longest term of payment in days it holds for.
    """

    rate: Decimal
    country: str | None = None
    method: str | None = None
    max_term: int | None = None

    @property
    def words(self) -> str:
        """What it is for, as the table says it."""
        term = f"≤ {self.max_term} d" if self.max_term is not None else ""
        parts = (self.country, self.method, term)
        return " · ".join(part for part in parts if part) or "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of what the rate is taken of, in policy currency, with what a table of rates asks about it."""

    amount: Money
    country: str = ""
    method: str = ""
    term_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCase:
    """The parts the rate is taken of, the turnover for comparison, and how many limits are paid for."""

    terms: PolicyTerms
    parts: tuple[Part, ...]
    turnover: Money
    limits: int = 0
    classes: Mapping[str, str] = field(default_factory=dict)


def basis_of(terms: PolicyTerms) -> Basis:
    """What the rate is taken of; the turnover where the policy doesn't say."""
    return Basis(str(terms.values.get("premium_basis", Basis.TURNOVER)))


def rate_rows(terms: PolicyTerms) -> tuple[RateRow, ...]:
    """The policy's table of rates, empty without one. Raises `RateTableWrong`."""
    table = terms.values.get("rate_table")
    rows = table if isinstance(table, list) else []
    return tuple(_rate_row(row) for row in rows if isinstance(row, dict))


def country_classes(terms: PolicyTerms) -> dict[str, str]:
    """The class of each country, where the policy's table of countries has classes."""
    table = terms.values.get("country_table")
    return {
        str(row["country"]).upper(): str(row["class"])
        for row in (table if isinstance(table, list) else [])
        if isinstance(row, dict) and "country" in row and "class" in row
    }


def yearly(case: YearCase) -> Premium:
    """The larger of the premium by rate and the minimum; tax on it, fees besides. Rounded once, at the end.

    Raises `PolicyValuesMissing` without a rate, `RateTableWrong`.
    """
    terms, currency = case.terms, case.terms.currency
    by_rate, lines = _by_rate(case)
    minimum = terms.minimum_premium or Money.zero(currency)
    before_tax = max(by_rate, minimum)
    tax_pct = terms.tax_rate or Decimal(0)
    tax = before_tax.times(tax_pct / _HUNDRED)
    fee = terms.limit_fee or Money.zero(currency)
    fees = fee.times(case.limits)
    monitoring = terms.monitoring_fee or Money.zero(currency)
    total = (before_tax + tax + fees + monitoring).rounded()
    bites = by_rate < minimum
    per_limit = Message.of(
        N_("Fees for {count} limits, {fee} each"), count=case.limits, fee=fee
    )
    shown = (
        *lines,
        _step("P2", Message(N_("Minimum premium")), minimum, detail=_compared(bites=bites)),
        _step("P2", Message(N_("Premium before tax")), before_tax, strong=True),
        _step("P3", Message.of(N_("Tax of {pct} % on the premium"), pct=tax_pct), tax),
        *([_step("P4", per_limit, fees)] if fee else []),
        *([_step("P5", Message(N_("Monitoring fee")), monitoring)] if monitoring else []),
        _step("P6", Message(N_("Cost of the policy's period")), total, strong=True),
    )  # fmt: skip
    return Premium(
        before_tax.rounded(), total, _bps(total, case.turnover), bites, shown
    )


def _by_rate(case: YearCase) -> tuple[Money, tuple[Step, ...]]:
    basis, currency = basis_of(case.terms), case.terms.currency
    if basis is Basis.FLAT:
        nothing = Money.zero(currency)
        return nothing, (_step("P1", Message(N_("A flat premium: the minimum is the premium")), nothing),)  # fmt: skip
    rows = rate_rows(case.terms)
    groups: dict[RateRow, Money] = {}
    for part in case.parts:
        row = _row_for(part, rows, case)
        groups[row] = groups.get(row, Money.zero(currency)) + part.amount
    if not groups:
        groups = {RateRow(_own_rate(case.terms)): Money.zero(currency)}
    total = Money.total((amount.times(row.rate / _HUNDRED) for row, amount in groups.items()), currency)  # fmt: skip
    return total, tuple(_rated(basis, row, groups[row], by_table=bool(rows)) for row in groups)  # fmt: skip


def _rated(basis: Basis, row: RateRow, amount: Money, *, by_table: bool) -> Step:
    label = Message.of(_OF[basis], rate=row.rate, amount=amount.rounded())
    own = row == RateRow(row.rate)
    detail = None
    if by_table and own:
        detail = Message(N_("No row of the table of rates fits: the policy's general rate."))  # fmt: skip
    elif by_table:
        detail = Message.of(N_("The first row of the table of rates that fits: {row}"), row=row.words)  # fmt: skip
    return _step("P1", label, amount.times(row.rate / _HUNDRED), detail=detail)


def _row_for(part: Part, rows: Iterable[RateRow], case: YearCase) -> RateRow:
    country = part.country.upper()
    known = {country, case.classes.get(country, country)} - {""}
    for row in rows:
        fits = (
            row.country is None or row.country in known,
            row.method is None or part.method.startswith(row.method),
            row.max_term is None or (part.term_days is not None and part.term_days <= row.max_term),
        )  # fmt: skip
        if all(fits):
            return row
    return RateRow(_own_rate(case.terms))


def _own_rate(terms: PolicyTerms) -> Decimal:
    if terms.premium_rate is None:
        missing = BY_KEY["premium_rate"]
        raise PolicyValuesMissing(fields=(missing.label,), keys=(missing.key,))
    return terms.premium_rate


def _rate_row(row: Mapping[str, object]) -> RateRow:
    texts = {key: str(value).strip() for key, value in row.items() if value is not None}
    try:
        rate = Decimal(texts["rate"])
        longest = int(texts["max_term"]) if texts.get("max_term") else None
    except (KeyError, InvalidOperation, ValueError) as error:
        raise RateTableWrong(row=", ".join(map(": ".join, texts.items()))) from error
    return RateRow(
        rate,
        texts.get("country") or None,
        texts.get("method") or None,
        longest,
    )


def _compared(*, bites: bool) -> Message:
    if bites:
        return Message(N_("More than the premium by rate, so the minimum is due."))
    return Message(N_("Not more than the premium by rate, so it changes nothing."))


def _bps(total: Money, turnover: Money) -> Decimal | None:
    if not turnover:
        return None
    share = total.amount / turnover.amount * _TEN_THOUSAND
    return share.quantize(_BPS, ROUND_HALF_UP)


def _step(
    code: str,
    label: Message,
    amount: Money,
    *,
    detail: Message | None = None,
    strong: bool = False,
) -> Step:
    return Step(code, label, amount.rounded(), detail, "8", emphasis=strong)
