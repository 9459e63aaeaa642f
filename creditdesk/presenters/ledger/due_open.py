"""Due dates that nobody knows, without Qt: what waits by wording, what the wording may mean, and dates that are typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.asked import FileQuestion
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.ledger.answer_choices import choices
from creditdesk.presenters.ledger.document_words import number_cell
from creditdesk.presenters.ledger.import_questions import (
    EVERYONE,
    AnswerScope,
    QuestionCard,
)
from creditdesk.presenters.ledger.term_asking import TermAsking
from creditdesk.presenters.parts.table import Cell, Column, Table
from creditdesk.presenters.parts.typed import FieldKind, read
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import (
    InvoiceLine,
    InvoiceQuestion,
    OpenDueLine,
    TermsSettled,
)
from creditdesk.workspace import Workspace

TABLES = frozenset({"invoice", "payment", "buyer", "client", "import_answer"})


class NoDocumentChosen(UserError):
    """A date for nothing."""

    message = N_("Choose the documents this date is for.")


@dataclass(frozen=True, slots=True)
class _Reach:
    count: int
    open: tuple[Money, ...]
    buyers: int


class DueOpenPresenter:
    """What waits, and the one that is looked at."""

    def __init__(
        self, workspace: Workspace, wording: Wording, client: int | None
    ) -> None:
        self._workspace = workspace
        self._wording = wording
        self.client = client or workspace.client
        self.chosen: OpenDueLine | None = None
        self.changed: Event[None] = Event()
        self.lines: Table[OpenDueLine] = Table(
            self._line_columns(), _key, sort="words", footer=self._footer
        )
        self.documents: Table[InvoiceLine] = Table(
            self._document_columns(), lambda row: row.id, sort="issued"
        )
        self.terms = TermAsking(wording)

    @property
    def subtitle(self) -> str:
        """What exactly is shown."""
        count = sum(each.count for each in self.lines.rows)
        if not count:
            return self._wording(N_("Every open invoice has its due date."))
        return self._wording.plural(
            N_("{count} open invoice without a due date: no deadline, letter or claim counts from a guess"),
            N_("{count} open invoices without a due date: no deadline, letter or claim counts from a guess"),
            count,
        )  # fmt: skip

    def reload(self) -> None:
        """Read what waits; the same line stays chosen while it is there."""
        self.lines.show(self._workspace.desk.ledger.open_due_dates(self.client))
        kept = _key(self.chosen) if self.chosen else None
        self.choose(kept if kept and self.lines.get(kept) else self._first())

    def choose(self, key: object) -> None:
        """Look at another line."""
        self.chosen = self.lines.get(key) if key is not None else None
        line = self.chosen
        self.documents.show(self._documents(line) if line else ())
        question = self._question(line) if line else None
        card = (
            self._card(question, line, self._reach(line)) if question and line else None
        )
        self.terms.ask(question, card)
        self.changed.emit(None)

    def settling(self) -> Job[TermsSettled]:
        """The work of giving the wording's documents the due dates that the answer makes."""
        line, option = self.chosen, self.terms.option
        assert line is not None  # noqa: S101 - an answer is one to a line
        buyer = line.buyer_id if self.terms.said_for != EVERYONE else None
        desk = self._workspace.desk

        def job(progress: Progress) -> TermsSettled:
            return desk.do(
                lambda: desk.ledger.settle_terms(
                    line.client_id, line.words, option, buyer
                ),
                progress,
            )

        return job

    def dating(self, chosen: Sequence[object], typed: str) -> Job[TermsSettled]:
        """The work of setting a date that was typed, or the terms agreed for these documents. Raises `UserError`s."""
        numbers = [each for each in chosen if isinstance(each, int)]
        if not numbers:
            raise NoDocumentChosen
        desk = self._workspace.desk
        set_ = partial(self._set, numbers, *_read(typed))

        def job(progress: Progress) -> TermsSettled:
            return desk.do(set_, progress)

        return job

    def _set(
        self, numbers: Sequence[int], day: date | None, words: str
    ) -> TermsSettled:
        ledger = self._workspace.desk.ledger
        if words:
            return ledger.set_terms(numbers, words)
        ledger.set_due_dates(dict.fromkeys(numbers, day))
        return TermsSettled(len(numbers), 0, 0)

    def told(self, done: TermsSettled) -> Message:
        """What an answer did."""
        if done.in_parts:
            text = N_("{moved} due dates set. {count} documents fall due in parts and stay whole, because a claim, a declaration or a later file names them so: type a date for each.")  # fmt: skip
            return Message.of(text, moved=done.moved, count=done.in_parts)
        if done.left:
            text = N_("{moved} due dates set; {count} documents stay open.")
            return Message.of(text, moved=done.moved, count=done.left)
        return Message.of(N_("{moved} due dates set."), moved=done.moved)

    def _first(self) -> object:
        return _key(self.lines.rows[0]) if self.lines.rows else None

    def _documents(self, line: OpenDueLine) -> Sequence[InvoiceLine]:
        ledger = self._workspace.desk.ledger
        asked = InvoiceQuestion(
            client_id=line.client_id, buyer_id=line.buyer_id, due_open=True, term=line.words, sort="issued",
        )  # fmt: skip
        return ledger.invoices(ledger.invoice_ids(asked))

    def _question(self, line: OpenDueLine) -> FileQuestion | None:
        ledger = self._workspace.desk.ledger
        return ledger.term_question(line.client_id, line.words)

    def _reach(self, line: OpenDueLine | None) -> _Reach:
        same = [
            each
            for each in self.lines.rows
            if line and (each.client_id, each.words) == (line.client_id, line.words)
        ]
        sums: dict[str, Money] = {}
        for money in (money for each in same for money in each.open):
            known = sums.get(money.currency)
            sums[money.currency] = money if known is None else known + money
        return _Reach(sum(each.count for each in same), tuple(sums.values()), len(same))

    def _card(
        self, question: FileQuestion, line: OpenDueLine, reach: _Reach
    ) -> QuestionCard:
        say = self._wording
        parts = [
            say.plural(N_("{count} document"), N_("{count} documents"), reach.count),
            say(N_("open {money}"), money=say.moneys(reach.open)),
            say.plural(N_("{count} buyer"), N_("{count} buyers"), reach.buyers),
        ]
        scopes = [
            AnswerScope(EVERYONE, say(N_("All buyers of this client"))),
            AnswerScope(str(line.buyer_id), say(N_("Only {buyer}"), buyer=line.buyer)),
        ]
        return QuestionCard(
            id=question.id,
            text=say.message(question.text),
            reach=" · ".join(parts),
            choices=choices(question, None, say),
            scopes=scopes,
            leave="",
        )

    def _line_columns(self) -> list[Column[OpenDueLine]]:
        say = self._wording
        return [
            Column(key="client", title=N_("Client"), cell=lambda row: Cell(row.client, hint=row.client),
                   order=lambda row: row.client, width=110, hidden=self.client is not None),
            Column(key="words", title=N_("Payment term"), cell=self._words,
                   order=lambda row: (row.words, row.client, row.buyer), width=110),
            Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer),
                   order=lambda row: row.buyer, stretch=True),
            Column(key="count", title=N_("Documents"), cell=lambda row: f"{row.count:,}",
                   order=lambda row: row.count, value=lambda row: row.count, right=True, width=64),
            Column(key="open", title=N_("Open amount"), cell=lambda row: say.moneys(row.open),
                   order=lambda row: max(each.amount for each in row.open), right=True, width=118),
        ]  # fmt: skip

    def _words(self, row: OpenDueLine) -> Cell:
        say = self._wording
        if row.agreed:
            text = N_("The buyer's file says that {words} was agreed. Say there whether such documents fall due by it.")  # fmt: skip
            return Cell(say(N_("none; agreed: {words}"), words=row.agreed), hint=say(text, words=row.agreed))  # fmt: skip
        words = row.words or say(N_("no term given"))
        return Cell(words, hint=words)

    def _document_columns(self) -> list[Column[InvoiceLine]]:
        say = self._wording
        return [
            Column(key="number", title=N_("Number"), cell=lambda row: number_cell(row, say),
                   order=lambda row: row.number, stretch=True),
            Column(key="issued", title=N_("Date"), cell=lambda row: say.day(row.issued),
                   order=lambda row: row.issued, value=lambda row: row.issued, width=104),
            Column(key="amount", title=N_("Amount"), cell=lambda row: say.money(row.amount),
                   order=lambda row: row.amount.amount, value=lambda row: row.amount, right=True, width=120),
            Column(key="open", title=N_("Open amount"), cell=lambda row: say.money(row.open),
                   order=lambda row: row.open.amount, value=lambda row: row.open, right=True, width=120),
        ]  # fmt: skip

    def _footer(self, rows: Sequence[OpenDueLine]) -> Sequence[str]:
        """The sums, one line a currency; by client where several are shown."""
        say = self._wording
        sums: dict[tuple[str, str], list[Money]] = {}
        for row in rows:
            who = "" if self.client is not None else row.client
            for money in row.open:
                sums.setdefault((who, money.currency), []).append(money)
        return [
            f"{who}  {say.moneys([Money.total(found, code)])}".strip()
            for (who, code), found in sorted(sums.items())
        ]


def _read(typed: str) -> tuple[date | None, str]:
    """A day, else the words of a term, which have letters in them."""
    try:
        day = read(FieldKind.DATE, typed)
    except UserError:
        if not any(sign.isalpha() for sign in typed):
            raise
        return None, typed.strip()
    assert isinstance(day, date | None)  # noqa: S101 - it was read as a day
    return day, ""


def _key(row: OpenDueLine) -> tuple[int, str, int]:
    return row.client_id, row.words, row.buyer_id
