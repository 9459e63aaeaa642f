"""The values of a policy beside its paper: which comes next, what is kept, and what a marked place says."""

import io
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.strokes import Stroke, turned
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.beside_paper import BesidePaperPresenter
from creditdesk.presenters.policies.on_paper import quoted, says_so, taken_from
from creditdesk.services.policies.values import PolicyMustSay
from creditdesk.workspace import Workspace


@pytest.fixture
def beside(
    workspace: Workspace, english: Wording, tmp_path: Path
) -> BesidePaperPresenter:
    """The one policy there is, without a paper."""
    return BesidePaperPresenter(workspace, english, 1, tmp_path)


@pytest.fixture
def with_paper(beside: BesidePaperPresenter, tmp_path: Path) -> BesidePaperPresenter:
    """The same with a paper of two pages; on the second stands the extension."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(595, 842))
    canvas.drawString(60, 700, "Schedule")
    canvas.showPage()
    canvas.drawString(60, 700, "Maximum extension: 60 days")
    canvas.showPage()
    canvas.save()
    path = tmp_path / "schedule.pdf"
    path.write_bytes(made.getvalue())
    beside.choose(path)
    beside.reading()(Progress())
    beside.open(beside.laying_out(beside.attach())(Progress()))
    return beside


MARK = Stroke(50 / 595, (842 - 715) / 842, 250 / 595, (842 - 695) / 842)


def test_the_first_value_that_waits_is_open(beside: BesidePaperPresenter) -> None:
    waiting = [line.key for line in beside.shown_lines if line.is_open]
    assert beside.current == waiting[0]
    assert beside.entry is not None
    assert beside.head == f"Matters now {beside.checked} / {len(beside.readers)}"
    assert f"{len(waiting)} left" in beside.left


def test_agreeing_checks_the_value_and_opens_the_next(
    beside: BesidePaperPresenter,
) -> None:
    first = beside.current
    assert first
    before = beside.checked
    assert beside.agree()
    assert not beside.lines[first].is_open
    assert beside.checked == before + 1
    assert beside.current not in (first, None)


def test_a_typed_value_is_kept_as_checked_with_the_page_seen(
    with_paper: BesidePaperPresenter,
) -> None:
    with_paper.go_to("mep_days")
    with_paper.turn(1)
    with_paper.draw(MARK)
    assert with_paper.entry is not None
    with_paper.entry.set("value", "45")
    assert with_paper.agree()
    assert with_paper.lines["mep_days"].words == "45 days"
    assert with_paper.lines["mep_days"].origin == "checked, page 2"


def test_a_marked_place_is_shown_again_with_its_value(
    with_paper: BesidePaperPresenter,
) -> None:
    with_paper.go_to("mep_days")
    with_paper.turn(1)
    with_paper.draw(MARK)
    words, tone = with_paper.compared
    assert words == "The same as “Maximum extension: 60 days” on the paper"
    assert tone is Tone.DONE
    assert with_paper.agree()
    with_paper.turn(-1)
    assert not len(with_paper.strokes)
    with_paper.go_to("mep_days")
    assert with_paper.page_seen == 2
    (shown,) = with_paper.strokes
    assert abs(shown.left - MARK.left) < 0.001


def test_another_figure_on_the_paper_is_told_and_taken(
    with_paper: BesidePaperPresenter,
) -> None:
    with_paper.go_to("max_invoicing_days")
    with_paper.turn(1)
    with_paper.draw(MARK)
    assert with_paper.compared[1] is Tone.WARNING
    assert with_paper.take()
    assert with_paper.entry is not None
    assert with_paper.entry.value("value") == "60"
    assert with_paper.agree()
    assert with_paper.lines["max_invoicing_days"].words == "60 days"


def test_what_the_paper_does_not_say_is_settled_or_refused(
    beside: BesidePaperPresenter,
) -> None:
    beside.go_to("insured_pct")
    with pytest.raises(PolicyMustSay):
        beside.leave_out()
    beside.show_all(all_of_them=True)
    beside.go_to("single_buyer_cap")
    beside.leave_out()
    assert beside.lines["single_buyer_cap"].origin == "not on the paper"


def test_an_empty_value_that_must_be_entered_is_not_agreed_to(
    beside: BesidePaperPresenter,
) -> None:
    beside.show_all(all_of_them=True)
    missing = next(line.key for line in beside.shown_lines if line.is_open and not line.words)  # fmt: skip
    beside.go_to(missing)
    with pytest.raises(PolicyMustSay):
        beside.agree()
    assert beside.lines[missing].is_open
    assert beside.current == missing


def test_the_others_wait(beside: BesidePaperPresenter) -> None:
    few = len(beside.shown_lines)
    beside.show_all(all_of_them=True)
    assert len(beside.shown_lines) > few
    assert "insurer_branch" in {line.key for line in beside.shown_lines}


def test_what_reads_a_value_is_said(beside: BesidePaperPresenter) -> None:
    beside.go_to("mep_days")
    assert beside.affects == "It decides the cover of 3 open invoices."


def test_a_place_turns_with_the_page() -> None:
    place = Stroke(0.1, 0.2, 0.3, 0.6)
    right = turned(place, 1)
    assert corners(right) == pytest.approx((0.4, 0.1, 0.8, 0.3))
    assert corners(turned(right, 3)) == pytest.approx(corners(place))


def corners(stroke: Stroke) -> tuple[float, ...]:
    return stroke.left, stroke.top, stroke.right, stroke.bottom


@pytest.mark.parametrize(
    ("key", "text", "marked", "same"),
    [
        ("mep_days", "60", "六十（60）天", True),
        ("mep_days", "60", "自应付款日起 ６０ 天", True),
        ("mep_days", "60", "45 天", False),
        ("mep_days", "60", "六十天", None),
        ("insured_pct", "90", "赔偿比例：90%", True),
        ("max_liability", "1500000", "人民币1,500,000.00元", True),
        ("max_liability", "1500000", "人民币150万元", False),
        ("period_start", "2026-03-01", "自2026年3月1日零时起", True),
        ("period_start", "2026-03-01", "2026-04-01", False),
        ("overdue_rule", "DUE_DATE + 60 CD", "应付款日后 60 天内", True),
        ("overdue_rule", "DUE_DATE + 60 CD", "30 天内", False),
        ("policy_no", "DT-1", "保单号 DT - 1", True),
        ("policy_no", "DT-1", "保单号 DT-2", False),
        ("attachment_basis", "RISK_ATTACHING", "风险起始制", None),
        ("mep_days", "60", "", None),
    ],
)
def test_a_marked_place_is_compared_as_far_as_it_can_be_read(
    key: str,
    text: str,
    marked: str,
    same: bool | None,  # noqa: FBT001 - a case
) -> None:
    assert says_so(BY_KEY[key], text, marked) is same


@pytest.mark.parametrize(
    ("key", "marked", "taken"),
    [
        ("mep_days", "六十（60）天", {"value": "60"}),
        ("mep_days", "60 天或 45 天", {}),
        ("max_liability", "1,500,000.00", {"value": "1500000.00"}),
        ("period_start", "2026年3月1日", {"value": "2026-03-01"}),
        ("overdue_rule", "应付款日后 60 天内", {"n1": "60"}),
        ("trade_activity", " 纺织品  批发 ", {"value": "纺织品 批发"}),
        ("attachment_basis", "风险起始制", {}),
    ],
)
def test_only_what_says_one_thing_is_taken(
    key: str, marked: str, taken: dict[str, str]
) -> None:
    assert taken_from(BY_KEY[key], marked) == taken


def test_long_words_are_cut_where_they_are_quoted() -> None:
    assert quoted("a" * 50) == "a" * 40 + "…"
    assert quoted("one\ntwo") == "one two"
