"""The control account against the ledger, without Qt: figures typed from the books, the difference, and what explains it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.control import Cause, Explanation
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.ledger.control_reading import read_control
from creditdesk.presenters.parts.form import Option
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.typed import FieldKind, read
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger.control_values import ControlAccount, ControlBalance
from creditdesk.workspace import Workspace

TABLES = frozenset(
    {"invoice", "payment", "bank_line", "import_batch", "aged_balance", "control_figure"}
)  # fmt: skip
CAUSES: Mapping[Cause, str] = {
    Cause.REFUSED: N_("refused row of an import"),
    Cause.SKIPPED: N_("skipped row of an import"),
    Cause.TAKEN_BACK: N_("import taken back"),
    Cause.LATER_DOCUMENTS: N_("documents dated after the day"),
    Cause.LATER_PAYMENTS: N_("payments dated after the day"),
    Cause.LATER_REDUCTIONS: N_("set-offs and other reductions dated after the day"),
    Cause.BANK_LINES: N_("receipt not set yet"),
    Cause.UNAPPLIED: N_("payments set against nothing"),
    Cause.CREDIT_NOTES: N_("credit notes set against nothing"),
    Cause.AGED_ONLY: N_("balance of a summary without documents"),
    Cause.WITHOUT_DUE_DATE: N_("documents without due date"),
}
HINTS: Mapping[Cause, str] = {
    Cause.REFUSED: N_("The books may have it; correct the row and import the file again."),
    Cause.SKIPPED: N_("Void, repeated, or no document: the books may count it."),
    Cause.TAKEN_BACK: N_("The books still have what the file told; import the right file."),
    Cause.LATER_DOCUMENTS: N_("They are not in the balance of the day; the books may have been read later."),
    Cause.LATER_PAYMENTS: N_("They are not in the balance of the day; the books may have been read later."),
    Cause.LATER_REDUCTIONS: N_("They are not in the balance of the day; the books may have been read later."),
    Cause.BANK_LINES: N_("The books may have booked it; set it under Money received."),
    Cause.UNAPPLIED: N_("It lowers the balance here; the books may carry it as 预收账款 (2203)."),
    Cause.CREDIT_NOTES: N_("It lowers the balance here; the books may not have booked it yet."),
    Cause.AGED_ONLY: N_("It stands apart from the balance: no document shows it."),
    Cause.WITHOUT_DUE_DATE: N_("They count in full; other programs' agings leave them out."),
}  # fmt: skip
CURRENCIES = ("CNY", "USD", "EUR", "GBP", "JPY", "HKD", "AUD", "CAD", "CHF", "SGD")


@dataclass(frozen=True, slots=True)
class Row:
    """One explanation of one currency. `exact`: it is among those that make the difference exactly."""

    place: int
    currency: str
    what: Explanation
    exact: bool


class ControlPresenter:
    """One client's account on one day."""

    def __init__(
        self, workspace: Workspace, wording: Wording, client: int | None, day: str
    ) -> None:
        self._workspace = workspace
        self._wording = wording
        self._clients = {int(line.id): line for line in workspace.desk.clients.all()}
        self.client = client or workspace.client or next(iter(self._clients), None)
        self.as_of = date.fromisoformat(day) if day else workspace.today()
        self.account: ControlAccount | None = None
        self.faults: dict[str, str] = {}
        self.refused = ""
        self.changed: Event[None] = Event()
        self._typed: dict[str, str] = {}
        self._more: list[str] = []
        self.rows: Table[Row] = Table(self._columns(), lambda row: row.place)

    @property
    def clients(self) -> tuple[Option, ...]:
        """Whose account it may be."""
        return tuple(Option(str(line.id), line.name) for line in self._clients.values())

    @property
    def subtitle(self) -> str:
        """What exactly is compared."""
        if self.client is None:
            return self._wording(N_("There is no client yet."))
        return self._wording(
            N_("{client} · as of {day} · open invoices − credit notes − unapplied receipts, against what the books show"),
            client=self._clients[self.client].name, day=self.as_of,
        )  # fmt: skip

    def choose(self, client: str) -> None:
        """Another client."""
        self.client = int(client)
        self._forget()

    def set_day(self, text: str) -> None:
        """Another day; what can't be read is said."""
        try:
            day = read(FieldKind.DATE, text)
        except UserError as error:
            self.refused = self._wording.message(error.said)
            self.changed.emit(None)
            return
        self.refused = ""
        if isinstance(day, date) and day != self.as_of:
            self.as_of = day
            self._forget()

    @property
    def others(self) -> tuple[Option, ...]:
        """Currencies the books may show that the ledger has nothing of."""
        return tuple(
            Option(code, self._wording.currency(code))
            for code in CURRENCIES
            if code not in self.currencies
        )

    def add_currency(self, code: str) -> None:
        """The books show a currency the ledger has nothing of."""
        if code:
            self._more.append(code)
            self.changed.emit(None)

    def job(self) -> Job[ControlAccount]:
        """The work of counting the balance and what may lie between."""
        desk, client, as_of = self._workspace.desk, self.client, self.as_of
        assert client is not None  # noqa: S101 - see `may_count`
        return lambda progress: read_control(desk, client, as_of, progress)

    @property
    def may_count(self) -> bool:
        """Whether there is a client to count."""
        return self.client is not None

    def show(self, account: ControlAccount) -> None:
        """It is counted."""
        self.account = account
        for each in account.balances:
            if each.figure is not None and each.figure.amount is not None:
                shown = Decimal(each.figure.amount.plain)
                self._typed.setdefault(each.currency, f"{shown:,f}")
        found = [
            (each.currency, place in each.explained, row)
            for each in account.balances
            for place, row in enumerate(each.rows)
        ]
        self.rows.show(
            [Row(place, code, row, exact) for place, (code, exact, row) in enumerate(found)]
        )  # fmt: skip
        self.changed.emit(None)

    @property
    def currencies(self) -> tuple[str, ...]:
        """What figures can be typed of; the client's own where the ledger has none."""
        found = (
            [each.currency for each in self.account.balances] if self.account else []
        )
        if not found and self.client is not None:
            found = [self._clients[self.client].currency]
        return tuple(dict.fromkeys((*found, *self._more)))  # fmt: skip

    def balance(self, code: str) -> ControlBalance | None:
        """One currency as counted."""
        balances = self.account.balances if self.account else ()
        return next((each for each in balances if each.currency == code), None)

    def typed(self, code: str) -> str:
        """What stands in the field."""
        return self._typed.get(code, "")

    def type(self, code: str, text: str) -> None:
        """A figure is typed from the books."""
        self._typed[code] = text
        self.faults.pop(code, None)

    @property
    def is_edited(self) -> bool:
        """Whether a figure differs from what is kept."""
        try:
            return self._figures() != self._kept()
        except UserError:
            return True

    def keeping(self) -> Job[ControlAccount] | None:
        """The work of keeping the figures and comparing anew; None where one can't be read, which its field says."""
        self.faults = {}
        for code in self.currencies:
            try:
                read(FieldKind.AMOUNT, self.typed(code))
            except UserError as error:
                self.faults[code] = self._wording.message(error.said)
        if self.faults or self.client is None:
            self.changed.emit(None)
            return None
        imports, client, as_of = self._workspace.desk.imports, self.client, self.as_of
        figures, today, count = self._figures(), self._workspace.today(), self.job()

        def work(progress: Progress) -> ControlAccount:
            imports.keep_figures(client, as_of, figures, today)
            return count(progress)

        return work

    def verdict(self, code: str) -> tuple[str, Tone]:
        """How the books and the ledger stand to one another, in words."""
        say, found = self._wording, self.balance(code)
        if found is None or found.difference is None:
            return say(N_("Type what account 1122 shows.")), Tone.QUIET
        if not found.difference:
            return say(N_("The books and the ledger agree.")), Tone.DONE
        if found.explained:
            causes = dict.fromkeys(found.rows[place].cause for place in found.explained)
            return say(
                N_("These make the difference exactly: {causes} (marked below)."),
                causes=tuple(say(CAUSES[cause]) for cause in causes),
            ), Tone.WARNING  # fmt: skip
        return say(
            N_("{amount} stays unexplained: no rows below make the difference exactly. Go through them, then through the books."),
            amount=found.difference,
        ), Tone.DANGER  # fmt: skip

    def place(self, key: Hashable) -> tuple[str, dict[str, object]] | None:
        """The way to where a row can be looked at and put right: a place of the window, and what it is asked for."""
        row = self.rows.get(key)
        if row is None:
            return None
        what = row.what
        if what.cause is Cause.BANK_LINES:
            return "receipts", {}
        if what.batch is not None and what.cause is not Cause.AGED_ONLY:
            return "import_file", {"batch": what.batch, "part": 3 if what.row else 0}
        if what.buyer_id is not None:
            return "buyer_file", {"buyer": what.buyer_id, "part": 1}
        return None

    @property
    def head(self) -> Sequence[str]:
        """The names of a currency's figures."""
        return (
            N_("Currency"), N_("Open invoices"), N_("Credit notes"), N_("Unapplied"), N_("Ledger balance"),
            N_("Books show"), N_("Difference"),
        )  # fmt: skip

    def line(self, code: str) -> Sequence[Cell]:
        """A currency's figures but what the books show, which is typed."""
        say, found = self._wording, self.balance(code)
        if found is None:
            return (Cell(say.currency(code)), *(Cell("") for _ in range(5)))
        difference = Cell("")
        if found.difference is not None:
            tone = Tone.DANGER if found.difference else Tone.DONE
            difference = Cell(say.figure(found.difference), tone, bold=True)
        return (
            Cell(say.currency(code)),
            Cell(say.figure(found.invoices)),
            Cell(say.cell(-found.credit_notes)),
            Cell(say.cell(-found.unapplied)),
            Cell(say.figure(found.balance), bold=True),
            difference,
        )

    def apart(self, code: str) -> str:
        """What stands beside the balance and is never added to it; and who typed the figure."""
        say, found = self._wording, self.balance(code)
        parts = []
        if found is not None and found.aged_only:
            parts.append(
                say(
                    N_("Not in the balance: {amount} of summaries without documents."),
                    amount=found.aged_only,
                )
            )
        if found is not None and found.figure is not None:
            parts.append(
                say(
                    N_("Typed by {who}, {at}."),
                    who=found.figure.who, at=found.figure.at,
                )
            )  # fmt: skip
        return " ".join(parts)

    def _figures(self) -> dict[str, Money | None]:
        found: dict[str, Money | None] = {}
        for code in self.currencies:
            amount = read(FieldKind.AMOUNT, self.typed(code))
            found[code] = Money(amount, code).refined() if isinstance(amount, Decimal) else None  # fmt: skip
        return found

    def _kept(self) -> dict[str, Money | None]:
        kept: dict[str, Money | None] = dict.fromkeys(self.currencies)
        for each in self.account.balances if self.account else ():
            kept[each.currency] = each.figure.amount if each.figure else None
        return kept

    def _forget(self) -> None:
        self.account = None
        self._typed, self._more, self.faults = {}, [], {}
        self.rows.show([])
        self.changed.emit(None)

    def _columns(self) -> list[Column[Row]]:
        say = self._wording

        def cause(row: Row) -> Cell:
            return Cell(say(CAUSES[row.what.cause]), hint=say(HINTS[row.what.cause]))

        def exact(row: Row) -> Cell:
            return Cell(say(N_("makes the difference")) if row.exact else "", Tone.DONE)

        def effect(row: Row) -> Cell:
            if row.what.effect is None:
                return Cell(say(N_("no figure")), Tone.QUIET)
            return Cell(say.figure(row.what.effect))

        def hint(row: Row) -> Cell:
            said = say(HINTS[row.what.cause])
            return Cell(said, Tone.QUIET, said)

        return [
            Column(key="currency", title=N_("Currency"), cell=lambda row: row.currency, order=lambda row: row.currency, width=78),
            Column(key="cause", title=N_("What"), cell=cause, order=lambda row: row.what.cause, width=220),
            Column(key="name", title=N_("Buyer or file"), cell=lambda row: Cell(row.what.name, hint=row.what.name), order=lambda row: row.what.name, width=170),
            Column(key="row", title=N_("Row"), cell=lambda row: "" if row.what.row is None else str(row.what.row), order=lambda row: row.what.row, right=True, width=56),
            Column(key="count", title=N_("Count"), cell=lambda row: f"{row.what.count:,}" if row.what.count > 1 else "", order=lambda row: row.what.count, right=True, width=56),
            Column(key="effect", title=N_("Books would show more by"), cell=effect, order=lambda row: row.what.effect.amount if row.what.effect else None, sums=lambda row: row.what.effect, right=True, width=150),
            Column(key="exact", title=N_("Explains"), cell=exact, order=lambda row: row.exact, width=120),
            Column(key="hint", title=N_("What it means"), cell=hint, stretch=True),
        ]  # fmt: skip
