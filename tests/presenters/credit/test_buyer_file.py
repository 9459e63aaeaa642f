"""A credit file: head, figures, limit in time, duties."""

from collections.abc import Callable
from datetime import date

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.errors import UserError
from creditdesk.jobs import Progress
from creditdesk.presenters.credit.buyer_file import BuyerFilePresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.closing import DoneTold
from creditdesk.services.buyers import BuyerCard, BuyerId
from creditdesk.workspace import Workspace

Find = Callable[[str], BuyerId]


@pytest.fixture
def opened(workspace: Workspace, english: Wording, buyer: Find) -> BuyerFilePresenter:
    """The file of 海澜, with its figures."""
    presenter = BuyerFilePresenter(workspace, english, buyer("海澜"))
    presenter.show(presenter.job()(Progress()))
    return presenter


def test_the_head_says_limit_use_and_what_is_beyond_it(
    opened: BuyerFilePresenter,
) -> None:
    facts = {fact.name: fact.words for fact in opened.facts}
    assert facts["Credit limit"] == "¥\u00a0400,000.00"
    assert facts["Used"] == "125\u00a0%"
    assert facts["Over the limit"] == "¥\u00a0100,000.00"
    assert facts["Oldest debt"] == "96 days overdue"


def test_deliveries_that_had_to_stop_are_said_at_once(
    opened: BuyerFilePresenter,
) -> None:
    assert opened.stopped
    assert ("Stop shipping", "danger") in opened.chips


def test_documents_name_the_file_and_row_they_came_from(
    opened: BuyerFilePresenter,
) -> None:
    table = opened.documents
    place = [column.key for column in table.columns].index("source")
    assert [table.cell(row, place).text for row in range(table.count)] == [
        "应收.xlsx · row 2",
        "应收.xlsx · row 3",
    ]


def test_the_limit_in_time_has_one_step_a_decision(
    opened: BuyerFilePresenter,
) -> None:
    steps = opened.steps
    assert [step.words for step in steps] == ["¥\u00a0300,000.00", "¥\u00a0400,000.00"]
    assert [step.share for step in steps] == [0.75, 1.0]
    assert steps[0].end == steps[1].start == date(2026, 4, 1)


def test_a_withdrawn_limit_is_a_step_of_nothing_in_words(
    workspace: Workspace, english: Wording, buyer: Find
) -> None:
    presenter = BuyerFilePresenter(workspace, english, buyer("嘉禾"))
    presenter.show(presenter.job()(Progress()))
    last = presenter.steps[-1]
    assert (last.words, last.covered, last.share) == ("Cancelled", False, 0.0)


def test_a_notice_can_be_prepared_only_when_something_is_overdue(
    workspace: Workspace, english: Wording, buyer: Find, opened: BuyerFilePresenter
) -> None:
    assert opened.notice_policy == workspace.desk.policies.all(date(2026, 11, 23))[0].id
    other = BuyerFilePresenter(workspace, english, buyer("嘉禾"))
    other.show(other.job()(Progress()))
    assert other.notice_policy is None


def test_a_duty_is_marked_as_done_with_its_day(opened: BuyerFilePresenter) -> None:
    first = opened.duties.table.rows[0]
    told = DoneTold(date(2026, 11, 20), "by telephone")
    opened.duties.closing([first.ids], told)(Progress())
    opened.show(opened.job()(Progress()))
    kept = next(row for row in opened.duties.table.rows if row.ids == first.ids)
    assert (kept.state, kept.closed_on) == ("done", date(2026, 11, 20))
    assert kept.closed_note == "by telephone"
    with pytest.raises(UserError):
        opened.duties.closing([first.ids], DoneTold(date(2026, 11, 24)))(Progress())


