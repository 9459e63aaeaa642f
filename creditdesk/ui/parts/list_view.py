"""The rows of a list: sorted by raw values, columns to choose, copied as a spreadsheet keeps them, opened, traced."""

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.presenters.parts.list_out import copied
from creditdesk.presenters.parts.table import Face
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.text import meaning_of

Opened = Callable[[Hashable], object] | None
Traced = Callable[[Hashable, str], bool] | None
"""Goes to what a figure is made of, told row and column; whether there is anything behind it."""
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ROW_HEIGHT = 34
_COPY_LIMIT = 20_000
_MEASURED = 60
_NARROWEST = 140
_CELL_EDGES = 24
_CORNER = 32
_ARROWS = {False: " ↑", True: " ↓"}


class TableModel(QAbstractTableModel):
    """Shows a `Face`; every change of it is a reset."""

    def __init__(self, face: Face, wording: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self._face = face
        self._wording = wording

    def reset(self) -> None:
        """Draw everything anew."""
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Rows of the face."""
        return 0 if parent.isValid() else self._face.count

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Columns of the face."""
        return 0 if parent.isValid() else len(self._face.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """What a place shows."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._face.columns[index.column()].right else _LEFT
        if role == Qt.ItemDataRole.DisplayRole:
            return self._face.cell(index.row(), index.column()).text
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = self._face.cell(index.row(), index.column()).tone
            return QColor(getattr(theme.tokens(), tone.value))
        if role == Qt.ItemDataRole.ToolTipRole:
            cell = self._face.cell(index.row(), index.column())
            return cell.hint or None
        if role == Qt.ItemDataRole.FontRole:
            cell = self._face.cell(index.row(), index.column())
            font = QFont()
            font.setBold(cell.bold)
            font.setStrikeOut(cell.struck)
            return font if cell.bold or cell.struck else None
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """A column's title."""
        if orientation is Qt.Orientation.Vertical:
            return None
        column = self._face.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(section) + self._arrow(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return meaning_of(self.title(section)) or None
        return None

    def title(self, section: int) -> str:
        """A column's title alone, as it is copied and offered in the column chooser."""
        return self._wording(self._face.columns[section].title)

    def _arrow(self, section: int) -> str:
        # Part of the words: Qt's own arrow lies on top of a title that is aligned right.
        key, descending = self._face.sorted_by
        return _ARROWS[descending] if self._face.columns[section].key == key else ""

    def sort(
        self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder
    ) -> None:
        """The face sorts; the model resets when it says so."""
        chosen = self._face.columns[column]
        if chosen.order is not None:
            self._face.sort(
                chosen.key, descending=order is Qt.SortOrder.DescendingOrder
            )


class _RowDelegate(QStyledItemDelegate):
    """Draws text and hairline only; figures are never elided, names give way with their text as tooltip."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """One cell."""
        look = theme.tokens()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, QColor(look.accent_tint))
        painter.setPen(QColor(look.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        font = index.data(Qt.ItemDataRole.FontRole)
        if isinstance(font, QFont):
            own = QFont(painter.font())
            own.setBold(font.bold())
            own.setStrikeOut(font.strikeOut())
            painter.setFont(own)
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
        inside = rect.adjusted(10, 0, -10, 0)
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, inside.width() + 2
        )
        painter.drawText(
            inside, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), shown
        )
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As wide as the text, as high as a row."""
        width = option.fontMetrics.horizontalAdvance(index.data() or "")
        return QSize(width + _CELL_EDGES, row_height())

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """What gave way is told whole, where nothing better is said of the cell."""
        text = index.data() or ""
        cut = self.sizeHint(option, index).width() > view.visualRect(index).width() + 6
        if not cut or index.data(Qt.ItemDataRole.ToolTipRole):
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), text, view)
        return True


def row_height() -> int:
    """Pixels of a row."""
    return theme.px(_ROW_HEIGHT)


class ListView(QTableView):
    """The rows themselves. `arranged`: the columns stand otherwise than before."""

    arranged = Signal()

    def __init__(
        self, face: Face, wording: Wording, opened: Opened, traced: Traced = None
    ) -> None:
        super().__init__()
        self._face = face
        self._wording = wording
        self._opened = opened
        self._traced = traced
        self._in_corner: QWidget | None = None
        self.outlets: Callable[[QMenu], object] = lambda _menu: None
        self._model = TableModel(face, wording, self)
        self.setModel(self._model)
        self.setItemDelegate(_RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._prepare_headers()
        self.doubleClicked.connect(self._trace)
        self._disconnect = face.changed.connect(self._reset)
        self.destroyed.connect(self._disconnect)

    def selected(self) -> list[Hashable]:
        """The ids of the selected rows, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._face.key(place) for place in rows]

    def select(self, key: Hashable) -> None:
        """Select a row by its id and bring it into view."""
        place = self._face.row_of(key)
        if place is not None:
            self.selectRow(place)
            self.scrollTo(self._model.index(place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies rows as Excel takes them."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.text() in {"?", "？"}:
            event.ignore()  # the window lists its keys; a list would look for a row that begins so
        else:
            super().keyPressEvent(event)

    @property
    def columns(self) -> list[int]:
        """The places of the columns shown, from the left."""
        head = self.horizontalHeader()
        there = (head.logicalIndex(place) for place in range(head.count()))
        return [place for place in there if not self.isColumnHidden(place)]

    def copy(self) -> None:
        """The selected rows with their heads to the clipboard, as a spreadsheet keeps them."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        made = copied(self._face, rows[:_COPY_LIMIT], self.columns, self._wording)
        data = QMimeData()
        data.setText(made.text)
        data.setHtml(made.html)
        QGuiApplication.clipboard().setMimeData(data)

    def copy_cell(self) -> None:
        """What the cell with the cursor shows."""
        QGuiApplication.clipboard().setText(str(self.currentIndex().data() or ""))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the row under the mouse, and with the list."""
        at = self.indexAt(event.pos())
        if at.isValid() and not self.selectionModel().isRowSelected(at.row()):
            self.selectRow(at.row())
        if at.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(at, flags.NoUpdate)
        menu = self.menu(at)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def menu(self, at: QModelIndex) -> QMenu:
        """What a press of the right button offers at a place; without one, what the list as a whole offers."""
        say, menu = self._wording, QMenu(self)
        if at.isValid():
            if self._opened:
                menu.addAction(say(N_("Open")), lambda: self._open(at))
            menu.addAction(say(N_("Copy cell")), self.copy_cell)
            menu.addAction(say(N_("Copy rows")), self.copy)
            menu.addSeparator()
        self.outlets(menu)
        self.offer_columns(menu.addMenu(say(N_("Columns"))))
        return menu

    def put_in_corner(self, made: QWidget) -> None:
        """Something small to press over the end of the heads."""
        made.setParent(self)
        self._in_corner = made
        self._place_corner()

    def _place_corner(self) -> None:
        made, head = self._in_corner, self.horizontalHeader()
        if made is not None:
            size = min(head.height() - 6, theme.px(_CORNER - 4))
            left, top = self.width() - size - 4, (head.height() - size) // 2
            made.setGeometry(left, top, size, size)

    def offer_columns(self, menu: QMenu) -> None:
        """Every column, to be shown or not."""
        for place in range(len(self._face.columns)):
            action = QAction(self._model.title(place), menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.toggled.connect(
                lambda shown, at=place: self._show_column(at, shown=shown)
            )
            menu.addAction(action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names take what figures leave."""
        super().resizeEvent(event)
        self._fit()
        self._place_corner()

    def _fit(self) -> None:
        """Figures are never elided: their columns are as wide as the widest; the stretching name takes the rest."""
        head = self.horizontalHeader()
        taken = 0
        room = self.viewport().width() - (theme.px(_CORNER) if self._in_corner else 0)
        for place, column in enumerate(self._face.columns):
            if column.right:
                head.resizeSection(
                    place, max(theme.px(column.width), self._widest(place))
                )
            if not column.stretch and not self.isColumnHidden(place):
                taken += head.sectionSize(place)
        for place, column in enumerate(self._face.columns):
            if column.stretch:
                head.resizeSection(
                    place,
                    max(theme.px(max(column.width, _NARROWEST)), room - taken),
                )
        self.arranged.emit()

    def _widest(self, place: int) -> int:
        metrics = self.fontMetrics()
        shown = range(min(self._face.count, _MEASURED))
        texts = [self._face.cell(row, place).text for row in shown]
        title = str(self._model.headerData(place, Qt.Orientation.Horizontal))
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        bold = QFont(self.font())
        bold.setBold(True)
        strong = QFontMetrics(bold)
        key = self._face.columns[place].key
        sums = (self._wording.cell(each.sums.get(key)) for each in self._face.totals)
        heavy = max(strong.horizontalAdvance(text) for text in (title, *sums))
        return max(widest, heavy) + _CELL_EDGES

    def _trace(self, index: QModelIndex) -> None:
        """Twice on a figure: down to what it is made of; where nothing is behind it, open the row."""
        if self._traced and index.isValid():
            column = self._face.columns[index.column()].key
            if self._traced(self._face.key(index.row()), column):
                return
        self._open(index)

    def _open(self, index: QModelIndex) -> None:
        if self._opened and index.isValid():
            self._opened(self._face.key(index.row()))

    def _reset(self, _nothing: None) -> None:
        chosen = set(self.selected()) if self.selectionModel().hasSelection() else set()
        self._model.reset()
        self._fit()
        for key in chosen:
            place = self._face.row_of(key)
            if place is not None:
                flags = QItemSelectionModel.SelectionFlag
                self.selectionModel().select(
                    self._model.index(place, 0), flags.Select | flags.Rows
                )

    def _prepare_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row_height())
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setMinimumSectionSize(48)
        key, descending = self._face.sorted_by
        for place, column in enumerate(self._face.columns):
            head.resizeSection(place, theme.px(column.width))
            self.setColumnHidden(place, column.hidden)
            if column.key == key:
                order = (
                    Qt.SortOrder.DescendingOrder
                    if descending
                    else Qt.SortOrder.AscendingOrder
                )
                head.setSortIndicator(place, order)
        head.setSectionsClickable(True)
        head.sortIndicatorChanged.connect(self._model.sort)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._choose_columns)
        head.sectionResized.connect(self._tell_arranged)
        head.sectionMoved.connect(self._tell_arranged)
        self.horizontalScrollBar().valueChanged.connect(self._tell_arranged)

    def _tell_arranged(self, *_what: int) -> None:
        self.arranged.emit()

    def _choose_columns(self, where: QPoint) -> None:
        menu = QMenu(self)
        self.offer_columns(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(where))

    def _show_column(self, place: int, *, shown: bool) -> None:
        if shown or len(self.columns) > 1:
            self.setColumnHidden(place, not shown)
        self._fit()
