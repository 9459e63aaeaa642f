"""One period's declaration, without Qt: its documents, what is left out and why, the paper, and recording it as sent."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from creditdesk.catalog.policies import template
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.cover.in_scope import Key, LeftOut
from creditdesk.domain.declare.declarations import DeclarationKind
from creditdesk.domain.declare.declared import Declared, Risk, State
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.naming import Name
from creditdesk.events import Event
from creditdesk.i18n import N_, Language
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.declarations.declaration_paper import paper_of
from creditdesk.presenters.declarations.declaration_rows import (
    DocumentRow,
    declared_state,
    document_columns,
    document_state,
    history_columns,
    voiding_of,
)
from creditdesk.presenters.declarations.declaration_words import (
    CHIPS,
    amounts,
    difference,
    state_cell,
    title_of,
)
from creditdesk.presenters.parts.attaching import take
from creditdesk.presenters.parts.form import Answers, Form, FormField
from creditdesk.presenters.parts.sending import way_options
from creditdesk.presenters.parts.table import Cell, Table, Tone
from creditdesk.presenters.parts.typed import FieldKind as Typed
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import declaration
from creditdesk.services.declarations import NewDeclaration, PeriodFile
from creditdesk.services.declarations.values import (
    DeclaredBeforePeriod,
    DeclaredInFuture,
)
from creditdesk.workspace import Workspace

TABLES = frozenset({"declaration", "invoice", "payment", "policy_value"})
_TOTAL = "total_"
_RISKS = 1
"""How many risks are told in full."""


class DeclarationPresenter:
    """One period of one policy. `correcting`: the declaration that is being corrected; None: what is new is declared."""

    def __init__(
        self, workspace: Workspace, wording: Wording, policy: int, kind: DeclarationKind, start: date
    ) -> None:  # fmt: skip
        self._workspace = workspace
        self._declarations = workspace.desk.declarations
        self._today = workspace.today()
        self._wording = wording
        self._policy, self._kind, self._start = policy, kind, start
        self.changed: Event[None] = Event()
        self.proof: Path | None = None
        self.correcting: int | None = None
        self.left: frozenset[Key] = frozenset()
        self._answers = Answers()
        self._offered: Mapping[str, str] = {}
        self.file: PeriodFile = self._read()
        self.language: Language = template(self.file.template).language if self.file.template else "zh"  # fmt: skip
        self.documents: Table[DocumentRow] = Table(
            document_columns(kind, self._state, wording),
            lambda row: row.key,
            sort="day",
            footer=self._footer,
        )
        self.history: Table[Declared] = Table(
            with_voids(
                history_columns(self._stands, wording),
                self._voiding_of,
                wording,
                told_in="reference",
            ),
            lambda row: row.id,
            sort="on",
            descending=True,
        )
        self._start_with(self.file)

    @property
    def title(self) -> str:
        """What is declared, for which time."""
        return title_of(self.file.line, self._wording)

    @property
    def subtitle(self) -> str:
        """From whom, to whom, under which policy."""
        line = self.file.line
        return f"{line.client} → {self.file.insurer.name} · {line.policy}"

    @property
    def chips(self) -> tuple[tuple[str, str], ...]:
        """How it stands."""
        cell = state_cell(self.file.line, self._wording)
        return ((cell.text, CHIPS[cell.tone]),)

    @property
    def deadline(self) -> Cell:
        """By when, how far off, and the last legal day."""
        line, wording = self.file.line, self._wording
        deadline = line.asked.deadline
        if deadline is None:
            return Cell(wording(N_("The policy sets no day for this. Enter “Declaration by” in its schedule.")), Tone.WARNING)  # fmt: skip
        said = wording(
            N_("Declare by {safe} ({off}); last legal day {legal}."),
            safe=deadline.safe,
            off=wording.days_off(deadline.safe, self._today),
            legal=deadline.legal,
        )
        if line.declared_on is not None:
            said = wording(N_("Last legal day {legal}; declared on {on}."), legal=deadline.legal, on=line.declared_on)  # fmt: skip
            return Cell(said, Tone.WARNING if line.late else Tone.QUIET)
        return Cell(said, state_cell(line, wording).tone)

    @property
    def sums(self) -> Sequence[tuple[str, str, bool]]:
        """Label, figure and whether it is what matters: by the ledger, declared, difference."""
        line, wording = self.file.line, self._wording
        nothing = wording.money(Money.zero(self.file.currency))
        ledger = amounts(line.computed, wording) or nothing
        found = [(wording(N_("By the ledger")), ledger, not line.declared)]
        if line.declared_on is not None:
            declared = amounts(line.declared, wording) or nothing
            left = amounts(difference(line), wording)
            found += [
                (wording(N_("Declared")), declared, not left),
                (wording(N_("Difference")), left or wording(N_("none")), bool(left)),
            ]
        return found

    @property
    def warnings(self) -> Sequence[str]:
        """What speaks against late shipments, and what the figures take for granted."""
        wording = self._wording
        found = [wording.message(note) for note in self.file.computed.notes]
        risks = self.file.risks
        for risk in risks[:_RISKS]:
            buyer = self.file.buyers[risk.buyer].name
            said = wording(
                N_("The insurer may refuse what is declared late for {buyer}: its invoice {number} was {days} days overdue by then."),
                buyer=buyer, number=self._risk(risk), days=risk.days_overdue,
            )  # fmt: skip
            if risk.default_on is not None:
                said += " " + wording(N_("By the policy it was a default since {day}."), day=risk.default_on)  # fmt: skip
            found.append(said)
        if len(risks) > _RISKS:
            found.append(wording(N_("The same goes for {buyers}."), buyers=self._others(risks[_RISKS:])))  # fmt: skip
        return found

    def _risk(self, risk: Risk) -> Name:
        return self.file.name((risk.buyer, risk.number, DocumentKind.INVOICE.value))

    def _others(self, risks: Sequence[Risk]) -> str:
        wording = self._wording
        names = (f"{self.file.buyers[each.buyer].name} ({wording.name(self._risk(each))})" for each in risks)  # fmt: skip
        return wording.list(names)

    @property
    def offer(self) -> str:
        """What the paper would hold now, in a sentence."""
        wording, stands = self._wording, self.file.standing
        if self.correcting is not None:
            return wording(N_("The paper holds everything; it takes the place of what was declared."))  # fmt: skip
        if not stands:
            return wording(N_("The paper holds every document not left out. Double click one to leave it out, or to take it in again."))  # fmt: skip
        if not self.may_declare and self.file.line.state is State.DIFFERS:
            return wording(N_("Every document is declared, but the total declared differs from theirs: correct it."))  # fmt: skip
        if not self.may_declare:
            return wording(N_("Everything is declared as the ledger has it now."))
        return wording(N_("The paper is a supplement: only what earlier declarations don't hold."))  # fmt: skip

    @property
    def may_declare(self) -> bool:
        """Whether there is something to declare."""
        return self.correcting is not None or not self.file.standing or bool(self._lines())  # fmt: skip

    @property
    def may_correct(self) -> bool:
        """Whether a declaration stands that could be corrected."""
        return bool(self.file.standing)

    @property
    def file_name(self) -> str:
        """What the paper is called unless the person says otherwise, without its ending."""
        word = self._wording(declaration.TITLES[self._kind])
        number = "".join(each if each.isalnum() or each in "-_." else "-" for each in self.file.line.policy)  # fmt: skip
        return f"{word} {number} {self._start.isoformat()}"

    def reload(self) -> None:
        """Read it anew."""
        self.file = self._read()
        self._start_with(self.file)
        self.changed.emit(None)

    def toggle(self, key: object) -> bool:
        """Leave a document out on purpose, or take it in again. False: it can't be, the policy leaves it out itself."""
        line = next((each for each in self.file.computed.lines if each.row.key == key), None)  # fmt: skip
        if line is None or line.left_out not in {None, LeftOut.BY_HAND}:
            return False
        self.left = self.left ^ {line.row.key}
        self._show()
        return True

    def correct(self, *, whole: bool) -> None:
        """Correct the declaration that stands, or declare only what is new."""
        self.correcting = max(self.file.standing) if whole and self.may_correct else None  # fmt: skip
        self._show()

    def take_proof(self, path: Path | None) -> None:
        """What proves the sending."""
        self.proof = path

    def writing(self, path: Path) -> Callable[[Progress], Path]:
        """The job: write the paper as what its name ends in."""
        corrects = next((each for each in self.file.declared if each.id == self.correcting), None)  # fmt: skip
        paper = paper_of(self.file, self._lines(), self._today, corrects)
        language = self.language

        def job(progress: Progress) -> Path:
            declaration.write(paper, path, language, progress)
            return path

        return job

    def sent_form(self) -> Form:
        """When and how it went out, and what stands on the paper."""
        blame = {DeclaredInFuture: "on", DeclaredBeforePeriod: "on"}
        form = Form(self._fields(), self._check, self._values(), blame)
        self._offered = {each.key: form.value(each.key) for each in form.fields}
        return form

    def refill(self, form: Form) -> None:
        """The paper changed: its totals are offered anew, unless somebody typed others."""
        typed = {
            each.key: form.value(each.key)
            for each in form.fields
            if form.value(each.key) != self._offered.get(each.key, "")
        }
        self.restart(form)
        for key, text in typed.items():
            if any(each.key == key for each in form.fields):
                form.set(key, text)

    def restart(self, form: Form) -> None:
        """Nothing is typed yet."""
        form.show_fields(self._fields())
        form.load(self._values())
        self._offered = {each.key: form.value(each.key) for each in form.fields}

    def recording(self) -> Callable[[Progress], int]:
        """The job: keep the proof, and that the insurer was told."""
        desk, answers, proof = self._workspace.desk, self._answers, self.proof
        on = answers.day("on")
        assert on is not None  # noqa: S101 - the field is required
        totals = self._typed(answers)
        most = desk.upkeep.threshold("evidence_mb")
        period, declarations, today = self.file.line.asked.period, self._declarations, self._today  # fmt: skip
        policy, kind, left, corrects = self._policy, self._kind, self.left, self.correcting  # fmt: skip

        def job(progress: Progress) -> int:
            taken = take(proof, progress, megabytes=most) if proof else None

            def record() -> int:
                kept = declarations.keep_proof(policy, *taken) if taken else None
                (number,) = declarations.record(
                    NewDeclaration(
                        policy_id=policy, start=period.start, end=period.end, on=on, kind=kind,
                        way=answers.text("way"), reference=answers.text("reference"), proof=kept,
                        totals=totals, left_out=left, corrects=corrects,
                    ),
                    today,
                )  # fmt: skip
                return number

            return desk.do(record, progress)

        return job

    def done(self) -> None:
        """It is recorded."""
        self.proof, self.correcting = None, None
        self.reload()

    def may_void(self, key: object) -> bool:
        """Whether this entry stands and could have been a mistake."""
        return key in self.file.standing

    def voiding(self, number: int, why: str) -> Job[None]:
        """The job: the entry was a mistake, nothing was sent, and the duty comes back."""
        declarations, today = self._declarations, self._today
        return lambda _progress: declarations.void(number, today, why)

    def _read(self) -> PeriodFile:
        return self._declarations.period(self._policy, self._kind, self._start, self._today)  # fmt: skip

    def _start_with(self, file: PeriodFile) -> None:
        self.left = frozenset(
            line.row.key
            for line in file.computed.lines
            if line.left_out is LeftOut.BY_HAND
        )
        self.documents.show(self._rows())
        self.history.show([each for each in file.declared if not each.withdrawal])

    def _show(self) -> None:
        self.documents.show(self._rows())
        self.changed.emit(None)

    def _lines(self) -> Mapping[Key, Money]:
        """What the paper holds: everything, or each document's difference to what is declared already."""
        whole = {
            line.row.key: line.amount
            for line in self.file.computed.lines
            if line.left_out in {None, LeftOut.BY_HAND} and line.row.key not in self.left
        }  # fmt: skip
        if self.correcting is not None or not self.file.standing:
            return whole
        told = self._told()
        keys = dict.fromkeys((*whole, *told))
        found = {key: _less(whole.get(key), told.get(key)) for key in keys}
        return {key: amount for key, amount in found.items() if amount}

    def _told(self) -> dict[Key, Money]:
        told: dict[Key, Money] = {}
        for each in self.file.declared:
            if each.id in self.file.standing:
                for line in each.lines:
                    before = told.get(line.key, Money.zero(line.amount.currency))
                    told[line.key] = before + line.amount
        return told

    def _totals(self) -> tuple[Money, ...]:
        codes = sorted({amount.currency for amount in self._lines().values()} or {self.file.currency})  # fmt: skip
        lines = self._lines().values()
        return tuple(Money.total((each for each in lines if each.currency == code), code) for code in codes)  # fmt: skip

    def _rows(self) -> list[DocumentRow]:
        told, still = self._told(), self._lines()
        rows = [
            DocumentRow(line.row.key, self.file.name(line.row.key), line.row.buyer.name, line, told.get(line.row.key), still.get(line.row.key))
            for line in self.file.computed.lines
        ]  # fmt: skip
        there = {row.key for row in rows}
        gone = [key for key, amount in told.items() if amount and key not in there]
        names = self.file.buyers
        return [
            *rows,
            *(
                DocumentRow(key, self.file.name(key), names[key[0]].name if key[0] in names else "", None, told[key], still.get(key))
                for key in gone
            ),
        ]  # fmt: skip

    def _fields(self) -> tuple[FormField, ...]:
        wording = self._wording
        ways = way_options(wording)
        totals = (
            FormField(key=f"{_TOTAL}{total.currency}", label=wording(N_("Declared total")), kind=Typed.AMOUNT, required=True, unit=total.currency)
            for total in self._totals()
        )  # fmt: skip
        return (
            FormField(key="on", label=wording(N_("Declared on")), kind=Typed.DATE, required=True),
            FormField(key="way", label=wording(N_("Way")), kind=Typed.CHOICE, required=True, options=ways, hint=wording(N_("Choose…"))),
            FormField(key="reference", label=wording(N_("Insurer's reference")), hint=wording(N_("number of the receipt, if there is one"))),
            *totals,
        )  # fmt: skip

    def _values(self) -> dict[str, str]:
        totals = {f"{_TOTAL}{each.currency}": each.plain for each in self._totals()}  # fmt: skip
        return {"on": self._today.isoformat(), **totals}

    def _typed(self, answers: Answers) -> tuple[Money, ...] | None:
        """What stands on the paper, where it isn't what the lines add up to."""
        typed = tuple(
            Money(answers.amount(f"{_TOTAL}{each.currency}") or Decimal(0), each.currency)
            for each in self._totals()
        )  # fmt: skip
        return None if typed == self._totals() else typed

    def _check(self, answers: Answers) -> None:
        on = answers.day("on")
        if on is not None and on > self._today:
            raise DeclaredInFuture(on=on)
        if on is not None and on < self.file.line.asked.period.start:
            raise DeclaredBeforePeriod(start=self.file.line.asked.period.start, on=on)
        self._answers = answers

    def _state(self, row: DocumentRow) -> Cell:
        told = bool(self.file.standing)
        return document_state(row, self._wording, by_hand=row.key in self.left, told=told)  # fmt: skip

    def _voiding_of(self, row: Declared) -> Voided | None:
        return voiding_of(row, self.file.declared)

    def _stands(self, row: Declared) -> Cell:
        return declared_state(row, self.file.declared, self._wording)

    def _footer(self, rows: Sequence[DocumentRow]) -> Sequence[str]:
        totals = amounts(self._totals(), self._wording) or self._wording.money(Money.zero(self.file.currency))  # fmt: skip
        left = sum(row.key in self.left or bool(row.line and row.line.left_out) for row in rows)  # fmt: skip
        said = self._wording(N_("The paper holds {totals}"), totals=totals)
        if not left:
            return [said]
        return [said, self._wording.plural(N_("{count} document is left out"), N_("{count} documents are left out"), left)]  # fmt: skip


def _less(now: Money | None, before: Money | None) -> Money:
    if now is None:
        assert before is not None  # noqa: S101 - one of the two is there
        return -before
    return now if before is None else now - before
