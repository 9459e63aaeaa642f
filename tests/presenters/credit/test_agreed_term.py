"""The reading of an agreed term is asked in the buyer's form, nothing preselected, with the days it gives."""

from datetime import date

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.presenters.credit.buyer_file import BuyerFilePresenter
from creditdesk.presenters.credit.new_buyer import NewBuyerPresenter
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.typed import YES
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.workspace import Workspace

MAY = date(2026, 5, 10)


@pytest.fixture
def file(workspace: Workspace, english: Wording) -> BuyerFilePresenter:
    """A buyer whose only invoice, of 10 May, has neither day nor term."""
    client = workspace.desk.clients.all()[0].id
    row = DraftDocument(
        row=2, buyer=BuyerRef(name="乙公司"), number="N1", kind=DocumentKind.INVOICE,
        issued=MAY, due=None, amount=Money.of_fine(1_000_000, "CNY"),
    )  # fmt: skip
    source = LedgerSource(file_name="五月.xlsx", digest="may")
    workspace.desk.ledger.take_in(client, LedgerDraft(source=source, documents=(row,)))
    buyer = workspace.desk.buyers.named(client, "乙公司")
    return BuyerFilePresenter(workspace, english, buyer)


def offered(form: Form) -> dict[str, str]:
    field = next(each for each in form.fields if each.key == "term_as")
    return {each.value: each.words for each in field.options}


def due(workspace: Workspace) -> str:
    ledger = workspace.desk.ledger
    found = ledger.invoices(ledger.invoice_ids(InvoiceQuestion(text="N1")))
    return str(found[0].due or "")


def agree(form: Form, words: str) -> bool:
    form.set("term", words)
    form.set("term_dates", YES)
    return form.save()


def test_several_readings_are_offered_with_a_real_due_date_each(
    file: BuyerFilePresenter, workspace: Workspace
) -> None:
    """10 May: the month's end and 60 days is 30 July; the end of the month after next is 31 July."""
    form = file.form
    assert "term_as" not in [each.key for each in form.fields]
    assert not agree(form, "月结60天")
    assert form.fault_of("term_as") is not None
    assert form.value("term_as") == ""
    words = offered(form)
    assert list(words) == ["", "END_OF_NEXT_MONTH", "EOM_PLUS_N_DAYS"]
    assert words["EOM_PLUS_N_DAYS"].endswith("· issued 10 May 2026, due 30 Jul 2026")
    assert not form.save()
    assert due(workspace) == ""
    form.set("term_as", "EOM_PLUS_N_DAYS")
    assert form.save()
    assert due(workspace) == "2026-07-30"


def test_a_reading_that_wants_a_number_asks_for_it(
    file: BuyerFilePresenter, workspace: Workspace
) -> None:
    form = file.form
    assert not agree(form, "月结")
    form.set("term_as", "NEXT_MONTH_DAY")
    assert not form.save()
    assert form.fault_of("term_number") is not None
    form.set("term_number", "32")
    assert not form.save()
    form.set("term_number", "25")
    assert form.save()
    assert due(workspace) == "2026-06-25"


def test_an_answer_for_other_words_is_none_for_these(
    file: BuyerFilePresenter, workspace: Workspace
) -> None:
    form = file.form
    assert not agree(form, "月结60天")
    form.set("term_as", "EOM_PLUS_N_DAYS")
    assert not agree(form, "月结90天")
    assert due(workspace) == ""


def test_a_new_buyer_is_kept_with_the_reading_of_its_term(
    workspace: Workspace, english: Wording
) -> None:
    presenter = NewBuyerPresenter(workspace, english)
    presenter.form.set("name", "丙公司")
    assert not agree(presenter.form, "月结60天")
    assert presenter.made is None
    presenter.form.set("term_as", "END_OF_NEXT_MONTH")
    assert presenter.form.save()
    assert presenter.made is not None
    card = workspace.desk.buyers.file(presenter.made).card
    assert (card.term, card.term_dates) == ("月结60天", True)
