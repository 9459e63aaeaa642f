"""Every command answers with the keys of the contract, and nothing else on standard output."""

import random
import shutil
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from PIL import Image

from creditdesk.db.connection import connect

Shell = Any  # the fixture of conftest, which tests can't import
Said = Any
Answer = Any
CLIENT, BUYER = "明达电子有限公司", "宁波海澜贸易有限公司"
OWNER = ("--client", CLIENT)
YEAR = ("--from", "2025-01-01", "--to", "2025-12-31")


def done(said: Said) -> Answer:
    assert said.status == 0, said.out + said.err
    return said.json


def test_a_desk_is_made_looked_into_and_checked(shell: Shell) -> None:
    shell.desk.unlink()
    assert done(shell("desk", "create")) == {
        "path": str(shell.desk),
        "encrypted": False,
    }
    info = done(shell("desk", "info"))
    assert set(info) == {
        "path", "encrypted", "size", "schema", "rows", "last_backup", "reminder",
    }  # fmt: skip
    assert info["rows"]["client"] == 0
    assert done(shell("desk", "check")) == {"ok": True, "problems": []}
    assert shell("desk", "create").error == "desk_exists"


def test_a_desk_is_copied_and_brought_back(full: Shell, tmp_path: Path) -> None:
    copy = tmp_path / "副本" / "copy.creditdesk"
    assert done(full("desk", "backup", copy)) == {"file": str(copy)}
    done(full("client", "add", "后来的"))
    told = done(full("desk", "restore", copy))
    assert set(told) == {"restored", "kept", "differences"}
    assert Path(told["kept"]).is_file()
    assert {"table": "client", "before": 2, "after": 1} in told["differences"]
    assert [each["name"] for each in done(full("client", "list"))] == [CLIENT]
    full.desk.unlink()
    assert done(full("desk", "restore", copy))["kept"] is None


