"""The buyer's master data, drawn: the forms, the figures of the day, and contract = invoice = limit beside them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.buyer_file import BuyerFilePresenter
from creditdesk.ui.parts.controls import button, card, clear, row
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.form_view import FormView, form_card
from creditdesk.ui.parts.page import field_line
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import label

_FACTS_WIDTH = 320
_BAR = 16
"""Pixels beside the cards for the bar that scrolls them."""


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
        trade, self._trade = card(margins=(20, 16, 20, 16))
        related, self._related = card(margins=(20, 16, 20, 16))
        aside = QWidget()
        beside = QVBoxLayout(aside)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        for each in (frame, trade, related, self._size_card()):
            beside.addWidget(each)
        beside.addStretch(1)
        forms = form_card(self._remarks, self.form, self.details)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Fold(forms, scrolled(aside), _FACTS_WIDTH + _BAR))
        for disconnect in (
            presenter.changed.connect(self._draw),
            presenter.form.changed.connect(self._draw_remarks),
            presenter.size.form.changed.connect(self._draw_size),
        ):
            self.destroyed.connect(disconnect)
        self._draw(None)

    def _draw(self, _nothing: None) -> None:
        self._draw_facts()
        self._draw_trade()
        self._draw_related()
        self._draw_size(None)
        self._draw_remarks(None)

    def _size_card(self) -> QFrame:
        """The ministry's rule: four figures, the class, and a button that puts it into the form."""
        say, size = self._shell.wording, self._presenter.size
        frame, inside = card(margins=(20, 16, 20, 16))
        inside.addWidget(label(say(N_("Size class by the ministry's rule")), "section"))
        self.size_form = FormView(size.form, self._shell, question=True)
        inside.addWidget(self.size_form)
        self._class = label(role="strong", wrap=True)
        self.take_size = button(say(N_("Take it over")), size.take)
        inside.addLayout(row(self._class, None, self.take_size))
        return frame

    def _draw_size(self, _nothing: None) -> None:
        self._class.setText(self._presenter.size.said)
        self.take_size.setEnabled(self._presenter.size.can_take)

    def _draw_related(self) -> None:
        """Who belongs to it, each with its file a click away, and what all of them owe together."""
        say, presenter = self._shell.wording, self._presenter
        clear(self._related)
        self._related.addWidget(label(say(N_("Group and related buyers")), "section"))
        if not presenter.relatives:
            said = say(
                N_(
                    "None known. They follow from group, related buyers and legal representative in the form."
                )
            )
            self._related.addWidget(label(said, "small", wrap=True))
        for each in presenter.relatives:
            open_file = button(each.name, partial(self._go_buyer, each.buyer), role="flat")  # fmt: skip
            self._related.addLayout(row(open_file, None))
            self._related.addWidget(label(each.words, "small", wrap=True))
        for fact in presenter.together:
            self._related.addLayout(field_line(fact.name, fact.words, "strong"))

    def _go_buyer(self, buyer: int) -> None:
        self._shell.go("buyer_file", buyer=buyer)

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
