"""`policy limits`, `policy void…`, `client void`: what was entered by mistake, as scripts call it."""

from datetime import date
from pathlib import Path
from typing import Any

from creditdesk.services.watch import DutyDone, SentNotice
from creditdesk.workspace import open_desk

Shell = Any  # the fixture of conftest, which tests can't import
CLIENT = ("--client", "明达电子有限公司")
BUYER = "宁波海澜贸易有限公司"
WHY = ("--why", "零多打了")
THEN = date(2025, 7, 5)
DUTIES = ("policy", "duties", *CLIENT, "--as-of", THEN.isoformat())


def test_a_limit_typed_with_digits_too_many_is_voided_by_its_number(
    full: Shell,
) -> None:
    before = full("policy", "limits", *CLIENT).json
    buyer = before[0]["buyer"]
    given = ("--number", before[0]["policy"], "--buyer", buyer, "--from", "2025-01-02")
    made = full("policy", "limit", *CLIENT, *given, "--amount", "5000000000000", "--sure")  # fmt: skip
    number = made.json["id"]
    assert full("policy", "void-limit", number, "--why", " ").error == "void_reason_missing"  # fmt: skip
    assert full("policy", "void-limit", number, *WHY).json == {"voided": number, "remarks": []}  # fmt: skip
    assert full("policy", "void-limit", number, *WHY).error == "void_already"
    lines = {line["id"]: line for line in full("policy", "limits", *CLIENT).json}
    assert lines[number]["voided"]["why"] == "零多打了"
    assert [each["voided"] for each in lines.values() if each["id"] != number] == [None] * len(before)  # fmt: skip
    listed = full("policy", "limits", *CLIENT, as_json=False).out
    assert "5,000,000,000,000" in listed


def test_a_policy_with_a_limit_is_refused_and_one_without_is_voided(
    full: Shell,
) -> None:
    number = full("policy", "list", *CLIENT).json[0]["number"]
    assert full("policy", "void", number, *CLIENT, *WHY).error == "void_rests_on"
    given = ("--template", "sinosure-domestic", "--number", "X-9")
    days = ("--from", "2025-01-01", "--to", "2025-12-31")
    assert full("policy", "add", *CLIENT, *given, *days).status == 0
    assert full("policy", "void", "X-9", *CLIENT, *WHY).status == 0
    assert [each["number"] for each in full("policy", "list", *CLIENT).json] == [number]
    assert full("policy", "void", "X-9", *CLIENT, *WHY).error == "policy_unknown"


def test_only_a_client_without_a_history_is_voided(full: Shell) -> None:
    assert full("client", "void", CLIENT[1], *WHY).error == "void_rests_on"
    made = full("client", "add", "无此公司").json["id"]
    assert full("client", "void", "无此公司", *WHY).json == {"voided": made}
    assert full("client", "void", "无此公司", *WHY).error == "client_unknown"
    assert [each["name"] for each in full("client", "list").json] == [CLIENT[1]]


def test_a_premium_note_that_is_not_there_is_said(full: Shell) -> None:
    assert full("policy", "void-note", 7, *WHY).error == "record_missing"


def test_a_notice_that_was_not_sent_is_voided_and_its_duty_is_open_again(
    full: Shell,
) -> None:
    desk = open_desk(full.desk)
    client = desk.clients.named(CLIENT[1])
    (policy,) = (each.id for each in desk.policies.all(THEN, client))
    buyer = desk.buyers.named(client, "K1")
    desk.move_to(THEN)
    draft = desk.watch.notice_draft(policy, buyer, THEN)
    number = desk.watch.record_notice(
        policy, draft, buyer, SentNotice(sent_on=THEN, way="快递"), THEN
    )
    desk.close()
    (line,) = full("policy", "notices", *CLIENT).json
    assert line == {
        "id": number, "policy": "DT-1", "buyer": "宁波海澜贸易有限公司", "sent_on": "2025-07-05", "way": "快递",
        "invoices": ["INV1", "INV2", "INV3"], "voided": None,
    }  # fmt: skip
    assert full("policy", "void-notice", number, "--why", "").error == "void_reason_missing"  # fmt: skip
    assert full("policy", "void-notice", number, *WHY).json == {"voided": number}
    assert full("policy", "void-notice", number, *WHY).error == "void_already"
    (line,) = full("policy", "notices", *CLIENT, "--buyer", "K1").json
    assert line["voided"]["why"] == "零多打了"
    told = [
        (each["state"], each["voided"])
        for each in full(*DUTIES).json
        if each["code"] == "D14" and each["subject"] == "INV1"
    ]
    assert sorted(told) == [("done", True), ("open", False)]


def test_a_duty_marked_done_by_mistake_is_opened_by_its_number(full: Shell) -> None:
    desk = open_desk(full.desk)
    desk.move_to(THEN)
    notice, other = (line.ids[:1] for line in desk.watch.open_duties()[:2])
    desk.watch.close(notice, DutyDone(THEN), THEN)
    desk.close()
    listed = full(*DUTIES).json
    (row,) = (each for each in listed if each["state"] == "done")
    before = sum((each["code"], each["state"]) == (row["code"], "open") for each in listed)  # fmt: skip
    assert row["ids"] == list(notice)
    assert full("policy", "reopen-duty", *other, *WHY).error == "done_by_entry"
    assert full("policy", "reopen-duty", *row["ids"], "--why", " ").error == "void_reason_missing"  # fmt: skip
    assert full("policy", "reopen-duty", *row["ids"], *WHY).json == {"reopened": row["ids"]}  # fmt: skip
    told = [
        (each["state"], each["voided"])
        for each in full(*DUTIES).json
        if each["code"] == row["code"]
    ]
    assert told.count(("done", True)) == 1
    assert ("done", False) not in told
    assert told.count(("open", False)) == before + 1


def test_a_bill_is_refused_and_that_is_voided(full: Shell, tmp_path: Path) -> None:
    path = tmp_path / "票据.csv"
    path.write_text(
        "客户编码,客户名称,发票号,开票日期,到期日,金额,收款日期,收款金额,结算方式,汇票到期日\n"
        f"K1,{BUYER},B1,2025-02-10,2025-03-12,500,2025-03-02,500,银行承兑汇票,2025-06-01\n",
        encoding="utf-8",
    )
    assert full("ledger", "import", path, *CLIENT).status == 0
    said = ("ledger", "bill", *CLIENT, "--buyer", BUYER, "--invoice", "B1")
    told = full(*said, "--outcome", "refused", "--on", "2025-06-03")
    assert told.json == {"id": 1, "invoice": "B1", "open": "500.00"}
    again = full(*said, "--outcome", "honoured", "--on", "2025-06-03")
    assert (again.status, again.error) == (1, "bill_ended")
    assert full("ledger", "void-bill", "1", "--why", "wrong bill").json == {"voided": 1}
    told = full(*said, "--outcome", "HONOURED", "--on", "2025-06-03")
    assert told.json["open"] == "0.00"
