"""Duties are one table: a row without its finder, kind, action or words is refused by name."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from creditdesk import paths
from creditdesk.catalog import policies
from creditdesk.catalog.policies import duty_rules, watched_rules
from creditdesk.catalog.reading import CatalogError
from creditdesk.domain.duties.duties import DutyRule

ROW = """[X01]
kind = "limit"
finder = "LIMIT_IDLE"
action = "OPEN"
roll = "NONE"
warn_days = []
title = { zh = "题", en = "Title" }
consequence = { zh = "果", en = "Consequence" }
"""


def read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> Mapping[str, DutyRule]:
    (folder / "duties.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(paths, "resources", lambda: folder)
    return policies._duties.__wrapped__()


def test_a_row_is_a_duty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = read(tmp_path, monkeypatch, ROW)["X01"]
    assert (rule.code, rule.kind, rule.title.zh) == ("X01", "limit", "题")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "limit"\n', "", "X01: .*kind"),
        ('finder = "LIMIT_IDLE"\n', "", "finder"),
        ('action = "OPEN"\n', "", "action"),
        ('title = { zh = "题", en = "Title" }\n', "", "title"),
        ('zh = "果", ', "", "zh"),
        ('"题"', '""', "X01: words are missing"),
        ('"Consequence"', '" "', "X01: words are missing"),
        ('"limit"', '"limits"', "kind"),
        ('"LIMIT_IDLE"', '"LIMIT_IDEAL"', "finder"),
        ('"OPEN"', '"OPENED"', "action"),
        ('roll = "NONE"', 'roll = "NONE"\nscope = "buyer"', "unknown keys scope"),
        ('roll = "NONE"', 'roll = "NONE"\nfield = "nql"', "nql is no deadline"),
        ('roll = "NONE"', 'roll = "NONE"\ncount = "SOME_DAY"', "X01: count"),
    ],
)
def test_a_row_with_a_mistake_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, said: str
) -> None:
    assert old in ROW
    with pytest.raises(CatalogError, match=said):
        read(tmp_path, monkeypatch, ROW.replace(old, new))


def test_what_every_policy_has_is_watched_whatever_its_template_names() -> None:
    named = {rule.code for rule in duty_rules("excess-of-loss")}
    watched = {rule.code for rule in watched_rules("excess-of-loss")}
    assert named < watched
    assert {"L01", "L02"} <= watched - named
