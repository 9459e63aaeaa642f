"""How an insurer served the firm's clients, drawn: pictures above, the rows behind their bars below."""

from collections.abc import Hashable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creditdesk.domain.review.insurer import Behind, InsurerRecord
from creditdesk.i18n import N_, Message
from creditdesk.presenters.insurers.record import TABLES, InsurerRecordPresenter
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.picture_grid import PictureGrid
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "policies"


class InsurerRecordPage(Page):
    """A bar narrows the list below; a row opens its buyer, claim or premium."""

    def __init__(self, workspace: Workspace, shell: Shell, insurer: str) -> None:
        say = shell.wording
        self._presenter = InsurerRecordPresenter(workspace, say, insurer)
        self._save = button(say(N_("Save…")), self._ask_where, role="primary")
        super().__init__(insurer, self._presenter.subtitle, (self._save,))
        self._shell = shell
        self.grid = PictureGrid(self._choose)
        self._said = label(role="quiet", wrap=True)
        none = N_(
            "Nothing is known of its service yet: limits asked for, claims and premium notes stand here."
        )
        self.panel = TablePanel(
            self._presenter.table,
            shell,
            opened=self._open,
            empty=say(none),
            search=say(N_("Filter rows…")),
        )
        above = QVBoxLayout()
        above.addLayout(self.grid)
        above.addWidget(self._said)
        self.body.addLayout(above)
        self.body.addWidget(self.panel, 1)
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

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def save_to(self, path: Path) -> None:
        """Write it there, as PDF or Excel by its ending."""
        self._shell.run(self._presenter.writing(path), while_there(self, self._written))

    def _show(self, found: InsurerRecord) -> None:
        self._presenter.show(found)

    def _draw(self, _nothing: None) -> None:
        self._save.setEnabled(self._presenter.found is not None)
        self.grid.show_pictures(self._presenter.pictures)
        self._said.setText(self._presenter.said)

    def _choose(self, picture: Hashable, bar: Hashable) -> None:
        if isinstance(picture, tuple):
            self._presenter.choose(str(picture[1]), Behind(str(bar)))

    def _open(self, key: Hashable) -> None:
        place = self._presenter.place_of(key)
        if place is not None:
            self._shell.go(place[0], **place[1])

    def _ask_where(self) -> None:
        title = self._shell.wording(N_("Save…"))
        messages.choose_target(self, title, self._presenter.file_name, self.save_to)

    def _written(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("Written to {path}."), path=path))

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.recount()


def build(workspace: Workspace, shell: Shell, insurer: str) -> QWidget:
    """The page."""
    return InsurerRecordPage(workspace, shell, insurer)
