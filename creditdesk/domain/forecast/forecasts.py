"""What a forecast says: of each open invoice, of the coming weeks, and of its own quality on this desk."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from creditdesk.domain.base.money import Money
from creditdesk.domain.forecast.history import FEATURES, Known, Sale
from creditdesk.i18n import N_, Message

LATE_DAYS: Final = (0, 15, 30)
"""A forecast says how likely an invoice is paid more than so many days after its due date."""
LEAST_LEARNED, LEAST_TRIED, LEAST_OF_EACH = 200, 60, 20
"""Invoices to learn from and to try on; and of the late and of the punctual ones each."""
_REASONS: Final = 3
_TWICE: Final = 2


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the forecasts were on invoices they had not learned from; None: too little to tell.

    From 0 to 1: `auc_late` of the forecast, `auc_portfolio` of the share late of all, `auc_own_mean` of the buyer's own
    mean days late; the calibration error. In days: how far the day of payment was off, and by the buyer's own mean.
    `why`: what is missing where it is silent.
    """

    trained_on: int
    tried_on: int
    auc_late: float | None = None
    auc_portfolio: float | None = None
    auc_own_mean: float | None = None
    calibration_error: float | None = None
    days_error: float | None = None
    days_error_own_mean: float | None = None
    why: Message | None = None

    @property
    def silent(self) -> bool:
        """Whether there is too little to say anything."""
        return self.why is not None


@dataclass(frozen=True, slots=True)
class ExpectedPayment:
    """One open invoice: the day its money is expected, and how likely it is later by `LATE_DAYS`, from 0 to 1."""

    buyer: str
    number: str
    due: date
    open: Money
    expected_on: date
    chances: tuple[float, ...]
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class ExpectedWeek:
    """What is expected to come from a day on, up to the next week; between `low` and `high` in four of five weeks."""

    start: date
    amount: Money
    low: Money
    high: Money


@dataclass(frozen=True, slots=True)
class PaymentForecast:
    """The forecast of a day; without invoices and weeks where it is silent."""

    as_of: date
    quality: Quality
    invoices: tuple[ExpectedPayment, ...] = ()
    weeks: tuple[ExpectedWeek, ...] = ()


def decided(
    sales: Iterable[tuple[Sale, Known]], until: date
) -> Iterator[tuple[Sale, Known]]:
    """Those written before a day of which it was known by then whether they were late."""
    for sale, known in sales:
        if sale.issued < until and is_late(sale, 0, until) is not None:
            yield sale, known  # fmt: skip


def is_late(sale: Sale, days: int, until: date) -> bool | None:
    """Whether it was paid more than so many days after its due date, as known before a day; None: not known yet."""
    if sale.settled is not None and sale.settled < until:
        return (sale.settled - sale.due).days > days
    return True if (until - sale.due).days - 1 > days else None


def silence(learned: Sequence[bool], tried: Sequence[bool]) -> Message | None:
    """Why nothing can be said of invoices known to be late or not: what is missing."""
    if len(learned) < LEAST_LEARNED or len(tried) < LEAST_TRIED:
        text = N_(
            "Too little to learn from: of {learned} older and {tried} newer invoices the payment is known, "
            "{least} and {least_tried} are needed."
        )
        return Message.of(
            text, learned=len(learned), tried=len(tried), least=LEAST_LEARNED, least_tried=LEAST_TRIED
        )  # fmt: skip
    late = sum(learned)
    fewest = min(late, len(learned) - late, sum(tried), len(tried) - sum(tried))
    if (
        fewest < LEAST_OF_EACH // _TWICE
        or min(late, len(learned) - late) < LEAST_OF_EACH
    ):
        text = N_(
            "Too little to learn from: hardly any invoice was late, or hardly any was punctual."
        )
        return Message(text)
    return None  # fmt: skip


def reasons(known: Known, shares: Sequence[float]) -> tuple[Message, ...]:
    """The three things that move a forecast most, in words; `shares` are what each figure of the vector adds."""
    weights: dict[str, float] = {}
    for name, share in zip(FEATURES, shares, strict=True):
        weights[name] = weights.get(name, 0.0) + share
    strongest = sorted(weights, key=lambda name: -abs(weights[name]))
    said = (_reason(name, known, later=weights[name] > 0) for name in strongest)
    return tuple(each for each in said if each is not None)[:_REASONS]


def _reason(name: str, known: Known, *, later: bool) -> Message | None:
    fact = _fact(name, known)
    if fact is None:
        return None
    text = N_("{fact} (speaks for later)") if later else N_("{fact} (speaks for earlier)")  # fmt: skip
    return Message.of(text, fact=fact)


def _fact(name: str, known: Known) -> Message | None:  # noqa: PLR0911 - one line a thing
    match name:
        case "share" if known.count:
            text = N_("{late} of the buyer's {count} known invoices were paid late")
            return Message.of(text, late=known.late, count=known.count)
        case "days" if known.count:
            return _days(
                known.days,
                N_("on average paid {days} days after the due date"),
                N_("on average paid {days} days before the due date"),
            )
        case "recent" if known.count:
            return _days(
                known.recent_days,
                N_("lately paid {days} days after the due date"),
                N_("lately paid {days} days before the due date"),
            )
        case "spread" if known.count:
            return Message.of(
                N_("its days of payment vary by {days}"), days=round(known.spread)
            )
        case "count" | "share" | "days" | "recent":
            return Message.of(
                N_("{count} invoices of this buyer are known"), count=known.count
            )
        case "open":
            return Message.of(
                N_("{count} other invoices of this buyer are open"), count=known.open
            )
        case "overdue":
            return Message.of(
                N_("{count} other invoices of this buyer are overdue"),
                count=known.overdue,
            )
        case "ratio":
            return Message.of(
                N_("{ratio} times the buyer's usual amount"), ratio=f"{known.ratio:.1f}"
            )
        case "sent" if known.sent in {0.0, 1.0}:
            electronic, paper = N_("sent electronically"), N_("sent on paper")
            return Message(electronic if known.sent else paper)
    return None


def _days(days: float, after: str, before: str) -> Message:
    whole = round(days)
    return Message.of(after if whole >= 0 else before, days=abs(whole))


def chance_after(
    chances: Sequence[float], days_now: int, unpaid: float
) -> tuple[float, ...]:
    """The chances of `LATE_DAYS`, for an invoice that is still open so many days after its due date.

    `unpaid`: how likely it was to be open by now. What is past is certain, and later is never likelier than late.
    """
    found: list[float] = []
    for days, chance in zip(LATE_DAYS, chances, strict=True):
        said = 1.0 if days_now > days else min(1.0, chance / max(unpaid, chance, 1e-9))
        found.append(min(said, found[-1]) if found else said)
    return tuple(found)
