"""Possible doubles without a window: the question, both cards, what a merge says it would do, and does."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.i18n import LANGUAGES, Language
from creditdesk.jobs import ImmediateRunner, Job, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.credit.buyer_doubles import DoublesPresenter
from creditdesk.presenters.credit.buyer_file import BuyerFilePresenter
from creditdesk.presenters.credit.buyers import BuyersPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Desk, Workspace

T = TypeVar("T")
TODAY = date(2026, 11, 23)


def run(job: Job[T]) -> T:
    return job(Progress())


def invoice(number: str, name: str, amount: str, code: str) -> DraftDocument:
    return DraftDocument(
        row=2,
        buyer=BuyerRef(name=name, code=code),
        number=number,
        kind=DocumentKind.INVOICE,
        issued=date(2026, 6, 1),
        due=date(2026, 8, 19),
        amount=Money(Decimal(amount), "CNY"),
    )


@pytest.fixture
def client(desk: Desk) -> int:
    number = desk.clients.add(ClientCard(name="明达电子"))
    documents = (
        invoice("A", "海澜贸易有限公司", "100", "00123"),
        invoice("B", "海澜贸易有限责任公司", "200", "123"),
        invoice("C", "和光电器有限公司", "5", "H1"),
        invoice("D", "和光电器股份有限公司", "7", "H2"),
    )
    source = LedgerSource(file_name="应收.xlsx", digest="d")
    desk.ledger.take_in(number, LedgerDraft(source=source, documents=documents))
    return number


def workspace(desk: Desk, tmp_path: Path) -> Workspace:
    preferences = PreferenceFile(tmp_path / "preferences.json")
    return Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)


def shown(desk: Desk, tmp_path: Path, language: Language = "en") -> DoublesPresenter:
    presenter = DoublesPresenter(workspace(desk, tmp_path), Wording(language))
    presenter.show(run(presenter.job()))
    presenter.show_plans(run(presenter.planning()))
    return presenter


@pytest.mark.usefixtures("client")
def test_the_surest_pair_is_looked_at_first_with_its_question_and_both_cards(
    desk: Desk, tmp_path: Path
) -> None:
    presenter = shown(desk, tmp_path)
    assert presenter.head == "Is 00123 the same customer as 123?"
    assert len(presenter.grounds) == 2
    told = {line.name: (line.one, line.other) for line in presenter.lines}
    assert told["Code"] == ("00123", "123")
    assert told["Outstanding"] == ("¥\u00a0100.00", "¥\u00a0200.00")
    assert told["From the files"] == ("应收.xlsx", "应收.xlsx")
    assert "Claims" not in told
    assert presenter.may_merge
    second = presenter.pairs.rows[1]
    presenter.choose((second.one.id, second.other.id))
    assert presenter.head == "Are these one and the same customer?"
    assert presenter.plans is None
    assert not presenter.may_merge


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_merge_says_exactly_what_it_will_do(
    desk: Desk, tmp_path: Path, language: Language
) -> None:
    presenter = shown(desk, tmp_path, language)
    assert presenter.plans is not None
    told = presenter.merge_words(presenter.plans.second)
    assert "海澜贸易有限公司  00123" in told
    assert ("1 张单据" if language == "zh" else "1 document") in told
    for row in presenter.pairs.rows:
        for column in range(len(presenter.pairs.columns)):
            assert "{" not in presenter.pairs.cell(presenter.pairs.rows.index(row), column).text  # fmt: skip


def test_after_a_merge_the_next_pair_comes_up_and_undoing_it_brings_the_first_back(
    desk: Desk, tmp_path: Path, client: int
) -> None:
    presenter = shown(desk, tmp_path)
    assert presenter.plans is not None
    run(presenter.merging(presenter.plans.first))
    presenter.show(run(presenter.job()))
    assert presenter.head == "Are these one and the same customer?"
    assert presenter.pairs.count == 1
    (row,) = presenter.merges.rows
    assert "1 document" in presenter.unmerge_words(row)
    kept = desk.buyers.named(client, "123")
    file = BuyerFilePresenter(workspace(desk, tmp_path), Wording("en"), kept)
    assert [each.split(" · ")[0] for each in file.merged] == [
        "海澜贸易有限责任公司  123"
    ]
    run(presenter.unmerging(row.id))
    presenter.show(run(presenter.job()))
    assert presenter.pairs.count == 2


def test_two_that_are_two_go_from_the_list_and_from_the_count(
    desk: Desk, tmp_path: Path, client: int
) -> None:
    presenter = shown(desk, tmp_path)
    buyers = BuyersPresenter(workspace(desk, tmp_path), Wording("en"))
    assert run(buyers.doubles_job()) == 2
    assert buyers.doubles_words(2) == "Possible doubles (2)…"
    run(presenter.parting())
    assert run(buyers.doubles_job()) == 1
    assert client


def test_what_stands_in_the_way_is_said_and_the_merge_not_offered(
    desk: Desk, tmp_path: Path, client: int
) -> None:
    again = invoice("A", "海澜贸易有限责任公司", "100", "123")
    source = LedgerSource(file_name="七月.xlsx", digest="e")
    desk.ledger.take_in(client, LedgerDraft(source=source, documents=(again,)))
    presenter = shown(desk, tmp_path)
    assert not presenter.may_merge
    assert "taken in twice" in presenter.obstacles[0]


def test_an_empty_desk_has_nothing_to_decide(desk: Desk, tmp_path: Path) -> None:
    presenter = DoublesPresenter(workspace(desk, tmp_path), Wording("en"))
    presenter.show(run(presenter.job()))
    assert (presenter.head, presenter.grounds, presenter.lines) == ("", (), ())
