"""`ledger batch`, `source`, `compare` and `control`, as scripts call them."""

from pathlib import Path
from typing import Any

Shell = Any  # the fixture of conftest, which tests can't import
CLIENT = ("--client", "明达电子有限公司")
AGAIN = """客户编码,客户名称,发票号,开票日期,到期日,金额,已收金额
K1,宁波海澜贸易有限公司,INV1,2025-01-10,2025-03-20,339000,
K1,宁波海澜贸易有限公司,INV9,2025-01-10,2025-03-20,坏,
"""


def test_an_import_tells_all_about_itself(full: Shell, tmp_path: Path) -> None:
    path = tmp_path / "二月.csv"
    path.write_text(AGAIN, encoding="utf-8")
    full("ledger", "import", path, *CLIENT)
    told = full("ledger", "batch", 2).json
    assert (told["file"], told["counts"]["rows_read"], told["size"]) == (
        "二月.csv",
        2,
        len(AGAIN.encode()),
    )
    (refused,) = told["rejected"]
    assert (refused["row"], refused["value"]) == (3, "坏")
    (change,) = told["changed"]
    assert (change["record"], change["name"]) == ("invoice", "INV1")
    assert change["fields"] == {"due": {"before": "2025-03-11", "after": "2025-03-20"}}
    assert told["undo"]["restored"] == 1
    first = full("ledger", "batch", 1).json["undo"]
    assert (first["documents"], first["payments"]) == (4, 1)
    assert {each["blocks"] for each in first["dependents"]} == {True}
    assert full("ledger", "undo", 2).status == 0
    assert full("ledger", "batch", 2).json["undo"] is None
    assert full("ledger", "batch", 9).error == "batch_unknown"
    assert "claim" in full("ledger", "batch", 1, as_json=False).out


def test_the_file_of_an_import_is_written_as_it_was_and_over_nothing(
    full: Shell, full_desk: Path, tmp_path: Path
) -> None:
    out = tmp_path / "源.csv"
    told = full("ledger", "source", 1, "--out", out).json
    original = (full_desk.parent / "应收.csv").read_bytes()
    assert (out.read_bytes(), told["size"]) == (original, len(original))
    assert full("ledger", "source", 1, "--out", out).error == "output_there"
    assert full("ledger", "source", 7, "--out", tmp_path / "x").error == "batch_unknown"


def test_a_kept_file_is_compared_with_the_ledger_as_it_is_now(
    full: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "二月.csv"
    path.write_text(AGAIN, encoding="utf-8")
    full("ledger", "import", path, *CLIENT)
    told = full("ledger", "compare", 1).json
    assert (told["same"], told["different"], told["gone"], told["new"]) == (4, 1, 0, 0)
    (difference,) = told["differences"]
    assert (difference["name"], difference["row"], difference["by_batch"]) == ("INV1", 2, 2)  # fmt: skip
    assert difference["fields"] == {"due": {"file": "2025-03-11", "ledger": "2025-03-20"}}  # fmt: skip
    assert "1 differs" in full("ledger", "compare", 1, as_json=False).out
    assert "不一致" in full("ledger", "compare", 1, as_json=False, lang="zh").out
    assert full("ledger", "compare", 9).error == "batch_unknown"


def test_the_books_are_held_against_the_ledger_of_a_day(
    full: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "二月.csv"
    bad = "K1,宁波海澜贸易有限公司,INV8,昨天,2025-03-20,12.5,"
    path.write_text(f"{AGAIN.splitlines()[0]}\n{bad}\n" + AGAIN.splitlines()[1], encoding="utf-8")  # fmt: skip
    full("ledger", "import", path, *CLIENT)
    day = ("--as-of", "2025-06-30")
    plain = full("ledger", "control", *CLIENT, *day).json["by_currency"]["CNY"]
    assert (plain["balance"], plain["figure"], plain["difference"]) == ("478080.50", None, None)  # fmt: skip
    told = full("ledger", "control", *CLIENT, *day, "--figure", "CNY=478,093.00").json
    found = told["by_currency"]["CNY"]
    assert (found["difference"], found["unexplained"]) == ("12.50", "0.00")
    (row,) = [each for each in found["rows"] if each["explains"]]
    assert (row["cause"], row["row"], row["batch"]) == ("refused", 2, 2)
    kept = full("ledger", "control", *CLIENT, *day).json["by_currency"]["CNY"]
    assert kept["figure"] == "478093.00"
    for language in ("zh", "en"):
        lines = full("ledger", "control", *CLIENT, *day, as_json=False, lang=language)
        assert "* " in lines.out
    wrong = ("--figure", "1122")
    assert full("ledger", "control", *CLIENT, *day, *wrong).error == "figure_unreadable"
    future = ("--as-of", "2099-01-01", "--figure", "CNY=1")
    assert full("ledger", "control", *CLIENT, *future).error == "figure_in_future"
