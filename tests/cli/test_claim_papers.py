"""How the papers of a claim are bound, by command."""

from pathlib import Path
from typing import Any

Shell = Any  # the fixture of conftest, which tests can't import
Said = Any


def done(said: Said) -> Any:  # noqa: ANN401 - whatever the command answers
    assert said.status == 0, said.out + said.err
    return said.json


def test_papers_are_bound_in_part_turned_and_in_their_place(
    full: Shell, paper: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(paper.read_bytes())  # two pages
    (first,) = done(full("claim", "attach", 1, "C07", paper))
    (second,) = done(full("claim", "attach", 1, "C07", other, "--pages", "2", "--turn", "90"))  # fmt: skip
    assert second["state"] == "ok"  # other pages of the same bytes
    moved = done(full("claim", "arrange", 1, second["evidence"], "--place", "1"))
    assert (moved["excerpt"], moved["turn"]) == ("2", "90")
    assert (moved["pages"], moved["bound"]) == (2, 1)
    listed = done(full("claim", "papers", 1))
    assert [each["evidence"] for each in listed] == [
        second["evidence"],
        first["evidence"],
    ]
    whole = done(full("claim", "arrange", 1, second["evidence"], "--pages", "", "--turn", ""))  # fmt: skip
    assert (whole["excerpt"], whole["turn"], whole["bound"]) == ("", "", 2)
    again = {each["evidence"]: each["state"] for each in done(full("claim", "papers", 1))}  # fmt: skip
    assert again == {second["evidence"]: "ok", first["evidence"]: "duplicate"}


def test_marks_are_set_and_taken_off_and_a_paper_serves_two_items(
    full: Shell, paper: Path
) -> None:
    (first,) = done(full("claim", "attach", 1, "C07", paper))
    number = first["evidence"]
    checked = done(full("claim", "check-paper", 1, number, "--on", "2025-09-08"))
    assert checked["checked_on"] == "2025-09-08"
    assert checked["checked_by"]
    assert checked["sealed_on"] is None
    assert done(full("claim", "seal-paper", 1, number))["sealed_on"]
    served = done(full("claim", "also-proves", 1, number, "C08"))
    assert (served["item"], served["state"]) == ("C08", "duplicate")
    assert served["checked_on"] == "2025-09-08"
    assert done(full("claim", "check-paper", 1, number, "--off"))["checked_on"] is None
    left = done(full("claim", "detach", 1, number))
    assert [(each["item"], each["state"]) for each in left] == [("C08", "ok")]


def test_a_person_is_told_why_a_file_has_no_pages(full: Shell, tmp_path: Path) -> None:
    empty = tmp_path / "空.pdf"
    empty.write_bytes(b"")
    said = full("claim", "attach", 1, "C07", empty, as_json=False)
    assert "the file is empty" in said.out


def test_what_can_not_be_done_is_refused_by_name(full: Shell, paper: Path) -> None:
    (first,) = done(full("claim", "attach", 1, "C07", paper))
    number = first["evidence"]
    for error, call in (
        ("page_beyond", ("arrange", 1, number, "--pages", "3")),
        ("pages_unclear", ("arrange", 1, number, "--pages", "2-1")),
        ("turn_unclear", ("arrange", 1, number, "--turn", "45")),
        ("place_unknown", ("arrange", 1, number, "--place", "2")),
        ("serves_already", ("also-proves", 1, number, "C07")),
        ("item_unknown", ("also-proves", 1, number, "X1")),
        ("page_beyond", ("attach", 1, "C08", paper, "--pages", "9")),
    ):
        said = full("claim", *call)
        assert (said.status, said.error) == (1, error)
    assert [each["item"] for each in done(full("claim", "papers", 1))] == ["C07"]


def test_places_are_blackened_wherever_the_paper_stands(
    full: Shell, paper: Path
) -> None:
    (first,) = done(full("claim", "attach", 1, "C07", paper))
    number = first["evidence"]
    served = done(full("claim", "also-proves", 1, number, "C08"))["evidence"]
    one = done(full("claim", "redact", 1, number, "--area", "2:10,20,60,5"))
    assert one["blackened"] == ["2:10,20,60,5"]
    two = done(full("claim", "redact", 1, served, "--area", "1:5,5,9,9"))
    assert two["blackened"] == ["1:5,5,9,9", "2:10,20,60,5"]
    (third,) = done(full("claim", "attach", 1, "C13", paper))
    listed = done(full("claim", "papers", 1))
    assert {tuple(each["blackened"]) for each in listed} == {tuple(two["blackened"])}
    assert third["evidence"] in [each["evidence"] for each in listed]
    told = full("claim", "papers", 1, as_json=False).out
    assert told.count("2 places blackened") == 3
    assert done(full("claim", "redact", 1, number, "--clear"))["blackened"] == []


def test_a_place_that_can_not_be_is_refused(
    full: Shell, paper: Path, tmp_path: Path
) -> None:
    (first,) = done(full("claim", "attach", 1, "C07", paper))
    for area in ("3:1,1,1,1", "2:1,1,1", "x"):
        said = full("claim", "redact", 1, first["evidence"], "--area", area)
        assert said.status == 1, said.out + said.err
    assert full("claim", "redact", 1, first["evidence"]).status == 2
    mail = tmp_path / "mail.eml"
    mail.write_bytes(b"From: a@b.cn\nSubject: x\n\nText")
    (kept,) = done(full("claim", "attach", 1, "C13", mail))
    said = full("claim", "redact", 1, kept["evidence"], "--area", "1:1,1,1,1")
    assert "Save mail.eml as a PDF" in said.out + said.err


def test_a_paper_of_another_buyer_is_attached_anyway_only(
    full: Shell, tmp_path: Path
) -> None:
    """The client of the example has several buyers; the claim is on one of them."""
    buyers = done(full("buyer", "list"))
    mine = done(full("claim", "show", 1))["buyer"]
    other = next(each["name"] for each in buyers if each["name"] != mine)
    path = tmp_path / "other.xml"
    path.write_text(f"<Contract><Buyer>{other}</Buyer></Contract>", encoding="utf-8")
    said = full("claim", "attach", 1, "C07", path)
    assert said.status == 1
    assert other in said.out
    assert done(full("claim", "papers", 1)) == []
    (kept,) = done(full("claim", "attach", 1, "C07", path, "--anyway"))
    assert kept["evidence"]
