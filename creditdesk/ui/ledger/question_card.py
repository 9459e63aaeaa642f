"""A question about files, drawn: its answers side by side with what each does; nothing is chosen beforehand."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.presenters.ledger.answer_choices import AnswerChoice, AnswerExample
from creditdesk.presenters.ledger.import_questions import QuestionCard, SaidLine
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, clear, rule, toggle
from creditdesk.ui.parts.text import fault_line, label

_KEYS = 9
_ABREAST = 3
_LINES = 2


class AnswerButton(QPushButton):
    """One answer: its words, the key that chooses it, and what it makes of real documents."""

    entered = Signal()
    """Enter was pressed on it, or in its field."""

    def __init__(self, choice: AnswerChoice, key: int, say: Wording) -> None:
        super().__init__()
        self.option = choice.option
        self.setProperty("role", "answer")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        shown = [f"{each.issued} → {each.due}" for each in choice.examples]
        self.setAccessibleName(say.list([choice.text, *shown]))
        self.typed = QLineEdit() if choice.typed else None
        self._inside = inside = QVBoxLayout(self)
        inside.setContentsMargins(14, 10, 12, 10)
        inside.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label(choice.text, "strong", wrap=True), 1)
        if key <= _KEYS:
            head.addWidget(label(str(key), "key"), 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(head)
        if choice.examples:
            inside.addLayout(_examples(choice.examples, say))
        if self.typed is not None:
            self.typed.setPlaceholderText(choice.typed)
            self.typed.setAccessibleName(f"{choice.text} {choice.typed}")
            self.typed.setMaximumWidth(theme.px(220))
            self.typed.returnPressed.connect(self.entered)
            inside.addWidget(self.typed)
        inside.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it, as Space chooses it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.setChecked(True)
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As large as what stands in it."""
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """No smaller than its words."""
        return self._inside.minimumSize()

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the wrapped words need."""
        return self._inside.heightForWidth(width)


class _Asked(Protocol):
    """What is asked, and what can be said to it."""

    chosen: str
    typed: str
    scope: str
    fault: str
    waits: bool

    @property
    def card(self) -> QuestionCard | None: ...
    @property
    def lines(self) -> Sequence[SaidLine]: ...
    def choose(self, option: str) -> None: ...
    def say_for(self, scope: str) -> None: ...
    def answer(self) -> bool: ...
    def leave(self) -> bool: ...
    def take_back(self, id_: str) -> bool: ...


class QuestionFrame(QFrame):
    """The question that is next, with the lines of those that were answered."""

    said = Signal(bool)
    """An answer was given, left or taken back; true: the files are to be read again."""

    def __init__(
        self, questions: _Asked, say: Wording, *, abreast: int = _ABREAST
    ) -> None:
        super().__init__()
        self._abreast = abreast
        self.setProperty("role", "card")
        self._questions, self._say = questions, say
        self._buttons: list[AnswerButton] = []
        self._group = QButtonGroup(self)
        self._shown = ""
        self._title = label(role="section", wrap=True)
        self._reach = label(role="quiet", wrap=True)
        self._answers = QGridLayout()
        self._answers.setSpacing(12)
        self._memory = QHBoxLayout()
        self._memory.setSpacing(8)
        self._fault = fault_line()
        self._leave = button("", self._press_leave)
        self._take = button(say(N_("Choose an answer first")), self.take, role="primary")  # fmt: skip
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self._asking = QWidget()
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(8)
        asking.addWidget(self._title)
        asking.addWidget(self._reach)
        asking.addLayout(self._answers)
        asking.addLayout(self._memory)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._leave)
        foot.addWidget(self._take)
        asking.addWidget(self._fault)
        asking.addLayout(foot)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        inside.addWidget(self._asking)
        inside.addLayout(self._lines)

    def keys_of(self, page: QWidget) -> None:
        """Number keys choose, wherever on the page one is; Enter on the answer takes it."""
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key in range(1, _KEYS + 1):
            choose = partial(self._choose_place, key - 1)
            QShortcut(QKeySequence(str(key)), page, choose, context=within)

    def draw(self, *, shown: bool) -> None:
        """The question that is next; `shown` False: something else is asked first."""
        card = self._questions.card if shown else None
        self._draw_lines()
        self.setVisible(card is not None or bool(self._questions.lines))
        self._asking.setVisible(card is not None)
        if card is None:
            self._shown = ""
            return
        self._title.setText(card.text)
        self._reach.setText(card.reach)
        self._reach.setVisible(bool(card.reach))
        self._leave.setText(card.leave)
        self._leave.setAccessibleName(card.leave)
        self._leave.setVisible(bool(card.leave))
        # The same question stays as it is: nothing moves under the mouse.
        if self._shown != f"{card}":
            self._shown = f"{card}"
            self._draw_choices(card.choices)
            self._draw_scopes([(each.id, each.text) for each in card.scopes])
        self._enable()

    def take(self) -> None:
        """Say what is chosen."""
        if not self._asking.isVisible() or not self._take.isEnabled():
            return
        chosen = next((each for each in self._buttons if each.isChecked()), None)
        if chosen is not None and chosen.typed is not None:
            self._questions.typed = chosen.typed.text()
        if self._questions.answer():
            self.said.emit(True)  # noqa: FBT003 - Qt's signal
        self._enable()

    def _choose_place(self, place: int) -> None:
        if self._asking.isVisible() and place < len(self._buttons):
            self._buttons[place].setChecked(True)
            field = self._buttons[place].typed
            (field or self._buttons[place]).setFocus()

    def _draw_choices(self, found: Sequence[AnswerChoice]) -> None:
        clear(self._answers)
        for each in self._buttons:
            self._group.removeButton(each)
        self._buttons = []
        abreast = min(self._abreast, len(found))
        for place, choice in enumerate(found):
            made = AnswerButton(choice, place + 1, self._say)
            self._group.addButton(made)
            made.entered.connect(self.take)
            made.toggled.connect(partial(self._toggled, choice.option))
            if made.typed is not None:
                made.typed.textEdited.connect(partial(self._type, made))
            self._buttons.append(made)
            self._answers.addWidget(made, place // abreast, place % abreast)
        for column in range(_ABREAST):
            self._answers.setColumnStretch(column, column < abreast)

    def _draw_scopes(self, scopes: Sequence[tuple[str, str]]) -> None:
        clear(self._memory)
        if not scopes:
            return
        self._memory.addWidget(label(self._say(N_("Remember for")), "quiet"))
        together = QButtonGroup(self._asking)
        for id_, text in scopes:
            made = toggle(text, partial(self._scope, id_), on=id_ == self._questions.scope)  # fmt: skip
            together.addButton(made)
            self._memory.addWidget(made)
        self._memory.addStretch(1)

    def _draw_lines(self) -> None:
        clear(self._lines)
        lines = self._questions.lines
        if lines and self._questions.card:
            # Below the question, which stays where it is, and not so many that it is pushed out of sight.
            self._lines.addWidget(rule())
            lines = lines[-_LINES:]
        for each in lines:
            across = QHBoxLayout()
            across.addWidget(label(f"✓ {each.text}", "quiet", wrap=True), 1)
            again = button(
                self._say(N_("Change")), partial(self._take_back, each.id), role="flat"
            )
            across.addWidget(again)
            self._lines.addLayout(across)

    def _toggled(self, option: str, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on:
            self._questions.choose(option)
            self._enable()

    def _type(self, chosen: AnswerButton, _text: str) -> None:
        chosen.setChecked(True)

    def _scope(self, id_: str, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on:
            self._questions.say_for(id_)

    def _enable(self) -> None:
        chosen = bool(self._questions.chosen)
        self._take.setEnabled(chosen and not self._questions.waits)
        self._leave.setEnabled(not self._questions.waits)
        word = N_("Take this answer") if chosen else N_("Choose an answer first")
        self._take.setText(self._say(word))
        self._take.setAccessibleName(self._say(word))
        self._fault.setText(self._questions.fault)
        self._fault.setVisible(bool(self._questions.fault))

    def _press_leave(self) -> None:
        self.said.emit(self._questions.leave())

    def _take_back(self, id_: str) -> None:
        self.said.emit(self._questions.take_back(id_))


def _examples(found: Sequence[AnswerExample], say: Wording) -> QGridLayout:
    """The first with its number; further ones of other days, by day and due date alone."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(0)
    for column, each in enumerate(found):
        head = say(N_("{number} issued {day}"), number=each.number, day=each.issued).strip()  # fmt: skip
        grid.addWidget(label(head, "small"), 0, column)
        grid.addWidget(label(say(N_("due {day}"), day=each.due), "strong"), 1, column)
    grid.setColumnStretch(len(found), 1)
    return grid
