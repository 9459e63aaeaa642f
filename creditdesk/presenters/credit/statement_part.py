"""The statements of a buyer, without Qt: three years side by side, and a sheet pasted by its row names."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from creditdesk.catalog.statement_rows import rows_of
from creditdesk.domain.credit.sheet_reading import (
    PeriodMissing,
    SheetFound,
    SheetSaid,
    SheetUnread,
    UnitMissing,
    read_cells,
    sheets_of,
    split,
)
from creditdesk.domain.credit.sheets import (
    SECTION_TITLES,
    STANDARD_TITLES,
    UNIT_TITLES,
    Scheme,
    Standard,
)
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.intake.buyer_statement import read_file
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.credit.credit_reading import CreditRead
from creditdesk.presenters.credit.statement_asking import StatementAsking
from creditdesk.presenters.credit.statement_grid import StatementGrid, UnitChoice
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.held_paper import HeldPaper
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.credit import MonthsWrong, StatementLine, StatementTwice
from creditdesk.workspace import Workspace

_YEARS = 3


class AllKept(UserError):
    """Nothing new was pasted."""

    message = N_("The periods in it are kept already. Void the one it replaces first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTold:
    """A pasted sheet, and what it doesn't say itself."""

    cells: str = asked(N_("The rows, copied in Excel and pasted here"), kind=FieldKind.MULTILINE, default="")  # fmt: skip
    end: date | None = asked(N_("Last day of the period"), hint=N_("as in the sheet"), default=None)  # fmt: skip
    months: int | None = asked(N_("Months"), hint=N_("as in the sheet"), default=None)
    unit: UnitChoice | None = asked(
        N_("Figures in"), hint=N_("as in the sheet"), default=None,
        titles={each: UNIT_TITLES[int(each)] for each in UnitChoice},
    )  # fmt: skip
    standard: Standard = asked(N_("By which standard"), titles=STANDARD_TITLES)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of the grid; `section`: it is a heading and has no figures."""

    title: str
    figures: tuple[str, ...]
    section: bool = False
    total: bool = False


class StatementPart:
    """The grid and the form."""

    def __init__(self, workspace: Workspace, wording: Wording, buyer: int) -> None:
        self._workspace = workspace
        self._wording = wording
        self.buyer = buyer
        self._lines: tuple[StatementLine, ...] = ()
        self._read: CreditRead | None = None
        self._found: SheetFound | None = None
        self.paper = HeldPaper(workspace.desk)
        self._asking = StatementAsking(workspace.desk, buyer)
        self._client = workspace.desk.buyers.file(BuyerId(buyer)).client_id
        self.changed: Event[None] = Event()
        around = Around(
            today=workspace.today(),
            values={"standard": Standard.ENTERPRISES.value},
            blame={
                SheetUnread: "cells",
                PeriodMissing: "end",
                UnitMissing: "unit",
                MonthsWrong: "months",
                StatementTwice: "cells",
                AllKept: "cells",
            },
        )
        self.form = bound(SheetTold, wording, self._keep, around)
        self.typing = StatementGrid(workspace, wording, buyer)

    def show(self, read: CreditRead) -> None:
        """What is kept."""
        self._read = read
        standing = [each for each in read.statements if each.voided is None]
        self._lines = tuple(standing[:_YEARS])
        self.typing.show(read.rating.currency, [each.sheet for each in standing])
        self.changed.emit(None)

    @property
    def heads(self) -> tuple[tuple[int, str, str], ...]:
        """Each column: the statement's number, its period, and how its figures are meant."""
        say, found = self._wording, []
        for line in self._lines:
            sheet = line.sheet
            meant = f"{say.currency(sheet.currency)} · {say(UNIT_TITLES[sheet.unit])}"
            if sheet.annualised:
                meant += " · " + say(N_("{months} months, judged annualised"), months=sheet.months)  # fmt: skip
            found.append((line.id, say.day(sheet.period_end), meant))
        return tuple(found)

    @property
    def rows(self) -> tuple[GridRow, ...]:
        """The rows that any of the statements has, under the headings of their forms."""
        schemes = dict.fromkeys(line.sheet.scheme for line in self._lines)
        known = dict.fromkeys(row for each in schemes or (Scheme.CHINESE,) for row in rows_of(each))  # fmt: skip
        found: list[GridRow] = []
        section = None
        for row in known:
            values = tuple(line.sheet.values.get(row.key) for line in self._lines)
            if all(value is None for value in values):
                continue
            if row.section is not section:
                section = row.section
                found.append(GridRow(self._wording(SECTION_TITLES[section]), (), section=True))  # fmt: skip
            title = row.title.in_language(self._wording.language)
            found.append(GridRow(title, tuple(map(_figure, values)), total=row.total))
        return tuple(found)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What doesn't fit, by period."""
        if self._read is None:
            return ()
        say = self._wording
        return tuple(
            f"{say.day(line.sheet.period_end)}：{say.message(each)}"
            if say.language == "zh"
            else f"{say.day(line.sheet.period_end)}: {say.message(each)}"
            for line in self._lines
            for each in self._read.doubts.get(line.id, ())
        )

    def reading(self, path: Path) -> Job[SheetFound]:
        """The job: read a file by the names of its rows, and hold it as the paper. Raises what is wrong with it."""
        self.paper.choose(path)
        hold = self.paper.reading()

        def job(progress: Progress) -> SheetFound:
            found = read_file(path, Scheme.CHINESE, progress)
            hold(progress)
            return found

        return job

    def take(self, found: SheetFound) -> None:
        """What the file says goes into the form, to be looked at and kept."""
        self._found = found
        said = {
            "end": found.period_end.isoformat() if found.period_end else "",
            "months": str(found.months) if found.months else "",
            "unit": str(found.unit) if found.unit else "",
        }
        for key, text in said.items():
            if text:
                self.form.set(key, text)
        self.changed.emit(None)

    def put_away(self) -> None:
        """The file is not kept after all, or it was."""
        self._found = None
        self.paper.choose(None)

    @property
    def found_words(self) -> str:
        """What was read of the file, and which of its rows are none of a statement."""
        found, say = self._found, self._wording
        if found is None:
            return ""
        rows = sum(len(values) for values in found.columns.values())
        read = say(
            N_("{count} figures read; enter below what the file doesn't say itself."),
            count=rows,
        )
        parts = [found.company, read]
        if found.unread:
            parts.append(say(N_("Left aside: {rows}."), rows=found.unread))
        return " ".join(filter(None, (*parts, *map(say.message, found.remarks))))

    def question(self, number: int) -> str:
        """What is asked before a statement is voided."""
        line = next(each for each in self._lines if each.id == number)
        return self._wording(
            N_("Was the statement to {day} entered by mistake? It stays in the history and counts no more."),
            day=line.sheet.period_end,
        )  # fmt: skip

    def voiding(self, number: int, why: str) -> Job[None]:
        """The job: it was entered by mistake."""
        credit = self._workspace.desk.credit
        return lambda _progress: credit.void_statement(number, why)

    def _keep(self, told: SheetTold) -> None:
        found = self._found or read_cells(split(told.cells), rows_of(Scheme.CHINESE))
        said = SheetSaid(
            period_end=told.end,
            months=told.months,
            unit=int(told.unit) if told.unit else None,
            currency=self._read.rating.currency if self._read else "CNY",
            standard=told.standard,
        )
        kept = {(each.sheet.period_end, each.sheet.months) for each in self._lines}
        new = [each for each in sheets_of(found, said) if (each.period_end, each.months) not in kept]  # fmt: skip
        if not new:
            raise AllKept
        self._asking.ask(new)
        desk = self._workspace.desk

        def change() -> None:
            paper = self.paper.keep(self._client)
            for each in new:
                desk.credit.add_statement(self.buyer, each, paper)

        desk.do(change)
        self.put_away()


def _figure(value: Decimal | None) -> str:
    """Nothing for what isn't known, 0 for nothing; a true minus."""
    return "" if value is None else f"{value:,f}".replace("-", "\u2212")
