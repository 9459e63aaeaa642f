"""A credit file, drawn."""

from collections.abc import Hashable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from creditdesk.catalog.letters import OVERDUE_NOTICE, Start, letters
from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.buyer_file import (
    TABLES,
    BuyerFilePresenter,
)
from creditdesk.presenters.credit.buyer_standing import BuyerStanding
from creditdesk.presenters.credit.log_part import EntryKind
from creditdesk.presenters.ledger.buyer_documents import AGING_HEADS, aging_line
from creditdesk.presenters.parts.table import Cell
from creditdesk.services.policies import LimitLine as DecidedLine
from creditdesk.services.policies import NoPolicyRuns, RequestLine
from creditdesk.services.watch import NoticeLine
from creditdesk.ui.credit.limit_line import LimitLine
from creditdesk.ui.credit.limit_panel import LimitPanel
from creditdesk.ui.credit.log_tab import LogTab
from creditdesk.ui.credit.overview_tab import OverviewTab
from creditdesk.ui.credit.score_tab import ScoreTab
from creditdesk.ui.credit.ship_box import ShipBox
from creditdesk.ui.credit.statement_tab import StatementTab
from creditdesk.ui.credit.warning_tab import WarningTab
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, clear, row
from creditdesk.ui.parts.entry_band import EntryBand
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.form_view import FormView, form_card
from creditdesk.ui.parts.letter_menu import letter_menu
from creditdesk.ui.parts.page import Page, Tabs, field_line
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label, set_role
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import ask_void
from creditdesk.ui.watch.duty_panel import DutyPanel
from creditdesk.workspace import Workspace

RAIL = "buyers"

_FACTS_WIDTH = 320
_DOCUMENTS_PART = 1


