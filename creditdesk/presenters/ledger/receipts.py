"""Money received, without Qt: the lines that wait, what one of them may pay, what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.receipts import (
    KnownBuyer,
    OpenItem,
    Suggestion,
    certain_ones,
)
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.ledger.receipt_choice import ReceiptChoice
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger.receipt_values import (
    Confirmation,
    LineId,
    LineState,
    PaidPart,
    ReceiptLine,
    VoidedPayment,
)
from creditdesk.workspace import Workspace

TABLES = frozenset({"bank_line", "buyer"})


@dataclass(frozen=True, slots=True)
class ReceiptsFound:
    """What the desk says: lines, suggestions by line, open invoices by number, buyers by client, what was voided."""

    lines: tuple[ReceiptLine, ...] = ()
    suggestions: Mapping[LineId, tuple[Suggestion, ...]] = field(default_factory=dict)
    items: Mapping[int, OpenItem] = field(default_factory=dict)
    buyers: Mapping[int, tuple[KnownBuyer, ...]] = field(default_factory=dict)
    voided: tuple[VoidedPayment, ...] = ()


class ReceiptsPresenter:
    """The lists, and the line that is looked at."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.found = ReceiptsFound()
        self.certain: Mapping[LineId, Suggestion] = {}
        self.choice: ReceiptChoice | None = None
        self.changed: Event[None] = Event()
        self.waiting: Table[ReceiptLine] = Table(
            self._waiting_columns(),
            lambda row: row.id,
            sort="day",
            footer=self._footer,
        )
        self.decided: Table[ReceiptLine] = Table(
            self._decided_columns(),
            lambda row: row.id,
            sort="day",
            descending=True,
            footer=self._footer,
        )
        self.voided: Table[VoidedPayment] = Table(
            with_voids(
                self._voided_columns(),
                lambda row: row.voided,
                wording,
                told_in="voided",
            ),
            lambda row: (row.line, row.voided.at),
            sort="voided",
            descending=True,
        )

    def job(self) -> Job[ReceiptsFound]:
        """The work of finding what each line may pay."""
        desk, client = self._workspace.desk, self._workspace.client

        def job(_progress: Progress) -> ReceiptsFound:
            lines = desk.ledger.bank_lines(client)
            of = {line.client_id for line in lines if line.state is LineState.OPEN}
            suggestions: dict[LineId, tuple[Suggestion, ...]] = {}
            items: dict[int, OpenItem] = {}
            for each in of:
                suggestions.update(desk.ledger.suggestions(each))
                items.update({item.id: item for item in desk.ledger.open_items(each)})
            buyers = {each: desk.ledger.known_buyers(each) for each in of}
            voided = desk.ledger.voided_payments(client)
            return ReceiptsFound(lines, suggestions, items, buyers, voided)

        return job

    def show(self, found: ReceiptsFound) -> None:
        """It is known. What is being typed stays; where a line was decided, the one below it is looked at."""
        before = self.choice
        place = self.waiting.row_of(before.line.id) if before else None
        same = before is not None and self._is_same(before, found)
        self.found = found
        self.certain = certain_ones(found.suggestions)
        waits = LineState.OPEN
        self.waiting.show([each for each in found.lines if each.state is waits])
        self.decided.show([each for each in found.lines if each.state is not waits])
        self.voided.show(found.voided)
        if not same:
            self._go_on(before, place or 0)
        self.changed.emit(None)

    @staticmethod
    def _is_same(choice: ReceiptChoice, found: ReceiptsFound) -> bool:
        """Whether nothing has changed for the line that is looked at."""
        return choice.line in found.lines and choice.rests_on(
            found.suggestions.get(choice.line.id, ()),
            found.items.values(),
            found.buyers.get(choice.line.client_id, ()),
        )

    def _go_on(self, before: ReceiptChoice | None, place: int) -> None:
        rows = self.waiting.rows
        here = self.waiting.get(before.line.id) if before else None
        self.choice = None
        if here or rows:
            self._look_at(here or rows[min(place, len(rows) - 1)])

    def choose(self, line: LineId) -> None:
        """Look at a line."""
        row = self.waiting.get(line)
        if row and (self.choice is None or self.choice.line.id != line):
            self._look_at(row)
            self.changed.emit(None)

    def confirming(self) -> Job[None]:
        """The work of setting the chosen line as it stands on the screen."""
        assert self.choice is not None  # noqa: S101 - only what is looked at is confirmed
        return self._deciding({self.choice.line.id: self.choice.confirmation})

    def confirming_all(self) -> Job[None]:
        """The work of setting every certain line."""
        return self._deciding(
            {
                line: Confirmation(
                    buyer_id=each.buyer,
                    parts=tuple((part.item, part.amount) for part in each.parts),
                )
                for line, each in self.certain.items()
            }
        )

    def setting_aside(self, why: str) -> Job[None]:
        """The work of saying that the chosen line is not from a customer."""
        assert self.choice is not None  # noqa: S101 - only what is looked at is set aside
        desk, line = self._workspace.desk, self.choice.line.id
        return lambda _progress: desk.ledger.set_aside(line, why)

    def taking_back(self, line: LineId) -> Job[None]:
        """The work of opening a line again that was set aside."""
        desk = self._workspace.desk
        return lambda progress: desk.do(lambda: desk.ledger.take_back(line), progress)

    def voiding(self, line: LineId, why: str) -> Job[None]:
        """The work of voiding a payment that was confirmed by mistake."""
        ledger = self._workspace.desk.ledger
        return lambda _progress: ledger.void_payment(line, why)

    @property
    def certain_words(self) -> str:
        """Exactly what confirming all would do, one line a receipt."""
        say = self._wording
        rows = {line.id: line for line in self.found.lines}
        names = {
            each.id: each.name
            for buyers in self.found.buyers.values()
            for each in buyers
        }
        return "\n".join(
            say(
                N_("{day}  {amount}  {buyer}: {numbers}"),
                day=rows[line].booked_on,
                amount=rows[line].amount,
                buyer=names[each.buyer],
                numbers=tuple(
                    self._wording.name(self.found.items[part.item].called)
                    for part in each.parts
                ),
            )
            for line, each in self.certain.items()
        )

    def _look_at(self, row: ReceiptLine) -> None:
        self.choice = ReceiptChoice(
            row,
            self.found.suggestions.get(row.id, ()),
            tuple(self.found.items.values()),
            self.found.buyers[row.client_id],
            self._wording,
        )
        self.choice.changed.connect(self._pass_on)

    def _pass_on(self, _nothing: None) -> None:
        self.changed.emit(None)

    def _deciding(self, said: Mapping[LineId, Confirmation]) -> Job[None]:
        desk = self._workspace.desk
        return lambda progress: desk.do(lambda: desk.ledger.confirm_all(said), progress)

    def _columns(self) -> list[Column[ReceiptLine]]:
        say = self._wording
        return [
            Column(key="day", title=N_("Date"), cell=lambda row: say.day(row.booked_on), order=lambda row: (row.booked_on, row.id), value=lambda row: row.booked_on, width=96),
            Column(key="client", title=N_("Client"), cell=lambda row: row.client, order=lambda row: row.client, width=92, hidden=self._workspace.client is not None),
            Column(key="payer", title=N_("Payer"), cell=lambda row: Cell(row.payer or "–", hint=row.payer), order=lambda row: row.payer, stretch=True),
            Column(key="amount", title=N_("Amount"), cell=lambda row: say.money(row.amount), order=lambda row: row.amount.amount, sums=lambda row: row.amount, right=True, width=104),
        ]  # fmt: skip

    def _waiting_columns(self) -> list[Column[ReceiptLine]]:
        return [
            *self._columns(),
            Column(key="finding", title=N_("Suggestion"), cell=self._finding, order=self._points, width=118),
            Column(key="text", title=N_("Text"), cell=lambda row: Cell(row.text, Tone.QUIET, row.text), order=lambda row: row.text, width=116),
        ]  # fmt: skip

    def _decided_columns(self) -> list[Column[ReceiptLine]]:
        say = self._wording
        return [
            *self._columns(),
            Column(key="became", title=N_("What it became"), cell=self._became, width=330),
            Column(key="file", title=N_("Source"), cell=self._source, width=170, hidden=True),
            Column(key="who", title=N_("By"), cell=lambda row: Cell(row.who, hint=say.moment(row.decided_at) if row.decided_at else ""), order=lambda row: row.who, width=84),
        ]  # fmt: skip

    def _voided_columns(self) -> list[Column[VoidedPayment]]:
        say = self._wording

        def became(row: VoidedPayment) -> Cell:
            words = f"{row.buyer}: {self._parts(row.against)}"
            return Cell(words, hint=words)

        return [
            Column(key="day", title=N_("Date"), cell=lambda row: say.day(row.booked_on), order=lambda row: row.booked_on, width=96),
            Column(key="client", title=N_("Client"), cell=lambda row: row.client, order=lambda row: row.client, width=92, hidden=self._workspace.client is not None),
            Column(key="payer", title=N_("Payer"), cell=lambda row: row.payer or "–", order=lambda row: row.payer, width=150),
            Column(key="amount", title=N_("Amount"), cell=lambda row: say.money(row.amount), order=lambda row: row.amount.amount, sums=lambda row: row.amount, right=True, width=104),
            Column(key="became", title=N_("What it became"), cell=became, width=280),
            Column(key="voided", title=N_("Void"), cell=lambda _row: "", order=lambda row: row.voided.at, stretch=True),
        ]  # fmt: skip

    def _parts(self, against: Sequence[PaidPart]) -> str:
        say = self._wording
        return say.list(
            f"{say.name(each.name or each.number) or say(N_('no invoice'))} {say.figure(each.amount)}"
            for each in against
        )

    def _finding(self, row: ReceiptLine) -> Cell:
        say = self._wording
        found = self.found.suggestions.get(row.id, ())
        if not found:
            return Cell(say(N_("nothing found")), Tone.FAINT)
        first = found[0]
        if first.third_party:
            return Cell(say(N_("third party")), Tone.WARNING)
        if first.ambiguous:
            return Cell(say(N_("to be chosen")), Tone.WARNING)
        if row.id in self.certain:
            return Cell(
                say(N_("certain, {share}"), share=say.percent(first.confidence)),
                Tone.DONE,
            )
        return Cell(say(N_("to check, {share}"), share=say.percent(first.confidence)))

    def _points(self, row: ReceiptLine) -> int:
        found = self.found.suggestions.get(row.id, ())
        return found[0].points if found else -1

    def _became(self, row: ReceiptLine) -> Cell:
        say = self._wording
        if row.state is LineState.SET_ASIDE:
            told = say(N_("set aside: {reason}"), reason=row.reason)
            return Cell(told, Tone.QUIET, told)
        told = f"{row.buyer}: {self._parts(row.against)}"
        if row.third_party:
            told += " · " + say(N_("paid by a third party: {word}"), word=row.word)
        return Cell(told, Tone.WARNING if row.third_party else Tone.PLAIN, told)

    def _source(self, row: ReceiptLine) -> Cell:
        said = self._wording(N_("{file}, row {row}"), file=row.file_name, row=row.row)
        return Cell(said, Tone.QUIET, said)

    def _footer(self, rows: Sequence[ReceiptLine]) -> Sequence[str]:
        codes = dict.fromkeys(row.amount.currency for row in rows)
        return [
            self._wording(
                N_("{currency}  {count} receipts, {amount}"),
                currency=self._wording.currency(code),
                count=sum(row.amount.currency == code for row in rows),
                amount=self._wording.figure(
                    Money.total(
                        (row.amount for row in rows if row.amount.currency == code),
                        code,
                    )
                ),
            )
            for code in codes
        ]
