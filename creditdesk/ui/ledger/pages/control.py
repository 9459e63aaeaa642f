"""The control account against the ledger, drawn."""

from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.ledger.control import TABLES, ControlPresenter
from creditdesk.presenters.parts.form import FormField
from creditdesk.presenters.parts.table import Cell, Tone
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.services.ledger.control_values import ControlAccount
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, card, clear, row
from creditdesk.ui.parts.fields import ChoiceInput, DayInput, LineInput
from creditdesk.ui.parts.flow import Flow
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import fault_line, label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "receivables"
_ROLES = {
    Tone.DANGER: "danger", Tone.WARNING: "warning", Tone.DONE: "done", Tone.QUIET: "quiet",
}  # fmt: skip
_FIGURE, _WIDTH = 5, 160


class ControlPage(Page):
    """Client and day above, the figures by currency, and the rows between below."""

    def __init__(
        self, workspace: Workspace, shell: Shell, client: int | None, day: str
    ) -> None:
        say = shell.wording
        self._shell = shell
        self._presenter = ControlPresenter(workspace, say, client, day)
        self._keep = button(
            say(N_("Keep and compare")), self.keep, role="primary", hint="Ctrl+S"
        )
        super().__init__(
            say(N_("Compare with account 1122")),
            self._presenter.subtitle,
            (self._keep,),
        )
        self.body.addLayout(self._question())
        self._fault = fault_line()
        self.body.addWidget(self._fault)
        frame, inside = card(margins=(16, 12, 16, 12))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(len(self._presenter.head), 1)
        inside.addLayout(self._grid)
        self.figures: dict[str, LineInput] = {}
        self.body.addWidget(frame)
        self.rows = TablePanel(
            self._presenter.rows,
            shell,
            opened=self._open,
            empty=say(
                N_("Nothing lies between: every row was used, every receipt is set.")
            ),
            search=say(N_("Filter buyers, files…")),
        )
        self.body.addWidget(self.rows, 1)
        self.destroyed.connect(self._presenter.changed.connect(self._draw))
        self.destroyed.connect(workspace.changed.connect(self._on_change))
        shell.guard(lambda: self._presenter.is_edited, self._save_first)
        self._draw(None)
        self.recount()

    def recount(self) -> None:
        """F5: count it anew."""
        if self._presenter.may_count:
            show = while_there(self, self._presenter.show)
            self._shell.run(self._presenter.job(), show)
        else:
            self._presenter.rows.show(())

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.rows.filter.setFocus()

    def keep(self) -> bool:
        """Keep the figures and compare; a figure that can't be read is said at its field."""
        job = self._presenter.keeping()
        if job is None:
            return False
        self._shell.run(job, while_there(self, self._kept))
        return True

    def _kept(self, account: ControlAccount) -> None:
        self._presenter.show(account)
        self._shell.tell(Message(N_("The figures are kept.")))

    def _save_first(self) -> bool:
        return self.keep()

    def _question(self) -> Flow:
        say, presenter = self._shell.wording, self._presenter
        self.client = ChoiceInput(
            FormField(key="client", label=say(N_("Client")), kind=FieldKind.CHOICE), say
        )
        self.client.offer(presenter.clients)
        self.client.setMinimumWidth(240)
        self.client.typed.connect(self._choose)
        self.day = DayInput(
            FormField(key="day", label=say(N_("As of")), kind=FieldKind.DATE), say
        )
        self.day.left.connect(self._set_day)
        self.other = ChoiceInput(
            FormField(
                key="other",
                label=say(N_("Another currency")),
                kind=FieldKind.CHOICE,
                hint=say(N_("Another currency")),
            ),
            say,
        )
        self.other.typed.connect(presenter.add_currency)
        return row(
            self.client, 8, label(say(N_("As of")), "quiet"), self.day, 8, self.other, None
        )  # fmt: skip

    def _choose(self, client: str) -> None:
        self._presenter.choose(client)
        self.recount()

    def _set_day(self) -> None:
        before = self._presenter.as_of
        self._presenter.set_day(self.day.text())
        if self._presenter.as_of != before:
            self.recount()

    def _draw(self, _nothing: None) -> None:
        say, presenter = self._shell.wording, self._presenter
        title = say(N_("Compare with account 1122"))
        self.retitle(title, presenter.subtitle)
        self.client.show_text(str(presenter.client or ""))
        self.other.offer(presenter.others)
        if not presenter.refused:
            self.day.show_text(presenter.as_of.isoformat())
        self._fault.setText(presenter.refused)
        self._fault.setVisible(bool(presenter.refused))
        self._keep.setEnabled(presenter.may_count)
        self._draw_figures()

    def _draw_figures(self) -> None:
        presenter = self._presenter
        focused = next((code for code, each in self.figures.items() if each.edit.hasFocus()), "")  # fmt: skip
        clear(self._grid)
        self.figures = {}
        for column, head in enumerate(presenter.head):
            self._grid.addWidget(_figure(Cell(self._shell.wording(head)), column, "small"), 0, column)  # fmt: skip
        for place, code in enumerate(presenter.currencies):
            self._draw_currency(code, 1 + 3 * place)
        if focused in self.figures:
            self.figures[focused].edit.setFocus()

    def _draw_currency(self, code: str, line: int) -> None:
        say, presenter = self._shell.wording, self._presenter
        cells = presenter.line(code)
        for column, cell in enumerate((*cells[:_FIGURE], Cell(""), *cells[_FIGURE:])):
            if column != _FIGURE:
                self._grid.addWidget(_figure(cell, column), line, column)
        name = say(N_("Account 1122 in {currency}"), currency=say.currency(code))
        made = LineInput(
            FormField(key=code, label=name, kind=FieldKind.AMOUNT, hint="0.00"),
            self._shell.wording,
        )
        made.setFixedWidth(theme.px(_WIDTH))
        made.show_text(presenter.typed(code))
        made.typed.connect(partial(presenter.type, code))
        made.edit.returnPressed.connect(self.keep)
        made.mark(presenter.faults.get(code, ""))
        self.figures[code] = made
        self._grid.addWidget(made, line, _FIGURE)
        words, tone = presenter.verdict(code)
        below = presenter.faults.get(code) or words
        role = "fault" if code in presenter.faults else _ROLES.get(tone, "")
        columns = len(presenter.head) + 1
        self._grid.addWidget(label(below, role, wrap=True), line + 1, 0, 1, columns)
        if apart := presenter.apart(code):
            said = label(apart, "small", wrap=True)
            self._grid.addWidget(said, line + 2, 0, 1, columns)

    def _open(self, key: Hashable) -> None:
        found = self._presenter.place(key)
        if found is not None:
            place, where = found
            self._shell.go(place, **where)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES and not self._presenter.is_edited:
            self.recount()


def _figure(cell: Cell, column: int, role: str = "") -> QWidget:
    made = label(cell.text, role or _ROLES.get(cell.tone, "strong" if cell.bold else ""))  # fmt: skip
    if column:
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def build(
    workspace: Workspace, shell: Shell, client: int | None = None, day: str = ""
) -> QWidget:
    """The page of a client and a day (ISO); without, of the chosen client today."""
    return ControlPage(workspace, shell, client, day)
