"""A client's quotes side by side, without Qt: each by cost and by every criterion, the grid, and a form for a new one."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.insurers.kept_quotes import (
    NewQuote,
    QuoteInsurerMissing,
    QuoteLine,
    QuoteTurnoverMissing,
)
from creditdesk.domain.insurers.quotes import (
    CRITERION_TITLES,
    FIGURE_TITLES,
    GATE_TITLES,
    STANDARD_WEIGHTS,
    Compared,
    Comparison,
    Criterion,
    Gate,
)
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.form import Option
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import quote_comparison
from creditdesk.workspace import Workspace

TABLES = frozenset({"insurer_entry", "insurer_quote", "client"})
_NOTHING = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteTold:
    """A quote as it is typed; what isn't known is left blank."""

    insurer: str = asked(N_("Insurer"))
    on: date = asked(N_("Made on"))
    turnover: Decimal = asked(N_("Yearly turnover it is for"))
    rate_pct: Decimal | None = asked(N_("Premium rate, %"), default=None)
    minimum: Decimal | None = asked(N_("Minimum premium"), default=None)
    tax_pct: Decimal | None = asked(N_("Tax on the premium, %"), default=None)
    limits: int | None = asked(N_("Number of limits charged"), default=None)
    limit_fee: Decimal | None = asked(N_("Fee for a limit"), default=None)
    monitoring: Decimal | None = asked(N_("Monitoring fee"), default=None)
    collection_share: Decimal | None = asked(N_("Own share of collection costs"), default=None)  # fmt: skip
    retained_loss: Decimal | None = asked(N_("Expected loss kept"), default=None)
    subsidy: Decimal | None = asked(N_("Subsidy"), default=None)
    Q1: int | None = asked(CRITERION_TITLES[Criterion.LIMITS], hint=N_("1 to 5"), default=None)  # fmt: skip
    Q2: int | None = asked(CRITERION_TITLES[Criterion.WORDING], hint=N_("1 to 5"), default=None)  # fmt: skip
    Q3: int | None = asked(CRITERION_TITLES[Criterion.COST], hint=N_("1 to 5"), default=None)  # fmt: skip
    Q4: int | None = asked(CRITERION_TITLES[Criterion.CLAIMS], hint=N_("1 to 5"), default=None)  # fmt: skip
    Q5: int | None = asked(CRITERION_TITLES[Criterion.STRENGTH], hint=N_("1 to 5"), default=None)  # fmt: skip
    Q6: int | None = asked(CRITERION_TITLES[Criterion.SERVICE], hint=N_("1 to 5"), default=None)  # fmt: skip


