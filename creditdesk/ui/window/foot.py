"""The window's foot: what is being done, how far, and Cancel; or what was just done."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from creditdesk.i18n import N_
from creditdesk.jobs import Step
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.text import label, set_role

_TOLD_FOR = 8_000
_UNDONE_FOR = 60_000
_HIGH = 34


class Foot(QWidget):
    """One line, empty while there is nothing to say."""

    def __init__(self, wording: Wording, cancel: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._wording = wording
        self._said = label(role="quiet")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(theme.px(200))
        self._bar.setAccessibleName(wording(N_("Progress")))
        self._cancel = button(wording(N_("Cancel")), cancel)
        self._undo = button(f"{wording(N_('Undo'))}  Ctrl+Z", self.undo)
        self._undoing: Callable[[], object] | None = None
        self._forget = QTimer(self, singleShot=True, interval=_TOLD_FOR)
        self._forget.timeout.connect(self._rest)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 2, 20, 2)
        self.setFixedHeight(theme.px(_HIGH))
        layout.addWidget(self._said, 1)
        layout.addWidget(self._undo)
        layout.addWidget(self._bar)
        layout.addWidget(self._cancel)
        self._show(on=False)

    def show_step(self, step: Step) -> None:
        """How far the work is."""
        set_role(self._said, "quiet")
        self._said.setText(self._wording.message(step.what))
        self._bar.setRange(0, step.total)
        self._bar.setValue(step.done)
        self._working(working=True)

    def show_text(
        self, text: str, tone: str, undoing: Callable[[], object] | None = None
    ) -> None:
        """What was done, and for a minute what undoes it."""
        set_role(self._said, tone)
        self._said.setText(text)
        self._undoing = undoing
        self._working(working=False)
        self._forget.start(_UNDONE_FOR if undoing else _TOLD_FOR)

    def undo(self) -> None:
        """Void what was just entered; nothing where that minute is over."""
        undoing, self._undoing = self._undoing, None
        if undoing:
            self._rest()
            undoing()

    def finish(self) -> None:
        """The work is over."""
        if not self._bar.isVisibleTo(self):
            return
        if self._undoing:
            self._working(working=False)
            self._forget.start(_UNDONE_FOR)
            return
        self._rest()

    def _rest(self) -> None:
        """Nothing to say; the line stays, so that nothing above it moves."""
        self._undoing = None
        self._said.clear()
        self._show(on=False)

    def _show(self, *, on: bool) -> None:
        self._said.setVisible(on)
        if not on:
            self._bar.hide()
            self._cancel.hide()
            self._undo.hide()

    def _working(self, *, working: bool) -> None:
        self._forget.stop()
        self._bar.setVisible(working)
        self._cancel.setVisible(working)
        self._undo.setVisible(self._undoing is not None and not working)
        self._show(on=True)
