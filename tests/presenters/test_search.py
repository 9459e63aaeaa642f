"""What the search field offers for an amount: the document, whose it is, and what is open of it."""

import pytest

from creditdesk.i18n import Language
from creditdesk.presenters.desk.search import SearchPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Desk

BUYER = "宁波 <b>海澜</b> 有限公司"


@pytest.mark.parametrize(
    ("language", "typed", "told"),
    [
        ("en", "226000", "{buyer}  ·  ¥\u00a0226,000.00, ¥\u00a026,000.00 of it open"),
        ("zh", "26,000", "{buyer}  ·  ¥\u00a0226,000.00，其中未收 ¥\u00a026,000.00"),
        ("zh", "339000", "{buyer}  ·  ¥\u00a0339,000.00"),
        ("zh", "INV2", "{buyer}"),
    ],
)  # fmt: skip
def test_a_document_found_by_an_amount_says_it(
    filled: Desk, language: Language, typed: str, told: str
) -> None:
    search = SearchPresenter(filled.buyers, Wording(language), ())
    search.ask(typed)
    (found,) = search.found
    assert (found.kind, found.place) == ("invoice", "receivables")
    assert found.detail == told.format(buyer=BUYER)
