from decimal import Decimal

import pytest

from creditdesk.domain.credit.ratios import Figures
from creditdesk.domain.credit.statement_checks import doubts
from creditdesk.i18n import words


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"total_assets": 2000, "total_liabilities": 1300, "equity": 700}, []),
        ({"total_assets": 900, "total_liabilities": 1300, "equity": -400}, []),
        ({"total_assets": 2000, "total_liabilities": 1300}, []),
        (
            {"total_assets": 2000, "total_liabilities": 1300, "equity": 690},
            ["Assets are 2000, but liabilities and equity are 1990 together."],
        ),
        (
            {"total_assets": 10, "current_assets": 11},
            ["Current assets are more than all assets."],
        ),
        (
            {"total_liabilities": 10, "current_liabilities": 11},
            ["Current liabilities are more than all liabilities."],
        ),
        (
            {"current_assets": 10, "inventory": 11},
            ["Inventory is more than the current assets."],
        ),
        (
            {"receivables": 10, "receivables_not_due": 11},
            ["Receivables not yet due are more than all receivables."],
        ),
        ({"current_assets": 10, "inventory": 10, "total_assets": 10}, []),
    ],
)
def test_what_does_not_fit_is_told(figures: dict[str, int], said: list[str]) -> None:
    known = Figures(**{name: Decimal(value) for name, value in figures.items()})
    assert [words("en").say(each) for each in doubts(known)] == said
