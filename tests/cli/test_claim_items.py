"""Items of checklists that the firm asks for itself, by command."""

from typing import Any

Shell = Any  # the fixture of conftest, which tests can't import


def done(said: Any) -> Any:  # noqa: ANN401 - whatever the command answers
    assert said.status == 0, said.out + said.err
    return said.json


def test_an_item_of_our_own_is_kept_taken_and_withdrawn(full: Shell) -> None:
    asked = ("--why", "2024 年要过", "--english", "Guarantee")
    by = ("--by", "bank", "--by", "legal")
    added = done(full("claim", "add-item", "担保函", *by, *asked))
    assert (added["code"], added["mandatory"], added["claim"]) == ("A1", True, None)
    assert len(added["supplier"]) == 2
    (taken,) = done(full("claim", "take-items", 1))
    assert (taken["code"], taken["mandatory"], taken["state"]) == (
        "A1",
        True,
        "missing",
    )
    assert done(full("claim", "take-items", 1)) == []
    assert "A1" in [each["code"] for each in done(full("claim", "checklist", 1))]
    told = full("claim", "own-items", as_json=False).out
    assert "2024 年要过" in told
    gone = done(full("claim", "void-item", 1, "--reason", "never again"))
    assert gone["voided"] == "never again"
    assert "A1" not in [each["code"] for each in done(full("claim", "checklist", 1))]
    assert len(done(full("claim", "own-items"))) == 1


def test_an_item_for_a_claim_and_an_insurer_is_refused(full: Shell) -> None:
    said = full("claim", "add-item", "x", "--by", "bank", "--claim", "1", "--insurer", "Y")  # fmt: skip
    assert said.status == 1
    assert done(full("claim", "own-items")) == []
