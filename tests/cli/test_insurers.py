"""`insurer`: files and quotes kept on the desk, by a script."""

import hashlib
from typing import Any

import pypdfium2

Shell = Any  # the fixture of conftest, which tests can't import
OWNER = ("--client", "明达电子有限公司")


def test_an_insurers_file_is_kept_and_voided(full: Shell) -> None:
    made = full(
        "insurer", "note", "A <b>", "solvency", "--set", "core_pct=160", "--set", "comprehensive_pct=210",
        "--set", "risk_class=AA", "--as-of", "2025-06-30",
    ).json  # fmt: skip
    assert made["gate"] == "PASS"
    names = [each["name"] for each in full("insurer", "list").json]
    assert names == ["A <b>", "中国出口信用保险公司", "平安"]
    (entry,) = full("insurer", "file", "A <b>").json["entries"]
    assert entry["values"]["core_pct"] == "160"
    full("insurer", "void-note", entry["id"], "--why", "another's")
    found = full("insurer", "file", "A <b>").json
    assert found["gate"] == "UNKNOWN"
    assert found["entries"][0]["voided"] == "another's"


def test_a_value_without_its_name_is_refused(full: Shell) -> None:
    said = full("insurer", "note", "A", "portal", "--set", "portal.example")
    assert said.error == "value_unnamed"
    assert full("insurer", "note", "A", "portal", "--set", "web=x").error == "insurer_field_unknown"  # fmt: skip


def test_quotes_are_kept_compared_and_printed(full: Shell) -> None:
    full("insurer", "void-quote", 1, "--why", "of last year")
    assert full("insurer", "quotes", *OWNER).error == "quotes_missing"
    figures = {
        "rate_pct": "0.25", "minimum": "96000", "tax_pct": "6", "limits": "20", "limit_fee": "300", "monitoring": "0",
        "collection_share": "0", "retained_loss": "0", "subsidy": "0",
    }  # fmt: skip
    values = [part for key, value in figures.items() for part in ("--set", f"{key}={value}")]  # fmt: skip
    kept = full("insurer", "quote", "A", *OWNER, "--turnover", "48,000,000", *values).json  # fmt: skip
    out = full.folder / "grid.pdf"
    found = full("insurer", "quotes", *OWNER, "--out", out).json
    assert found["quotes"][0]["total_cost"] == "133200.00"
    assert found["kept"][0]["id"] == kept["quote"]
    pdf = pypdfium2.PdfDocument(out)
    assert "133,200.00" in pdf[0].get_textpage().get_text_range()
    pdf.close()
    full("insurer", "void-quote", kept["quote"], "--why", "typed twice")
    assert full("insurer", "quotes", *OWNER).error == "quotes_missing"


def test_contacts_are_kept_answered_listed_and_voided(full: Shell) -> None:
    letter = full.folder / "letter.txt"
    letter.write_text("please decide", encoding="utf-8")
    said = ("insurer", "contact", "add", "A", "asked for the limit", "--way", "MAIL")
    assert full(*said, "--paper", letter).error == "paper_of_nobody"
    kept = full(*said, *OWNER, "--paper", letter, "--on", "2025-09-01", "--follow", "2025-09-08").json  # fmt: skip
    assert kept["sha256"] == hashlib.sha256(letter.read_bytes()).hexdigest()
    assert [each["id"] for each in full("insurer", "contact", "list", "--waiting").json] == [kept["id"]]  # fmt: skip
    done = full("insurer", "contact", "answer", kept["id"], "granted", "--on", "2025-09-05").json  # fmt: skip
    assert (done["answered_on"], done["answer"]) == ("2025-09-05", "granted")
    assert full("insurer", "contact", "answer", kept["id"], "twice").error == "nothing_waited_for"  # fmt: skip
    assert full("insurer", "contact", "list", "--waiting").json == []
    full("insurer", "contact", "void", kept["id"], "--why", "of another")
    assert full("insurer", "contact", "list").json[0]["voided"] == "of another"
    assert full("insurer", "waiting").json == []
