"""Score and decision of a buyer, without Qt: where the points come from, the limits side by side, what was decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.credit_rules import DEPARTURE_WORDS, DepartureUnallowed
from creditdesk.domain.credit.deciding import VERDICT_TITLES, CreditVerdict, changes
from creditdesk.domain.credit.scorecard import GROUP_TITLES, Group, Point, fixed
from creditdesk.events import Event
from creditdesk.i18n import N_, Bilingual
from creditdesk.jobs import Job
from creditdesk.presenters.credit.credit_reading import CreditRead
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.credit import (
    DecisionAmountMissing,
    DecisionLine,
    DecisionReasonMissing,
    DecisionTermsMissing,
    NewDecision,
)
from creditdesk.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTold:
    """A decision as it is typed."""

    verdict: CreditVerdict = asked(N_("Decision"), titles=VERDICT_TITLES)
    amount: Decimal | None = asked(N_("Up to"), default=None)
    terms: str = asked(N_("On which terms"), default="")
    term_days: int | None = asked(N_("Longest payment term, days"), default=None)
    allowed_by: str = asked(
        N_("Departure allowed by"),
        hint=N_("where it departs from the rules"),
        default="",
    )
    reason: str = asked(N_("Why"), kind=FieldKind.MULTILINE)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The points of a group, and their most."""

    title: str
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class LimitFigure:
    """One of the limits side by side, with what it rests on."""

    title: str
    figure: str
    ground: str


