"""What goes out in a round: a letter or a report, who of which clients gets it, who gets none and why."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from creditdesk.catalog.letters import (
    BALANCE_CONFIRMATION,
    OVERDUE_NOTICE,
    REMINDERS,
    Letter,
    Source,
    letters,
)
from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.agenda import DutyLine
from creditdesk.domain.duties.duties import OVERDUE_NOTICE as TELL_OVERDUE
from creditdesk.domain.ledger.chasing import Reminder
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Bilingual, Language, Message, words
from creditdesk.jobs import Progress
from creditdesk.presenters.letters.drafts import DRAFTS
from creditdesk.presenters.letters.letter_draft import About, spoken_in
from creditdesk.presenters.parts.typed import FieldKind, read
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import month, statement
from creditdesk.reports.report import Ask, Report, ReportAsked
from creditdesk.services.ledger.values import BalanceReport
from creditdesk.services.watch.values import NothingOverdue
from creditdesk.workspace import Desk

STATEMENT, MONTH = statement.REPORT.id, month.REPORT.id
_UNWRITTEN = N_("the letter could not be written")
_TOLD = N_("no notice is due: the insurer was told before, or no policy asks for it")

Keep = Callable[[date, str], object]
"""Keeps that one went out: on this day, by this way."""
Key = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """One paper of a round, to a buyer or to the client itself (`buyer_id` None). `items`: documents in it.

    `days`: of the one late longest, None: none is late. `refused` None: it is written; `by`: the day it has to go out.
    """

    client_id: int
    client: str
    buyer_id: int | None
    buyer: str
    items: int
    days: int | None
    amounts: tuple[Money, ...]
    left_out: tuple[Money, ...] = ()
    policy_id: int | None = None
    policy: str = ""
    by: date | None = None
    refused: Message | None = None

    @property
    def key(self) -> Key:
        """What tells it from the others."""
        return self.client_id, self.buyer_id or 0, self.policy_id or 0

    @property
    def whose(self) -> str:
        """Who gets it: what its file is named by."""
        return self.buyer or self.client


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Where one paper is written to, on which day, with what was typed, in which words."""

    path: Path
    today: date
    texts: Mapping[str, str]
    say: Wording
    language: Language | None
    """None: of whom it is written to."""


class RoundPaper(Protocol):
    """A kind of paper that goes to many."""

    @property
    def id(self) -> str:
        """How it is named."""

    @property
    def name(self) -> Bilingual:
        """What it is called."""

    @property
    def letter(self) -> Letter | None:
        """The letter it is; None: a report."""

    def lines(
        self, desk: Desk, clients: Mapping[int, str], today: date
    ) -> Iterable[RoundLine]:
        """Who gets one; also those that get none though something stands open."""

    def write(
        self, desk: Desk, line: RoundLine, sheet: Sheet, progress: Progress
    ) -> Keep | None:
        """Write one; the answer keeps that it went out, None: nothing is kept of it. Raises what refuses it."""  # fmt: skip


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """A letter to each buyer it concerns."""

    letter: Letter

    @property
    def id(self) -> str:
        """Of the letter."""
        return self.letter.id

    @property
    def name(self) -> Bilingual:
        """Of the letter."""
        return self.letter.name

    def lines(
        self, desk: Desk, clients: Mapping[int, str], today: date
    ) -> Iterator[RoundLine]:
        """By what the letter draws its facts from."""
        if self.letter.source is Source.DEMAND:
            for number, name in clients.items():
                for found in desk.ledger.reminders(number, today):
                    yield _of_reminder(found, number, name)
        elif self.letter.source is Source.OVERDUE:
            yield from _notices(desk, clients, today)
        else:
            yield from _balances(_report(desk, clients, today), clients)

    def write(
        self, desk: Desk, line: RoundLine, sheet: Sheet, progress: Progress
    ) -> Keep | None:
        """As its own page does."""
        about = About.of(desk, self.letter, sheet.today, sheet.say, policy=line.policy_id, buyer=line.buyer_id)  # fmt: skip
        draft = DRAFTS[self.letter.source](about)
        draft.take_texts(sheet.texts)
        own = sheet.language or about.language
        number = draft.give_number()
        try:
            draft.writing(sheet.path, own)(progress)
        except BaseException:
            if number:
                desk.letter_numbers.undo(number, sheet.say(_UNWRITTEN))
            raise
        record = draft.record
        if record is None:
            return None
        return lambda on, way: desk.do(partial(record, on, way, None))


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """A report to each buyer, or to each client."""

    report: Report
    letter: None = field(default=None, init=False)

    @property
    def id(self) -> str:
        """Of the report."""
        return self.report.id

    @property
    def name(self) -> Bilingual:
        """Its title."""
        return Bilingual(zh=words("zh")(self.report.title), en=words("en")(self.report.title))  # fmt: skip

    @property
    def is_of_buyers(self) -> bool:
        """Whether each buyer gets its own."""
        return Ask.BUYER in self.report.asks

    def lines(
        self, desk: Desk, clients: Mapping[int, str], today: date
    ) -> Iterator[RoundLine]:
        """Every buyer with an open account, or every client."""
        found = tuple(_balances(_report(desk, clients, today), clients))
        if self.is_of_buyers:
            yield from found
            return
        for number, name in clients.items():
            yield _of_client(number, name, [each for each in found if each.client_id == number])  # fmt: skip

    def write(self, desk: Desk, line: RoundLine, sheet: Sheet, progress: Progress) -> None:  # fmt: skip
        """As the Reports page does."""
        own: Language = sheet.language or sheet.say.language
        if line.buyer_id is not None and sheet.language is None:
            own = spoken_in(desk.buyers.file(line.buyer_id).card.country)  # type: ignore[arg-type]  # a buyer's number
        days = {ask: _day(sheet.texts.get(ask, "")) for ask in (Ask.DAY, Ask.START, Ask.END)}  # fmt: skip
        asked = ReportAsked(
            path=sheet.path,
            language=own,
            today=sheet.today,
            client=line.client_id,
            buyer=line.buyer_id,
            on=days[Ask.DAY],
            start=days[Ask.START],
            end=days[Ask.END],
        )
        assert self.report.make is not None  # noqa: S101 - both reports have it
        self.report.make(desk, asked, progress)


