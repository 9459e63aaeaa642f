"""The versions of a policy, drawn in one line: as signed, the endorsements, and the day whose terms are shown."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import FormField
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.policy_file import PolicyFilePresenter, VersionChip
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, clear, row, toggle
from creditdesk.ui.parts.fields import input_for
from creditdesk.ui.parts.text import label

_CHOICE = 320
_BUTTON = 220
_SIDE_BY_SIDE = 2
"""Versions with a button each; more of them become a choice."""


class VersionStrip(QWidget):
    """Chooses the version or the day; the page redraws it with everything else."""

    def __init__(
        self,
        presenter: PolicyFilePresenter,
        wording: Wording,
        endorse: Callable[[], object],
        only_changed: Callable[[bool], object],
    ) -> None:
        super().__init__()
        self._presenter = presenter
        self._wording = wording
        shown = QWidget()
        self._versions = QHBoxLayout(shown)
        self._versions.setContentsMargins(0, 0, 0, 0)
        self._versions.setSpacing(8)
        self.only_changed = toggle(wording(N_("Only what it changes")), only_changed)
        self.only_changed.setToolTip(wording(N_("The values this endorsement changed")))
        field = FormField(
            key="on", label=wording(N_("In force on")), kind=FieldKind.DATE
        )
        self.day = input_for(field, wording)
        self.day.typed.connect(self._look_on)
        self._day_said = label(role="warning")
        new = button(wording(N_("New endorsement…")), endorse, role="flat")
        which = (
            self._day_said,
            self.only_changed,
            label(field.label, "quiet"),
            self.day,
        )
        self.setLayout(row(shown, new, None, *which))

    def refresh(self) -> None:
        """Show the versions and the day as they are now."""
        clear(self._versions)
        versions = self._presenter.versions
        if len(versions) > _SIDE_BY_SIDE:
            self._versions.addWidget(self._choice(versions))
        for version in versions if len(versions) <= _SIDE_BY_SIDE else ():
            choose = partial(self._choose, version.effective_from)
            shown = toggle(self._short(version.words), choose, on=version.shown)
            shown.setAccessibleName(version.words)
            shown.setToolTip(f"{version.words}\n{version.hint}")
            self._versions.addWidget(shown)
        self._draw_day()

    def _short(self, words: str) -> str:
        """A long reason gives way; the tooltip has it whole."""
        elide = Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(words, elide, _BUTTON)

    def _choice(self, versions: Sequence[VersionChip]) -> QComboBox:
        """More versions than fit side by side."""
        made = QComboBox()
        made.setAccessibleName(self._wording(N_("Version of the terms")))
        made.setMaximumWidth(theme.px(_CHOICE))
        for version in versions:
            made.addItem(version.words, version.effective_from)
        made.setCurrentIndex([each.shown for each in versions].index(True))
        made.activated.connect(self._choose_place)
        return made

    def _draw_day(self) -> None:
        presenter = self._presenter
        if not self.day.inner.hasFocus():
            self.day.show_text(presenter.on.isoformat())
            self.day.mark("")
        self._day_said.setText(presenter.said_of_day)
        self._day_said.setVisible(bool(presenter.said_of_day))
        self.only_changed.setVisible(presenter.changes > 0)
        if not presenter.changes:
            self.only_changed.setChecked(False)

    def _choose(self, effective_from: date, _on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._presenter.choose(effective_from)

    def _choose_place(self, place: int) -> None:
        self._presenter.choose(self._presenter.versions[place].effective_from)

    def _look_on(self, text: str) -> None:
        self.day.mark(self._presenter.look_on(text))
