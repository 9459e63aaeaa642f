"""`task` and `claim tasks`: what departments have to do, done with a word or a paper, and on paper."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import time_machine

Shell = Any  # the fixture of conftest, which tests can't import
CLIENT = ("--client", "明达电子有限公司")
DAY = datetime(2025, 9, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _september() -> Any:  # noqa: ANN401 - a fixture that only sets the day
    with time_machine.travel(DAY, tick=True):
        yield


def pages_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def test_a_claim_gives_each_department_its_missing_papers_and_duties(
    full: Shell, tmp_path: Path
) -> None:
    assert full("claim", "tasks", 1).json == []
    out = tmp_path / "slips.pdf"
    found = full("claim", "tasks", 1, "--take", "--out", out, lang="zh").json
    items = {each["source"]: each for each in found if each["origin"] == "item"}
    missing = {
        each["code"]
        for each in full("claim", "checklist", 1).json
        if each["mandatory"] and each["state"] == "missing"
    }
    assert items.keys() == missing
    assert items["C12"]["department"] == "logistics"
    assert items["C07"]["department"] == "sales"
    duties = {each["source"]: each["department"] for each in found if each["origin"] == "duty"}  # fmt: skip
    assert duties["D14"] == "finance"
    assert len(full("claim", "tasks", 1, "--take").json) == len(found)
    pages = pages_of(out)
    assert not any("[U+" in each for each in pages)
    (logistics,) = (each for each in pages if "物流" in each[:60])
    assert "".join(items["C12"]["text"].split()) in logistics
    assert "".join(items["C07"]["text"].split()) not in logistics


def test_questions_warnings_and_lessons_become_tasks_of_whoever_they_concern(
    full: Shell,
) -> None:
    full("claim", "ask", 1, "请补充签收单", "--on", "2025-09-08", "--due", "2025-09-20")
    full("claim", "ask", 1, "已经答复的问题", "--on", "2025-09-08")
    waiting = full("claim", "questions", 1).json
    full(
        "claim", "answer", 1, waiting[1]["id"], "--on", "2025-09-09", "--text", "见附件"
    )
    full("claim", "move", 1, "filed", "--on", "2025-09-08")
    reduced = ("--decision", "reduced", "--reduced-pct", "20", "--reason", "通知迟延。")
    told = full("claim", "move", 1, "decided", "--on", "2025-09-09", *reduced)
    assert told.status == 0, told.out
    found = full("claim", "tasks", 1, "--take", lang="zh").json
    by_origin = {
        origin: [each for each in found if each["origin"] == origin]
        for origin in ("question", "alert", "lesson")
    }
    (question,) = by_origin["question"]
    assert (question["text"], question["due_on"]) == ("请补充签收单", "2025-09-20")
    assert question["department"] == "finance"
    warned = {each["code"]: each["effect"] for each in full("buyer", "warnings", *CLIENT).json}  # fmt: skip
    asking = {code for code, effect in warned.items() if effect in "TS"}
    assert {each["source"] for each in by_origin["alert"]} == asking
    for each in by_origin["alert"]:
        stops = warned[each["source"]] == "S"
        assert each["department"] == ("sales" if stops else "finance")
        assert each["text"].endswith("停止发货" if stops else "告知保险人")
    lessons = {each["source"]: each for each in by_origin["lesson"]}
    assert lessons["R1"]["text"] == "保险人少赔：通知迟延。 商定今后如何避免"
    assert lessons["R1"]["department"] == "management"
    assert len(full("claim", "tasks", 1, "--take").json) == len(found)


def test_a_task_is_entered_given_done_and_voided(full: Shell, tmp_path: Path) -> None:
    made = full(
        "task", "add", "催要签收单", *CLIENT, "--department", "logistics",
        "--claim", 1, "--owner", "王", "--due", "2025-09-12",
    ).json  # fmt: skip
    assert made["owner"] == "王"
    assert made["due_on"] == "2025-09-12"
    assert made["buyer"] == "宁波海澜贸易有限公司"
    number = made["id"]
    given = full("task", "give", number, "--department", "sales", "--due", "2025-09-15")
    assert (given.json["department"], given.json["due_on"]) == ("sales", "2025-09-15")
    assert full("task", "done", number).error == "task_proof_missing"
    paper = tmp_path / "签收单.pdf"
    paper.write_bytes(b"%PDF-1.4 nothing")
    done = full("task", "done", number, "--paper", paper).json
    assert (done["done_on"], done["paper"]) == ("2025-09-10", True)
    assert full("task", "list", *CLIENT).json == []
    assert len(full("task", "list", *CLIENT, "--all").json) == 1
    assert full("task", "void", number, "--why", "not so").json == {"voided": number}
    assert full("task", "list", *CLIENT, "--all").json == []
    (line,) = full("claim", "tasks", 1).json
    assert line["voided"] == "not so"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_of_the_week_has_a_page_for_each_client_and_department(
    full: Shell, tmp_path: Path, language: str
) -> None:
    other = ("--client", "乙公司")
    full("client", "add", "乙公司")
    for text, owner, department, due in (
        ("Late", CLIENT, "finance", "2025-09-01"),
        ("Soon", CLIENT, "finance", "2025-09-17"),
        ("Later", CLIENT, "finance", "2025-09-18"),
        ("Someday", CLIENT, "legal", ""),
        ("Other", other, "sales", "2025-09-10"),
    ):
        given = ("--due", due) if due else ()
        assert full("task", "add", text, *owner, "--department", department, *given).status == 0  # fmt: skip
    out = tmp_path / "week.pdf"
    assert full("report", "write", "task_list", "--out", out, lang=language).status == 0
    pages = pages_of(out)
    assert len(pages) == 3
    assert sum("Late" in page and "Soon" in page for page in pages) == 1
    assert not any("Later" in page for page in pages)
    assert sum("乙公司" in page and "Other" in page for page in pages) == 1
    mine = tmp_path / "mine.pdf"
    assert full("report", "write", "task_list", *CLIENT, "--out", mine).status == 0
    assert len(pages_of(mine)) == 2


def test_a_list_of_nothing_is_not_printed(full: Shell, tmp_path: Path) -> None:
    out = tmp_path / "week.pdf"
    assert full("report", "write", "task_list", "--out", out).error == "no_tasks"
    assert full("claim", "tasks", 1, "--out", out).error == "no_tasks"
    assert not out.exists()
    assert DAY.date() == date(2025, 9, 10)


def test_lessons_are_taken_once_and_stand_in_the_list_until_done(full: Shell) -> None:
    full("claim", "move", 1, "filed", "--on", "2025-09-08")
    reduced = ("--decision", "reduced", "--reduced-pct", "20", "--reason", "通知迟延。")
    full("claim", "move", 1, "decided", "--on", "2025-09-09", *reduced)
    first = full("task", "learn", *CLIENT, lang="zh").json
    assert first["taken"] == len(first["lessons"]) > 0
    assert any("通知迟延" in each["text"] for each in first["lessons"])
    assert full("task", "learn", *CLIENT).json["taken"] == 0
    listed = full("task", "list", "--origin", "lesson").json
    assert [each["id"] for each in listed] == [each["id"] for each in first["lessons"]]
    full("task", "void", listed[0]["id"], "--why", "known already")
    assert full("task", "learn", *CLIENT).json["taken"] == 0
    full("claim", "tasks", 1, "--take")
    assert len(full("task", "list", "--origin", "lesson").json) == len(listed) - 1
