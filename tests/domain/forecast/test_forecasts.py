"""Measures by hand, what a forecast says of an invoice that is still open, and when it is silent."""

from datetime import date

import pytest

from creditdesk.domain.forecast.forecasts import chance_after, is_late, reasons, silence
from creditdesk.domain.forecast.history import FEATURES, Known, Sale
from creditdesk.domain.forecast.measures import auc, calibration_error, mean_error
from creditdesk.i18n import Language, words

KNOWN = Known(
    count=12, late=3, shares=(0.5,) * 5, days=-4.4, spread=6.2, recent_late=0.5, recent_days=2.6, open=2, overdue=1,
    ratio=2.04, electronic=0.5, sent=1.0, portfolio_late=0.3, portfolio_days=1.0,
)  # fmt: skip


def test_auc_counts_pairs() -> None:
    # Of the six pairs (late, punctual) four are told right and one is equal.
    happened = [True, False, True, False, False]
    assert auc(happened, [0.9, 0.2, 0.4, 0.4, 0.6]) == pytest.approx(4.5 / 6)
    assert auc([True, True], [0.1, 0.2]) is None


def test_the_calibration_error_is_the_mean_gap_of_its_bins() -> None:
    said = [0.1, 0.3, 0.6, 0.8]
    happened = [False, False, True, False]
    # Two bins: 0.2 said and 0 happened, 0.7 said and a half happened.
    assert calibration_error(happened, said, bins=2) == pytest.approx(0.2)
    assert mean_error([1.0, -2.0], [3.0, -3.0]) == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("now", "unpaid", "told"),
    [
        # Nobody would have paid yet: the chances as they are.
        (-40, 1.0, (0.4, 0.2, 0.1)),
        # Half would have paid by now: those that haven't are later.
        (-2, 0.5, (0.8, 0.4, 0.2)),
        (0, 0.4, (1.0, 0.5, 0.25)),
        (1, 0.4, (1.0, 0.5, 0.25)),
        (16, 0.2, (1.0, 1.0, 0.5)),
        (31, 0.0, (1.0, 1.0, 1.0)),
    ],
)
def test_what_is_still_open_is_the_later_for_it(
    now: int, unpaid: float, told: tuple[float, ...]
) -> None:
    assert chance_after((0.4, 0.2, 0.1), now, unpaid) == pytest.approx(told)


@pytest.mark.parametrize(
    ("settled", "until", "told"),
    [
        (date(2025, 3, 1), date(2025, 3, 2), False),
        (date(2025, 3, 2), date(2025, 3, 3), True),
        # Paid on the very day: on its morning nobody knew.
        (date(2025, 3, 1), date(2025, 3, 1), None),
        (None, date(2025, 3, 2), None),
        (None, date(2025, 3, 3), True),
    ],
)
def test_whether_it_is_late_is_known_on_the_day_after(
    settled: date | None,
    until: date,
    told: bool | None,  # noqa: FBT001 - a row of the table
) -> None:
    due = date(2025, 3, 1)
    sale = Sale(id=1, buyer=1, issued=date(2025, 1, 1), due=due, settled=settled, amount=1)  # fmt: skip
    assert is_late(sale, 0, until) is told


def said(learned: list[bool], tried: list[bool], language: Language = "en") -> str:
    why = silence(learned, tried)
    return "" if why is None else words(language).say(why)


def test_too_little_is_said_and_not_guessed_from() -> None:
    enough = [True, False] * 100
    assert not said(enough, [True, False] * 30)
    assert "199 older and 60 newer" in said(enough[:-1], [True, False] * 30)
    assert "较新的 58 张" in said(enough, [True, False] * 29, "zh")
    hardly = [True] * 19 + [False] * 200
    assert "hardly" in said(hardly, [True, False] * 30)
    assert "hardly" in said(enough, [False] * 60)


def test_the_three_strongest_reasons_in_words() -> None:
    shares = dict.fromkeys(FEATURES, 0.0)
    strengths = {**shares, "days": -0.9, "overdue": 0.5, "ratio": 0.3, "spread": 0.1}
    found = reasons(KNOWN, [strengths[name] for name in FEATURES])
    assert [words("en").say(each) for each in found] == [
        "on average paid 4 days before the due date (speaks for earlier)",
        "1 other invoices of this buyer are overdue (speaks for later)",
        "2.0 times the buyer's usual amount (speaks for later)",
    ]
    assert words("zh").say(found[0]) == "平均在到期前 4 天付款（倾向提前付款）"
