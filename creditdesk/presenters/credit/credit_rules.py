"""A client's own credit rules, without Qt: up to three levels, what a decision needs, the rhythm of reviews."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.catalog.scorecards import STANDARD, scorecards
from creditdesk.domain.credit.credit_rules import (
    GRADES,
    STATUTORY_DAYS,
    UNGRADED,
    CreditRules,
    Level,
    LevelMissing,
    LevelsOdd,
    RhythmWrong,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.table import Column, Table
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.credit import RulesLine
from creditdesk.workspace import Workspace

_LEVELS = 3
"""As many as the form has; the last is without a bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesTold:
    """The rules as they are typed."""

    since: date = asked(N_("In force since"))
    first: str = asked(N_("Decides alone"), hint=N_("such as sales manager"))
    first_amount: Decimal | None = asked(N_("up to"), default=None)
    first_days: int | None = asked(N_("and so many days"), default=None)
    second: str = asked(N_("Above that approves"), default="")
    second_amount: Decimal | None = asked(N_("up to"), default=None)
    second_days: int | None = asked(N_("and so many days"), default=None)
    third: str = asked(N_("Above that approves"), default="")
    report_from: Decimal | None = asked(N_("A rating is needed from"), default=None)
    report_months: int | None = asked(N_("not older than months"), default=12)
    statutory_days: int | None = asked(
        N_("Statutory term, days"), default=STATUTORY_DAYS
    )
    a: int | None = asked(N_("Grade A every months"), default=None)
    b: int | None = asked(N_("Grade B every months"), default=None)
    c: int | None = asked(N_("Grade C every months"), default=None)
    d: int | None = asked(N_("Grade D every months"), default=None)
    e: int | None = asked(N_("Grade E every months"), default=None)
    f: int | None = asked(N_("Grade F every months"), default=None)
    none: int | None = asked(N_("Without a grade every months"), default=None)
    note: str = asked(N_("Further rules"), kind=FieldKind.MULTILINE, default="")


_FIELDS = dict(zip(GRADES, ("a", "b", "c", "d", "e", "f", "none"), strict=True))


class RulesWider(UserError):
    """Rules that a command kept and this form can't hold."""

    message = N_(
        "These rules have more levels than this form, or are in another currency. Change them with the command "
        "“client credit-rules”, so that nothing of them is lost."
    )


class RulesPresenter:
    """The form, filled with the rules that hold or with the scorecard's rhythm."""

    def __init__(self, workspace: Workspace, wording: Wording, client: int) -> None:
        self._workspace = workspace
        self._say = wording
        lines = workspace.desk.clients.all()
        self.client = next(each for each in lines if each.id == client)
        around = Around(
            today=workspace.today(),
            values=self._texts(),
            blame={
                RulesWider: "first",
                LevelMissing: "first",
                LevelsOdd: "second_amount",
                RhythmWrong: "a",
            },
        )
        self.form: Form = bound(RulesTold, wording, self._keep, around)
        self.history: Table[RulesLine] = Table(
            with_voids(
                self._columns(), lambda row: row.voided, wording, told_in="kept"
            ),
            lambda row: row.id,
            sort="since",
            descending=True,
        )
        self.reload()

    def reload(self) -> None:
        """What is kept was changed; what is being typed stays."""
        self.history.show(self._workspace.desk.credit.credit_rules_history(self.client.id))  # fmt: skip
        if not self.form.is_dirty():
            self.form.load(self._texts())

    def may_void(self, key: object) -> bool:
        """Whether these rules stand."""
        line = self.history.get(key)
        return line is not None and line.voided is None

    def question(self, key: object) -> str:
        """What is asked before rules are voided."""
        line = self.history.get(key)
        assert line is not None  # noqa: S101 - asked for a chosen row
        return self._say(
            N_("Were the rules since {day} kept by mistake? Those before them hold again; they stay in the history, struck out."),
            day=line.rules.since,
        )  # fmt: skip

    def voiding(self, key: object, why: str) -> Job[None]:
        """The job: rules were kept by mistake."""
        credit, number = self._workspace.desk.credit, int(str(key))
        return lambda _progress: credit.void_rules(number, why)

    def _columns(self) -> list[Column[RulesLine]]:
        say = self._say

        def levels(row: RulesLine) -> str:
            return " → ".join(each.approver for each in row.rules.levels)

        def kept(row: RulesLine) -> str:
            return f"{say.day(row.recorded_at.date())} {row.who}".strip()

        return [
            Column(key="since", title=N_("In force since"), cell=lambda row: say.day(row.rules.since), order=lambda row: (row.rules.since, row.id), width=130),
            Column(key="levels", title=N_("Who decides and approves"), cell=levels, order=levels, stretch=True),
            Column(key="kept", title=N_("Entered"), cell=kept, order=lambda row: row.recorded_at, width=330),
        ]  # fmt: skip

    @property
    def subtitle(self) -> str:
        """Whose they are, and since when they hold."""
        rules = self._workspace.desk.credit.credit_rules(self.client.id, self._workspace.today())  # fmt: skip
        if rules is None:
            return self._say(
                N_("{client} · no rules yet; nothing is checked against them"),
                client=self.client.name,
            )
        return self._say(
            N_(
                "{client} · in force since {day}; what is kept holds from its own day on"
            ),
            client=self.client.name,
            day=rules.since,
        )

    def _texts(self) -> dict[str, str]:
        today = self._workspace.today()
        rules = self._workspace.desk.credit.credit_rules(self.client.id, today)
        self._wider = rules is not None and (
            rules.currency != self.client.currency
            or len(rules.levels) > _LEVELS
            or any(each.amount is not None for each in rules.levels[_LEVELS - 1 :])
        )
        found = {"since": today.isoformat(), "statutory_days": str(STATUTORY_DAYS), "report_months": "12"}  # fmt: skip
        rhythm = rules.review_months if rules else _standard()
        found |= {_FIELDS[grade]: str(months) for grade, months in rhythm.items()}
        if rules is None:
            return found
        found |= {
            "report_from": _plain(rules.report_from), "report_months": str(rules.report_months),
            "statutory_days": str(rules.statutory_days), "note": rules.note,
        }  # fmt: skip
        for name, level in zip(("first", "second", "third"), rules.levels, strict=False):  # fmt: skip
            found[name] = level.approver
            if name != "third":
                found[f"{name}_amount"] = _plain(level.amount)
                found[f"{name}_days"] = "" if level.days is None else str(level.days)
        return found

    def _keep(self, told: RulesTold) -> None:
        if self._wider:
            raise RulesWider
        levels = [Level(told.first, told.first_amount, told.first_days)]
        if told.second.strip():
            levels.append(Level(told.second, told.second_amount, told.second_days))
        if told.third.strip():
            levels.append(Level(told.third))
        typed = {grade: getattr(told, field) for grade, field in _FIELDS.items()}
        rules = CreditRules(
            since=told.since,
            currency=self.client.currency,
            levels=tuple(levels),
            report_from=told.report_from,
            report_months=told.report_months or 12,
            review_months={grade: months for grade, months in typed.items() if months is not None},
            statutory_days=told.statutory_days or STATUTORY_DAYS,
            note=told.note,
        )  # fmt: skip
        self._workspace.desk.credit.keep_rules(self.client.id, rules)


def _standard() -> dict[str, int]:
    """The scorecard's own rhythm; without a grade as often as its middle."""
    grades = {
        each.grade: each.review_months
        for each in scorecards()[STANDARD].grades
        if each.review_months
    }
    return {grade: months for grade, months in grades.items() if grade in GRADES} | {UNGRADED: grades["C"]}  # fmt: skip


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"
