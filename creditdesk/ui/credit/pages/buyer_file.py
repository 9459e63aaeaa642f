"""A credit file, drawn."""

from collections.abc import Hashable, Iterator
from enum import IntEnum
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from creditdesk.catalog.letters import OVERDUE_NOTICE, Start, letters
from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.buyer_file import TABLES, BuyerFilePresenter
from creditdesk.presenters.credit.buyer_standing import BuyerStanding
from creditdesk.presenters.credit.file_search import CARD, PAPERS, InFile
from creditdesk.presenters.credit.log_part import EntryKind
from creditdesk.services.credit import Where
from creditdesk.services.policies import LimitLine as DecidedLine
from creditdesk.services.policies import NoPolicyRuns, RequestLine
from creditdesk.ui.credit.card_tab import CardTab
from creditdesk.ui.credit.documents_tab import DocumentsTab
from creditdesk.ui.credit.file_finder import FileFinder
from creditdesk.ui.credit.limit_line import LimitLine
from creditdesk.ui.credit.limit_panel import LimitPanel
from creditdesk.ui.credit.log_tab import LogTab
from creditdesk.ui.credit.notices_tab import NoticesTab
from creditdesk.ui.credit.overview_tab import OverviewTab
from creditdesk.ui.credit.papers_tab import PapersTab
from creditdesk.ui.credit.score_tab import ScoreTab
from creditdesk.ui.credit.ship_box import ShipBox
from creditdesk.ui.credit.statement_tab import StatementTab
from creditdesk.ui.credit.statement_typing import StatementTyping
from creditdesk.ui.credit.warning_tab import WarningTab
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.entry_band import EntryBand
from creditdesk.ui.parts.letter_menu import letter_menu
from creditdesk.ui.parts.page import Page, Tabs
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import set_role
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import ask_void
from creditdesk.ui.watch.duty_panel import DutyPanel
from creditdesk.workspace import Workspace

RAIL = "buyers"


class Part(IntEnum):
    """The parts of the file, in the order of their words."""

    OVERVIEW = 0
    DOCUMENTS = 1
    LIMITS = 2
    DUTIES = 3
    NOTICES = 4
    PAYMENTS = 5
    STATEMENTS = 6
    SCORE = 7
    WARNINGS = 8
    LOG = 9
    PAPERS = 10
    CARD = 11


