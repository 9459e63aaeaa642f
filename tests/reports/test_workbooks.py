import contextlib
import re
import shutil
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2 as pdfium
import pytest
from openpyxl.utils import get_column_letter

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.ledger.aging import LedgerDocument, age
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.statement import (
    Account,
    Ages,
    EntryKind,
    Statement,
    StatementEntry,
)
from creditdesk.domain.review.book import PolicyFigures, ReviewBook
from creditdesk.domain.review.kpis import kpis
from creditdesk.domain.review.rows import (
    AgeingRow,
    AlertRow,
    ChangeRow,
    ClaimRow,
    DutyRow,
    EndorsementRow,
    LessonRow,
    LimitRow,
    MonthRow,
    NoteRow,
    NoticeRow,
    PortfolioRow,
    RecoveryRow,
    ScheduleRow,
    SourceRow,
    UninsuredRow,
)
from creditdesk.i18n import LANGUAGES, Bilingual, Language, Message
from creditdesk.jobs import Progress
from creditdesk.reports import (
    aging_workbook,
    annual_review,
    reports,
    review_brief,
    statement,
)
from creditdesk.reports.aging_workbook import Level
from creditdesk.reports.review_formulas import FORMULAS
from creditdesk.reports.workbook import Book, Field, Shape
from creditdesk.services.ledger.values import AgingReport

_SOFFICE = shutil.which("soffice")


