"""Opening a claim, drawn: whose, why and since when at the left, the overdue invoices at the right."""

from functools import partial

from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QRadioButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.claims.new_claim import (
    BuyerNotChosen,
    DayNotGiven,
    NewClaimPresenter,
)
from creditdesk.presenters.parts.form import FormField
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.services.claims import PolicyNotNamed
from creditdesk.ui.parts.check_list import CheckList
from creditdesk.ui.parts.controls import button, card, row
from creditdesk.ui.parts.fields import ChoiceInput, DayInput
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import fault_line, label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "claims"

_LEFT_WIDTH = 400
_DAY = N_(
    "For default the day the waiting period ends, for insolvency the day of the court's ruling; "
    "the policy says which."
)


class NewClaimPage(Page):
    """A claim is opened with one press once buyer, day and invoices are there."""

    def __init__(self, workspace: Workspace, shell: Shell, buyer: int | None) -> None:
        wording = shell.wording
        said = wording(
            N_("The checklist of the case and the calculation come with the claim.")
        )
        super().__init__(
            wording(N_("New claim")),
            said,
            actions=(
                button(wording(N_("Cancel")), shell.back, hint="Esc"),
                button(wording(N_("Start the claim")), self.open_claim, role="primary"),
            ),
        )
        self._shell = shell
        self._presenter = NewClaimPresenter(workspace, wording, buyer)
        case = self._case()
        self.body.addWidget(Fold(self._invoices(), case, _LEFT_WIDTH, first=True), 1)
        self._fault = fault_line()
        self.body.addWidget(self._fault)
        self._presenter.changed.connect(self._draw)
        self._presenter.ticks_changed.connect(self._draw_sums)
        self._draw(None)
        (self.day if buyer is not None else self.client).setFocus()

    def open_claim(self) -> None:
        """Open it, or say what stands against it."""
        try:
            claim = self._presenter.open()
        except UserError as error:
            self._refuse(error)
            return
        self._shell.go("claim_file", claim=claim)

    def _case(self) -> QFrame:
        wording, presenter = self._shell.wording, self._presenter
        frame, inside = card(spacing=4)
        self.client = self._choice(N_("Client"), "client")
        self.client.offer(presenter.clients)
        self.client.typed.connect(presenter.choose_client)
        self.buyer = self._choice(N_("Buyer"), "buyer")
        self.buyer.typed.connect(self._choose_buyer)
        self.policy = self._choice(
            N_("Policy"), "policy", N_("The one in force at shipment")
        )
        self.policy.typed.connect(self._choose_policy)
        day = FormField(
            key="day", label=wording(N_("Date of loss")), kind=FieldKind.DATE
        )
        self.day = DayInput(day, wording)
        self.day.left.connect(self._type_day)
        self._day_fault = fault_line()
        for name, widget in (
            (N_("Client"), self.client),
            (N_("Buyer"), self.buyer),
            (N_("Policy"), self.policy),
            (N_("Date of loss"), self.day),
        ):
            inside.addWidget(label(wording(name), "quiet"))
            inside.addWidget(widget)
        inside.addWidget(self._day_fault)
        inside.addWidget(label(wording(_DAY), "small", wrap=True))
        self._waiting = label(role="quiet", wrap=True)
        inside.addWidget(self._waiting)
        inside.addSpacing(6)
        inside.addWidget(label(wording(N_("Cause of loss")), "section"))
        self._causes = QButtonGroup(frame)
        for choice in presenter.causes:
            picked = QRadioButton(choice.title)
            picked.setAccessibleDescription(choice.said)
            picked.setChecked(choice.cause is presenter.cause)
            picked.clicked.connect(
                partial(self._choose_cause, presenter.causes.index(choice))
            )
            self._causes.addButton(picked)
            inside.addWidget(picked)
            sentence = label(choice.said, "small", wrap=True)
            sentence.setContentsMargins(24, 0, 0, 4)
            inside.addWidget(sentence)
        inside.addStretch(1)
        return frame

    def _choice(self, name: str, key: str, hint: str = N_("Choose…")) -> ChoiceInput:
        wording = self._shell.wording
        return ChoiceInput(
            FormField(
                key=key,
                label=wording(name),
                kind=FieldKind.CHOICE,
                hint=wording(hint),
            ),
            wording,
        )

    def _invoices(self) -> QWidget:
        wording = self._shell.wording
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(
            row(
                label(wording(N_("Invoices overdue on the date of loss")), "section"),
                None,
                button(wording(N_("Tick all")), partial(self._tick_all, on=True)),
                button(wording(N_("Tick none")), partial(self._tick_all, on=False)),
            )
        )
        heads = (N_("Number"), N_("Date"), N_("Due"), N_("Overdue"), N_("Open amount"))
        self.list = CheckList(
            [wording(head) for head in heads], self._tick, wording(N_("Invoices"))
        )
        frame = QFrame()
        frame.setProperty("role", "card")
        self._stack = QStackedLayout(frame)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._nothing = label(role="quiet", wrap=True)
        self._nothing.setMargin(32)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)
        layout.addWidget(frame, 1)
        self.sums = label(role="strong", wrap=True)
        layout.addWidget(self.sums)
        return part

    def _choose_cause(self, place: int) -> None:
        self._presenter.choose_cause(self._presenter.causes[place].cause)
        self._say_waiting()

    def _choose_buyer(self, buyer: str) -> None:
        self._presenter.choose_buyer(buyer)
        self._find()

    def _choose_policy(self, policy: str) -> None:
        self._presenter.choose_policy(policy)
        self._say_waiting()

    def _say_waiting(self) -> None:
        said = self._presenter.waiting
        self._waiting.setText(said)
        self._waiting.setVisible(bool(said))

    def _type_day(self) -> None:
        self._presenter.type_day(self.day.text())
        if self._presenter.day:
            self.day.show_text(self._presenter.day.isoformat())
        self._find()

    def _find(self) -> None:
        presenter = self._presenter
        if presenter.buyer is not None and presenter.day is not None:
            self._shell.run(presenter.finding(), while_there(self, presenter.show))

    def _tick(self, line: int, on: bool) -> None:  # noqa: FBT001 - what the list tells
        self._presenter.tick(self._presenter.invoices[line].number, on=on)

    def _tick_all(self, *, on: bool) -> None:
        self.list.set_all(on=on)

    def _refuse(self, error: UserError) -> None:
        self._fault.setText(self._shell.wording.message(error.said))
        self._fault.show()
        if isinstance(error, DayNotGiven):
            self.day.setFocus()
        elif isinstance(error, BuyerNotChosen):
            (self.buyer if self._presenter.client else self.client).setFocus()
        elif isinstance(error, PolicyNotNamed):
            self.policy.setFocus()

    def _draw(self, _nothing: None) -> None:
        self._say_waiting()
        presenter, wording = self._presenter, self._shell.wording
        self._fault.hide()
        self.client.show_text(str(presenter.client or ""))
        self.buyer.offer(presenter.buyers)
        self.buyer.show_text(str(presenter.buyer or ""))
        self.policy.offer(presenter.policies)
        self.policy.show_text(str(presenter.policy or ""))
        self.day.mark(presenter.refused)
        self._day_fault.setText(presenter.refused)
        self._day_fault.setVisible(bool(presenter.refused))
        several = len({each.open.currency for each in presenter.invoices}) > 1
        self.list.show_rows(
            [
                (
                    each.name,
                    each.issued,
                    each.due,
                    each.overdue,
                    wording.money(each.open) if several else wording.figure(each.open),
                )
                for each in presenter.invoices
            ],
            [each.number in presenter.ticked for each in presenter.invoices],
        )
        self._nothing.setText(presenter.nothing)
        self._stack.setCurrentIndex(0 if presenter.invoices else 1)
        self._draw_sums(None)

    def _draw_sums(self, _nothing: None) -> None:
        self.sums.setText(self._presenter.sums if self._presenter.invoices else "")


def build(workspace: Workspace, shell: Shell, buyer: int | None = None) -> QWidget:
    """The page."""
    return NewClaimPage(workspace, shell, buyer)
