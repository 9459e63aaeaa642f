"""Papers of a claim: what of them is bound, in which order, for which items, and who looked at the original."""

from datetime import date
from typing import Any

import pytest

from creditdesk.db.errors import RecordMissing
from creditdesk.domain.claim.excerpts import PageBeyond
from creditdesk.services.claims import Arranged, ClaimId, EvidenceId, PaperMark
from creditdesk.services.claims.arranging import PlaceUnknown, ServesAlready
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)


def _names(desk: Desk, claim: ClaimId, item: str = "C07") -> list[str]:
    lines = desk.claims.file(claim, TODAY).evidence
    return [line.file_name for line in lines if line.item == item]


def _three(office: Office, desk: Desk) -> tuple[ClaimId, list[EvidenceId]]:
    claim, _, _ = office.claim()
    ids = [
        desk.claims.attach(claim, "C07", office.file(each, f"{each.decode()}.pdf"), each).id
        for each in (b"a", b"b", b"c")
    ]  # fmt: skip
    return claim, ids


def test_papers_keep_the_place_they_are_given(office: Office, desk: Desk) -> None:
    claim, (_, _, last) = _three(office, desk)
    desk.claims.arrange(claim, last, Arranged(place=1))
    assert _names(desk, claim) == ["c.pdf", "a.pdf", "b.pdf"]
    desk.claims.arrange(claim, last, Arranged(place=2))
    assert _names(desk, claim) == ["a.pdf", "c.pdf", "b.pdf"]
    desk.claims.attach(claim, "C07", office.file(b"d", "d.pdf"), b"d")
    assert _names(desk, claim)[-1] == "d.pdf"
    with pytest.raises(PlaceUnknown):
        desk.claims.arrange(claim, last, Arranged(place=5))


def test_a_paper_added_after_one_was_taken_off_comes_last(
    office: Office, desk: Desk
) -> None:
    claim, (first, _, last) = _three(office, desk)
    desk.claims.detach(claim, first)
    desk.claims.arrange(claim, last, Arranged(place=1))
    desk.claims.attach(claim, "C07", office.file(b"d", "d.pdf"), b"d")
    assert _names(desk, claim) == ["c.pdf", "b.pdf", "d.pdf"]


def test_a_page_that_is_not_there_is_refused_and_nothing_is_kept(
    office: Office, desk: Desk
) -> None:
    claim, (first, *_) = _three(office, desk)
    with pytest.raises(PageBeyond):  # the files of the fixture have one page
        desk.claims.attach(claim, "C08", office.file(b"x"), b"x", pages="2")
    assert _names(desk, claim, "C08") == []
    with pytest.raises(PageBeyond):
        desk.claims.arrange(claim, first, Arranged(pages="1-2"))
    line = desk.claims.arrange(claim, first, Arranged(turns="90"))
    assert line.excerpt.turns == "90"
    line = desk.claims.arrange(claim, first, Arranged(place=2))
    assert line.excerpt.turns == "90"
    assert desk.claims.arrange(claim, first, Arranged(turns="")).excerpt.whole


def test_one_paper_proves_two_items_and_is_bound_once(
    office: Office, desk: Desk
) -> None:
    claim, (first, *_) = _three(office, desk)
    line = desk.claims.serve(claim, first, "C08")
    assert (line.item, line.file_name, line.duplicate) == ("C08", "a.pdf", True)
    with pytest.raises(ServesAlready):
        desk.claims.serve(claim, first, "C08")
    with pytest.raises(ServesAlready):
        desk.claims.serve(claim, first, "C07")


def test_other_pages_of_the_same_file_are_no_duplicate(
    office: Office, desk: Desk
) -> None:
    claim, (first, *_) = _three(office, desk)
    again = desk.claims.attach(
        claim, "C08", office.file(b"a", "a.pdf"), b"a", turns="180"
    )
    assert not again.duplicate
    assert desk.claims.arrange(claim, again.id, Arranged(turns="")).duplicate
    assert desk.claims.arrange(claim, first, Arranged(turns="180")).duplicate is False


def test_who_held_it_against_the_original_is_kept_and_taken_off(
    office: Office, desk: Desk
) -> None:
    claim, (first, *_) = _three(office, desk)
    line = desk.claims.mark_paper(claim, first, PaperMark.CHECKED, TODAY)
    assert (line.checked_on, line.sealed_on) == (TODAY, None)
    assert line.checked_by
    line = desk.claims.mark_paper(claim, first, PaperMark.SEALED, date(2025, 9, 11))
    assert (line.checked_on, line.sealed_on) == (TODAY, date(2025, 9, 11))
    line = desk.claims.mark_paper(claim, first, PaperMark.CHECKED, None)
    assert (line.checked_on, line.checked_by) == (None, "")
    assert line.sealed_by


def test_a_paper_that_was_taken_off_is_not_arranged(office: Office, desk: Desk) -> None:
    claim, (first, *_) = _three(office, desk)
    desk.claims.detach(claim, first)
    with pytest.raises(RecordMissing):
        desk.claims.arrange(claim, first, Arranged(turns="90"))
