"""Statements, score, warnings and log of a credit file, as the screen shows and takes them."""

from collections.abc import Callable
from datetime import date

import pytest

from creditdesk.domain.credit.answers import Answer
from creditdesk.domain.credit.contacts import Promise
from creditdesk.i18n import words
from creditdesk.jobs import Progress
from creditdesk.presenters.credit.buyer_file import BuyerFilePresenter
from creditdesk.presenters.credit.log_part import EntryKind
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.workspace import Workspace

Find = Callable[[str], BuyerId]
PASTED = """资产负债表\t单位：元
编制单位：别家有限公司\t2025年12月31日
项目\t期末余额\t年初余额
流动资产合计\t1200000\t1000000
资产总计\t2000000\t1900000
流动负债合计\t800000\t700000
负债合计\t1300000\t1200000
所有者权益合计\t700000\t690000"""


@pytest.fixture
def file(workspace: Workspace, english: Wording, buyer: Find) -> BuyerFilePresenter:
    """The file of 海澜, read anew whenever something is written."""
    made = BuyerFilePresenter(workspace, english, buyer("海澜"))

    def again(_tables: frozenset[str]) -> None:
        made.show(made.job()(Progress()))

    workspace.desk.changed.connect(again)
    again(frozenset())
    return made


def given(form: Form, **values: str) -> bool:
    for key, value in values.items():
        form.set(key, value)
    return form.save()


def faults(form: Form, *keys: str) -> list[bool]:
    return [form.fault_of(key) is not None for key in keys]


def test_a_pasted_sheet_becomes_two_years_with_what_does_not_fit(
    file: BuyerFilePresenter,
) -> None:
    part = file.statements
    assert (part.heads, part.rows, part.doubts) == ((), (), ())
    # What can't be right is asked about once, before anything is kept.
    assert not given(part.form, cells=PASTED)
    said = file.statements.form.fault_of("cells") or part.form.fault
    asked = words("en").say(said) if said else ""
    assert (
        "2024-12-31: Assets are 1900000, but liabilities and equity are 1890000"
        in asked
    )
    assert "another company's" in asked
    assert asked.endswith("Is the paper like that? Then keep it once more.")
    assert not part.heads
    assert given(part.form, cells=PASTED)
    assert [head[1:] for head in part.heads] == [
        ("31 Dec 2025", "Renminbi · single units"),
        ("31 Dec 2024", "Renminbi · single units"),
    ]
    rows = [(row.title, row.figures) for row in part.rows]
    assert rows[:3] == [
        ("Balance sheet", ()),
        ("Current assets", ("1,200,000", "1,000,000")),
        ("Total assets", ("2,000,000", "1,900,000")),
    ]
    assert len(part.doubts) == 3
    assert part.doubts[0].startswith("31 Dec 2025: The statement is of 别家有限公司")
    assert (
        part.doubts[1]
        == "31 Dec 2024: Assets are 1900000, but liabilities and equity are 1890000 together."
    )
    assert not given(part.form, cells=PASTED)
    assert faults(part.form, "cells") == [True]
    part.voiding(part.heads[0][0], "of another company")(Progress())
    assert [head[1] for head in part.heads] == ["31 Dec 2024"]


def test_what_a_pasted_sheet_does_not_say_is_asked_at_its_field(
    file: BuyerFilePresenter,
) -> None:
    part = file.statements
    bare = "资产总计\t2000000\n负债合计\t1300000"
    assert not given(part.form, cells="甲\t1")
    assert faults(part.form, "cells", "unit", "end") == [True, False, False]
    assert not given(part.form, cells=bare)
    assert faults(part.form, "cells", "unit", "end") == [False, True, False]
    assert not given(part.form, unit="10000")
    assert faults(part.form, "cells", "unit", "end") == [False, False, True]
    assert given(part.form, end="2026-06-30", months="6")
    assert part.heads[0][2] == "Renminbi · ten thousands · 6 months, judged annualised"  # fmt: skip


