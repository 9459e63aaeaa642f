"""Answers to balance confirmations, without Qt: pasted, each held against the ledger, recorded in one go."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.intake.answer_list import AnswerList, ListedAnswer, read_file
from creditdesk.jobs import Job
from creditdesk.presenters.parts.pasted_list import ListRow, PastedList, RowState
from creditdesk.presenters.parts.table import Cell, Column, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.watch import NewEvent
from creditdesk.workspace import Workspace

AGREES, DIFFERS = BuyerEventKind.BALANCE_AGREED, BuyerEventKind.BALANCE_DIFFERS
_YEAR = timedelta(days=365)
_WORDS = {AGREES: N_("agrees"), DIFFERS: N_("does not agree")}
_COMPARED = N_("confirmed {theirs}, ledger {ours} on {day}")
_Row = ListRow[ListedAnswer]


class AnswerDoubtful(UserError):
    """What is answered and the amount that is named don't go together."""

    message = N_("it says “{answer}”, and names {theirs} where the ledger has {ours} on {day}")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """The balance a buyer names, and the ledger's of the same day; None: not named, or not asked for a day."""

    theirs: Money | None = None
    ours: Money | None = None

    @property
    def kind(self) -> BuyerEventKind | None:
        """What the two amounts say; None: one of them isn't known."""
        if self.theirs is None or self.ours is None:
            return None
        return AGREES if self.theirs == self.ours else DIFFERS


