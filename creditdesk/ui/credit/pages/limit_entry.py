"""A decision on a limit, or an application for one, drawn; the history stands beside it."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.limit_entry import LimitEntryPresenter
from creditdesk.presenters.credit.limit_history import (
    amount_words,
    limit_steps,
    method_words,
    state_cell,
)
from creditdesk.services.policies import LimitLine as Decision
from creditdesk.ui.credit.limit_line import LimitLine
from creditdesk.ui.parts.controls import button, card, clear, rule, toggle
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.form_view import FormView, form_card
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import NameLabel, label
from creditdesk.ui.parts.voiding import UNDONE
from creditdesk.workspace import Workspace

RAIL = "buyers"

_BESIDE = 400


class LimitEntryPage(Page):
    """The form at the left, the history at the right."""

    def __init__(
        self,
        workspace: Workspace,
        shell: Shell,
        policy: int | None,
        buyer: int | None,
        request: int | None,
    ) -> None:
        say = shell.wording
        presenter = LimitEntryPresenter(workspace, say, policy, buyer, request)
        super().__init__(
            say(N_("Enter a limit") if presenter.request is None else N_("Enter the insurer's answer")),
            presenter.said,
            (
                toggle(say(N_("More fields")), self._show_more),
                button(say(N_("Cancel")), shell.back),
            ),
        )  # fmt: skip
        self._shell = shell
        self._workspace = workspace
        self._presenter = presenter
        self.form = FormView(
            self._presenter.form,
            shell,
            columns=2,
            act=say(N_("Add to the history")),
            always=True,
            saved=self._saved,
        )
        frame, inside = card(margins=(16, 12, 8, 12))
        inside.addWidget(label(say(N_("History of this buyer")), "section"))
        self._line = LimitLine(say, workspace.today())
        inside.addWidget(self._line)
        listed = QWidget()
        self._list = QVBoxLayout(listed)
        self._list.setContentsMargins(0, 0, 8, 0)
        inside.addWidget(scrolled(listed), 1)
        self.body.addWidget(Fold(form_card(self.form), frame, _BESIDE), 1)
        self.setFocusProxy(self.form.inputs[self._first()])
        self._disconnect = self._presenter.history_changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def _show_more(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._presenter.show_more(more=on)

    def _first(self) -> str:
        value = self._presenter.form.value
        return next((key for key in ("policy", "buyer") if not value(key)), "state")

    def _draw(self, _nothing: None) -> None:
        say, presenter = self._shell.wording, self._presenter
        today = self._workspace.today()
        self._line.show_steps(
            limit_steps(presenter.history, presenter.notice_days, today, say)
        )
        clear(self._list)
        for index, line in enumerate(presenter.history):
            if index:
                self._list.addWidget(rule())
            self._add_line(line)
        if not presenter.history:
            words = say(N_("Nothing was asked or decided yet."))
            self._list.addWidget(label(words, "quiet", wrap=True))
        self._list.addStretch(1)

    def _add_line(self, line: Decision) -> None:
        say = self._shell.wording
        until = say.day(line.end) or say(N_("open"))
        head = QHBoxLayout()
        head.addWidget(label(f"{say.day(line.start)} – {until}", "strong"))
        head.addStretch(1)
        head.addWidget(label(amount_words(line, say), "strong"))
        self._list.addLayout(head)
        term = (
            say.plural(N_("{count} day"), N_("{count} days"), line.max_term_days)
            if line.max_term_days is not None
            else line.max_term
        )
        parts = (
            state_cell(line, say).text,
            line.policy,
            line.decision_no,
            method_words(line.payment_method, say),
            term,
        )
        self._list.addWidget(
            NameLabel(" · ".join(part for part in parts if part), "quiet")
        )
        if line.requested:
            words = say(N_("requested {amount}"), amount=line.requested)
            self._list.addWidget(label(words, "small"))
        if line.condition:
            self._list.addWidget(label(line.condition, "small", wrap=True))

    def _saved(self) -> None:
        self._shell.go("buyer_file", buyer=self._presenter.buyer)
        told = Message(N_("The limit's history has one entry more."))
        if self._presenter.added:
            why = self._shell.wording(UNDONE)
            self._shell.offer_undo(told, partial(self._presenter.voiding, why))
        else:
            self._shell.tell(told)


def build(
    workspace: Workspace,
    shell: Shell,
    policy: int | None = None,
    buyer: int | None = None,
    request: int | None = None,
) -> QWidget:
    """The page; `request` is the one the decision answers."""
    return LimitEntryPage(workspace, shell, policy, buyer, request)
