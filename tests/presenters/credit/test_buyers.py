"""The list of credit files, and entering a buyer."""

from datetime import date

from creditdesk.jobs import Progress
from creditdesk.presenters.credit.buyers import BuyersPresenter
from creditdesk.presenters.credit.new_buyer import NewBuyerPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Workspace


def shown(presenter: BuyersPresenter) -> dict[str, dict[str, str]]:
    """Every row as a person reads it, by buyer."""
    table = presenter.table
    rows = [
        {
            column.key: table.cell(row, place).text
            for place, column in enumerate(table.columns)
        }
        for row in range(table.count)
    ]
    return {row["name"]: row for row in rows}


def listed(workspace: Workspace, wording: Wording) -> BuyersPresenter:
    presenter = BuyersPresenter(workspace, wording)
    presenter.show(presenter.job()(Progress()))
    return presenter


def test_a_file_shows_what_is_owed_how_late_and_how_much_of_the_limit_is_used(
    workspace: Workspace, english: Wording
) -> None:
    row = shown(listed(workspace, english))["海澜 有限公司"]
    assert row["owed"] == "500,000.00"
    assert row["late"] == "96 days"
    assert row["limit"] == "400,000.00"
    assert row["use"] == "125\u00a0%"
    assert "Stop shipping" in row["duty"]


def test_limits_that_are_no_figure_are_words(
    workspace: Workspace, english: Wording
) -> None:
    rows = shown(listed(workspace, english))
    assert rows["嘉禾 有限公司"]["limit"] == "Cancelled"
    assert rows["Hansa 有限公司"]["limit"] == "not applied for"
    assert rows["Hansa 有限公司"]["owed"] == "EUR 8,000.00"


def test_a_code_that_does_not_add_up_is_said_in_words(
    workspace: Workspace, english: Wording
) -> None:
    rows = shown(listed(workspace, english))
    assert rows["新客户"]["uscc"] == "⚠ check character differs"
    assert rows["海澜 有限公司"]["uscc"] == "not entered"


def test_totals_are_given_one_line_a_currency_and_add_up(
    workspace: Workspace, english: Wording
) -> None:
    footer = listed(workspace, english).table.footer
    assert footer[0] == (
        "Renminbi  outstanding 560,000.00 = not due 360,000.00 + overdue 200,000.00"
    )
    assert footer[1].startswith("Euro  outstanding 8,000.00")


def test_only_the_overdue_can_be_kept(workspace: Workspace, english: Wording) -> None:
    presenter = listed(workspace, english)
    presenter.keep_late(only=True)
    assert presenter.table.count == 2
    presenter.keep_late(only=False)
    assert presenter.table.count == 4


def test_a_new_buyer_gets_its_file(workspace: Workspace, english: Wording) -> None:
    presenter = NewBuyerPresenter(workspace, english)
    presenter.form.set("name", "Łódź <b>Sp. z o.o.</b>")
    presenter.form.set("country", "pl")
    assert presenter.form.save()
    assert presenter.made is not None
    card = workspace.desk.buyers.file(presenter.made).card
    assert (card.name, card.country) == ("Łódź <b>Sp. z o.o.</b>", "PL")


def test_a_code_that_is_taken_is_refused_at_its_field(
    workspace: Workspace, english: Wording
) -> None:
    presenter = NewBuyerPresenter(workspace, english)
    presenter.form.set("name", "另一家")
    presenter.form.set("code", "海澜")
    assert not presenter.form.save()
    assert presenter.form.fault_of("code")
    assert presenter.made is None


def test_the_list_says_the_day_it_shows(workspace: Workspace, english: Wording) -> None:
    presenter = listed(workspace, english)
    assert presenter.subtitle == "All clients · as of 23 Nov 2026"
    workspace.choose(workspace.desk.clients.all()[0].id)
    assert "明达电子" in presenter.subtitle
    assert workspace.today() == date(2026, 11, 23)
