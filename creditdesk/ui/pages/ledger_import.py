"""Taking a ledger in, drawn: the file, what its columns become, what will happen."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from creditdesk.catalog.headings import Field
from creditdesk.i18n import N_, Message
from creditdesk.presenters.ledger_import import (
    FIELD_TITLES,
    ColumnGuess,
    LedgerImportPresenter,
    Stage,
)
from creditdesk.services.ledger import TakenIn
from creditdesk.ui import messages, theme
from creditdesk.ui.controls import button, card, clear, row
from creditdesk.ui.file_drop import FileDrop
from creditdesk.ui.page import Page, field_line, scrolled
from creditdesk.ui.shell import Shell
from creditdesk.ui.text import NameLabel, label
from creditdesk.workspace import Workspace

RAIL = "receivables"

_KINDS = "Excel, CSV (*.xlsx *.xls *.xlsb *.ods *.csv *.txt *.tsv)"
_ENCODINGS = ("", "utf-8", "gb18030", "big5", "utf-16", "cp1252")


class LedgerImportPage(Page):
    """Three columns that breathe."""

    def __init__(self, workspace: Workspace, shell: Shell, path: str) -> None:
        wording = shell.wording
        act = button(wording(N_("Check the file")), self._press, role="primary")
        other = button(wording(N_("Another file…")), self._choose)
        super().__init__(wording(N_("Import a ledger")), actions=(other, act))
        self._act, self._other = act, other
        self._shell = shell
        self._presenter = LedgerImportPresenter(workspace, wording)
        self._client = QComboBox()
        self._client.setAccessibleName(wording(N_("Client")))
        self._client.activated.connect(self._choose_client)
        self._sheets = QComboBox()
        self._sheets.setAccessibleName(wording(N_("Sheet")))
        self._sheets.activated.connect(
            lambda _at: self._open(sheet=self._sheets.currentText())
        )
        self._encoding = QComboBox()
        self._encoding.setAccessibleName(wording(N_("Encoding")))
        for each in _ENCODINGS:
            self._encoding.addItem(each or wording(N_("Encoding: guessed")), each)
        self._encoding.activated.connect(
            lambda at: self._open(encoding=self._encoding.itemData(at))
        )
        self._order = QComboBox()
        self._order.setAccessibleName(wording(N_("Order of dates")))
        for word, value in (
            (N_("Dates: from the column"), None),
            (N_("Dates: day first"), True),
            (N_("Dates: month first"), False),
        ):
            self._order.addItem(wording(word), value)
        self._order.activated.connect(
            lambda at: self._presenter.set_day_first(day_first=self._order.itemData(at))
        )
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setPlaceholderText(wording(N_("Password of the workbook")))
        self._password.setAccessibleName(wording(N_("Password of the workbook")))
        self._password.returnPressed.connect(
            lambda: self._open(password=self._password.text())
        )
        self.body.addLayout(
            row(
                self._client,
                self._sheets,
                self._encoding,
                self._order,
                self._password,
                None,
            )
        )
        self._fault = label(role="danger", wrap=True)
        self.body.addWidget(self._fault)
        self._drop = FileDrop(
            wording(
                N_(
                    "Drop the file here: Excel, OpenDocument or text (.csv). Nothing is changed until you say so."
                )
            ),
            wording(N_("Choose a file…")),
            dropped=lambda paths: self._start(paths[0]),
            pressed=self._choose,
        )
        self.body.addWidget(self._drop, 1)
        self._work = self._columns()
        self.body.addWidget(self._work, 1)
        self._disconnect = self._presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._fill_clients()
        self._draw(None)
        if path:
            self._start(Path(path))

    def start_new(self) -> None:
        """Ctrl+N: another file."""
        self._choose()

    def _columns(self) -> QWidget:
        self._rows = QTableWidget()
        self._rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._rows.setAccessibleName(self._shell.wording(N_("The file as it is")))
        left, inside = card()
        inside.addWidget(label(self._shell.wording(N_("The file as it is")), "section"))
        inside.addWidget(self._rows, 1)
        middle, inside = card()
        inside.addWidget(
            label(self._shell.wording(N_("What each column becomes")), "section")
        )
        self._dates = label(role="small", wrap=True)
        inside.addWidget(self._dates)
        self._guesses = QGridLayout()
        self._guesses.setVerticalSpacing(6)
        self._guesses.setColumnStretch(0, 1)
        holder = QWidget()
        across = QVBoxLayout(holder)
        across.setContentsMargins(0, 0, 8, 0)
        across.addLayout(self._guesses)
        across.addStretch(1)
        inside.addWidget(scrolled(holder), 1)
        right, inside = card()
        inside.addWidget(label(self._shell.wording(N_("What will happen")), "section"))
        self._outcome = QVBoxLayout()
        self._outcome.setSpacing(4)
        holder = QWidget()
        holder.setLayout(self._outcome)
        inside.addWidget(scrolled(holder), 1)
        work = QWidget()
        layout = QHBoxLayout(work)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(left, 5)
        layout.addWidget(middle, 4)
        layout.addWidget(right, 4)
        return work

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
        else:
            self._presenter.choose_client(chosen)

    def _choose(self) -> None:
        messages.choose_file(
            self, self._shell.wording(N_("Choose a ledger")), _KINDS, self._start
        )

    def _start(self, path: Path) -> None:
        self._encoding.setCurrentIndex(0)
        self._sheets.clear()
        self._presenter.path = path
        self._open()

    def _open(
        self,
        *,
        sheet: str | None = None,
        encoding: str | None = None,
        password: str | None = None,
    ) -> None:
        if self._presenter.path is None:
            return
        job = self._presenter.opening(
            self._presenter.path,
            sheet=sheet or None,
            encoding=encoding or None,
            password=password or self._password.text() or None,
        )
        self._shell.run(job, self._presenter.show_sheet, self._presenter.refuse)

    def _press(self) -> None:
        if self._presenter.stage is Stage.CHECKED:
            self._shell.run(self._presenter.taking_in(), self._taken)
        else:
            self._shell.run(
                self._presenter.checking(),
                self._presenter.show_check,
                self._presenter.refuse,
            )

    def _taken(self, told: TakenIn) -> None:
        self._shell.tell(
            Message.of(
                N_("Taken in: {added} new, {changed} changed. It can be taken back under Imports."),
                added=told.invoices_added, changed=told.invoices_updated,
            )
        )  # fmt: skip
        self._shell.go("receivables")

    def _draw(self, _nothing: None) -> None:
        presenter, wording = self._presenter, self._shell.wording
        has_file = presenter.sheet is not None
        self._drop.setVisible(not has_file)
        self._work.setVisible(has_file)
        self._act.setVisible(has_file)
        self._other.setVisible(has_file)
        for box in (self._order, self._encoding):
            box.setVisible(has_file)
        names = presenter.sheet.names if presenter.sheet else ()
        self._sheets.setVisible(len(names) > 1)
        self._encoding.setVisible(
            has_file and bool(presenter.sheet and presenter.sheet.encoding)
        )
        if len(names) > 1 and self._sheets.count() != len(names):
            self._sheets.clear()
            self._sheets.addItems(list(names))
        if presenter.sheet:
            self._sheets.setCurrentText(presenter.sheet.name)
        self._password.setVisible(presenter.asks_password)
        self._fault.setText(wording.message(presenter.fault) if presenter.fault else "")
        self._fault.setVisible(presenter.fault is not None)
        self._act.setText(presenter.act)
        self._act.setEnabled(presenter.may_act)
        said = (
            presenter.path.name
            if presenter.path
            else wording(
                N_(
                    "Invoices, credit notes and payments, as the client's program exports them"
                )
            )
        )
        if presenter.sheet and presenter.sheet.encoding:
            said += f" · {presenter.sheet.encoding}"
        self.retitle(wording(N_("Import a ledger")), said)
        if has_file:
            self._draw_rows()
            self._draw_guesses()
            self._draw_outcome()

    def _draw_rows(self) -> None:
        start, rows = self._presenter.rows
        width = max((len(each) for each in rows), default=0)
        self._rows.setRowCount(len(rows))
        self._rows.setColumnCount(width)
        self._rows.horizontalHeader().hide()
        head = QColor(theme.tokens().accent_tint)
        for at, each in enumerate(rows):
            for column, value in enumerate(each):
                item = QTableWidgetItem(value)
                if at == start:
                    item.setBackground(head)
                self._rows.setItem(at, column, item)

    def _draw_guesses(self) -> None:
        self._dates.setText(self._presenter.order)
        clear(self._guesses)
        for line, guess in enumerate(self._presenter.guesses):
            header = NameLabel(guess.header or "–")
            header.setToolTip(guess.sample)
            self._guesses.addWidget(header, 2 * line, 0)
            self._guesses.addWidget(self._field_box(guess), 2 * line, 1)
            detail = (
                guess.sample if not guess.field else f"{guess.sample}   {guess.reason}"
            )
            self._guesses.addWidget(
                NameLabel(detail, "small" if guess.sure else "warning"),
                2 * line + 1,
                0,
                1,
                2,
            )

    def _field_box(self, guess: ColumnGuess) -> QComboBox:
        wording = self._shell.wording
        box = QComboBox()
        box.setAccessibleName(wording(N_("{header} becomes"), header=guess.header))
        box.setFixedWidth(150)
        box.addItem(wording(N_("not read")), "")
        for field in Field:
            box.addItem(wording(FIELD_TITLES[field]), field.value)
        box.setCurrentIndex(max(0, box.findData(guess.field)))
        box.activated.connect(
            lambda at: self._presenter.correct(guess.column, box.itemData(at))
        )
        return box

    def _draw_outcome(self) -> None:
        presenter, wording = self._presenter, self._shell.wording
        clear(self._outcome)
        if presenter.told is None:
            hint = N_(
                "Check the file to see what would change. Nothing is written by checking."
            )
            if presenter.client is None:
                hint = N_("Choose the client this ledger belongs to.")
            self._outcome.addWidget(label(wording(hint), "quiet", wrap=True))
        for name, value in presenter.outcome:
            self._outcome.addLayout(field_line(name, value, "strong"))
        if presenter.totals:
            self._outcome.addSpacing(8)
        for name, value in presenter.totals:
            self._outcome.addLayout(field_line(name, value))
        if presenter.problems:
            self._outcome.addSpacing(8)
        for place, reason, refused in presenter.problems:
            if place:
                self._outcome.addWidget(
                    label(place, "danger" if refused else "strong", wrap=True)
                )
            self._outcome.addWidget(label(reason, "quiet", wrap=True))
        self._outcome.addStretch(1)


def build(workspace: Workspace, shell: Shell, path: str = "") -> QWidget:
    """The page; with a path, that file is opened at once."""
    page = LedgerImportPage(workspace, shell, path)
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return page
