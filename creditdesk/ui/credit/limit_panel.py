"""The limits of a buyer: the line in time, the decisions, the requests that wait, and grounds of one's own."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.credit.buyer_file import BuyerFilePresenter
from creditdesk.presenters.parts.table import Table
from creditdesk.services.policies import GroundLine, LimitLine, RequestLine
from creditdesk.ui.credit.limit_line import LimitLine as LimitPicture
from creditdesk.ui.parts.controls import button, card, row
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label

_LOW = 150


class LimitPanel(QWidget):
    """Everything about a buyer's limits; the buttons act on the chosen request that still waits."""

    def __init__(  # noqa: PLR0913 - what can be done with the lists
        self,
        shell: Shell,
        picture: LimitPicture,
        presenter: BuyerFilePresenter,
        *,
        ask: Callable[[], object],
        answer: Callable[[RequestLine], object],
        withdraw: Callable[[RequestLine], object],
        check: Callable[[], object],
        void: Callable[[LimitLine], object],
    ) -> None:
        super().__init__()
        wording = shell.wording
        self._presenter = presenter
        self._decisions = presenter.limits
        self._requests = presenter.requests
        self._void = void
        self._answer = answer
        self._withdraw = withdraw
        self._frame, inside = card(margins=(16, 12, 16, 8))
        self._picture = picture
        inside.addWidget(picture)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._frame)
        self.decided = TablePanel(
            self._decisions,
            shell,
            empty=wording(
                N_(
                    "No limit was ever decided. Ask the insurer, and enter its decision when it comes."
                )
            ),
        )
        self.voiding = button(wording(N_("Void the decision…")), self._void_chosen)
        head = label(wording(N_("Decisions of the insurer")), "section")
        layout.addLayout(row(head, None, self.voiding))
        layout.addWidget(self.decided, 3)
        self.decided.view.selectionModel().selectionChanged.connect(self._enable_void)
        self._disconnect_void = self._decisions.changed.connect(self._enable_void)
        self.destroyed.connect(self._disconnect_void)
        self._enable_void()
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addLayout(self._requested(shell, ask), 3)
        below.addLayout(_grounds(shell, presenter.grounds, check), 2)
        layout.addLayout(below, 2)
        self._disconnect_steps = presenter.changed.connect(self._draw_steps)
        self.destroyed.connect(self._disconnect_steps)
        self._draw_steps(None)

    def _draw_steps(self, _nothing: None) -> None:
        """The limit in time."""
        steps = self._presenter.steps
        self._picture.show_steps(steps)
        self._frame.setVisible(bool(steps))

    def _requested(self, shell: Shell, ask: Callable[[], object]) -> QVBoxLayout:
        wording = shell.wording
        self.asking = button(wording(N_("Ask the insurer…")), ask)
        self.answering = button(wording(N_("Enter the answer…")), self._enter)
        self.withdrawing = button(wording(N_("Withdraw")), self._take_back)
        self.panel = TablePanel(
            self._requests,
            shell,
            opened=self._opened,
            empty=wording(N_("No request was sent from here yet.")),
        )
        self.panel.setMinimumHeight(_LOW)
        self.panel.view.selectionModel().selectionChanged.connect(self._enable)
        self._disconnect = self._requests.changed.connect(self._enable)
        self.destroyed.connect(self._disconnect)
        column = QVBoxLayout()
        column.setSpacing(8)
        head = label(wording(N_("Requests to the insurer")), "section")
        column.addLayout(row(head, None, self.withdrawing, self.answering, self.asking))
        column.addWidget(self.panel, 1)
        self._enable()
        return column

    def _decision(self) -> LimitLine | None:
        for key in self.decided.view.selected():
            line = self._decisions.get(key)
            if line is not None and line.voided is None:
                return line
        return None

    def _enable_void(self, *_what: object) -> None:
        self.voiding.setEnabled(self._decision() is not None)

    def _void_chosen(self) -> None:
        line = self._decision()
        if line is not None:
            self._void(line)

    def _chosen(self) -> RequestLine | None:
        for key in self.panel.view.selected():
            line = self._requests.get(key)
            if line is not None and line.is_open:
                return line
        return None

    def _enable(self, *_what: object) -> None:
        chosen = self._chosen() is not None
        self.answering.setEnabled(chosen)
        self.withdrawing.setEnabled(chosen)

    def _opened(self, key: object) -> None:
        line = self._requests.get(key)
        if line is not None and line.is_open:
            self._answer(line)

    def _enter(self) -> None:
        line = self._chosen()
        if line is not None:
            self._answer(line)

    def _take_back(self) -> None:
        line = self._chosen()
        if line is not None:
            self._withdraw(line)


def _grounds(
    shell: Shell, grounds: Table[GroundLine], check: Callable[[], object]
) -> QVBoxLayout:
    wording = shell.wording
    panel = TablePanel(
        grounds,
        shell,
        empty=wording(N_("No grounds of a discretionary limit are kept.")),
    )
    panel.setMinimumHeight(_LOW)
    column = QVBoxLayout()
    column.setSpacing(8)
    head = label(wording(N_("Discretionary limit")), "section")
    column.addLayout(row(head, None, button(wording(N_("Check the grounds…")), check)))
    column.addWidget(panel, 1)
    return column
