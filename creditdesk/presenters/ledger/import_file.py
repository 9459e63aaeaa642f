"""One import, without Qt: what it brought, what it changed, what it left out, and how its totals stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.errors import Problem
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.importers.rows.control import Control
from creditdesk.jobs import Job
from creditdesk.presenters.ledger.import_columns import FIELD_TITLES
from creditdesk.presenters.ledger.import_comparison import (
    comparison_words,
    difference_table,
)
from creditdesk.presenters.ledger.import_lists import (
    balance_table,
    brought_window,
    changed_window,
    receipt_table,
    remark_table,
)
from creditdesk.presenters.ledger.import_words import (
    kind_words,
    place_words,
    rows_words,
)
from creditdesk.presenters.ledger.payment_list import payment_window
from creditdesk.presenters.ledger.reading_again import ComparedAgain, compare_again
from creditdesk.presenters.ledger.source_file import SourceFile
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import BatchId
from creditdesk.services.ledger.import_values import SourceNotKept
from creditdesk.workspace import Workspace

TABLES = frozenset({"import_batch", "import_change", "invoice", "payment", "bank_line"})
_TITLES = {field.value: title for field, title in FIELD_TITLES.items()}
_SIDES = {
    "in": N_("Money received"),
    "out": N_("Spent"),
    "neutral": N_("Neither received nor spent"),
    "all": N_("All lines"),
}
_OF_AMOUNT = frozenset({"amount", "amount_fc", "amount_lc"})


@dataclass(frozen=True, slots=True)
class ImportFact:
    """A name and a figure."""

    name: str
    value: str
    tone: Tone = Tone.PLAIN


class ImportFilePresenter:
    """Everything about one import."""

    def __init__(self, workspace: Workspace, wording: Wording, batch: int) -> None:
        self._workspace = workspace
        self._wording = wording
        self.batch = BatchId(batch)
        self.changed: Event[None] = Event()
        imports = workspace.desk.imports
        self.file = imports.file(self.batch)
        self.source = SourceFile(workspace.desk, self.batch, self.file.line.file_name)
        self.documents = brought_window(workspace.desk.ledger, wording, self.batch)
        self.payments = payment_window(imports, wording, batch_id=batch)
        self.balances = balance_table(wording)
        self.receipts = receipt_table(wording)
        self.changes = changed_window(imports, wording, self.batch)
        self.remarks = remark_table(wording)
        self.differences = difference_table(wording)
        self.compared: ComparedAgain | None = None
        self.reload()

    def reload(self) -> None:
        """Read everything anew."""
        desk = self._workspace.desk
        self.file = desk.imports.file(self.batch)
        if self.kind == "ledger":
            self.documents.reload()
            self.payments.reload()
        elif self.kind == "aged":
            self.balances.show(desk.imports.balances(self.batch))
        else:
            self.receipts.show(desk.imports.lines(self.batch))
        self.changes.reload()
        # What was compared before may no longer be so.
        self.compared = None
        self.differences.show([])
        self.remarks.show(list(self._remarks()))
        self.changed.emit(None)

    def comparing(self) -> Job[ComparedAgain]:
        """The work of reading the kept file again and holding it against the ledger. Raises `UserError`s."""
        desk, batch = self._workspace.desk, self.batch
        return lambda progress: compare_again(desk, batch, progress)

    def show_compared(self, found: ComparedAgain) -> None:
        """It is known how the file stands."""
        self.compared = found
        self.differences.show(found.comparison.differences)
        self.changed.emit(None)

    @property
    def standing(self) -> str:
        """How the file stands, in a sentence."""
        if self.compared is not None:
            return comparison_words(self.compared.comparison, self._wording)
        if self.file.size is None:
            return self._wording.message(
                Message.of(
                    SourceNotKept.message,
                    batch=self.batch,
                    file=self.file.line.file_name,
                )
            )
        return self._wording(
            N_(
                "The kept file is read again, as it was read then, and held against the ledger as it is now."
            )
        )

    @property
    def kind(self) -> str:
        """Ledger, aged or bank."""
        return self.file.line.kind

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.file.line.undone_at is None

    @property
    def title(self) -> str:
        """The file and its sheet."""
        line = self.file.line
        return place_words(line.file_name, line.sheet, None, self._wording)

    @property
    def subtitle(self) -> str:
        """Which import it was, whose, when, by whom."""
        line, say = self.file.line, self._wording
        return " · ".join(
            (
                say(N_("Import No. {number}"), number=line.id),
                line.client,
                kind_words(line.kind, line.format, say),
                say.moment(line.taken_at),
                line.who,
            )
        )

    @property
    def chips(self) -> tuple[tuple[str, str], ...]:
        """What must be seen at once."""
        say = self._wording
        found = []
        if not self.stands:
            found.append((say(N_("taken back")), "plain"))
        if self.file.refused:
            words = say.plural(
                N_("{count} row refused"),
                N_("{count} rows refused"),
                len(self.file.refused),
            )
            found.append((words, "warning"))
        return tuple(found)

    @property
    def facts(self) -> Sequence[ImportFact]:
        """The file itself."""
        say, file = self._wording, self.file
        size = (
            say(N_("not in the desk"))
            if file.size is None
            else say(N_("{count} bytes"), count=f"{file.size:,}")
        )
        lines = [
            (N_("File"), file.line.file_name),
            (N_("Sheet"), file.line.sheet),
            (N_("Headings in row"), str(file.header_row)),
            (N_("Kind of file"), kind_words(file.line.kind, file.line.format, say)),
            (N_("As of"), say.day(file.as_of)),
            (N_("Size"), size),
            (N_("SHA-256"), file.digest),
            (N_("Rows"), rows_words(file.line, say)),
        ]
        return [ImportFact(say(name), value) for name, value in lines if value]

    @property
    def columns(self) -> Sequence[ImportFact]:
        """What each column was read as; nothing where the file itself says what everything means."""
        return [
            ImportFact(self._wording(_TITLES.get(name, name)), header)
            for name, header in self.file.columns.items()
            if name in _TITLES
        ]

    @property
    def control(self) -> Sequence[ImportFact]:
        """What was taken in by currency, beside the file's own totals."""
        say, line = self._wording, self.file.line
        found = []
        for code, sums in line.totals.items():
            amount = Money(Decimal(sums["amount"]), code)
            open_ = Money(Decimal(sums["open"]), code)
            name = say(N_("Taken in, {currency}"), currency=say.currency(code))
            found.append(ImportFact(name, say.figure(amount)))
            if line.kind == "ledger":
                found.append(ImportFact(say(N_("of it open")), say.figure(open_)))
        if not self.file.file_totals:
            none = say(N_("none"))
            found.append(ImportFact(say(N_("Total row of the file")), none, Tone.QUIET))
        if self.compared is not None and self.compared.read.controls:
            return [*found, *map(self._control, self.compared.read.controls)]
        return [*found, *map(self._own_total, self.file.file_totals.items())]

    def _control(self, control: Control) -> ImportFact:
        """A column's own total beside its rows, as just read again."""
        say = self._wording
        name = say(N_("File's own total, {header}"), header=control.header)
        figure = _plain(control.stated)
        if not control.difference:
            return ImportFact(name, f"{figure}  {say(N_('equal'))}", Tone.DONE)
        differs = say(N_("differs by {amount}"), amount=_plain(control.difference))
        tone = Tone.WARNING if control.unexplained else Tone.PLAIN
        return ImportFact(name, f"{figure}  {differs}", tone)

    @property
    def explained(self) -> Sequence[str]:
        """The rows behind each difference to the file's own totals, once it was read again."""
        say, compared = self._wording, self.compared
        lines = []
        for control in compared.read.controls if compared else ():
            lines += [
                say(
                    N_("row {row}: {amount}, {reason}"),
                    row=each.row,
                    amount=_plain(each.amount),
                    reason=each.reason,
                )
                for each in control.left_out
            ]
            if control.unexplained:
                lines.append(
                    say(
                        N_(
                            "{amount} isn't explained: the file's rows don't make its own total."
                        ),
                        amount=_plain(control.unexplained),
                    )
                )
        return lines  # fmt: skip

    @property
    def left_out(self) -> str:
        """What lies between the file's own totals and what was taken in, in words."""
        say, file = self._wording, self.file
        if not file.refused and not file.skipped:
            return say(N_("Every row was used."))
        return say(
            N_("Left out are {refused} refused and {skipped} skipped rows; “Rows left out” lists each with its reason."),
            refused=len(file.refused), skipped=len(file.skipped),
        )  # fmt: skip

    def _own_total(self, own: tuple[str, str]) -> ImportFact:
        """The file's total of one column; held against what was taken in where that is the same thing."""
        field, stated = own
        say = self._wording
        header = self.file.columns.get(field) or say(_SIDES.get(field, _TITLES.get(field, field)))  # fmt: skip
        name = say(N_("File's own total, {header}"), header=header)
        taken = self._taken(field)
        figure = _plain(Decimal(stated))
        if taken is None:
            return ImportFact(name, figure)
        if taken == Decimal(stated):
            return ImportFact(name, f"{figure}  {say(N_('equal'))}", Tone.DONE)
        differs = say(N_("differs by {amount}"), amount=_plain(Decimal(stated) - taken))
        return ImportFact(name, f"{figure}  {differs}", Tone.WARNING)

    def _taken(self, field: str) -> Decimal | None:
        """What was taken in of a column, where the batch keeps that sum: of one currency, amounts and what is open."""
        totals = list(self.file.line.totals.values())
        if len(totals) != 1:
            return None
        if self.kind == "ledger" and field in _OF_AMOUNT:
            return Decimal(totals[0]["amount"])
        if field == "open" and self.kind != "bank":
            return Decimal(totals[0]["open"])
        return None

    def _remarks(self) -> Sequence[tuple[str, Problem]]:
        say, file = self._wording, self.file
        return [
            *((say(N_("refused")), each) for each in file.refused),
            *((say(N_("skipped")), each) for each in file.skipped),
            *((say(N_("noted")), each) for each in file.notes),
        ]


def _plain(value: Decimal) -> str:
    return f"{value:,f}".replace("-", "\u2212")
