"""The list component: sorted by raw values, filter line, column chooser, totals, copy, export, open."""

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QAction,
    QColor,
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
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Face
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.text import label

_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ROW_HEIGHT = 34
_SEARCH_DELAY = 150
_COPY_LIMIT = 20_000
_MEASURED = 60
_NARROWEST = 140
_CELL_EDGES = 24
_FILTER = 240
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
        return QSize(width + _CELL_EDGES, ROW_HEIGHT)

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


class ListView(QTableView):
    """The rows themselves."""

    def __init__(
        self, face: Face, wording: Wording, opened: Callable[[Hashable], object] | None
    ) -> None:
        super().__init__()
        self._face = face
        self._opened = opened
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
        self.doubleClicked.connect(self._open)
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
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """The selected rows with their heads, tab-separated, to the clipboard."""
        columns = [
            place
            for place in range(len(self._face.columns))
            if not self.isColumnHidden(place)
        ]
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())[
            :_COPY_LIMIT
        ]
        lines = ["\t".join(self._model.title(place) for place in columns)]
        lines += [
            "\t".join(self._face.cell(place, column).text for column in columns)
            for place in rows
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names take what figures leave."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Figures are never elided: their columns are as wide as the widest; the stretching name takes the rest."""
        head = self.horizontalHeader()
        taken = 0
        for place, column in enumerate(self._face.columns):
            if column.right:
                head.resizeSection(place, max(column.width, self._widest(place)))
            if not column.stretch and not self.isColumnHidden(place):
                taken += head.sectionSize(place)
        for place, column in enumerate(self._face.columns):
            if column.stretch:
                head.resizeSection(
                    place,
                    max(column.width, _NARROWEST, self.viewport().width() - taken),
                )

    def _widest(self, place: int) -> int:
        metrics = self.fontMetrics()
        shown = range(min(self._face.count, _MEASURED))
        texts = [self._face.cell(row, place).text for row in shown]
        title = str(self._model.headerData(place, Qt.Orientation.Horizontal))
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        bold = QFont(self.font())
        bold.setBold(True)
        return max(widest, QFontMetrics(bold).horizontalAdvance(title)) + _CELL_EDGES

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
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setMinimumSectionSize(48)
        key, descending = self._face.sorted_by
        for place, column in enumerate(self._face.columns):
            head.resizeSection(place, column.width)
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

    def _choose_columns(self, where: QPoint) -> None:
        menu = QMenu(self)
        for place in range(len(self._face.columns)):
            action = QAction(self._model.title(place), menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.toggled.connect(
                lambda shown, at=place: self._show_column(at, shown=shown)
            )
            menu.addAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(where))

    def _show_column(self, place: int, *, shown: bool) -> None:
        self.setColumnHidden(place, not shown)
        self._fit()


class TablePanel(QWidget):
    """A list with its filter line, its footer and what to say when it is empty."""

    def __init__(  # noqa: PLR0913 - everything a list needs comes through here
        self,
        face: Face,
        wording: Wording,
        *,
        opened: Callable[[Hashable], object] | None = None,
        empty: str = "",
        search: str = "",
        tools: tuple[QWidget, ...] = (),
        export: Callable[[Face], object] | None = None,
        own_head: bool = True,
    ) -> None:
        super().__init__()
        self._face = face
        self._wording = wording
        self.view = ListView(face, wording, opened)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(search)
        self.filter.setAccessibleName(search)
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(_FILTER)
        self.counted = label(role="small")
        self._typing = QTimer(self, singleShot=True, interval=_SEARCH_DELAY)
        self._typing.timeout.connect(lambda: face.search(self.filter.text()))
        self.filter.textChanged.connect(lambda _text: self._typing.start())
        self._footer = QVBoxLayout()
        self._footer.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        if search and own_head:
            layout.addLayout(
                row(
                    self.filter,
                    *tools,
                    None,
                    self.counted,
                    *self._export_button(export),
                )
            )
        layout.addWidget(self._framed(empty), 1)
        layout.addLayout(self._footer)
        self._disconnect = face.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def _export_button(
        self, export: Callable[[Face], object] | None
    ) -> tuple[QWidget, ...]:
        if export is None:
            return ()
        return (button(self._wording(N_("Export Excel")), lambda: export(self._face)),)

    def _framed(self, empty: str) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "card")
        self._stack = QStackedLayout(frame)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(self.view)
        self._nothing = self._instead(empty)
        self._loading = self._instead(self._wording(N_("Loading…")))
        return frame

    def _instead(self, said: str) -> QLabel:
        """What stands where rows would."""
        made: QLabel = label(said, "quiet", wrap=True)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made.setMargin(32)
        self._stack.addWidget(made)
        return made

    def _draw(self, _nothing: None) -> None:
        self._stack.setCurrentWidget(self._shown())
        count = self._face.count
        self.counted.setText(
            ""
            if self._face.loading
            else self._wording.plural(N_("{count} row"), N_("{count} rows"), count)
        )
        while (item := self._footer.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        for line in () if self._face.loading else self._face.footer:
            self._footer.addWidget(label(line, "quiet", wrap=True))

    def _shown(self) -> QWidget:
        """The rows, or in their place why there are none: they are on their way, or there is nothing."""
        if self._face.loading:
            return self._loading
        if self._face.count or self.filter.text() or not self._nothing.text():
            return self.view
        return self._nothing
