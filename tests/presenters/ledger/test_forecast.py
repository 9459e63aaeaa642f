"""Expected payments on their page: what is said without a client, with too little, and with an estimate."""

from datetime import date
from pathlib import Path

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.forecast.forecasts import (
    ExpectedPayment,
    ExpectedWeek,
    PaymentForecast,
    Quality,
)
from creditdesk.i18n import N_, Language, Message
from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.ledger.forecast import ForecastPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Desk, Workspace

TODAY = date(2025, 9, 10)


def made(
    desk: Desk, tmp_path: Path, language: Language, client: int | None
) -> ForecastPresenter:
    preferences = PreferenceFile(tmp_path / "preferences.json")
    workspace = Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)
    workspace.client = client
    return ForecastPresenter(workspace, Wording(language))  # fmt: skip


def usd(cents: int) -> Money:
    return Money.of_minor(cents, "USD")


FOUND = PaymentForecast(
    TODAY,
    Quality(300, 90, auc_late=0.876, days_error=5.44, days_error_own_mean=6.71),
    (
        ExpectedPayment(
            "甲公司", "1", date(2025, 9, 1), usd(10000), date(2025, 9, 20), (1.0, 0.62, 0.1),
            (Message(N_("sent on paper")),),
        ),
    ),
    (
        ExpectedWeek(date(2025, 9, 11), usd(2500), usd(0), usd(5000)),
        ExpectedWeek(date(2025, 9, 15), usd(7500), usd(5000), usd(10000)),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "请先在上方选择"), ("en", "Choose a client")]
)
def test_without_a_client_that_is_asked_for(
    desk: Desk, tmp_path: Path, language: Language, said: str
) -> None:
    presenter = made(desk, tmp_path, language, None)
    assert said in presenter.trust
    assert not presenter.table.loading


def test_with_too_little_it_says_what_is_missing_and_shows_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    client = desk.clients.add(ClientCard(name="卖方"))
    presenter = made(desk, tmp_path, "en", client)
    assert presenter.trust == "Learning from the ledgers…"
    presenter.show(presenter.job()(Progress()))
    assert "Too little to learn from" in presenter.trust
    assert (presenter.bars, presenter.table.count, presenter.sums) == ([], 0, "")


def test_an_estimate_says_how_far_it_is_to_be_trusted(
    desk: Desk, tmp_path: Path
) -> None:
    presenter = made(desk, tmp_path, "en", 1)
    presenter.show(FOUND)
    assert "off by 5.4 days (by the buyer's own mean 6.7)" in presenter.trust
    assert "in 88 % of the cases" in presenter.trust
    assert (
        presenter.sums.replace("\u00a0", " ")
        == "$ 100.00 open, $ 100.00 of it expected within 2 weeks"
    )
    assert [(bar.day, bar.share, bar.low, bar.high) for bar in presenter.bars] == [
        ("09-11", 0.25, 0.0, 0.5),
        ("09-15", 0.75, 0.5, 1.0),
    ]
    cells = [presenter.table.cell(0, place).text for place in range(9)]
    assert cells[5:8] == ["100 %", "62 %", "10 %"]
    assert cells[8] == "sent on paper"
