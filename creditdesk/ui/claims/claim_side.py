"""Beside a claim's checklist: the calculation in short with its result, and the ten readiness tests."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.claims import claim_figures
from creditdesk.presenters.claims.claim_figures import ReadinessLine
from creditdesk.presenters.claims.claim_file import ClaimFilePresenter
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.parts.working import FigureLine
from creditdesk.ui.parts.controls import button, clear, rule
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.text import label

_ROLES = {Tone.DANGER: "danger", Tone.WARNING: "warning", Tone.DONE: "done"}
WIDTH = 356


class ClaimSide(QFrame):
    """A card that stays while the tabs change."""

    def __init__(
        self,
        presenter: ClaimFilePresenter,
        wording: Wording,
        *,
        explain: Callable[[], object],
        mend: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._presenter = presenter
        self._wording = wording
        self._explain = explain
        self._mend = mend
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(16, 14, 16, 14)
        self._lines.setSpacing(8)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(1, 1, 1, 1)
        frame.addWidget(scrolled(inside))
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def _draw(self, _nothing: None) -> None:
        clear(self._lines)
        self._draw_calculation()
        self._lines.addSpacing(4)
        self._lines.addWidget(rule())
        self._lines.addSpacing(4)
        self._draw_tests()
        self._lines.addStretch(1)

    def _draw_calculation(self) -> None:
        presenter, say = self._presenter, self._wording
        self._lines.addWidget(label(presenter.calculation_title, "section"))
        shown = presenter.calculation
        if shown is None:
            self._lines.addWidget(label(say(N_("Being computed…")), "quiet"))
            return
        for sentence in presenter.missing:
            self._lines.addWidget(label(sentence, "warning", wrap=True))
        if presenter.missing:
            word, *_ = presenter.mending
            self._lines.addWidget(button(word, self._mend), 0, _LEFT)
            return
        for line in claim_figures.in_short(shown, say):
            self._lines.addLayout(_figure(line))
        self._lines.addLayout(self._result())
        for line in claim_figures.paid_out(shown, say):
            self._lines.addLayout(_figure(line))
        self._lines.addWidget(
            label(claim_figures.both_ways(shown, say), "small", wrap=True)
        )
        if shown.assumptions:
            count = len(shown.assumptions)
            text = say.plural(
                N_("{count} value is a template's default, not checked against the policy."),
                N_("{count} values are a template's defaults, not checked against the policy."),
                count,
            )  # fmt: skip
            self._lines.addWidget(label(text, "warning", wrap=True))
        for granted in shown.granted:
            self._lines.addWidget(label(say.message(granted), "small", wrap=True))
        if presenter.differs:
            self._lines.addWidget(label(presenter.differs, "warning", wrap=True))
        self._lines.addWidget(
            button(say(N_("Step by step")), self._explain, role="flat"), 0, _LEFT
        )

    def _result(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(label(self._wording(N_("Expected indemnity")), "strong"))
        line.addStretch(1)
        line.addWidget(label(self._presenter.result, "figure"))
        return line

    def _draw_tests(self) -> None:
        found = self._presenter.file.findings
        head = QHBoxLayout()
        head.addWidget(label(self._wording(N_("Would it be refused?")), "section"))
        head.addStretch(1)
        head.addWidget(
            label(
                self._wording(
                    N_("{met} of {all} tests met"),
                    met=claim_figures.met(found),
                    all=len(found),
                ),
                "quiet",
            )
        )
        self._lines.addLayout(head)
        for line in claim_figures.readiness(found, self._wording):
            self._lines.addLayout(_test(line))


_LEFT = Qt.AlignmentFlag.AlignLeft
_TOP = Qt.AlignmentFlag.AlignTop


def _figure(line: FigureLine) -> QHBoxLayout:
    made = QHBoxLayout()
    made.setSpacing(12)
    name = label(line.label, "strong" if line.strong else "quiet", wrap=True)
    name.setToolTip(line.detail)
    made.addWidget(name, 1)
    made.addWidget(label(line.amount, "strong" if line.strong else "quiet"), 0, _TOP)
    return made


def _test(line: ReadinessLine) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(0)
    head = QHBoxLayout()
    role = _ROLES.get(line.verdict.tone, "quiet")
    name = label(line.title, "" if not line.good else "quiet")
    name.setToolTip(line.said)
    head.addWidget(name, 1)
    head.addWidget(label(line.verdict.text, role))
    made.addLayout(head)
    if not line.good:
        made.addWidget(label(line.said, "small", wrap=True))
    return made
