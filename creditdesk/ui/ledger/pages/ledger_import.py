"""Taking ledgers in, drawn: the file as it is, what will be taken in, what is said about it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.intake.files import File
from creditdesk.presenters.ledger.import_result import ResultLine
from creditdesk.presenters.ledger.ledger_import import (
    Done,
    LedgerImportPresenter,
    Stage,
)
from creditdesk.ui.ledger.import_grid import ImportGrid
from creditdesk.ui.ledger.question_card import QuestionFrame
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, clear, row, toggle
from creditdesk.ui.parts.file_drop import FileDrop
from creditdesk.ui.parts.find_box import FindBox
from creditdesk.ui.parts.flow import Flow
from creditdesk.ui.parts.page import Page, field_line
from creditdesk.ui.parts.pasting import Pasting
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.workspace import Workspace

RAIL = "receivables"

_KINDS = "Excel, CSV, XML, PDF, ZIP (*.zip *.xlsx *.xls *.xlsb *.xlsm *.ods *.csv *.txt *.tsv *.xml *.pdf)"
_ENCODINGS = ("", "utf-8", "gb18030", "big5", "utf-16", "cp1252")


class LedgerImportPage(Page):
    """Drop the file, look, take in."""

    def __init__(self, workspace: Workspace, shell: Shell, path: str) -> None:
        wording = shell.wording
        act = button(wording(N_("Check the file")), self._press, role="primary")
        other = button(wording(N_("Other files…")), self._choose)
        super().__init__(wording(N_("Import a ledger")), actions=(other, act))
        self._act, self._other = act, other
        self._shell = shell
        self._presenter = LedgerImportPresenter(workspace, wording)
        self.body.addLayout(self._choices())
        self._tabs = QHBoxLayout()
        self._tabs.setSpacing(8)
        self.body.addLayout(self._tabs)
        self._fault = label(role="danger", wrap=True)
        self.body.addWidget(self._fault)
        self._question = self._question_bar()
        self.body.addWidget(self._question)
        self._card = QuestionFrame(self._presenter.questions, wording)
        self._card.keys_of(self)
        self._card.said.connect(self._said_of_rows)
        self.body.addWidget(self._card)
        self._pasting = Pasting(self, shell, self.take_files)
        self._drop = FileDrop(
            wording(
                N_(
                    "Drop the files here: Excel, OpenDocument, text (.csv), bank statements, audit files and "
                    "e-invoices (.xml, .pdf); several together if they belong together. "
                    "Nothing is changed until you say so."
                )
            ),
            wording(N_("Choose files…")),
            dropped=self.take_files,
            pressed=self._choose,
            paste=(wording(N_("Paste rows copied in Excel")), self._pasting.paste),
        )
        self.body.addWidget(self._drop, 1)
        self._work = self._columns()
        self.body.addWidget(self._work, 1)
        self._disconnect = self._presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._presenter.expect_files()
        self.destroyed.connect(self._presenter.close)
        self._fill_clients()
        self._draw(None)
        if path:
            self._start([Path(path)])

    def take_files(self, paths: list[Path]) -> None:
        """Files that were dropped, chosen or pasted."""
        self._start(paths)

    def start_new(self) -> None:
        """Ctrl+N: other files."""
        self._choose()

    def _choices(self) -> Flow:
        wording = self._shell.wording
        self._client = FindBox("client", wording)
        self._client.setAccessibleName(wording(N_("Client")))
        self._client.activated.connect(self._choose_client)
        self._sheets = QComboBox()
        self._sheets.setAccessibleName(wording(N_("Sheet")))
        self._sheets.activated.connect(
            lambda _at: self._reopen(sheet=self._sheets.currentText())
        )
        self._encoding = QComboBox()
        self._encoding.setAccessibleName(wording(N_("Encoding")))
        for each in _ENCODINGS:
            self._encoding.addItem(each or wording(N_("Encoding: guessed")), each)
        self._encoding.activated.connect(
            lambda at: self._reopen(encoding=self._encoding.itemData(at))
        )
        self._day = QDateEdit()
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat("yyyy-MM-dd")
        self._day.setAccessibleName(wording(N_("Day of the summary")))
        self._day_said = label(wording(N_("Of which day is the summary?")), "warning")
        self._day_taken = button(wording(N_("This day")), self._take_day)
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setPlaceholderText(wording(N_("Password of the file")))
        self._password.setAccessibleName(wording(N_("Password of the file")))
        self._password.returnPressed.connect(
            lambda: self._reopen(password=self._password.text())
        )
        return row(
            self._client, self._sheets, self._encoding, self._password,
            self._day_said, self._day, self._day_taken, None,
        )  # fmt: skip

    def _question_bar(self) -> QFrame:
        frame, inside = card(margins=(12, 8, 12, 8))
        self._asked = label(role="warning", wrap=True)
        self._answers = QHBoxLayout()
        self._answers.setSpacing(8)
        inside.addWidget(self._asked)
        inside.addLayout(self._answers)
        return frame

    def _columns(self) -> QWidget:
        wording = self._shell.wording
        self._grid = ImportGrid(wording, self._correct)
        left, inside = card()
        inside.addWidget(label(wording(N_("The file as it is")), "section"))
        inside.addWidget(self._grid, 1)
        right, inside = card()
        inside.addWidget(label(wording(N_("What will be taken in")), "section"))
        self._items = TablePanel(
            self._presenter.items,
            self._shell,
            empty=wording(
                N_("Here stand the invoices, payments or balances of the file once it was read.")
            ))  # fmt: skip
        inside.addWidget(self._items, 1)
        self._more = label(role="quiet")
        inside.addWidget(self._more)
        upper = QSplitter(Qt.Orientation.Horizontal)
        upper.addWidget(left)
        upper.addWidget(right)
        upper.setSizes([480, 640])
        upper.setChildrenCollapsible(False)
        work = QSplitter(Qt.Orientation.Vertical)
        work.addWidget(upper)
        work.addWidget(self._below())
        work.setSizes([360, 200])
        work.setChildrenCollapsible(False)
        return work

    def _below(self) -> QWidget:
        wording = self._shell.wording
        said, inside = card()
        inside.addWidget(label(wording(N_("What is said about the rows")), "section"))
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(4)
        inside.addWidget(scrolled(_holder(self._remarks)), 1)
        sums, inside = card()
        inside.addWidget(label(wording(N_("Totals")), "section"))
        self._sums = QVBoxLayout()
        self._sums.setSpacing(4)
        inside.addWidget(scrolled(_holder(self._sums)), 1)
        below = QWidget()
        layout = QHBoxLayout(below)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(said, 1)
        layout.addWidget(sums, 1)
        return below

    def _fill_clients(self) -> None:
        self._client.addItem(self._shell.wording(N_("Whose ledger is it?")), None)
        for number, name in self._presenter.clients:
            self._client.addItem(name, number)
        if self._presenter.client is None and len(self._presenter.clients) == 1:
            self._presenter.client = self._presenter.clients[0][0]
        self._client.setCurrentIndex(
            max(0, self._client.findData(self._presenter.client))
        )
        self._client.insertSeparator(self._client.count())
        self._client.addItem(self._shell.wording(N_("New client…")), "new")

    def _choose_client(self, place: int) -> None:
        chosen = self._client.itemData(place)
        if chosen == "new":
            self._shell.go("client_form")
            return
        self._shell.run(self._presenter.choosing_client(chosen), self._opened)

    def _choose(self) -> None:
        messages.choose_files(
            self, self._shell.wording(N_("Choose files")), _KINDS, self._start
        )

    def _start(self, paths: list[Path]) -> None:
        self._encoding.setCurrentIndex(0)
        self._password.clear()
        self._shell.run(self._presenter.opening(paths), self._opened)

    def _reopen(
        self,
        *,
        sheet: str | None = None,
        encoding: str | None = None,
        password: str | None = None,
    ) -> None:
        if self._presenter.file is None:
            return
        job = self._presenter.reopening(
            sheet=sheet or None,
            encoding=encoding or None,
            password=password or self._password.text() or None,
        )
        self._shell.run(job, self._opened)

    def _opened(self, files: Sequence[File]) -> None:
        self._presenter.show_files(files)
        self._check()

    def _check(self) -> None:
        """What can be checked is checked at once: the person only looks."""
        if self._presenter.may_check and self._presenter.stage is not Stage.CHECKED:
            self._shell.run(
                self._presenter.checking(), self._presenter.show_files, self._refuse
            )

    def _refuse(self, error: UserError) -> None:
        self._shell.refuse(error)

    def _answer(self, said: str) -> None:
        if self._presenter.answer(said):
            self._shell.run(self._presenter.opening_sheets(), self._opened)
        else:
            self._check()

    def _said_of_rows(self, read_again: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._draw(None)
        if read_again and self._presenter.client is not None:
            self._shell.run(
                self._presenter.checking(), self._presenter.show_files, self._refuse
            )

    def _correct(self, column: int, field: str) -> None:
        self._presenter.correct(column, field)
        self._check()

    def _take_day(self) -> None:
        self._presenter.set_day(self._day.date().toPython())  # type: ignore[arg-type]  # Qt's stubs say object
        self._check()

    def _press(self) -> None:
        if self._presenter.stage is Stage.CHECKED:
            self._shell.run(self._presenter.taking_in(), self._taken)
        else:
            self._check()

    def _taken(self, done: Done) -> None:
        if done.receipts and not done.documents:
            text = N_("{receipts} receipts wait to be set against invoices.")
            self._shell.tell(Message.of(text, receipts=done.receipts))
            self._shell.go("receipts")
            return
        text = N_(
            "Taken in: {added} new, {changed} changed. It can be taken back under Imports."
        )
        if done.papers and not done.documents and not done.changed:
            text = N_(
                "The invoice is as it was; its file is kept as evidence. It can be taken back under Imports."
            )
        self._shell.tell(Message.of(text, added=done.documents, changed=done.changed))
        if done.asked:
            # Codes that differ by leading zeros were taken for two buyers: somebody must say.
            self._shell.go("buyer_doubles")
            return
        self._shell.go("receivables")

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        has_file = presenter.file is not None
        self._drop.setVisible(not has_file)
        self._work.setVisible(has_file)
        self._act.setVisible(has_file)
        self._other.setVisible(has_file)
        self._draw_choices()
        self._draw_tabs()
        self._fault.setText(presenter.fault)
        self._fault.setVisible(bool(presenter.fault))
        self._draw_question()
        self._card.draw(shown=presenter.asked is None)
        self._act.setText(presenter.act)
        self._act.setEnabled(presenter.may_act)
        wording = self._shell.wording
        self.retitle(
            wording(N_("Import a ledger")),
            presenter.title,
            *((presenter.badge, "warning"),) if presenter.badge else (),
        )
        if has_file:
            self._grid.show_file(
                *presenter.rows,
                presenter.guesses,
                unread=presenter.unread,
                asked=presenter.asked_field,
            )
            self._draw_remarks()
            self._draw_sums()
            self._more.setText(
                wording(N_("… and {count} more lines"), count=presenter.more)
            )
            self._more.setVisible(presenter.more > 0)

    def _draw_choices(self) -> None:
        file = self._presenter.file
        sheet = file.piece.sheet if file and file.piece else None
        names = sheet.names if sheet else ()
        self._sheets.setVisible(len(names) > 1)
        if len(names) > 1 and self._sheets.count() != len(names):
            self._sheets.clear()
            self._sheets.addItems(list(names))
        if sheet:
            self._sheets.setCurrentText(sheet.name)
        self._encoding.setVisible(bool(sheet and sheet.encoding))
        self._password.setVisible(bool(file and file.opened.asks_password))
        asks_day = self._presenter.asks_day
        for part in (self._day_said, self._day, self._day_taken):
            part.setVisible(asks_day)
        if asks_day and not self._day.isVisible():
            self._day.setDate(QDate.currentDate())

    def _draw_tabs(self) -> None:
        clear(self._tabs)
        for place, (name, what) in enumerate(self._presenter.tabs):
            chosen = toggle(
                name,
                partial(self._show, place),
                on=place == self._presenter.place,
            )
            chosen.setToolTip(f"{name} · {what}")
            self._tabs.addWidget(chosen)
        if self._presenter.tabs:
            self._tabs.addStretch(1)

    def _show(self, place: int, _on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._presenter.show(place)

    def _draw_question(self) -> None:
        asked = self._presenter.asked
        self._question.setVisible(asked is not None)
        clear(self._answers)
        if asked is None:
            return
        self._asked.setText(asked.text)
        for word, said in asked.answers:
            self._answers.addWidget(button(word, partial(self._answer, said)))
        self._answers.addStretch(1)

    def _draw_remarks(self) -> None:
        clear(self._remarks)
        for remark in self._presenter.remarks:
            if remark.place:
                role = "danger" if remark.refused else "strong"
                self._remarks.addWidget(label(remark.place, role, wrap=True))
            self._remarks.addWidget(label(remark.text, "quiet", wrap=True))
        if not self._presenter.remarks:
            said = N_("Nothing.") if self._presenter.outcome else N_("Not checked yet.")
            self._remarks.addWidget(label(self._shell.wording(said), "quiet"))
        self._remarks.addStretch(1)

    def _draw_sums(self) -> None:
        clear(self._sums)
        if not self._presenter.outcome:
            hint = N_(
                "The totals come once the file was read; nothing is written by reading."
            )
            if self._presenter.client is None:
                hint = N_("Choose the client this ledger belongs to.")
            self._sums.addWidget(label(self._shell.wording(hint), "quiet", wrap=True))
        counts = " · ".join(
            f"{line.name} {line.value}" for line in self._presenter.outcome
        )
        if counts:
            self._sums.addWidget(label(counts, "strong", wrap=True))
        for line in self._presenter.totals:
            self._add_sum(line)
        self._sums.addStretch(1)

    def _add_sum(self, line: ResultLine) -> None:
        self._sums.addLayout(field_line(line.name, line.value, line.tone.value))
        if line.detail:
            self._sums.addWidget(label(line.detail, "small", wrap=True))


def _holder(layout: QVBoxLayout) -> QWidget:
    holder = QWidget()
    across = QVBoxLayout(holder)
    across.setContentsMargins(0, 0, 8, 0)
    across.addLayout(layout)
    across.addStretch(1)
    return holder


def build(workspace: Workspace, shell: Shell, path: str = "") -> QWidget:
    """The page; with a path, that file is opened at once."""
    page = LedgerImportPage(workspace, shell, path)
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return page
