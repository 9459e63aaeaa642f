"""Which way money went: by the running balance where there is one, never by a guess. rules.md 14.5."""
# ruff: noqa: E501 - a row of a bank's table reads best in one line

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from creditdesk.catalog.headings import headings
from creditdesk.domain.ledger.bank import BankStatement
from creditdesk.importers.bank import statement as bank
from creditdesk.importers.files.sheet import read as open_now
from creditdesk.intake.looking import Shape, look
from creditdesk.jobs import Progress

Writer = Callable[..., Path]
Rows = Sequence[Sequence[object]]


def read(path: Path, **how: Any) -> BankStatement:  # noqa: ANN401 - passed on as given
    return bank.read(open_now(path, None, None, None), Progress(), **how)


def sums(found: BankStatement) -> tuple[list[str], list[str]]:
    return (
        [line.amount.plain for line in found.lines],
        [each.plain for each in found.spent.values()],
    )


CR_DR = [
    ["Transaction Date", "Description", "Counterparty", "Amount", "Balance"],
    ["02 Mar 2026", "INV-7", "North Ltd", "900.00 CR", "1,900.00 CR"],
    ["03 Mar 2026", "RENT", "Landlord", "400.00 DR", "1,500.00 CR"],
]
ONLY_CR = [
    CR_DR[0],
    ["02 Mar 2026", "INV-7", "North Ltd", "900.00CR", "1,900.00CR"],
    ["03 Mar 2026", "RENT", "Landlord", "400.00", "1,500.00CR"],
]
ONLY_CR_WITHOUT_BALANCE = [row[:-1] for row in ONLY_CR]
NEWEST_FIRST = [CR_DR[0], CR_DR[2], CR_DR[1]]
JOURNAL = [
    ["日期", "摘要", "对方户名", "借方金额", "贷方金额", "余额"],
    ["2026-03-02", "收货款", "乙公司", "900", "", "1900"],
    ["2026-03-03", "付房租", "房东", "", "400", "1500"],
]
TITLED_JOURNAL = [
    ["银行存款日记账"],
    ["日期", "凭证字号", "摘要", "往来单位", "借方", "贷方"],
    ["2026-03-02", "收-1", "收货款", "乙公司", "900", ""],
    ["2026-03-03", "付-1", "付房租", "房东", "", "400"],
]
CARRIED = [
    ["交易日期", "对方户名", "摘要", "贷方发生额", "借方发生额", "余额"],
    ["2026-03-01", "", "上年结转", "", "", "1000"],
    ["2026-03-02", "乙公司", "货款", "900", "", "1900"],
    ["2026-03-02", "", "利息", "0.00", "0.00", "1900"],
    ["2026-03-31", "", "本月合计", "900", "400", "1900"],
    ["2026-03-31", "", "过次页", "", "", "1900"],
    ["2026-04-03", "房东", "房租", "", "400", "1500"],
]
SIGN_OF_THE_BOOKS = [
    ["Date", "Label", "Amount", "D/C", "Balance", "Partner Name", "Bank Account"],
    ["03/15/2026", "Rent", "400.00", "D", "600.00", "Landlord", "123"],
    ["03/16/2026", "INV-7", "-900.00", "C", "1,500.00", "North Ltd", ""],
]
BARE = [
    ["Date", "Description", "Amount", "Balance"],
    ["2026-03-01", "Balance brought forward", "", "1000.00"],
    ["2026-03-02", "NORTH LTD INV-7", "900.00", "1900.00"],
    ["2026-03-03", "RENT", "400.00", "1500.00"],
]
SOLL_HABEN = [
    ["Buchungstag", "Auftraggeber", "Verwendungszweck", "Währung", "Betrag", "S/H"],
    ["02.03.2026", "Nordhof GmbH", "RE 7", "EUR", "900,00", "H"],
    ["03.03.2026", "Vermieter", "Miete", "EUR", "400,00", "S"],
]
DKB = [
    ["Girokonto", "DE00"],
    ["Buchungsdatum", "Wertstellung", "Status", "Zahlungspflichtige*r", "Zahlungsempfänger*in", "Verwendungszweck", "Umsatztyp", "Betrag (€)"],
    ["01.03.26", "01.03.26", "Gebucht", "Nordhof GmbH", "Wir", "RE 7", "Eingang", "900,00"],
    ["02.03.26", "02.03.26", "Gebucht", "Wir", "Vermieter", "Miete", "Ausgang", "-400,00"],
]  # fmt: skip
AF_BIJ = [
    ["Datum", "Naam / Omschrijving", "Rekening", "Tegenrekening", "Code", "Af Bij", "Bedrag (EUR)", "Mutatiesoort", "Mededelingen", "Saldo na mutatie"],
    ["20260303", "Verhuurder", "NL01", "NL02", "GT", "Af", "400,00", "Overschrijving", "Huur", "1500,00"],
    ["20260302", "Noord BV", "NL01", "NL03", "OV", "Bij", "900,00", "Overschrijving", "F7", "1900,00"],
]  # fmt: skip
WITHDRAWALS = [
    ["Date", "Narration", "Chq/Ref No", "Value Dt", "Withdrawal Amt.", "Deposit Amt.", "Closing Balance"],
    ["02/03/26", "NEFT CR NORTH LTD", "N1", "02/03/26", "", "900.00", "1900.00"],
    ["13/03/26", "RENT", "N2", "13/03/26", "400.00", "", "1500.00"],
]  # fmt: skip
LIBELLE = [
    ["Date opération", "Libellé", "Débit", "Crédit", "Solde"],
    ["13/03/2026", "VIR NORD SARL F7", "", "900,00", "1 900,00"],
    ["14/03/2026", "LOYER", "400,00", "", "1 500,00"],
]
WALLET = [
    ["Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency", "Gross", "Fee", "Net", "From Email Address", "Transaction ID", "Invoice Number", "Balance"],
    ["03/25/2026", "10:00:00", "PDT", "North", "Website Payment", "Completed", "USD", "900.00", "-30.00", "870.00", "a@x.com", "T1", "INV-7", "870.00"],
    ["03/26/2026", "10:00:00", "PDT", "", "General Currency Conversion", "Completed", "USD", "-470.00", "0.00", "-470.00", "", "T2", "", "400.00"],
    ["03/27/2026", "10:00:00", "PDT", "Rent", "Payment", "Completed", "USD", "-400.00", "0.00", "-400.00", "", "T3", "", "0.00"],
    ["03/27/2026", "10:00:00", "PDT", "South", "Website Payment", "Pending", "USD", "80.00", "-2.00", "78.00", "", "T4", "", ""],
]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(CR_DR, id="CR and DR behind the figures"),
        pytest.param(ONLY_CR, id="only CR is written"),
        pytest.param(ONLY_CR_WITHOUT_BALANCE, id="only CR, without a balance"),
        pytest.param(NEWEST_FIRST, id="newest first"),
        pytest.param(JOURNAL, id="the books' own journal, by its balance"),
        pytest.param(TITLED_JOURNAL, id="the books' own journal, by its title"),
        pytest.param(CARRIED, id="totals and balances with a date, a line of zero"),
        pytest.param(SIGN_OF_THE_BOOKS, id="a minus before what came in"),
        pytest.param(BARE, id="neither words nor signs"),
        pytest.param(SOLL_HABEN, id="Soll and Haben"),
        pytest.param(DKB, id="Eingang and Ausgang"),
        pytest.param(AF_BIJ, id="Af and Bij"),
        pytest.param(WITHDRAWALS, id="withdrawals and deposits"),
        pytest.param(LIBELLE, id="Crédit and Débit"),
        pytest.param(WALLET, id="a wallet"),
    ],
)
def test_what_came_in_and_what_went_out(rows: Rows, text_file: Writer) -> None:
    path = text_file(rows, separator=";" if rows in (SOLL_HABEN, DKB, LIBELLE) else ",")
    found = read(path)
    assert sums(found) == (["900.00"], ["400.00"])
    assert found.rejected == ()
    piece = look(path, open_now(path, None, None, None), headings())
    assert piece.shape is Shape.BANK or rows is BARE


