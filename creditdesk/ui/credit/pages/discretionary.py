"""The grounds of a discretionary limit, drawn: what the ledger proves at the left, what is kept at the right."""

from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.discretionary import DiscretionaryPresenter
from creditdesk.presenters.parts.table import Tone
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, clear, empty, row, rule
from creditdesk.ui.parts.file_drop import FileDrop
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.page import Page, field_line
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import NameLabel, label, set_role
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "buyers"

_SIDE = 440
_ROLES = {Tone.DONE: "done", Tone.WARNING: "warning"}


class DiscretionaryPage(Page):
    """Whether one may set a limit oneself, and on what grounds."""

    def __init__(
        self, workspace: Workspace, shell: Shell, policy: int, buyer: int
    ) -> None:
        say = shell.wording
        presenter = DiscretionaryPresenter(workspace, say, policy, buyer)
        super().__init__(
            f"{say(N_('Discretionary limit'))}  {presenter.name}",
            say(
                N_(
                    "Grounds are kept as they are today: a claim has to prove them for the day of shipment."
                )
            ),
            (button(say(N_("Cancel")), shell.back),),
        )
        self._shell = shell
        self._buyer = buyer
        self._presenter = presenter
        self._empty = QVBoxLayout()
        self.body.addLayout(self._empty)
        self.purchases = TablePanel(
            presenter.purchases,
            shell,
            empty=say(N_("Nothing was bought in the last twelve months.")),
        )
        self._work = Fold(self.purchases, self._side(), _SIDE)
        self.body.addWidget(self._work, 1)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)
        self.recount()

    def recount(self) -> None:
        """F5: look through the ledger anew."""
        show, refuse = self._presenter.show, self._presenter.refuse
        job = self._presenter.job()
        self._shell.run(job, while_there(self, show), while_there(self, refuse))

    def choose_paper(self) -> None:
        """Ask for the report."""
        title = self._shell.wording(N_("Report or check of the insurer"))
        messages.choose_files(self, title, "", self._presenter.take_paper)

    def _side(self) -> QFrame:
        say = self._shell.wording
        frame, around = card(margins=(1, 1, 1, 1))
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(16, 14, 12, 14)
        inside.setSpacing(8)
        self.result = label(role="strong", wrap=True)
        inside.addWidget(self.result)
        self._against = QVBoxLayout()
        self._against.setSpacing(4)
        inside.addLayout(self._against)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(2)
        inside.addLayout(self._facts)
        self._rules = label(role="small", wrap=True)
        inside.addWidget(self._rules)
        inside.addWidget(rule())
        self._form_part = QWidget()
        layout = QVBoxLayout(self._form_part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.drop = FileDrop(
            say(N_("Credit report or the insurer's check: drop it here")),
            say(N_("Add the file…")),
            dropped=self._presenter.take_paper,
            pressed=self.choose_paper,
        )
        set_role(self.drop.button, "")
        drop = self.drop.layout()
        if drop is not None:
            drop.setContentsMargins(8, 8, 8, 8)
        self._paper = NameLabel(role="done")
        self._drop_paper = button(
            say(N_("Take it off")), partial(self._presenter.take_paper, ())
        )
        self.form = FormView(
            self._presenter.form,
            self._shell,
            act=say(N_("Keep the grounds")),
            always=True,
            saved=self._keep,
        )
        layout.addWidget(self.drop)
        layout.addLayout(row(self._paper, self._drop_paper))
        layout.addWidget(self.form)
        inside.addWidget(self._form_part)
        inside.addStretch(1)
        around.addWidget(scrolled(inner))
        return frame

    def _keep(self) -> None:
        self._shell.run(self._presenter.keeping(), while_there(self, self._kept))

    def _kept(self, _ground: int) -> None:
        self._shell.go("buyer_file", buyer=self._buyer)
        self._shell.tell(
            Message(N_("The grounds of the discretionary limit are kept."))
        )

    def _open_policy(self) -> None:
        self._shell.go("policy_file", policy=self._presenter.policy)

    def _draw(self, _nothing: None) -> None:
        presenter, say = self._presenter, self._shell.wording
        clear(self._empty)
        refused = bool(presenter.refused)
        if refused:
            policy = button(say(N_("Open the policy")), self._open_policy)
            self._empty.addWidget(empty(presenter.refused, policy))
        self._work.setVisible(not refused)
        result = presenter.result
        self.result.setText(result.text)
        set_role(self.result, _ROLES.get(result.tone, "strong"))
        clear(self._against)
        for words in presenter.against:
            self._against.addWidget(label(words, "quiet", wrap=True))
        clear(self._facts)
        for name, words in presenter.facts:
            self._facts.addLayout(field_line(name, words))
        self._rules.setText(presenter.rules)
        self._rules.setVisible(bool(presenter.rules))
        self._form_part.setVisible(presenter.may_keep)
        paper = presenter.paper
        self.drop.setVisible(paper is None)
        self._paper.setText(f"✓ {paper.name}" if paper else "")
        self._paper.setVisible(paper is not None)
        self._drop_paper.setVisible(paper is not None)


def build(
    workspace: Workspace, shell: Shell, policy: int = 0, buyer: int = 0
) -> QWidget:
    """The page."""
    return DiscretionaryPage(workspace, shell, policy, buyer)
