"""A policy's premium, without Qt: its working by two readings, what is paid and owed, and the notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.premium_notes import NOTE_WORDS, NoteKind, PremiumNote
from creditdesk.domain.policy.premium_year import Basis
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.attaching import take
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.parts.working import FigureLine, lines
from creditdesk.services.premiums import NewNote, PremiumFile, Reckoned
from creditdesk.services.premiums.values import (
    NoteAmountWrong,
    NoteCurrencyOdd,
    PaidInFuture,
)
from creditdesk.workspace import Workspace

TABLES = frozenset({"premium_note", "declaration", "policy_value", "invoice", "credit_limit", "setting"})  # fmt: skip
_BASIS_WORDS = {
    Basis.TURNOVER: N_("The rate is taken of the insured turnover."),
    Basis.BALANCE: N_("The rate is taken of the balances at each month-end."),
    Basis.LIMIT: N_("The rate is taken of the credit limits in force."),
    Basis.FLAT: N_("The premium is flat: the minimum premium is due whatever is sold."),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the premium: a title, what it is taken of, the working, and what stands against it."""

    title: str
    said: str
    lines: tuple[FigureLine, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTold:
    """A premium note as it is typed."""

    kind: NoteKind = asked(N_("Kind of note"), titles=NOTE_WORDS)
    amount: Decimal = asked(N_("Amount"))
    due: date = asked(N_("To be paid by"))
    reference: str = asked(N_("Note number"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTold:
    """A payment of premium as it is typed."""

    on: date = asked(N_("Day of payment"), to_come=PaidInFuture)


class PremiumPresenter:
    """One policy. `paying`: the note that is being recorded as paid; None: a new one is entered."""

    def __init__(self, workspace: Workspace, wording: Wording, policy: int) -> None:
        self._workspace = workspace
        self.added = 0
        """The number of the note that was entered last."""
        self._premiums = workspace.desk.premiums
        self._today = workspace.today()
        self._wording = wording
        self._policy = policy
        self._payment: PaymentTold
        self.changed: Event[None] = Event()
        self.proof: Path | None = None
        self.paying: PremiumNote | None = None
        self.file: PremiumFile = self._premiums.file(policy, self._today)
        self.notes: Table[PremiumNote] = Table(
            with_voids(
                self._columns(), lambda row: row.voided, wording, told_in="reference"
            ),
            lambda row: row.id,
            sort="due",
            descending=True,
        )
        self.notes.show((*self.file.notes, *self.file.voided))

    @property
    def title(self) -> str:
        """Whose premium."""
        return f"{self._wording(N_('Premium'))}  {self.file.policy}"

    @property
    def subtitle(self) -> str:
        """Whose policy, with whom, for which time, on which day."""
        file, say = self.file, self._wording
        period = say(N_("{start} to {end}"), start=file.start, end=file.end)
        as_of = say(N_("as of {day}"), day=file.on)
        return f"{file.client} · {file.insurer} · {period} · {as_of}"

    @property
    def chips(self) -> tuple[tuple[str, str], ...]:
        """Whether something is owed."""
        if self.file.owed.amount > 0:
            return ((self._wording(N_("premium owed")), "danger"),)
        return ()

    @property
    def basis(self) -> str:
        """What the rate is taken of, and whether a table of rates is used."""
        say, file = self._wording, self.file
        said = say(_BASIS_WORDS[file.basis])
        if file.rate_rows:
            said += " " + say(N_("The policy has a table of {count} rates: each sale takes the first row that fits its country, way of payment and term."), count=len(file.rate_rows))  # fmt: skip
        return said

    @property
    def readings(self) -> Sequence[Reading]:
        """The premium by what was declared and by what the ledger says."""
        file, say = self.file, self._wording
        title = N_("By the limits in force") if file.basis is Basis.LIMIT else N_("By what was declared")  # fmt: skip
        found = [self._reading(say(title), file.by_declared)]
        if file.by_ledger is not None:
            found.append(self._reading(say(N_("By the ledger")), file.by_ledger))
        return found

    @property
    def account(self) -> Sequence[tuple[str, str, bool]]:
        """Label, figure, and whether it is what matters: noted, paid, owed, and what is still to be noted."""
        file, say = self.file, self._wording
        rows = [
            (say(N_("Asked for by the insurer")), say.money(file.noted), False),
            (say(N_("Paid")), say.money(file.paid), False),
            (say(N_("Due and not paid")), say.money(file.owed), True),
        ]
        cost = file.by_declared.premium
        if cost is not None:
            left = cost.total - file.noted
            label = N_("Cost so far, not yet asked for") if left.amount >= 0 else N_("Asked for beyond the cost so far")  # fmt: skip
            rows.append((say(label), say.money(left if left.amount >= 0 else -left), False))  # fmt: skip
        return rows

    @property
    def maximum(self) -> Sequence[str]:
        """The maximum liability and where it comes from."""
        file, say = self.file, self._wording
        if file.maximum is None:
            return (say(N_("Maximum liability: the policy doesn't say.")),)
        if file.multiple is None or file.counted_note is None:
            return (say(N_("Maximum liability: {amount}."), amount=file.maximum),)
        first = say(
            N_("Maximum liability: {amount}, {count} times {premium}."),
            amount=file.maximum,
            count=file.multiple,
            premium=file.counted or Money.zero(file.currency),
        )
        return (first, say.message(file.counted_note))

    @property
    def plan(self) -> str:
        """What of the schedule no note asks for yet, as the word on a button; empty where there is nothing."""
        planned = self.file.planned
        if not planned:
            return ""
        return self._wording.plural(
            N_("Enter {count} payment of the schedule"),
            N_("Enter {count} payments of the schedule"),
            len(planned),
        )

    def take_plan(self) -> None:
        """Keep the schedule's payments as notes."""
        self._premiums.take_plan(self._policy, self._today)
        self.reload()

    def reload(self) -> None:
        """Read it anew."""
        self.file = self._premiums.file(self._policy, self._today)
        self.notes.show((*self.file.notes, *self.file.voided))
        if self.paying is not None:
            self.paying = self._standing(self.paying.id)
        self.changed.emit(None)

    def choose(self, key: object) -> None:
        """Record this note as paid."""
        self.paying = self._standing(key)
        self.changed.emit(None)

    def _standing(self, key: object) -> PremiumNote | None:
        return next((each for each in self.file.notes if each.id == key), None)

    def leave(self) -> None:
        """Back to entering a new note."""
        self.paying = None
        self.changed.emit(None)

    def take_proof(self, path: Path | None) -> None:
        """What proves the payment."""
        self.proof = path

    def note_form(self) -> Form:
        """A new note, as it came."""
        around = Around(
            today=self._today,
            units={"amount": self.file.currency},
            blame={NoteAmountWrong: "amount", NoteCurrencyOdd: "amount"},
        )
        return bound(NoteTold, self._wording, self._add, around)

    def paid_form(self) -> Form:
        """When the chosen note was paid."""
        around = Around(today=self._today, values={"on": self._today.isoformat()})
        return bound(PaymentTold, self._wording, self._take, around)

    def paying_job(self) -> Callable[[Progress], None]:
        """The job: keep the proof and the day."""
        note, proof, on = self.paying, self.proof, self._payment.on
        assert note is not None  # noqa: S101 - without a note there is no form
        desk, premiums, today, policy = self._workspace.desk, self._premiums, self._today, self._policy  # fmt: skip
        most = self._workspace.desk.upkeep.threshold("evidence_mb")

        def job(progress: Progress) -> None:
            taken = take(proof, progress, megabytes=most) if proof else None

            def pay() -> None:
                kept = premiums.keep_proof(policy, *taken) if taken else None
                premiums.pay(note.id, on, today, kept)

            desk.do(pay, progress)

        return job

    def voiding(self, note: int, why: str) -> Job[None]:
        """The job: the note was a mistake, or the insurer took it back."""
        premiums = self._premiums
        return lambda _progress: premiums.void(note, why)

    def words_of(self, note: PremiumNote) -> str:
        """A note in a line."""
        say = self._wording
        return f"{say(NOTE_WORDS[note.kind])}  {say.money(note.amount)}  {note.reference}".strip()  # fmt: skip

    def _add(self, told: NoteTold) -> None:
        new = NewNote(
            policy_id=self._policy,
            kind=told.kind,
            amount=Money(told.amount, self.file.currency).rounded(),
            due_on=told.due,
            reference=told.reference,
        )
        self.added = self._premiums.add_note(new)

    def _take(self, told: PaymentTold) -> None:
        self._payment = told

    def _reading(self, title: str, found: Reckoned) -> Reading:
        say = self._wording
        said = say.plural(
            N_("{count} figure, together {base}"),
            N_("{count} figures, together {base}"),
            found.documents,
            base=found.base,
        )
        warnings = []
        if found.refused is not None:
            warnings.append(say.message(found.refused))
        if found.unconverted:
            warnings.append(say(N_("Not counted, for want of an exchange rate: {amounts}."), amounts=say.moneys(found.unconverted)))  # fmt: skip
        made = found.premium
        if made is None:
            return Reading(title, said, (), tuple(warnings))
        shown = lines(made.steps, say)
        if made.bps is not None:
            said += " · " + say(N_("{bps} basis points of the turnover"), bps=made.bps)
        return Reading(title, said, shown, tuple(warnings))

    def _columns(self) -> list[Column[PremiumNote]]:
        say = self._wording

        def state(row: PremiumNote) -> Cell:
            if row.paid_on is not None:
                return Cell(say(N_("paid on {day}"), day=row.paid_on), Tone.DONE)
            if row.due_on < self._today:
                return Cell(say.days_off(row.due_on, self._today), Tone.DANGER)
            return Cell(say.days_off(row.due_on, self._today), Tone.WARNING)

        def proof(row: PremiumNote) -> str:
            return say(N_("kept")) if row.document_id is not None else ""

        return [
            Column(key="due", title=N_("To be paid by"), cell=lambda row: say.day(row.due_on), order=lambda row: row.due_on, value=lambda row: row.due_on, width=116),
            Column(key="kind", title=N_("Kind of note"), cell=lambda row: say(NOTE_WORDS[row.kind]), order=lambda row: row.kind, width=118),
            Column(key="reference", title=N_("Note number"), cell=lambda row: Cell(row.reference, hint=row.reference), order=lambda row: row.reference, stretch=True),
            Column(key="amount", title=N_("Amount"), cell=lambda row: say.money(row.amount), order=lambda row: row.amount.amount, sums=lambda row: row.amount, right=True, width=120),
            Column(key="state", title=N_("State"), cell=state, order=lambda row: (row.paid_on is not None, row.due_on), width=140),
            Column(key="proof", title=N_("Proof"), cell=proof, order=proof, width=64),
        ]  # fmt: skip
