"""What an insurer asks before it renews or quotes, answered from the ledger, last year beside (rules.md 9)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.book import Kpi, ReviewBook, Unit
from creditdesk.domain.review.kpis import kpis
from creditdesk.domain.review.rows import BUCKETS, PortfolioRow
from creditdesk.i18n import N_

TOP: Final = 10
BANDS: Final = (50_000, 100_000, 200_000, 500_000, 1_250_000, 2_500_000, 5_000_000)
"""Upper ends of the bands of balances, in the currency's unit."""
Answer = Money | Decimal | int | str | None
"""None: the desk doesn't know it, and the client fills it in."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with this year's and last year's answer; `unit` says what a number counts.

    `text` is to be translated unless `named`: it is a name of the client's own.
    """

    text: str
    now: Answer
    before: Answer
    unit: Unit | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Questions of one kind."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All of it. `largest`: the buyers with the largest turnover; `late`: what is overdue beyond 60 days, by buyer."""

    book: ReviewBook
    sections: tuple[Section, ...]
    largest: tuple[PortfolioRow, ...]
    late: tuple[tuple[str, Money], ...]


def questionnaire(book: ReviewBook, before: ReviewBook | None) -> Questionnaire:
    """Filled from the rows of two reviews; a year the desk knows nothing of has no answers."""
    known = before if before and any(row.turnover for row in before.portfolio) else None
    return Questionnaire(
        book,
        (
            _section(N_("Turnover and buyers"), book, known, _TURNOVER),
            _places(book, known),
            _figures(N_("Terms and payment"), book, known, ("dso", "dbt", "cei"), _TERMS),
            _ages(book, known),
            _bands(book, known),
            _figures(N_("Limits and cover"), book, known, _COVER, ()),
            _figures(N_("Losses"), book, known, ("loss_ratio", "net_loss_ratio", "recovery_rate"), _LOSSES),
            _plans(),
        ),
        tuple(sorted(book.portfolio, key=lambda row: (-row.turnover.amount, row.buyer))[:TOP]),
        tuple(_late(book)),
    )  # fmt: skip


_Ask = tuple[str, Callable[[ReviewBook], Answer]]


def _turnover(book: ReviewBook) -> Money:
    return Money.total((row.turnover for row in book.portfolio), book.currency)


def _top_share(book: ReviewBook) -> Decimal | None:
    largest = sorted((row.turnover.amount for row in book.portfolio), reverse=True)
    return _share(sum(largest[:TOP], Decimal(0)), _turnover(book).amount)


def _usual(book: ReviewBook) -> Decimal | None:
    known = [row for row in book.portfolio if row.terms is not None and row.turnover.amount > 0]  # fmt: skip
    whole = sum((row.turnover.amount for row in known), Decimal(0))
    if not whole:
        return None
    days = sum((row.turnover.amount * (row.terms or 0) for row in known), Decimal(0))
    return (days / whole).quantize(Decimal(1), ROUND_HALF_UP)


def _longest(book: ReviewBook) -> Decimal | None:
    found = [row.terms for row in book.portfolio if row.terms is not None]
    return Decimal(max(found)) if found else None


def _total(book: ReviewBook, amounts: Iterable[Money | None]) -> Money:
    return Money.total((each for each in amounts if each is not None), book.currency)


_TURNOVER: tuple[tuple[str, Callable[[ReviewBook], Answer], Unit], ...] = (
    (N_("Turnover on credit of the twelve months"), _turnover, Unit.MONEY),
    (N_("Insurable turnover by the policy"), lambda book: book.policy.insurable if book.policy else None, Unit.MONEY),
    (N_("Declared turnover"), lambda book: book.policy.declared if book.policy else None, Unit.MONEY),
    (N_("Buyers with turnover"), lambda book: sum(row.turnover.amount > 0 for row in book.portfolio), Unit.COUNT),
    (N_("Buyers with a balance"), lambda book: sum(row.balance.amount > 0 for row in book.portfolio), Unit.COUNT),
    (N_("Receivable at the end"), lambda book: _total(book, (row.balance for row in book.portfolio)), Unit.MONEY),
    (N_("Share of the ten largest buyers in the turnover"), _top_share, Unit.SHARE),
)  # fmt: skip
_TERMS: tuple[tuple[str, Callable[[ReviewBook], Answer], Unit], ...] = (
    (N_("Payment term agreed, the mean by turnover"), _usual, Unit.DAYS),
    (N_("Longest payment term agreed with a buyer, the mean of its invoices"), _longest, Unit.DAYS),
)  # fmt: skip
_LOSSES: tuple[tuple[str, Callable[[ReviewBook], Answer], Unit], ...] = (
    (N_("Claims made"), lambda book: len(book.claims), Unit.COUNT),
    (N_("Amount claimed"), lambda book: _total(book, (row.claimed for row in book.claims)), Unit.MONEY),
    (N_("Indemnity paid in the period"), lambda book: _total(book, (row.paid_in for row in book.claims)), Unit.MONEY),
    (N_("Recovered after costs"), lambda book: _total(book, (row.net for row in book.recoveries)), Unit.MONEY),
)  # fmt: skip
_COVER = ("accepted_amount", "utilisation", "uninsured", "hhi", "punctuality")


