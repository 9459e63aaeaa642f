"""What came of a replay, drawn: a chart a policy, the table, and beside it how the chosen figure comes about."""

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.insurers.what_if import Found
from creditdesk.presenters.insurers.what_if_result import AreaChart, WhatIfResult
from creditdesk.ui.insurers.area_chart import AreaChartView
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import card, clear
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.list_view import row_height
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import NameLabel, chip, label
from creditdesk.ui.parts.working import draw_working

_SIDE = 400
_ABREAST = 2
_HEAD = 3
"""Rows' heights that the table takes beside its rows."""
_FIRST = "uncovered"
"""The line that is explained until another is chosen."""


class ResultView(QWidget):
    """Hidden until something was replayed."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._found: Found | None = None
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(12)
        self.hide()

    def show_found(self, found: Found | None) -> None:
        """Draw a result; None: there is none."""
        if found is self._found:
            return
        self._found = found
        clear(self._inside)
        self.setVisible(found is not None)
        if found is None:
            return
        self._result = WhatIfResult(found, self._shell.wording)
        self._inside.addLayout(self._charts())
        self._inside.addWidget(label(self._result.legend, "small", wrap=True))
        self._inside.addWidget(Fold(self._table(), self._side(), _SIDE))
        self._inside.addWidget(self._granted())
        rows = self._result.table.rows
        self.explain(next(each.place for each in rows if each.key == _FIRST))

    def explain(self, key: object) -> None:
        """Show how the figures of a line come about."""
        say, result = self._shell.wording, self._result
        clear(self._working)
        self._working.addWidget(label(result.title(key), "section", wrap=True))
        meaning = result.meaning(key)
        if meaning:
            self._working.addWidget(label(meaning, "quiet", wrap=True))
        for each in result.explained(key):
            self._working.addSpacing(6)
            self._working.addWidget(label(each.title, "strong", wrap=True))
            draw_working(self._working, each.lines)
        if not result.explained(key):
            nothing = say(N_("There is nothing behind it under these policies."))
            self._working.addWidget(label(nothing, "small", wrap=True))
        self._working.addStretch(1)

    def _charts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, chart in enumerate(self._result.charts):
            line, side = divmod(place, _ABREAST)
            grid.addWidget(self._chart(chart), line, side)
            grid.setColumnStretch(side, 1)
        return grid

    def _chart(self, chart: AreaChart) -> QFrame:
        frame, inside = card(spacing=4)
        head = QGridLayout()
        head.setHorizontalSpacing(8)
        head.setColumnStretch(1, 1)
        head.addWidget(chip(chart.letter, "accent"), 0, 0)
        head.addWidget(NameLabel(chart.name, "strong"), 0, 1)
        head.addWidget(label(chart.aside, "strong"), 0, 2)
        inside.addLayout(head)
        inside.addWidget(label(chart.terms, "small", wrap=True))
        inside.addWidget(AreaChartView(chart))
        return frame

    def _table(self) -> QWidget:
        say = self._shell.wording
        self.panel = TablePanel(
            self._result.table, self._shell, name=say(N_("Side by side"))
        )
        self.panel.setMinimumHeight((self._result.table.count + _HEAD) * row_height())
        self.panel.view.selectionModel().selectionChanged.connect(self._chosen)
        around = QWidget()
        inside = QVBoxLayout(around)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.panel)
        return around

    def _side(self) -> QFrame:
        inside = QWidget()
        self._working = QVBoxLayout(inside)
        self._working.setContentsMargins(0, 0, 8, 0)
        self._working.setSpacing(4)
        frame, holding = card()
        frame.setMinimumHeight(theme.px(280))
        holding.addWidget(scrolled(inside))
        return frame

    def _granted(self) -> QFrame:
        say = self._shell.wording
        frame, inside = card(spacing=4)
        head = say(N_("What is taken for granted"))
        inside.addWidget(label(head, "section"))
        for sentence in self._result.granted:
            inside.addWidget(label(f"• {sentence}", "small", wrap=True))
        return frame

    def _chosen(self, *_what: object) -> None:
        key = next(iter(self.panel.view.selected()), None)
        if key is not None:
            self.explain(key)
