"""`calc compare` and `insurer compare`: quotes side by side, in scripts and on paper."""

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from creditdesk.cli.calc.command import answer
from creditdesk.errors import UserError
from creditdesk.i18n import words

Shell = Any  # the fixture of conftest, which tests can't import
A = {
    "name": "A", "rate_pct": "0.25", "minimum": "96000", "tax_pct": "6", "limits": 20, "limit_fee": "300",
    "monitoring": "0", "collection_share": "0", "retained_loss": "0", "subsidy": "0", "core_ratio_pct": "180",
    "comprehensive_ratio_pct": "220", "risk_class": "AA", "state_insurer": False,
    "scores": {"Q1": 4, "Q2": 3, "Q3": 5, "Q4": 4, "Q5": 4, "Q6": 3},
}  # fmt: skip
B = {
    **A, "name": "<b>B</b>", "rate_pct": "0.20", "minimum": "130000", "limit_fee": "0", "risk_class": "D",
    "scores": {"Q1": 3, "Q2": 4, "Q3": 5, "Q4": 3, "Q5": 5, "Q6": 4},
}  # fmt: skip
WEIGHTS = {"Q1": 25, "Q2": 20, "Q3": 20, "Q4": 15, "Q5": 10, "Q6": 10}
CASE = {"turnover": "48000000", "currency": "CNY", "weights": WEIGHTS, "quotes": [A, B]}


def test_the_answer_has_the_contracts_keys() -> None:
    found: Any = answer("compare", CASE)
    assert found["ties"] == [["A", "<b>B</b>"]]
    first, second = found["quotes"]
    assert (first["premium"], first["total_cost"]) == ("120000.00", "133200.00")
    assert (first["bps"], first["score"]) == ("27.75", "3.90")
    assert (first["gate"], first["missing"]) == ("PASS", [])
    assert first["by_criterion"] == {"Q1": 4, "Q2": 3, "Q3": 5, "Q4": 4, "Q5": 4, "Q6": 3}  # fmt: skip
    assert (second["total_cost"], second["bps"], second["gate"]) == ("137800.00", "28.71", "FAIL")  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"weights": {**WEIGHTS, "Q1": 24}}, "合计为 100"),
        ({"quotes": []}, "报价列表"),
        ({"quotes": [A, A]}, "名称各不相同"),
        ({"quotes": [{**A, "rate_pct": "250"}]}, "0 到 100"),
        ({"quotes": [{**A, "minimum": "-1"}]}, "非负"),
        ({"quotes": [{**A, "core_ratio_pct": "100001"}]}, "偿付能力充足率"),
        ({"quotes": [{**A, "risk_class": "Z"}]}, "AAA"),
        ({"quotes": [{**A, "scores": {"Q1": 6}}]}, "1 至 5"),
        ({"quotes": [{**A, "scores": {"Q1": 0}}]}, "1 至 5"),
        ({"quotes": [{**A, "premum": "1"}]}, "premum"),
    ],
)
def test_an_absurd_figure_is_refused_in_words(
    change: dict[str, object], told: str
) -> None:
    with pytest.raises(UserError) as refused:
        answer("compare", {**CASE, **change})
    assert told in words("zh").say(refused.value.said)


def test_the_grid_is_one_page_in_both_languages(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "quotes.json"
    incomplete = {**A, "name": "C", "limit_fee": None}
    file.write_text(json.dumps({**CASE, "quotes": [A, B, incomplete]}), "utf-8")
    for language, sentences in (
        ("zh", ("报价比较", "得分相同", "留空且不计分：每个限额费用", "未达到监管要求")),
        (
            "en",
            ("Comparison of quotes", "same score", "without a score: Fee for a limit", "below what the supervisor"),
        ),
    ):  # fmt: skip
        out = tmp_path / f"grid-{language}.pdf"
        said = shell("--lang", language, "insurer", "compare", file, "--out", out)
        assert said.status == 0, said.err
        assert said.json["file"] == str(out)
        assert said.json["quotes"][2]["score"] is None
        pages = pypdfium2.PdfDocument(out)
        assert len(pages) == 1
        text = pages[0].get_textpage().get_text_range()
        assert "<b>B</b>" in text
        assert "133,200.00" in text
        assert "27.75" in text
        for each in sentences:
            assert each in text.replace("\r\n", "")
    assert shell("insurer", "compare", file, "--out", out).error == "output_there"


def test_the_grid_never_takes_the_place_of_the_quotes(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "quotes.json"
    file.write_text(json.dumps(CASE), "utf-8")
    (tmp_path / "here").mkdir()
    for out in (file, tmp_path / "here" / ".." / "quotes.json"):
        said = shell("insurer", "compare", file, "--out", out, "--replace")
        assert said.error == "output_is_input"
    assert json.loads(file.read_text("utf-8")) == CASE
