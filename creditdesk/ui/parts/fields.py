"""The inputs of forms. Each holds a text, says when it was typed and when it was left, and can be marked as faulty."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QDate,
    QEvent,
    QLocale,
    QObject,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QTextCharFormat,
)
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language
from creditdesk.presenters.parts.form import FormField, Option
from creditdesk.presenters.parts.typed import NO, YES, FieldKind, read, understood
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.find_box import FindBox
from creditdesk.ui.parts.icons import icon
from creditdesk.ui.parts.popup import beside
from creditdesk.ui.parts.text import label, set_role

_FIGURES = frozenset({FieldKind.AMOUNT, FieldKind.PERCENT, FieldKind.NUMBER})
_WIDTHS = {
    FieldKind.DATE: 156,
    FieldKind.AMOUNT: 180,
    FieldKind.PERCENT: 96,
    FieldKind.NUMBER: 96,
}
_WIDEST = {FieldKind.DATE: "2026-08-28", FieldKind.AMOUNT: "−8,888,888,888.88"}
_EDGES = 36
"""Pixels of a field that are not its text."""
_NOTE_HEIGHT = 72
_TURNS = {
    "qt_calendar_prevmonth": "ri.arrow-left-s-line",
    "qt_calendar_nextmonth": "ri.arrow-right-s-line",
}
"""Qt's own names of the calendar's arrows."""


class Input(QWidget):
    """What every input can do. `typed` tells the text at each change; `left` that the person went on."""

    typed = Signal(str)
    left = Signal()

    def __init__(self, inner: QWidget, name: str) -> None:
        super().__init__()
        self.inner = inner
        inner.setAccessibleName(name)
        inner.installEventFilter(self)
        self.setFocusProxy(inner)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(6)
        self.line.addWidget(inner)

    def text(self) -> str:
        """What stands in it."""
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        """Show a text; nobody is told."""
        raise NotImplementedError

    def settle(self) -> None:
        """Write what was typed as it is understood: the person goes on, or saves."""

    def mark(self, fault: str) -> None:
        """A red edge, and the fault as its description for screen readers; none where it is empty."""
        self.inner.setAccessibleDescription(fault)
        state = "true" if fault else ""
        if (self.inner.property("faulty") or "") != state:
            set_role(self.inner, state, "faulty")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the person goes on to another field (not when a menu or another window takes the focus)."""
        if (
            watched is self.inner
            and isinstance(event, QFocusEvent)
            and event.type() is QEvent.Type.FocusOut
            and event.reason()
            not in {
                Qt.FocusReason.PopupFocusReason,
                Qt.FocusReason.ActiveWindowFocusReason,
            }
        ):
            self.settle()
            self.left.emit()
        return super().eventFilter(watched, event)


class LineInput(Input):
    """One line of words or a figure. A figure is written out when it is left: 50万 becomes 500,000.00."""

    def __init__(self, field: FormField, wording: Wording) -> None:
        self.edit = QLineEdit()
        super().__init__(self.edit, field.label)
        self._field = field
        self._wording = wording
        self.edit.setPlaceholderText(field.hint)
        self.edit.textEdited.connect(self._typed)
        self.edit.returnPressed.connect(self.settle)
        if field.kind in _FIGURES:
            self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        if field.kind in _WIDTHS:
            text = QFontMetrics(self.edit.font()).horizontalAdvance(_WIDEST.get(field.kind, ""))  # fmt: skip
            self.edit.setMaximumWidth(max(theme.px(_WIDTHS[field.kind]), text + _EDGES))
            self.edit.setMinimumWidth(text + _EDGES if text else 0)
        if field.unit:
            self.line.addWidget(label(field.unit, "quiet"))
        if field.unit or field.kind in _WIDTHS:
            self.line.addStretch(1)

    def text(self) -> str:
        """The line."""
        return self.edit.text()

    def show_text(self, text: str) -> None:
        """From its start, so that a long name shows how it begins."""
        self.edit.setText(text)
        if not self.edit.hasFocus():
            self.edit.setCursorPosition(0)

    def settle(self) -> None:
        """Only what was typed since it was shown; a percentage keeps its decimals."""
        if not self.edit.isModified() or self._field.kind not in _WIDEST:
            return
        if self._field.kind is FieldKind.AMOUNT and self._field.unit == "%":
            return
        meant = understood(self._field.kind, self.edit.text(), self._wording)
        if meant != self.edit.text():
            self.edit.setText(meant)
            self.typed.emit(meant)

    def _typed(self, _text: str) -> None:
        self.typed.emit(self.text())


