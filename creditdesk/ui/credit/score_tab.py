"""Score and decision, drawn: grade, where the points come from, limits side by side, and what was decided."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.score_part import ScorePart
from creditdesk.ui.credit.group_bars import draw_groups
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, clear, row
from creditdesk.ui.parts.entry_band import EntryBand
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import ask_void

_POINT = 5
"""Pixels of a point: a group of 35 is a longer bar than one of 15."""


class ScoreTab(QWidget):
    """Verdict above, points and decisions below."""

    def __init__(self, presenter: ScorePart, shell: Shell) -> None:
        super().__init__()
        self._presenter = presenter
        self._shell = shell
        say = shell.wording
        self.keep = button(say(N_("Keep this score")), self._keep)
        self.decide = button(say(N_("Decide…")), self.start)
        self.approve = button(say(N_("Approved…")), self._ask_approval)
        self.void = button(say(N_("Void…")), self._ask_void)
        self.entry = EntryBand(
            presenter.form,
            shell,
            title=say(N_("What the client decides; today's figures are kept with it")),
            act=say(N_("Keep the decision")),
            kept=self._kept,
        )
        self.entry.turned.connect(self._make_room)
        self.points = TablePanel(presenter.points, shell)
        self.decisions = TablePanel(
            presenter.decisions,
            shell,
            empty=say(N_("Nothing was decided yet: insure, at own risk, on other terms, or no credit at all."))
)  # fmt: skip
        self.decisions.view.selectionModel().selectionChanged.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._verdict())
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.points, 1)
        across.addLayout(self._decided(), 1)
        layout.addLayout(across, 1)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def start(self) -> None:
        """Open the form of a decision."""
        self.entry.open()

    def _make_room(self) -> None:
        """The form takes the place of the list: in a low window both would press the figures together."""
        self.decisions.setVisible(self.entry.isHidden())

    def _decided(self) -> QVBoxLayout:
        made = QVBoxLayout()
        made.setSpacing(8)
        self._authority = label(role="small")
        made.addLayout(row(self.decide, self.approve, self.void, None, self._authority))
        made.addWidget(self.entry)
        made.addWidget(self.decisions, 100)
        made.addStretch(1)
        return made

    def _verdict(self) -> QFrame:
        frame, inside = card(margins=(20, 14, 20, 14))
        across = QHBoxLayout()
        across.setSpacing(32)
        grade = QVBoxLayout()
        grade.setSpacing(4)
        self._grade, self._score = label(role="figure"), label(role="section")
        grade.addLayout(row(self._grade, self._score, None, spacing=12))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        grade.addLayout(self._lines)
        grade.addLayout(row(self.keep, None))
        grade.addStretch(1)
        across.addLayout(grade, 2)
        self.groups = QGridLayout()
        self.groups.setHorizontalSpacing(12)
        self.groups.setVerticalSpacing(8)
        groups = QVBoxLayout()
        groups.setSpacing(8)
        groups.addWidget(label(self._shell.wording(N_("Where the points come from")), "quiet"))  # fmt: skip
        groups.addLayout(self.groups)
        groups.addStretch(1)
        across.addLayout(groups, 2)
        self.limits = QGridLayout()
        self.limits.setHorizontalSpacing(24)
        self.limits.setVerticalSpacing(2)
        limits = QVBoxLayout()
        limits.addLayout(self.limits)
        limits.addStretch(1)
        across.addLayout(limits, 4)
        inside.addLayout(across)
        self._remarks = QVBoxLayout()
        inside.addLayout(self._remarks)
        return frame

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self._grade.setText(presenter.grade)
        self._score.setText(presenter.score)
        self._authority.setText(presenter.authority)
        clear(self._lines)
        for each in presenter.lines:
            self._lines.addWidget(label(each, "quiet", wrap=True))
        clear(self._remarks)
        for each in presenter.remarks:
            self._remarks.addWidget(label(each, "warning", wrap=True))
        for each in presenter.history:
            self._remarks.addWidget(label(each, "quiet", wrap=True))
        draw_groups(self.groups, presenter.groups, _POINT)
        self._draw_limits()
        self._choose()

    def _draw_limits(self) -> None:
        clear(self.limits)
        for place, each in enumerate(self._presenter.limits):
            line, column = place // 3 * 3, place % 3
            self.limits.addWidget(label(each.title, "quiet"), line, column)
            self.limits.addWidget(label(each.figure, "section"), line + 1, column)
            ground = label(each.ground, "small", wrap=True)
            self.limits.addWidget(ground, line + 2, column, Qt.AlignmentFlag.AlignTop)
            self.limits.setColumnStretch(column, 1)

    def _chosen(self) -> object:
        return next(iter(self.decisions.view.selected()), None)

    def _choose(self, *_what: object) -> None:
        self.approve.setEnabled(self._presenter.may_approve(self._chosen()))
        self.void.setEnabled(self._presenter.may_void(self._chosen()))

    def _kept(self) -> None:
        self._presenter.form.load({})
        said = N_("The decision is kept with the figures of today.")
        self._shell.tell(Message(said))

    def _keep(self) -> None:
        self._shell.run(self._presenter.keeping(), while_there(self, self._score_kept))

    def _score_kept(self, _number: int) -> None:
        self._shell.tell(Message(N_("The score is in the history.")))

    def _ask_approval(self) -> None:
        say, key = self._shell.wording, self._chosen()
        messages.ask_reason(
            self,
            say,
            say(N_("Who approved the decision?")),
            say(N_("Name")),
            say(N_("Keep the approval")),
            partial(self._approve, key),
        )

    def _approve(self, key: object, by: str) -> None:
        self._shell.run(self._presenter.approving(key, by), while_there(self, self._approved))  # fmt: skip

    def _approved(self, _nothing: None) -> None:
        self._shell.tell(Message(N_("The approval is kept.")))

    def _ask_void(self) -> None:
        question = self._shell.wording(
            N_(
                "Was the decision entered by mistake? It stays in the history, struck out."
            )
        )
        ask_void(self, self._shell, question, partial(self._presenter.voiding, self._chosen()))  # fmt: skip
