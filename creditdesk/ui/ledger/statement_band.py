"""A statement on its way in, above the receipts: what it says, what is left out, and the button that takes it in."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.importers.bank.direction import View
from creditdesk.presenters.ledger.statement_import import StatementImport
from creditdesk.ui.parts.controls import button, card, clear, row
from creditdesk.ui.parts.find_box import FindBox
from creditdesk.ui.parts.page import field_line
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import NameLabel, label

_HEIGHT = 230


class StatementBand(QFrame):
    """Shown while a file is looked at."""

    def __init__(
        self,
        presenter: StatementImport,
        shell: Shell,
        read: Callable[[bool | None, View | None], object],
        take_in: Callable[[], object],
    ) -> None:
        super().__init__()
        say = shell.wording
        self._presenter, self._shell, self._read = presenter, shell, read
        self._name = NameLabel(role="section")
        self._client = FindBox("client", say)
        self._client.setAccessibleName(say(N_("Client")))
        self._client.addItem(say(N_("Whose account is it?")), None)
        for number, name in presenter.clients:
            self._client.addItem(name, number)
        self._client.activated.connect(self._choose_client)
        self._order = QComboBox()
        self._order.setAccessibleName(say(N_("Order of dates")))
        for word, value in (
            (N_("Dates: from the column"), None),
            (N_("Dates: day first"), True),
            (N_("Dates: month first"), False),
        ):
            self._order.addItem(say(word), value)
        self._order.activated.connect(self._choose_order)
        self._view = QComboBox()
        self._view.setAccessibleName(say(N_("Debit and credit")))
        for word, view in (
            (N_("Debit and credit: by the balance"), None),
            (N_("A bank's statement: credit is money in"), View.BANK),
            (N_("The books' journal: debit is money in"), View.BOOKS),
        ):
            self._view.addItem(say(word), view)
        self._view.activated.connect(self._choose_view)
        self.act = button("", take_in, role="primary")
        self._fault = label(role="danger", wrap=True)
        self._facts, self._remarks = QVBoxLayout(), QVBoxLayout()
        frame, inside = card()
        inside.addLayout(
            row(
                self._name,
                self._client,
                self._order,
                self._view,
                self.act,
                button(say(N_("Don't take it in")), presenter.leave),
            )
        )
        inside.addWidget(self._fault)
        self._hint = label(
            say(
                N_("Choose the client whose account it is: then the statement is read.")
            ),
            "quiet",
        )
        inside.addWidget(self._hint)
        self._work = self._columns()
        inside.addWidget(self._work)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(frame)
        self.destroyed.connect(presenter.changed.connect(self._draw))
        self._draw(None)

    def _columns(self) -> QWidget:
        left, right = QWidget(), QWidget()
        for holder, layout in ((left, self._facts), (right, self._remarks)):
            layout.setSpacing(4)
            across = QVBoxLayout(holder)
            across.setContentsMargins(0, 0, 12, 0)
            across.addLayout(layout)
            across.addStretch(1)
        work = QWidget()
        beside = QHBoxLayout(work)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(24)
        beside.addWidget(left, 2)
        beside.addWidget(scrolled(right), 5)
        work.setFixedHeight(_HEIGHT)
        return work

    def _choose_client(self, place: int) -> None:
        self._presenter.choose_client(self._client.itemData(place))
        self._read(None, None)

    def _choose_order(self, place: int) -> None:
        self._read(self._order.itemData(place), None)

    def _choose_view(self, place: int) -> None:
        self._read(self._order.currentData(), self._view.itemData(place))

    def _draw(self, _nothing: None) -> None:
        presenter, say = self._presenter, self._shell.wording
        self.setVisible(presenter.path is not None)
        self._name.setText(presenter.path.name if presenter.path else "")
        self._client.setCurrentIndex(max(0, self._client.findData(presenter.client)))
        self._order.setVisible(presenter.asks_order)
        self._view.setVisible(presenter.asks_view)
        self.act.setText(presenter.act)
        self.act.setVisible(presenter.told is not None)
        self.act.setEnabled(presenter.may_act)
        self._fault.setText(say.message(presenter.fault) if presenter.fault else "")
        self._fault.setVisible(presenter.fault is not None)
        self._hint.setVisible(presenter.client is None)
        self._work.setVisible(presenter.statement is not None)
        clear(self._facts)
        for name, value in presenter.facts:
            self._facts.addLayout(field_line(name, value))
        clear(self._remarks)
        for place, reason, minded in presenter.remarks:
            told = f"{place}  {reason}".strip()
            self._remarks.addWidget(
                label(told, "warning" if minded else "quiet", wrap=True)
            )