class DayInput(LineInput):
    """A date, typed or picked from a calendar (button, or Alt+Down); its weekday stands beside it.

    It may be typed short (0315, 昨天, +30): `text` is the day meant at once, the field shows it when it is left.
    """

    def __init__(self, field: FormField, wording: Wording) -> None:
        super().__init__(field, wording)
        self._pick = button(
            "",
            self.open_calendar,
            picture="ri.calendar-line",
            hint=wording(N_("Pick a day")),
        )
        self._pick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pick.setFixedWidth(36)
        self._pick.setStyleSheet("padding: 6px 0;")
        self._weekday = label(role="small")
        self.line.insertWidget(1, self._pick)
        self.line.insertWidget(2, self._weekday)
        self.edit.setPlaceholderText(field.hint or "2026-01-31")
        self.edit.textChanged.connect(self._name_day)
        self._calendar: _Calendar | None = None

    def text(self) -> str:
        """The day meant, or what stands there where it is none."""
        return understood(FieldKind.DATE, self.edit.text(), self._wording)

    def open_calendar(self) -> None:
        """Show the month of the date typed, or this one, where the screen has room for it."""
        if self._calendar is None:
            self._calendar = _Calendar(self, self._wording.language)
            self._calendar.picked.connect(self._take)
        self._calendar.show_day(self.text())
        self._calendar.show()
        self._calendar.adjustSize()
        self._calendar.move(beside(self, self._calendar))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar, as it opens a choice."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Down and alt:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def _name_day(self, _text: str) -> None:
        try:
            day = read(FieldKind.DATE, self.text())
        except UserError:
            day = None
        named = isinstance(day, date)
        self._weekday.setText(self._wording.weekday(day) if isinstance(day, date) else "")  # fmt: skip
        self._weekday.setVisible(named)

    def _take(self, day: str) -> None:
        self.edit.setText(day)
        self.typed.emit(day)
        self.left.emit()
        self.edit.setFocus()


class _Calendar(QFrame):
    """The month under a date field, in the language of the form."""

    picked = Signal(str)

    def __init__(self, parent: QWidget, language: Language) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        chinese = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
        self._month = QCalendarWidget()
        self._month.setLocale(chinese if language == "zh" else QLocale(QLocale.Language.English))  # fmt: skip
        self._month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._month.setHorizontalHeaderFormat(
            QCalendarWidget.HorizontalHeaderFormat.ShortDayNames
        )
        self._month.setVerticalHeaderFormat(
            QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
        )
        plain = QTextCharFormat()
        for each in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._month.setWeekdayTextFormat(each, plain)
        for name, picture in _TURNS.items():
            turn = self._month.findChild(QToolButton, name)
            if turn is not None:
                turn.setIcon(icon(picture, "quiet"))
        # A list's rows have room around their words; a day of the month has none to give.
        self._month.setStyleSheet("QTableView::item { padding: 0; }")
        self._month.clicked.connect(self._take)
        self._month.activated.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self._month)
        self.setFocusProxy(self._month)

    def show_day(self, text: str) -> None:
        """Begin at this date, where it is one."""
        try:
            day = read(FieldKind.DATE, text)
        except UserError:
            day = None
        shown = QDate.fromString(str(day), Qt.DateFormat.ISODate)
        self._month.setSelectedDate(shown if shown.isValid() else QDate.currentDate())

    def _take(self, day: QDate) -> None:
        self.hide()
        self.picked.emit(day.toString(Qt.DateFormat.ISODate))


class ChoiceInput(Input):
    """One of several values, in words. An empty text is a choice not yet made."""

    def __init__(self, field: FormField, wording: Wording) -> None:
        self.box = FindBox(field.key, wording)
        super().__init__(self.box, field.label)
        self.box.setPlaceholderText(field.hint)
        self.offer(field.options)
        self.box.activated.connect(self._chosen)
        self.box.setMinimumContentsLength(8)

    def offer(self, options: Sequence[Option]) -> None:
        """These are the values now."""
        with QSignalBlocker(self.box):
            self.box.clear()
            for option in options:
                self.box.addItem(option.words, option.value)
            self.box.setCurrentIndex(self.box.findData(""))

    def text(self) -> str:
        """The value chosen."""
        return str(self.box.currentData() or "")

    def show_text(self, text: str) -> None:
        """Show the words of a value."""
        self.box.setCurrentIndex(self.box.findData(text))

    def _chosen(self, _place: int) -> None:
        self.typed.emit(self.text())
        self.left.emit()


class FlagInput(Input):
    """Yes or no; the label stands beside the box."""

    def __init__(self, field: FormField) -> None:
        self.box = QCheckBox(field.hint)
        super().__init__(self.box, field.label)
        self.box.clicked.connect(self._clicked)
        self.line.addStretch(1)

    def text(self) -> str:
        """`true` or `false`."""
        return YES if self.box.isChecked() else NO

    def show_text(self, text: str) -> None:
        """Set the box."""
        self.box.setChecked(text == YES)

    def _clicked(self, _on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.typed.emit(self.text())


class NoteInput(Input):
    """Several lines; Tab goes on to the next field."""

    def __init__(self, field: FormField) -> None:
        self.edit = QPlainTextEdit()
        super().__init__(self.edit, field.label)
        self.edit.setPlaceholderText(field.hint)
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(theme.px(_NOTE_HEIGHT))
        self.edit.textChanged.connect(self._changed)

    def text(self) -> str:
        """The lines."""
        return self.edit.toPlainText()

    def show_text(self, text: str) -> None:
        """Show these lines."""
        with QSignalBlocker(self.edit):
            self.edit.setPlainText(text)

    def _changed(self) -> None:
        self.typed.emit(self.text())


def input_for(field: FormField, wording: Wording) -> Input:
    """The input a field of this kind needs."""
    if field.kind is FieldKind.DATE:
        return DayInput(field, wording)
    if field.kind is FieldKind.CHOICE:
        return ChoiceInput(field, wording)
    if field.kind is FieldKind.FLAG:
        return FlagInput(field)
    if field.kind is FieldKind.MULTILINE:
        return NoteInput(field)
    return LineInput(field, wording)
