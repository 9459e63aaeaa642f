"""An insurer's list of decisions, drawn: pasted or dropped, each row with what becomes of it, recorded in one go."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.intake.limit_list import DecisionList
from creditdesk.presenters.credit.limit_list import LimitListPresenter, RowState
from creditdesk.presenters.parts.form import FormField
from creditdesk.presenters.parts.typed import FieldKind, read
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.fields import input_for
from creditdesk.ui.parts.file_drop import FileDrop
from creditdesk.ui.parts.find_box import FindBox
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.pasting import Pasting
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "buyers"

_KINDS = "*.xlsx *.xlsm *.xls *.ods *.csv *.txt"


class LimitListPage(Page):
    """Paste, look, record."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        self._shell = shell
        self._presenter = presenter = LimitListPresenter(workspace, say)
        self.record = button(say(N_("Record")), self.start_record, role="primary")
        super().__init__(
            say(N_("List of decisions")),
            presenter.said,
            (button(say(N_("Another file…")), self._choose_file), self.record),
        )
        self.policy = FindBox("policy", say)
        self.policy.setAccessibleName(say(N_("Policy")))
        self.policy.addItem(say(N_("Choose the policy")), None)
        for number, words in presenter.policies:
            self.policy.addItem(words, number)
        chosen = presenter.policy.id if presenter.policy else None
        self.policy.setCurrentIndex(max(0, self.policy.findData(chosen)))
        self.policy.activated.connect(self._choose_policy)
        self._from = label(say(N_("Rows without a day count from")), "quiet")
        day = FormField(key="start", label=say(N_("Rows without a day count from")), kind=FieldKind.DATE)  # fmt: skip
        self.start = input_for(day, say)
        self.start.left.connect(self._choose_start)
        self._whose = label(say(N_("The chosen row is about")), "quiet")
        self.buyer = FindBox("buyer", say)
        self.buyer.setAccessibleName(say(N_("The chosen row is about")))
        self.buyer.activated.connect(self._choose_buyer)
        self._choosers = QWidget()
        self._choosers.setLayout(
            row(self.policy, self._from, self.start, self._whose, self.buyer, None)
        )
        self.body.addWidget(self._choosers)
        self.drop = FileDrop(
            say(N_("Copy the insurer's list with its headings in Excel and paste it here, or drop the file.")),
            say(N_("Choose the file…")),
            dropped=self.take,
            pressed=self._choose_file,
            paste=(say(N_("Paste from Excel")), self._paste),
        )  # fmt: skip
        self.body.addWidget(self.drop, 1)
        self.panel = TablePanel(
            presenter.table, shell, empty="", search=say(N_("Filter buyers, decisions…"))
        )  # fmt: skip
        self.body.addWidget(self.panel, 1)
        self._pasting = Pasting(self, shell, self.take)
        self.panel.view.selectionModel().selectionChanged.connect(self._draw_buyer)
        shell.guard(self._is_unsaved, self._save)
        self.destroyed.connect(presenter.changed.connect(self._draw))
        self._draw(None)

    def recount(self) -> None:
        """F5: judge the rows anew."""
        self._presenter.look()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def take(self, paths: list[Path]) -> None:
        """Read a file."""
        job = self._presenter.reading(paths[-1])
        self._shell.run(job, while_there(self, self._taken))

    def start_record(self) -> None:
        """Record what can be."""
        if self._presenter.count:
            self._shell.run(self._presenter.recording(), while_there(self, self._recorded))  # fmt: skip

    def _taken(self, found: DecisionList) -> None:
        self._presenter.take(found)
        self.panel.view.selectRow(0)
        self.panel.view.setFocus()

    def _recorded(self, count: int) -> None:
        self._presenter.look()
        self._shell.tell(Message.of(N_("{count} decisions are recorded."), count=count))

    def _is_unsaved(self) -> bool:
        return self._presenter.count > 0

    def _save(self) -> bool:
        self._shell.run(self._presenter.recording(), self._recorded)
        return True

    def _paste(self) -> None:
        self._pasting.paste()

    def _choose_file(self) -> None:
        say = self._shell.wording
        kinds = f"{say(N_('Tables'))} ({_KINDS})"
        messages.choose_files(self, say(N_("Choose the list")), kinds, self.take)

    def _choose_policy(self, _place: int) -> None:
        self._presenter.choose_policy(self.policy.currentData())

    def _choose_start(self) -> None:
        try:
            found = read(FieldKind.DATE, self.start.text())
        except UserError as error:
            self.start.mark(self._shell.wording.message(error.said))
            return
        self.start.mark("")
        self._presenter.choose_start(found)  # type: ignore[arg-type]  # a field of days

    def _choose_buyer(self, _place: int) -> None:
        chosen, buyer = self._chosen(), self.buyer.currentData()
        if chosen is not None and buyer is not None:
            self._presenter.choose_buyer(chosen, buyer)

    def _chosen(self) -> int | None:
        keys = self.panel.view.selected()
        return keys[0] if len(keys) == 1 and isinstance(keys[0], int) else None

    def _draw(self, _nothing: None) -> None:
        presenter, say = self._presenter, self._shell.wording
        there = presenter.list is not None
        self.retitle(say(N_("List of decisions")), presenter.said if there else "")
        self.panel.setVisible(there)
        self._choosers.setVisible(there)
        self.drop.setVisible(not there)
        for each in (self._from, self.start):
            each.setVisible(presenter.needs_day)
        self.record.setText(
            say.plural(N_("Record {count} decision"), N_("Record {count} decisions"), presenter.count)
        )  # fmt: skip
        self.record.setEnabled(presenter.count > 0)
        self._fill_buyers()
        self._draw_buyer()

    def _fill_buyers(self) -> None:
        with QSignalBlocker(self.buyer):
            self.buyer.clear()
            self.buyer.addItem(self._shell.wording(N_("Choose the buyer")), None)
            for number, name in self._presenter.buyers:
                self.buyer.addItem(name, number)

    def _draw_buyer(self, *_what: object) -> None:
        chosen = self._chosen()
        found = self._presenter.table.get(chosen) if chosen is not None else None
        open_ = found is not None and found.state is not RowState.DONE
        for each in (self._whose, self.buyer):
            each.setEnabled(open_ and self._presenter.policy is not None)
        with QSignalBlocker(self.buyer):
            self.buyer.setCurrentIndex(
                max(0, self.buyer.findData(found.buyer_id if found else None))
            )


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return LimitListPage(workspace, shell)
