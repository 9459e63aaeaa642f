"""A credit file, without Qt: who the buyer is, what it owes, what the insurer covers, and what has to be done."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import starmap
from pathlib import Path

from creditdesk.catalog.letters import LIMIT_LETTERS, Source, letters
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.duties.duties import STOP_SHIPPING
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.credit.agreed_term import AgreedTerm
from creditdesk.presenters.credit.buyer_details import BuyerDetails
from creditdesk.presenters.credit.buyer_form import (
    BLAME,
    buyer_fields,
    card_of,
    code_remarks,
    code_suggestion,
    code_words,
    texts_of,
)
from creditdesk.presenters.credit.buyer_standing import BuyerStanding, read_standing
from creditdesk.presenters.credit.file_search import InFile, found_in_file
from creditdesk.presenters.credit.limit_history import (
    LimitStep,
    limit_columns,
    limit_question,
    limit_steps,
)
from creditdesk.presenters.credit.limit_lists import ground_columns, request_columns
from creditdesk.presenters.credit.log_part import LogPart
from creditdesk.presenters.credit.overview_part import OverviewPart
from creditdesk.presenters.credit.papers_part import PapersPart
from creditdesk.presenters.credit.relative_words import (
    RelativeLine,
    outstanding_together,
    relative_lines,
)
from creditdesk.presenters.credit.score_part import ScorePart
from creditdesk.presenters.credit.ship import ShipPresenter
from creditdesk.presenters.credit.size_part import SizePart
from creditdesk.presenters.credit.statement_part import StatementPart
from creditdesk.presenters.credit.trade_words import trade_lines
from creditdesk.presenters.credit.warning_part import WarningPart
from creditdesk.presenters.ledger.buyer_documents import document_columns
from creditdesk.presenters.ledger.document_words import document_totals
from creditdesk.presenters.ledger.payment_list import payment_window
from creditdesk.presenters.parts.credit_words import use_of
from creditdesk.presenters.parts.form import Answers, Form
from creditdesk.presenters.parts.printing import unprintable_remarks
from creditdesk.presenters.parts.table import Asked, Table, Window
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.duty_list import DutyList
from creditdesk.presenters.watch.notice_list import notice_columns
from creditdesk.reports import credit_report
from creditdesk.reports.credit_file import credit_file
from creditdesk.services.buyers import BuyerId
from creditdesk.services.ledger import CurrencyTotals, InvoiceLine, InvoiceQuestion
from creditdesk.services.policies import (
    STATE_TITLES,
    GroundLine,
    KeptCover,
    LimitLine,
    RequestLine,
)
from creditdesk.services.watch import NoticeLine
from creditdesk.workspace import Workspace

TABLES = frozenset(
    {"buyer", "buyer_alias", "invoice", "payment", "credit_limit", "duty", "notice", "policy_value", "limit_request", "discretionary_ground", "invoice_cover", "buyer_event",
    "financial_statement", "buyer_fact", "outlook_note", "buyer_grade", "contact", "score_record", "credit_decision", "warning_answer", "particular"}
)  # fmt: skip

_FINDABLE = 5000
"""Entries of the timeline that are found by typing; older ones stand in the lists."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the head: a name, its figure in words, and how it is meant."""

    name: str
    words: str
    tone: str = ""


