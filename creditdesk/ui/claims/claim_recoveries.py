"""The recoveries of a claim, drawn: what came in and who gets what of it, its working, and the form of a new one."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.claims.claim_recoveries import RecoveriesPresenter
from creditdesk.presenters.parts import working
from creditdesk.ui.claims.claim_calculation import steps_card
from creditdesk.ui.parts.controls import button, card, clear, row
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.list_view import row_height
from creditdesk.ui.parts.paper_slot import PaperSlot
from creditdesk.ui.parts.reason_band import ReasonBand
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there

_LINES = 5


class ClaimRecoveries(QWidget):
    """List, working, form."""

    def __init__(self, presenter: RecoveriesPresenter, shell: Shell) -> None:
        super().__init__()
        self._presenter = presenter
        self._shell = shell
        say = shell.wording
        self._sums = label(role="strong", wrap=True)
        self.handed = button(say(N_("Handed over today")), self._hand_over)
        self.mistake = button(say(N_("It was a mistake…")), self._ask_why)
        new = button(say(N_("Enter a recovery…")), self.start)
        self.panel = TablePanel(
            presenter.lines,
            shell,
            empty=say(
                N_(
                    "Nothing was recovered yet. Money that comes in after the date of loss is entered here and "
                    "shared between the insurer and the insured by the policy's rule. What goods brought up to that "
                    "day (resold, taken back, salvaged) is entered here too, and taken off their invoice."
                )
            ),
        )
        self.panel.setMinimumHeight((_LINES + 1) * row_height())
        self.panel.view.selectionModel().selectionChanged.connect(self._choose)
        self._working = QVBoxLayout()
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(12)
        layout.addLayout(row(new, self.handed, self.mistake, None))
        layout.addWidget(self._sums)
        self.reason = ReasonBand(
            say,
            say(N_("Why was this entry a mistake?")),
            say(N_("Void it")),
            self._void,
        )
        layout.addWidget(self.reason)
        layout.addWidget(self._make_form())
        layout.addWidget(self.panel)
        layout.addLayout(self._working)
        layout.addWidget(self._make_goods())
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def is_dirty(self) -> bool:
        """Whether a recovery was begun."""
        return self._entry.isVisibleTo(self) and self._presenter.form.is_dirty()

    def start(self) -> None:
        """Open the form."""
        self._entry.show()
        self.form.focus_first()

    def _make_form(self) -> QFrame:
        say = self._shell.wording
        self._entry, inside = card(margins=(16, 12, 16, 12))
        self.paper = PaperSlot(
            say,
            say(N_("Bank slip or statement: drop it here")),
            say(N_("Add the paper…")),
            self._presenter.take_paper,
        )
        self.form = FormView(
            self._presenter.form,
            self._shell,
            columns=2,
            act=say(N_("Keep the recovery")),
            always=True,
            saved=self._record,
        )
        inside.addWidget(self.paper)
        inside.addWidget(self.form)
        self._entry.hide()
        return self._entry

    def _make_goods(self) -> QWidget:
        """What goods brought before the loss, which nobody shares; shown where there is any."""
        say = self._shell.wording
        self.goods_part = QWidget()
        inside = QVBoxLayout(self.goods_part)
        inside.setContentsMargins(0, 0, 0, 0)
        title = label(say(N_("Goods before the loss: taken off their invoices")), "section")  # fmt: skip
        self.goods_mistake = button(say(N_("It was a mistake…")), self._ask_why_goods)
        inside.addLayout(row(title, None, self.goods_mistake))
        self.goods_reason = ReasonBand(
            say,
            say(N_("Why was this entry a mistake?")),
            say(N_("Void it")),
            self._void_goods,
        )
        inside.addWidget(self.goods_reason)
        self.goods = TablePanel(self._presenter.goods, self._shell)
        self.goods.setMinimumHeight(_LINES * row_height())
        self.goods.view.selectionModel().selectionChanged.connect(self._choose_goods)
        inside.addWidget(self.goods)
        return self.goods_part

    def _ask_why_goods(self) -> None:
        self.goods_reason.ask()

    def _chosen_goods(self) -> object:
        return next(iter(self.goods.view.selected()), None)

    def _choose_goods(self, *_what: object) -> None:
        line = self._presenter.goods.get(self._chosen_goods())
        self.goods_mistake.setEnabled(line is not None and not line.voided)

    def _void_goods(self, why: str) -> None:
        work = self._presenter.voiding_goods(self._chosen_goods(), why)
        self._shell.run(work, while_there(self, self._voided_goods))

    def _voided_goods(self, _nothing: None) -> None:
        self.goods_reason.hide()
        said = N_("Void; the entry stays in the history with the reason.")
        self._shell.tell(Message(said))

    def _ask_why(self) -> None:
        self.reason.ask()

    def _draw(self, _nothing: None) -> None:
        self._sums.setText(self._presenter.sums)
        self._sums.setVisible(bool(self._presenter.sums))
        self.goods_part.setVisible(bool(self._presenter.goods.rows))
        self._choose_goods()
        self._choose()

    def _chosen(self) -> object:
        return next(iter(self.panel.view.selected()), None)

    def _choose(self, *_what: object) -> None:
        line = self._presenter.lines.get(self._chosen())
        self.handed.setEnabled(line is not None and (line.waits or line.is_owed))
        self.handed.setText(self._presenter.settles(self._chosen()))
        self.mistake.setEnabled(line is not None and not line.voided)
        clear(self._working)
        steps = self._presenter.working(self._chosen())
        if steps:
            shown = working.lines(steps, self._shell.wording)
            self._working.addWidget(steps_card(shown))

    def _record(self) -> None:
        self._shell.run(self._presenter.recording(), while_there(self, self._recorded))

    def _recorded(self, _number: int) -> None:
        self._presenter.started_anew()
        self.paper.take(())
        self._entry.hide()
        self._shell.tell(Message(N_("The recovery is kept with its shares.")))

    def _hand_over(self) -> None:
        chosen, today = self._chosen(), self._presenter.today
        work = self._presenter.remitting(chosen, today)
        self._shell.run(work, while_there(self, self._handed_over))

    def _handed_over(self, _nothing: None) -> None:
        self._shell.tell(Message(N_("The insurer's share is recorded as settled.")))

    def _void(self, why: str) -> None:
        work = self._presenter.voiding(self._chosen(), why)
        self._shell.run(work, while_there(self, self._voided))

    def _voided(self, _nothing: None) -> None:
        self.reason.hide()
        said = N_("Void; the entry stays in the history with the reason.")
        self._shell.tell(Message(said))