class QuotesPresenter:
    """The newest quote of each insurer, compared; below them every quote that was kept."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.changed: Event[None] = Event()
        self.client: int | None = workspace.client
        if self.client is None and self.clients:
            self.client = int(self.clients[0].value)
        self.found: Comparison | None = None
        self.table: Table[Compared] = Table(
            self._columns(), lambda row: row.quote.name, sort="cost"
        )
        self.added = 0
        """The number of the quote that was entered last."""
        self.kept: Table[QuoteLine] = Table(
            with_voids(self._kept_columns(), lambda row: row.voided, wording, told_in="figures"),
            lambda row: row.id,
            sort="on",
            descending=True,
        )  # fmt: skip
        today = workspace.today()
        blame: dict[type[UserError], str] = {
            QuoteInsurerMissing: "insurer",
            QuoteTurnoverMissing: "turnover",
        }
        around = Around(today=today, values={"on": today.isoformat()}, blame=blame)
        self.form = bound(QuoteTold, wording, self._keep, around)

    @property
    def clients(self) -> tuple[Option, ...]:
        """All clients."""
        lines = self._workspace.desk.clients.all()
        return tuple(Option(str(line.id), line.name) for line in lines)

    @property
    def said(self) -> tuple[str, ...]:
        """On what they are compared, by which weights, what is missing, and who is even."""
        if self.found is None:
            return ()
        say, found = self._wording, self.found
        weights = say.list(
            say(N_("{code} {criterion} {weight} %"), code=each.value, criterion=say(CRITERION_TITLES[each]), weight=weight)
            for each, weight in found.weights.items()
        )  # fmt: skip
        told = [
            say(N_("Insured turnover of a year: {amount}"), amount=say.money(found.turnover)),
            say(N_("Weights: {weights}."), weights=weights),
        ]  # fmt: skip
        for line in found.quotes:
            if line.missing:
                text = (
                    N_("{name}: not known, so left blank: {titles}.")
                    if line.score is not None
                    else N_(
                        "{name}: not known, so left blank and without a score: {titles}."
                    )
                )
                titles = say.list(say(_title(each)) for each in line.missing)
                told.append(say(text, name=line.quote.name, titles=titles))
        for names in found.ties:
            text = N_("{names} have the same score: look at the single criteria to choose.")  # fmt: skip
            told.append(say(text, names=say.list(names)))
        return (*told, say(N_("A score only puts criteria in order: it does not choose.")))  # fmt: skip

    def choose(self, client: str) -> None:
        """Another client."""
        self.client = int(client) if client else None
        self.reload()

    def reload(self) -> None:
        """Read and compare."""
        insurers = self._workspace.desk.insurers
        kept = insurers.quotes(self.client) if self.client is not None else ()
        self.found = None
        if self.client is not None and any(each.voided is None for each in kept):
            self.found = insurers.comparison(self.client)
        self.table.show(self.found.quotes if self.found else ())
        self.kept.show(kept)
        self.changed.emit(None)

    def start(self) -> None:
        """The form of a new quote, empty but for the day."""
        self.form.load({"on": self._workspace.today().isoformat()})

    def may_void(self, key: object) -> bool:
        """Whether a quote stands."""
        row = self.kept.get(key)
        return row is not None and row.voided is None

    def voiding(self, key: object, why: str) -> Job[None]:
        """The job: it was entered by mistake."""
        insurers, number = self._workspace.desk.insurers, int(str(key))
        return lambda _progress: insurers.void_quote(number, why)

    def file_name(self) -> str:
        """What the grid is called."""
        return f"{self._name()} {self._wording(N_('Comparison of quotes'))}.pdf"

    def writing(self, path: Path) -> Callable[[Progress], Path]:
        """The job: the grid on one page."""
        found, language = self.found, self._wording.language
        assert found is not None  # noqa: S101 - the button waits for quotes
        name, day = self._name(), self._workspace.today().isoformat()

        def job(_progress: Progress) -> Path:
            quote_comparison.write(found, path, language, name, day)
            return path

        return job

    def _name(self) -> str:
        return next((each.words for each in self.clients if each.value == str(self.client)), "")  # fmt: skip

    def _keep(self, told: QuoteTold) -> None:
        assert self.client is not None  # noqa: S101 - the button waits for a client
        named = {each.name: getattr(told, each.name) for each in fields(told)}
        figures = {
            key: f"{value}"
            for key, value in named.items()
            if key not in {"insurer", "on", "turnover"} and value is not None
        }
        clients = self._workspace.desk.clients.all()
        currency = next(each.currency for each in clients if each.id == self.client)
        self.added = self._workspace.desk.insurers.add_quote(
            NewQuote(
                client_id=self.client,
                insurer=told.insurer,
                on=told.on,
                turnover=Money(told.turnover, currency),
                figures=figures,
            )
        )

    def _columns(self) -> list[Column[Compared]]:
        say = self._wording

        def money(key: str, title: str) -> Column[Compared]:
            def cell(row: Compared) -> Cell:
                amount: Money | None = getattr(row, key)
                return Cell(_NOTHING, Tone.QUIET) if amount is None else Cell(say.figure(amount))  # fmt: skip

            def order(row: Compared) -> object:
                amount: Money | None = getattr(row, key)
                return (amount is None, amount.amount if amount else 0)

            name = "cost" if key == "total_cost" else key
            return Column(key=name, title=title, cell=cell, order=order, value=lambda row: getattr(row, key), right=True, width=120)  # fmt: skip

        def plain(key: str, title: str, width: int) -> Column[Compared]:
            def cell(row: Compared) -> Cell:
                value = getattr(row, key)
                return Cell(_NOTHING, Tone.QUIET) if value is None else Cell(str(value), bold=key == "score")  # fmt: skip

            return Column(key=key, title=title, cell=cell, order=lambda row: (getattr(row, key) is None, getattr(row, key) or 0), right=True, width=width)  # fmt: skip

        def points(criterion: Criterion) -> Column[Compared]:
            return Column(key=criterion.value, title=criterion.value, cell=lambda row: str(row.quote.scores.get(criterion, _NOTHING)), order=lambda row: row.quote.scores.get(criterion, 0), right=True, width=56)  # fmt: skip

        def gate(row: Compared) -> Cell:
            tone = Tone.DANGER if row.gate is Gate.FAIL else Tone.PLAIN
            return Cell(say(GATE_TITLES[row.gate]), tone)

        return [
            Column(key="name", title=N_("Insurer"), cell=lambda row: Cell(say.name(row.quote.name), bold=True), order=lambda row: row.quote.name, stretch=True),
            Column(key="gate", title=N_("Solvency requirements"), cell=gate, order=lambda row: row.gate, width=160),
            money("premium", N_("Premium before tax")),
            money("total_cost", N_("Total yearly cost")),
            plain("bps", N_("bps"), 76),
            *map(points, STANDARD_WEIGHTS),
            plain("score", N_("Score"), 76),
        ]  # fmt: skip

    def _kept_columns(self) -> list[Column[QuoteLine]]:
        say = self._wording

        def figures(row: QuoteLine) -> Cell:
            known = (key for key in FIGURE_TITLES if getattr(row.quote, key, None) is not None)  # fmt: skip
            words = " · ".join(f"{say(FIGURE_TITLES[key])} {self._figure(getattr(row.quote, key))}" for key in known)  # fmt: skip
            return Cell(words, hint=words)

        return [
            Column(key="on", title=N_("Made on"), cell=lambda row: say.day(row.on), order=lambda row: (row.on, row.id), value=lambda row: row.on, width=100),
            Column(key="insurer", title=N_("Insurer"), cell=lambda row: Cell(row.insurer, bold=True), order=lambda row: row.insurer, width=180),
            Column(key="turnover", title=N_("Turnover"), cell=lambda row: say.money(row.turnover), order=lambda row: row.turnover.amount, value=lambda row: row.turnover, right=True, width=140),
            Column(key="figures", title=N_("What it says"), cell=figures, stretch=True),
            Column(key="who", title=N_("By"), cell=lambda row: row.who, width=90),
        ]  # fmt: skip

    def _figure(self, value: object) -> str:
        return self._wording.figure(value) if isinstance(value, Money) else str(value)


def _title(missing: str) -> str:
    named = {each.value: title for each, title in CRITERION_TITLES.items()}
    return named.get(missing) or FIGURE_TITLES[missing]
