"""The buyer's master data, drawn: the forms, the figures of the day, and contract = invoice = limit beside them."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.buyer_file import BuyerFilePresenter
from creditdesk.ui.parts.controls import button, card, clear, row
from creditdesk.ui.parts.form_view import FormView, form_card
from creditdesk.ui.parts.page import field_line
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import label

_FACTS_WIDTH = 320


class CardTab(QWidget):
    """Forms at the left, figures at the right. `day`: today, said above the figures."""

    def __init__(
        self, presenter: BuyerFilePresenter, shell: Shell, day: Callable[[], object]
    ) -> None:
        super().__init__()
        self._presenter, self._shell, self._day = presenter, shell, day
        self._remarks, self._remark_lines = _notice_frame()
        self.form = FormView(presenter.form, shell, saved=self._saved)
        self.details = FormView(presenter.details.form, shell, saved=self._saved)
        frame, self._facts = card(margins=(20, 16, 20, 16))
        frame.setFixedWidth(_FACTS_WIDTH)
        trade, self._trade = card(margins=(20, 16, 20, 16))
        trade.setFixedWidth(_FACTS_WIDTH)
        beside = QVBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(frame)
        beside.addWidget(trade)
        beside.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        across.addWidget(form_card(self._remarks, self.form, self.details), 1)
        across.addLayout(beside)
        for disconnect in (
            presenter.changed.connect(self._draw),
            presenter.form.changed.connect(self._draw_remarks),
        ):
            self.destroyed.connect(disconnect)
        self._draw(None)

    def _draw(self, _nothing: None) -> None:
        self._draw_facts()
        self._draw_trade()
        self._draw_remarks(None)

    def _draw_facts(self) -> None:
        say = self._shell.wording
        clear(self._facts)
        self._facts.addWidget(label(say(N_("As of {day}"), day=self._day()), "section"))
        for fact in self._presenter.facts:
            self._facts.addLayout(field_line(fact.name, fact.words, fact.tone))
        if self._presenter.file.aliases:
            self._facts.addSpacing(8)
            self._facts.addWidget(label(say(N_("Also called")), "section"))
            for alias in self._presenter.file.aliases:
                self._facts.addWidget(label(alias, "quiet", wrap=True))
        self._draw_merges()

    def _draw_merges(self) -> None:
        """Who turned out to be this buyer; a merge is undone where all of them are."""
        merged = self._presenter.merged
        if not merged:
            return
        say = self._shell.wording
        self._facts.addSpacing(8)
        self._facts.addWidget(label(say(N_("Merged into it")), "section"))
        for said in merged:
            self._facts.addWidget(label(said, "quiet", wrap=True))
        undo = button(say(N_("Undo a merge…")), self._go_merges, role="flat")
        self._facts.addWidget(undo)

    def _go_merges(self) -> None:
        self._shell.go("buyer_doubles", part=1)

    def _draw_trade(self) -> None:
        """Contract, invoices and limit, one below the other; what differs stands under them."""
        clear(self._trade)
        self._trade.addWidget(label(self._shell.wording(N_("Contract = invoice = limit")), "section"))  # fmt: skip
        for fact in self._presenter.trade:
            self._trade.addWidget(label(fact.name, "small"))
            self._trade.addWidget(label(fact.words, fact.tone, wrap=True))
        for each in self._presenter.differences:
            self._trade.addWidget(label(each, "warning", wrap=True))

    def _draw_remarks(self, _nothing: None) -> None:
        say = self._shell.wording
        clear(self._remark_lines)
        remarks = self._presenter.remarks
        for remark in remarks:
            self._remark_lines.addWidget(label(remark, "warning", wrap=True))
        offered = self._presenter.suggestion
        if offered:
            words = say(N_("Perhaps {code} is meant?"), code=offered)
            take = button(say(N_("Take it over")), self._presenter.take_suggestion)
            self._remark_lines.addLayout(row(label(words), take, None))
        self._remarks.setVisible(bool(remarks))

    def _saved(self) -> None:
        self._shell.tell(Message.of(N_("Saved.")))


def _notice_frame() -> tuple[QFrame, QVBoxLayout]:
    frame = QFrame()
    frame.setProperty("role", "notice")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(12, 8, 12, 8)
    inside.setSpacing(6)
    return frame, inside