def test_a_duty_marked_by_mistake_is_open_again_and_the_mark_is_struck_out(
    opened: BuyerFilePresenter,
) -> None:
    first = opened.duties.table.rows[0]
    opened.duties.closing([first.ids], DoneTold(date(2026, 11, 20)))(Progress())
    opened.show(opened.job()(Progress()))
    opened.duties.reopening([first.ids], "the other buyer")(Progress())
    opened.show(opened.job()(Progress()))
    table = opened.duties.table
    place = table.row_of(first.ids)
    assert place is not None
    assert table.cell(place, 0).struck
    assert table.cell(place, 3).text.endswith(": the other buyer")
    again = [
        row for row in table.rows if row.state == "open" and row.code == first.code
    ]
    assert [row.legal for row in again] == [first.legal]


def test_a_waiver_needs_the_insurers_letter(opened: BuyerFilePresenter) -> None:
    first = opened.duties.table.rows[0]
    with pytest.raises(UserError):
        opened.duties.waiving([first.ids], " ", None)
    opened.duties.waiving([first.ids], "letter of 2026-11-20", None)(Progress())
    opened.show(opened.job()(Progress()))
    assert any(row.state == "waived" for row in opened.duties.table.rows)


def test_a_misread_code_is_offered_and_never_applied_by_itself(
    workspace: Workspace, english: Wording, buyer: Find
) -> None:
    sound, number = "9144030071526726XG", buyer("海澜")
    misread = sound.replace("0", "O", 1)
    workspace.desk.buyers.change(number, BuyerCard(name="海澜 有限公司", uscc=misread))
    presenter = BuyerFilePresenter(workspace, english, number)
    assert presenter.remarks
    assert presenter.suggestion == sound
    assert presenter.form.value("uscc") == misread
    presenter.take_suggestion()
    assert presenter.form.is_dirty()
    assert presenter.form.save()
    assert workspace.desk.buyers.file(number).card.uscc == sound


def test_what_is_being_typed_stays_while_the_ledger_changes(
    opened: BuyerFilePresenter,
) -> None:
    opened.form.set("contact", "王经理")
    opened.reload_head()
    assert opened.form.value("contact") == "王经理"


def test_the_size_class_is_worked_out_and_taken_into_the_master_data(
    opened: BuyerFilePresenter,
) -> None:
    size = opened.size
    assert (size.said, size.can_take) == ("Choose the industry of the rule.", False)
    size.form.set("industry", "retail")
    size.form.set("staff", "46")
    assert size.said == "Still needed: Turnover of the year"
    size.form.set("turnover", "420")
    assert (size.said, size.can_take) == ("small enterprise", True)
    size.take()
    form = opened.details.form
    assert form.value("buyer.size") == "小型"
    assert (
        form.value("buyer.size_basis")
        == "零售业，从业人员 46 人，年营业收入 420 万元（工信部联企业〔2011〕300号）"
    )
    assert form.is_dirty()
    size.form.set("staff", "-1")
    assert not size.can_take


def test_related_buyers_are_listed_with_what_all_owe_together(
    opened: BuyerFilePresenter, workspace: Workspace, buyer: Find
) -> None:
    assert (opened.relatives, opened.together) == ((), ())
    desk = workspace.desk
    name = desk.buyers.file(buyer("嘉禾")).card.name
    desk.particulars.set(Owner(of=Of.BUYER, id=buyer("海澜")), "buyer.related", name)
    opened.show(opened.job()(Progress()))
    (line,) = opened.relatives
    assert (line.buyer, line.name) == (buyer("嘉禾"), name)
    assert line.words.startswith("named as related")
    owed = [figures.outstanding.amount for figures in opened.standing.figures.values()]
    other = desk.ledger.balances(workspace.today(), buyer_id=buyer("嘉禾"))
    theirs = [
        each.outstanding.amount for each in other.aging.by_buyer[buyer("嘉禾")].values()
    ]
    assert [fact.words for fact in opened.together] == [
        opened._wording.money(Money(owed[0] + theirs[0], "CNY"))
    ]