class AnswerListPresenter(PastedList[ListedAnswer]):
    """`client`: whose buyers answered; None: still to be chosen.

    `balance_day`: of which day balances were asked; None: nobody said, amounts are kept and compared with nothing.
    `answered`: for rows that give no day.
    """

    asked = (AnswerDoubtful,)
    hint = N_("Copy the answers with their headings in Excel (buyer, amount, agrees or differs, date) and paste them here, or drop the file.")  # fmt: skip

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._compared: dict[int, Compared] = {}
        super().__init__(workspace, wording)
        self._clients = tuple((each.id, each.name) for each in self._desk.clients.all())
        only = self._clients[0][0] if len(self._clients) == 1 else None
        self.client = workspace.client if workspace.client is not None else only
        self.balance_day: date | None = None
        self.answered: date | None = None

    @property
    def clients(self) -> tuple[tuple[int, str], ...]:
        """The clients to choose from."""
        return self._clients

    @property
    def client_id(self) -> int | None:
        """The client."""
        return self.client

    @property
    def needs_day(self) -> bool:
        """Whether some rows give no day on which they were answered."""
        return any(each.on is None for each in self._listed)

    @property
    def needs_balance_day(self) -> bool:
        """Whether some rows name an amount."""
        return any(each.amount is not None for each in self._listed)

    def reading(self, path: Path) -> Job[AnswerList]:
        """The job: read a file."""
        return lambda progress: read_file(path, progress)

    def choose_client(self, client: int | None) -> None:
        """The answers are of this client's buyers."""
        self.client = client
        self._forget()
        self.look()

    def choose_balance_day(self, day: date | None) -> None:
        """Balances were asked as of this day."""
        self.balance_day = day
        self._refused, self._meant = {}, set()
        self.look()

    def choose_answered(self, day: date | None) -> None:
        """Rows without a day were answered on this one."""
        self.answered = day
        self._refused, self._meant = {}, set()
        self.look()

    @property
    def _listed(self) -> tuple[ListedAnswer, ...]:
        return self.list.rows if self.list else ()

    def _told(self, rows: Sequence[ListedAnswer]) -> Iterator[str]:
        if any(each.kind is None and each.amount is not None for each in rows):
            yield self._wording(N_("a row without an answer is judged by its amount"))

    def _rows(self) -> Iterator[_Row]:
        self._compared = {}
        if self.client is None:
            for each in self._listed:
                yield ListRow(each, None, RowState.FAULTY, Message(N_("choose the client first")))  # fmt: skip
            return
        day = self.balance_day
        known = self._desk.ledger.balances(day, client_id=self.client).aging.by_buyer if day else None  # fmt: skip
        sent = set(self._desk.watch.confirmations(self.client, self._today - _YEAR).sent)  # fmt: skip
        meant = self._desk.ledger.buyers_meant(self.client, [each.buyer for each in self._listed])  # fmt: skip
        for each, found in zip(self._listed, meant, strict=True):
            buyer = self._chosen.get(each.row, found)
            ours = None
            if known is not None and buyer is not None:
                ours = {code: one.balance for code, one in known.get(buyer, {}).items()}
            yield self._judged(replace(each, on=each.on or self.answered), buyer, ours, sent)  # fmt: skip

    def _judged(
        self,
        each: ListedAnswer,
        buyer: int | None,
        ours: dict[str, Money] | None,
        sent: set[int],
    ) -> _Row:
        if buyer is None:
            return ListRow(each, None, RowState.BUYER)
        compared, fault = self._compare(each, ours)
        self._compared[each.row] = compared
        if each.row in self._done:
            return ListRow(each, buyer, RowState.DONE)
        fault = next(iter(each.faults), None) or fault or self._missing(each, compared)
        if fault is not None:
            return ListRow(each, buyer, RowState.FAULTY, fault)
        kind = each.kind or compared.kind
        known = self._desk.watch.events(buyer)
        if any((line.kind, line.happened_on, line.voided) == (kind, each.on, None) for line in known):  # fmt: skip
            return ListRow(each, buyer, RowState.KEPT)
        doubt = self._doubt(kind, compared)
        unsent = None if buyer in sent else Message(N_("no confirmation to it is recorded as sent in the last year"))  # fmt: skip
        worth = doubt.said if doubt else unsent
        return self._answered(ListRow(each, buyer, RowState.READY, worth))

    def _doubt(
        self, kind: BuyerEventKind | None, compared: Compared
    ) -> AnswerDoubtful | None:
        """What is answered against the amount that is named; None: they go together, or nothing is compared."""
        if kind is None or compared.kind is None or compared.kind is kind:
            return None
        return AnswerDoubtful(answer=Message(_WORDS[kind]), theirs=compared.theirs, ours=compared.ours, day=self.balance_day)  # fmt: skip

    def _compare(
        self, each: ListedAnswer, ours: dict[str, Money] | None
    ) -> tuple[Compared, Message | None]:
        if each.amount is None:
            return Compared(), None
        codes = {each.currency} if each.currency else set(ours or {})
        if not codes:
            card = next((one for one in self._desk.clients.all() if one.id == self.client), None)  # fmt: skip
            codes = {card.currency} if card else set()
        if len(codes) != 1:
            return Compared(), Message(N_("it names no currency, and the account has several"))  # fmt: skip
        (code,) = codes
        own = None if ours is None else ours.get(code, Money.zero(code))
        return Compared(Money(each.amount, code), own), None

    def _missing(self, each: ListedAnswer, compared: Compared) -> Message | None:
        if each.on is None:
            return Message(N_("it gives no day on which it was answered"))
        if each.kind is None and each.amount is None:
            return Message(N_("it gives neither an answer nor an amount"))
        if each.kind is None and compared.kind is None:
            return Message(N_("say of which day the balances were asked: it gives only an amount"))  # fmt: skip
        return None

    def _act(self, row: _Row) -> Callable[[], object]:
        each, compared, say = row.listed, self._compared[row.key], self._wording
        kind = each.kind or compared.kind
        assert kind is not None  # noqa: S101 - rows without are faulty
        assert row.buyer_id is not None  # noqa: S101 - so are those without a buyer
        assert each.on is not None  # noqa: S101 - and those without a day
        told = [each.note]
        if compared.theirs is not None and self.balance_day is not None and compared.ours is not None:  # fmt: skip
            told = [say(_COMPARED, theirs=say.money(compared.theirs), ours=say.money(compared.ours), day=say.day(self.balance_day)), each.note]  # fmt: skip
        elif compared.theirs is not None:
            told = [say(N_("confirmed {theirs}"), theirs=say.money(compared.theirs)), each.note]  # fmt: skip
        event = NewEvent(
            buyer_id=row.buyer_id,
            kind=kind,
            happened_on=each.on,
            known_on=each.on,
            note=say.clauses([part for part in told if part]),
        )
        report = partial(self._desk.watch.report, event, self._today)
        doubt = self._doubt(kind, compared)
        if doubt is None or row.state is RowState.MEANT:
            return report
        return partial(_ask, doubt)

    def _columns(self) -> list[Column[_Row]]:
        say = self._wording

        def answer(row: _Row) -> Cell:
            if row.listed.kind is not None:
                return Cell(say(_WORDS[row.listed.kind]))
            kind = self._of(row).kind
            if kind is None:
                return Cell("")
            return Cell(say(N_("{answer} (by the amount)"), answer=say(_WORDS[kind])), Tone.QUIET)  # fmt: skip

        def theirs(row: _Row) -> str:
            found = self._of(row).theirs
            if found is None and row.listed.amount is not None:
                return f"{row.listed.amount:,f}"
            return say.money(found) if found else ""

        def ours(row: _Row) -> Cell:
            found = self._of(row)
            if found.ours is None:
                return Cell("")
            return Cell(say.money(found.ours), Tone.WARNING if found.kind is DIFFERS else Tone.PLAIN)  # fmt: skip

        def day(row: _Row) -> str:
            return say.day(row.listed.on) if row.listed.on else ""

        return [
            self._row_column(),
            self._buyer_column(),
            Column(key="answer", title=N_("Their answer"), cell=answer, order=lambda row: answer(row).text, width=178),
            Column(key="theirs", title=N_("Amount confirmed"), cell=theirs, order=lambda row: row.listed.amount or Decimal(0), sums=lambda row: self._of(row).theirs, right=True, width=130),
            Column(key="ours", title=N_("Ledger balance"), cell=ours, order=lambda row: own.amount if (own := self._of(row).ours) else Decimal(0), sums=lambda row: self._of(row).ours, right=True, width=130),
            Column(key="on", title=N_("Came back on"), cell=day, order=lambda row: row.listed.on or date.min, width=112),
            self._becomes_column(),
        ]  # fmt: skip

    def _of(self, row: _Row) -> Compared:
        return self._compared.get(row.key, Compared())


def _ask(why: AnswerDoubtful) -> None:
    raise why
