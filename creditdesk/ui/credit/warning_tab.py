"""The warnings of a buyer, drawn: what holds, and the four answers."""

from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from creditdesk.domain.credit.answers import Answer
from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.warning_part import WarningPart
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.entry_band import EntryBand
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.voiding import ask_void


class WarningTab(QWidget):
    """List and answer."""

    def __init__(self, presenter: WarningPart, shell: Shell) -> None:
        super().__init__()
        self._presenter = presenter
        self._shell = shell
        say = shell.wording
        self.answers = {
            Answer.IGNORE: button(say(N_("Ignore…")), partial(self.start, Answer.IGNORE)),
            Answer.WATCH: button(say(N_("Watch…")), partial(self.start, Answer.WATCH)),
            Answer.TELL: button(say(N_("Insurer told…")), partial(self.start, Answer.TELL)),
            Answer.STOP: button(say(N_("Stop shipping…")), partial(self.start, Answer.STOP)),
        }  # fmt: skip
        self.back = button(say(N_("Take the answer back…")), self._ask_back)
        self._said = label(role="strong")
        self.entry = EntryBand(
            presenter.form,
            shell,
            title=say(N_("What is done about the chosen warning")),
            act=say(N_("Keep the answer")),
            kept=self._kept,
        )
        self.stop = QFrame()
        self.stop.setProperty("role", "trouble")
        inside = QVBoxLayout(self.stop)
        inside.setContentsMargins(12, 8, 12, 8)
        self._stopped = label(role="danger", wrap=True)
        self.lift = button(say(N_("Lift the stop…")), self._ask_lift)
        inside.addWidget(self._stopped)
        inside.addLayout(row(self.lift, None))
        self.panel = TablePanel(
            presenter.table,
            shell,
            empty=say(N_("No warning holds. What becomes known of the buyer is entered under Contacts and facts."))
)  # fmt: skip
        self.panel.view.selectionModel().selectionChanged.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(row(*self.answers.values(), self.back, None, self._said))
        layout.addWidget(self.stop)
        layout.addWidget(self.entry)
        layout.addWidget(self.panel, 1)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def start(self, answer: Answer) -> None:
        """Open the form with this answer."""
        self._presenter.choose(self._chosen())
        self._presenter.start(answer)
        self.entry.open()

    def _chosen(self) -> object:
        return next(iter(self.panel.view.selected()), None)

    def _choose(self, *_what: object) -> None:
        key = self._chosen()
        for made in self.answers.values():
            made.setEnabled(key is not None)
        self.back.setEnabled(self._presenter.answered(key) is not None)

    def _draw(self, _nothing: None) -> None:
        self._said.setText(self._presenter.said)
        self._stopped.setText(self._presenter.stop_words)
        self.stop.setVisible(bool(self._presenter.stops))
        self._choose()

    def _kept(self) -> None:
        self._presenter.form.load({})
        self._shell.tell(Message(N_("The answer is kept.")))

    def _ask_back(self) -> None:
        found = self._presenter.answered(self._chosen())
        if found is not None:
            question = self._shell.wording(N_("Was the answer a mistake? The warning is open again."))  # fmt: skip
            ask_void(self, self._shell, question, partial(self._presenter.voiding, found.id))  # fmt: skip

    def _ask_lift(self) -> None:
        question = self._shell.wording(
            N_(
                "What lifts the stop? It goes off the stop list; the reason stays in the history."
            )
        )
        stop = self._presenter.stops[0]
        ask_void(self, self._shell, question, partial(self._presenter.voiding, stop.id))
