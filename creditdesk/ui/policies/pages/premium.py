"""A policy's premium, drawn: its working by two readings, the account, and the notes."""

from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.policies.premium import TABLES, PremiumPresenter, Reading
from creditdesk.ui.parts.controls import button, card, clear, row, rule
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.page import Page, Tabs, field_line
from creditdesk.ui.parts.paper_slot import PaperSlot
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import NameLabel, label
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import UNDONE, ask_void
from creditdesk.ui.parts.working import draw_working
from creditdesk.workspace import Workspace

RAIL = "policies"

_SIDE = 380
_TOP = Qt.AlignmentFlag.AlignTop


class PremiumPage(Page):
    """What the policy costs, what was asked for, what is paid."""

    def __init__(self, workspace: Workspace, shell: Shell, policy: int) -> None:
        say = shell.wording
        self._shell = shell
        self._policy = policy
        self._presenter = PremiumPresenter(workspace, say, policy)
        super().__init__(
            self._presenter.title,
            self._presenter.subtitle,
            (
                button(say(N_("Open the policy")), self._open_policy),
                button(say(N_("Declarations")), self._open_declarations),
            ),
        )
        self._reckoning = QVBoxLayout()
        self._reckoning.setContentsMargins(0, 0, 8, 0)
        self._reckoning.setSpacing(12)
        self.tabs = Tabs()
        self.tabs.add(say(N_("Working")), self._scroll(self._reckoning))
        self.tabs.add(say(N_("Premium notes")), self._notes())
        self.body.addWidget(self.tabs, 1)
        shell.guard(self._is_unsaved, self._save)
        for disconnect in (
            self._presenter.changed.connect(self._draw),
            workspace.changed.connect(self._on_change),
        ):
            self.destroyed.connect(disconnect)
        self._draw(None)

    def recount(self) -> None:
        """F5."""
        self._presenter.reload()

    def start_new(self) -> None:
        """Ctrl+N: a new note."""
        self.tabs.show_part(1)
        self._presenter.leave()
        self.new_view.focus_first()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.tabs.show_part(1)
        self.panel.filter.setFocus()

    def _is_unsaved(self) -> bool:
        return self.new_form.is_dirty() or self.pay_form.is_dirty()

    def _save(self) -> bool:
        return (
            self.new_form.save() if self.new_form.is_dirty() else self.pay_form.save()
        )

    def _scroll(self, layout: QVBoxLayout) -> QWidget:
        inside = QWidget()
        inside.setLayout(layout)
        return scrolled(inside)

    def _notes(self) -> QWidget:
        say = self._shell.wording
        self.panel = TablePanel(
            self._presenter.notes,
            self._shell,
            opened=self._choose,
            empty=say(
                N_(
                    "Enter each premium note as it comes: Today reminds of it, and a claim knows what is owed."
                )
            ),
            search=say(N_("Filter notes…")),
        )
        return Fold(self.panel, self._side(), _SIDE)

    def _side(self) -> QFrame:
        frame, inside = card(spacing=12, margins=(16, 14, 16, 14))
        self._new = self._new_part()
        self._pay = self._pay_part()
        inside.addWidget(self._new)
        inside.addWidget(self._pay)
        inside.addStretch(1)
        return frame

    def _new_part(self) -> QWidget:
        say = self._shell.wording
        part, inside = _part()
        inside.addWidget(label(say(N_("New premium note")), "section"))
        self.new_form = self._presenter.note_form()
        self.new_view = FormView(
            self.new_form,
            self._shell,
            act=say(N_("Add the note")),
            always=True,
            saved=self._added,
        )
        inside.addWidget(self.new_view)
        self._plan = button("", self._presenter.take_plan)
        inside.addWidget(self._plan)
        hint = say(N_("Double click a note to record that it was paid."))
        inside.addWidget(label(hint, "small", wrap=True))
        return part

    def _pay_part(self) -> QWidget:
        say = self._shell.wording
        part, inside = _part()
        self._chosen = NameLabel(role="section")
        inside.addWidget(self._chosen)
        sentence = say(N_("Bank slip or receipt: drop it here"))
        self.slot = PaperSlot(
            say, sentence, say(N_("Add the proof…")), self._presenter.take_proof
        )
        inside.addWidget(self.slot)
        self.pay_form = self._presenter.paid_form()
        self.pay_view = FormView(
            self.pay_form,
            self._shell,
            act=say(N_("Record as paid")),
            always=True,
            saved=self._record,
        )
        inside.addWidget(self.pay_view)
        away = button(say(N_("Void the note…")), self._ask_void)
        back = button(say(N_("Back")), self._presenter.leave)
        inside.addLayout(row(back, None, away))
        return part

    def _choose(self, key: Hashable) -> None:
        self._presenter.choose(key)

    def _added(self) -> None:
        self.new_form.load({})
        why = self._shell.wording(UNDONE)
        told = Message(N_("The premium note is kept; Today reminds of it."))
        undoing = partial(self._presenter.voiding, self._presenter.added, why)
        self._shell.offer_undo(told, undoing)

    def _record(self) -> None:
        paying = self._presenter.paying_job()
        self._shell.run(paying, while_there(self, self._recorded))

    def _recorded(self, _nothing: None) -> None:
        self.slot.take(())
        self._presenter.leave()
        self._shell.tell(Message(N_("The payment is recorded, and the duty is closed.")))  # fmt: skip

    def _ask_void(self) -> None:
        note = self._presenter.paying
        if note is None:
            return
        question = self._shell.wording(
            N_("Was {note} a mistake, or did the insurer take it back? It counts no more."),
            note=self._presenter.words_of(note),
        )  # fmt: skip
        voiding = partial(self._presenter.voiding, note.id)
        ask_void(self, self._shell, question, voiding, self._presenter.leave)

    def _open_policy(self) -> None:
        self._shell.go("policy_file", policy=self._policy)

    def _open_declarations(self) -> None:
        self._shell.go("declarations", policy=self._policy)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._presenter.reload()

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self.retitle(presenter.title, presenter.subtitle, *presenter.chips)
        clear(self._reckoning)
        self._reckoning.addWidget(label(presenter.basis, "quiet", wrap=True))
        across = QHBoxLayout()
        across.setSpacing(16)
        for reading in presenter.readings:
            across.addWidget(_reading(reading), 1, _TOP)
        self._reckoning.addLayout(across)
        self._reckoning.addWidget(self._account())
        self._reckoning.addStretch(1)
        self._plan.setText(presenter.plan)
        self._plan.setAccessibleName(presenter.plan)
        self._plan.setVisible(bool(presenter.plan))
        paying = presenter.paying
        self._new.setVisible(paying is None)
        self._pay.setVisible(paying is not None)
        if paying is not None:
            self._chosen.setText(presenter.words_of(paying))

    def _account(self) -> QFrame:
        frame, inside = card(spacing=6, margins=(16, 12, 16, 12))
        inside.addWidget(label(self._shell.wording(N_("Paid and owed")), "section"))
        for name, figure, strong in self._presenter.account:
            inside.addLayout(field_line(name, figure, "strong" if strong else ""))
        inside.addWidget(rule())
        for sentence in self._presenter.maximum:
            inside.addWidget(label(sentence, "quiet", wrap=True))
        return frame


def _part() -> tuple[QWidget, QVBoxLayout]:
    part = QWidget()
    inside = QVBoxLayout(part)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(10)
    return part, inside


def _reading(reading: Reading) -> QFrame:
    frame, inside = card(spacing=2, margins=(16, 12, 16, 12))
    inside.addWidget(label(reading.title, "section"))
    inside.addWidget(label(reading.said, "small", wrap=True))
    for sentence in reading.warnings:
        inside.addWidget(label(sentence, "warning", wrap=True))
    draw_working(inside, reading.lines)
    return frame


def build(workspace: Workspace, shell: Shell, policy: int = 0) -> QWidget:
    """The page."""
    return PremiumPage(workspace, shell, policy)
