"""May we still ship? Asked for a day and an amount, on the screen of a credit file."""

from collections.abc import Callable
from datetime import date

import pytest

from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.jobs import Progress
from creditdesk.presenters.credit.ship import ShipPresenter
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.watch import NewEvent
from creditdesk.workspace import Workspace

Find = Callable[[str], BuyerId]


@pytest.fixture
def asked(workspace: Workspace, english: Wording, buyer: Find) -> ShipPresenter:
    """The question about 海澜, which is beyond its limit."""
    return answered(ShipPresenter(workspace, english, buyer("海澜")))


def answered(presenter: ShipPresenter) -> ShipPresenter:
    presenter.show(presenter.job()(Progress()))
    return presenter


def test_arrears_are_said_with_invoice_and_way_out(asked: ShipPresenter) -> None:
    assert asked.verdict == ("No cover", Tone.DANGER)
    assert asked.figure == "¥\u00a00.00"
    first = asked.lines[0]
    assert first.words.startswith("Invoice INV-2, due 19 Aug 2026, is unpaid")
    assert first.way_out.startswith("Lifted by: payment of what is unpaid")
    assert "policy P-1" in asked.cover
    assert "used ¥\u00a0200,000.00" in asked.cover


def test_a_known_risk_alone_is_the_insurers_to_refuse(
    workspace: Workspace, english: Wording, buyer: Find
) -> None:
    """Known since 1 April, asked on 1 May: 400,000 may leave unless the insurer refuses them."""
    known = NewEvent(
        buyer_id=buyer("海澜"),
        kind=BuyerEventKind.KNOWN_RISK,
        happened_on=date(2026, 4, 1),
        known_on=date(2026, 4, 1),
    )
    workspace.desk.watch.report(known, date(2026, 11, 23))
    presenter = ShipPresenter(workspace, english, buyer("海澜"))
    presenter.put("on", "2026-05-01")
    answered(presenter)
    assert presenter.verdict == ("The insurer may refuse", Tone.WARNING)
    assert presenter.figure == "¥\u00a00.00"
    assert any("¥\u00a0400,000.00 may leave" in line.words for line in presenter.lines)


def test_another_day_has_another_answer(asked: ShipPresenter) -> None:
    assert asked.put("on", "2026/5/1")
    answered(asked)
    assert asked.verdict == ("Yes, under cover", Tone.DONE)
    assert asked.figure == "¥\u00a0400,000.00"
    assert asked.on == date(2026, 5, 1)
    assert asked.texts["on"] == "2026-05-01"
    assert "until 31 Dec 2026: the policy ends" in asked.under_figure


def test_an_amount_is_answered_with_what_of_it_is_insured(asked: ShipPresenter) -> None:
    asked.put("on", "2026-05-01")
    asked.put("amount", "500000")
    answered(asked)
    assert asked.verdict == ("Partly under cover", Tone.WARNING)
    assert asked.figure == "¥\u00a0400,000.00"
    assert asked.under_figure.startswith("insured of ¥\u00a0500,000.00")
    assert asked.texts["amount"] == "500,000"


@pytest.mark.parametrize(
    ("key", "text"), [("on", "someday"), ("amount", "lots"), ("amount", "0")]
)
def test_what_can_not_be_read_is_said_at_the_field(
    asked: ShipPresenter, key: str, text: str
) -> None:
    assert not asked.put(key, text)
    assert key in asked.faults


def test_no_limit_names_the_application(
    workspace: Workspace, english: Wording, buyer: Find
) -> None:
    presenter = answered(ShipPresenter(workspace, english, buyer("Hansa")))
    assert "No limit was ever decided" in presenter.lines[0].words
    assert "approval of an application" in presenter.lines[0].way_out
    assert "no exchange rate from EUR to CNY" in presenter.lines[1].words
