"""The tasks of a claim, drawn: the list, a new one, that one was done, and the slips on paper."""

from pathlib import Path

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.claims.claim_tasks import TasksPresenter
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, row
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.paper_slot import PaperSlot
from creditdesk.ui.parts.reason_band import ReasonBand
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there


class ClaimTasks(QWidget):
    """List and forms."""

    def __init__(self, presenter: TasksPresenter, shell: Shell) -> None:
        super().__init__()
        self._presenter = presenter
        self._shell = shell
        say = shell.wording
        self._said = label(role="strong", wrap=True)
        take = button(say(N_("Take from the claim")), self._take)
        take.setToolTip(
            say(
                N_(
                    "Missing papers of the checklist and open duties, each given to its department"
                )
            )
        )
        new = button(say(N_("New task…")), self.start)
        self.give = button(say(N_("Who and by when…")), self._ask_who)
        self.done = button(say(N_("Done…")), self._ask_done)
        self.mistake = button(say(N_("It was a mistake…")), self._ask_why)
        self.slips = button(say(N_("Print slips…")), self._ask_where)
        self.panel = TablePanel(
            presenter.table,
            shell,
            empty=say(
                N_(
                    "Nothing is to be done yet. Take what the claim asks of each department, or enter a task by hand."
                )
            ),
        )
        self.panel.view.selectionModel().selectionChanged.connect(self._choose)
        self.reason = ReasonBand(
            say,
            say(N_("Why was this entry a mistake?")),
            say(N_("Void it")),
            self._void,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(
            row(take, new, self.give, self.done, self.mistake, None, self.slips)
        )
        layout.addWidget(self._said)
        layout.addWidget(self.reason)
        layout.addWidget(self._make_form())
        layout.addWidget(self._make_giving())
        layout.addWidget(self._make_done())
        layout.addWidget(self.panel, 1)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def is_dirty(self) -> bool:
        """Whether a task was begun, or that one was done."""
        begun = self._entry.isVisibleTo(self) and self._presenter.form.is_dirty()
        told = self._doing.isVisibleTo(self) and self._presenter.done_form.is_dirty()
        given = self._giving.isVisibleTo(self) and self._presenter.give_form.is_dirty()
        return begun or told or given

    def start(self) -> None:
        """Open the form of a new one."""
        self._entry.show()
        self.form.focus_first()

    def write(self, path: Path) -> None:
        """Write the slips to a file."""
        self._shell.run(self._presenter.writing(path), while_there(self, self._written))

    def _make_form(self) -> QFrame:
        self._entry, inside = card(margins=(16, 12, 16, 12))
        self.form = FormView(
            self._presenter.form,
            self._shell,
            columns=2,
            act=self._shell.wording(N_("Keep the task")),
            always=True,
            saved=self._added,
        )
        inside.addWidget(self.form)
        self._entry.hide()
        return self._entry

    def _make_giving(self) -> QFrame:
        self._giving, inside = card(margins=(16, 12, 16, 12))
        self.give_form = FormView(
            self._presenter.give_form,
            self._shell,
            columns=2,
            act=self._shell.wording(N_("Keep")),
            always=True,
            saved=self._given,
        )
        inside.addWidget(self.give_form)
        self._giving.hide()
        return self._giving

    def _make_done(self) -> QFrame:
        say = self._shell.wording
        self._doing, inside = card(margins=(16, 12, 16, 12))
        self.paper = PaperSlot(
            say,
            say(N_("The paper that shows it: drop it here")),
            say(N_("Add the paper…")),
            self._presenter.take_paper,
        )
        self.done_form = FormView(
            self._presenter.done_form,
            self._shell,
            columns=2,
            act=say(N_("Keep that it is done")),
            always=True,
            saved=self._finish,
        )
        inside.addWidget(self.paper)
        inside.addWidget(self.done_form)
        self._doing.hide()
        return self._doing

    def _chosen(self) -> object:
        return next(iter(self.panel.view.selected()), None)

    def _choose(self, *_what: object) -> None:
        still = self._presenter.may_finish(self._chosen())
        self.give.setEnabled(still)
        self.done.setEnabled(still)
        self.mistake.setEnabled(self._presenter.may_void(self._chosen()))

    def _draw(self, _nothing: None) -> None:
        self._said.setText(self._presenter.said)
        self._said.setVisible(bool(self._presenter.said))
        self.slips.setEnabled(bool(self._presenter.said))
        self._choose()

    def _take(self) -> None:
        self._shell.run(self._presenter.taking(), while_there(self, self._taken))

    def _taken(self, count: int) -> None:
        said = N_("Nothing new: everything the claim asks is listed already.")
        if count:
            said = N_("{count} tasks taken from the claim.")
        self._shell.tell(Message.of(said, count=count) if count else Message(said))

    def _added(self) -> None:
        self._presenter.form.load({})
        self._entry.hide()
        self._shell.tell(Message(N_("The task is kept.")))

    def _ask_who(self) -> None:
        self._presenter.begin_giving(self._chosen())
        self._giving.show()
        self.give_form.focus_first()

    def _given(self) -> None:
        self._giving.hide()
        self._shell.tell(Message(N_("Who does it, and by when, is kept.")))

    def _ask_done(self) -> None:
        self._doing.show()
        self.done_form.focus_first()

    def _finish(self) -> None:
        work = self._presenter.finishing(self._chosen())
        self._shell.run(work, while_there(self, self._finished))

    def _finished(self, _nothing: None) -> None:
        self._presenter.finished()
        self.paper.take(())
        self._doing.hide()
        self._shell.tell(Message(N_("The task is recorded as done.")))

    def _ask_why(self) -> None:
        self.reason.ask()

    def _void(self, why: str) -> None:
        work = self._presenter.voiding(self._chosen(), why)
        self._shell.run(work, while_there(self, self._voided))

    def _voided(self, _nothing: None) -> None:
        self.reason.hide()
        said = N_("Void; the entry stays in the history with the reason.")
        self._shell.tell(Message(said))

    def _ask_where(self) -> None:
        title = self._shell.wording(N_("Task slips"))
        messages.choose_target(self, title, self._presenter.file_name, self.write)

    def _written(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("Written to {path}."), path=path))
