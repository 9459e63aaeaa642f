"""Receivables, without Qt: who owes what on a day, by buyer or by document."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import AgingFigures
from creditdesk.domain.ledger.brackets import STANDARD_BRACKETS, column_of
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Progress
from creditdesk.presenters.ledger import aged_summaries
from creditdesk.presenters.ledger.document_words import (
    due_cell,
    number_cell,
    overdue_cell,
    signed,
)
from creditdesk.presenters.ledger.import_words import place_cell, place_words
from creditdesk.presenters.parts.table import (
    Asked,
    Cell,
    Column,
    Table,
    Tone,
    Totals,
    Window,
    summed,
)
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.ledger import (
    AgedLine,
    BalanceReport,
    DocumentSums,
    InvoiceLine,
    InvoiceQuestion,
    OpenDueLine,
)
from creditdesk.services.policies import STATE_TITLES, LimitNow
from creditdesk.workspace import Workspace

TABLES = frozenset(
    {"aged_balance", "invoice", "payment", "credit_limit", "buyer", "client"}
)
_BUCKETS = (
    N_("Not due"),
    N_("1–30 days"),
    N_("31–60 days"),
    N_("61–90 days"),
    N_("> 90 days"),
)
_DUE_OPEN = "due_open"
_TONES = (Tone.PLAIN, Tone.PLAIN, Tone.PLAIN, Tone.WARNING, Tone.DANGER)


@dataclass(frozen=True, slots=True)
class BuyerAging:
    """One buyer's debt in one currency."""

    buyer_id: int
    client: str
    code: str
    name: str
    figures: AgingFigures
    limit: LimitNow | None
    several: bool

    @property
    def key(self) -> tuple[int, str]:
        """Buyer and currency."""
        return self.buyer_id, self.figures.outstanding.currency

    @property
    def overdue(self) -> Money:
        """What is past its due date."""
        return self.figures.outstanding - self.figures.columns[0]

    @property
    def use(self) -> Decimal | None:
        """Balance ÷ limit, where the limit is an amount in this currency."""
        limit = self.limit.amount if self.limit else None
        if not limit or limit.currency != self.figures.outstanding.currency:
            return None
        return self.figures.outstanding.amount / limit.amount


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure whose documents are looked at: a buyer's, in one currency (empty: in each), in a column of the aging."""

    buyer_id: int
    currency: str
    column: str

    def holds(self, line: InvoiceLine, as_of: date) -> bool:
        """Whether a document, with what was open of it on the day, is part of the figure."""
        if line.open.currency != (self.currency or line.open.currency):
            return False
        if not line.open or not DocumentKind(line.kind).owes:
            return False
        if self.column == _DUE_OPEN:
            return line.due is None and line.kind == DocumentKind.INVOICE
        place = column_of((as_of - (line.due or line.issued)).days, STANDARD_BRACKETS)
        return self.column in {"total", f"bucket{place}"} or (
            self.column == "late" and place > 0
        )


@dataclass(frozen=True, slots=True)
class Owed:
    """What the lists of buyers are drawn from."""

    report: BalanceReport
    limits: Mapping[int, LimitNow]
    summaries: Sequence[AgedLine]
    waiting: Sequence[OpenDueLine]


