"""The form of a client's credit rules loses nothing of rules it can't hold."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.domain.credit.credit_rules import UNGRADED, CreditRules, Level
from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.credit.credit_rules import RulesPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Desk, Workspace

DAY = date(2026, 11, 1)
LEVELS = (
    Level("sales", Decimal(100), 30),
    Level("finance", Decimal(200), 60),
    Level("manager", Decimal(300), 90),
    Level("owner"),
)


@pytest.mark.parametrize(
    ("count", "is_kept"), [(1, True), (2, True), (3, False), (4, False)]
)
def test_rules_with_more_levels_than_the_form_are_not_overwritten(
    desk: Desk, tmp_path: Path, *, count: int, is_kept: bool
) -> None:
    client = desk.clients.add(ClientCard(name="甲方有限公司"))
    rules = CreditRules(
        since=DAY, currency="CNY", levels=LEVELS[:count], review_months={UNGRADED: 6}
    )
    desk.credit.keep_rules(client, rules)
    preferences = PreferenceFile(tmp_path / "preferences.json")
    workspace = Workspace(
        desk, ImmediateRunner(), preferences, today=lambda: date(2026, 11, 30)
    )
    presenter = RulesPresenter(workspace, Wording("en"), client)
    presenter.form.set("note", "seen")
    presenter.form.save()
    kept = desk.credit.credit_rules(client, date(2026, 11, 30))
    assert kept is not None
    assert kept.levels == LEVELS[:count]
    assert (kept.note == "seen") is is_kept
    assert (presenter.form.fault_of("first") is None) is is_kept


def test_voided_rules_are_struck_out_and_the_form_shows_those_that_hold_again(
    desk: Desk, tmp_path: Path
) -> None:
    client = desk.clients.add(ClientCard(name="甲方有限公司"))
    for day, who in ((1, "owner"), (9, "sales")):
        rules = CreditRules(
            since=date(2026, 11, day), currency="CNY", levels=(Level(who),), review_months={UNGRADED: 6}
        )  # fmt: skip
        desk.credit.keep_rules(client, rules)
    preferences = PreferenceFile(tmp_path / "preferences.json")
    workspace = Workspace(
        desk, ImmediateRunner(), preferences, today=lambda: date(2026, 11, 30)
    )
    presenter = RulesPresenter(workspace, Wording("en"), client)
    assert presenter.form.value("first") == "sales"
    newest = presenter.history.rows[0].id
    assert presenter.may_void(newest)
    assert presenter.question(newest).startswith("Were the rules since 9 Nov 2026 kept")
    presenter.voiding(newest, "not signed")(Progress())
    presenter.reload()
    assert presenter.form.value("first") == "owner"
    assert not presenter.may_void(newest)
    assert [presenter.history.cell(0, column).struck for column in (0, 1)] == [True, True]  # fmt: skip
    assert "not signed" in presenter.history.cell(0, 2).text