_PARTS = {
    Where.DOCUMENTS: Part.DOCUMENTS,
    Where.PAYMENTS: Part.PAYMENTS,
    Where.LIMITS: Part.LIMITS,
    Where.NOTICES: Part.NOTICES,
    Where.LOG: Part.LOG,
    Where.WARNINGS: Part.WARNINGS,
    Where.SCORE: Part.SCORE,
    Where.STATEMENTS: Part.STATEMENTS,
    PAPERS: Part.PAPERS,
    CARD: Part.CARD,
}


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
        # A part is made when it is shown first: all of them are many times as much as the overview.
        self.tabs.add(say(N_("Overview")), self._overview())
        self.tabs.add(say(N_("Receivables")), lambda: self.documents)
        self.tabs.add(say(N_("Limits")), lambda: self.limits)
        self.tabs.add(say(N_("Duties")), lambda: self.duties)
        self.tabs.add(say(N_("Notices")), lambda: self.notices)
        self.tabs.add(say(N_("Payments")), lambda: self.payments)
        self.tabs.add(say(N_("Financial statements")), lambda: self.statements)
        self.tabs.add(say(N_("Score and decision")), lambda: self.score)
        self.tabs.add(say(N_("Warnings")), lambda: self.warnings)
        self.tabs.add(say(N_("Contacts and facts")), lambda: self.log)
        self.tabs.add(say(N_("Papers on file")), lambda: self.papers)
        self.tabs.add(say(N_("Master data")), lambda: self.card)
        self.finder = FileFinder(say, self._presenter.in_file, self._go_in_file)
        self.tabs.beside(self.finder)
        self.tabs.beside(letter_menu(say, Start.BUYER, self._write))
        self.body.addWidget(self.tabs, 1)
        # A method of the page itself is no longer called when the page is destroyed; these are.
        for disconnect in (
            self._presenter.changed.connect(self._draw),
            workspace.changed.connect(self._on_change),
        ):
            self.destroyed.connect(disconnect)
        self.tabs.made.connect(self._guard)
        self._guard()
        self._draw(None)
        self._shell.run(self._presenter.job(), self._show)

    def _guard(self) -> None:
        """The forms of all parts are this page's: one question before it is left. A new part's form would ask alone."""
        self._shell.guard(self._is_unsaved, self._save_all)

    def recount(self) -> None:
        """F5: read the figures anew."""
        self._shell.run(self._presenter.job(), self._show)

    def focus_filter(self) -> None:
        """Ctrl+F: find something in any part."""
        self.finder.showPopup()

    def start_new(self) -> None:
        """Ctrl+N: a decision or an application."""
        standing = self._presenter.standing
        policy = standing.limit.policy_id if standing.limit else standing.policy
        self._shell.go("limit_entry", policy=policy, buyer=self._presenter.buyer)

    @cached_property
    def documents(self) -> DocumentsTab:
        """What is owed."""
        return DocumentsTab(self._presenter, self._shell)

    @cached_property
    def limits(self) -> LimitPanel:
        """What the insurer decided and was asked."""
        say, presenter = self._shell.wording, self._presenter
        return LimitPanel(
            self._shell,
            LimitLine(say, self._workspace.today()),
            presenter,
            ask=self._go_request,
            answer=self._go_answer,
            withdraw=self._withdraw,
            check=self._go_grounds,
            void=self._void_limit,
        )

    @cached_property
    def duties(self) -> DutyPanel:
        """What is due, and was."""
        return DutyPanel(self._presenter.duties, self._shell)

    @cached_property
    def notices(self) -> NoticesTab:
        """What the insurer was told."""
        return NoticesTab(self._presenter, self._shell)

    @cached_property
    def payments(self) -> TablePanel:
        """What was paid."""
        say = self._shell.wording
        return TablePanel(
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

    @cached_property
    def statements(self) -> StatementTab:
        """The financial statements."""
        return StatementTab(self._presenter.statements, self._shell)

    @cached_property
    def score(self) -> ScoreTab:
        """Grade, limits and what was decided."""
        return ScoreTab(self._presenter.score, self._shell)

    @cached_property
    def warnings(self) -> WarningTab:
        """What warns, and what is done about it."""
        return WarningTab(self._presenter.warnings, self._shell)

    @cached_property
    def log(self) -> LogTab:
        """Contacts, facts and ratings."""
        return LogTab(self._presenter.log, self._shell)

    @cached_property
    def papers(self) -> PapersTab:
        """What was kept with the entries."""
        return PapersTab(self._presenter.papers, self._shell)

    @cached_property
    def card(self) -> CardTab:
        """The master data."""
        return CardTab(self._presenter, self._shell, self._workspace.today)

    def _entries(self) -> Iterator[EntryBand | StatementTyping]:
        """The forms of the parts that were made: in the others nothing is begun."""
        made = vars(self)
        for name in ("statements", "score", "warnings"):
            if name in made:
                yield made[name].entry
        if "statements" in made:
            yield self.statements.typing
        if "log" in made:
            yield from self.log.entries.values()

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

    def _go_in_file(self, chosen: InFile) -> None:
        if chosen.where is Where.EVENTS:
            self._go_events()
            return
        self.tabs.show_part(_PARTS[chosen.where])
        lists = {Where.DOCUMENTS: lambda: self.documents.panel, PAPERS: lambda: self.papers.panel}  # fmt: skip
        if chosen.filter and chosen.where in lists:
            panel = lists[chosen.where]()
            panel.filter.setText(chosen.filter)
            panel.view.setFocus()

    def _show_score(self) -> None:
        self.tabs.show_part(Part.SCORE)

    def _show_warnings(self) -> None:
        self.tabs.show_part(Part.WARNINGS)

    def _show_documents(self) -> None:
        self.tabs.show_part(Part.DOCUMENTS)

    def _make_note(self) -> None:
        self.tabs.show_part(Part.LOG)
        self.log.start(EntryKind.CONTACT)

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


def build(workspace: Workspace, shell: Shell, buyer: int, part: int = 0) -> QWidget:
    """The page, at one of its parts."""
    page = BuyerFilePage(workspace, shell, buyer)
    page.tabs.show_part(part)
    return page
