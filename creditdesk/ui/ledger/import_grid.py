"""A file as it is, with what each column becomes chosen over the column."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from creditdesk.catalog.headings import Field
from creditdesk.i18n import N_
from creditdesk.presenters.ledger.import_columns import FIELD_TITLES, ColumnGuess
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme

_UNREAD, _NARROWEST, _WIDEST = 92, 132, 210
_CHOICE_ROWS = 2


class _Grounds(QStyledItemDelegate):
    """Draws the ground of a cell below it: the style sheet's own item would hide it."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)


class ImportGrid(QTableWidget):
    """The first rows of a file. Two rows on top say what each column becomes, and why."""

    def __init__(self, wording: Wording, chosen: Callable[[int, str], object]) -> None:
        super().__init__()
        self._wording = wording
        self._chosen = chosen
        self._grounds: dict[int, QColor] = {}
        self.setItemDelegate(_Grounds(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(wording(N_("The file as it is")))
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(40)
        self.verticalHeader().setDefaultSectionSize(26)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_file(
        self,
        start: int,
        rows: Sequence[Sequence[str]],
        guesses: Sequence[ColumnGuess],
        *,
        unread: Sequence[str] = (),
        asked: str = "",
    ) -> None:
        """Draw the rows; `start` is the row of the headings, from 0. Without guesses nothing can be chosen.

        `unread`: the headings of columns with content nobody read; `asked`: the field a question is about.
        """
        self._grounds = _grounds(guesses, unread, asked)
        top = _CHOICE_ROWS if guesses else 0
        width = max(len(guesses), *(len(each) for each in rows), 0)
        self.clear()
        self.setRowCount(len(rows) + top)
        self.setColumnCount(width)
        names = [""] * top + [str(number) for number in range(1, len(rows) + 1)]
        self.setVerticalHeaderLabels(names)
        for guess in guesses:
            self.setCellWidget(0, guess.column, self._box(guess))
            self.setItem(1, guess.column, self._reason(guess, unread))
        if top:
            self.setRowHeight(0, 34)
        self._fill(start, rows, top)
        read = {guess.column for guess in guesses if guess.field}
        for column in range(width):
            self._fit(column, chosen=column in read)
        about = {guess.column for guess in guesses if asked and guess.field == asked}
        if read:
            # Exports begin with columns nobody needs: what is read, or asked about, comes into sight.
            first = self.model().index(top, min(about or read))
            self.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtCenter)
            self.verticalScrollBar().setValue(0)

    def _fill(self, start: int, rows: Sequence[Sequence[str]], top: int) -> None:
        head = QColor(theme.tokens().accent_tint)
        for at, each in enumerate(rows):
            for column, value in enumerate(each):
                item = QTableWidgetItem(value)
                item.setToolTip(value)
                if ground := self._grounds.get(column):
                    item.setBackground(ground)
                elif at == start:
                    item.setBackground(head)
                self.setItem(at + top, column, item)

    def _fit(self, column: int, *, chosen: bool) -> None:
        least = _NARROWEST if chosen else _UNREAD
        self.resizeColumnToContents(column)
        self.setColumnWidth(column, min(_WIDEST, max(least, self.columnWidth(column))))

    def _reason(self, guess: ColumnGuess, unread: Sequence[str]) -> QTableWidgetItem:
        said = guess.reason
        if not guess.field and guess.header in unread:
            said = self._wording(N_("has content, unread"))
        item = QTableWidgetItem(said)
        item.setToolTip(said)
        tokens = theme.tokens()
        if ground := self._grounds.get(guess.column):
            item.setBackground(ground)
        item.setForeground(QColor(tokens.quiet if guess.sure else tokens.warning))
        return item

    def _box(self, guess: ColumnGuess) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(
            self._wording(
                N_("{header} becomes"), header=guess.header or guess.column + 1
            )
        )
        box.addItem(self._wording(N_("not read")), "")
        for field in Field:
            box.addItem(self._wording(FIELD_TITLES[field]), field.value)
        box.setCurrentIndex(max(0, box.findData(guess.field)))
        box.setToolTip(guess.reason)
        box.activated.connect(partial(self._say, guess.column, box))
        return box

    def _say(self, column: int, box: QComboBox, place: int) -> None:
        self._chosen(column, str(box.itemData(place)))


def _grounds(
    guesses: Sequence[ColumnGuess], unread: Sequence[str], asked: str
) -> dict[int, QColor]:
    """The ground of columns that nobody read, and of the one that is asked about."""
    tokens = theme.tokens()
    grounds = {
        each.column: QColor(tokens.chip)
        for each in guesses
        if not each.field and each.header in unread
    }
    for each in guesses:
        if asked and each.field == asked:
            grounds[each.column] = QColor(tokens.warning_tint)
    return grounds
