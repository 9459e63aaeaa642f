"""`ledger import` of several files, and of files that hold no documents."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

Shell = Any  # the terminal of conftest, which tests can't import
Office = Any  # what imports on it
CLIENT = "宁波明达"
HEAD = "客户编码,单据编号,单据日期,应收金额,未收金额\n"
INVOICES = HEAD + "001,XS1,2026-05-01,1000.50,400\n"
PAYMENTS = (
    "收款单号,收款日期,客户编码,收款金额,结算方式\nSK1,2026-06-01,001,600.50,电汇\n"
)
CUSTOMERS = "客户编码,客户名称,联系人,联系电话,地址\n001,上海甲公司,x,1,y\n"
AGED = "Contact,Current,1 - 30,Total\nNorthwind,5,2,7\nContoso,1,1,3\n"
BANK = "交易日期,收入金额,支出金额,账户余额,对方户名,对方账号,摘要\n2026-06-01,600.50,,1000,甲公司,622,货款\n"


@pytest.fixture
def office(shell: Shell, tmp_path: Path) -> Office:
    """Imports files of these names and texts for one client."""
    assert shell("client", "add", CLIENT).status == 0

    def take(texts: dict[str, str], *options: str) -> Any:  # noqa: ANN401 - what a command said
        paths = []
        for name, text in texts.items():
            path = tmp_path / name
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        return shell("ledger", "import", *paths, "--client", CLIENT, *options)

    return take


def test_names_of_a_second_file_reach_the_invoices(
    office: Office, shell: Shell
) -> None:
    said = office({"a.csv": INVOICES, "people.csv": CUSTOMERS})
    assert (said.status, said.json["invoices_added"]) == (0, 1)
    assert said.json["notes"][0]["reason"].startswith(
        "The names of 1 buyers were taken"
    )
    (buyer,) = shell("buyer", "list", "--client", CLIENT).json
    assert buyer["name"] == "上海甲公司"


def test_payments_beside_open_amounts_need_a_word(office: Office, shell: Shell) -> None:
    both = {"p.csv": PAYMENTS, "a.csv": INVOICES}
    said = office(both)
    assert (said.status, said.error) == (1, "payments_unclear")
    assert shell("ledger", "batches").json == []
    said = office(both, "--payments-counted")
    assert [each["file"] for each in said.json["files"]] == ["a.csv", "p.csv"]
    aging = shell("ledger", "aging", "--client", CLIENT, "--as-of", "2026-11-23").json
    assert aging["by_currency"]["CNY"]["open_amount"] == "400.00"


@pytest.mark.usefixtures("office")
def test_a_zip_gives_its_files_and_one_that_cannot_be_read_holds_no_other_up(
    shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "六月.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("账/a.csv", INVOICES)
        archive.writestr("b.csv", BANK)
        archive.writestr("readme.txt", "hello")
    said = shell("ledger", "import", path, "--client", CLIENT)
    assert said.status == 0
    files = {each["file"]: each for each in said.json["files"]}
    assert list(files) == ["a.csv", "b.csv", "readme.txt"]
    assert files["a.csv"]["invoices_added"] == files["b.csv"]["lines_added"] == 1
    assert set(files["readme.txt"]["error"]) == {"code", "message"}
    path.write_bytes(path.read_bytes()[:60])
    assert shell("ledger", "import", path, "--client", CLIENT).error == "archive_damaged"  # fmt: skip


def test_a_statement_that_asks_something_holds_no_ledger_up(office: Office) -> None:
    asks = BANK.replace("收入金额,支出金额", "贷方金额,借方金额") + "2026-06-02,,5,7,银行,1,费\n"  # fmt: skip
    assert office({"b.csv": asks}).error == "balance_disagrees"
    said = office({"b.csv": asks, "a.csv": INVOICES}).json["files"]
    assert [each.get("error", {}).get("code") for each in said] == [None, "balance_disagrees"]  # fmt: skip


def test_what_is_about_one_file_is_asked_of_each(office: Office) -> None:
    """Both files are titled with another company; an answer about one lets the other's rows wait."""
    head = "杭州启明贸易有限公司 应收明细表,,,,\n客户名称,单据号,单据日期,到期日,金额\n"
    texts = {
        f"{month}月.csv": f"{head}甲公司,S{month},2026-0{month}-05,2026-09-05,{month}00\n"
        for month in (5, 6)
    }
    asked = office(texts, "--dry-run").json["files"]
    ids = [[each["id"] for each in one["questions"]] for one in asked]
    assert ids == [["file.company@5月.csv"], ["file.company@6月.csv"]]
    assert office(texts, "--answer", "file.company=MINE").status == 1
    said = office(texts, "--answer", "file.company@5月.csv=MINE").json["files"]
    assert [one["invoices_added"] for one in said] == [1, 0]
    assert [len(one["questions"]) for one in said] == [0, 1]
    alone = {"6月.csv": texts["6月.csv"]}
    assert [each["id"] for each in office(alone).json["questions"]] == ["file.company"]
    assert office(alone, "--answer", "file.company=MINE").json["invoices_added"] == 1