def _cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def _cells(path: Path, *, computed: bool = False) -> dict[str, list[list[Any]]]:
    """The workbook, `computed` as a spreadsheet program last computed it."""
    with contextlib.closing(openpyxl.load_workbook(path, data_only=computed)) as book:
        return {sheet.title: [list(row) for row in sheet.iter_rows()] for sheet in book}


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the workbooks with formulas, as LibreOffice computes them: started once, it takes seconds."""
    if _SOFFICE is None:
        pytest.skip("LibreOffice is not on this machine")
    folder = tmp_path_factory.mktemp("recalculated")
    for language in LANGUAGES:
        for name, review in (("full", _review()), ("empty", _empty(_review()))):
            path = folder / f"{name}-{language}.xlsx"
            annual_review.write(review, path, language, Progress())
    statement.write(_statement(), folder / "statement.xlsx", "zh", Progress())
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    written = map(str, sorted(folder.glob("*.xlsx")))
    subprocess.run(  # noqa: S603 - our own arguments
        [
            _SOFFICE,
            profile,
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder / "out"),
            *written,
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return folder / "out"


def _empty(review: ReviewBook) -> ReviewBook:
    """The same year of a client that has nothing."""
    return ReviewBook(
        firm=review.firm,
        client=review.client,
        start=review.start,
        end=review.end,
        data_date=review.data_date,
        prepared_on=review.prepared_on,
        currency="CNY",
        policy=None,
    )


_BOTH = Bilingual("中文", "English")


def _empty_year() -> ReviewBook:
    nobody = Party(name="")
    end = date(2025, 12, 31)
    return ReviewBook(
        firm=nobody,
        client=nobody,
        start=date(2025, 1, 1),
        end=end,
        data_date=end,
        prepared_on=end,
        currency="CNY",
        policy=None,
    )


def _review() -> ReviewBook:
    """The worked year of rules.md 9.2, spread over two buyers."""

    def buyer(name: str, **money: str) -> PortfolioRow:
        return PortfolioRow(
            buyer=name,
            code="913100001234567890",
            own_share=Decimal(10),
            grade="B" if name == "A" else "",
            dbt=Decimal("7.5") if name == "A" else None,
            dbt_of=Decimal(1000),
            last_sale=date(2026, 12, 1) if name == "A" else None,
            **{key: _cny(value) for key, value in money.items()},  # type: ignore[arg-type]  # money only
        )

    def limit(requested: str, approved: str | None, days: int) -> LimitRow:
        return LimitRow(
            buyer="A",
            applied=date(2026, 1, 1),
            requested=_cny(requested),
            approved=_cny(approved) if approved else None,
            decided=date(2026, 1, 1 + days) if approved else None,
            result=Message("Approved"),
        )

    def duty(done: date | None) -> DutyRow:
        return DutyRow(
            code="D14",
            duty=Message("Overdue notice"),
            subject="INV-1",
            anchor=date(2026, 3, 1),
            legal=date(2026, 5, 1),
            safe=date(2026, 4, 30),
            done=done,
            consequence=Message("refusal"),
        )

    return ReviewBook(
        firm=Party(name="某某会计"),
        client=Party(name="=明达"),
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        data_date=date(2026, 12, 31),
        prepared_on=date(2027, 1, 10),
        currency="CNY",
        policy=PolicyFigures(
            title="国内贸易信用保险",
            number="P-1",
            insurer="某某保险",
            premium=_cny("120000"),
            max_liability=_cny("6000000"),
            declared=_cny("47900000"),
            insurable=_cny("48000000"),
            rate=Decimal("0.25"),
            minimum=_cny("96000"),
            fees=_cny("600.50"),
        ),
        opening=_cny("7900000"),
        schedule=(
            ScheduleRow(
                section=_BOTH, label=_BOTH, value="90 %", confirmed=True, page="3"
            ),
        ),
        endorsements=(EndorsementRow(since=date(2026, 5, 1), reason="自掌额度提高"),),
        months=(
            MonthRow(
                end=date(2026, 1, 31),
                sold=_cny("20000000"),
                declared=_cny("19900000"),
                insured=_cny("7200000"),
                uninsured=_cny("0"),
            ),
            MonthRow(
                end=date(2026, 2, 28),
                sold=_cny("28000000"),
                declared=None,
                insured=_cny("6900000"),
                uninsured=_cny("1500000"),
            ),
        ),
        premium_notes=(
            NoteRow(
                kind=Message("Instalment"),
                reference="1",
                amount=_cny("60000"),
                due=date(2026, 1, 1),
                paid_on=date(2026, 1, 9),
            ),
            NoteRow(
                kind=Message("Instalment"),
                reference="2",
                amount=_cny("30000"),
                due=date(2026, 7, 1),
                paid_on=None,
            ),
        ),
        uninsured=(
            UninsuredRow(
                buyer="B",
                reason=Message("above the limit"),
                amount=_cny("1500000"),
                since=date(2026, 9, 1),
                cure=Message("a higher limit, or a lower balance"),
            ),
        ),
        notices=(
            NoticeRow(
                buyer="A",
                invoice="INV-1",
                sent=date(2026, 5, 1),
                way="门户",
                due=date(2026, 3, 1),
                open=_cny("100"),
                outcome=Message("still open"),
            ),
            NoticeRow(
                buyer="B",
                invoice="",
                sent=date(2026, 5, 2),
                way="门户",
                due=None,
                open=None,
                outcome=Message("an event of the buyer"),
            ),
        ),
        recoveries=(
            RecoveryRow(
                claim="CL-1",
                buyer="A",
                received=date(2026, 6, 1),
                source=Message("The buyer paid"),
                gross=_cny("10000"),
                costs=_cny("4000"),
                net=_cny("6000"),
                insurer=_cny("5400"),
                remitted=None,
            ),
        ),
        alerts=(
            AlertRow(
                buyer="A",
                code="W10",
                title=_BOTH,
                since=date(2026, 9, 1),
                value="83 %",
                effect=Message("note and watch"),
            ),
        ),
        changes=(ChangeRow(title=_BOTH, since=None, effect=_BOTH),),
        lessons=(
            LessonRow(
                event="CL-1",
                lesson="合同写明付款期",
                owner="销售",
                due=date(2027, 1, 31),
                done=None,
            ),
        ),
        last_year=kpis(_empty_year()),
        portfolio=(
            buyer(
                "A",
                turnover="30000000",
                balance="5000000",
                peak="5000000",
                average="4000000",
                limit="6000000",
                insured="5000000",
            ),
            buyer(
                "B",
                turnover="18000000",
                balance="3400000",
                peak="3600000",
                average="3000000",
                limit="3600000",
                insured="1900000",
            ),
        ),
        limits=(
            limit("8000000", "6000000", 3),
            limit("4000000", "3600000", 9),
            limit("500000", "500000", 5),
            limit("1", None, 0),
        ),
        ageing=(
            AgeingRow(
                buyer="A", amounts=tuple(_cny(str(n)) for n in (1, 2, 3, 4, 5, 6))
            ),
        ),
        duties=(duty(date(2026, 5, 1)), duty(date(2026, 5, 6)), duty(None)),
        claims=(
            ClaimRow(
                number="CL-1",
                buyer="A",
                noticed=date(2026, 2, 1),
                filed=date(2026, 3, 1),
                accepted=None,
                decided=date(2026, 4, 1),
                paid_on=date(2026, 4, 11),
                claimed=_cny("100000"),
                paid=_cny("86000"),
                paid_in=_cny("86000"),
            ),
            ClaimRow(
                number="CL-2",
                buyer="B",
                noticed=None,
                filed=None,
                accepted=None,
                decided=None,
                paid_on=None,
                claimed=_cny("40000"),
                paid=None,
                reserve=_cny("40000"),
            ),
        ),
        sources=(
            SourceRow(
                file_name="ledger.xls",
                digest="ab" * 32,
                imported=date(2027, 1, 5),
                rows=10,
                control_total=_cny("10.00"),
                taken_in=_cny("9.90"),
            ),
        ),
        findings=("上海买方集中度偏高",),
        actions=("提高限额",),
    )


def test_a_review_without_rows_knows_no_figure() -> None:
    empty = ReviewBook(
        firm=Party(name=""),
        client=Party(name=""),
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        data_date=date(2026, 12, 31),
        prepared_on=date(2026, 12, 31),
        currency="CNY",
        policy=None,
    )
    assert all(kpi.value is None for kpi in kpis(empty))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["full", "empty"])
def test_every_live_formula_comes_to_the_figure_the_program_stored(
    language: Language, name: str, recalculated: Path
) -> None:
    """Cell for cell, on all sixteen sheets: what a viewer shows is what a spreadsheet program works out."""
    stored = _cells(recalculated.parent / f"{name}-{language}.xlsx", computed=True)
    formulas = _cells(recalculated.parent / f"{name}-{language}.xlsx")
    worked_out = _cells(recalculated / f"{name}-{language}.xlsx", computed=True)
    assert len(stored) == 16
    compared = 0
    for sheet, rows in formulas.items():
        for row in rows:
            for cell in row:
                if not (isinstance(cell.value, str) and cell.data_type == "f"):
                    continue
                at = cell.row - 1, cell.column - 1
                ours = stored[sheet][at[0]][at[1]].value
                theirs = worked_out[sheet][at[0]][at[1]].value
                same = pytest.approx(ours) if isinstance(ours, int | float) else ours
                assert (theirs or None if ours in (None, "") else theirs) == (
                    None if ours in (None, "") else same
                ), f"{sheet} {cell.coordinate} {cell.value}"
                compared += 1
    assert compared > (150 if name == "full" else 60)


def _written(tmp_path: Path, language: Language) -> Path:
    path = tmp_path / "review.xlsx"
    annual_review.write(_review(), path, language, Progress())
    return path


def test_a_review_has_its_sixteen_sheets_by_number(tmp_path: Path) -> None:
    names = list(_cells(_written(tmp_path, "zh")))
    assert [name.split(" ")[0] for name in names] == [str(n) for n in range(1, 17)]
    assert names[0] == "1 封面与结论"


def test_the_cells_formulas_count_with_have_names(tmp_path: Path) -> None:
    with contextlib.closing(openpyxl.load_workbook(_written(tmp_path, "en"))) as book:
        names = {each.name: each.attr_text for each in book.defined_names.values()}
    assert names["premium"].startswith("'3 Premium'!$B$")
    assert names["portfolio_balance"].startswith("'4 Portfolio'!$")
    used = {
        word
        for formula in FORMULAS.values()
        for word in re.findall(r"[a-z_]{4,}", formula)
    }
    assert used <= set(names)


def test_charts_keep_their_values_for_whoever_only_looks(tmp_path: Path) -> None:
    with zipfile.ZipFile(_written(tmp_path, "zh")) as packed:
        charts = [
            packed.read(name).decode()
            for name in packed.namelist()
            if name.startswith("xl/charts/chart")
        ]
    assert len(charts) == 5
    assert all("numCache" in chart and "strCache" in chart for chart in charts)
    ages = next(chart for chart in charts if "应收账款账龄" in chart)
    assert re.findall(r"<(?:c:)?v>([0-9.]+)</", ages)[-6:] == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
    ]


def test_no_page_of_a_review_is_too_wide_to_be_read(tmp_path: Path) -> None:
    """175 characters are made to fit on A4 across; what is wider is cut into pages of 140 at three quarters."""
    with contextlib.closing(openpyxl.load_workbook(_written(tmp_path, "zh"))) as book:
        for sheet in book:
            breaks = [each.id for each in sheet.col_breaks.brk]
            wide = [
                sheet.column_dimensions[get_column_letter(at)].width
                for at in range(1, sheet.max_column + 1)
            ]
            if not breaks:
                assert sum(wide) <= 175, sheet.title
                continue
            assert sheet.page_setup.scale == 75
            assert sheet.print_title_cols == "$A:$A"
            for start, end in pairwise([0, *breaks, len(wide)]):
                again = wide[0] if start else 0
                assert sum(wide[start:end]) + again <= 140, sheet.title


def test_the_short_review_has_two_pages_with_charts_first(tmp_path: Path) -> None:
    path = tmp_path / "review.pdf"
    assert review_brief.write(_review(), path, "zh") == 2
    with contextlib.closing(pdfium.PdfDocument(path)) as pdf:
        first, second = (pdf[at].get_textpage().get_text_range() for at in range(2))
    assert "应收账款账龄" in first
    assert "保费与赔款对比" in first
    assert "17.9" in second
    assert "1. 上海买方集中度偏高" in second
    assert "1. 提高限额" in second


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = Book("zh")
    names = ["=cmd()", "+1", "-1", "@x", "26312000000000123451", "a\x00b"]
    fields = [Field("名称"), Field("数", Shape.NUMBER)]
    big = Decimal("12345678901234567.89")
    book.sheet("Names").table(fields, [[name, big] for name in names])
    book.save(path, "x")
    rows = _cells(path)["Names"][1:]
    assert [row[0].value for row in rows] == [*names[:5], "a b"]
    assert {row[0].data_type for row in rows} == {"s"}
    assert {row[1].value for row in rows} == {"12345678901234567.89"}


def test_a_sheet_prints_with_its_head_on_a4_across(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = Book("zh")
    book.sheet("A").table(
        [Field("x"), Field("y", Shape.MONEY, summed=True)],
        [["a", _cny("1")]],
        total="合计",
    )
    book.save(path, "x")
    sheet = openpyxl.load_workbook(path)["A"]
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToWidth == 1
    assert sheet["A3"].value == "合计"


def _aging() -> AgingReport:
    def invoice(
        number: str, currency: str, due: date
    ) -> LedgerDocument[tuple[int, str, str], int]:
        return LedgerDocument(
            id=(1, number, "invoice"),
            buyer=1,
            kind=DocumentKind.INVOICE,
            issued=date(2026, 1, 1),
            amount=Money(Decimal("100.50"), currency),
            due=due,
        )

    documents = [
        invoice("1", "CNY", date(2026, 2, 1)),
        invoice("2", "CNY", date(2026, 6, 1)),
        invoice("3", "USD", date(2026, 2, 1)),
    ]
    name: Any = type("Name", (), {"code": "B1", "name": "宁波海澜"})()
    return AgingReport(age(documents, [], date(2026, 3, 1)), {1: name}, {}, {})


@pytest.mark.parametrize("by", list(Level))
def test_an_aging_has_a_sheet_a_currency_and_adds_up(by: Level, tmp_path: Path) -> None:
    path = tmp_path / "aging.xlsx"
    aging_workbook.write(_aging(), path, "zh", Progress(), by=by, of="明达")
    book = _cells(path)
    assert len(book) == 2
    values = [cell.value for row in next(iter(book.values())) for cell in row]
    assert 201 in values or any(str(value).startswith("=SUM") for value in values)


def _statement() -> Statement:
    entries = (
        StatementEntry(
            on=date(2026, 1, 5),
            kind=EntryKind.INVOICE,
            number="INV-1",
            amount=_cny("100.00"),
        ),
        StatementEntry(
            on=date(2026, 2, 5),
            kind=EntryKind.PAYMENT,
            number="P1",
            amount=_cny("30.00"),
        ),
        StatementEntry(
            on=date(2026, 2, 6),
            kind=EntryKind.CREDIT_NOTE,
            number="C1",
            amount=_cny("5.00"),
        ),
    )
    return Statement(
        firm=Party(name="某某会计"),
        client=Party(name="明达"),
        buyer=Party(name="<b>海澜</b>"),
        start=date(2026, 1, 1),
        end=date(2026, 3, 31),
        accounts=(Account(opening=_cny("10.00"), entries=entries, ages=_AGES),),
    )


_AGES = Ages((("not_due", _cny("60")), (">90", _cny("20"))), _cny("5"))


def test_a_statement_runs_from_opening_to_closing_balance() -> None:
    (account,) = _statement().accounts
    assert [one.plain for one in account.balances] == ["110.00", "80.00", "75.00"]
    assert account.closing == _cny("75")


@pytest.mark.slow
def test_the_balances_of_a_statement_workbook_are_live(recalculated: Path) -> None:
    book = _cells(recalculated / "statement.xlsx", computed=True)
    rows = next(iter(book.values()))
    balances = [row[6].value for row in rows if isinstance(row[6].value, int | float)]
    assert balances == [10, 110, 80, 75, 75]
    ages = [row[1].value for row in rows if isinstance(row[1].value, int | float)]
    assert ages == [60, 20, -5, 75]


def test_a_statement_with_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(statement.StatementKindUnknown):
        statement.write(_statement(), tmp_path / "x.doc", "zh", Progress())


def test_every_report_is_found_by_its_folder_and_ids_are_unique() -> None:
    ids = [report.id for report in reports()]
    assert len(ids) == len(set(ids))
    assert {
        "aging",
        "annual_review",
        "claim_package",
        "balance_letter",
        "statement",
    } <= {*ids}
