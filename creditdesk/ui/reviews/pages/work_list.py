"""What the firm did for which client in a month, drawn: rows by day, a bar a client, the workbook for the hours."""

from collections.abc import Hashable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from creditdesk.domain.review.work import WorkRow
from creditdesk.i18n import N_, Message
from creditdesk.presenters.parts.form import FormField
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.reviews.work_list import WorkListPresenter
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.bar_list import BarList
from creditdesk.ui.parts.controls import button, card, row
from creditdesk.ui.parts.fields import ChoiceInput
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "reviews"
_SIDE = 340


class WorkListPage(Page):
    """Month and client above; a bar chooses its client."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        self._save = button(say(N_("To Excel, with hours…")), self._ask_where, role="primary")  # fmt: skip
        super().__init__(say(N_("Work list")), actions=(self._save,))
        self._shell = shell
        self._presenter = presenter = WorkListPresenter(workspace, say)
        self.month = self._choice("month", say(N_("Month")))
        self.month.offer(presenter.months)
        self.month.typed.connect(self._set_month)
        self.client = self._choice("client", say(N_("Client")))
        self.client.offer(presenter.clients)
        self.client.typed.connect(self._choose)
        self.earlier = button(say(N_("Earlier month")), partial(self._step, -1))
        self.later = button(say(N_("Later month")), partial(self._step, 1))
        self.panel = TablePanel(
            presenter.table,
            shell,
            empty=say(N_("Nothing was entered in this month. Choose another one.")),
            search=say(N_("Filter entries…")),
        )
        self.bars = BarList(say(N_("By client")), self._pick)
        frame, inside = card(margins=(16, 14, 16, 14))
        inside.addWidget(label(say(N_("By client")), "section"))
        inside.addWidget(self.bars)
        said = say(N_("entries of the month; a bar shows its client alone"))
        inside.addWidget(label(said, "small", wrap=True))
        inside.addStretch(1)
        self.body.addLayout(row(self.month, self.earlier, self.later, 8, self.client, None))  # fmt: skip
        self.body.addWidget(Fold(self.panel, scrolled(frame), _SIDE), 1)
        self.destroyed.connect(presenter.changed.connect(self._draw))
        self._draw(None)
        self.recount()

    def recount(self) -> None:
        """F5."""
        self._shell.run(self._presenter.job(), while_there(self, self._show))

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def write_to(self, path: Path) -> None:
        """Write it there."""
        self._shell.run(self._presenter.writing(path), while_there(self, self._written))

    def _choice(self, key: str, name: str) -> ChoiceInput:
        made = ChoiceInput(FormField(key=key, label=name, kind=FieldKind.CHOICE), self._shell.wording)  # fmt: skip
        made.setMinimumWidth(180)
        return made

    def _show(self, rows: tuple[WorkRow, ...]) -> None:
        self._presenter.show(rows)

    def _set_month(self, text: str) -> None:
        if text:
            self._presenter.set_month(text)
            self.recount()

    def _step(self, by: int) -> None:
        if self._presenter.step(by):
            self.recount()

    def _choose(self, text: str) -> None:
        self._presenter.choose(text)

    def _pick(self, client: Hashable) -> None:
        self._presenter.choose("" if self._presenter.client == client else client)

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self.retitle(self._shell.wording(N_("Work list")), presenter.subtitle)
        self.month.show_text(presenter.month.isoformat())
        self.client.show_text("" if presenter.client is None else str(presenter.client))
        self._save.setEnabled(presenter.rows is not None)
        self.bars.show_bars(presenter.bars)
        first, last = presenter.months[0].value, presenter.months[-1].value
        self.earlier.setEnabled(presenter.month.isoformat() != last)
        self.later.setEnabled(presenter.month.isoformat() != first)

    def _ask_where(self) -> None:
        title = self._shell.wording(N_("To Excel, with hours…"))
        messages.choose_target(self, title, self._presenter.file_name, self.write_to)

    def _written(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("Written to {path}."), path=path))


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return WorkListPage(workspace, shell)
