"""What applies, what waits, and what changed since it was answered."""

from datetime import date

import pytest

from creditdesk.domain.policy.contract_review import (
    Answered,
    ReviewedItem,
    ReviewItem,
    ReviewState,
    reviewed,
    still_waiting,
)
from creditdesk.i18n import Bilingual

WORDS = Bilingual("问", "Why")
DEDUCTIBLE = ReviewItem(
    "R15", WORDS, WORDS, WORDS, WORDS, ("eel", "deductible_order"), {}, ("eel", "min_retention")
)  # fmt: skip
UNCHECKED = {"nql"}
THRESHOLD = ReviewItem("R14", WORDS, WORDS, WORDS, WORDS, ("nql",), {}, ("nql",))
COUNTRIES = ReviewItem(
    "R08", WORDS, WORDS, WORDS, WORDS, ("country_table",), {"policy_type": ("XOL",)}, ()
)


def stands(item: ReviewItem, texts: dict[str, str], *given: Answered) -> ReviewedItem:
    answers = {"R15": given[0]} if given else {}
    return reviewed([item], texts, texts.keys() - UNCHECKED, answers)[0]


@pytest.mark.parametrize(
    ("item", "texts", "applies"),
    [
        pytest.param(DEDUCTIBLE, {"eel": "0", "min_retention": "0.00"}, False, id="none"),
        pytest.param(DEDUCTIBLE, {"eel": "0", "min_retention": "5000"}, True, id="one"),
        pytest.param(DEDUCTIBLE, {"eel": "0"}, True, id="nobody has looked it up"),
        pytest.param(THRESHOLD, {"nql": "0"}, True, id="a template's 0 is nobody's word"),
        pytest.param(COUNTRIES, {"policy_type": "XOL"}, True, id="this kind"),
        pytest.param(COUNTRIES, {"policy_type": "DOMESTIC_WT"}, False, id="another kind"),
        pytest.param(COUNTRIES, {}, True, id="kind not known"),
    ],
)  # fmt: skip
def test_a_question_is_left_out_only_where_the_policy_makes_it_idle(
    item: ReviewItem, texts: dict[str, str], *, applies: bool
) -> None:
    found = stands(item, texts)
    assert found.applies is applies
    assert found.waits is applies
    assert (found.state is ReviewState.NOT_APPLICABLE) is not applies


def test_a_value_that_changed_after_the_answer_asks_for_another_look() -> None:
    seen = {"eel": "5000", "deductible_order": "AFTER_PCT"}
    answer = Answered(ReviewState.AS_NEEDED, "", date(2026, 1, 2), "王", seen)
    same = stands(DEDUCTIBLE, seen, answer)
    assert (same.waits, same.changed) == (False, ())
    other = stands(DEDUCTIBLE, {**seen, "deductible_order": "BEFORE_PCT"}, answer)
    (change,) = other.changed
    assert (change.field, change.was, change.now) == ("deductible_order", "AFTER_PCT", "BEFORE_PCT")  # fmt: skip
    assert other.state is ReviewState.AS_NEEDED
    assert still_waiting([same, other]) == 1


def test_what_is_to_be_asked_no_longer_waits_for_a_look() -> None:
    answer = Answered(ReviewState.ASK, "", date(2026, 1, 2), "王", {})
    assert not stands(DEDUCTIBLE, {"eel": "1"}, answer).waits
