"""May we still ship? The answer at the top of a credit file, for any day and amount."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.presenters.credit.ship import ShipLine, ShipPresenter
from creditdesk.presenters.parts.table import Tone
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import clear
from creditdesk.ui.parts.fields import Input, input_for
from creditdesk.ui.parts.fold import Halves
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import fault_line, label, set_role
from creditdesk.ui.parts.there import while_there

_QUESTION = 290
_PART = 210
"""Pixels each part has at least beside the others."""
_CHIPS = {Tone.DONE: "done", Tone.WARNING: "warning", Tone.DANGER: "danger"}
_ROLES = {Tone.DANGER: "danger", Tone.WARNING: "warning", Tone.PLAIN: "quiet"}


class ShipBox(QFrame):
    """The question at the left with the answer below it, and why beside them, with the most room."""

    def __init__(self, presenter: ShipPresenter, shell: Shell) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._presenter = presenter
        self._shell = shell
        self.inputs: dict[str, Input] = {}
        self._faults: dict[str, QLabel] = {}
        why = QWidget()
        self._why = QVBoxLayout(why)
        self._why.setContentsMargins(0, 0, 0, 0)
        self._why.setSpacing(4)
        asked, inside = _column(_QUESTION)
        inside.addLayout(self._question())
        inside.addSpacing(8)
        inside.addLayout(self._answer())
        inside.addStretch(1)
        across = QVBoxLayout(self)
        across.setContentsMargins(20, 14, 20, 14)
        across.addWidget(Halves((asked, why), (0, 1), _PART, spacing=24))
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def ask(self) -> None:
        """Work the answer out anew."""
        self._shell.run(self._presenter.job(), while_there(self, self._presenter.show))

    def _question(self) -> QVBoxLayout:
        inside = QVBoxLayout()
        inside.setSpacing(6)
        words = self._shell.wording(N_("May we still ship?"))
        inside.addWidget(label(words, "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, field in enumerate(self._presenter.fields):
            made = input_for(field, self._shell.wording)
            put = partial(self._put, field.key)
            made.left.connect(put)
            _on_enter(made, put)
            fault = fault_line()
            grid.addWidget(label(field.label, "quiet"), place * 2, 0)
            grid.addWidget(made, place * 2, 1)
            grid.addWidget(fault, place * 2 + 1, 0, 1, 2)
            self.inputs[field.key] = made
            self._faults[field.key] = fault
        inside.addLayout(grid)
        return inside

    def _answer(self) -> QVBoxLayout:
        inside = QVBoxLayout()
        inside.setSpacing(6)
        self.verdict = label()
        self.figure = label(role="figure")
        self.figure.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._until = label(role="quiet", wrap=True)
        inside.addWidget(self.verdict, alignment=Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.figure)
        inside.addWidget(self._until)
        return inside

    def _put(self, key: str) -> None:
        if self.inputs[key].text() == self._presenter.texts[key]:
            return
        if self._presenter.put(key, self.inputs[key].text()):
            self.ask()

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        for key, made in self.inputs.items():
            if made.text() != presenter.texts[key]:
                made.show_text(presenter.texts[key])
            fault = presenter.faults.get(key)
            said = self._shell.wording.message(fault) if fault else ""
            made.mark(said)
            self._faults[key].setText(said)
            self._faults[key].setVisible(bool(said))
        word, tone = presenter.verdict
        self.verdict.setText(word)
        set_role(self.verdict, _CHIPS.get(tone, "plain"), "chip")
        self.figure.setText(presenter.figure)
        self._until.setText(presenter.under_figure)
        self._until.setVisible(bool(presenter.under_figure))
        self._draw_why()

    def _draw_why(self) -> None:
        clear(self._why)
        cover = self._presenter.cover
        if cover:
            self._why.addWidget(label(cover, wrap=True))
        for line in self._presenter.lines:
            self._draw_line(line)
        self._why.addStretch(1)

    def _draw_line(self, line: ShipLine) -> None:
        self._why.addWidget(label(line.words, _ROLES[line.tone], wrap=True))
        if line.way_out:
            self._why.addWidget(label(line.way_out, "quiet", wrap=True))


def _column(wide: int) -> tuple[QFrame, QVBoxLayout]:
    """A column of the box, without a ground of its own."""
    frame = QFrame()
    frame.setFixedWidth(theme.px(wide))
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(6)
    return frame, inside


def _on_enter(made: Input, act: Callable[[], None]) -> None:
    if isinstance(made.inner, QLineEdit):
        made.inner.returnPressed.connect(act)
