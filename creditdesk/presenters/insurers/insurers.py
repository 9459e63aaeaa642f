"""The insurers' files, without Qt: solvency and service of each, the entries of one, and a form for each kind."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.closing import Cycle, cycles
from creditdesk.domain.insurers.files import (
    CHECKLIST,
    ENTRY_TITLES,
    FIELDS,
    YES,
    EntryKind,
    EntryLine,
    InsurerFile,
    NewEntry,
    codes,
)
from creditdesk.domain.insurers.quotes import GATE_TITLES, Gate, RiskClass
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Workspace

TABLES = frozenset({
    "insurer_entry", "insurer_quote", "policy", "credit_limit", "limit_request", "invoice_cover", "claim",
})  # fmt: skip
_NOTHING = "—"
_TONES = {
    Gate.PASS: Tone.DONE,
    Gate.STATE: Tone.DONE,
    Gate.FAIL: Tone.DANGER,
    Gate.UNKNOWN: Tone.WARNING,
}


class IsState(StrEnum):
    """Whether an insurer is the state's."""

    YES = YES
    NO = "no"


_CLASSES: Mapping[RiskClass, str] = {each: each.value for each in RiskClass}


@dataclass(frozen=True, slots=True, kw_only=True)
class SolvencyTold:
    """A quarterly solvency report as it is typed."""

    as_of: date = asked(N_("As of"))
    core_pct: Decimal | None = asked(N_("Core solvency ratio, %"), default=None)
    comprehensive_pct: Decimal | None = asked(N_("Comprehensive solvency ratio, %"), default=None)  # fmt: skip
    risk_class: RiskClass | None = asked(N_("Integrated risk rating"), titles=_CLASSES, default=None)  # fmt: skip
    state_insurer: IsState | None = asked(
        N_("State policy insurer"), titles={IsState.YES: N_("Yes"), IsState.NO: N_("No")}, default=None
    )  # fmt: skip
    note: str = asked(N_("Remark"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingTold:
    """A rating as it is typed."""

    as_of: date = asked(N_("As of"))
    agency: str = asked(N_("Rating agency"))
    value: str = asked(N_("Rating"))
    outlook: str = asked(N_("Outlook"), default="")
    note: str = asked(N_("Remark"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTold:
    """A person of the insurer as it is typed."""

    as_of: date = asked(N_("As of"))
    person: str = asked(N_("Name"))
    role: str = asked(N_("What for"), default="")
    phone: str = asked(N_("Telephone"), default="")
    mail: str = asked(N_("E-mail"), default="")
    note: str = asked(N_("Remark"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalTold:
    """A portal as it is typed."""

    as_of: date = asked(N_("As of"))
    address: str = asked(N_("Address"))
    use: str = asked(N_("What it is used for"), default="")
    note: str = asked(N_("Remark"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingTold:
    """Which of the twelve points a wording meets."""

    as_of: date = asked(N_("As of"))
    met: str = asked(N_("Points the wording meets"), hint=N_("such as W1, W3, W7"), default="")  # fmt: skip
    open: str = asked(N_("Points not looked up"), default="")
    note: str = asked(N_("Wording and edition"), default="")


_FORMS: Mapping[EntryKind, type] = {
    EntryKind.SOLVENCY: SolvencyTold,
    EntryKind.RATING: RatingTold,
    EntryKind.CONTACT: ContactTold,
    EntryKind.PORTAL: PortalTold,
    EntryKind.WORDING: WordingTold,
}


class InsurersPresenter:
    """All insurers above, the entries of the chosen one below."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.changed: Event[None] = Event()
        self.chosen = ""
        self.added = 0
        """The number of the entry that was entered last."""
        self._files: Mapping[str, InsurerFile] = {}
        self._cycles: Mapping[str, Cycle] = {}
        self.table: Table[InsurerFile] = Table(
            self._of_insurers(), lambda row: row.name, sort="name"
        )
        self.entries: Table[EntryLine] = Table(
            with_voids(self._of_entries(), lambda row: row.voided, wording, told_in="text"),
            lambda row: row.id,
            sort="as_of",
            descending=True,
        )  # fmt: skip
        day = workspace.today()
        around = Around(today=day, values={"as_of": day.isoformat()})
        self.forms: dict[EntryKind, Form] = {
            kind: bound(told, wording, self._keeping(kind), around)
            for kind, told in _FORMS.items()
        }

    def reload(self) -> None:
        """Read all of it; the chosen insurer stays."""
        desk = self._workspace.desk
        found = desk.insurers.all()
        self._files = {each.name: each for each in found}
        self._cycles = {each.insurer: each for each in cycles(desk.claims.passed())}
        self.table.show(found)
        if self.chosen not in self._files:
            self.chosen = found[0].name if found else ""
        self._show()

    def choose(self, name: object) -> None:
        """Another insurer."""
        if isinstance(name, str) and name in self._files and name != self.chosen:
            self.chosen = name
            self._show()

    def start(self, kind: EntryKind) -> Form:
        """The form of a new entry, empty but for the day."""
        form = self.forms[kind]
        form.load({"as_of": self._workspace.today().isoformat()})
        return form

    @property
    def said(self) -> tuple[str, ...]:
        """How the chosen insurer served us, and what the wording lacks."""
        file = self._files.get(self.chosen)
        if file is None:
            return ()
        return (*self._service(file), *self._claims(), *self._wording_words(file))

    def may_void(self, key: object) -> bool:
        """Whether an entry stands."""
        row = self.entries.get(key)
        return row is not None and row.voided is None

    def voiding(self, key: object, why: str) -> Job[None]:
        """The job: it was entered by mistake."""
        insurers, number = self._workspace.desk.insurers, int(str(key))
        return lambda _progress: insurers.void_entry(number, why)

    def _show(self) -> None:
        file = self._files.get(self.chosen)
        self.entries.show(file.entries if file else ())
        self.changed.emit(None)

    def _keeping(self, kind: EntryKind) -> "_Keep":
        return _Keep(self, kind)

    def keep(self, kind: EntryKind, told: object) -> None:
        """Keep what was typed about the chosen insurer."""
        values = {each.name: getattr(told, each.name) for each in fields(told)}  # type: ignore[arg-type]  # a form's dataclass
        as_of, remark = values.pop("as_of"), values.pop("note")
        new = NewEntry(
            insurer=self.chosen,
            kind=kind,
            as_of=as_of,
            values={key: "" if value is None else str(value) for key, value in values.items()},
            note=remark,
        )  # fmt: skip
        insurers = self._workspace.desk.insurers
        self.added = insurers.add_entry(new, self._workspace.today())

    def _service(self, file: InsurerFile) -> tuple[str, ...]:
        say, found = self._wording, file.service
        told = []
        if found.answered:
            told.append(say(N_("Limits: {full} of {count} approved in full, {amounts}."), full=found.in_full,
                            count=found.answered, amounts=self._pairs(found.accepted)))  # fmt: skip
        if found.days is not None:
            told.append(say(N_("Answers in {days} days, the middle of all."), days=found.days))  # fmt: skip
        if found.insured:
            told.append(say(N_("Insured of what was shipped: {amounts}."), amounts=self._pairs(found.insured)))  # fmt: skip
        for reason, count in found.reasons:
            told.append(say(N_("Reason given {count} times: {reason}."), count=count, reason=say.message(reason)))  # fmt: skip
        return tuple(told) or (say(N_("No application of ours was answered yet.")),)

    def _pairs(self, pairs: tuple[tuple[Money, Money], ...]) -> str:
        say = self._wording
        return say.list(
            say(N_("{got} of {asked} ({share})"), got=say.money(got), asked=say.money(whole),
                share=say.percent(got.amount / whole.amount, 1) if whole else _NOTHING)
            for whole, got in pairs
        )  # fmt: skip

    def _claims(self) -> tuple[str, ...]:
        found = self._cycles.get(self.chosen)
        if found is None:
            return ()
        days = (_NOTHING if each is None else each for each in (found.to_file, found.to_decide, found.to_pay))  # fmt: skip
        filed, decided, paid = days
        text = N_("Claims: {count}, granted {granted}; days to file {filed}, to decide {decided}, to pay {paid}.")  # fmt: skip
        return (
            self._wording(text, count=found.claims, granted=found.whole, filed=filed, decided=decided, paid=paid),
        )  # fmt: skip

    def _wording_words(self, file: InsurerFile) -> tuple[str, ...]:
        newest = file.newest(EntryKind.WORDING)
        if newest is None:
            return ()
        say = self._wording
        met, not_seen = codes(newest.values.get("met", "")), codes(newest.values.get("open", ""))  # fmt: skip
        lacking = [say(CHECKLIST[code]) for code in CHECKLIST if code not in (*met, *not_seen)]  # fmt: skip
        told = say(N_("Wording: {points} of 12 points."), points=len(met))
        if not lacking:
            return (told,)
        return (told, say(N_("The wording lacks: {points}."), points=say.list(lacking)))

    def _of_insurers(self) -> list[Column[InsurerFile]]:
        say = self._wording

        def rating(row: InsurerFile) -> str:
            newest = row.newest(EntryKind.RATING)
            return f"{newest.values.get('agency', '')} {newest.values.get('value', '')}".strip() if newest else ""  # fmt: skip

        def figure(value: object) -> Cell:
            return Cell(_NOTHING, Tone.QUIET) if value is None else Cell(str(value))

        return [
            Column(key="name", title=N_("Insurer"), cell=lambda row: Cell(row.name, bold=True, hint=row.name), order=lambda row: row.name, stretch=True),
            Column(key="gate", title=N_("Solvency requirements"), cell=lambda row: Cell(say(GATE_TITLES[row.gate]), _TONES[row.gate]), order=lambda row: row.gate, width=130),
            Column(key="rating", title=N_("Rating"), cell=rating, order=rating, width=130),
            Column(key="points", title=N_("Wording, of 12"), cell=lambda row: figure(row.points), order=lambda row: row.points or 0, right=True, width=110),
            Column(key="days", title=N_("Days to answer"), cell=lambda row: figure(row.service.days), order=lambda row: row.service.days or 0, right=True, width=110),
            Column(key="full", title=N_("Limits in full"), cell=lambda row: f"{row.service.in_full}/{row.service.answered}", order=lambda row: row.service.in_full, right=True, width=110),
        ]  # fmt: skip

    def _of_entries(self) -> list[Column[EntryLine]]:
        say = self._wording

        def text(row: EntryLine) -> Cell:
            titles = FIELDS[row.kind]
            parts = (f"{say(titles[key])} {self._value(key, value)}" for key, value in row.values.items())  # fmt: skip
            words = " · ".join((*parts, *([row.note] if row.note else [])))
            return Cell(words, hint=words)

        return [
            Column(key="as_of", title=N_("As of"), cell=lambda row: say.day(row.as_of), order=lambda row: (row.as_of, row.id), value=lambda row: row.as_of, width=100),
            Column(key="kind", title=N_("Entry"), cell=lambda row: Cell(say(ENTRY_TITLES[row.kind]), bold=True), order=lambda row: row.kind, width=130),
            Column(key="text", title=N_("What is known"), cell=text, order=lambda row: row.note, stretch=True),
            Column(key="who", title=N_("By"), cell=lambda row: row.who, width=90),
        ]  # fmt: skip

    def _value(self, key: str, value: str) -> str:
        if key.endswith("_pct"):
            return f"{value}\u00a0%"
        if key == "state_insurer":
            return self._wording(N_("Yes") if value == YES else N_("No"))
        return value


@dataclass(frozen=True, slots=True)
class _Keep:
    """Hands a filled form of a kind to its presenter."""

    presenter: InsurersPresenter
    kind: EntryKind

    def __call__(self, told: object) -> None:
        self.presenter.keep(self.kind, told)
