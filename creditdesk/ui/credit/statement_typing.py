"""Three years of statements to type in, drawn as the paper has them."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.presenters.credit.statement_grid import COLUMNS, StatementGrid
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, card, row
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import label

_LINE = 30
_DOUBTS = 2 * 18
"""Pixels of two lines: they have their place before there is anything to say."""
_COLUMN = 190
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class StatementTyping(QWidget):
    """Form, grid, and what doesn't fit so far below it. `kept`, `closed`: how it ended."""

    def __init__(
        self,
        presenter: StatementGrid,
        shell: Shell,
        *,
        kept: Callable[[], object],
        closed: Callable[[], object],
    ) -> None:
        super().__init__()
        self._presenter, self._kept, self._closed = presenter, kept, closed
        say = shell.wording
        self.form = FormView(presenter.form, shell, columns=3, question=True)
        self.cells = _Cells(presenter, say(N_("Rows of the statement")))
        self._doubts = label(role="warning", wrap=True)
        self._doubts.setMinimumHeight(_DOUBTS)
        self._doubts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.keep = button(say(N_("Keep the statements")), self._keep, role="primary", hint="Ctrl+S")  # fmt: skip
        away = button(say(N_("Close")), self.put_away, role="flat")
        title = say(
            N_("Type the rows as the paper has them, or paste a block at any cell")
        )
        frame, inside = card(spacing=10, margins=(16, 12, 16, 12))
        inside.addLayout(row(label(title, "section"), None, away, self.keep))
        inside.addWidget(self.form)
        inside.addWidget(self.cells, 1)
        inside.addWidget(self._doubts)
        # The fields keep their height; where the window is too low for all, the card scrolls.
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(frame))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self._keep)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)
        self.hide()

    def open(self) -> None:
        """Show it and begin to type."""
        self.show()
        self.form.focus_first()

    def put_away(self) -> None:
        """Drop what was typed."""
        self.hide()
        self._presenter.clear()
        self._closed()

    def is_dirty(self) -> bool:
        """Whether something was begun."""
        return not self.isHidden() and self._presenter.is_begun

    def save(self) -> bool:
        """Keep it; whether it worked."""
        return self._presenter.form.save()

    def _keep(self) -> None:
        if not self._presenter.form.save():
            self.form.focus_fault()
            return
        self.hide()
        self._presenter.clear()
        self._kept()

    def _draw(self, _nothing: None) -> None:
        self.cells.draw()
        self._doubts.setText("\n".join(self._presenter.doubts))


class _Cells(QTableWidget):
    """The grid. Enter goes down, Tab to the right; Ctrl+V pastes a block."""

    def __init__(self, presenter: StatementGrid, name: str) -> None:
        super().__init__(0, 1 + COLUMNS)
        self._presenter = presenter
        self._titles: tuple[object, ...] = ()
        self.setAccessibleName(name)
        self.setItemDelegate(_Figures(self))
        self.setMinimumHeight(8 * _LINE)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(_LINE)
        head = self.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, 1 + COLUMNS):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, _COLUMN)
        self.itemChanged.connect(self._typed)

    def draw(self) -> None:
        """Show what is typed."""
        rows, look = self._presenter.rows, theme.tokens()
        with QSignalBlocker(self):
            if rows != self._titles:
                self._titles = rows
                self._make()
            self.setHorizontalHeaderLabels(["", *self._presenter.heads])
            for line, each in enumerate(rows):
                for column in range(COLUMNS) if each.key else ():
                    place = self.model().index(line, column + 1)
                    faulty = self._presenter.is_faulty(each.key, column)
                    colour = QColor(look.danger if faulty else look.text)
                    self.model().setData(place, self._presenter.cell(each.key, column))
                    self.model().setData(place, colour, Qt.ItemDataRole.ForegroundRole)

    def _make(self) -> None:
        self.setRowCount(len(self._presenter.rows))
        for line, each in enumerate(self._presenter.rows):
            for column in range(1 + COLUMNS):
                item = QTableWidgetItem("" if column else each.title)
                if column:
                    item.setTextAlignment(_RIGHT)
                if not column or not each.key:
                    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                font = item.font()
                font.setBold(each.total or not each.key)
                item.setFont(font)
                self.setItem(line, column, item)

    def _typed(self, item: QTableWidgetItem) -> None:
        each = self._presenter.rows[item.row()]
        self._presenter.put(each.key, item.column() - 1, item.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes down; a block is pasted; Delete empties a cell."""
        line, column = self.currentRow(), self.currentColumn()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._down()
        elif event.matches(QKeySequence.StandardKey.Paste) and column > 0:
            self._presenter.paste(line, column - 1, QGuiApplication.clipboard().text())
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and column > 0:
            key = self._presenter.rows[line].key
            if key:
                self._presenter.put(key, column - 1, "")
        else:
            super().keyPressEvent(event)

    def closeEditor(
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """What is typed is finished by Enter: on to the next row."""
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._down()

    def _down(self) -> None:
        """The same column of the next row that takes figures."""
        rows = self._presenter.rows
        for line in range(self.currentRow() + 1, len(rows)):
            if rows[line].key:
                self.setCurrentCell(line, max(1, self.currentColumn()))
                return


class _Figures(QStyledItemDelegate):
    """Figures are typed at the right, as they stand."""

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """A field whose text is aligned as the cell's."""
        made = super().createEditor(parent, option, index)
        if hasattr(made, "setAlignment"):
            made.setAlignment(_RIGHT)
        return made