def test_the_score_says_where_it_comes_from_and_what_is_missing(
    file: BuyerFilePresenter,
) -> None:
    part = file.score
    assert part.grade == "Insufficient data"
    # 200,000 of 200,000 are 96 days late: nothing for payments but the trend 3 and no incident 3; the limit in full 4.
    assert [(each.points, each.most) for each in part.groups] == [(0, 35), (6, 35), (0, 15), (4, 15)]  # fmt: skip
    assert part.remarks[0].startswith("No statement is kept")
    limits = {each.title: each.figure for each in part.limits}
    assert (limits["Can bear"], limits["Own limit"]) == ("not known", "not known")
    assert (limits["Balance"], limits["Insurer's limit"]) == ("¥\u00a0500,000.00", "¥\u00a0400,000.00")  # fmt: skip
    part.keeping()(Progress())
    assert part.history == (f"Kept on 23 Nov 2026: {part.score.split()[0]}, the same today",)  # fmt: skip
    given(file.statements.form, cells=PASTED)
    assert given(file.statements.form)  # asked once, kept the second time
    assert part.groups[0].points == 6
    assert part.history[0].endswith("now +6")


def test_a_decision_is_taken_with_its_amount_and_reason(
    file: BuyerFilePresenter,
) -> None:
    part = file.score
    assert not given(part.form, verdict="TERMS", reason="x", amount="5000")
    assert faults(part.form, "terms") == [True]
    assert given(part.form, terms="预付 30%")
    (line,) = part.decisions.rows
    assert (line.terms, line.amount and line.amount.plain) == ("预付 30%", "5000.00")
    assert not part.may_approve(line.id)
    part.voiding(line.id, "typed wrong")(Progress())
    assert not part.may_void(line.id)


def test_warnings_are_answered_and_a_stop_is_lifted(file: BuyerFilePresenter) -> None:
    part = file.warnings
    codes = [row.warned.kind.code for row in part.table.rows]
    assert codes == ["W02", "W10"]
    assert part.said == "2 to answer, 0 answered"
    part.choose("W10")
    part.start(Answer.STOP)
    assert not part.form.save()
    assert faults(part.form, "reason") == [True]
    assert given(part.form, reason="over the limit", lifted_by="payment")
    assert part.said == "1 to answer, 1 answered"
    assert part.stop_words == (
        "Shipping is stopped by the client since 23 Nov 2026: over the limit\nLifted by: payment."
    )
    (stop,) = part.stops
    part.voiding(stop.id, "paid")(Progress())
    assert (part.stop_words, part.open_count) == ("", 2)


def test_the_log_holds_contacts_facts_and_ratings_by_day(
    file: BuyerFilePresenter, workspace: Workspace
) -> None:
    part = file.log
    call = part.start(EntryKind.CONTACT)
    assert not given(call, way="CALL", said="pays", promised="500")
    assert faults(call, "promised_on") == [True]
    assert given(call, promised_on="2026-11-20", on="2026-11-10")
    fact = part.start(EntryKind.FACT)
    assert not given(fact, kind="POSITION", value="king")
    assert faults(fact, "value") == [True]
    assert given(fact, value="leader", on="2026-11-12")
    grade = part.start(EntryKind.GRADE)
    assert given(grade, giver="Coface", scheme="DRA", value="6", direction="HIGH_GOOD")
    rows = [(row.title, row.text, row.state.text) for row in part.table.rows]
    assert rows == [
        ("Rating by Coface", "DRA 6 (higher is better)", ""),
        ("Size, market position, dependence", "leader", ""),
        ("Call", "pays", "promise open ¥\u00a0500.00 20 Nov 2026"),
    ]
    promise = part.table.rows[2]
    assert promise.state.tone is Tone.DANGER
    assert part.has_open_promise(promise.key)
    part.settling(promise.key, Promise.BROKEN)(Progress())
    assert not part.has_open_promise(promise.key)
    held = part.table.rows[1].key
    part.ending(held)(Progress())
    assert not part.may_end(held)
    assert part.table.rows[1].state.text == "until 23 Nov 2026"
    for row in tuple(part.table.rows):
        part.voiding(row.key, "a mistake")(Progress())
        assert not part.may_void(row.key)
    assert workspace.today() == date(2026, 11, 23)


def test_the_timeline_shows_what_is_recent_and_the_rest_when_asked(
    file: BuyerFilePresenter,
) -> None:
    part = file.overview
    before = len(part.past)
    assert (part.has_more_past, part.earlier) == (False, "")
    form = file.log.forms[EntryKind.CONTACT]
    for day in range(1, 21):
        assert given(form, on=f"2026-09-{day:02d}", way="CALL", said=f"call {day}")
    assert len(part.past) == 15
    assert part.has_more_past
    assert part.earlier == f"{before + 5} earlier entries"
    part.show_whole_past()
    assert len(part.past) == before + 20
    assert (part.has_more_past, part.earlier) == (False, "")
