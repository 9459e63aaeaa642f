"""All buyers of a client on a day: exposure, grades, what is insured, and how grades moved (rules.md 6.1)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import exact
from creditdesk.domain.credit.payment_index import concentration

UNGRADED = ""
"""Where a grade would stand: too little is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioLine:
    """One buyer. Amounts in one currency; `uncovered` of the balance stands under no insurance.

    `before`: the grade on the earlier day; both grades are `UNGRADED` where too little is known. `trend`: days that the
    last three months came later than the year, negative: earlier; None: nothing was paid.
    """

    buyer_id: int
    name: str
    balance: Money
    overdue: Money
    oldest: int
    limit: Money | None
    used_pct: Fraction | None
    uncovered: Money
    grade: str
    score: int
    before: str
    dbt: Fraction | None
    trend: Fraction | None
    worse: bool = False

    @property
    def covered(self) -> Money:
        """What of the balance is insured."""
        return (self.balance - self.uncovered).floored()


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """The lines, the highest balance first; `grades`: those of the scorecard, best first."""

    client: str
    on: date
    since: date
    currency: str
    grades: tuple[str, ...]
    lines: tuple[PortfolioLine, ...]

    @property
    def balance(self) -> Money:
        """What all owe."""
        return Money.total((each.balance for each in self.lines), self.currency)

    @property
    def overdue(self) -> Money:
        """What of it is late."""
        return Money.total((each.overdue for each in self.lines), self.currency)

    @property
    def uncovered(self) -> Money:
        """What of it is known to stand under no insurance."""
        return Money.total(
            (each.uncovered for each in self.lines),
            self.currency,
        )

    @property
    def concentration(self) -> Fraction | None:
        """HHI from 0 to 1; None: nobody owes."""
        return concentration([each.balance.amount for each in self.lines if each.balance.amount > 0])  # fmt: skip

    def top_share(self, count: int) -> Fraction | None:
        """What share of all the largest of them owe; None: nobody owes."""
        whole = exact(self.balance)
        if whole <= 0:
            return None
        return sum((exact(each.balance) for each in self.lines[:count]), Fraction(0)) / whole  # fmt: skip

    @property
    def moves(self) -> Mapping[tuple[str, str], int]:
        """How many buyers went from one grade to another, those that stayed among them."""
        return Counter((each.before, each.grade) for each in self.lines)

    @property
    def by_grade(self) -> Mapping[str, Money]:
        """What the buyers of each grade owe."""
        found = dict.fromkeys((*self.grades, UNGRADED), Money.zero(self.currency))
        for each in self.lines:
            found[each.grade] += each.balance
        return found


def is_worse(before: str, now: str, grades: Sequence[str]) -> bool:
    """Whether a grade fell; a grade that came or went is no fall."""
    order = list(grades)
    return before in order and now in order and order.index(now) > order.index(before)