def _section(
    title: str,
    book: ReviewBook,
    before: ReviewBook | None,
    asked: Iterable[tuple[str, Callable[[ReviewBook], Answer], Unit]],
) -> Section:
    return Section(
        title,
        tuple(
            Question(text, of(book), of(before) if before else None, unit)
            for text, of, unit in asked
        ),
    )


def _figures(
    title: str,
    book: ReviewBook,
    before: ReviewBook | None,
    figures: Iterable[str],
    asked: Iterable[tuple[str, Callable[[ReviewBook], Answer], Unit]],
) -> Section:
    """Questions, and figures of the review."""
    first = _section(title, book, before, asked).questions
    now: dict[str, Kpi] = {each.code: each for each in kpis(book)}
    then = {each.code: each.value for each in kpis(before)} if before else {}
    told = (
        Question(now[code].title, now[code].value, then.get(code), now[code].measure.unit)
        for code in figures
    )  # fmt: skip
    return Section(title, (*first, *told))


def _places(book: ReviewBook, before: ReviewBook | None) -> Section:
    """Turnover by country, the largest first."""

    def of(year: ReviewBook | None) -> dict[str, Money]:
        found: dict[str, Money] = {}
        for row in year.portfolio if year else ():
            known = found.get(row.country, Money.zero(row.turnover.currency))
            found[row.country] = known + row.turnover
        return found

    now, then = of(book), of(before)
    order = sorted({*now, *then}, key=lambda each: -(now.get(each) or Money.zero(book.currency)).amount)  # fmt: skip
    return Section(
        N_("Turnover by country"),
        tuple(Question(each, now.get(each), then.get(each), Unit.MONEY, named=True) for each in order),
    )  # fmt: skip


def _ages(book: ReviewBook, before: ReviewBook | None) -> Section:
    def of(year: ReviewBook | None, at: int) -> Money | None:
        if year is None:
            return None
        return _total(year, (row.amounts[at] for row in year.ageing))

    return Section(
        N_("Receivables by days overdue"),
        tuple(
            Question(name, of(book, at), of(before, at), Unit.MONEY, named=True)
            for at, name in enumerate(BUCKETS)
        ),
    )


def _bands(book: ReviewBook, before: ReviewBook | None) -> Section:
    """How many buyers owe how much."""

    def of(year: ReviewBook | None, low: int, high: int | None) -> int | None:
        if year is None:
            return None
        owed = (row.balance.amount for row in year.portfolio)
        return sum(low < each and (high is None or each <= high) for each in owed)

    ends = (0, *BANDS)
    rows = [
        Question(f"≤ {high:,}", of(book, low, high), of(before, low, high), Unit.COUNT, named=True)
        for low, high in zip(ends, BANDS, strict=False)
    ]  # fmt: skip
    last = BANDS[-1]
    above = Question(f"> {last:,}", of(book, last, None), of(before, last, None), Unit.COUNT, named=True)  # fmt: skip
    return Section(N_("Buyers by the size of their balance"), (*rows, above))


def _plans() -> Section:
    """What no ledger knows."""
    asked = (
        N_("Turnover expected in the coming year"),
        N_("New markets, products or large buyers"),
        N_("Changes of payment terms"),
        N_("Who decides on credit, and how it is watched"),
    )
    blank = tuple(Question(text, None, None) for text in asked)
    return Section(N_("Plans, to be filled in by the client"), blank)


def _late(book: ReviewBook) -> Iterable[tuple[str, Money]]:
    for row in book.ageing:
        amount = Money.total(row.amounts[3:], book.currency)
        if amount:
            yield row.buyer, amount


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    if whole <= 0:
        return None
    return (part / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP)
