"""A claim's calculation, step by step, with both ways of matching payments and what it takes for granted."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.claims import claim_figures
from creditdesk.presenters.claims.claim_file import ClaimFilePresenter
from creditdesk.presenters.parts import working
from creditdesk.presenters.parts.working import FigureLine
from creditdesk.ui.parts.controls import button, card, clear, row, rule
from creditdesk.ui.parts.list_view import row_height
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label


class ClaimCalculation(QWidget):
    """The working, as it is printed."""

    def __init__(
        self,
        presenter: ClaimFilePresenter,
        shell: Shell,
        *,
        keep: Callable[[], object],
        open_policy: Callable[[], object],
        mend: Callable[[], object],
    ) -> None:
        super().__init__()
        self._presenter = presenter
        self._shell = shell
        self._wording = wording = shell.wording
        self._open_policy = open_policy
        self._mend = mend
        inside = QWidget()
        self._parts = QVBoxLayout(inside)
        self._parts.setContentsMargins(0, 0, 8, 0)
        self._parts.setSpacing(12)
        self._title = label(role="section")
        self._keep = button(wording(N_("Keep a new calculation")), keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row(self._title, None, self._keep))
        layout.addWidget(scrolled(inside), 1)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def _draw(self, _nothing: None) -> None:
        clear(self._parts)
        presenter, say = self._presenter, self._wording
        self._title.setText(presenter.calculation_title)
        shown = presenter.calculation
        self._keep.setEnabled(shown is not None and not presenter.missing)
        if presenter.missing:
            self._parts.addWidget(self._missing())
        elif shown is not None:
            if presenter.differs:
                self._parts.addWidget(label(presenter.differs, "warning", wrap=True))
            self._parts.addWidget(steps_card(working.lines(shown.steps, say)))
            self._parts.addWidget(
                label(say(N_("Payments matched both ways")), "section")
            )
            said = f"{say.message(shown.policy_rule)}  {claim_figures.both_ways(shown, say)}"
            self._parts.addWidget(label(said, "quiet", wrap=True))
            self._parts.addWidget(self._allocations())
        if shown is not None:
            self._draw_assumptions(
                tuple(say.message(each) for each in shown.assumptions)
            )
            self._draw_granted(tuple(say.message(each) for each in shown.granted))
        self._parts.addStretch(1)  # fmt: skip

    def _allocations(self) -> TablePanel:
        panel = TablePanel(self._presenter.allocations, self._shell)
        lines = min(12, self._presenter.allocations.count)
        panel.setFixedHeight((lines + 1) * row_height() + 16)
        return panel

    def _missing(self) -> QFrame:
        frame, inside = card()
        for sentence in self._presenter.missing:
            inside.addWidget(label(sentence, "warning", wrap=True))
        word, *_ = self._presenter.mending
        inside.addLayout(row(button(word, self._mend), None))
        return frame

    def _draw_granted(self, granted: tuple[str, ...]) -> None:
        if granted:
            title = self._wording(N_("Also taken for granted"))
            self._parts.addWidget(label(title, "section"))
        for sentence in granted:
            self._parts.addWidget(label(f"·  {sentence}", "quiet", wrap=True))

    def _draw_assumptions(self, assumptions: tuple[str, ...]) -> None:
        if not assumptions:
            return
        title = self._wording(
            N_("Taken from the template, not checked against the policy ({count})"),
            count=len(assumptions),
        )
        self._parts.addWidget(label(title, "section"))
        for sentence in assumptions:
            self._parts.addWidget(label(f"·  {sentence}", "quiet", wrap=True))
        word = self._wording(N_("Check them in the policy"))
        self._parts.addLayout(row(button(word, self._open_policy), None))


def steps_card(lines: tuple[FigureLine, ...]) -> QFrame:
    """A working, one line a step, numbered."""
    frame, inside = card(spacing=0, margins=(16, 4, 16, 4))
    for index, line in enumerate(lines):
        if index:
            inside.addWidget(rule())
        inside.addLayout(_step(index + 1, line))
    return frame


def _step(number: int, line: FigureLine) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 8, 0, 8)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    grid.setColumnMinimumWidth(0, 18)
    grid.setColumnStretch(1, 1)
    role = "strong" if line.strong else ""
    grid.addWidget(label(str(number), "small"), 0, 0)
    grid.addWidget(label(line.label, role, wrap=True), 0, 1)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
    grid.addWidget(label(line.amount, role), 0, 2, right)
    if line.detail:
        grid.addWidget(label(line.detail, "small", wrap=True), 1, 1)
    if line.source:
        grid.addWidget(label(line.source, "small", wrap=True), 2, 1, 1, 2)
    return grid
