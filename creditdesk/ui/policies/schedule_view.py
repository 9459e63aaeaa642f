"""The schedule of a policy, drawn: one row a value, entered and checked where it stands."""

from functools import partial

from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.policy_file import PolicyFilePresenter
from creditdesk.presenters.policies.schedule_lines import ScheduleLine
from creditdesk.ui.parts.controls import card
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.text import label
from creditdesk.ui.policies.schedule_row import ScheduleEditor, ScheduleRow


class ScheduleView(QWidget):
    """Every value by section."""

    def __init__(self, presenter: PolicyFilePresenter, wording: Wording) -> None:
        super().__init__()
        self._presenter = presenter
        self._wording = wording
        self._only_open = False
        self._only_changed = False
        self._rows: dict[str, ScheduleRow] = {}
        self._frames: list[tuple[QFrame, tuple[str, ...]]] = []
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(12)
        for section in presenter.sections:
            frame, rows = card(spacing=0, margins=(16, 12, 16, 8))
            rows.addWidget(label(section.title, "section"))
            rows.addSpacing(6)
            for line in section.lines:
                rows.addWidget(self._row(line))
            keys = tuple(line.key for line in section.lines)
            self._frames.append((frame, keys))
            layout.addWidget(frame)
        layout.addStretch(1)
        self._area: QScrollArea = scrolled(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def refresh(self) -> None:
        """Show the values as they are now."""
        for section in self._presenter.sections:
            for line in section.lines:
                self._rows[line.key].show_line(line)
        self._hide_checked()

    def show_only_open(self, only: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Only what waits to be checked or asked."""
        self._only_open = only
        self._hide_checked()

    def show_only_changed(self, only: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Only what the endorsement changed."""
        self._only_changed = only
        self._hide_checked()

    def go_to_next(self, after: str = "") -> None:
        """Put the cursor on the next value that waits."""
        key = self._presenter.next_open(after)
        if key is not None:
            self._rows[key].take_focus()
            self._area.ensureWidgetVisible(self._rows[key], 0, 120)

    def row(self, key: str) -> "ScheduleRow":
        """The row of a value."""
        return self._rows[key]

    @property
    def waiting(self) -> int:
        """How many values wait to be checked or entered."""
        return sum(each.line.is_open for each in self._rows.values())

    @property
    def editor(self) -> "ScheduleEditor | None":
        """The inputs that are open."""
        key = self._presenter.editing
        return self._rows[key].editor if key else None

    def _row(self, line: ScheduleLine) -> "ScheduleRow":
        made = ScheduleRow(line, self._wording, self._check, self.edit)
        self._rows[line.key] = made
        return made

    def _check(self, key: str) -> None:
        self._presenter.confirm(key)
        self.go_to_next(key)

    def edit(self, key: str) -> None:
        """Open the inputs of a value below its line."""
        self._close_editor()
        form = self._presenter.edit(key)
        self._rows[key].open_editor(form, self._close_editor, partial(self._kept, key))
        if self.editor:
            self.editor.grown.connect(self._show_editor)

    def _show_editor(self) -> None:
        """Bring the inputs into view."""
        if self._presenter.editing:
            edited = self._rows[self._presenter.editing]
            self._area.ensureWidgetVisible(edited, 0, 24)

    def _kept(self, key: str) -> None:
        self._close_editor()
        self.refresh()
        self.go_to_next(key)

    def _close_editor(self) -> None:
        if self._presenter.editing:
            self._rows[self._presenter.editing].close_editor()
        self._presenter.cancel()

    def _hide_checked(self) -> None:
        for frame, keys in self._frames:
            shown = [key for key in keys if self._is_shown(key)]
            for key in keys:
                self._rows[key].setVisible(key in shown)
            frame.setVisible(bool(shown))

    def _is_shown(self, key: str) -> bool:
        line = self._rows[key].line
        if key == self._presenter.editing:
            return True
        return (line.is_open or not self._only_open) and (
            bool(line.was) or not self._only_changed
        )