_ALL: tuple[RoundPaper, ...] = (
    *(LetterPaper(letters()[name]) for name in REMINDERS.values()),
    LetterPaper(letters()[OVERDUE_NOTICE]),
    LetterPaper(letters()[BALANCE_CONFIRMATION]),
    ReportPaper(statement.REPORT),
    ReportPaper(month.REPORT),
)
PAPERS: Mapping[str, RoundPaper] = {each.id: each for each in _ALL}
"""What goes out in rounds, in the order it is offered."""


def _report(desk: Desk, clients: Mapping[int, str], today: date) -> BalanceReport:
    one = next(iter(clients)) if len(clients) == 1 else None
    return desk.ledger.balances(today, client_id=one)


def _balances(report: BalanceReport, clients: Mapping[int, str]) -> Iterator[RoundLine]:
    """Every buyer with an open account, by name."""
    for number, buyer in sorted(report.buyers.items(), key=lambda each: each[1].name):
        accounts = report.aging.by_buyer.get(number, {})
        amounts = tuple(each.balance for each in accounts.values() if each.outstanding or each.unapplied)  # fmt: skip
        if not amounts or buyer.client_id not in clients:
            continue
        yield RoundLine(
            client_id=buyer.client_id,
            client=clients[buyer.client_id],
            buyer_id=number,
            buyer=buyer.name,
            items=sum(each.open_count for each in accounts.values()),
            days=report.late.get(number),
            amounts=amounts,
        )


def _notices(
    desk: Desk, clients: Mapping[int, str], today: date
) -> Iterator[RoundLine]:
    """One for each policy under which the insurer is still to be told of a buyer, and the other late buyers with why."""
    told: set[int] = set()
    for number in clients:
        for duty in desk.watch.agenda(number).lines:
            if duty.code == TELL_OVERDUE and duty.buyer_id is not None:
                line = _notice(desk, duty, duty.buyer_id, today)
                if line is not None:
                    told.add(duty.buyer_id)
                    yield line
    for line in _balances(_report(desk, clients, today), clients):
        if line.days is not None and line.days > 0 and line.buyer_id not in told:
            yield replace(line, refused=Message(_TOLD))


def _notice(desk: Desk, duty: DutyLine, buyer: int, today: date) -> RoundLine | None:
    """None: nothing is overdue yet, so that there is nothing to tell."""
    line = RoundLine(
        client_id=duty.client_id,
        client=duty.client,
        buyer_id=buyer,
        buyer=duty.buyer,
        items=0,
        days=None,
        amounts=(),
        policy_id=duty.policy_id,
        policy=duty.policy,
        by=duty.safe,
    )
    try:
        draft = desk.watch.notice_draft(duty.policy_id, buyer, today)
    except NothingOverdue:
        return None
    except UserError as refused:
        return replace(line, refused=refused.said)
    return replace(
        line,
        items=len(draft.invoices),
        days=max(each.days_overdue for each in draft.invoices),
        amounts=draft.totals,
        left_out=draft.due_open,
    )


def _of_reminder(found: Reminder, client_id: int, client: str) -> RoundLine:
    refused = found.refusal()
    return RoundLine(
        client_id=client_id,
        client=client,
        buyer_id=found.buyer_id,
        buyer=found.buyer.name,
        items=len(found.demands),
        days=max((each.days_overdue for each in found.items), default=None),
        amounts=found.total,
        left_out=found.left_out,
        refused=refused.said if refused else None,
    )


def _of_client(number: int, name: str, buyers: Sequence[RoundLine]) -> RoundLine:
    currencies = sorted({each.currency for line in buyers for each in line.amounts})
    late = [line.days for line in buyers if line.days is not None]
    return RoundLine(
        client_id=number,
        client=name,
        buyer_id=None,
        buyer="",
        items=sum(line.items for line in buyers),
        days=max(late, default=None),
        amounts=tuple(
            Money.total((each for line in buyers for each in line.amounts if each.currency == code), code)
            for code in currencies
        ),
    )  # fmt: skip


def _day(text: str) -> date | None:
    found = read(FieldKind.DATE, text) if text else None
    return found if isinstance(found, date) else None