def test_later_payments_count_besides(office: Office, shell: Shell) -> None:
    assert (
        office({"p.csv": PAYMENTS, "a.csv": INVOICES}, "--payments-later").status == 0
    )
    aging = shell("ledger", "aging", "--client", CLIENT, "--as-of", "2026-11-23").json
    sums = aging["by_currency"]["CNY"]
    assert (sums["open_amount"], sums["unapplied"]) == ("0.00", "200.50")


def test_customers_alone_are_refused_with_their_use(office: Office) -> None:
    assert office({"people.csv": CUSTOMERS}).error == "customers_alone"


def test_an_aged_summary_needs_a_day_and_stays_apart(
    office: Office, shell: Shell
) -> None:
    assert office({"aged.csv": AGED}).error == "summary_undated"
    said = office({"aged.csv": AGED}, "--as-of", "2026-10-31")
    assert (said.status, said.json["aged_only"], said.json["balances_added"]) == (
        0,
        True,
        1,
    )
    (refused,) = said.json["rejected"]
    assert (refused["row"], refused["column"]) == (3, "Total")
    aging = shell("ledger", "aging", "--client", CLIENT, "--as-of", "2026-11-23").json
    assert aging["by_currency"] == {}
    (line,) = aging["aged_only"]
    assert (line["buyer"], line["total"], line["columns"]) == (
        "Northwind", "7.00", {"Current": "5.00", "1 - 30": "2.00"},
    )  # fmt: skip


def test_an_aged_summary_says_what_its_file_hides(shell: Shell, tmp_path: Path) -> None:
    """A hidden row, a formula nobody has worked out, and a column nobody reads."""
    assert shell("client", "add", CLIENT).status == 0
    book = Workbook()
    assert book.active is not None
    for row in (
        ("客户名称", "未到期", "1-30天", "业务员"), ("甲公司", 5, 2, "李"), ("乙公司", 4, "=B3", None),
    ):  # fmt: skip
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    path = tmp_path / "账龄.xlsx"
    book.save(path)
    told = shell("ledger", "import", path, "--client", CLIENT, "--as-of", "2026-10-31").json  # fmt: skip
    assert told["balances_added"] == 2
    assert [each["row"] for each in told["notes"]] == [2, 3, None]
    assert "业务员" in told["notes"][2]["reason"]
    kept = shell("ledger", "batch", told["batch"]).json["notes"]
    assert [each["row"] for each in kept] == [2, 3, None]


def test_a_statement_gives_receipts_that_wait(office: Office, shell: Shell) -> None:
    said = office({"bank.csv": BANK})
    assert (said.status, said.json["lines_added"], said.json["invoices_added"]) == (
        0,
        1,
        0,
    )
    (line,) = shell("ledger", "receipts", "--client", CLIENT).json
    assert (line["amount"], line["state"]) == ("600.50", "open")


def test_a_dry_run_of_several_files_writes_nothing(
    office: Office, shell: Shell
) -> None:
    said = office({"bank.csv": BANK, "a.csv": INVOICES}, "--dry-run")
    assert [each["batch"] for each in said.json["files"]] == [None, None]
    assert shell("ledger", "batches").json == []
