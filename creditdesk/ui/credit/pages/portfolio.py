"""A client's portfolio, drawn: the picture of who owes most above the list, filters that stay."""

from collections.abc import Hashable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QVBoxLayout, QWidget

from creditdesk.domain.credit.portfolio import Portfolio
from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.portfolio import (
    NARROW_TITLES,
    TABLES,
    Narrow,
    PortfolioPresenter,
)
from creditdesk.ui.parts import messages, theme
from creditdesk.ui.parts.bar_list import BarList
from creditdesk.ui.parts.controls import button, card, row, toggle
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "buyers"
_SIDE = 300


class PortfolioPage(Page):
    """Picture, concentration and moves above; every buyer below."""

    def __init__(self, workspace: Workspace, shell: Shell, client: int) -> None:
        say = shell.wording
        self._presenter = PortfolioPresenter(workspace, say, client)
        self._save = button(say(N_("Save…")), self._ask_where, role="primary")
        since, today = self._presenter.since, workspace.today()
        self.since = QDateEdit(QDate(since.year, since.month, since.day))
        self.since.setCalendarPopup(True)
        self.since.setDisplayFormat("yyyy-MM-dd")
        self.since.setMaximumDate(QDate(today.year, today.month, today.day))
        self.since.setAccessibleName(say(N_("Grades compared with")))
        self.since.dateChanged.connect(self._set_since)
        super().__init__(say(N_("Portfolio")), "", (self._save,))
        self._shell = shell
        self.chips = {
            each: toggle(
                say(NARROW_TITLES[each]),
                partial(self._narrow, each),
                on=each in self._presenter.narrowed,
            )
            for each in Narrow
        }
        self.bars = BarList(
            say(N_("Who owes most: insured and not insured")), self._open
        )
        self._spread = label(role="quiet", wrap=True)
        self._moved = label(role="quiet", wrap=True)
        self.panel = TablePanel(
            self._presenter.table,
            shell,
            opened=self._open,
            traced=self._trace,
            empty=say(N_("No buyers yet. They come with a client's ledger.")),
            search=say(N_("Filter buyers…")),
            tools=tuple(self.chips.values()),
        )
        self.panel.filter.setFixedWidth(theme.px(140))
        self.body.addWidget(self._picture())
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

    def _picture(self) -> QWidget:
        say = self._shell.wording
        frame, inside = card(margins=(20, 14, 20, 14))
        across = QHBoxLayout()
        across.setSpacing(24)
        left, side = QVBoxLayout(), QVBoxLayout()
        left.addWidget(label(say(N_("Who owes most: insured and not insured")), "section"))  # fmt: skip
        left.addWidget(self.bars)
        left.addWidget(label(say(N_("filled: insured · hatched: not insured")), "small", wrap=True))  # fmt: skip
        for each in (self._spread, self._moved):
            each.setFixedWidth(theme.px(_SIDE))
            side.addWidget(each)
        side.addLayout(
            row(label(say(N_("Grades compared with")), "quiet"), None, self.since)
        )
        side.addStretch(1)
        across.addLayout(left, 1)
        across.addLayout(side)
        inside.addLayout(across)
        return frame

    def _show(self, found: Portfolio) -> None:
        self._presenter.show(found)

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self.retitle(self._shell.wording(N_("Portfolio")), presenter.subtitle)
        self._save.setEnabled(presenter.found is not None)
        self.bars.show_bars(presenter.bars)
        self._spread.setText(presenter.concentration)
        self._moved.setText(presenter.moves)

    def _set_since(self, day: QDate) -> None:
        self._presenter.set_since(date(day.year(), day.month(), day.day()))
        self.recount()

    def _narrow(self, by: Narrow, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._presenter.narrow(by, on=on)

    def _trace(self, key: Hashable, column: str) -> bool:
        """Down to the documents of a figure."""
        aged = {"balance": "total", "overdue": "late"}.get(column)
        if aged:
            self._shell.go("receivables", buyer=key, column=aged)
        return bool(aged)

    def _open(self, key: Hashable) -> None:
        self._shell.go("buyer_file", buyer=key)

    def _ask_where(self) -> None:
        title = self._shell.wording(N_("Save…"))
        messages.choose_target(self, title, self._presenter.file_name, self._write)

    def _write(self, path: Path) -> None:
        self._shell.run(self._presenter.writing(path), while_there(self, self._written))

    def _written(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("Written to {path}."), path=path))

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.recount()


def build(workspace: Workspace, shell: Shell, client: int) -> QWidget:
    """The page."""
    return PortfolioPage(workspace, shell, client)
