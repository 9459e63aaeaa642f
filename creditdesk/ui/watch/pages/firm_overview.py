"""Today's second view, drawn: all clients of the firm in pictures or a list, and the figures that filter them."""

from collections.abc import Hashable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from creditdesk.domain.review.firm import Only
from creditdesk.i18n import N_, Message
from creditdesk.presenters.watch.firm_overview import (
    ONLY_TITLES,
    TABLES,
    FirmOverview,
)
from creditdesk.reports.firm import FirmDay
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, row, toggle
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.picture_grid import PictureGrid
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import NameLabel, label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "today"


class FirmOverviewPage(Page):
    """Figures above, clients below: pictures whose bars open their rows, or a list."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        actions = (
            button(say(N_("To do")), partial(shell.go, "today")),
            button(say(N_("Calendar")), partial(shell.go, "calendar")),
            button(say(N_("Print monthly reports…")), self.start_print, hint="Ctrl+P"),
        )  # fmt: skip
        self.listed = toggle(say(N_("As a list")), self._show_list)
        self._save = button(say(N_("Save…")), self._ask_where, role="primary")
        super().__init__(
            say(N_("Clients at a glance")), actions=(self.listed, *actions, self._save)
        )
        self._shell, self._workspace = shell, workspace
        self._presenter = FirmOverview(workspace, say)
        self._shown: dict[Only, tuple[QLabel, QLabel, QPushButton]] = {}
        figures = QHBoxLayout()
        figures.setSpacing(12)
        for only in Only:
            figures.addWidget(self._figure(only), 1)
        self.body.addLayout(figures)
        self.panel = TablePanel(
            self._presenter.table,
            shell,
            opened=self._open,
            empty=say(N_("No clients yet.")),
            search=say(N_("Filter clients…")),
        )
        self._left_out = label(role="quiet", wrap=True)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 4, 0)
        self.grid = PictureGrid(self._open_bar)
        around.addLayout(self.grid)
        around.addWidget(self._left_out)
        around.addStretch(1)
        self._pictures = scrolled(inside)
        self._pictures.setAccessibleName(say(N_("Pictures")))
        self.body.addWidget(self._pictures, 1)
        self.body.addWidget(self.panel, 1)
        self.panel.hide()
        for disconnect in (
            self._presenter.changed.connect(self._draw),
            workspace.changed.connect(self._on_change),
        ):
            self.destroyed.connect(disconnect)
        self._draw(None)
        self.recount()

    def recount(self) -> None:
        """F5."""
        self._shell.run(self._presenter.job(), while_there(self, self._show))

    def start_print(self) -> None:
        """Ctrl+P: the reports of the month."""
        self._shell.go("letter_round", letter="month")

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.listed.setChecked(True)
        self.panel.filter.setFocus()

    def _figure(self, only: Only) -> QWidget:
        say = self._shell.wording
        frame, inside = card(spacing=2)
        figure, names = label(role="section", wrap=True), NameLabel(role="small")
        narrow = button(say(N_("Only these")), partial(self._presenter.choose, only), role="flat")  # fmt: skip
        inside.addWidget(label(say(ONLY_TITLES[only]), "small", wrap=True))
        inside.addWidget(figure)
        inside.addWidget(names)
        inside.addLayout(row(narrow, None))
        self._shown[only] = (figure, names, narrow)
        return frame

    def _show_list(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.panel.setVisible(on)
        self._pictures.setVisible(not on)

    def _show(self, found: FirmDay) -> None:
        self._presenter.show(found)

    def _open_bar(self, picture: Hashable, client: Hashable) -> None:
        place, where = self._presenter.opened(picture, client)
        self._shell.go(place, **where)

    def _ask_where(self) -> None:
        title = self._shell.wording(N_("Save…"))
        messages.choose_target(self, title, self._presenter.file_name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write it there, as PDF or Excel by its ending."""
        self._shell.run(self._presenter.writing(path), while_there(self, self._written))

    def _written(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("Written to {path}."), path=path))

    def _draw(self, _nothing: None) -> None:
        say, presenter = self._shell.wording, self._presenter
        self.retitle(say(N_("Clients at a glance")), presenter.subtitle)
        self._save.setEnabled(presenter.found is not None)
        self.grid.show_pictures(presenter.pictures)
        self._left_out.setText(presenter.left_out)
        for only, (figure, names, narrow) in self._shown.items():
            amount, behind = presenter.figure(only)
            figure.setText(amount)
            names.setText(behind)
            chosen = presenter.only is only
            narrow.setText(say(N_("All again")) if chosen else say(N_("Only these")))

    def _open(self, key: Hashable) -> None:
        if isinstance(key, int):
            self._workspace.choose(key)
        self._shell.go("today")

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.recount()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return FirmOverviewPage(workspace, shell)