def test_a_journal_is_told(text_file: Writer) -> None:
    for rows in (JOURNAL, TITLED_JOURNAL):
        notes = [each.reason.text for each in read(text_file(rows)).notes]
        assert any("journal" in note for note in notes)


def test_a_currency_in_the_heading_of_the_amount_counts(text_file: Writer) -> None:
    (line,) = read(text_file(DKB, separator=";")).lines
    assert (line.amount.currency, line.payer, line.text) == ("EUR", "Nordhof GmbH", "RE 7")  # fmt: skip


WRONG = [
    ["交易日期", "对方户名", "摘要", "贷方发生额", "借方发生额", "余额"],
    ["2026-03-02", "乙公司", "货款", "900", "", "1900"],
    ["2026-03-03", "房东", "房租", "", "400", "7777"],
]


def test_where_the_balance_fits_neither_reading_a_person_is_asked(
    text_file: Writer,
) -> None:
    path = text_file(WRONG)
    with pytest.raises(bank.BalanceDisagrees, match=r"ledger\.csv.*row 3"):
        read(path)
    assert sums(read(path, view=bank.View.BANK)) == (["900.00"], ["400.00"])
    assert sums(read(path, view=bank.View.BOOKS)) == (["400.00"], ["900.00"])


def test_a_day_in_another_order_is_no_doubt(text_file: Writer) -> None:
    head = ["交易日期", "对方户名", "摘要", "贷方发生额", "借方发生额", "余额"]
    rows = [
        ["2026-03-02", "甲", "货款", "900", "", "1900"],
        ["2026-03-03", "乙", "货款", "30", "", "1530"],
        ["2026-03-03", "房东", "房租", "", "400", "1500"],
        ["2026-03-04", "丙", "货款", "4", "", "1544"],
        ["2026-03-04", "丁", "货款", "10", "", "1540"],
    ]
    found = read(text_file([head, *rows]))
    assert sums(found) == (["900.00", "30.00", "4.00", "10.00"], ["400.00"])
    turned = [[*head[:3], head[4], head[3], head[5]], *rows]
    assert sums(read(text_file(turned))) == sums(found)


