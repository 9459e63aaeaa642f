"""The course of a claim: what happened, and the small form that records what happens next."""

from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from creditdesk.domain.claim.claims import ClaimState
from creditdesk.i18n import N_, Message
from creditdesk.presenters.claims.claim_file import ClaimFilePresenter
from creditdesk.presenters.claims.claim_progress import (
    next_steps,
    progress_form,
    provisional_form,
)
from creditdesk.presenters.claims.claim_wording import state_word
from creditdesk.presenters.parts.form import Form
from creditdesk.ui.parts.controls import button, card, clear, row
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.voiding import UNDONE, ask_void
from creditdesk.workspace import Workspace

_BEFORE_PAYMENT = frozenset({
    ClaimState.FILED, ClaimState.ACCEPTED, ClaimState.QUERY, ClaimState.INVESTIGATION, ClaimState.ASSESSED,
    ClaimState.DECIDED, ClaimState.APPEAL, ClaimState.ASSIGNED,
})  # fmt: skip

_BACK = N_(
    "Was the step of {on}, “{state}”, a mistake? The claim stands again where it stood before it."
)


class ClaimCourse(QWidget):
    """Newest first."""

    def __init__(
        self, workspace: Workspace, presenter: ClaimFilePresenter, shell: Shell
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._presenter = presenter
        self._shell = shell
        self._state: ClaimState | None = None
        self.form: Form | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        frame: QFrame
        frame, self._step = card()
        layout.addWidget(frame)
        self.advance = self._make_advance()
        layout.addWidget(self._advance_frame)
        layout.addWidget(TablePanel(presenter.moments, shell), 1)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def is_dirty(self) -> bool:
        """Whether a next step or a payment was begun."""
        step = self.form is not None and self.form.is_dirty()
        return step or self.advance_form.is_dirty()

    def save(self) -> bool:
        """Record what was begun, if anything."""
        begun = [self.advance_form, *([self.form] if self.form else [])]
        saved = [form.save() for form in begun if form.is_dirty()]
        return all(saved)

    def _make_advance(self) -> FormView:
        """What the insurer paid before its decision: it comes off the indemnity."""
        wording = self._shell.wording
        self.advance_form = provisional_form(
            self._workspace.desk.claims,
            self._presenter.file,
            self._presenter.currency,
            self._workspace.today(),
            wording,
        )
        self._advance_frame, inside = card()
        made = FormView(
            self.advance_form, self._shell, columns=2, act=wording(N_("Record it"))
        )
        inside.addWidget(made)
        return made

    def _draw(self, _nothing: None) -> None:
        line = self._presenter.file.line
        self._advance_frame.setVisible(line.state in _BEFORE_PAYMENT)
        if line.state is self._state:
            return
        self._state = line.state
        wording = self._shell.wording
        clear(self._step)
        now = wording(N_("The claim is now: {state}"), state=state_word(line.state, wording))  # fmt: skip
        self.back = button(wording(N_("Take back the last step…")), self._ask_back, role="flat")  # fmt: skip
        self.back.setVisible(self._presenter.last_step is not None)
        self._step.addLayout(row(label(now, "section"), None, self.back))
        if not next_steps(line.state):
            self.form = None
            return
        self.form = progress_form(
            self._workspace.desk.claims,
            line,
            self._presenter.currency,
            self._workspace.today(),
            wording,
        )
        self.view = FormView(
            self.form,
            self._shell,
            columns=1,
            act=wording(N_("Record this step")),
            saved=self._stepped,
        )
        self._step.addWidget(self.view)

    def _stepped(self) -> None:
        why = self._shell.wording(UNDONE)
        told = Message(N_("The step is recorded."))
        self._shell.offer_undo(told, partial(self._presenter.taking_back, why))

    def _ask_back(self) -> None:
        last, say = self._presenter.last_step, self._shell.wording
        if last is None:
            return
        question = say(_BACK, on=last.on, state=state_word(last.state, say))
        ask_void(self, self._shell, question, self._presenter.taking_back)
