"""Taking a ledger in, without Qt: the file as it is, what each column means, what will happen."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from creditdesk.catalog.headings import Field, headings
from creditdesk.domain.ledger import LedgerDraft
from creditdesk.domain.money import Money
from creditdesk.errors import Problem, UserError
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.importers import ledger as reader
from creditdesk.importers import recognise
from creditdesk.importers.cells import Sheet, text
from creditdesk.importers.dates import Order
from creditdesk.importers.mapping import Mapping, date_order, missing
from creditdesk.importers.profile import Profile, from_json, to_json
from creditdesk.importers.sheet import open_sheet
from creditdesk.importers.workbook import PasswordNeeded, PasswordWrong
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.wording import Wording
from creditdesk.services.ledger import TakenIn
from creditdesk.workspace import Workspace

FIELD_TITLES = {
    Field.BUYER_NAME: N_("Buyer's name"),
    Field.BUYER_CODE: N_("Buyer's code"),
    Field.BUYER_USCC: N_("Buyer's tax number"),
    Field.COUNTRY: N_("Buyer's country"),
    Field.DOC_TYPE: N_("Kind of document"),
    Field.DOC_NO: N_("Document number"),
    Field.EINVOICE_NO: N_("E-invoice number"),
    Field.INVOICE_NO: N_("Invoice number"),
    Field.INVOICE_CODE: N_("Invoice code"),
    Field.VOUCHER_NO: N_("Voucher number"),
    Field.DOC_DATE: N_("Document date"),
    Field.POST_DATE: N_("Posting date"),
    Field.SHIP_DATE: N_("Shipment date"),
    Field.DUE_DATE: N_("Due date"),
    Field.TERM: N_("Payment term"),
    Field.CURRENCY: N_("Currency"),
    Field.FX: N_("Exchange rate"),
    Field.AMOUNT: N_("Amount"),
    Field.AMOUNT_FC: N_("Amount in document currency"),
    Field.AMOUNT_LC: N_("Amount in local currency"),
    Field.NET: N_("Net amount"),
    Field.VAT: N_("VAT"),
    Field.RATE: N_("VAT rate"),
    Field.PAID: N_("Paid amount"),
    Field.OPEN: N_("Open amount"),
    Field.SETTLED_DATE: N_("Date of payment"),
    Field.DISPUTED: N_("Disputed"),
    Field.DIRECTION: N_("Debit or credit"),
    Field.MATCHED: N_("Matched"),
    Field.AGAINST: N_("Belongs to invoice"),
    Field.ACCOUNT: N_("Account"),
    Field.STATUS: N_("Status"),
    Field.VOID: N_("Void"),
    Field.CONTRACT: N_("Contract"),
    Field.PROJECT: N_("Project"),
    Field.SALESMAN: N_("Salesperson"),
    Field.DEPT: N_("Department"),
    Field.MEMO: N_("Memo"),
}
_ORDERS = {
    Order.DAY_FIRST: N_("day first"),
    Order.MONTH_FIRST: N_("month first"),
    Order.YEAR_FIRST: N_("year first"),
}
_SHOWN_ROWS = 60
_SHOWN_PROBLEMS = 200
_ROWS_NAMED = 8
_DIGITS = re.compile(r"[\d\s_.年月日-]+")


class Stage(StrEnum):
    """How far the import is."""

    NO_FILE = "no_file"
    LOOKING = "looking"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column of the file: its heading, a value of it, what it becomes and why. `field` empty: not read."""

    column: int
    header: str
    sample: str
    field: str
    reason: str
    sure: bool