class ReceivablesPresenter:
    """Two lists: buyers with their aging, and every document."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self._warn_from = workspace.desk.upkeep.threshold("limit_warning_pct")
        self.as_of = workspace.today()
        self.report: BalanceReport | None = None
        self.changed: Event[None] = Event()
        self._waiting = 0
        self._only_buyer: int | None = None
        self._open_then: Mapping[int, Money] | None = None
        self.figure: Figure | None = None
        self.overdue_only = False
        self.over_limit_only = False
        self.buyers: Table[BuyerAging] = Table(
            self._buyer_columns(),
            lambda row: row.key,
            sort="total",
            descending=True,
            footer=self._buyers_footer,
        )
        self.documents: Window[InvoiceLine] = Window(
            self._document_columns(),
            fetch=self._fetch,
            ask=self._ask,
            sort="due",
        )

        self.summaries: Table[AgedLine] = aged_summaries.table(wording)

    @property
    def subtitle(self) -> str:
        """What exactly is shown."""
        clients: dict[int, str] = {
            line.id: line.name for line in self._workspace.desk.clients.all()
        }
        who = clients.get(self._workspace.client or 0) or self._wording(
            N_("All clients")
        )
        return self._wording(
            N_("{who} · as of {day} · aged by due date, due today is not overdue"),
            who=who,
            day=self.as_of,
        )

    @property
    def receipts(self) -> str:
        """The way to the receipts, with how many of them wait."""
        count = self._workspace.desk.ledger.open_lines(self._workspace.client)
        if not count:
            return self._wording(N_("Money received"))
        return self._wording(N_("Money received ({count})"), count=f"{count:,}")

    @property
    def credits(self) -> str:
        """The way to the credit notes without an invoice, with how many there are; empty for none."""
        count = self._workspace.desk.ledger.open_credits(self._workspace.client)
        if not count:
            return ""
        return self._wording(N_("Credit notes ({count})"), count=f"{count:,}")

    @property
    def due_open(self) -> str:
        """The way to invoices whose due date nobody knows, with how many there are; empty for none."""
        if not self._waiting:
            return ""
        return self._wording(N_("Due date open ({count})"), count=f"{self._waiting:,}")

    def job(self) -> Callable[[Progress], Owed]:
        """The work of aging the ledger, to be run off the window's thread."""
        desk, as_of, client = self._workspace.desk, self.as_of, self._workspace.client
        return lambda _progress: Owed(
            desk.ledger.balances(as_of, client_id=client),
            desk.policies.limits_now(as_of, client),
            desk.ledger.aged_balances(client, day=as_of),
            desk.ledger.open_due_dates(client),
        )

    def show(self, owed: Owed) -> None:
        """The aging is there; one of another day comes too late to be shown."""
        report, limits = owed.report, owed.limits
        if report.aging.as_of != self.as_of:
            return
        self.report = report
        self._waiting = sum(each.count for each in owed.waiting)
        rows = []
        for buyer, currencies in report.aging.by_buyer.items():
            name = report.buyers[buyer]
            shown = {
                code: figures
                for code, figures in currencies.items()
                if figures.outstanding or figures.unapplied
            }
            rows += [
                BuyerAging(
                    buyer, report.clients[name.client_id], name.code, name.name, figures,
                    limits.get(buyer), len(shown) > 1 or code != "CNY",
                )
                for code, figures in shown.items()
            ]  # fmt: skip
        # First, for the buyers' foot names their sum.
        self.summaries.show(owed.summaries)
        self.buyers.show(rows)
        self.changed.emit(None)

    def set_day(self, as_of: date) -> None:
        """Look at another day; the page runs the job again."""
        self.as_of = as_of
        self.buyers.wait()
        self.summaries.wait()
        self.documents.reload()

    def keep(self, *, overdue: bool, over_limit: bool) -> None:
        """Only what is overdue, only who is beyond a limit."""
        self.overdue_only, self.over_limit_only = overdue, over_limit
        self.buyers.keep(
            lambda row: (
                (not overdue or bool(row.overdue))
                and (not over_limit or (row.use is not None and row.use > 1))
            )
        )
        self.documents.reload()

    def trace(self, key: Hashable, column: str) -> bool:
        """Look at the documents of a figure of the list of buyers; whether it is made of documents."""
        row = self.buyers.get(key)
        if row is None or not self._is_traced(row, column):
            return False
        self.show_figure(Figure(*row.key, column))
        return True

    def show_figure(self, figure: Figure | None) -> None:
        """The documents a figure is made of; None: all again."""
        self.figure = figure
        self._only_buyer = figure.buyer_id if figure else None
        self.documents.reload()

    @property
    def figure_words(self) -> str:
        """Which figure's documents are shown; empty for all."""
        if self.figure is None:
            return ""
        name = self._workspace.desk.buyers.file(BuyerId(self.figure.buyer_id)).card.name
        titles = {each.key: each.title for each in self.buyers.columns}
        column = titles.get(self.figure.column, N_("Overdue"))
        return f"{name} · {self._wording(column)}"

    @staticmethod
    def _is_traced(row: BuyerAging, column: str) -> bool:
        figures = row.figures
        found = {"total": figures.outstanding, _DUE_OPEN: figures.due_open}
        found |= {f"bucket{at}": each for at, each in enumerate(figures.columns)}
        return bool(found.get(column))

    def show_buyer_documents(self, buyer_id: int) -> None:
        """The documents of one buyer."""
        self._only_buyer = buyer_id
        self.documents.reload()

    def _ask(self, window: Window[InvoiceLine]) -> Asked:
        sort, descending = window.sorted_by
        asked = InvoiceQuestion(
            client_id=self._workspace.client,
            buyer_id=self._only_buyer,
            text=window.text,
            overdue_on=self.as_of if self.overdue_only else None,
            sort=sort,
            descending=descending,
        )
        found = self._workspace.desk.ledger.documents_on(asked, self.as_of)
        self._open_then = found.open
        if self.figure:
            return self._of_figure(self.figure, found.ids)
        return Asked(found.ids, self._documents_footer(found.sums), _sums(found.sums))

    def _of_figure(self, figure: Figure, numbers: Sequence[int]) -> Asked:
        """Its documents, in the order asked for, with their sums: those of one buyer are few."""
        lines = [
            line for line in self._fetch(numbers) if figure.holds(line, self.as_of)
        ]
        found: dict[str, DocumentSums] = {}
        for line in lines:
            zero = Money.zero(line.amount.currency)
            one = found.get(zero.currency, DocumentSums(0, zero, zero, zero))
            found[zero.currency] = DocumentSums(
                one.count + 1, one.amount + line.amount, one.open + line.open, zero
            )
        return Asked(
            [line.id for line in lines], self._documents_footer(found), _sums(found)
        )

    def _fetch(self, numbers: Sequence[int]) -> Sequence[InvoiceLine]:
        """Rows with what was open on the day shown."""
        lines = self._workspace.desk.ledger.invoices(numbers)
        then = self._open_then
        if then is None:
            return lines
        return [
            line
            if line.kind == DocumentKind.CREDIT_NOTE
            else replace(line, open=then.get(line.id, Money.zero(line.open.currency)))
            for line in lines
        ]

    def _buyer_columns(self) -> list[Column[BuyerAging]]:
        columns: list[Column[BuyerAging]] = [
            Column(key="client", title=N_("Client"), cell=lambda row: row.client, order=lambda row: row.client, width=110, hidden=self._workspace.client is not None),
            Column(key="code", title=N_("Code"), cell=lambda row: row.code, order=lambda row: row.code, width=90, hidden=True),
            Column(key="name", title=N_("Buyer"), cell=lambda row: Cell(row.name, hint=row.name), order=lambda row: row.name, stretch=True),
            Column(key="total", title=N_("Outstanding"), cell=self._total, order=lambda row: row.figures.outstanding.amount, sums=lambda row: row.figures.outstanding, right=True, width=100),
        ]  # fmt: skip
        return [
            *columns,
            *(self._bucket(place) for place in range(len(_BUCKETS))),
            Column(key=_DUE_OPEN, title=N_("Due day open"), cell=self._due_open, order=lambda row: row.figures.due_open.amount, sums=lambda row: row.figures.due_open, right=True, width=84),
            Column(key="unapplied", title=N_("Unapplied"), cell=lambda row: self._wording.cell(-row.figures.unapplied), order=lambda row: row.figures.unapplied.amount, sums=lambda row: -row.figures.unapplied, right=True, width=80),
            Column(key="limit", title=N_("Credit limit"), cell=self._limit, order=self._limit_order, right=True, width=90),
            Column(key="use", title=N_("Use"), cell=self._use, order=lambda row: row.use, value=lambda row: row.use, right=True, width=56),
        ]  # fmt: skip

    def _bucket(self, place: int) -> Column[BuyerAging]:
        return Column(
            key=f"bucket{place}",
            title=_BUCKETS[place],
            cell=lambda row: Cell(
                self._wording.cell(row.figures.columns[place]), _TONES[place]
            ),
            order=lambda row: row.figures.columns[place].amount,
            sums=lambda row: row.figures.columns[place],
            right=True,
            width=84,
        )

    def _due_open(self, row: BuyerAging) -> Cell:
        hint = self._wording(
            N_("Part of what is outstanding; by age it stands under its own date.")
        )
        return Cell(
            self._wording.cell(row.figures.due_open),
            Tone.WARNING,
            hint if row.figures.due_open else "",
        )

    def _total(self, row: BuyerAging) -> str:
        # The currency stands at the figure: a name that gives way would take it along.
        figure = self._wording.cell(row.figures.outstanding)
        currency = row.figures.outstanding.currency
        return f"{currency} {figure}".strip() if row.several else figure

    def _limit(self, row: BuyerAging) -> Cell:
        if row.limit is None:
            return Cell(self._wording(N_("not applied for")), Tone.QUIET)
        if row.limit.amount is None:
            return Cell(self._wording(STATE_TITLES[row.limit.state]), Tone.WARNING)
        limit = row.limit.amount
        foreign = (
            ""
            if limit.currency == row.figures.outstanding.currency
            else f"{limit.currency} "
        )
        return Cell(foreign + self._wording.figure(limit), hint=row.limit.policy)

    @staticmethod
    def _limit_order(row: BuyerAging) -> Decimal | None:
        return row.limit.amount.amount if row.limit and row.limit.amount else None

    def _use(self, row: BuyerAging) -> Cell:
        if row.use is None:
            return Cell("—", Tone.FAINT)
        return Cell(self._wording.percent(row.use), self._use_tone(row.use))

    def _use_tone(self, use: Decimal) -> Tone:
        if use > 1:
            return Tone.DANGER
        return Tone.WARNING if use * 100 >= self._warn_from else Tone.PLAIN

    def _document_columns(self) -> list[Column[InvoiceLine]]:
        wording = self._wording
        return [
            Column(key="client", title=N_("Client"), cell=lambda row: row.client, order=lambda row: row.client, width=130, hidden=self._workspace.client is not None),
            Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer), order=lambda row: row.buyer, stretch=True),
            Column(key="number", title=N_("Number"), cell=self._number, order=lambda row: row.number, width=150),
            Column(key="issued", title=N_("Date"), cell=lambda row: wording.day(row.issued), order=lambda row: row.issued, value=lambda row: row.issued, width=100),
            Column(key="due", title=N_("Due"), cell=self._due, order=lambda row: row.due, value=lambda row: row.due, width=100),
            Column(key="days", title=N_("Overdue"), cell=self._days, width=110),
            Column(key="currency", title=N_("Currency"), cell=lambda row: row.amount.currency, width=78),
            Column(key="amount", title=N_("Amount"), cell=lambda row: wording.figure(signed(row, row.amount)), order=lambda row: row.amount.amount, value=lambda row: signed(row, row.amount), right=True, width=120),
            Column(key="open", title=N_("Open amount"), cell=lambda row: wording.cell(signed(row, row.open)), order=lambda row: row.open.amount, value=lambda row: signed(row, row.open), right=True, width=120),
            Column(key="disputed", title=N_("Disputed"), cell=lambda row: Cell(wording.cell(row.disputed), Tone.WARNING), order=lambda row: row.disputed.amount, value=lambda row: row.disputed, right=True, width=110, hidden=True),
            Column(key="source", title=N_("Source"), cell=self._source, width=170, hidden=True),
        ]  # fmt: skip

    def _due(self, row: InvoiceLine) -> Cell:
        return due_cell(row, self._wording)

    def _days(self, row: InvoiceLine) -> Cell:
        return overdue_cell(row, self.as_of, self._wording)

    def _source(self, row: InvoiceLine) -> Cell:
        return place_cell(row.file_name, row.sheet, row.row, self._wording)

    def _number(self, row: InvoiceLine) -> Cell:
        place = place_words(row.file_name, row.sheet, row.row, self._wording)
        return number_cell(row, self._wording, place)

    def _buyers_footer(self, rows: Sequence[BuyerAging]) -> Sequence[str]:
        currencies = dict.fromkeys(row.figures.outstanding.currency for row in rows)
        lines = [
            self._currency_line(code, [row for row in rows if row.key[1] == code])
            for code in currencies
        ]
        return [*lines, *self.summaries.footer]

    def _currency_line(self, code: str, rows: Sequence[BuyerAging]) -> str:
        wording = self._wording
        total = Money.total((row.figures.outstanding for row in rows), code)
        late = Money.total((row.overdue for row in rows), code)
        unapplied = Money.total((row.figures.unapplied for row in rows), code)
        line = wording(
            N_("{currency}  outstanding {total} = not due {current} + overdue {late}"),
            currency=wording.currency(code), total=wording.figure(total),
            current=wording.figure(total - late), late=wording.figure(late),
        )  # fmt: skip
        due_open = Money.total((row.figures.due_open for row in rows), code)
        if due_open:
            line += "   " + wording(
                N_("of it due date open {amount}"), amount=wording.figure(due_open)
            )
        if unapplied:
            line += "   " + wording(
                N_("unapplied {amount}"), amount=wording.figure(-unapplied)
            )
        return line

    def _documents_footer(self, totals: Mapping[str, DocumentSums]) -> Sequence[str]:
        return [self._totals_line(code, sums) for code, sums in totals.items()]

    def _totals_line(self, code: str, sums: DocumentSums) -> str:
        text = N_("{currency}  {count} documents, amount {amount}, open {left}")
        if sums.credits:
            text = N_("{currency}  {count} documents, amount {amount}, open {left}, credit notes {credits} not set against")  # fmt: skip
        return self._wording(
            text,
            currency=self._wording.currency(code),
            count=f"{sums.count:,}",
            amount=self._wording.figure(sums.amount),
            left=self._wording.figure(sums.open),
            credits=self._wording.figure(sums.credits),
        )


def _sums(found: Mapping[str, DocumentSums]) -> tuple[Totals, ...]:
    # A credit note stands negative in the list, so it lessens what is open below it.
    return summed(
        {
            code: {"amount": sums.amount, "open": sums.open - sums.credits}
            for code, sums in found.items()
        }
    )
