"""A part of a document is called what people call it, on every page and on every paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from creditdesk.catalog.letters import OVERDUE_NOTICE, letters
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.credit.credit_rules import CreditRules, Level
from creditdesk.domain.declare.declarations import DeclarationKind
from creditdesk.domain.duties.tasks import Department, NewTask
from creditdesk.domain.ledger.bank import BankLine, BankStatement
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    DraftPayment,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.i18n import Language, Words
from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.declarations.declaration_paper import paper_of
from creditdesk.reports import (
    claim_package,
    declaration,
    letter,
    notice_letter,
    offered,
)
from creditdesk.reports.report import FileKind, ReportAsked
from creditdesk.services.claims import NewClaim
from creditdesk.services.declarations import NewDeclaration
from creditdesk.services.ledger.receipt_values import Confirmation
from creditdesk.services.watch import SentNotice
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.ui.window.rendering import _of_buyer, _places
from creditdesk.workspace import Desk, Workspace

TODAY = date(2025, 9, 10)
OWN = " #"
"""What stands in the number that tells a part from the others in the desk, and nowhere else."""
SECOND = {"zh": "S1 · 第2期", "en": "S1 · part 2"}
KEPT_BACK = {"zh": "S1 · 质保金", "en": "S1 · retention"}


def cny(amount: int) -> Money:
    return Money(Decimal(amount), "CNY")


def part(place: int, due: date, amount: int, kind: PartKind) -> DraftDocument:
    return DraftDocument(
        row=1 + place, buyer=BuyerRef(code="B1"), number="S1", kind=DocumentKind.INVOICE, issued=date(2025, 1, 15),
        due=due, amount=cny(amount), vat_rate=Decimal(13), part=place, part_kind=kind,
    )  # fmt: skip


@pytest.fixture
def parted(filled: Desk) -> Desk:
    """An invoice in two instalments and what is kept back: notified, declared, paid, voided, claimed."""
    (client,) = (each.id for each in filled.clients.all())
    buyer = filled.buyers.named(client, "B1")
    credit = DraftDocument(
        row=6, buyer=BuyerRef(code="B1"), number="CN1", kind=DocumentKind.CREDIT_NOTE, issued=date(2025, 5, 1),
        due=None, amount=cny(20000),
    )  # fmt: skip
    paid = DraftPayment(
        row=3, buyer=BuyerRef(code="B1"), key="paid:S1", paid_on=date(2025, 4, 1), amount=cny(100), to="S1",
        issued=date(2025, 1, 15), part=2,
    )  # fmt: skip
    parts = (
        part(1, date(2025, 2, 15), 10000, PartKind.INSTALMENT),
        part(2, date(2025, 3, 15), 20100, PartKind.INSTALMENT),
        part(3, date(2025, 4, 15), 5000, PartKind.RETENTION),
    )
    filled.ledger.take_in(
        client,
        LedgerDraft(
            source=LedgerSource(file_name="分期.xlsx", digest="e"),
            documents=(*parts, credit),
            payments=(paid,),
        ),
    )
    filled.move_to(TODAY)
    lines = tuple(
        BankLine(
            row=row, booked_on=date(2025, 6, row), amount=cny(amount), payer="宁波 <b>海澜</b> 有限公司", text=text,
            payer_account="",
        )
        for row, amount, text in ((2, 20000, "货款"), (3, 5000, "S1质保金"), (4, 7, "S1"))
    )  # fmt: skip
    source = LedgerSource(file_name="对账单.csv", digest="f", format="bank")
    statement = BankStatement(source=source, account="1", rows_read=3, lines=lines)
    filled.ledger.take_in_statement(client, statement)
    items = {each.number: each.id for each in filled.ledger.open_items(client)}
    taken = {each.row: each.id for each in filled.ledger.bank_lines(client)}
    for row, number, amount in ((4, "S1 #2", 7), (3, "S1 #3", 5)):
        said = Confirmation(buyer_id=buyer, parts=((items[number], cny(amount)),))
        filled.ledger.confirm(taken[row], said)
    filled.ledger.void_payment(taken[3], "booked twice")
    (policy,) = (each.id for each in filled.policies.all(TODAY))
    draft = filled.watch.notice_draft(policy, buyer, date(2025, 6, 1))
    sent = SentNotice(sent_on=date(2025, 6, 2), way="mail", receipt=None)
    filled.watch.record_notice(policy, draft, buyer, sent, TODAY)
    filled.declarations.record(
        NewDeclaration(policy_id=policy, start=date(2025, 1, 1), end=date(2025, 1, 31), on=date(2025, 2, 10)), TODAY
    )  # fmt: skip
    filled.claims.open(
        NewClaim(
            client_id=client,
            buyer_id=buyer,
            cause=Cause.PROTRACTED_DEFAULT,
            date_of_loss=date(2025, 9, 7),
            today=TODAY,
        )
    )
    return filled


def written(folder: Path) -> Iterator[tuple[str, str]]:
    """The words of every file there."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".pdf":
            with pypdfium2.PdfDocument(path) as pdf:
                yield path.name, "".join(each.get_textpage().get_text_bounded() for each in pdf)  # fmt: skip
        elif path.suffix == ".xlsx":
            cells = (
                str(cell) for sheet in load_workbook(path) for row in sheet.values for cell in row
            )  # fmt: skip
            yield path.name, "\n".join(cells)
        else:
            yield path.name, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_paper_holds_the_number_a_part_has_in_the_desk(
    parted: Desk, tmp_path: Path, language: Language
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (client,) = (each.id for each in parted.clients.all())
    buyer = parted.buyers.named(client, "B1")
    parted.tasks.add(NewTask(client_id=client, text="x", department=Department.SALES))
    rules = CreditRules(since=TODAY, currency="CNY", levels=(Level("x"),), review_months={})  # fmt: skip
    parted.credit.keep_rules(client, rules)
    for report in offered():
        for kind in report.kinds if report.make else ():
            if kind is FileKind.PICTURE:
                continue  # drawn from the PDF
            asked = ReportAsked(
                path=out / f"{report.id}.{kind.value}", language=language, today=TODAY, client=client, buyer=buyer,
                on=TODAY, start=date(2025, 1, 1), end=TODAY,
            )  # fmt: skip
            assert report.make
            report.make(parted, asked, Progress())
    (claim,) = (each.id for each in parted.claims.all())
    package = parted.claims.package(claim, TODAY)
    claim_package.write(package, out / "package.pdf", language, Progress())
    (policy,) = (each.id for each in parted.policies.all(TODAY))
    notice = parted.watch.notice_draft(policy, buyer, TODAY)
    text = letters()[OVERDUE_NOTICE].in_language(language)
    typed = dict.fromkeys(
        (field.key for field in letters()[OVERDUE_NOTICE].fields), "–"
    )

    def told(words: Words) -> letter.Content:
        made = notice_letter.content(notice, notice_letter.Told(), words)
        return replace(made, places={**typed, **made.places})

    letter.write(told, text, out / "notice.pdf", language, Progress())
    period = parted.declarations.period(policy, DeclarationKind.TURNOVER, date(2025, 1, 1), TODAY)  # fmt: skip
    declared = paper_of(period, {line.row.key: line.amount for line in period.computed.lines}, TODAY)  # fmt: skip
    for name in ("declaration.pdf", "declaration.xlsx"):
        declaration.write(declared, out / name, language, Progress())
    found = dict(written(out))
    for name, words in found.items():
        assert OWN not in words, name
    for name in (
        "statement.pdf",
        "statement.xlsx",
        "balance_letter.pdf",
        "package.pdf",
    ):
        assert "".join(SECOND[language].split()) in "".join(found[name].split()), name


def words_of(window: QWidget) -> Iterator[str]:
    """Everything a page says: labels, buttons, fields, lists with what hints say."""
    for widget in window.findChildren(QWidget):
        yield widget.toolTip()
        yield widget.accessibleName()
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        elif isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(place) for place in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model():
            yield from _cells(widget.model())


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
    for row in range(model.rowCount()):
        for column in range(columns):
            at = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(model.data(at, role) or "")


def test_no_page_shows_the_number_a_part_has_in_the_desk(
    parted: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    language: Language = "zh"  # numbers are the same in either
    preferences = PreferenceFile(tmp_path / "preferences.json")
    preferences.change(language=language)
    workspace = Workspace(parted, ImmediateRunner(), preferences, today=lambda: TODAY)
    frame = Frame()
    qtbot.addWidget(frame)
    window = DeskWindow(frame, workspace, screens(), lambda _look: None)
    frame.show()
    said: dict[str, str] = {}
    (policy,) = (each.id for each in parted.policies.all(TODAY))
    (client,) = (each.id for each in parted.clients.all())
    buyer = parted.buyers.named(client, "B1")
    january = {"policy": policy, "kind": "turnover", "start": "2025-01-01"}
    places = (
        *_places(parted, TODAY),
        *_of_buyer(policy, buyer),
        ("declared", "declaration", january),
    )
    for name, place, where in places:
        window.go(place, **where)
        said[name] = "\n".join(words_of(frame))
    assert len(said) > 20
    for name, words in said.items():
        assert OWN not in words, (name, [each for each in words.splitlines() if OWN in each])  # fmt: skip
    shown = {name for name, words in said.items() if SECOND[language] in words}
    assert shown >= {"receipts", "claim_file", "overdue_notice", "buyer_file", "declared", "credit_notes"}  # fmt: skip
    assert KEPT_BACK[language] in said["buyer_file"]
