"""Two buyers beside each other: what is asked, why, both cards, and the three answers."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.credit.buyer_doubles import DoublesPresenter
from creditdesk.ui.parts.controls import button, card, clear, row, rule
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.text import label


class DoubleSide(QWidget):
    """The pair that is looked at."""

    def __init__(
        self,
        presenter: DoublesPresenter,
        say: Callable[[str], str],
        keep: Callable[[int], object],
        apart: Callable[[], object],
    ) -> None:
        super().__init__()
        self._presenter, self._say = presenter, say
        frame, around = card(margins=(1, 1, 1, 1))
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(16, 14, 12, 14)
        inside.setSpacing(8)
        self._head = label(role="section", wrap=True)
        self._grounds = QVBoxLayout()
        self._grounds.setSpacing(4)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        inside.addWidget(self._head)
        inside.addLayout(self._grounds)
        inside.addWidget(rule())
        inside.addLayout(self._grid)
        inside.addStretch(1)
        self.first = button(say(N_("They are one: keep A")), lambda: keep(0), role="primary")  # fmt: skip
        self.second = button(say(N_("They are one: keep B")), lambda: keep(1))
        self.apart = button(say(N_("They are two")), apart)
        self._obstacles = QVBoxLayout()
        self._obstacles.setSpacing(4)
        around.addWidget(scrolled(inner), 1)
        around.addWidget(rule())
        around.addLayout(self._foot())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)

    def draw(self) -> None:
        """Show the pair as the presenter has it."""
        presenter = self._presenter
        self.setVisible(presenter.chosen is not None)
        self._head.setText(presenter.head)
        clear(self._grounds)
        for each in presenter.grounds:
            self._grounds.addWidget(label("– " + each, "quiet", wrap=True))
        self._draw_cards()
        clear(self._obstacles)
        for each in presenter.obstacles:
            self._obstacles.addWidget(label(each, "warning", wrap=True))
        for one in (self.first, self.second):
            one.setEnabled(presenter.may_merge)

    def _draw_cards(self) -> None:
        clear(self._grid)
        chosen = self._presenter.chosen
        if chosen is None:
            return
        for place, (letter, side) in enumerate((("A", chosen.one), ("B", chosen.other)), 1):  # fmt: skip
            self._grid.addWidget(label(letter, "small"), 0, place)
            self._grid.addWidget(label(side.name, "strong", wrap=True), 1, place)
        for at, line in enumerate(self._presenter.lines, 2):
            self._grid.addWidget(label(line.name, "quiet"), at, 0)
            self._grid.addWidget(label(line.one or "–", wrap=True), at, 1)
            self._grid.addWidget(label(line.other or "–", wrap=True), at, 2)

    def _foot(self) -> QVBoxLayout:
        """What is decided stays in sight."""
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(8)
        foot.addLayout(self._obstacles)
        foot.addLayout(row(self.first, self.second, None, self.apart))
        return foot
