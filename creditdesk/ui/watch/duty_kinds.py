"""The line of Today on which one kind of duties is chosen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QWidget

from creditdesk.domain.duties.agenda import KIND_TITLES
from creditdesk.domain.duties.duties import DutyKind
from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts.controls import toggle
from creditdesk.ui.parts.flow import Flow


class DutyKinds(QWidget):
    """All duties, or those of one kind; `chosen` is told which, None for all.

    `besides` is called for what waits and is no duty, where a page has it.
    """

    def __init__(
        self,
        wording: Wording,
        chosen: Callable[[DutyKind | None], object],
        besides: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._chosen = chosen
        self._besides = besides
        self.buttons = QButtonGroup(self)
        self.buttons.setExclusive(True)
        line = Flow()
        self.setLayout(line)
        first: tuple[DutyKind | None, str] = (None, N_("All duties"))
        for kind, title in (first, *KIND_TITLES.items()):
            made = toggle(wording(title), partial(self._flip, kind), on=kind is None)
            self.buttons.addButton(made)
            line.addWidget(made)
        self.other = toggle("", self._flip_other)
        if besides is not None:
            self.buttons.addButton(self.other)
            line.addWidget(self.other)

    def _flip(self, kind: DutyKind | None, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on:
            self._chosen(kind)

    def _flip_other(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on and self._besides is not None:
            self._besides()