class ScorePart:
    """What is shown and decided."""

    def __init__(self, workspace: Workspace, wording: Wording, buyer: int) -> None:
        self._workspace = workspace
        self._wording = wording
        self.buyer = buyer
        self._read: CreditRead | None = None
        self.changed: Event[None] = Event()
        self.points: Table[Point] = Table(
            self._point_columns(), lambda row: row.indicator.code
        )
        self.decisions: Table[DecisionLine] = Table(
            with_voids(
                self._decision_columns(),
                lambda row: row.voided,
                wording,
                told_in="reason",
            ),
            lambda row: row.id,
            sort="on",
            descending=True,
        )
        around = Around(
            today=workspace.today(),
            blame={
                DecisionReasonMissing: "reason",
                DecisionAmountMissing: "amount",
                DecisionTermsMissing: "terms",
                DepartureUnallowed: "allowed_by",
            },
        )
        self.form = bound(DecisionTold, wording, self._decide, around)

    def show(self, read: CreditRead) -> None:
        """The figures are there."""
        self._read = read
        self.points.show(read.rating.rating.score.points)
        self.decisions.show(read.decisions)
        self.changed.emit(None)

    @property
    def grade(self) -> str:
        """The letter, or that too little is known."""
        if self._read is None:
            return "…"
        return self._read.rating.rating.score.grade or self._wording(N_("Insufficient data"))  # fmt: skip

    @property
    def score(self) -> str:
        """Points of 100."""
        return f"{self._read.rating.rating.score.score} / 100" if self._read else ""

    @property
    def lines(self) -> tuple[str, ...]:
        """How complete, by which model, and what bounds it."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        if self._read is None:
            return
        say, found = self._wording, self._read.rating.rating
        share = fixed(found.score.completeness * 100, 0)
        yield say(N_("Known: {share} % of the weights"), share=share)
        z = found.z[found.model]
        if z is not None:
            yield say(_MODELS[found.model.value], value=fixed(z.value, 2))
        for cap in found.score.caps:
            yield say.message(cap.reason)

    @property
    def history(self) -> tuple[str, ...]:
        """The score that was kept last against today's, and what changed between the last two."""
        return tuple(self._history())

    def _history(self) -> Iterator[str]:
        if self._read is None:
            return
        say, found = self._wording, self._read.rating.rating
        kept = [each for each in self._read.scores if each.voided is None]
        if kept:
            last = kept[0]
            moved = found.score.score - last.score
            text = (
                N_("Kept on {day}: {score}, now {moved}")
                if moved
                else N_("Kept on {day}: {score}, the same today")
            )
            yield say(text, day=last.as_of, score=last.score, moved=f"{moved:+d}".replace("-", "\u2212"))  # fmt: skip
        if len(kept) > 1:
            codes = [each.code for each in changes(kept[1].points, kept[0].points)]
            if codes:
                titles = self._titles(codes)
                yield say(N_("Changed from {before} to {day}: {what}"), before=kept[1].as_of, day=kept[0].as_of, what=titles)  # fmt: skip

    def _titles(self, codes: list[str]) -> str:
        assert self._read is not None  # noqa: S101 - asked for with what was read
        known = {each.indicator.code: each.indicator.title for each in self._read.rating.rating.score.points}  # fmt: skip
        language = self._wording.language
        return self._wording.list(known[code].in_language(language) if code in known else code for code in codes)  # fmt: skip

    @property
    def remarks(self) -> tuple[str, ...]:
        """What else bears on the figures."""
        if self._read is None:
            return ()
        return tuple(map(self._wording.message, self._read.rating.remarks))

    @property
    def groups(self) -> tuple[GroupLine, ...]:
        """The four groups."""
        if self._read is None:
            return ()
        points = self._read.rating.rating.score.points
        return tuple(
            GroupLine(
                self._wording(GROUP_TITLES[group]),
                sum(each.points for each in points if each.indicator.group is group),
                sum(each.indicator.max for each in points if each.indicator.group is group),
            )
            for group in Group
        )  # fmt: skip

    @property
    def limits(self) -> tuple[LimitFigure, ...]:
        """Need, what it can bear, own limit and what to ask, beside balance and the insurer's limit."""
        if self._read is None:
            return ()
        say, found = self._wording, self._read.rating
        rows: list[tuple[str, Money | None, str]] = [
            (N_("Need"), found.limits.need, N_("twelve months' sales × (term + usual delay) ÷ 365")),
            (N_("Can bear"), found.limits.capacity, N_("lower of 35 % of tangible net worth and 5 % of turnover")),
            (N_("Own limit"), found.limits.own, N_("what it can bear × the factor of its grade, at most the need")),
            (N_("Ask the insurer for"), found.limits.ask, N_("the need, rounded up to ten thousands")),
            (N_("Balance"), found.balance, N_("open today")),
            (N_("Insurer's limit"), found.limit, N_("in force today")),
        ]  # fmt: skip
        return tuple(
            LimitFigure(say(title), say.money(amount) if amount is not None else say(N_("not known")) if title != N_("Insurer's limit") else say(N_("none in force")), say(ground))
            for title, amount, ground in rows
        )  # fmt: skip

    @property
    def authority(self) -> str:
        """Up to which amount the client decides alone."""
        rule = self._read.authority if self._read else None
        if rule is None:
            return ""
        return self._wording(N_("Above {amount} {approver} approves."), amount=rule.amount, approver=rule.approver)  # fmt: skip

    def keeping(self) -> Job[int]:
        """The job: keep today's score in the history."""
        credit, today = self._workspace.desk.credit, self._workspace.today()
        return lambda _progress: credit.keep_score(self.buyer, today, today)

    def may_approve(self, key: object) -> bool:
        """Whether this one waits for its approval."""
        row = self.decisions.get(key)
        return row is not None and row.voided is None and row.waits

    def may_void(self, key: object) -> bool:
        """Whether this one stands."""
        row = self.decisions.get(key)
        return row is not None and row.voided is None

    def approving(self, key: object, by: str) -> Job[None]:
        """The job: it was approved."""
        credit, today = self._workspace.desk.credit, self._workspace.today()
        number = int(str(key))
        return lambda _progress: credit.approve(number, by, today, today)

    def voiding(self, key: object, why: str) -> Job[None]:
        """The job: it was entered by mistake."""
        credit, number = self._workspace.desk.credit, int(str(key))
        return lambda _progress: credit.void_decision(number, why)

    def _decide(self, told: DecisionTold) -> None:
        currency = self._read.rating.currency if self._read else "CNY"
        today = self._workspace.today()
        self._workspace.desk.credit.decide(
            NewDecision(
                buyer_id=self.buyer,
                verdict=told.verdict,
                on=today,
                reason=told.reason,
                amount=Money(told.amount, currency).rounded() if told.amount is not None else None,
                terms=told.terms,
                term_days=told.term_days,
                allowed_by=told.allowed_by,
            ),
            today,
        )  # fmt: skip

    def _point_columns(self) -> list[Column[Point]]:
        say = self._wording

        def value(row: Point) -> Cell:
            if not row.known:
                return Cell(say(N_("not known")), Tone.FAINT, say.message(row.reason))
            shown = self._value(row)
            return Cell(shown, hint=say.message(row.reason))

        return [
            Column(key="indicator", title=N_("Indicator"), cell=lambda row: row.indicator.title.in_language(say.language), order=lambda row: row.indicator.code, stretch=True),
            Column(key="reason", title=N_("Value"), cell=value, order=lambda row: row.points, width=170),
            Column(key="points", title=N_("Points"), cell=lambda row: Cell(f"{row.points} / {row.indicator.max}", Tone.PLAIN if row.known else Tone.FAINT), order=lambda row: Fraction(row.points, row.indicator.max), width=80),
        ]  # fmt: skip

    def _value(self, row: Point) -> str:
        """The value in words, with the unit of its indicator."""
        shown = dict(row.reason.places)["value"]
        if not isinstance(shown, str):
            return shown.in_language(self._wording.language) if isinstance(shown, Bilingual) else str(shown)  # fmt: skip
        number, _, unit = shown.replace("-", "\u2212").partition(" ")
        words = {"d": N_("{number} days"), "y": N_("{number} years")}
        return self._wording(words[unit], number=number) if unit in words else f"{number} {unit}".strip()  # fmt: skip

    def _decision_columns(self) -> list[Column[DecisionLine]]:
        say = self._wording

        def approval(row: DecisionLine) -> Cell:
            if row.waits:
                return Cell(say(N_("waits for {approver}"), approver=row.approver), Tone.WARNING)  # fmt: skip
            if row.approved_on is not None:
                return Cell(f"{row.approved_by} {say.day(row.approved_on)}", Tone.DONE)
            return Cell("")

        def reason(row: DecisionLine) -> Cell:
            departs = say.list(say(DEPARTURE_WORDS[each]) for each in row.departures)
            allowed = (
                say(N_("departure allowed by {who}"), who=row.allowed_by)
                if row.departures
                else ""
            )
            parts = (row.terms, row.reason, departs, allowed)
            return Cell(
                " · ".join(each for each in parts if each),
                hint=" · ".join(each for each in parts if each),
            )

        return [
            Column(key="on", title=N_("Day"), cell=lambda row: say.day(row.on), order=lambda row: (row.on, row.id), value=lambda row: row.on, width=92),
            Column(key="verdict", title=N_("Decision"), cell=lambda row: Cell(say(VERDICT_TITLES[row.verdict]), bold=True), order=lambda row: row.verdict, width=98),
            Column(key="amount", title=N_("Up to"), cell=lambda row: say.money(row.amount) if row.amount else "", order=lambda row: row.amount.amount if row.amount else Decimal(-1), width=110),
            Column(key="reason", title=N_("Why"), cell=reason, order=lambda row: row.reason, stretch=True),
            Column(key="approval", title=N_("Approval"), cell=approval, order=lambda row: row.waits, width=118),
            Column(key="who", title=N_("By"), cell=lambda row: row.who, width=80, hidden=True),
        ]  # fmt: skip


_MODELS = {
    "PRIVATE_MANUFACTURER": N_("Z′ (maker) {value}"),
    "GENERAL": N_("Z″ (trader, service) {value}"),
    "EMERGING_MARKET": N_("EM score {value}"),
}
