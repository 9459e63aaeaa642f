"""Places drawn on a page: where they lie in millimetres, and what is kept of them."""

from datetime import date
from pathlib import Path

import pikepdf
import pytest

from creditdesk.domain.base.areas import AreaUnclear
from creditdesk.jobs import Progress
from creditdesk.presenters.claims.blackening import BlackeningPresenter
from creditdesk.presenters.claims.claim_checklist import ClaimChecklistPresenter
from creditdesk.presenters.parts.attaching import take
from creditdesk.presenters.parts.strokes import Stroke
from creditdesk.services.claims import Arranged, ClaimId
from creditdesk.workspace import Desk

TODAY = date(2025, 9, 10)


@pytest.fixture
def drawn(
    desk: Desk, claim: ClaimId, checklist: ClaimChecklistPresenter, tmp_path: Path
) -> BlackeningPresenter:
    """A paper of two pages, 200 mm wide and 100 mm high; the second is twice as large as its points say."""
    path = tmp_path / "two.pdf"
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page(page_size=(200 * 72 / 25.4, 100 * 72 / 25.4))
        pdf.pages[1].obj.UserUnit = 2
        pdf.save(path)
    looked, content = take(path, Progress(), megabytes=50)
    line = desk.claims.attach(claim, "C07", looked, content)
    desk.claims.arrange(claim, line.id, Arranged(areas="1:0,0,10,10"))
    (line,) = desk.claims.file(claim, TODAY).evidence
    return checklist.showing(line)(Progress())


def test_a_drawn_place_is_kept_in_millimetres(drawn: BlackeningPresenter) -> None:
    assert (drawn.count, drawn.page, drawn.text) == (2, 1, "1:0,0,10,10")
    (stroke,) = drawn.strokes
    assert (stroke.right, stroke.bottom) == pytest.approx((0.05, 0.1), abs=1e-4)
    drawn.draw(Stroke(0.25, 0.5, 0.5, 1.7))
    assert drawn.text == "1:0,0,10,10 1:50.0,50.0,50.0,50.0"
    drawn.draw(Stroke(0.3, 0.3, 0.3, 0.6))
    assert len(drawn.areas) == 2
    drawn.turn(1)
    assert drawn.strokes == ()
    drawn.draw(Stroke(0, 0, 0.5, 0.5))
    assert drawn.areas[-1].width == 200
    drawn.take_off(0.4, 0.4)
    assert [area.page for area in drawn.areas] == [1, 1]
    drawn.turn(-1)
    drawn.take_off(0.01, 0.01)
    assert drawn.text == "1:50.0,50.0,50.0,50.0"
    with pytest.raises(AreaUnclear):
        drawn.type("nothing")
    drawn.close()


def test_the_button_says_how_many_places_are_black(
    drawn: BlackeningPresenter,
    checklist: ClaimChecklistPresenter,
    desk: Desk,
    claim: ClaimId,
) -> None:
    papers = checklist.papers
    (line,) = desk.claims.file(claim, TODAY).evidence
    assert papers.can_blacken(line)
    assert papers.blackened(line) == "Blacken… (1)"
    papers.blacken(line, "")
    (line,) = desk.claims.file(claim, TODAY).evidence
    assert papers.blackened(line) == "Blacken…"
    drawn.close()
