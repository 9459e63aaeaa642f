"""Limits across buyers, drawn."""

from collections.abc import Hashable
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from creditdesk.catalog.letters import LIMIT_LETTERS
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.i18n import N_
from creditdesk.presenters.credit.limits import TABLES, Keep, LimitRow, LimitsPresenter
from creditdesk.presenters.watch.agenda import LIMITS_PART
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, toggle
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "buyers"


class LimitsPage(Page):
    """Every buyer's limit, what is used of it, and what to ask the insurer for."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        self._presenter = LimitsPresenter(workspace, say)
        self._shell = shell
        self._enter = button(say(N_("Enter a decision…")), self.start_new, hint="Ctrl+N")  # fmt: skip
        self._ask = button(say(N_("Ask the insurer…")), self._go_request, role="primary")  # fmt: skip
        stopped = button(say(N_("Stop list…")), lambda: shell.go("reports", report="stop_list"))  # fmt: skip
        pasted = button(say(N_("List of decisions…")), lambda: shell.go("limit_list"))
        super().__init__(say(N_("Credit limits")), "", (stopped, pasted, self._enter, self._ask))  # fmt: skip
        self.chips: dict[Keep, QPushButton] = {
            keep: toggle(self._presenter.chip(keep), partial(self._narrow, keep))
            for keep in Keep
        }
        self.panel = TablePanel(
            self._presenter.table,
            shell,
            opened=self._open,
            traced=self._trace,
            empty=say(N_("No buyers yet. They come with a client's ledger.")),
            search=say(N_("Filter buyers…")),
            tools=tuple(self.chips.values()),
        )
        self.panel.filter.setFixedWidth(theme.px(160))
        self.body.addWidget(self.panel, 1)
        self.setFocusProxy(self.panel.view)
        self.panel.view.selectionModel().selectionChanged.connect(self._enable)
        for disconnect in (
            self._presenter.table.changed.connect(self._enable),
            workspace.changed.connect(self._on_change),
        ):
            self.destroyed.connect(disconnect)
        self._enable()
        self.recount()

    def recount(self) -> None:
        """F5: read the list anew."""
        title = self._shell.wording(N_("Credit limits"))
        self.retitle(title, self._presenter.subtitle)
        self._shell.run(self._presenter.job(), while_there(self, self._show))

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def start_new(self) -> None:
        """Ctrl+N: a decision on the chosen buyer."""
        row = self._chosen()
        if row is None:
            self._shell.go("limit_entry")
            return
        policy = row.limit.policy_id if row.limit else None
        self._shell.go("limit_entry", policy=policy, buyer=row.line.id)

    def _show(self, rows: tuple[LimitRow, ...]) -> None:
        self._presenter.show(rows)
        for keep, chip in self.chips.items():
            chip.setText(self._presenter.chip(keep))

    def _narrow(self, keep: Keep, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on:
            for other, chip in self.chips.items():
                if other is not keep:
                    chip.setChecked(False)
            self._presenter.narrow(keep)
        elif self._presenter.keep is keep:
            self._presenter.narrow(None)

    def _chosen(self) -> LimitRow | None:
        keys = self.panel.view.selected()
        return self._presenter.table.get(keys[0]) if len(keys) == 1 else None

    def _enable(self, *_what: object) -> None:
        row = self._chosen()
        self._ask.setEnabled(row is not None)

    def _go_request(self) -> None:
        row = self._chosen()
        if row is None:
            return
        policy = self._presenter.policy_of(row)
        if policy is None:
            self._shell.go("buyer_file", buyer=row.line.id)
            return
        kind = row.next_kind or (
            RequestKind.INCREASE if row.limit and row.limit.amount else RequestKind.NEW
        )
        self._shell.go(
            "letter", letter=LIMIT_LETTERS[kind], policy=policy, buyer=row.line.id
        )

    def _trace(self, key: Hashable, column: str) -> bool:
        """Down to the documents of a figure."""
        aged = {"balance": "total"}.get(column)
        if aged:
            self._shell.go("receivables", buyer=key, column=aged)
        return bool(aged)

    def _open(self, key: Hashable) -> None:
        self._shell.go("buyer_file", buyer=key, part=LIMITS_PART)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.recount()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return LimitsPage(workspace, shell)