class LedgerImportPresenter:
    """One file on its way into a client's ledger."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.client = workspace.client
        self.stage = Stage.NO_FILE
        self.path: Path | None = None
        self.sheet: Sheet | None = None
        self.mapping: Mapping | None = None
        self.draft: LedgerDraft | None = None
        self.told: TakenIn | None = None
        self.fault: Message | None = None
        self.asks_password = False
        self.changed: Event[None] = Event()

    @property
    def clients(self) -> Sequence[tuple[int, str]]:
        """The clients a file can belong to."""
        return [(line.id, line.name) for line in self._workspace.desk.clients.all()]

    def choose_client(self, client: int | None) -> None:
        """Whose ledger it is; what was checked must be checked again."""
        self.client = client
        self._forget_check()

    def opening(
        self,
        path: Path,
        *,
        sheet: str | None = None,
        encoding: str | None = None,
        password: str | None = None,
    ) -> Job[Sheet]:
        """The work of reading the file."""
        self.path = path
        return lambda progress: open_sheet(
            path, progress, sheet=sheet, encoding=encoding, password=password
        )

    def show_sheet(self, sheet: Sheet) -> None:
        """The file was read; guess what its columns mean."""
        self.sheet = sheet
        self.fault, self.asks_password = None, False
        self.draft = self.told = None
        self.stage = Stage.LOOKING
        try:
            self.mapping = recognise.guess(sheet, headings(), self._profiles())
        except UserError as refused:
            self.fault = refused.said
            self.mapping = self._incomplete(sheet)
        self.changed.emit(None)

    def refuse(self, error: UserError) -> None:
        """The file can't be read, or not like this."""
        self.asks_password = isinstance(error, PasswordNeeded | PasswordWrong)
        self.fault = error.said
        self._forget_check()

    def correct(self, column: int, field: str) -> None:
        """A person says what a column is; empty: it isn't read."""
        assert self.mapping is not None  # noqa: S101 - a column is chosen from a mapping
        before = {each.column: each.field for each in self.mapping.found}
        if column in before:
            self.mapping = self.mapping.corrected(before[column], None)
        if field:
            self.mapping = self.mapping.corrected(Field(field), column)
        absent = missing(self.mapping)
        self.fault = (
            Message.of(N_("Still to be found: {what}."), what=absent)
            if absent
            else None
        )
        self._forget_check()

    def set_day_first(self, *, day_first: bool | None) -> None:
        """A person says which comes first in the dates; None: decided from the columns."""
        assert self.mapping is not None  # noqa: S101 - dates are asked of a mapping
        self.mapping = replace(self.mapping, day_first=day_first)
        self.fault = None
        self._forget_check()

    @property
    def may_check(self) -> bool:
        """Whether there is enough to see what would happen."""
        return (
            self.sheet is not None
            and self.mapping is not None
            and self.client is not None
            and not missing(self.mapping)
        )

    def checking(self) -> Job[tuple[LedgerDraft, TakenIn]]:
        """The work of reading every row and comparing it with the desk."""
        sheet, mapping, client = self.sheet, self.mapping, self.client
        assert sheet is not None  # noqa: S101 - see `may_check`
        assert mapping is not None  # noqa: S101 - see `may_check`
        assert client is not None  # noqa: S101 - see `may_check`
        currency = next(
            line.currency
            for line in self._workspace.desk.clients.all()
            if line.id == client
        )
        ledger = self._workspace.desk.ledger

        def job(progress: Progress) -> tuple[LedgerDraft, TakenIn]:
            draft = reader.read(sheet, mapping, currency, progress)
            progress.step(Message(N_("Comparing with the desk")))
            return draft, ledger.compare(client, draft)

        return job

    def show_check(self, found: tuple[LedgerDraft, TakenIn]) -> None:
        """What would happen is known."""
        self.draft, self.told = found
        self.stage = Stage.CHECKED
        self.changed.emit(None)

    def taking_in(self) -> Job[TakenIn]:
        """The work of writing it all, with the profile for next month."""
        client, draft, mapping, path = self.client, self.draft, self.mapping, self.path
        assert client is not None  # noqa: S101 - see `may_act`
        assert draft is not None  # noqa: S101 - see `may_act`
        assert mapping is not None  # noqa: S101 - see `may_act`
        assert path is not None  # noqa: S101 - see `may_act`
        desk = self._workspace.desk

        def job(progress: Progress) -> TakenIn:
            progress.step(Message(N_("Taking the ledger in")))
            told = desk.ledger.take_in(client, draft, path)
            desk.ledger.save_profile(
                client, _profile_name(path), json.loads(to_json(mapping.profile()))
            )
            desk.watch.refresh(self._workspace.today())
            desk.policies.keep_cover(self._workspace.today(), progress)
            return told

        return job

    @property
    def order(self) -> str:
        """How the dates were read, in words."""
        if self.sheet is None or self.mapping is None:
            return ""
        decision = date_order(self.sheet, self.mapping)
        if decision.ambiguous:
            return self._wording(
                N_("Dates can be read both ways, for example {example}."),
                example=decision.example,
            )
        if decision.order is None:
            return ""
        return self._wording(
            N_("Dates: {order}"), order=Message(_ORDERS[decision.order])
        )

    @property
    def rows(self) -> tuple[int, Sequence[Sequence[str]]]:
        """The first row that holds the headings (from 0), and the file's first rows."""
        if self.sheet is None:
            return 0, ()
        start = self.mapping.head.start if self.mapping else 0
        return start, [
            [text(cell) for cell in row] for row in self.sheet.rows[:_SHOWN_ROWS]
        ]

    @property
    def guesses(self) -> Sequence[ColumnGuess]:
        """Every column with a heading and what it becomes."""
        if self.mapping is None or self.sheet is None:
            return ()
        by_column = {each.column: each for each in self.mapping.found}
        guesses = []
        for column, header in enumerate(self.mapping.head.labels):
            found = by_column.get(column)
            if not header and not found:
                continue
            guesses.append(
                ColumnGuess(
                    column,
                    header,
                    self._sample(column),
                    found.field.value if found else "",
                    self._wording.message(found.reason) if found else "",
                    found is None or found.confidence >= 0.8,
                )
            )
        return guesses

    @property
    def outcome(self) -> Sequence[tuple[str, str]]:
        """What would happen, as names and figures."""
        if self.told is None:
            return ()
        told, say = self.told, self._wording
        lines = [
            (say(N_("Rows read")), told.rows_read),
            (say(N_("New documents")), told.invoices_added),
            (say(N_("Changed")), told.invoices_updated),
            (say(N_("Already there")), told.invoices_unchanged),
            (say(N_("New payments")), told.payments_added),
            (say(N_("New buyers")), told.buyers_added),
            (say(N_("Skipped")), len(told.skipped)),
            (say(N_("Refused")), len(told.rejected)),
        ]
        return [(name, f"{count:,}") for name, count in lines if count]

    @property
    def totals(self) -> Sequence[tuple[str, str]]:
        """The file's sums and the ledger's before and after, by currency."""
        if self.told is None:
            return ()
        say, lines = self._wording, []
        for code, sums in self.told.totals.items():
            lines.append(
                (
                    say(N_("File, {currency}"), currency=say.currency(code)),
                    say.figure(sums.amount),
                )
            )
            lines.append((say(N_("of it open")), say.figure(sums.open)))
            lines += self._against_file(code, sums.amount, sums.open)
        for code, after in self.told.after.items():
            before = self.told.before.get(code)
            lines.append(
                (
                    say(
                        N_("Ledger open before, {currency}"),
                        currency=say.currency(code),
                    ),
                    say.figure(before.open) if before else say.figure(Money.zero(code)),
                )
            )
            lines.append(
                (
                    say(
                        N_("Ledger open after, {currency}"), currency=say.currency(code)
                    ),
                    say.figure(after.open),
                )
            )
        return lines

    @property
    def problems(self) -> Sequence[tuple[str, str, bool]]:
        """Place, reason, and whether the row is refused."""
        if self.told is None or self.draft is None:
            return ()
        found = [
            *self._told_of(self.told.rejected, refused=True),
            *self._told_of(self.draft.notes, refused=False),
            *self._told_of(self.told.skipped, refused=False),
        ]
        return found[:_SHOWN_PROBLEMS]

    def _told_of(
        self, problems: Sequence[Problem], *, refused: bool
    ) -> Sequence[tuple[str, str, bool]]:
        """Rows of which the same is said are told together, unless each has its own value."""
        together: dict[tuple[str | None, str], list[Problem]] = {}
        for each in problems:
            place = None if each.row is None else f"{each.column}{each.value}"
            told = self._wording.message(each.reason)
            together.setdefault((place, told), []).append(each)
        return [
            (self._places(alike), told, refused)
            for (_, told), alike in together.items()
        ]

    def _places(self, problems: Sequence[Problem]) -> str:
        first = self._place(problems[0])
        if len(problems) == 1 or not first:
            return first
        rows = [str(each.row) for each in problems[:_ROWS_NAMED]]
        if len(problems) > _ROWS_NAMED:
            rows.append("…")
        said = self._wording.plural(
            N_("{count} row: {rows}"), N_("{count} rows: {rows}"), len(problems),
            rows=self._wording.list(rows),
        )  # fmt: skip
        named = first.partition(" · ")[2]
        return f"{said} · {named}" if named else said

    @property
    def act(self) -> str:
        """What the one button will do."""
        if self.told is None:
            return self._wording(N_("Check the file"))
        count = self.told.invoices_added + self.told.invoices_updated
        if (
            not count
            and not self.told.payments_added
            and not self.told.payments_updated
        ):
            return self._wording(N_("Nothing new to take in"))
        if not count:
            return self._wording.plural(
                N_("Import {count} payment"),
                N_("Import {count} payments"),
                self.told.payments_added + self.told.payments_updated,
            )
        return self._wording.plural(
            N_("Import {count} document"), N_("Import {count} documents"), count
        )

    @property
    def may_act(self) -> bool:
        """Whether the one button can be pressed."""
        if self.told is None:
            return self.may_check
        told = self.told
        return bool(
            told.invoices_added
            or told.invoices_updated
            or told.payments_added
            or told.payments_updated
        )

    def _against_file(
        self, code: str, amount: Money, left: Money
    ) -> Sequence[tuple[str, str]]:
        """The file's own total row beside what was read."""
        assert self.draft is not None  # noqa: S101 - totals come with a draft
        own = self.draft.file_totals
        lines = []
        for field, read in (("amount", amount), ("open", left)):
            if field in own and len(self.told.totals if self.told else ()) == 1:
                difference = read - Money(own[field], code)
                said = (
                    self._wording(N_("equal"))
                    if not difference
                    else self._wording(
                        N_("differs by {amount}"),
                        amount=self._wording.figure(difference),
                    )
                )
                lines.append(
                    (
                        self._wording(
                            N_("File's own total ({field})"),
                            field=Message(FIELD_TITLES[Field(field)]),
                        ),
                        f"{self._wording.figure(Money(own[field], code))}  {said}",
                    )
                )
        return lines

    def _place(self, problem: Problem) -> str:
        if problem.row is None:
            return ""
        place = self._wording(N_("Row {row}"), row=problem.row)
        if problem.column:
            place += f" · {problem.column}"
        return place + (f" “{problem.value}”" if problem.value else "")

    def _sample(self, column: int) -> str:
        assert self.sheet is not None and self.mapping is not None  # noqa: S101, PT018 - see `guesses`
        for row in self.sheet.rows[self.mapping.head.first_data_row :][:20]:
            if column < len(row) and text(row[column]):
                return text(row[column])
        return ""

    def _profiles(self) -> list[Profile]:
        if self.client is None:
            return []
        return [
            from_json(json.dumps(each))
            for each in self._workspace.desk.ledger.profiles(self.client).values()
        ]

    def _incomplete(self, sheet: Sheet) -> Mapping | None:
        try:
            return recognise.draft(sheet, headings())
        except UserError as refused:
            self.fault = refused.said
            return None

    def _forget_check(self) -> None:
        self.draft = self.told = None
        self.stage = Stage.LOOKING if self.sheet else Stage.NO_FILE
        self.changed.emit(None)


def _profile_name(path: Path) -> str:
    """The file's name without what changes every month."""
    return _DIGITS.sub(" ", path.stem).strip() or path.stem
