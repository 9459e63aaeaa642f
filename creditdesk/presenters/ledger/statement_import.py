"""A bank's statement on its way in, without Qt: what it says, what of it waits as a receipt, what is left out."""

from collections.abc import Sequence
from pathlib import Path

from creditdesk.domain.ledger.bank import BankStatement
from creditdesk.errors import Problem, UserError
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.importers.bank.statement import BalanceDisagrees, View
from creditdesk.importers.columns.layout import DatesAmbiguous
from creditdesk.intake.taking_in import open_statement, owner_of
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger.receipt_values import StatementTaken
from creditdesk.workspace import Workspace

_SHOWN = 60


class StatementImport:
    """One statement, read and looked at before it is taken in."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.path: Path | None = None
        self.client = workspace.client
        self.statement: BankStatement | None = None
        self.told: StatementTaken | None = None
        self.fault: Message | None = None
        self.asks_order = self.asks_view = False
        self.changed: Event[None] = Event()

    @property
    def clients(self) -> Sequence[tuple[int, str]]:
        """Whose account it can be."""
        return [(line.id, line.name) for line in self._workspace.desk.clients.all()]

    def begin(self, path: Path) -> None:
        """Another file."""
        self.path, self.fault = path, None
        self.asks_order = self.asks_view = False
        self.statement = self.told = None
        if self.client is None and len(self.clients) == 1:
            self.client = self.clients[0][0]
        self.changed.emit(None)

    def leave(self) -> None:
        """Don't take it in."""
        self.path = self.statement = self.told = self.fault = None
        self.changed.emit(None)

    def choose_client(self, client: int | None) -> None:
        """Whose account it is; what was read must be read again."""
        self.client = client
        self.statement = self.told = None
        self.changed.emit(None)

    @property
    def may_read(self) -> bool:
        """Whether file and client are known."""
        return self.path is not None and self.client is not None

    def reading(
        self, *, day_first: bool | None = None, view: View | None = None
    ) -> Job[tuple[BankStatement, StatementTaken]]:
        """The work of reading the file and comparing it with the desk."""
        path, client, desk = self.path, self.client, self._workspace.desk
        assert path is not None  # noqa: S101 - see `may_read`
        assert client is not None  # noqa: S101 - see `may_read`
        card = next(line for line in desk.clients.all() if line.id == client)
        owner = owner_of(card, desk.ledger)

        def job(progress: Progress) -> tuple[BankStatement, StatementTaken]:
            statement = open_statement(
                path, owner, progress, day_first=day_first, view=view
            )
            return statement, desk.ledger.compare_statement(client, statement)

        return job

    def show(self, found: tuple[BankStatement, StatementTaken]) -> None:
        """It was read."""
        self.statement, self.told = found
        self.fault, self.asks_order, self.asks_view = None, False, False
        self.changed.emit(None)

    def refuse(self, error: UserError) -> None:
        """It can't be read, or only when the person says how its dates are written or whose debit it is."""
        self.asks_order = isinstance(error, DatesAmbiguous)
        self.asks_view = isinstance(error, BalanceDisagrees)
        self.fault = error.said
        self.changed.emit(None)

    def taking_in(self) -> Job[StatementTaken]:
        """The work of keeping its receipts."""
        client, statement, path = self.client, self.statement, self.path
        assert client is not None  # noqa: S101 - it was read for a client
        assert statement is not None  # noqa: S101 - only what was read is taken in
        desk = self._workspace.desk
        return lambda _progress: desk.ledger.take_in_statement(client, statement, path)

    @property
    def act(self) -> str:
        """What the button will do."""
        if self.told is None or not self.told.added:
            return self._wording(N_("Nothing new to take in"))
        return self._wording.plural(
            N_("Take in {count} receipt"),
            N_("Take in {count} receipts"),
            self.told.added,
        )

    @property
    def may_act(self) -> bool:
        """Whether there is anything new."""
        return self.told is not None and self.told.added > 0

    @property
    def facts(self) -> Sequence[tuple[str, str]]:
        """What the statement says, as names and figures."""
        if self.statement is None or self.told is None:
            return ()
        say, read = self._wording, self.statement
        return [
            (name, shown)
            for name, shown in (
                (say(N_("Our account")), read.account),
                (say(N_("Rows read")), f"{read.rows_read:,}"),
                (say(N_("New receipts")), f"{self.told.added:,}"),
                (say(N_("Their sum")), say.moneys(self.told.received.values())),
                (say(N_("There already")), _count(self.told.unchanged)),
                (say(N_("Left out")), _count(len(read.left_out))),
                (say(N_("Refused")), _count(len(read.rejected))),
                (say(N_("Payments out (not taken)")), _count(read.spent_count)),
                (say(N_("Their sum")), say.moneys(read.spent.values())),
            )
            if shown
        ]

    @property
    def remarks(self) -> Sequence[tuple[str, str, bool]]:
        """Place, reason, and whether it is to be minded: differences and refused rows first."""
        if self.statement is None:
            return ()
        minded = (*self.statement.notes, *self.statement.rejected)
        found = [
            *(self._told(each, minded=True) for each in minded),
            *(self._told(each, minded=False) for each in self.statement.left_out),
        ]
        return found[:_SHOWN]

    def _told(self, problem: Problem, *, minded: bool) -> tuple[str, str, bool]:
        place = (
            self._wording(N_("Row {row}"), row=problem.row)
            if problem.row is not None
            else ""
        )
        if problem.value:
            place += f" · {problem.column} “{problem.value}”"
        return place, self._wording.message(problem.reason), minded


def _count(number: int) -> str:
    return f"{number:,}" if number else ""
