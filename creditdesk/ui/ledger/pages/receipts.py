"""Money received, drawn: the lines that wait at the left, what the chosen one may pay at the right."""

from collections.abc import Hashable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelection
from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.importers.bank.direction import View
from creditdesk.presenters.ledger.receipts import TABLES, ReceiptsPresenter
from creditdesk.presenters.ledger.statement_import import StatementImport
from creditdesk.services.ledger.receipt_values import LineId, LineState, StatementTaken
from creditdesk.ui.ledger.receipt_side import ReceiptSide
from creditdesk.ui.ledger.statement_band import StatementBand
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.file_drop import FileDrop
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.page import Page, Tabs
from creditdesk.ui.parts.pasting import Pasting
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import UNDONE, ask_void
from creditdesk.workspace import Workspace

RAIL = "receivables"
_KINDS = "Excel, CSV (*.xlsx *.xls *.xlsb *.ods *.csv *.txt *.tsv)"
_SIDE = 440


class ReceiptsPage(Page):
    """Lines that wait and lines that were decided; a statement on its way in stands above them."""

    def __init__(self, workspace: Workspace, shell: Shell, path: str) -> None:
        say = shell.wording
        self._all = button(say(N_("Confirm all certain ones")), self._ask_all)
        super().__init__(
            say(N_("Money received")),
            say(
                N_(
                    "What banks say came in, set against open invoices; nothing counts until you confirm it"
                )
            ),
            (
                self._all,
                button(say(N_("Import a bank statement…")), self.start_new),
            ),
        )
        self._shell = shell
        self._presenter = ReceiptsPresenter(workspace, say)
        self._import = StatementImport(workspace, say)
        self.band = StatementBand(self._import, shell, self._read, self._take_in)
        self.body.addWidget(self.band)
        self._pasting = Pasting(self, shell, self.take_files)
        self.drop = FileDrop(
            say(
                N_(
                    "Drop a bank's statement here: Excel or text, as the bank, Alipay or WeChat Pay exports it. "
                    "Its receipts wait here until you say what they pay."
                )
            ),
            say(N_("Choose a file…")),
            dropped=self.take_files,
            pressed=self.start_new,
            paste=(say(N_("Paste rows copied in Excel")), self._pasting.paste),
        )
        self.tabs = Tabs()
        self.tabs.add(say(N_("Waiting")), self._waiting())
        self.tabs.add(say(N_("Decided")), self._decided())
        self.tabs.add(say(N_("Void")), self._voided())
        self.body.addWidget(self.drop, 1)
        self.body.addWidget(self.tabs, 1)
        self.body.addStretch(0)
        for event in (self._presenter.changed, self._import.changed):
            self.destroyed.connect(event.connect(self._draw))
        self.destroyed.connect(workspace.changed.connect(self._on_change))
        self._draw(None)
        self.recount()
        if path:
            self.start(Path(path))

    def recount(self) -> None:
        """F5: look for suggestions anew."""
        show = while_there(self, self._presenter.show)
        self._shell.run(self._presenter.job(), show)

    def start_new(self) -> None:
        """Ctrl+N: another statement."""
        title = self._shell.wording(N_("Choose a bank statement"))
        messages.choose_file(self, title, _KINDS, self.start)

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.waiting.filter.setFocus()

    def take_files(self, paths: list[Path]) -> None:
        """A statement that was dropped or pasted; one at a time, for each has its own account."""
        self.start(paths[0])

    def start(self, path: Path) -> None:
        """A statement on its way in."""
        self._import.begin(path)
        self._read(None, None)

    def _read(self, day_first: bool | None, view: View | None) -> None:  # noqa: FBT001 - a choice handed over by the band
        if self._import.may_read:
            job = self._import.reading(day_first=day_first, view=view)
            show, refuse = self._import.show, self._import.refuse
            self._shell.run(job, while_there(self, show), while_there(self, refuse))

    def _take_in(self) -> None:
        self._shell.run(self._import.taking_in(), while_there(self, self._taken))

    def _taken(self, told: StatementTaken) -> None:
        self._import.leave()
        self._shell.tell(
            Message.of(
                N_("{added} receipts wait now. They can be taken back under Imports."),
                added=told.added,
            )
        )

    def _waiting(self) -> QWidget:
        say = self._shell.wording
        self.waiting = TablePanel(
            self._presenter.waiting,
            self._shell,
            opened=self._enter,
            empty=say(N_("Nothing waits: every receipt is decided.")),
            search=say(N_("Filter payers, texts…")),
        )
        chosen = self.waiting.view.selectionModel()
        chosen.selectionChanged.connect(self._choose)
        self.side = ReceiptSide(self._shell, self._confirm, self._set_aside)
        return Fold(self.waiting, self.side, _SIDE, spacing=12)

    def _decided(self) -> QWidget:
        say = self._shell.wording
        self.decided = TablePanel(
            self._presenter.decided,
            self._shell,
            empty=say(N_("Nothing was confirmed or set aside yet.")),
            search=say(N_("Filter payers, texts…")),
            tools=(button(say(N_("Void or take back…")), self._ask_back),),
        )
        return self.decided

    def _voided(self) -> QWidget:
        say = self._shell.wording
        return TablePanel(
            self._presenter.voided,
            self._shell,
            empty=say(N_("No confirmed payment was voided.")),
            search=say(N_("Filter payers, texts…")),
        )

    def _choose(self, _new: QItemSelection, _old: QItemSelection) -> None:
        chosen = self.waiting.view.selected()
        if chosen and isinstance(chosen[0], int):
            self._presenter.choose(LineId(chosen[0]))

    def _enter(self, _key: Hashable) -> None:
        """Enter in the list: confirm what leaves nothing to be asked, else go to the side."""
        choice = self._presenter.choice
        if choice is not None and choice.may_confirm_at_once:
            self._confirm()
        else:
            self.side.setFocus()

    def _confirm(self) -> None:
        choice = self._presenter.choice
        if choice is not None:
            then = partial(self._confirmed_one, choice.line.id)
            self._shell.run(self._presenter.confirming(), while_there(self, then))

    def _confirmed_one(self, line: LineId, _nothing: None) -> None:
        why = self._shell.wording(UNDONE)
        told = Message(N_("Confirmed. It can be voided under “Decided”."))
        self._shell.offer_undo(told, partial(self._presenter.voiding, line, why))
        self.waiting.view.setFocus()

    def _confirmed(self, _nothing: None) -> None:
        told = N_("Confirmed. It can be voided under “Decided”.")
        self._shell.tell(Message(told))
        self.waiting.view.setFocus()

    def _set_aside(self, why: str) -> None:
        self._shell.run(
            self._presenter.setting_aside(why), while_there(self, self._confirmed)
        )

    def _ask_all(self) -> None:
        say, presenter = self._shell.wording, self._presenter
        count = len(presenter.certain)
        if not count:
            return
        question = say.plural(
            N_("This one receipt will be set so:\n\n{lines}"),
            N_("These {count} receipts will be set so:\n\n{lines}"),
            count,
            lines=presenter.certain_words,
        )
        messages.ask(self, say, question, say(N_("Confirm them")), self._confirm_all)

    def _confirm_all(self) -> None:
        self._shell.run(
            self._presenter.confirming_all(), while_there(self, self._confirmed)
        )

    def _ask_back(self) -> None:
        say = self._shell.wording
        chosen = self.decided.view.selected()
        line = self._presenter.decided.get(chosen[0]) if chosen else None
        if line is None:
            self._shell.tell(Message(N_("Select the receipt to take back.")), "warning")
            return
        if line.state is LineState.MATCHED:
            question = say(
                N_("Was the payment of {amount} on {day} confirmed by mistake? What it paid is open again."),
                amount=line.amount, day=line.booked_on,
            )  # fmt: skip
            ask_void(self, self._shell, question, partial(self._presenter.voiding, line.id))  # fmt: skip
            return
        question = say(
            N_("Open the receipt of {amount} on {day} again?"),
            amount=line.amount, day=line.booked_on,
        )  # fmt: skip
        then = partial(self._take_back, line.id)
        messages.ask(self, say, question, say(N_("Take it back")), then)

    def _take_back(self, line: LineId) -> None:
        self._shell.run(
            self._presenter.taking_back(line), while_there(self, self._opened)
        )

    def _opened(self, _nothing: None) -> None:
        self._shell.tell(Message(N_("The receipt waits again.")))

    def _draw(self, _nothing: None) -> None:
        presenter, say = self._presenter, self._shell.wording
        nothing = not presenter.found.lines
        self.drop.setVisible(nothing and self._import.path is None)
        self.tabs.setVisible(not nothing)
        count = len(presenter.certain)
        self._all.setText(say(N_("Confirm all certain ones ({count})"), count=count))
        self._all.setVisible(count > 0)
        self.side.show_choice(presenter.choice)
        if presenter.choice is not None:
            key = presenter.choice.line.id
            if self.waiting.view.selected() != [key]:
                self.waiting.view.select(key)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.recount()


def build(workspace: Workspace, shell: Shell, path: str = "") -> QWidget:
    """The page; with a path, that statement is read at once."""
    return ReceiptsPage(workspace, shell, path)
