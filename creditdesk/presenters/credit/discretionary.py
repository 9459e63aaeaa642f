"""The grounds of a discretionary limit, without Qt: what the ledger proves, and what is kept of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from creditdesk.domain.base.calendar import months_later
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.discretionary import BASIS_TITLES, MONTHS, Basis, Purchase
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.attaching import take
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.policies import GroundCheck, NewGround
from creditdesk.workspace import Workspace


class EvidenceDayMissing(UserError):
    """A report or a check has its day."""

    message = N_("Give the day of the report or check.")


class DiscretionaryPresenter:
    """One buyer under one policy. `found` None: `refused` says why nothing can be checked."""

    def __init__(
        self, workspace: Workspace, wording: Wording, policy: int, buyer: int
    ) -> None:
        self._workspace = workspace
        self._say = wording
        self.policy = policy
        self._buyer = buyer
        self._today = workspace.today()
        self.name = workspace.desk.buyers.file(BuyerId(buyer)).card.name
        self.changed: Event[None] = Event()
        self.found: GroundCheck | None = None
        self.refused = ""
        self.paper: Path | None = None
        self._answers = Answers()
        self.purchases: Table[Purchase] = Table(
            self._columns(), lambda row: row.number, sort="issued", descending=True
        )
        self.form = Form(
            self._fields(),
            self._take,
            {"basis": Basis.EXPERIENCE.value},
            {EvidenceDayMissing: "evidence"},
        )

    def job(self) -> Callable[[Progress], GroundCheck]:
        """The work of looking through the ledger, to be run off the window's thread."""
        policies = self._workspace.desk.policies
        policy, buyer, on = self.policy, self._buyer, self._today
        return lambda _progress: policies.check_grounds(policy, buyer, on)

    def show(self, found: GroundCheck) -> None:
        """What the ledger proves."""
        self.found, self.refused = found, ""
        self.purchases.show(found.experience.purchases)
        self.changed.emit(None)

    def refuse(self, error: UserError) -> None:
        """Why nothing can be checked."""
        self.found, self.refused = None, self._say.message(error.said)
        self.changed.emit(None)

    @property
    def result(self) -> Cell:
        """What payment experience carries, or that it carries nothing."""
        found, say = self.found, self._say
        if found is None:
            return Cell("")
        experience = found.experience
        if experience.amount is None or experience.evidence_date is None:
            return Cell(say(N_("Payment experience carries no limit.")), Tone.WARNING)
        until = months_later(experience.evidence_date, MONTHS)
        words = say(
            N_("Payment experience carries {amount}, until {day}."),
            amount=experience.amount,
            day=until,
        )
        return Cell(words, Tone.DONE)

    @property
    def against(self) -> tuple[str, ...]:
        """What stands against it."""
        found = self.found
        if found is None:
            return ()
        return tuple(
            self._say.message(each)
            for each in dict.fromkeys((*found.forbidden, *found.experience.against))
        )

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The policy's cap, percentage and rules; the highest balance that was properly paid."""
        found, say = self.found, self._say
        if found is None:
            return ()
        pct = f"{found.pct.normalize():f} %" if found.pct is not None else say(N_("the policy's"))  # fmt: skip
        return (
            (say(N_("At most, by the policy")), say.money(found.most)),
            (say(N_("Insured percentage")), pct),
            (say(N_("Highest balance properly paid")), say.money(found.experience.highest)),
            (say(N_("Purchases paid in time")), str(len(found.experience.in_time))),
        )  # fmt: skip

    @property
    def rules(self) -> str:
        """The policy's own words on it."""
        return self.found.rules if self.found else ""

    @property
    def may_keep(self) -> bool:
        """Whether anything could be kept."""
        return self.found is not None and not self.found.forbidden

    def keeping(self) -> Callable[[Progress], int]:
        """The job: keep the report, then the grounds."""
        answers, paper, desk = self._answers, self.paper, self._workspace.desk
        assert self.found is not None  # noqa: S101 - without it there is no form
        amount = answers.amount("amount")
        currency = self.found.most.currency
        made = NewGround(
            policy_id=self.policy,
            buyer_id=self._buyer,
            basis=Basis(answers.text("basis")),
            amount=Money(amount, currency).rounded() if amount else None,
            evidence_date=answers.day("evidence"),
            pct=None,
            note=answers.text("note"),
        )
        most, today = desk.upkeep.threshold("evidence_mb"), self._today
        client = desk.buyers.file(BuyerId(self._buyer)).client_id

        def job(progress: Progress) -> int:
            taken = take(paper, progress, megabytes=most) if paper else None

            def change() -> int:
                kept = desk.watch.keep_paper(client, *taken) if taken else None
                return desk.policies.keep_grounds(replace(made, document=kept), today)

            return desk.do(change, progress)

        return job

    def take_paper(self, paths: Sequence[Path]) -> None:
        """The report; the last one counts."""
        self.paper = paths[-1] if paths else None
        self.changed.emit(None)

    def _fields(self) -> tuple[FormField, ...]:
        say = self._say
        bases = tuple(
            Option(basis.value, say(title)) for basis, title in BASIS_TITLES.items()
        )
        return (
            FormField(key="basis", label=say(N_("Grounds")), kind=FieldKind.CHOICE, required=True, options=bases),
            FormField(key="amount", label=say(N_("Limit")), kind=FieldKind.AMOUNT, hint=say(N_("all it carries"))),
            FormField(key="evidence", label=say(N_("Day of the report")), kind=FieldKind.DATE),
            FormField(key="note", label=say(N_("Note")), kind=FieldKind.MULTILINE),
        )  # fmt: skip

    def _take(self, answers: Answers) -> None:
        by_report = answers.text("basis") != Basis.EXPERIENCE
        if by_report and answers.day("evidence") is None:
            raise EvidenceDayMissing
        self._answers = answers

    def _columns(self) -> list[Column[Purchase]]:
        say = self._say

        def number(row: Purchase) -> Cell:
            name = say.name(row.name or row.number)
            return Cell(name, hint=name)

        def settled(row: Purchase) -> Cell:
            if row.settled_on is None:
                return Cell("")
            return Cell(say.day(row.settled_on))

        def verdict(row: Purchase) -> Cell:
            if row.in_time:
                return Cell(say(N_("✓ in time")), Tone.DONE)
            words = N_("not yet paid") if row.settled_on is None else N_("paid late")
            return Cell(say(words), Tone.QUIET if row.settled_on is None else Tone.WARNING)  # fmt: skip

        return [
            Column(key="number", title=N_("Number"), cell=number, order=lambda row: row.number, stretch=True),
            Column(key="issued", title=N_("Date"), cell=lambda row: say.day(row.issued), order=lambda row: row.issued, value=lambda row: row.issued, width=102),
            Column(key="due", title=N_("Due"), cell=lambda row: say.day(row.due), order=lambda row: row.due, value=lambda row: row.due, width=102),
            Column(key="amount", title=N_("Amount"), cell=lambda row: say.figure(row.amount), order=lambda row: row.amount.amount, sums=lambda row: row.amount, right=True, width=110),
            Column(key="settled", title=N_("Settled on"), cell=settled, order=lambda row: row.settled_on, value=lambda row: row.settled_on, width=102),
            Column(key="verdict", title=N_("Counts"), cell=verdict, order=lambda row: row.in_time, width=104),
        ]  # fmt: skip
