"""The contract review, drawn: the questions at the left; the one chosen, its values and its answer at the right."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from creditdesk.catalog.letters import INSURER_QUESTIONS
from creditdesk.domain.policy.contract_review import STATE_TITLES, ReviewState
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.policies.contract_review import (
    ANSWERS,
    TABLES,
    ContractReviewPresenter,
)
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, card, clear, row, rule
from creditdesk.ui.parts.flow import Flow
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import NameLabel, chip, label, set_role
from creditdesk.ui.policies.question_list import QuestionList
from creditdesk.ui.policies.schedule_row import ScheduleRow
from creditdesk.workspace import Workspace

RAIL = "policies"

_LIST = 392
_CHIPS = {Tone.DONE: "done", Tone.WARNING: "warning", Tone.DANGER: "danger"}


class ContractReviewPage(Page):
    """Question by question through a policy."""

    def __init__(self, workspace: Workspace, shell: Shell, policy: int) -> None:
        say = shell.wording
        self._presenter = ContractReviewPresenter(workspace, say, policy)
        self._letter = button(say(N_("Questions to the insurer…")), self.open_letter)
        following = button(say(N_("Next open")), self.start_new, role="primary", hint="Ctrl+N")  # fmt: skip
        super().__init__(
            say(N_("Contract review")),
            self._presenter.subtitle,
            (
                button(say(N_("Schedule…")), self._to_schedule),
                self._letter,
                following,
            ),
        )
        self._shell = shell
        self._rows: dict[str, ScheduleRow] = {}
        self._drawn = ""
        self.questions = QuestionList(say(N_("Questions")), self._presenter.choose)
        side = self._side()
        self.body.addWidget(Fold(self._question(), side, _LIST, first=True), 1)
        self.setFocusProxy(self.questions)
        shell.guard(self._presenter.is_unsaved, self._presenter.save)
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
        """Ctrl+N: the next question that waits."""
        code = self._presenter.next_open()
        if code:
            self._presenter.choose(code)
        self.questions.setFocus()

    def start_print(self) -> None:
        """Ctrl+P: the letter."""
        self.open_letter()

    def open_letter(self) -> None:
        """What is to be asked, as a letter."""
        if self._presenter.asked and self._presenter.save():
            policy = self._presenter.policy
            self._shell.go("letter", letter=INSURER_QUESTIONS, policy=policy)

    def row_of(self, key: str) -> ScheduleRow:
        """The line of a value the question is about."""
        return self._rows[key]

    def edit(self, key: str) -> None:
        """Enter a value below its line."""
        self._close_editor()
        form = self._presenter.edit(key)
        self._rows[key].open_editor(form, self._close_editor, self._kept)

    def give(self, state: ReviewState) -> None:
        """Answer the question chosen."""
        if not self._value_is_kept():
            return
        try:
            self._presenter.answer(state)
        except UserError as error:
            self._shell.refuse(error)

    def _side(self) -> QFrame:
        frame, inside = card(spacing=8, margins=(1, 10, 1, 1))
        self._progress = NameLabel(role="quiet")
        self._share = QProgressBar()
        self._share.setRange(0, 1000)
        self._share.setTextVisible(False)
        self._share.setFixedWidth(64)
        line = row(self._share, self._progress, spacing=12)
        line.setContentsMargins(14, 0, 14, 0)
        inside.addLayout(line)
        inside.addWidget(self.questions, 1)
        return frame

    def _question(self) -> QFrame:
        say = self._shell.wording
        frame = QFrame()
        frame.setProperty("role", "card")
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(20, 16, 16, 16)
        inside.setSpacing(8)
        self._state = chip("")
        self._said = NameLabel(role="small")
        self._asked = label(role="section", wrap=True)
        self._why = label(role="quiet", wrap=True)
        self._changes = self._notice()
        self._values = QVBoxLayout()
        self._values.setSpacing(0)
        inside.addLayout(row(self._state, self._said))
        inside.addWidget(self._asked)
        inside.addWidget(self._why)
        inside.addWidget(self._changes)
        inside.addSpacing(8)
        inside.addLayout(row(label(say(N_("What the policy says")), "strong"), None, *self._paper()))  # fmt: skip
        inside.addLayout(self._values)
        inside.addStretch(1)
        around = QVBoxLayout(frame)
        around.setContentsMargins(1, 1, 1, 1)
        around.setSpacing(0)
        around.addWidget(scrolled(inner), 1)
        around.addWidget(rule())
        around.addLayout(self._answer())
        return frame

    def _answer(self) -> QVBoxLayout:
        """Always in sight, however long the schedule's part is."""
        say = self._shell.wording
        self.remark = QLineEdit()
        self.remark.setAccessibleName(say(N_("Remark")))
        hint = N_("Remark; it goes into the letter where the question is to be asked")
        self.remark.setPlaceholderText(say(hint))
        self.remark.textEdited.connect(self._type_remark)
        answer = QVBoxLayout()
        answer.setContentsMargins(20, 12, 16, 14)
        answer.setSpacing(8)
        answer.addWidget(label(say(N_("Your answer")), "strong"))
        answer.addWidget(self.remark)
        answer.addLayout(self._answers())
        return answer

    def _notice(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "notice")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(12, 8, 12, 8)
        self._changed_words = label(role="warning", wrap=True)
        inside.addWidget(self._changed_words)
        return frame

    def _paper(self) -> tuple[QWidget, QWidget]:
        name = self._shell.wording(N_("Page of the paper"))
        page = QLineEdit()
        page.setFixedWidth(theme.px(64))
        page.setAccessibleName(name)
        page.setToolTip(self._shell.wording(N_("Kept with each value you check")))
        page.textEdited.connect(self._turn_page)
        self._page = page
        return label(name, "quiet"), page

    def _answers(self) -> Flow:
        say = self._shell.wording
        acts = {
            ReviewState.AS_NEEDED: N_("It is as we need it"),
            ReviewState.ASK: N_("Ask the insurer"),
            ReviewState.NOT_APPLICABLE: N_("It doesn't apply to us"),
        }
        self.answers = {
            state: button(say(acts[state]), partial(self.give, state))
            for state in ANSWERS
        }
        for state, made in self.answers.items():
            made.setToolTip(say(STATE_TITLES[state]))
        return row(*self.answers.values(), None)

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self._progress.setText(presenter.progress)
        self._share.setValue(round(presenter.share_answered * 1000))
        self._share.setAccessibleName(presenter.progress)
        self._letter.setEnabled(presenter.asked > 0)
        self.questions.show_sections(presenter.sections, presenter.chosen)
        words, tone = presenter.state
        self._state.setText(words)
        set_role(self._state, _CHIPS.get(tone, "plain"), "chip")
        self._said.setText(presenter.said)
        self._asked.setText(presenter.question)
        self._why.setText(presenter.why)
        self._changed_words.setText("\n".join(presenter.changes))
        self._changes.setVisible(bool(presenter.changes))
        if self.remark.text() != presenter.remark:
            with QSignalBlocker(self.remark):
                self.remark.setText(presenter.remark)
        if self._page.text() != presenter.page:
            self._page.setText(presenter.page)
        self._draw_values()

    def _draw_values(self) -> None:
        if self._drawn != self._presenter.chosen:
            self._drawn = self._presenter.chosen
            clear(self._values)
            self._rows = {
                line.key: ScheduleRow(line, self._shell.wording, self._check, self.edit)
                for line in self._presenter.values
            }
            for each in self._rows.values():
                self._values.addWidget(each)
        for line in self._presenter.values:
            self._rows[line.key].show_line(line)

    def _check(self, key: str) -> None:
        self._presenter.confirm(key)

    def _kept(self) -> None:
        self._close_editor()
        self._presenter.reload()

    def _value_is_kept(self) -> bool:
        """A value that is being entered is kept before its question is answered, or says why it can't be."""
        key = self._presenter.editing
        editor = self._rows[key].editor if key else None
        if editor is not None and self._presenter.is_entering():
            editor.keep()
        return not self._presenter.is_entering()

    def _close_editor(self) -> None:
        if self._presenter.editing:
            self._rows[self._presenter.editing].close_editor()
        self._presenter.cancel()

    def _type_remark(self, text: str) -> None:
        self._presenter.remark = text

    def _turn_page(self, page: str) -> None:
        self._presenter.page = page

    def _to_schedule(self) -> None:
        self._shell.go("policy_file", policy=self._presenter.policy)

    def _on_change(self, tables: frozenset[str]) -> None:
        # Its own answers redraw it; a redraw from inside the list's own signal would move what is pressed.
        if tables & TABLES:
            QTimer.singleShot(0, self, self._presenter.reload)


def build(workspace: Workspace, shell: Shell, policy: int = 0) -> QWidget:
    """The page."""
    return ContractReviewPage(workspace, shell, policy)
