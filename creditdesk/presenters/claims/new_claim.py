"""Opening a claim, without Qt: whose, why, since when, and which invoices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import CAUSE_TITLES, Cause
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Progress
from creditdesk.presenters.claims.claim_wording import CAUSE_SENTENCES
from creditdesk.presenters.parts.form import Option
from creditdesk.presenters.parts.rules import rule_words
from creditdesk.presenters.parts.typed import FieldKind, read
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.claims import ClaimId, NewClaim
from creditdesk.services.ledger import AgingReport
from creditdesk.workspace import Workspace


class BuyerNotChosen(UserError):
    """A claim is against somebody."""

    message = N_("Choose the client and the buyer that does not pay.")


class DayNotGiven(UserError):
    """The date of loss is asked, never guessed."""

    message = N_("Enter the date of loss: for default the end of the waiting period, for insolvency the day of the ruling.")  # fmt: skip


class NoInvoiceChosen(UserError):
    """Nothing ticked."""

    message = N_("Tick at least one invoice to claim.")


@dataclass(frozen=True, slots=True)
class Overdue:
    """One invoice that may be claimed, in words; `number` is its own in the ledger, `name` what people call it."""

    number: str
    name: str
    issued: str
    due: str
    overdue: str
    open: Money


@dataclass(frozen=True, slots=True)
class CauseChoice:
    """A cause with the sentence that says when it is the right one."""

    cause: Cause
    title: str
    said: str


class NewClaimPresenter:
    """What is chosen so far. `refused` says in words what stands against the date; empty: nothing."""

    def __init__(
        self, workspace: Workspace, wording: Wording, buyer: int | None
    ) -> None:
        self._workspace = workspace
        self._wording = wording
        self.client: int | None = workspace.client
        self.buyer: int | None = None
        self.policy: int | None = None
        self.cause = Cause.PROTRACTED_DEFAULT
        self.day: date | None = None
        self.refused = ""
        self.invoices: Sequence[Overdue] = ()
        self.ticked: frozenset[str] = frozenset()
        self.changed: Event[None] = Event()
        self.ticks_changed: Event[None] = Event()
        if buyer is not None:
            self.buyer = buyer
            self.client = workspace.desk.buyers.file(BuyerId(buyer)).client_id

    @property
    def causes(self) -> tuple[CauseChoice, ...]:
        """The four causes, the usual one first."""
        say = self._wording
        return tuple(
            CauseChoice(cause, say(CAUSE_TITLES[cause]), say(sentence))
            for cause, sentence in CAUSE_SENTENCES.items()
        )

    @property
    def clients(self) -> tuple[Option, ...]:
        """All clients."""
        lines = self._workspace.desk.clients.all()
        return tuple(Option(str(line.id), line.name) for line in lines)

    @property
    def buyers(self) -> tuple[Option, ...]:
        """The buyers of the client chosen."""
        if self.client is None:
            return ()
        lines = self._workspace.desk.buyers.all(self.client)
        return tuple(Option(str(line.id), line.name) for line in lines)

    @property
    def policies(self) -> tuple[Option, ...]:
        """The client's policies, for where several were in force at once."""
        if self.client is None:
            return ()
        lines = self._workspace.desk.policies.all(self._workspace.today(), self.client)
        return tuple(
            Option(str(line.id), f"{line.number} · {line.insurer}") for line in lines
        )

    @property
    def sums(self) -> str:
        """What is ticked, one sum a currency."""
        chosen = [each for each in self.invoices if each.number in self.ticked]
        currencies = dict.fromkeys(each.open.currency for each in chosen)
        sums = [
            Money.total((each.open for each in chosen if each.open.currency == code), code)
            for code in currencies
        ]  # fmt: skip
        if not chosen:
            return self._wording(N_("Nothing is ticked."))
        return self._wording.plural(
            N_("{count} invoice, open on the date of loss: {sums}"),
            N_("{count} invoices, open on the date of loss: {sums}"),
            len(chosen),
            sums=self._wording.moneys(sums),
        )

    @property
    def nothing(self) -> str:
        """Why the list of invoices is empty."""
        if self.buyer is None:
            return self._wording(N_("Choose the buyer, and its overdue invoices appear here."))  # fmt: skip
        if self.day is None:
            return self._wording(N_("Enter the date of loss, and the invoices overdue on it appear here."))  # fmt: skip
        said = self._wording(N_("Nothing of this buyer was overdue on {day}."), day=self.day)  # fmt: skip
        summaries = self._workspace.desk.ledger.aged_balances(buyer_id=self.buyer)
        if not summaries:
            return said
        only = self._wording(
            N_("A summary without documents says {total} is owed: import the invoices behind it to claim them."),
            total=self._wording.moneys(line.total for line in summaries),
        )  # fmt: skip
        return f"{said} {only}"

    @property
    def waiting(self) -> str:
        """When the waiting period ends by the policy's rule, with its reason; empty where nothing tells."""
        today, desk = self._workspace.today(), self._workspace.desk
        if self.buyer is None or self.client is None or self.cause is not Cause.PROTRACTED_DEFAULT:  # fmt: skip
            return ""
        policy = self.policy or next(iter(desk.policies.in_force(self.client, today)), None)  # fmt: skip
        end = desk.watch.waiting_end(policy, self.buyer, self.cause, today) if policy else None  # fmt: skip
        if end is None:
            return ""
        return self._wording(
            N_("By the policy's rule ({rule}, counted from {since}) the waiting period ends on {day}."),
            rule=rule_words(end.rule, self._wording),
            since=end.since,
            day=end.on,
        )  # fmt: skip

    def choose_client(self, client: str) -> None:
        """Another client: its buyers are offered."""
        self.client = int(client) if client else None
        self.policy = None
        self.choose_buyer("")

    def choose_buyer(self, buyer: str) -> None:
        """Another buyer."""
        self.buyer = int(buyer) if buyer else None
        self._forget()

    def choose_policy(self, policy: str) -> None:
        """Under which policy; empty: the one that was in force when the goods were shipped."""
        self.policy = int(policy) if policy else None

    def choose_cause(self, cause: Cause) -> None:
        """Why the buyer doesn't pay."""
        self.cause = cause

    def type_day(self, text: str) -> None:
        """The date of loss as typed."""
        self.refused = ""
        try:
            day = read(FieldKind.DATE, text)
        except UserError as error:
            self.day, self.refused = None, self._wording.message(error.said)
        else:
            self.day = day if isinstance(day, date) else None
        self._forget()

    def finding(self) -> Callable[[Progress], AgingReport | None]:
        """The job: what was overdue on the date of loss."""
        ledger, buyer, day = self._workspace.desk.ledger, self.buyer, self.day

        def job(_progress: Progress) -> AgingReport | None:
            if buyer is None or day is None:
                return None
            return ledger.aging(day, buyer_id=buyer)

        return job

    def show(self, report: AgingReport | None) -> None:
        """The overdue invoices are there; all that no claim is made for are ticked."""
        if report is None or report.aging.as_of != self.day:
            return
        rows = [row for row in report.aging.rows if row.is_overdue]
        if any(row.buyer != self.buyer for row in rows):
            return
        say = self._wording
        claimed = self._workspace.desk.claims.claimed(self.buyer) if self.buyer else {}

        def late(number: str, days: int) -> str:
            text = say.overdue(days)
            if number not in claimed:
                return text
            already = say(N_("claimed in {claim}"), claim=claimed[number])
            return f"{text} · {already}"

        self.invoices = [
            Overdue(
                row.id[1],
                say.name(report.name(row.id)),
                say.day(row.issued),
                say.day(row.due) or say(N_("not given")),
                late(row.id[1], row.days_overdue),
                row.open,
            )
            for row in rows
        ]
        free = (each.number for each in self.invoices if each.number not in claimed)
        self.ticked = frozenset(free)
        self.changed.emit(None)

    def tick(self, number: str, *, on: bool) -> None:
        """Take an invoice in, or leave it out."""
        self.ticked = self.ticked | {number} if on else self.ticked - {number}
        self.ticks_changed.emit(None)

    def open(self) -> ClaimId:
        """Open the claim; raises what stands against it, in words."""
        if self.client is None or self.buyer is None:
            raise BuyerNotChosen
        if self.day is None:
            raise DayNotGiven
        if not self.ticked:
            raise NoInvoiceChosen
        return self._workspace.desk.claims.open(
            NewClaim(
                client_id=self.client,
                buyer_id=self.buyer,
                cause=self.cause,
                date_of_loss=self.day,
                numbers=tuple(
                    each.name for each in self.invoices if each.number in self.ticked
                ),
                policy_id=self.policy,
                today=self._workspace.today(),
            )
        )

    def _forget(self) -> None:
        self.invoices, self.ticked = (), frozenset()
        self.changed.emit(None)
