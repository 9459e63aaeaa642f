"""What goes beside the package: the workbook, and everything in one ZIP."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import pyzipper

from creditdesk.domain.claim.claims import RecoverySource
from creditdesk.domain.claim.excerpts import Excerpt
from creditdesk.domain.claim.package import ClaimPackage, PackageGoods
from creditdesk.jobs import Progress
from creditdesk.reports import claim_package, claim_workbook, claim_zip

Paper = Any  # the fixture of conftest, which tests can't import


@pytest.fixture
def mixed(package: ClaimPackage, paper: Paper) -> ClaimPackage:
    """Two invoices, a credit note and a payment."""
    (invoice,) = package.invoices
    (paid,) = package.payments
    note = replace(
        invoice,
        number="CN-1",
        amount=paper.cny("1000.50"),
        open=paper.cny("0"),
        credit_note=True,
    )
    other = replace(invoice, number="=cmd()", amount=paper.cny("250.25"), open=paper.cny("250.25"))  # fmt: skip
    first = replace(invoice, amount=paper.cny("339000"), open=paper.cny("139000"))
    late = replace(paid, paid_on=date(2026, 5, 1), amount=paper.cny("200000"))
    return replace(package, invoices=(first, other, note), payments=(late,))


def _both(path: Path) -> tuple[openpyxl.Workbook, openpyxl.Workbook]:
    return openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)


def test_sums_are_live_and_their_results_are_kept_beside_them(
    mixed: ClaimPackage, tmp_path: Path
) -> None:
    path = tmp_path / "claim.xlsx"
    claim_workbook.write(mixed, path, "zh", Progress())
    live, kept = _both(path)
    schedule, results = live["发票明细 CNY"], kept["发票明细 CNY"]
    foot = schedule.max_row
    assert schedule.cell(foot, 7).value == f"=SUM(G{foot - 3}:G{foot - 1})"
    assert results.cell(foot, 7).value == 339000 + 250.25 - 1000.5
    assert results.cell(foot, 8).value == 139250.25
    assert schedule.cell(foot - 3, 9).value == f"=G{foot - 3}-H{foot - 3}"
    assert results.cell(foot - 3, 9).value == 200000
    assert schedule.cell(foot - 2, 1).value == "=cmd()"
    assert schedule.cell(foot - 2, 1).data_type == "s"


def _goods(paper: Paper) -> tuple[PackageGoods, ...]:
    """9,000.00 net before the loss, 500.00 less than nothing after it."""
    before = PackageGoods(
        on=date(2026, 9, 7), kind=RecoverySource.RESALE, invoices=("INV-1",), gross=paper.cny("10000"),
        costs=paper.cny("1000"),
    )  # fmt: skip
    after = replace(
        before, on=date(2026, 10, 1), kind=RecoverySource.RETURN, gross=paper.cny("500"), insurer=paper.cny("-400"),
    )  # fmt: skip
    return before, after


def test_what_goods_brought_has_a_sheet_and_lessens_the_account_before_the_loss(
    mixed: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    path = tmp_path / "claim.xlsx"
    whole = replace(mixed, goods=_goods(paper))
    claim_workbook.write(whole, path, "en", Progress())
    live, kept = _both(path)
    rows = [[cell.value for cell in row] for row in live["Goods"].iter_rows(min_row=2)]
    assert [row[1] for row in rows] == ["Resale of the goods", "Goods taken back"]
    assert rows[0][6] == "=E2-F2"
    assert [kept["Goods"].cell(row, 7).value for row in (2, 3)] == [9000, -500]
    assert [row[7] for row in rows] == [None, -400]
    account = kept["Account of the buyer CNY"]
    told = [account.cell(row, 2).value for row in range(2, account.max_row)]
    assert "Resale of the goods INV-1" in told
    assert not any("taken back" in str(each) for each in told)
    last = account.max_row - 1
    assert account.cell(last, 5).value == 339000 + 250.25 - 1000.5 - 200000 - 9000


def test_the_package_says_how_goods_were_counted_and_whose_an_invoice_is(
    mixed: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    first, *others = mixed.invoices
    mine = replace(first, joint_insured="明达苏州", loss_payee="示例银行")
    whole = replace(mixed, invoices=(mine, *others), goods=_goods(paper))
    claim_package.write(whole, tmp_path / "claim.pdf", "zh", Progress())
    text = "".join("".join(paper.page_texts(tmp_path / "claim.pdf")).split())
    for said in (
        *("货物转卖、退回及残货处置", "定损日前，冲减该发票", "CNY 9,000.00"),
        *("定损日后分摊，保险人", "共同被保险人明达苏州", "赔款受益人示例银行"),
    ):
        assert said.replace(" ", "") in text


def test_the_account_runs_in_order_of_time_with_its_balance(
    mixed: ClaimPackage, tmp_path: Path
) -> None:
    path = tmp_path / "claim.xlsx"
    claim_workbook.write(mixed, path, "en", Progress())
    live, kept = _both(path)
    account, results = (
        live["Account of the buyer CNY"],
        kept["Account of the buyer CNY"],
    )
    days: list[Any] = [account.cell(row, 1).value for row in range(2, account.max_row)]
    assert days == sorted(days)
    last = account.max_row - 1
    assert account.cell(last, 5).value == f"=E{last - 1}+C{last}-D{last}"
    assert results.cell(last, 5).value == 339000 + 250.25 - 1000.5 - 200000


def test_the_calculation_ends_with_the_kept_result(
    package: ClaimPackage, tmp_path: Path
) -> None:
    path = tmp_path / "claim.xlsx"
    claim_workbook.write(package, path, "zh", Progress())
    _, kept = _both(path)
    figures = [row[1].value for row in kept["赔款测算"].iter_rows()]
    assert figures[-1] == 398500
    matching = kept["付款核销对照"]
    assert matching.cell(2, 5).value == 139000 - 339000


def test_a_claim_that_cant_be_computed_says_what_is_missing(
    package: ClaimPackage, tmp_path: Path
) -> None:
    lacking = replace(package.calculation, result=None, steps=(), allocations=())
    path = tmp_path / "claim.xlsx"
    claim_workbook.write(replace(package, calculation=lacking), path, "zh", Progress())
    assert "付款核销对照" not in openpyxl.load_workbook(path).sheetnames


@pytest.mark.slow
def test_the_zip_has_everything_and_two_files_of_one_name(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    same = [paper.piece(each, "发票.pdf", "C08") for each in (b"one", b"two")]
    path = tmp_path / "claim.zip"
    pieces = (*package.evidence, *same)
    claim_zip.write(replace(package, evidence=pieces), path, "zh", Progress())
    with pyzipper.AESZipFile(path) as archive:
        assert sorted(archive.namelist()) == [
            "C01 购销合同/sent.pdf",
            "C07 购销合同/contract.pdf",
            "C08 购销合同/发票 (2).pdf",
            "C08 购销合同/发票.pdf",
            "CL-2026-003 索赔工作簿.xlsx",
            "CL-2026-003 索赔资料包.pdf",
        ]
        assert archive.read("C08 购销合同/发票 (2).pdf") == b"two"


@pytest.mark.slow
def test_with_a_passphrase_nothing_in_the_zip_is_read_without_it(
    package: ClaimPackage, tmp_path: Path
) -> None:
    path = tmp_path / "claim.zip"
    claim_zip.write(package, path, "zh", Progress(), "口令 seven")
    with pyzipper.AESZipFile(path) as archive:
        with pytest.raises(RuntimeError):
            archive.read("C07 购销合同/contract.pdf")
        archive.setpassword("口令 seven".encode())
        assert archive.read("C07 购销合同/contract.pdf") == package.evidence[0].read()


def test_the_whole_of_an_excerpt_stays_out_of_the_zip(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    whole = paper.piece(paper.pdf_bytes("One", "Two"), "whole.pdf")
    part = paper.piece(paper.pdf_bytes("Three", "Four"), "part.pdf")
    turned = paper.piece(paper.pdf_bytes("Five"), "turned.pdf")
    pieces = (
        whole,
        replace(part, excerpt=Excerpt("2")),
        replace(turned, excerpt=Excerpt(turns="90")),
    )
    path = tmp_path / "claim.zip"
    claim_zip.write(replace(package, evidence=pieces), path, "zh", Progress())
    with pyzipper.AESZipFile(path) as archive:
        names = [name.rpartition("/")[2] for name in archive.namelist() if "/" in name]
    assert names == ["whole.pdf", "turned.pdf"]
