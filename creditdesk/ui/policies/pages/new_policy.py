"""A policy from an insurer's template, drawn."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.policies.new_policy import NewPolicyPresenter
from creditdesk.ui.parts.controls import button, card, clear
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.form_view import FormView, form_card
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import chip, label
from creditdesk.workspace import Workspace

RAIL = "policies"

_BESIDE = 400


class NewPolicyPage(Page):
    """The form, and beside it what the chosen template says."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        wording = shell.wording
        super().__init__(
            wording(N_("New policy")),
            wording(
                N_(
                    "The template fills in what such policies usually say; "
                    "each value stays a default until it is checked against the paper."
                )
            ),
            (button(wording(N_("Cancel")), shell.back),),
        )
        self._shell = shell
        self._presenter = NewPolicyPresenter(workspace, wording)
        self.form = FormView(
            self._presenter.form,
            shell,
            act=wording(N_("Make the policy")),
            always=True,
            saved=self._saved,
        )
        inside = QWidget()
        self._summary = QVBoxLayout(inside)
        self._summary.setContentsMargins(0, 0, 0, 0)
        frame, holding = card(margins=(20, 16, 20, 16))
        holding.addWidget(scrolled(inside))
        self.body.addWidget(Fold(form_card(self.form), frame, _BESIDE), 1)
        first = "template" if self._presenter.form.value("client") else "client"
        self.setFocusProxy(self.form.inputs[first])
        self._shown: str | None = None
        self._disconnect = self._presenter.form.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def _draw(self, _nothing: None) -> None:
        template = self._presenter.template
        if self._shown == (template.id if template else ""):
            return
        self._shown = template.id if template else ""
        wording = self._shell.wording
        clear(self._summary)
        if template is None:
            said = wording(N_("Choose a template to see what it says."))
            self._summary.addWidget(label(said, "quiet", wrap=True))
            self._summary.addStretch(1)
            return
        title = template.title.in_language(wording.language)
        self._summary.addWidget(label(title, "section", wrap=True))
        self._summary.addWidget(chip(wording(N_("default values")), "warning"))
        self._summary.addSpacing(4)
        if self._presenter.note:
            self._summary.addWidget(label(self._presenter.note, wrap=True))
            self._summary.addSpacing(4)
        for line in self._presenter.main_values:
            named = label(f"{line.name} · {line.origin}", "quiet", wrap=True)
            self._summary.addWidget(named)
            self._summary.addWidget(label(line.words, wrap=True))
            self._summary.addSpacing(2)
        if self._presenter.must_ask:
            self._summary.addSpacing(8)
            head = wording(N_("To be looked up in the policy, no template knows them"))
            self._summary.addWidget(label(head, "section", wrap=True))
            for name in self._presenter.must_ask:
                self._summary.addWidget(label(f"• {name}", "quiet", wrap=True))
        self._summary.addStretch(1)

    def _saved(self) -> None:
        self._shell.go("policy_file", policy=self._presenter.made)
        self._shell.tell(
            Message.of(
                N_(
                    "The policy is made. Check its values against the paper, page by page."
                )
            )
        )


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return NewPolicyPage(workspace, shell)
