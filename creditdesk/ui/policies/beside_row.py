"""A value beside the paper, drawn: one line, and when it is open its inputs and the three answers."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.schedule_lines import ScheduleLine
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, row, rule
from creditdesk.ui.parts.text import chip, label, set_role
from creditdesk.ui.policies.schedule_row import ValueInputs

_LABEL = 150
_CHIPS = {Tone.DONE: "done", Tone.WARNING: "warning", Tone.DANGER: "danger"}
_ROLES = {Tone.DONE: "done", Tone.WARNING: "warning"}


class OpenValue(ValueInputs):
    """The inputs of the current value: Enter agrees, F2 takes the paper's, F4 says the paper has none."""

    def __init__(
        self,
        form: Form,
        wording: Wording,
        acts: tuple[Callable[[], object], Callable[[], object], Callable[[], object]],
        step: Callable[[int], object],
    ) -> None:
        super().__init__(form, wording)
        agree, take, leave_out = acts
        self.form = form
        self._step = step
        self._keys = {Qt.Key.Key_F2: take, Qt.Key.Key_F4: leave_out}
        self._compared = label(wrap=True)
        self._affects = label(role="small", wrap=True)
        self.lines.setContentsMargins(0, 4, 0, 0)
        self.lines.addWidget(self._compared)
        self.lines.addWidget(self._affects)
        say = wording
        self.agrees = button(say(N_("As on the paper, next")), agree, role="primary", hint="Enter")  # fmt: skip
        self.takes = button(say(N_("Change as on the paper")), take, hint="F2")
        self.leaves = button(say(N_("Not on the paper")), leave_out, hint="F4")
        self.lines.addLayout(row(self.agrees, self.takes, self.leaves, None, *self.page))  # fmt: skip
        self.entered.connect(agree)

    def show_page(self, affects: str, compared: str, tone: Tone) -> None:
        """What the value decides, and what the marked place says."""
        self.show_texts()
        self._affects.setText(affects)
        self._affects.setVisible(bool(affects))
        self._compared.setText(compared)
        self._compared.setVisible(bool(compared))
        set_role(self._compared, _ROLES.get(tone, "quiet"))

    def tell(self, words: str) -> None:
        """What to do now."""
        self._compared.setText(words)
        self._compared.setVisible(bool(words))
        set_role(self._compared, "quiet")

    def event(self, event: QEvent) -> bool:
        """The keys of an answer are this value's before they are the window's."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in self._keys
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An answer, or another value."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if act := self._keys.get(Qt.Key(event.key())):
            act()
        elif by := steps.get(Qt.Key(event.key())):
            self._step(by)
        else:
            super().keyPressEvent(event)


class BesideRow(QFrame):
    """Label, value in words, page and how sure it is; a click opens it."""

    def __init__(
        self, line: ScheduleLine, wording: Wording, chosen: Callable[[str], object]
    ) -> None:
        super().__init__()
        self.open_value: OpenValue | None = None
        self._wording = wording
        self._chosen = partial(chosen, line.key)
        self._name = label(line.label, "quiet", wrap=True)
        self._name.setFixedWidth(theme.px(_LABEL))
        self._words = label("", wrap=True)
        self._origin = chip("")
        self._head = QHBoxLayout()
        self._head.setSpacing(12)
        self._head.addWidget(self._name)
        self._head.addWidget(self._words, 1)
        self._head.addWidget(self._origin)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(16, 0, 16, 0)
        self._inside.setSpacing(4)
        self._inside.addWidget(rule())
        self._inside.addLayout(self._head)
        self.setMinimumHeight(theme.px(34))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(line.label)
        self.show_line(line)

    def show_line(self, line: ScheduleLine) -> None:
        """Show this value."""
        self._words.setText(line.words or "—")
        self._origin.setText(line.origin)
        self._origin.setVisible(bool(line.origin))
        set_role(self._origin, _CHIPS.get(line.tone, "plain"), "chip")

    def shows(self, form: Form | None) -> bool:
        """Whether the inputs that are open are those of this form."""
        return self.open_value is not None and self.open_value.form is form

    def open_with(
        self,
        form: Form,
        agree: Callable[[], object],
        take: Callable[[], object],
        leave_out: Callable[[], object],
        step: Callable[[int], object],
    ) -> None:
        """Open it below its line."""
        self.open_value = OpenValue(form, self._wording, (agree, take, leave_out), step)
        self._inside.addWidget(self.open_value)
        self._inside.setContentsMargins(16, 0, 16, 10)
        set_role(self, "open")
        set_role(self._name, "section")
        self.unsetCursor()

    def close_value(self) -> None:
        """Only its line."""
        if self.open_value:
            self._inside.removeWidget(self.open_value)
            self.open_value.hide()
            self.open_value.deleteLater()
            self.open_value = None
            self._inside.setContentsMargins(16, 0, 16, 0)
            set_role(self, "")
            set_role(self._name, "quiet")
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens it."""
        super().mouseReleaseEvent(event)
        if self.open_value is None:
            self._chosen()
