"""The balance confirmation: every open document, the balance on letter and slip, and room for the seals."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.ledger.statement import (
    BalanceConfirmation,
    OpenDocument,
    OwedAccount,
)
from creditdesk.i18n import Language
from creditdesk.jobs import Progress
from creditdesk.reports import balance_letter

ON = date(2026, 10, 31)


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def draft(count: int = 2) -> BalanceConfirmation:
    documents = tuple(
        OpenDocument(
            f"INV-{n}", date(2026, 5, 1), date(2026, 7, 1), cny("1000.50"), 122
        )
        for n in range(1, count + 1)
    )
    account = OwedAccount(documents=documents, unapplied=cny("600.50"))
    return BalanceConfirmation(
        client=Party(name="明达电子"),
        buyer=Party(name="<b>海澜</b> & Łódź"),
        on=ON,
        accounts=(account,),
    )


def pages(path: Path, language: Language, what: BalanceConfirmation) -> list[str]:
    count = balance_letter.write(what, path, language, Progress())
    document = pypdfium2.PdfDocument(path)
    try:
        found = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    assert len(found) == count
    return found


@pytest.mark.parametrize(
    ("language", "slip", "spelled"),
    [("zh", "回执", "人民币壹仟肆佰元零伍角"), ("en", "Reply slip", "")],
)
def test_letter_and_slip_name_the_same_balance(
    tmp_path: Path, language: Language, slip: str, spelled: str
) -> None:
    whole = "\n".join(pages(tmp_path / "x.pdf", language, draft()))
    assert whole.count("1,400.50") == 3
    assert "INV-2" in whole
    assert "−600.50" in whole
    assert slip in whole
    assert spelled in whole
    assert "<b>海澜</b> & Łódź" in whole


def test_a_long_list_keeps_the_slip_on_one_page(tmp_path: Path) -> None:
    found = pages(tmp_path / "x.pdf", "en", draft(60))
    (last,) = [each for each in found if "Reply slip" in each]
    assert last is found[-1]
    assert last.count("Łódź (seal)") == 2


def test_a_buyer_that_owes_nothing_is_asked_to_confirm_that(tmp_path: Path) -> None:
    nothing = BalanceConfirmation(
        client=Party(name="A"), buyer=Party(name="B"), on=ON, accounts=()
    )
    (first, *_) = pages(tmp_path / "x.pdf", "en", nothing)
    assert "you owe 0.00" in first
