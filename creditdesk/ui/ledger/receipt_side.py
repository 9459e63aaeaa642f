"""The chosen receipt, drawn: its suggestions, whose it is, what is set against which invoice, and the buttons."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from creditdesk.domain.ledger.receipts import Suggestion
from creditdesk.i18n import N_
from creditdesk.presenters.ledger.receipt_choice import ItemRow, ReceiptChoice
from creditdesk.presenters.parts.typed import FieldKind, understood
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, card, clear, row, rule
from creditdesk.ui.parts.find_box import FindBox
from creditdesk.ui.parts.page import field_line
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import NameLabel, label, set_role

_AMOUNT = 116
_NUMBERS = 2
_AT_ONCE = 40
"""Open invoices drawn before the person asks for all: each has a field of its own."""


class ReceiptSide(QWidget):
    """What may be made of one receipt."""

    def __init__(
        self,
        shell: Shell,
        confirm: Callable[[], object],
        set_aside: Callable[[str], object],
    ) -> None:
        super().__init__()
        say = shell.wording
        self._shell, self._confirm_now, self._aside_now = shell, confirm, set_aside
        self._choice: ReceiptChoice | None = None
        self._drawn: tuple[object, ...] = ()
        self._every = False
        self._boxes: dict[int, tuple[QLineEdit, QLabel]] = {}
        self._group = QButtonGroup(self)
        frame, around = card(margins=(1, 1, 1, 1))
        inner = QWidget()
        self._inside = QVBoxLayout(inner)
        self._inside.setContentsMargins(16, 14, 12, 14)
        self._inside.setSpacing(8)
        self._head, self._offers = QVBoxLayout(), QVBoxLayout()
        self._sums = QVBoxLayout()
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._buyer = FindBox("buyer", self._shell.wording)
        self._buyer.setAccessibleName(say(N_("Buyer")))
        self._buyer.activated.connect(self._choose_buyer)
        self._asked = label(role="warning", wrap=True)
        self.word = QLineEdit()
        self.word.setPlaceholderText(say(N_("Why somebody else pays, in your words")))
        self.word.setAccessibleName(say(N_("Why somebody else pays, in your words")))
        self.word.textChanged.connect(self._say_why)
        self.confirm = button(say(N_("Confirm")), confirm, role="primary")
        self.aside = button(say(N_("Not from a customer")), self._set_aside)
        self.why = QLineEdit()
        self.why.setPlaceholderText(say(N_("Why: interest, a refund, a loan…")))
        self.why.setAccessibleName(say(N_("Why: interest, a refund, a loan…")))
        self._obstacle = label(role="small", wrap=True)
        self._rest = label(role="small", wrap=True)
        self._fill()
        around.addWidget(scrolled(inner), 1)
        around.addWidget(rule())
        around.addLayout(self._foot())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)

    def show_choice(self, choice: ReceiptChoice | None) -> None:
        """Draw a receipt; what is being typed keeps its cursor."""
        self._choice = choice
        self.setVisible(choice is not None)
        if choice is None:
            self._drawn = ()
            return
        now = (choice, choice.picked, choice.buyer)
        if now != self._drawn:
            self._drawn = now
            self._every = False
            self._draw_head(choice)
            self._draw_offers(choice)
            self._draw_buyers(choice)
            self._draw_items(choice)
            self.word.setText(choice.word)
            self.why.clear()
        self._draw_sums(choice)

    def setFocus(
        self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason
    ) -> None:
        """Where the person has to say something."""
        offers = self._group.buttons()
        (offers[0] if offers else self._buyer).setFocus(reason)

    def _fill(self) -> None:
        """What is looked through."""
        for part in (self._head, self._offers):
            part.setSpacing(4)
            self._inside.addLayout(part)
        self._inside.addWidget(rule())
        said = label(self._shell.wording(N_("Buyer")), "quiet")
        self._inside.addLayout(row(said, self._buyer))
        self._buyer.setSizeAdjustPolicy(
            FindBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._inside.addLayout(self._grid)
        self._inside.addStretch(1)

    def _foot(self) -> QVBoxLayout:
        """What is decided stays in sight."""
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(6)
        self._sums.setSpacing(2)
        foot.addLayout(self._sums)
        for part in (self._rest, self._asked, self.word, self._obstacle):
            foot.addWidget(part)
        foot.addLayout(row(self.confirm, 16, self.why, self.aside))
        return foot

    def _draw_head(self, choice: ReceiptChoice) -> None:
        clear(self._head)
        say, line = self._shell.wording, choice.line
        self._head.addWidget(label(say.money(line.amount), "figure"))
        payer = line.payer or say(N_("The statement names no payer"))
        self._head.addWidget(NameLabel(payer, "strong"))
        told = "  ·  ".join(
            part
            for part in (say.day(line.booked_on), line.payer_account, line.text)
            if part
        )
        self._head.addWidget(label(told, "quiet", wrap=True))

    def _draw_offers(self, choice: ReceiptChoice) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
        clear(self._offers)
        if not choice.suggestions:
            told = N_(
                "No buyer and no invoice fits. Choose the buyer, or say that it is not from a customer."
            )
            self._offers.addWidget(label(self._shell.wording(told), "quiet", wrap=True))
        for place, each in enumerate(choice.suggestions):
            self._offers.addSpacing(4)
            self._offers.addWidget(self._offer(choice, place, each))
            for reason in each.reasons:
                said = label(self._shell.wording.message(reason), "quiet", wrap=True)
                said.setContentsMargins(24, 0, 0, 0)
                self._offers.addWidget(said)

    def _offer(
        self, choice: ReceiptChoice, place: int, each: Suggestion
    ) -> QRadioButton:
        say = self._shell.wording
        numbers = say.list(
            choice.number_of(part.item) for part in each.parts[:_NUMBERS]
        )
        if len(each.parts) > _NUMBERS:
            numbers += f" … +{len(each.parts) - _NUMBERS}"
        said = "  ·  ".join(
            part
            for part in (
                say.percent(each.confidence),
                choice.name_of(each.buyer),
                numbers,
            )
            if part
        )
        # A single & would be eaten as the mark of a shortcut.
        offer = QRadioButton(said.replace("&", "&&"))
        offer.setAccessibleName(said)
        offer.setToolTip(said)
        # A long name gives way; the figures beside it never move.
        offer.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        offer.setChecked(choice.picked == place)
        offer.clicked.connect(partial(self._pick, place))
        self._group.addButton(offer, place)
        return offer

    def _draw_buyers(self, choice: ReceiptChoice) -> None:
        self._buyer.clear()
        self._buyer.addItem(self._shell.wording(N_("Choose a buyer…")), None)
        for each in choice.buyers:
            self._buyer.addItem(each.name, each.id)
        self._buyer.setCurrentIndex(max(0, self._buyer.findData(choice.buyer)))

    def _draw_items(self, choice: ReceiptChoice) -> None:
        clear(self._grid)
        self._boxes.clear()
        say = self._shell.wording
        rows = choice.rows
        if choice.buyer is not None and not rows:
            told = say(
                N_("Nothing is open with this buyer in {currency}: the whole receipt stays unapplied."),
                currency=say.currency(choice.line.amount.currency),
            )  # fmt: skip
            self._grid.addWidget(label(told, "quiet", wrap=True), 0, 0, 1, 4)
            return
        heads = (N_("Open invoice"), N_("Due"), N_("Open amount"), N_("Set against it"))
        for place, head in enumerate(heads if rows else ()):
            shown = label(say(head), "small")
            if place > 1:
                shown.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(shown, 0, place)
        for at, each in enumerate(rows, 1):
            if self._every or at <= _AT_ONCE or each.typed:
                self._draw_item(2 * at, each)
        hidden = len(rows) - len(self._boxes)
        if hidden:
            more = say.plural(
                N_("Show {count} more open invoice"),
                N_("Show {count} more open invoices"),
                hidden,
            )
            offer = button(more, self._show_every, role="flat")
            self._grid.addWidget(offer, 2 * len(rows) + 2, 0, 1, 4)

    def _draw_item(self, at: int, each: ItemRow) -> None:
        say, item = self._shell.wording, each.item
        name = say.name(item.called)
        figure = label(say.figure(item.open))
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        box = QLineEdit(each.typed)
        box.setFixedWidth(theme.px(_AMOUNT))
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.setAccessibleName(say(N_("Set against {number}"), number=name))
        box.textChanged.connect(partial(self._type, item.id))
        box.editingFinished.connect(partial(_write_out, box, say))
        fault = label(role="fault")
        fault.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(NameLabel(name), at, 0)
        self._grid.addWidget(label(say.day(item.due), "quiet"), at, 1)
        self._grid.addWidget(figure, at, 2)
        self._grid.addWidget(box, at, 3)
        self._grid.addWidget(fault, at + 1, 0, 1, 4)
        self._boxes[item.id] = (box, fault)

    def _draw_sums(self, choice: ReceiptChoice) -> None:
        say = self._shell.wording
        clear(self._sums)
        for name, amount in (
            (N_("Came in"), choice.line.amount),
            (N_("Set against invoices"), choice.allocated),
            (N_("Rest"), choice.rest),
        ):
            self._sums.addLayout(field_line(say(name), say.money(amount), "strong"))
        for each in choice.rows:
            if each.item.id in self._boxes:
                box, fault = self._boxes[each.item.id]
                set_role(box, "true" if each.fault else "false", "faulty")
                fault.setText(each.fault)
                fault.setVisible(bool(each.fault))
        self._rest.setText(choice.rest_words)
        self._rest.setVisible(bool(choice.rest_words))
        self._asked.setText(choice.third_party_words)
        self._asked.setVisible(bool(choice.third_party_words))
        self.word.setVisible(choice.third_party)
        self._obstacle.setText(choice.obstacle)
        self._obstacle.setVisible(bool(choice.obstacle))
        self.confirm.setEnabled(not choice.obstacle)

    def _show_every(self) -> None:
        self._every = True
        if self._choice:
            self._draw_items(self._choice)
            self._draw_sums(self._choice)

    def _pick(self, place: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt hands it over
        if self._choice:
            self._choice.pick(place)

    def _choose_buyer(self, place: int) -> None:
        if self._choice:
            self._choice.choose_buyer(self._buyer.itemData(place))

    def _type(self, item: int, text: str) -> None:
        if self._choice:
            self._choice.type_amount(item, text)

    def _say_why(self, text: str) -> None:
        if self._choice and text != self._choice.word:
            self._choice.say_why(text)

    def _set_aside(self) -> None:
        said = self.why.text().strip()
        self._aside_now(said or self._shell.wording(N_("not from a customer")))


def _write_out(box: QLineEdit, wording: Wording) -> None:
    """What was typed, as it is understood."""
    if box.isModified():
        box.setText(understood(FieldKind.AMOUNT, box.text(), wording))