def test_a_protected_desk_takes_its_passphrase_from_the_environment(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CREDITDESK_PASSPHRASE", "口令 'x'")
    assert done(shell("desk", "check"))["ok"], "a plain desk needs none"
    shell.desk = tmp_path / "locked.creditdesk"
    assert done(shell("desk", "create", "--encrypt"))["encrypted"] is True
    assert done(shell("desk", "info"))["encrypted"] is True
    copy = tmp_path / "copy.creditdesk"
    done(shell("desk", "backup", copy))
    done(shell("desk", "restore", copy))
    shell.desk = tmp_path / "new" / "desk.creditdesk"
    done(shell("desk", "restore", copy))
    assert done(shell("desk", "check"))["ok"]
    monkeypatch.setenv("CREDITDESK_PASSPHRASE", "other")
    assert shell("desk", "info").error == "passphrase_wrong"
    monkeypatch.delenv("CREDITDESK_PASSPHRASE")
    assert shell("desk", "info").error == "passphrase_needed"
    shell.desk = tmp_path / "third.creditdesk"
    assert shell("desk", "create", "--encrypt").error == "passphrase_missing"
    assert not shell.desk.exists()


def test_clients_are_added_and_listed(shell: Shell) -> None:
    told = done(
        shell(
            "client", "add", "甲", "--uscc", "91350100M000100Y43", "--currency", "usd"
        )
    )
    assert set(told) >= {"id", "name"}
    (line,) = done(shell("client", "list"))
    assert (line["name"], line["currency"]) == ("甲", "USD")


def test_a_ledger_is_taken_in_with_the_contract_s_counts(
    shell: Shell, tmp_path: Path
) -> None:
    done(shell("client", "add", CLIENT))
    file = tmp_path / "应收 2025.csv"
    rows = [
        "客户名称,发票号,开票日期,到期日,金额,已收金额",
        "甲,001,2025-01-10,2025-03-11,100.00,40",
        "乙,1,2025-01-11,2025-03-12,50.5,",
        "丙,2,not a day,2025-03-12,50.5,",
        "合计,,,,150.5,40",
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    dry = done(shell("ledger", "import", file, *OWNER, "--dry-run"))
    assert dry["batch"] is None
    assert done(shell("desk", "info"))["rows"]["invoice"] == 0
    told = done(shell("ledger", "import", file, *OWNER))
    keys = {
        "rows_read", "invoices_added", "invoices_updated", "invoices_unchanged", "payments_added", "buyers_added",
        "rejected", "skipped", "totals", "columns", "batch",
    }  # fmt: skip
    assert keys <= set(told) == set(dry)
    assert (told["invoices_added"], told["payments_added"], told["buyers_added"]) == (
        2,
        1,
        2,
    )
    (rejected,) = told["rejected"]
    assert set(rejected) == {"row", "column", "value", "reason"}
    assert (rejected["row"], rejected["value"]) == (4, "not a day")
    assert all({"row", "reason"} <= set(each) for each in told["skipped"])
    assert told["totals"] == {"CNY": {"count": 2, "amount": "150.50", "open": "110.50"}}
    assert told["columns"]["invoice_no"] == "发票号"
    again = done(shell("ledger", "import", file, *OWNER))
    assert (again["invoices_added"], again["invoices_unchanged"]) == (0, 2)
    assert [each["batch"] for each in done(shell("ledger", "batches", *OWNER))] == [1]
    assert done(shell("ledger", "undo", 1)) == {"undone": 1}
    assert shell("ledger", "undo", 1).error == "batch_undone"
    assert done(shell("desk", "info"))["rows"]["invoice"] == 0


def test_a_map_reads_only_the_named_columns(shell: Shell, tmp_path: Path) -> None:
    done(shell("client", "add", CLIENT))
    file = tmp_path / "a.csv"
    file.write_text("who,no,on,much,paid\nA,1,2025-01-10,5,3\n", encoding="utf-8")
    named = ("buyer_name=who", "doc_no=no", "doc_date=on", "amount=much")
    maps = [part for each in named for part in ("--map", each)]
    told = done(shell("ledger", "import", file, *OWNER, *maps))
    assert told["columns"] == {
        "buyer_name": "who", "doc_no": "no", "doc_date": "on", "amount": "much",
    }  # fmt: skip
    assert told["totals"]["CNY"]["open"] == "5.00"
    for wrong in ("doc_no", "=no", "doc_no="):
        refused = shell("ledger", "import", file, *OWNER, "--map", wrong)
        assert (refused.status, refused.error) == (1, "map_unreadable")
    assert (
        shell("ledger", "import", file, *OWNER, "--map", "doc_no=nowhere").status == 1
    )
    assert (
        shell("ledger", "import", file, *OWNER, "--profile", "x").error
        == "profile_unknown"
    )


def test_a_file_that_gave_nothing_is_a_refusal_with_its_rows(
    shell: Shell, tmp_path: Path
) -> None:
    done(shell("client", "add", CLIENT))
    file = tmp_path / "a.csv"
    file.write_text(
        "客户名称,发票号,开票日期,金额\nA,1,2025-99-99,5\nB,2,?,5\n", encoding="utf-8"
    )
    named = ("buyer_name=客户名称", "doc_no=发票号", "doc_date=开票日期", "amount=金额")
    maps = [part for each in named for part in ("--map", each)]
    said = shell("ledger", "import", file, *OWNER, *maps)
    assert (said.status, said.error) == (1, "nothing_taken")
    assert [each["row"] for each in said.json["rejected"]] == [2, 3]
    assert said.json["batch"] is None


@pytest.mark.parametrize("by", ["total", "buyer", "invoice"])
def test_the_aging_has_its_columns_and_rows(full: Shell, by: str) -> None:
    told = done(full("ledger", "aging", *OWNER, "--as-of", "2025-06-30", "--by", by))
    figures = told["by_currency"]["CNY"]
    keys = {
        "open_count",
        "open_amount",
        "not_due",
        "1-30",
        "31-60",
        "61-90",
        ">90",
        "unapplied",
    }
    assert keys <= set(figures)
    assert (figures["open_count"], figures["open_amount"]) == (4, "478080.50")
    assert ("rows" in told) == (by != "total")
    if by == "invoice":
        assert [row["number"] for row in told["rows"]] == [
            "INV1",
            "INV2",
            "INV3",
            "INV4",
        ]
    if by == "buyer":
        assert {row["buyer"] for row in told["rows"]} == {BUYER, "<b>A & B</b>"}


@pytest.mark.parametrize("suffix", [".xlsx", ".pdf"])
def test_a_statement_is_written_as_what_its_name_says(
    full: Shell, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"对账单{suffix}"
    told = done(
        full("ledger", "statement", *OWNER, "--buyer", "K1", *YEAR, "--out", out)
    )
    assert told["closing"] == {"CNY": "478000.00"}
    if suffix == ".pdf":
        with pikepdf.open(out) as pdf:
            assert len(pdf.pages) == 1
    else:
        openpyxl.load_workbook(out).close()
    refused = full(
        "ledger",
        "statement",
        *OWNER,
        "--buyer",
        "K1",
        *YEAR,
        "--out",
        tmp_path / "a.doc",
    )
    assert refused.error == "statement_kind_unknown"
    swapped = ("--from", "2025-12-31", "--to", "2025-01-01")
    refused = full(
        "ledger",
        "statement",
        *OWNER,
        "--buyer",
        "K1",
        *swapped,
        "--out",
        out,
        "--replace",
    )
    assert refused.error == "statement_period_wrong"


def test_buyers_are_listed_with_debt_and_limit(full: Shell) -> None:
    first, second = sorted(
        done(full("buyer", "list", *OWNER)), key=lambda row: row["code"]
    )
    assert (first["code"], first["open"]) == ("K1", {"CNY": "478000.00"})
    assert second["name"] == "<b>A & B</b>"
    assert second["limit"] is None


def test_whether_goods_may_leave_is_answered_with_its_reasons(full: Shell) -> None:
    asked = ("buyer", "may-ship", *OWNER, "--buyer", BUYER, "--on")
    answer = done(full(*asked, "2025-02-01", "--amount", "200000"))
    assert (answer["answer"], answer["may_ship"]) == ("PART", True)
    assert (answer["limit"], answer["used"]) == ("500000.00", "339000.00")
    assert (answer["headroom"], answer["insured"]) == ("161000.00", "161000.00")
    assert [each["code"] for each in answer["obstacles"]] == ["FULL"]
    assert answer["until"] == "2025-05-10"
    answer = done(full(*asked, "2025-06-20"))
    assert (answer["answer"], answer["headroom"]) == ("NO", "0.00")
    assert "INV1" in answer["obstacles"][0]["said"]
    assert full(*asked, "2025-06-20", "--amount", "0").error == "ship_amount_unreadable"


def test_a_buyer_is_scored_by_what_the_desk_holds(full: Shell) -> None:
    answer = done(
        full("buyer", "score", *OWNER, "--buyer", BUYER, "--as-of", "2025-05-01")
    )
    # (339,000 × 51 + 26,000 × 20) ÷ 365,000: when the 200,000 came, the file doesn't say
    assert (answer["as_of"], answer["dbt"]) == ("2025-05-01", "48.79")
    assert (answer["score"], answer["completeness"], answer["grade"]) == (13, "0.43", None)  # fmt: skip
    assert answer["z_general"] is answer["decision"] is None
    assert answer["limits"] == {"need": "202471.23", "capacity": None, "own": None, "ask": "210000.00"}  # fmt: skip


def test_a_buyer_warns_of_what_comes_near(full: Shell) -> None:
    answer = done(full("buyer", "warnings", *OWNER, "--as-of", "2025-05-01"))
    near, used = [each for each in answer if each["code"] in {"W01", "W10"}]
    assert near == {
        "code": "W01", "buyer": BUYER, "first_seen": "2025-04-25", "value": "9", "threshold": "15", "effect": "N",
        "tell": False, "state": "OPEN", "answer": None,
    }  # fmt: skip
    assert (used["value"], used["threshold"]) == ("95.6", "80")


def test_templates_are_listed_by_id(shell: Shell) -> None:
    told = done(shell("policy", "templates"))
    assert all({"id", "title", "insurer", "currency"} <= set(each) for each in told)
    ids = [each["id"] for each in told]
    assert ids == sorted(ids)
    assert len(ids) > 10


def test_a_policy_is_added_with_what_is_set(shell: Shell) -> None:
    done(shell("client", "add", CLIENT))
    add = (
        "policy",
        "add",
        *OWNER,
        "--template",
        "sinosure-domestic",
        *YEAR,
        "--number",
    )
    assert set(done(shell(*add, "DT-1", "--set", "insured_pct=90"))) >= {"id"}
    assert shell(*add, "DT-1").error == "policy_number_taken"
    for wrong in (
        "insured_pct",
        "insured_pct=0.9",
        "nothing=1",
        "=1",
        "insured_pct=NaN",
        "nql=-5",
    ):
        assert shell(*add, "DT-2", "--set", wrong).status == 1
    (line,) = done(shell("policy", "list"))
    assert (line["number"], line["from"]) == ("DT-1", "2025-01-01")


def test_the_contract_review_says_what_waits(full: Shell) -> None:
    told = done(full("policy", "review", *OWNER, "--number", "DT-1"))
    codes = [each["code"] for each in told["questions"]]
    assert codes == sorted(codes)
    assert told["waiting"] == sum(each["waits"] for each in told["questions"]) > 20
    assert told["to_ask"] == 0
    assert {each["state"] for each in told["questions"]} == {"OPEN", "NOT_APPLICABLE"}
    assert full("policy", "review", *OWNER, "--number", "X").error == "policy_unknown"


def test_duties_have_their_dates_and_consequence(full: Shell) -> None:
    told = done(full("policy", "duties", *OWNER, "--as-of", "2025-06-01"))
    keys = {
        "code",
        "buyer",
        "subject",
        "anchor",
        "legal_date",
        "safe_date",
        "state",
        "consequence",
    }
    assert all(keys <= set(each) for each in told)
    notices = [each for each in told if each["code"] == "D14"]
    assert [each["subject"] for each in notices] == ["INV1", "INV2", "INV3"]
    # 60 days after the due date, the Saturday rolled to the next working day (rules.md 2.3).
    assert notices[0]["legal_date"] == "2025-05-12"
    assert done(full("policy", "duties", *OWNER, "--as-of", "2025-06-01")) == told


def test_a_form_is_filled_whole_or_not_at_all(full: Shell) -> None:
    filled = done(
        full(
            "claim",
            "form",
            1,
            "--set",
            "client.bank=中国银行",
            "--set",
            "claim.goods=电容器",
        )
    )
    assert {"client.bank", "claim.goods"} <= {
        each["key"] for each in filled["fields"] if each["value"]
    }
    slip = full("claim", "form", 1, "--set", "claim.goods=别的", "--set", "client.bank")
    assert slip.json["error"]["code"] == "fact_ungiven"
    unknown = full("claim", "form", 1, "--set", "claim.goods=别的", "--set", "x.y=1")
    assert unknown.json["error"]["code"] == "fact_unknown"
    values = {
        each["key"]: each["value"] for each in done(full("claim", "form", 1))["fields"]
    }
    assert (values["client.bank"], values["claim.goods"]) == ("中国银行", "电容器")


def test_a_claim_is_opened_listed_shown_and_estimated_as_m1(full: Shell) -> None:
    opened = (
        "claim",
        "open",
        *OWNER,
        "--buyer",
        "K1",
        "--cause",
        "insolvency",
        "--invoice",
        "INV1",
    )
    twice = full(*opened, "--date-of-loss", "2025-09-07")
    assert twice.json["error"]["code"] == "claimed_elsewhere"
    done(full("claim", "move", 1, "withdrawn", "--on", "2025-09-09"))
    told = done(full("claim", "open", *OWNER, "--buyer", "K1", "--cause", "insolvency",
                     "--date-of-loss", "2025-09-07", "--invoice", "INV3", "--invoice", "INV1"))  # fmt: skip
    assert set(told) >= {"id"}
    assert [each["id"] for each in done(full("claim", "list", *OWNER))] == [
        told["id"],
        1,
    ]
    shown = done(full("claim", "show", told["id"]))
    assert [each["number"] for each in shown["invoices"]] == ["INV1", "INV3"]
    refused = done(full("claim", "cause", told["id"], "INV3", "repudiation"))
    assert [(each["number"], each["cause"]) for each in refused["invoices"]] == [
        ("INV1", "insolvency"),
        ("INV3", "repudiation"),
    ]
    estimate = done(full("claim", "estimate", 1))
    keys = {
        "indemnity", "date_of_loss", "whole_debt", "eligible_debt", "limit_applied", "covered_loss", "own_share",
        "own_risk", "afl_eroded", "stop_date", "invoices", "steps",
    }  # fmt: skip
    assert keys <= set(estimate)
    assert estimate["whole_debt"] == "478000.00"
    assert estimate["stop_date"] == "2025-05-10"
    assert done(full("claim", "list"))[0]["claimed"] is None
    done(full("claim", "estimate", 1, "--keep"))
    costs = done(full("claim", "recover", 1, "--on", "2025-09-09", "--source", "collection",
                      "--amount", "5000", "--costs", "6000", "--invoice", "INV1"))  # fmt: skip
    assert (costs["net"], costs["currency"], costs["against"]) == ("-1000.00", "CNY", ["INV1"])  # fmt: skip
    assert (costs["insurer"], costs["insured"]) == ("-900.00", "-100.00")
    assert done(full("claim", "show", 1))["claimed"] == estimate["indemnity"]


def test_the_term_agreed_with_a_buyer_dates_what_gives_none(full: Shell) -> None:
    """What the words may mean is said by name, and `--term-answer` settles it."""
    told = done(full("buyer", "term", *OWNER, "--buyer", "K1", "--term", "60"))
    assert (told["term"], told["dates"], told["moved"]) == ("60", False, 0)
    asked = ("buyer", "term", *OWNER, "--buyer", "K1", "--term", "月结60天", "--dates")
    refused = full(*asked)
    assert refused.status == 1
    assert "EOM_PLUS_N_DAYS" in str(refused.json["error"]["message"])
    told = done(full(*asked, "--term-answer", "EOM_PLUS_N_DAYS"))
    assert (told["term"], told["dates"]) == ("月结60天", True)


def test_the_checklist_has_its_keys(full: Shell) -> None:
    told = done(full("claim", "checklist", 1))
    keys = {"code", "title", "mandatory", "supplier", "state", "documents"}
    assert all(keys <= set(each) for each in told)
    assert {each["state"] for each in told} == {"missing"}


def test_evidence_of_every_kind_is_kept_and_told(
    full: Shell, paper: Path, tmp_path: Path
) -> None:
    empty, odd = tmp_path / "空.pdf", tmp_path / "odd.xyz"
    empty.write_bytes(b"")
    odd.write_bytes(b"\0\1\2 no kind at all")
    told = done(full("claim", "attach", 1, "C07", paper, paper, empty, odd))
    assert all(
        set(each) == {"file", "evidence", "state", "reason", "pages"} for each in told
    )
    assert [each["state"] for each in told] == [
        "ok",
        "duplicate",
        "unreadable",
        "unreadable",
    ]
    assert told[0] | {"evidence": 0} == {
        "file": paper.name, "evidence": 0, "state": "ok", "reason": "", "pages": 2,
    }  # fmt: skip
    assert all(each["reason"] for each in told[2:])
    rows = {each["code"]: each for each in done(full("claim", "checklist", 1))}
    assert (rows["C07"]["state"], rows["C07"]["documents"]) == ("present", 4)


def test_a_missing_file_stops_all_of_them(
    full: Shell, paper: Path, tmp_path: Path
) -> None:
    before = done(full("desk", "info"))["rows"]["document"]
    said = full("claim", "attach", 1, "C07", paper, tmp_path / "nowhere.pdf")
    assert (said.status, said.error) == (1, "file_missing")
    assert done(full("desk", "info"))["rows"]["document"] == before
    assert full("claim", "attach", 1, "X99", paper).error == "item_unknown"
    assert full("claim", "attach", 9, "C07", paper).error == "claim_unknown"


@pytest.mark.slow
def test_a_package_is_written_complete_or_not(
    full: Shell, paper: Path, tmp_path: Path
) -> None:
    done(full("claim", "attach", 1, "C07", paper, paper))
    out = tmp_path / "索赔.pdf"
    told = done(full("claim", "package", 1, "--out", out, "--lang", "zh"))
    assert {"pages", "complete", "documents", "missing", "problems"} <= set(told)
    assert told["complete"] is False
    assert told["missing"]
    own = [each for each in told["documents"] if each["file"]]
    assert all(
        set(each) == {"label", "title", "file", "first_page", "pages"} for each in own
    )
    assert [(each["file"], each["pages"]) for each in own] == [(paper.name, 2)] * 2
    assert own[0]["first_page"] == own[1]["first_page"]
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == told["pages"]
    assert done(full("desk", "info"))["rows"]["indemnity_record"] == 1
    assert full("claim", "package", 1, "--out", tmp_path).status == 1


@pytest.mark.slow
def test_a_review_is_written(full: Shell, tmp_path: Path) -> None:
    out = tmp_path / "review.xlsx"
    done(full("review", *OWNER, *YEAR, "--out", out))
    openpyxl.load_workbook(out).close()
    swapped = ("--from", "2025-12-31", "--to", "2025-01-01")
    again = full("review", *OWNER, *swapped, "--out", out, "--replace")
    assert again.error == "review_period_wrong"


@pytest.mark.slow
def test_the_demo_makes_desk_package_and_review(shell: Shell, demo: Path) -> None:
    names = {each.name for each in demo.iterdir() if each.name[0] != "."}
    assert names == {"sample.creditdesk", "claim-package.pdf", "review.xlsx"}
    shutil.copyfile(demo / "sample.creditdesk", shell.desk)
    assert done(shell("desk", "check")) == {"ok": True, "problems": []}
    rows = done(shell("desk", "info"))["rows"]
    assert rows["client"] > 1
    assert rows["invoice"] > 300
    assert rows["claim"] == 2
    assert rows["document"] > 3


def test_the_language_is_the_chosen_one_and_chinese_where_none_is(full: Shell) -> None:
    assert done(full("policy", "templates", lang="en"))[0]["title"].isascii()
    assert "明" not in full("claim", "show", 99, lang="en").json["error"]["message"]
    assert not full("claim", "show", 99, lang="zh").json["error"]["message"].isascii()


@pytest.mark.parametrize(
    "command",
    [
        ("desk", "info"), ("desk", "check"), ("client", "list"), ("buyer", "list"), ("policy", "list"),
        ("policy", "templates"), ("claim", "list"), ("claim", "show", "1"), ("claim", "checklist", "1"),
        ("claim", "estimate", "1"), ("ledger", "batches"), ("ledger", "aging", *OWNER, "--as-of", "2025-06-30"),
        ("policy", "duties", *OWNER, "--as-of", "2025-06-01"),
        ("buyer", "may-ship", *OWNER, "--buyer", BUYER, "--on", "2025-06-20"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_also_speaks_to_a_person(
    full: Shell, command: tuple[str, ...], lang: str
) -> None:
    said = full(*command, as_json=False, lang=lang)
    assert (said.status, said.err) == (0, "")
    assert said.out.strip()
    assert "Message(" not in said.out
    assert "Money(" not in said.out


def test_a_desk_that_was_never_on_a_day_is_moved_before_it_is_checked(
    full: Shell, tmp_path: Path
) -> None:
    forget = "DELETE FROM setting WHERE key LIKE 'watched%'"
    with closing(connect(tmp_path / "desk.creditdesk")) as connection:
        connection.execute(forget)
        connection.execute("DELETE FROM duty")
    assert full("desk", "check").json == {"ok": True, "problems": []}


def test_a_desk_whose_deadlines_are_behind_is_not_sound(
    full: Shell, tmp_path: Path
) -> None:
    assert full("desk", "check").json["ok"]
    with closing(connect(tmp_path / "desk.creditdesk")) as connection:
        connection.execute("UPDATE duty SET legal = '2031-01-01' WHERE state = 'open'")
    told = full("desk", "check")
    assert told.status == 1
    (problem,) = told.json["problems"]
    assert "明达电子有限公司" in problem


def test_renewals_are_told_step_by_step(full: Shell) -> None:
    """The policy ends on 31 December 2025: T-90 is 2 October, the last working day before the holidays 30 September."""
    told = done(full("policy", "renewals", *OWNER, "--as-of", "2025-09-10"))
    (policy,) = told
    assert (policy["policy"], policy["to"], policy["renewed_by"]) == ("DT-1", "2025-12-31", "")  # fmt: skip
    states = {step["code"]: step["state"] for step in policy["steps"]}
    assert (states["R01"], states["R02"], states["R03"]) == ("past", "next", "later")
    second = next(step for step in policy["steps"] if step["code"] == "R02")
    assert (second["rule"], second["safe_date"]) == ("PERIOD_END - 90 CD", "2025-09-30")
    assert done(full("policy", "renewals", *OWNER, "--as-of", "2024-06-01")) == []


def test_a_limit_of_too_many_digits_is_refused_unless_it_is_meant(full: Shell) -> None:
    limit = (
        "policy",
        "limit",
        *OWNER,
        "--number=DT-1",
        "--buyer=K1",
        "--from=2025-03-01",
        "--state=INCREASED",
    )
    assert full(*limit, "--amount=50000000").error == "limit_far_above_balance"
    assert done(full(*limit, "--amount=50000000", "--sure"))["id"]


def test_the_longest_term_of_a_limit_is_said_in_words(full: Shell) -> None:
    said = ("policy", "limit", "--client", CLIENT, "--number", "DT-1", "--buyer", "K1", "--amount", "400000",
            "--from", "2025-06-01", "--term", "月结60天")  # fmt: skip
    refused = full(*said)
    assert (refused.status, refused.error) == (1, "term_reading_unsaid")
    assert "EOM_PLUS_N_DAYS" in refused.json["error"]["message"]
    assert full(*said, "--term-answer", "EOM_PLUS_N_DAYS").status == 0
    # What was answered once is not asked again.
    assert full(*said[:-4], "--from", "2025-07-01", "--term", "月结60天").status == 0


def test_a_protected_pdf_is_attached_without_its_password(
    full: Shell, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(paper) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="geheim"))
    (told,) = done(full("claim", "attach", 1, "C07", locked))
    assert (told["state"], told["pages"]) == ("needs_password", None)
    monkeypatch.setenv("CREDITDESK_FILE_PASSWORD", "wrong")
    assert full("claim", "attach", 1, "C07", locked).error == "password_wrong"
    monkeypatch.setenv("CREDITDESK_FILE_PASSWORD", "geheim")
    (told,) = done(full("claim", "attach", 1, "C07", locked))
    assert (told["file"], told["state"], told["pages"]) == ("locked.pdf", "ok", 2)


@pytest.mark.slow
def test_a_package_passes_its_own_check_and_a_paper_does_not(
    full: Shell, paper: Path, tmp_path: Path
) -> None:
    out = tmp_path / "claim.pdf"
    done(full("claim", "attach", 1, "C07", paper))
    pages = done(full("claim", "package", 1, "--out", out))["pages"]
    told = done(full("claim", "check", out))
    assert (told["ok"], told["pages"], told["problems"]) == (True, pages, [])
    said = full("claim", "check", paper)
    assert (said.status, said.error) == (1, "package_faulty")
    assert said.json["problems"][0].keys() == {"page", "what"}
    no_pdf = tmp_path / "no.pdf"
    no_pdf.write_bytes(b"hello")
    assert full("claim", "check", no_pdf).error == "not_readable"
    assert full("claim", "check", tmp_path / "nowhere.pdf").error == "file_missing"


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two pictures of 750 kB each, which can't be packed."""
    found = []
    for name in ("a.png", "b.png"):
        noise = random.Random(name).randbytes(750_000)  # noqa: S311 - noise
        Image.frombytes("L", (1000, 750), noise).save(tmp_path / name)
        found.append(tmp_path / name)
    return found


@pytest.mark.slow
def test_a_package_comes_in_volumes_under_the_limit_of_a_mailbox(
    full: Shell, photos: list[Path], tmp_path: Path
) -> None:
    done(full("claim", "attach", 1, "C07", *photos))
    out, second = tmp_path / "claim.pdf", tmp_path / "claim-2.pdf"
    limit = ("--mailbox-mb", 1)
    told = done(full("claim", "package", 1, "--out", out, *limit))
    volumes = told["volumes"]
    assert [each["file"] for each in volumes] == [str(out), str(second)]
    assert [each["bytes"] for each in volumes] == [
        out.stat().st_size,
        second.stat().st_size,
    ]
    assert all(each["bytes"] <= 1_000_000 and not each["over"] for each in volumes)
    assert volumes[1]["first_page"] == volumes[0]["pages"] + 1
    assert sum(each["pages"] for each in volumes) == told["pages"]
    for volume in volumes:
        assert done(full("claim", "check", volume["file"]))["ok"]
    names = {each["file"] for each in done(full("claim", "show", 1))["packages"]}
    assert names == {"claim.pdf", "claim-2.pdf"}
    out.unlink()
    again = full("claim", "package", 1, "--out", out, *limit)
    assert (again.status, again.error) == (1, "output_there")
    assert not out.exists()
    assert full("claim", "package", 1, "--out", out, "--mailbox-mb", 0).status == 2
    packed = tmp_path / "claim.zip"
    told = done(full("claim", "zip", 1, "--out", packed, *limit))
    inside = [each["file"] for each in told["volumes"]]
    with zipfile.ZipFile(packed) as archive:
        assert set(inside) <= set(archive.namelist())
    assert inside[1] == inside[0].replace(".pdf", "-2.pdf")


@pytest.mark.slow
def test_a_package_is_bound_as_its_options_say(
    full: Shell, paper: Path, tmp_path: Path
) -> None:
    done(full("claim", "attach", 1, "C07", paper))
    plain, out = tmp_path / "plain.pdf", tmp_path / "claim.pdf"
    fewer = done(full("claim", "package", 1, "--out", plain))["pages"]
    options = ("--duplex", "--grey", "--copies", "--no-cross-seal", "--final")
    told = done(full("claim", "package", 1, "--out", out, *options))
    assert told["pages"] > fewer
    assert all(each["first_page"] % 2 for each in told["documents"])
    assert told["notes"] == []
    assert done(full("claim", "check", out))["ok"]


@pytest.mark.slow
def test_everything_of_a_claim_goes_into_one_zip(
    full: Shell, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(full("claim", "attach", 1, "C07", paper))
    book = tmp_path / "claim.xlsx"
    assert done(full("claim", "workbook", 1, "--out", book))["file"] == str(book)
    out = tmp_path / "claim.zip"
    assert done(full("claim", "zip", 1, "--out", out))["encrypted"] is False
    monkeypatch.setenv("CREDITDESK_ZIP_PASSPHRASE", "seven words")
    told = done(full("claim", "zip", 1, "--out", out, "--replace"))
    assert told["encrypted"] is True


def test_a_dispute_is_held_settled_and_voided(full: Shell, tmp_path: Path) -> None:
    of = (*OWNER, "--buyer", BUYER, "--invoice", "INV1")
    what = ("--amount", "5,000.00", "--on", "2025-06-01", "--nature", "质量")
    made = done(full("ledger", "dispute", *of, *what))
    assert (made["amount"], made["nature"], made["settled_on"]) == ("5000.00", "质量", None)  # fmt: skip
    paper = tmp_path / "裁决.txt"
    paper.write_text("裁决书", "utf-8")
    end = ("--on", "2025-08-01", "--upheld", "3000", "--outcome", "裁决")
    told = done(full("ledger", "settle-dispute", made["id"], *end, "--paper", paper))
    assert told == {"settled": made["id"]}
    (line,) = done(full("ledger", "disputes", *of))
    assert (line["upheld"], line["settled_on"]) == ("3000.00", "2025-08-01")
    assert line["paper"] is not None
    assert full("ledger", "settle-dispute", made["id"], *end).error == "dispute_settled"
    assert done(full("ledger", "void-dispute", made["id"], "--why", "录错")) == {"voided": made["id"]}  # fmt: skip
    (line,) = done(full("ledger", "disputes", *of))
    assert line["voided"] == "录错"
    assert full("ledger", "void-dispute", made["id"], "--why", "x").status == 1