class BuyerFilePage(Page):
    """Head, and the parts of the file."""

    def __init__(self, workspace: Workspace, shell: Shell, buyer: int) -> None:
        say = shell.wording
        self._presenter = BuyerFilePresenter(workspace, say, buyer)
        self._notice = button(say(N_("Overdue notice…")), self._go_notice)
        self._notice.hide()
        self._claim = button(say(N_("Open a claim…")), self._go_claim)
        self._happened = button(say(N_("Something happened…")), self._go_events)
        papers = button(say(N_("Statement…")), self._go_papers)
        limit = button(say(N_("Enter a limit…")), self.start_new, hint="Ctrl+N")
        actions = papers, self._happened, self._claim, limit, self._notice
        super().__init__(self._presenter.file.card.name, "", actions)
        self._limit = limit
        self._shell = shell
        self._workspace = workspace
        self.tabs = Tabs()
        self.tabs.add(say(N_("Overview")), self._overview())
        self.tabs.add(say(N_("Receivables")), self._receivables())
        self.tabs.add(say(N_("Limits")), self._limits())
        self.duties = DutyPanel(self._presenter.duties, shell)
        self.tabs.add(say(N_("Duties")), self.duties)
        self.tabs.add(say(N_("Notices")), self._notices())
        self.tabs.add(say(N_("Payments")), self._payments())
        self._add_credit()
        self.tabs.add(say(N_("Master data")), self._card())
        self.tabs.beside(letter_menu(say, Start.BUYER, self._write))
        self.body.addWidget(self.tabs, 1)
        # A method of the page itself is no longer called when the page is destroyed; these are.
        for disconnect in (
            self._presenter.changed.connect(self._draw),
            self._presenter.form.changed.connect(self._draw_remarks),
            workspace.changed.connect(self._on_change),
        ):
            self.destroyed.connect(disconnect)
        # The forms of all parts are this page's: one question before it is left.
        shell.guard(self._is_unsaved, self._save_all)
        self._draw(None)
        self._shell.run(self._presenter.job(), self._show)

    def recount(self) -> None:
        """F5: read the figures anew."""
        self._shell.run(self._presenter.job(), self._show)

    def focus_filter(self) -> None:
        """Ctrl+F: the documents."""
        self.tabs.show_part(_DOCUMENTS_PART)
        self.documents.filter.setFocus()

    def start_new(self) -> None:
        """Ctrl+N: a decision or an application."""
        standing = self._presenter.standing
        policy = standing.limit.policy_id if standing.limit else standing.policy
        self._shell.go("limit_entry", policy=policy, buyer=self._presenter.buyer)

    def _add_credit(self) -> None:
        say, presenter = self._shell.wording, self._presenter
        self.statements = StatementTab(presenter.statements, self._shell)
        self.score = ScoreTab(presenter.score, self._shell)
        self.warnings = WarningTab(presenter.warnings, self._shell)
        self.log = LogTab(presenter.log, self._shell)
        self.tabs.add(say(N_("Financial statements")), self.statements)
        self.tabs.add(say(N_("Score and decision")), self.score)
        self.tabs.add(say(N_("Warnings")), self.warnings)
        self.tabs.add(say(N_("Contacts and facts")), self.log)

    def _entries(self) -> tuple[EntryBand, ...]:
        return (
            self.statements.entry,
            self.score.entry,
            self.warnings.entry,
            *self.log.entries.values(),
        )

    def _is_unsaved(self) -> bool:
        begun = any(each.is_dirty() for each in self._entries())
        forms = (self._presenter.form, self._presenter.details.form)
        return begun or any(each.is_dirty() for each in forms)

    def _save_all(self) -> bool:
        done = all(each.save() for each in self._entries() if each.is_dirty())
        forms = (self._presenter.form, self._presenter.details.form)
        return done and all(each.save() for each in forms if each.is_dirty())

    def _overview(self) -> QWidget:
        presenter = self._presenter
        self.ship = ShipBox(presenter.ship, self._shell)
        self.overview = OverviewTab(
            presenter.overview,
            presenter.score,
            self.ship,
            self._shell,
            to_score=self._show_score,
            to_warnings=self._show_warnings,
            to_documents=self._show_documents,
            note=self._make_note,
            report=self._save_report,
        )
        return self.overview

    def _show_score(self) -> None:
        self.tabs.show_widget(self.score)

    def _show_warnings(self) -> None:
        self.tabs.show_widget(self.warnings)

    def _show_documents(self) -> None:
        self.tabs.show_part(_DOCUMENTS_PART)

    def _make_note(self) -> None:
        self.tabs.show_widget(self.log)
        self.log.start(EntryKind.CONTACT)

    def _card(self) -> QWidget:
        self._remarks, self._remark_lines = _notice_frame()
        self.form = FormView(self._presenter.form, self._shell, saved=self._saved)
        self.details = FormView(self._presenter.details.form, self._shell, saved=self._saved)  # fmt: skip
        frame, self._facts = card(margins=(20, 16, 20, 16))
        trade, self._trade = card(margins=(20, 16, 20, 16))
        aside = QWidget()
        beside = QVBoxLayout(aside)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        beside.addWidget(frame)
        beside.addWidget(trade)
        beside.addStretch(1)
        card_ = form_card(self._remarks, self.form, self.details)
        return Fold(card_, aside, _FACTS_WIDTH)

    def _receivables(self) -> QWidget:
        say = self._shell.wording
        frame, inside = card(margins=(16, 12, 16, 12))
        self._aging = QGridLayout()
        self._aging.setHorizontalSpacing(24)
        self._aging.setVerticalSpacing(6)
        inside.addLayout(self._aging)
        self.documents = TablePanel(
            self._presenter.documents,
            self._shell,
            opened=self._go_document,
            empty=say(N_("No documents yet. They come from the client's ledger.")),
            search=say(N_("Filter numbers…")),
        )
        return _below(frame, self.documents)

    def _payments(self) -> QWidget:
        say = self._shell.wording
        self.payments = TablePanel(
            self._presenter.payments,
            self._shell,
            opened=self._go_payment,
            empty=say(
                N_(
                    "No payments yet. They come from the client's ledger and from confirmed receipts."
                )
            ),
            search=say(N_("Filter numbers, payers…")),
        )
        return self.payments

    def _limits(self) -> QWidget:
        say = self._shell.wording
        presenter = self._presenter
        self.limits = LimitPanel(
            self._shell,
            LimitLine(say, self._workspace.today()),
            presenter.limits,
            presenter.requests,
            presenter.grounds,
            ask=self._go_request,
            answer=self._go_answer,
            withdraw=self._withdraw,
            check=self._go_grounds,
            void=self._void_limit,
        )
        return self.limits

    def _notices(self) -> QWidget:
        say = self._shell.wording
        self.notices = TablePanel(
            self._presenter.notices,
            self._shell,
            empty=say(
                N_(
                    "No notice was sent yet. When something is overdue, prepare it with the button above."
                )
            ),
        )
        self.void_notice = button(say(N_("Void the notice…")), self._void_notice)
        self.void_notice.setEnabled(False)
        chosen = self.notices.view.selectionModel()
        chosen.selectionChanged.connect(self._choose_notice)
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(row(self.void_notice, None))
        layout.addWidget(self.notices, 1)
        return part

    def _chosen_notice(self) -> NoticeLine | None:
        lines = map(self._presenter.notices.get, self.notices.view.selected())
        return next((each for each in lines if each and each.voided is None), None)

    def _choose_notice(self, *_what: object) -> None:
        self.void_notice.setEnabled(self._chosen_notice() is not None)

    def _void_notice(self) -> None:
        line = self._chosen_notice()
        if line is None:
            return
        question = self._shell.wording(
            N_("Was the notice of {day} recorded by mistake? Its duty is due again, and it is on no paper."),
            day=line.sent_on,
        )  # fmt: skip
        ask_void(self, self._shell, question, partial(self._presenter.voiding_notice, line.id))  # fmt: skip

    def _void_limit(self, line: DecidedLine) -> None:
        question = self._presenter.limit_question(line)
        voiding = partial(self._presenter.voiding_limit, line.id)
        ask_void(self, self._shell, question, voiding)

    def _show(self, standing: BuyerStanding) -> None:
        self._presenter.show(standing)
        self.ship.ask()

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self.retitle(presenter.file.card.name, presenter.subtitle, *presenter.chips)
        self._shell.set_title(presenter.file.card.name)
        overdue = presenter.notice_policy is not None
        self._notice.setVisible(overdue)
        set_role(self._notice, "primary" if overdue else "")
        set_role(self._limit, "" if overdue else "primary")
        self._draw_facts()
        self._draw_trade()
        self._draw_aging()
        self.limits.show_steps(presenter.steps)
        self._draw_remarks(None)

    def _draw_facts(self) -> None:
        say = self._shell.wording
        clear(self._facts)
        day = self._workspace.today()
        self._facts.addWidget(label(say(N_("As of {day}"), day=day), "section"))
        for fact in self._presenter.facts:
            self._facts.addLayout(field_line(fact.name, fact.words, fact.tone))
        if self._presenter.file.aliases:
            self._facts.addSpacing(8)
            self._facts.addWidget(label(say(N_("Also called")), "section"))
            for alias in self._presenter.file.aliases:
                self._facts.addWidget(label(alias, "quiet", wrap=True))
        self._draw_merges()

    def _draw_trade(self) -> None:
        """Contract, invoices and limit, one below the other; what differs stands under them."""
        clear(self._trade)
        self._trade.addWidget(label(self._shell.wording(N_("Contract = invoice = limit")), "section"))  # fmt: skip
        for fact in self._presenter.trade:
            self._trade.addWidget(label(fact.name, "small"))
            self._trade.addWidget(label(fact.words, fact.tone, wrap=True))
        for each in self._presenter.differences:
            self._trade.addWidget(label(each, "warning", wrap=True))

    def _draw_merges(self) -> None:
        """Who turned out to be this buyer; a merge is undone where all of them are."""
        presenter = self._presenter
        if not presenter.merged:
            return
        say = self._shell.wording
        self._facts.addSpacing(8)
        self._facts.addWidget(label(say(N_("Merged into it")), "section"))
        for said in presenter.merged:
            self._facts.addWidget(label(said, "quiet", wrap=True))
        undo = button(say(N_("Undo a merge…")), self._go_merges, role="flat")
        self._facts.addWidget(undo)

    def _go_merges(self) -> None:
        self._shell.go("buyer_doubles", part=1)

    def _draw_aging(self) -> None:
        say = self._shell.wording
        clear(self._aging)
        for column, head in enumerate(AGING_HEADS):
            self._aging.addWidget(_figure(Cell(say(head)), column, "small"), 0, column)
        figures = self._presenter.standing.figures.values()
        for line, each in enumerate(figures, 1):
            for column, cell in enumerate(aging_line(each, say)):
                self._aging.addWidget(_figure(cell, column), line, column)

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

    def _go_document(self, key: Hashable) -> None:
        self._shell.go("trace", invoice=key)

    def _go_payment(self, key: Hashable) -> None:
        self._shell.go("trace", payment=key)

    def _go_notice(self) -> None:
        self._write(OVERDUE_NOTICE)

    def _go_papers(self) -> None:
        self._shell.go("statement", buyer=self._presenter.buyer)

    def _save_report(self) -> None:
        title = self._shell.wording(N_("Credit report…"))
        messages.choose_target(self, title, self._presenter.report_name, self._report_to)  # fmt: skip

    def _report_to(self, path: Path) -> None:
        self._shell.run(self._presenter.reporting(path), while_there(self, self._reported))  # fmt: skip

    def _reported(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("Written to {path}."), path=path))

    def _go_events(self) -> None:
        self._shell.go("buyer_events", buyer=self._presenter.buyer)

    def _go_request(self) -> None:
        self._write(self._presenter.asking[1])

    def _write(self, letter: str) -> None:
        buyer = self._presenter.buyer
        policy = self._presenter.policy_of(letter)
        if policy is None and letters()[letter].needs_policy:
            self._shell.refuse(NoPolicyRuns(day=self._workspace.today()))
            return
        self._shell.go("letter", letter=letter, policy=policy, buyer=buyer)

    def _go_answer(self, line: RequestLine) -> None:
        self._shell.go(
            "limit_entry", policy=line.policy_id, buyer=line.buyer_id, request=line.id
        )

    def _withdraw(self, line: RequestLine) -> None:
        self._presenter.withdraw(line)
        self._shell.tell(Message.of(N_("The request is withdrawn.")))

    def _go_grounds(self) -> None:
        policy, _ = self._presenter.asking
        if policy is None:
            self._shell.refuse(NoPolicyRuns(day=self._workspace.today()))
            return
        self._shell.go("discretionary", policy=policy, buyer=self._presenter.buyer)

    def _go_claim(self) -> None:
        self._shell.go("new_claim", buyer=self._presenter.buyer)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & {"buyer", "buyer_alias", "buyer_merge"}:
            self._presenter.reload_head()
        if "particular" in tables:
            self._presenter.details.reload()
        if tables & TABLES:
            self._shell.run(self._presenter.job(), self._show)


def _notice_frame() -> tuple[QFrame, QVBoxLayout]:
    frame = QFrame()
    frame.setProperty("role", "notice")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(12, 8, 12, 8)
    inside.setSpacing(6)
    return frame, inside


def _below(first: QWidget, second: QWidget) -> QWidget:
    part = QWidget()
    layout = QVBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    layout.addWidget(first)
    layout.addWidget(second, 1)
    return part


def _figure(cell: Cell, column: int, role: str = "") -> QWidget:
    tone = cell.tone.value if cell.tone.value in {"danger", "warning"} else ""
    made = label(cell.text, role or ("strong" if cell.bold else tone))
    if column:
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
    return made


def build(workspace: Workspace, shell: Shell, buyer: int, part: int = 0) -> QWidget:
    """The page, at one of its parts."""
    page = BuyerFilePage(workspace, shell, buyer)
    page.tabs.show_part(part)
    return page