class BuyerFilePresenter:
    """One buyer's credit file."""

    def __init__(self, workspace: Workspace, wording: Wording, buyer: int) -> None:
        self._workspace = workspace
        self._wording = wording
        self.changed: Event[None] = Event()
        self.file = workspace.desk.buyers.file(BuyerId(buyer))
        # A way back may lead to a buyer that was merged since: the file is that of the other.
        self.buyer = self.file.id
        self._merges = workspace.desk.buyers.merges(buyer_id=self.buyer)
        self._term = AgreedTerm(workspace.desk, wording, self._show_fields)
        self.form = Form(
            buyer_fields(wording), self._save, texts_of(self.file.card), BLAME
        )
        self.details = BuyerDetails(workspace, wording, self.buyer)
        self.size = SizePart(wording, self.details.form)
        self.standing = BuyerStanding()
        self.ship = ShipPresenter(workspace, wording, self.buyer)
        today = workspace.today()
        self.documents: Window[InvoiceLine] = Window(
            document_columns(wording, today, self._cover_of),
            fetch=workspace.desk.ledger.invoices,
            ask=self._ask,
            sort="due",
        )
        self.payments = payment_window(
            workspace.desk.imports, wording, buyer_id=self.buyer
        )
        self.limits: Table[LimitLine] = Table(
            with_voids(
                limit_columns(wording),
                lambda row: row.voided,
                wording,
                told_in="condition",
            ),
            lambda row: row.id,
            sort="start",
            descending=True,
        )
        self.requests: Table[RequestLine] = Table(
            request_columns(wording, today),
            lambda row: row.id,
            sort="sent",
            descending=True,
        )
        self.grounds: Table[GroundLine] = Table(
            ground_columns(wording, today),
            lambda row: row.id,
            sort="evidence",
            descending=True,
        )
        self.overview = OverviewPart(wording)
        self.statements = StatementPart(workspace, wording, self.buyer)
        self.score = ScorePart(workspace, wording, self.buyer)
        self.warnings = WarningPart(workspace, wording, self.buyer)
        self.log = LogPart(workspace, wording, self.buyer)
        self.papers = PapersPart(workspace, wording)
        self.duties = DutyList(workspace, wording, self.file.client_id)
        self.notices: Table[NoticeLine] = Table(
            with_voids(
                notice_columns(wording),
                lambda row: row.voided,
                wording,
                told_in="invoices",
            ),
            lambda row: row.id,
            sort="sent",
            descending=True,
        )

    def job(self) -> Callable[[Progress], BuyerStanding]:
        """The work of reading the figures, to be run off the window's thread."""
        desk, buyer, client = self._workspace.desk, self.buyer, self.file.client_id
        on = self._workspace.today()
        return lambda _progress: read_standing(desk, buyer, client, on)

    def show(self, standing: BuyerStanding) -> None:
        """The figures are there."""
        self.standing = standing
        self.documents.reload()
        self.payments.reload()
        self.limits.show(standing.limit_history)
        self.requests.show(standing.requests)
        self.grounds.show(standing.grounds)
        self.duties.table.show(standing.duties)
        if standing.credit is not None:
            for part in (self.statements, self.score, self.warnings, self.log):
                part.show(standing.credit)
            self.size.show(standing.credit.rating.sheet)
            self.papers.show(standing.credit.papers)
            self.overview.show(standing.credit, tuple(standing.figures.values()))
        self.notices.show(standing.notices)
        self.changed.emit(None)

    def in_file(self) -> tuple[InFile, ...]:
        """Everything in the file that can be looked for."""
        on, credit = self._workspace.today(), self._workspace.desk.credit
        return found_in_file(
            self._wording,
            credit.timeline(self.buyer, on, _FINDABLE).entries,
            credit.papers(self.buyer, on),
            (self.form, self.details.form),
        )

    def reload_head(self) -> None:
        """The buyer's own data were written; what is being typed stays."""
        self.file = self._workspace.desk.buyers.file(self.buyer)
        self.buyer = self.file.id
        self._merges = self._workspace.desk.buyers.merges(buyer_id=self.buyer)
        if not self.form.is_dirty():
            self.form.load(texts_of(self.file.card))
        self.changed.emit(None)

    @property
    def subtitle(self) -> str:
        """Whose buyer it is, and how it stands with the limit."""
        card = self.file.card
        limit = (f"{fact.name} {fact.words}" for fact in self._limit_facts())
        parts = (self.file.client, card.code, *limit)
        return " · ".join(part for part in parts if part)

    @property
    def merged(self) -> tuple[str, ...]:
        """The buyers that turned out to be this one, with their codes and the day."""
        say = self._wording
        return tuple(
            say(
                N_("{name} · {day}"),
                name=f"{line.gone}  {line.gone_code}".strip(),
                day=line.merged_at.date(),
            )
            for line in self._merges
            if line.undone_at is None
        )

    @property
    def chips(self) -> tuple[tuple[str, str], ...]:
        """What must be seen at once: a word and its tone."""
        say, found = self._wording, []
        check = self.file.check
        if self.file.card.uscc:
            tone = "plain" if check is None else "done" if check.valid else "warning"
            found.append((code_words(self.file, say), tone))
        if self.stopped:
            found.append((say(N_("Stop shipping")), "danger"))
        elif self.standing.late:
            words = say.overdue(self.standing.late)
            found.append((words, "warning"))
        return tuple(found)

    @property
    def stopped(self) -> bool:
        """Whether deliveries had to stop by now: further ones are not covered."""
        today = self._workspace.today()
        return any(
            duty.code in STOP_SHIPPING and duty.state == "open" and duty.legal <= today
            for duty in self.standing.duties
        )

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Limit, use, what is left; outstanding and overdue, one line a currency."""
        return (*self._limit_facts(), *self._debt_facts())

    @property
    def trade(self) -> tuple[Fact, ...]:
        """Contract, invoices and limit side by side, and the names on the papers."""
        terms = self.standing.terms
        return tuple(starmap(Fact, trade_lines(terms, self._wording))) if terms else ()

    @property
    def differences(self) -> tuple[str, ...]:
        """Where they don't say the same."""
        terms = self.standing.terms
        return tuple(map(self._wording.message, terms.differences)) if terms else ()

    @property
    def relatives(self) -> tuple[RelativeLine, ...]:
        """The related buyers."""
        return relative_lines(self.standing.relatives, self._wording)

    @property
    def together(self) -> tuple[Fact, ...]:
        """What this buyer and the related ones owe together, a line a currency; nothing without related ones."""
        others = [owed for _, owed in self.standing.relatives]
        name = self._wording(N_("Outstanding together"))
        sums = outstanding_together(self.standing.figures, others)
        return tuple(Fact(name, self._wording.money(each)) for each in sums)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is odd about the code that stands in the form, and what of the names can't be printed."""
        value, wording = self.form.value, self._wording
        return (
            *code_remarks(value("uscc"), value("country"), wording),
            *map(wording.message, unprintable_remarks(value("name"), value("address"))),
        )

    @property
    def suggestion(self) -> str | None:
        """The code as it may have been meant; offered only."""
        return code_suggestion(self.form.value("uscc"), self.form.value("country"))

    def take_suggestion(self) -> None:
        """Put the offered code into the form; it is kept when the form is saved."""
        if self.suggestion:
            self.form.set("uscc", self.suggestion)

    @property
    def steps(self) -> tuple[LimitStep, ...]:
        """The limit in time."""
        return limit_steps(
            self.standing.limits,
            self.standing.notice_days,
            self._workspace.today(),
            self._wording,
        )

    @property
    def notice_policy(self) -> int | None:
        """The policy an overdue notice goes to; None: nothing is overdue or no policy is known."""
        return self.standing.policy if self.standing.late else None

    @property
    def asking(self) -> tuple[int | None, str]:
        """Under which policy something is asked of the insurer, and the letter that first comes to mind.

        None: no policy runs.
        """
        limit = self.standing.limit
        if limit is None or limit.amount is None:
            return self.standing.running, LIMIT_LETTERS[RequestKind.NEW]
        return limit.policy_id, LIMIT_LETTERS[RequestKind.INCREASE]

    def policy_of(self, letter: str) -> int | None:
        """The policy a letter is written under; None: no policy is known."""
        if letters()[letter].source is Source.LIMIT:
            return self.asking[0]
        return self.standing.policy

    def voiding_limit(self, limit: int, why: str) -> Job[None]:
        """The job: a decision was entered by mistake."""
        policies = self._workspace.desk.policies
        return lambda _progress: policies.void_limit(limit, why)

    def limit_question(self, line: LimitLine) -> str:
        """What is asked before a decision is voided, with what rests on it."""
        said = limit_question(line, self._wording)
        remarks = self._workspace.desk.policies.limit_remarks(line.id)
        return "\n\n".join((said, *map(self._wording.message, remarks)))

    def voiding_notice(self, notice: int, why: str) -> Job[None]:
        """The job: a notice was recorded by mistake."""
        watch = self._workspace.desk.watch
        return lambda _progress: watch.void_notice(notice, why)

    @property
    def report_name(self) -> str:
        """What the file of the credit report is called, unless the person says otherwise."""
        title = self._wording(credit_report.REPORT.title)
        return (
            f"{title} {self.file.card.name} {self._workspace.today().isoformat()}.pdf"
        )

    def reporting(self, path: Path) -> Job[Path]:
        """The job: write the credit report of today."""
        desk, today, language = self._workspace.desk, self._workspace.today(), self._wording.language  # fmt: skip

        def job(_progress: Progress) -> Path:
            credit_report.write(credit_file(desk, self.buyer, today), path, language)
            return path

        return job

    def withdraw(self, line: RequestLine) -> None:
        """The client no longer asks."""
        if line.id is not None:
            today = self._workspace.today()
            self._workspace.desk.policies.withdraw_request(line.id, today)

    def _cover_of(self, invoice: int) -> KeptCover | None:
        """The cover an invoice had when it was shipped, as far as it is worked out."""
        return self.standing.covers.get(invoice)

    def _save(self, answers: Answers) -> None:
        self._term.keep(self.file.client_id, self.buyer, card_of(answers), answers)

    def _show_fields(self) -> None:
        self.form.show_fields(buyer_fields(self._wording, self._term.fields))

    def _ask(self, window: Window[InvoiceLine]) -> Asked:
        sort, descending = window.sorted_by
        asked = InvoiceQuestion(
            buyer_id=self.buyer, text=window.text, sort=sort, descending=descending
        )
        ledger = self._workspace.desk.ledger
        totals = ledger.invoice_totals(asked)
        footer = [self._total(code, sums) for code, sums in totals.items()]
        return Asked(ledger.invoice_ids(asked), footer, document_totals(totals))

    def _total(self, code: str, sums: CurrencyTotals) -> str:
        wording = self._wording
        return wording(
            N_("{currency}  {count} documents, amount {amount}, open {left}"),
            currency=wording.currency(code),
            count=f"{sums.count:,}",
            amount=wording.figure(sums.amount),
            left=wording.figure(sums.open),
        )

    def _limit_facts(self) -> list[Fact]:
        facts = self._limit_in_force()
        limit = self.standing.limit
        if limit is not None and limit.asked_on is not None:
            since = self._wording.day(limit.asked_on)
            facts.append(Fact(self._wording(N_("Waiting since")), since, "warning"))
        return facts

    def _limit_in_force(self) -> list[Fact]:
        say, limit = self._wording, self.standing.limit
        name = say(N_("Credit limit"))
        own = self.standing.own
        if own is not None:
            words = say(N_("own {amount}"), amount=say.money(own.amount))
            return [Fact(name, words), Fact(say(N_("Until")), say.day(own.until))]
        if limit is None:
            return [Fact(name, say(N_("not applied for")), "warning")]
        if limit.amount is None:
            return [Fact(name, say(STATE_TITLES[limit.state]), "warning")]
        facts = [Fact(name, say.money(limit.amount))]
        use = use_of(limit, self.standing.figures)
        owed = self.standing.figures.get(limit.amount.currency)
        left = limit.amount - (owed.outstanding if owed else Money.zero(limit.amount.currency))  # fmt: skip
        used = say.percent(use if use is not None else Decimal(0))
        facts.append(Fact(say(N_("Used")), used, "danger" if use and use > 1 else ""))
        if left.amount < 0:
            facts.append(Fact(say(N_("Over the limit")), say.money(-left), "danger"))
        else:
            facts.append(Fact(say(N_("Left")), say.money(left)))
        return facts

    def _debt_facts(self) -> list[Fact]:
        say, facts = self._wording, []
        for figures in self.standing.figures.values():
            facts.append(Fact(say(N_("Outstanding")), say.money(figures.outstanding)))
            late = figures.outstanding - figures.columns[0]
            if late:
                facts.append(Fact(say(N_("Overdue")), say.money(late), "danger"))
            if figures.unapplied:
                words = say.money(-figures.unapplied)
                facts.append(Fact(say(N_("Unapplied")), words))
        if self.standing.late:
            words = say.overdue(self.standing.late)
            facts.append(Fact(say(N_("Oldest debt")), words, "danger"))
        for line in self._workspace.desk.ledger.aged_balances(buyer_id=self.buyer):
            name = say(N_("By summary of {day}, without documents"), day=line.as_of)
            facts.append(Fact(name, say.money(line.total), "warning"))
        return facts
