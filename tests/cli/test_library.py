"""`library`: what the firm knows beside its clients' books, by a script."""

from typing import Any

Shell = Any  # the fixture of conftest, which tests can't import


def test_a_note_on_a_sector_is_kept_listed_and_voided(full: Shell) -> None:
    asked = ("library", "outlook", "sector", "Steel", "Orders fall", "--source", "A")
    assert full(*asked, "--move", "down").error == "note_rating_missing"
    made = full(*asked, "--move", "down", "--rating", "C", "--as-of", "2025-06-30").json
    (found,) = full("library", "outlooks").json
    assert found["id"] == made["note"]
    assert (found["move"], found["rating"], found["as_of"]) == (
        "down",
        "C",
        "2025-06-30",
    )
    assert not found["voided"]
    full("library", "void-outlook", made["note"], "--why", "another sector's")
    assert full("library", "outlooks").json[0]["voided"] == "another sector's"
