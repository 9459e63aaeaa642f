"""One value of a schedule, drawn: in words, with where it comes from, and the inputs to enter it with."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_, Message
from creditdesk.presenters.parts.form import Form, FormField
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.rule_entry import AT_ONCE_FIRST
from creditdesk.presenters.policies.schedule_lines import PAGE, ScheduleLine
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, row, rule
from creditdesk.ui.parts.fields import Input, input_for
from creditdesk.ui.parts.table_input import TableInput
from creditdesk.ui.parts.text import chip, fault_line, label, set_role

_LABEL = 190
_COLUMNS = (104, 52, 64)
_WIDTHS = {
    "anchor": 176, "n1": 64, "unit1": 128, "n2": 64, "unit2": 128,
    "earlier": 176, "n3": 64, "unit3": 128, PAGE: 72,
}  # fmt: skip
_WIDE = {FieldKind.TEXT, FieldKind.MULTILINE, FieldKind.TABLE}
_NEW_LINE = frozenset({"earlier", AT_ONCE_FIRST})
"""Inputs that begin a line of their own, named by their label."""
_CHIPS = {Tone.DONE: "done", Tone.WARNING: "warning", Tone.DANGER: "danger"}


class ScheduleRow(QWidget):
    """Label, value in words, where it comes from, and what can be done with it."""

    def __init__(
        self,
        line: ScheduleLine,
        wording: Wording,
        check: Callable[[str], object],
        edit: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._wording = wording
        self.editor: ScheduleEditor | None = None
        self._words = label("", wrap=True)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._was = label(role="warning", wrap=True)
        self._was.hide()
        said = QWidget()
        above = QVBoxLayout(said)
        above.setContentsMargins(0, 4, 0, 4)
        above.setSpacing(0)
        above.addWidget(self._words)
        above.addWidget(self._was)
        self._origin = chip("")
        say = wording
        self._check = button(say(N_("Check")), partial(check, line.key), role="flat")
        self._check.setAccessibleName(f"{say(N_('Check'))} {line.label}")
        self._check.setToolTip(say(N_("The paper says the same (Enter or Space checks and goes on)")))  # fmt: skip
        self._edit = button(say(N_("Change")), partial(edit, line.key), role="flat")
        name = label(line.label, "quiet", wrap=True)
        name.setFixedWidth(theme.px(_LABEL))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(rule(), 0, 0, 1, 5)
        for column, widget in enumerate(
            (name, said, self._origin, self._check, self._edit)
        ):
            self._grid.addWidget(widget, 1, column, Qt.AlignmentFlag.AlignVCenter)
        self._grid.setRowMinimumHeight(1, 34)
        for column, width in enumerate(_COLUMNS, 2):
            self._grid.setColumnMinimumWidth(column, width)
        self.show_line(line)

    def show_line(self, line: ScheduleLine) -> None:
        """Show this value."""
        self.line = line
        self._words.setText(line.words or "—")
        set_role(self._words, "" if line.words else "small")
        was = self._wording(N_("before: {value}"), value=line.was) if line.was else ""
        self._was.setText(was)
        self._was.setVisible(bool(was))
        self._origin.setText(line.origin)
        self._origin.setVisible(bool(line.origin))
        set_role(self._origin, _CHIPS.get(line.tone, "plain"), "chip")
        self._check.setVisible(line.checkable)
        say = self._wording
        act = say(N_("Change")) if line.words else say(N_("Enter"))
        self._edit.setText(act)
        self._edit.setAccessibleName(f"{act} {line.label}")

    def take_focus(self) -> None:
        """The cursor stands on what this value waits for."""
        (self._check if self.line.checkable else self._edit).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def open_editor(
        self, form: Form, cancel: Callable[[], object], kept: Callable[[], object]
    ) -> None:
        """Enter the value below its line."""
        self.editor = ScheduleEditor(form, self._wording, cancel, kept)
        self._grid.addWidget(self.editor, 2, 0, 1, 5)
        self.editor.take_focus()

    def close_editor(self) -> None:
        """Take the inputs away."""
        if self.editor:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
            self._edit.setFocus()


class ValueInputs(QFrame):
    """The inputs of one value and the page it stands on. Enter in one of them is `entered`."""

    entered = Signal()

    def __init__(self, form: Form, wording: Wording) -> None:
        super().__init__()
        self._form = form
        self._wording = wording
        self.inputs: dict[str, Input] = {}
        lines = QVBoxLayout()
        lines.setSpacing(6)
        line = row()
        for field in form.fields:
            if field.key in _NEW_LINE:
                line.stretch()
                lines.addLayout(line)
                line = row(label(field.label, "quiet"))
            made = self._make_input(field)
            if field.key != PAGE:
                line.addWidget(made)
        lines.addLayout(line)
        self._fault = fault_line()
        self._fault.hide()
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(12, 8, 12, 8)
        self.lines.addLayout(lines)
        self.lines.addWidget(self._fault)

    @property
    def page(self) -> tuple[QWidget, QWidget]:
        """The page of the paper: its name and its input."""
        name = label(self._wording(N_("Page of the paper")), "quiet")
        return name, self.inputs[PAGE]

    def _make_input(self, field: FormField) -> Input:
        if field.kind is FieldKind.TABLE:
            made: Input = TableInput(field, self._wording)
        else:
            made = input_for(field, self._wording)
        made.typed.connect(partial(self._form.set, field.key))
        made.show_text(self._form.value(field.key))
        if field.key in _WIDTHS:
            made.setFixedWidth(theme.px(_WIDTHS[field.key]))
            made.inner.setToolTip(field.label)
        if isinstance(made.inner, QLineEdit):
            made.inner.returnPressed.connect(self.entered)
        self.inputs[field.key] = made
        return made

    def take_focus(self) -> None:
        """Begin to type."""
        first = next(iter(self.inputs.values()))
        first.setFocus()
        if isinstance(first.inner, QLineEdit):
            first.inner.selectAll()

    def show_texts(self) -> None:
        """Show what the form holds now."""
        for key, made in self.inputs.items():
            if made.text() != self._form.value(key):
                made.show_text(self._form.value(key))

    def show_faults(self) -> None:
        """Say what stands against what is entered."""
        faults = {key: self._form.fault_of(key) for key in self.inputs}
        for key, fault in faults.items():
            self.inputs[key].mark(self._wording.message(fault) if fault else "")
        said = next((fault for fault in faults.values() if fault), self._form.fault)
        self.say(said)

    def say(self, said: Message | None) -> None:
        """One sentence below the inputs."""
        self._fault.setText(self._wording.message(said) if said else "")
        self._fault.setVisible(said is not None)


class ScheduleEditor(ValueInputs):
    """A value entered below its line. Enter keeps, Escape leaves it as it was."""

    grown = Signal()

    def __init__(
        self,
        form: Form,
        wording: Wording,
        cancel: Callable[[], object],
        kept: Callable[[], object],
    ) -> None:
        super().__init__(form, wording)
        self.setProperty("role", "band")
        self._cancel = cancel
        self._kept = kept
        keep = button(wording(N_("Keep as checked")), self.keep)
        leave = button(wording(N_("Cancel")), cancel)
        self.lines.addLayout(row(*self.page, None, leave, keep))
        self.entered.connect(self.keep)

    def keep(self) -> None:
        """Keep what is entered, or say what stands against it."""
        if self._form.save():
            self._kept()
        else:
            self.show_faults()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """It is laid out now, or has a message more."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.grown.emit)

    def event(self, event: QEvent) -> bool:
        """Escape is this editor's before it is the window's."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the value as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
            return
        super().keyPressEvent(event)