def test_rows_that_prove_both_ways_are_asked_about(text_file: Writer) -> None:
    rows = [*CR_DR, ["04 Mar 2026", "FEE", "Bank", "100.00 DR", "1,600.00 CR"]]
    with pytest.raises(bank.BalanceDisagrees):
        read(text_file(rows))


def test_words_without_doubt_stand_though_lines_are_missing(text_file: Writer) -> None:
    head = ["交易日期", "对方户名", "摘要", "收入金额", "支出金额", "余额"]
    found = read(text_file([head, *WRONG[1:]]))
    assert sums(found) == (["900.00"], ["400.00"])
    assert [each.row for each in found.notes] == [3]


def test_a_first_row_of_which_nothing_tells_its_way_is_refused_by_name(
    text_file: Writer,
) -> None:
    found = read(text_file([BARE[0], *BARE[2:]]))
    assert sums(found) == ([], ["400.00"])
    assert [each.row for each in found.rejected] == [2]


def test_amounts_nothing_tells_the_way_of_are_taken_as_received_and_that_is_said(
    text_file: Writer,
) -> None:
    rows = [
        ["交易日期", "对方户名", "摘要", "交易金额"],
        ["2026-03-02", "乙公司", "货款", "900"],
    ]
    found = read(text_file(rows))
    assert sums(found)[0] == ["900.00"]
    assert ["taken as received" in each.reason.text for each in found.notes] == [True]
    # A minus elsewhere in the column tells what the others mean.
    assert read(text_file(WALLET[:3])).notes == ()


def test_an_amount_no_account_holds_is_refused_and_one_of_nothing_skipped(
    text_file: Writer,
) -> None:
    rows = [
        ["交易日期", "对方户名", "摘要", "收入", "支出"],
        ["2026-03-02", "乙公司", "货款", "1000000000000", ""],
        ["2026-03-02", "乙公司", "货款", "0.0000001", ""],
        ["2026-03-02", "乙公司", "货款", "900", ""],
    ]
    found = read(text_file(rows))
    assert sums(found)[0] == ["900.00"]
    assert [each.row for each in found.rejected] == [2]
    assert [each.row for each in found.left_out] == [3]


def test_a_time_of_fourteen_digits_is_taken_apart(text_file: Writer) -> None:
    rows = [
        ["交易时间", "对方户名", "摘要", "收入", "支出"],
        ["20260302101112", "乙公司", "货款", "900", ""],
    ]
    (line,) = read(text_file(rows)).lines
    assert (line.booked_on, line.time) == (date(2026, 3, 2), "10:11:12")


def test_each_account_has_its_own_line_of_balances(text_file: Writer) -> None:
    rows = [
        ["账号", "交易日期", "对方户名", "摘要", "贷方发生额", "借方发生额", "余额"],
        ["1", "2026-03-02", "乙公司", "货款", "900", "", "1900"],
        ["2", "2026-03-02", "丙公司", "货款", "5", "", "25"],
        ["1", "2026-03-03", "房东", "房租", "", "400", "1500"],
        ["2", "2026-03-03", "丙公司", "退", "", "5", "20"],
    ]
    found = read(text_file(rows))
    assert sums(found) == (["900.00", "5.00"], ["405.00"])
    assert found.notes == ()


def test_a_masked_number_is_nobody_s_identity(text_file: Writer) -> None:
    rows = [
        ["卡号: 6222****1111"],
        ["交易日期", "摘要", "对方户名", "对方账号", "收入金额", "支出金额"],
        ["2026-03-02", "他行汇入", "乙公司", "6222****1111", "900", ""],
    ]
    assert sums(read(text_file(rows)))[0] == ["900.00"]
    rows[0], rows[2][3] = ["卡号: 62220001111"], "62220001111"
    found = read(text_file(rows))
    assert sums(found)[0] == []
    assert [each.row for each in found.left_out] == [3]


def test_a_ledger_is_no_statement_though_it_has_days_and_amounts(
    text_file: Writer,
) -> None:
    rows = [
        ["日期", "客户名称", "单据编号", "摘要", "借方", "贷方", "余额"],
        ["2026-03-02", "乙公司", "N1", "销售", "900", "", "900"],
    ]
    with pytest.raises(bank.LedgerNoStatement, match=r"ledger\.csv"):
        read(text_file(rows))


def test_a_buyer_called_total_pays(text_file: Writer) -> None:
    rows = [CR_DR[0], ["02 Mar 2026", "INV-7", "Total", "900.00 CR", ""]]
    assert [line.payer for line in read(text_file(rows)).lines] == ["Total"]
