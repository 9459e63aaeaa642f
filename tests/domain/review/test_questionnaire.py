"""What insurers ask before a renewal, answered from two years' rows (rules.md 9)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.review.book import ReviewBook
from creditdesk.domain.review.questionnaire import Questionnaire, questionnaire
from creditdesk.domain.review.rows import AgeingRow, ClaimRow, PortfolioRow

END = date(2025, 12, 31)
NOBODY = Party(name="")
EMPTY = ReviewBook(
    firm=NOBODY, client=NOBODY, start=date(2025, 1, 1), end=END, data_date=END, prepared_on=END, currency="CNY",
    policy=None,
)  # fmt: skip


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def buyer(
    name: str, turnover: str, balance: str = "0", country: str = "CN", terms: int | None = None
) -> PortfolioRow:  # fmt: skip
    zero = cny("0")
    return PortfolioRow(
        buyer=name, country=country, turnover=cny(turnover), balance=cny(balance), peak=zero, average=zero, limit=zero,
        insured=zero, own_share=Decimal(10), terms=terms,
    )  # fmt: skip


def answers(found: Questionnaire, title: str) -> dict[str, tuple[object, object]]:
    (section,) = (each for each in found.sections if each.title == title)
    return {each.text: (each.now, each.before) for each in section.questions}


def test_turnover_and_buyers_stand_beside_those_of_the_year_before() -> None:
    now = replace(EMPTY, portfolio=(buyer("A", "600", "50"), buyer("B", "400"), buyer("C", "0", "7")))  # fmt: skip
    before = replace(EMPTY, portfolio=(buyer("A", "500", "20"),))
    found = answers(questionnaire(now, before), "Turnover and buyers")
    assert found["Turnover on credit of the twelve months"] == (cny("1000"), cny("500"))  # fmt: skip
    assert found["Buyers with turnover"] == (2, 1)
    assert found["Buyers with a balance"] == (2, 1)
    assert found["Receivable at the end"] == (cny("57"), cny("20"))
    assert found["Insurable turnover by the policy"] == (None, None)


def test_a_year_without_turnover_answers_nothing() -> None:
    now = replace(EMPTY, portfolio=(buyer("A", "600"),))
    for before in (None, EMPTY):
        found = questionnaire(now, before)
        asked = [each for section in found.sections for each in section.questions]
        assert {each.before for each in asked} == {None}


def test_the_ten_largest_buyers_are_named_with_their_share() -> None:
    """Eleven buyers, 11 to 1: the smallest is left out, 65 of 66 remain."""
    rows = tuple(buyer(f"{at:02d}", str(at)) for at in range(1, 12))
    found = questionnaire(replace(EMPTY, portfolio=rows), None)
    assert [row.buyer for row in found.largest] == [f"{at:02d}" for at in range(11, 1, -1)]  # fmt: skip
    share = answers(found, "Turnover and buyers")["Share of the ten largest buyers in the turnover"]  # fmt: skip
    assert share == (Decimal("0.9848"), None)


def test_the_mean_term_is_weighed_by_turnover() -> None:
    """(60 · 300 + 90 · 100) ÷ 400 = 67.5, rounded up; a buyer without due dates counts for nothing."""
    rows = (buyer("A", "300", terms=60), buyer("B", "100", terms=90), buyer("C", "900"))
    found = answers(questionnaire(replace(EMPTY, portfolio=rows), None), "Terms and payment")  # fmt: skip
    assert found["Payment term agreed, the mean by turnover"] == (Decimal(68), None)
    # Cash is a term of no days: (61 + 0) ÷ 2 = 30.5, rounded up.
    cash = (buyer("A", "10", terms=61), buyer("B", "10", terms=0))
    found = answers(questionnaire(replace(EMPTY, portfolio=cash), None), "Terms and payment")  # fmt: skip
    assert found["Payment term agreed, the mean by turnover"] == (Decimal(31), None)
    rows = (buyer("A", "300", terms=60), buyer("B", "100", terms=90), buyer("C", "900"))
    found = answers(questionnaire(replace(EMPTY, portfolio=rows), None), "Terms and payment")  # fmt: skip
    longest = "Longest payment term agreed with a buyer, the mean of its invoices"
    assert found[longest] == (Decimal(90), None)


def test_countries_come_largest_first_with_those_of_last_year() -> None:
    now = replace(EMPTY, portfolio=(buyer("A", "1", country="DE"), buyer("B", "5")))
    before = replace(EMPTY, portfolio=(buyer("A", "9", country="FR"),))
    found = answers(questionnaire(now, before), "Turnover by country")
    assert list(found.items()) == [
        ("CN", (cny("5"), None)),
        ("DE", (cny("1"), None)),
        ("FR", (None, cny("9"))),
    ]


def test_a_balance_on_the_end_of_a_band_belongs_to_it() -> None:
    owed = ("50000", "50000.01", "5000001", "0.01", "0")
    rows = tuple(buyer(name, "1", each) for name, each in zip("ABCDE", owed, strict=True))  # fmt: skip
    found = answers(
        questionnaire(replace(EMPTY, portfolio=rows), None),
        "Buyers by the size of their balance",
    )
    counts = {text: now for text, (now, _) in found.items() if now}
    assert counts == {"≤ 50,000": 2, "≤ 100,000": 1, "> 5,000,000": 1}


def test_what_is_overdue_for_more_than_sixty_days_is_named() -> None:
    ages = (
        AgeingRow(buyer="A", amounts=tuple(cny(each) for each in ("9", "8", "7", "0", "0", "0"))),
        AgeingRow(buyer="B", amounts=tuple(cny(each) for each in ("9", "8", "7", "1", "2", "3"))),
    )  # fmt: skip
    assert questionnaire(replace(EMPTY, ageing=ages), None).late == (("B", cny("6")),)


def test_losses_are_those_of_the_period() -> None:
    claim = ClaimRow(
        number="1", buyer="A", noticed=None, filed=None, accepted=None, decided=None, paid_on=None,
        claimed=cny("90"), paid=cny("80"), paid_in=cny("50"),
    )  # fmt: skip
    found = answers(questionnaire(replace(EMPTY, claims=(claim,)), None), "Losses")
    assert found["Claims made"] == (1, None)
    assert found["Amount claimed"] == (cny("90"), None)
    assert found["Indemnity paid in the period"] == (cny("50"), None)


def test_what_no_ledger_knows_is_left_to_the_client() -> None:
    found = answers(questionnaire(EMPTY, None), "Plans, to be filled in by the client")
    assert len(found) == 4
    assert set(found.values()) == {(None, None)}


def test_names_of_countries_ages_and_bands_are_not_translated() -> None:
    rows = (buyer("A", "1", "7", country="DE"),)
    found = questionnaire(replace(EMPTY, portfolio=rows), None)
    named = {
        section.title
        for section in found.sections
        if all(each.named for each in section.questions)
    }
    assert named == {
        "Turnover by country",
        "Receivables by days overdue",
        "Buyers by the size of their balance",
    }
