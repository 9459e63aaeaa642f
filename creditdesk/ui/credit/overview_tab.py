"""The first look at a buyer, drawn: verdict, may we ship, warnings, debt and payments; what happened beside."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.credit.overview_part import OverviewPart, Past, WarningLine
from creditdesk.presenters.credit.score_part import ScorePart
from creditdesk.ui.credit.charts import AgeBar, LimitScale, PayChart
from creditdesk.ui.credit.group_bars import draw_groups
from creditdesk.ui.credit.ship_box import ShipBox
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, card, clear, row, rule
from creditdesk.ui.parts.fold import Fold, Halves
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import NameLabel, chip, label

_PAST, _POINT = 268, 2
_HALF = 240
"""Pixels each part of the overview keeps beside the others."""
_FIRST_LIMITS = 4
_DAY = 74


class OverviewTab(QWidget):
    """Order: verdict, may we still ship, what to answer, what is owed, how it pays; the timeline at the right."""

    def __init__(  # noqa: PLR0913 - the parts it shows, and where its links lead
        self,
        presenter: OverviewPart,
        score: ScorePart,
        ship: ShipBox,
        shell: Shell,
        *,
        to_score: Callable[[], object],
        to_warnings: Callable[[], object],
        to_documents: Callable[[], object],
        note: Callable[[], object],
        report: Callable[[], object],
    ) -> None:
        super().__init__()
        self._presenter, self._score, self._shell = presenter, score, shell
        say = shell.wording
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(12)
        links = (
            button(say(N_("Points and reasons")), to_score, role="flat"),
            button(say(N_("Credit report…")), report, role="flat"),
        )
        column.addWidget(self._verdict(*links))
        column.addWidget(ship)
        warned = self._warned(button(say(N_("All")), to_warnings, role="flat"))
        owed = self._owed(button(say(N_("Documents")), to_documents, role="flat"))
        column.addWidget(Halves((warned, owed), (1, 1), _HALF, spacing=12))
        column.addStretch(1)
        past = self._past(button(say(N_("Make a note")), note, role="flat"))
        across = QVBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(Fold(scrolled(inside), past, _PAST, spacing=12))
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)

    def _verdict(self, *links: QWidget) -> QFrame:
        say = self._shell.wording
        frame, inside = card(margins=(20, 14, 20, 14))
        first, second, third = QWidget(), QWidget(), QWidget()
        inside.addWidget(Halves((first, second, third), (4, 3, 6), _HALF, spacing=20))
        grade = QVBoxLayout(first)
        grade.setSpacing(2)
        grade.addWidget(label(say(N_("Credit grade")), "quiet"))
        self.grade, self.score = label(role="figure"), label(role="section")
        grade.addLayout(row(self.grade, self.score, None, spacing=10))
        self._grade_words = [label(role="small", wrap=True) for _ in range(3)]
        for each in self._grade_words:
            grade.addWidget(each)
        grade.addStretch(1)
        points = QVBoxLayout(second)
        points.setSpacing(6)
        points.addWidget(label(say(N_("Where the points come from")), "quiet"))
        self._groups = QGridLayout()
        self._groups.setHorizontalSpacing(10)
        self._groups.setVerticalSpacing(6)
        points.addLayout(self._groups)
        points.addLayout(row(*links, None, spacing=0))
        points.addStretch(1)
        limits = QVBoxLayout(third)
        limits.setSpacing(6)
        self._limits = QGridLayout()
        self._limits.setHorizontalSpacing(12)
        self._limits.setVerticalSpacing(2)
        self.scale = LimitScale()
        limits.addLayout(self._limits)
        limits.addWidget(self.scale)
        limits.addStretch(1)
        for column in (grade, points, limits):
            column.setContentsMargins(0, 0, 0, 0)
        return frame

    def _warned(self, more: QWidget) -> QFrame:
        frame, inside = card()
        self._said = label(role="quiet")
        title = label(self._shell.wording(N_("Warnings and what was done")), "section")
        inside.addLayout(row(title, self._said, None, more))
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(6)
        inside.addLayout(self._warnings)
        inside.addStretch(1)
        return frame

    def _owed(self, more: QWidget) -> QFrame:
        say = self._shell.wording
        frame, inside = card()
        self._accounts = QVBoxLayout()
        self._accounts.setSpacing(4)
        inside.addLayout(self._accounts)
        inside.addLayout(row(label(say(N_("Days late, weighted by money")), "section"), None, more))  # fmt: skip
        self._paying = label(role="small", wrap=True)
        inside.addWidget(self._paying)
        self.chart = PayChart()
        inside.addWidget(self.chart)
        inside.addStretch(1)
        return frame

    def _past(self, note: QWidget) -> QFrame:
        frame, inside = card(margins=(14, 12, 8, 12))
        inside.addLayout(row(label(self._shell.wording(N_("Timeline")), "section"), None, note))  # fmt: skip
        holder = QWidget()
        self.past = QVBoxLayout(holder)
        self.past.setContentsMargins(0, 0, 6, 0)
        self.past.setSpacing(8)
        inside.addWidget(scrolled(holder), 1)
        self._earlier = label(role="small")
        self.more = button(
            self._shell.wording(N_("Show more")), self._show_whole_past, role="flat"
        )
        inside.addLayout(row(self._earlier, None, self.more))
        return frame

    def _draw(self, _nothing: None) -> None:
        presenter, score = self._presenter, self._score
        self.grade.setText(score.grade)
        self.score.setText(score.score)
        said = (presenter.grade_words, presenter.moved, presenter.known)
        for made, words in zip(self._grade_words, said, strict=True):
            made.setText(words)
            made.setVisible(bool(words))
        draw_groups(self._groups, score.groups, _POINT)
        self._draw_limits()
        self._said.setText(presenter.warnings_said)
        clear(self._warnings)
        for place, line in enumerate(presenter.warnings):
            if place:
                self._warnings.addWidget(rule())
            self._draw_warning(line)
        self._draw_accounts()
        self._paying.setText(presenter.paying_words)
        self.chart.show_bars(presenter.bars, presenter.mean)
        self._draw_timeline()

    def _show_whole_past(self) -> None:
        self._presenter.show_whole_past()
        self._draw_timeline()

    def _draw_timeline(self) -> None:
        clear(self.past)
        for each in self._presenter.past:
            self._draw_past(each)
        self.past.addStretch(1)
        self._earlier.setText(self._presenter.earlier)
        self.more.setVisible(self._presenter.has_more_past)

    def _draw_limits(self) -> None:
        clear(self._limits)
        for column, each in enumerate(self._score.limits[:_FIRST_LIMITS]):
            self._limits.addWidget(label(each.title, "small", wrap=True), 0, column)
            figure = label(each.figure, "strong")
            figure.setToolTip(each.ground)
            self._limits.addWidget(figure, 1, column)
            self._limits.setColumnStretch(column, 1)
        balance = next((f"{each.title} {each.figure}" for each in self._score.limits[_FIRST_LIMITS:]), "")  # fmt: skip
        self.scale.show_marks(self._presenter.balance, self._presenter.marks, balance)

    def _draw_warning(self, line: WarningLine) -> None:
        self._warnings.addLayout(row(NameLabel(line.title, "strong"), chip(line.state, line.tone.value)))  # fmt: skip
        self._warnings.addWidget(NameLabel(line.under, "small"))

    def _draw_accounts(self) -> None:
        clear(self._accounts)
        if not self._presenter.owed:
            self._accounts.addWidget(label(self._shell.wording(N_("Nothing is open.")), "quiet"))  # fmt: skip
        for words, ages in self._presenter.owed:
            self._accounts.addWidget(label(words, "section"))
            self._accounts.addWidget(AgeBar(ages))
            said = " · ".join(each.words for each in ages)
            self._accounts.addWidget(label(said, "quiet", wrap=True))

    def _draw_past(self, each: Past) -> None:
        day = label(each.day, "small")
        day.setMinimumWidth(theme.px(_DAY))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(each.title, "danger" if each.grave else "", wrap=True))
        if each.detail:
            words.addWidget(label(each.detail, "small", wrap=True))
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        self.past.addLayout(across)
