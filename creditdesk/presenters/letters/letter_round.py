"""One letter to every buyer of a client it concerns: who gets what, who gets none and why, and writing them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from creditdesk.catalog.letters import Letter, Source
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.chasing import Reminder
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language, Message
from creditdesk.jobs import Progress
from creditdesk.presenters.letters.drafts import DRAFTS
from creditdesk.presenters.letters.letter_draft import About
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import list_workbook
from creditdesk.reports.list_workbook import ShownList
from creditdesk.services.watch.values import EventInFuture
from creditdesk.workspace import Desk


class NobodyToWrite(UserError):
    """A round to nobody."""

    message = N_("No buyer of {client} gets “{letter}” on {on}: nothing is there to write.")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """One buyer of a round. `items`: documents in the letter; `days`: of the one late longest, None: none is late.

    `refused` None: it gets the letter.
    """

    buyer_id: int
    buyer: str
    items: int
    days: int | None
    amounts: tuple[Money, ...]
    left_out: tuple[Money, ...] = ()
    refused: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundWritten:
    """What was written, by buyer, and where the list of it stands."""

    lines: tuple[tuple[RoundLine, Path | None], ...]
    list: Path

    @property
    def written(self) -> tuple[tuple[RoundLine, Path], ...]:
        """Those that got one."""
        return tuple((line, path) for line, path in self.lines if path is not None)

    @property
    def refused(self) -> tuple[RoundLine, ...]:
        """Those that got none, with why."""
        return tuple(line for line, path in self.lines if path is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRound:
    """A letter, for the buyers of a client. `language` None: each buyer's own, by its country."""

    desk: Desk
    letter: Letter
    client_id: int
    today: date
    say: Wording
    language: Language | None = None

    @property
    def client(self) -> str:
        """The client's name."""
        return next(each.name for each in self.desk.clients.all() if each.id == self.client_id)  # fmt: skip

    def lines(self) -> tuple[RoundLine, ...]:
        """Who gets what, by name; also those that get none though something is late."""
        if self.letter.source is Source.DEMAND:
            found = self.desk.ledger.reminders(self.client_id, self.today)
            return tuple(map(_of_reminder, found))
        return tuple(sorted(self._balances(), key=lambda each: each.buyer))

    def _balances(self) -> Iterator[RoundLine]:
        """Every buyer with an open account."""
        desk, today = self.desk, self.today
        report = desk.ledger.balances(today, client_id=self.client_id)
        for number, accounts in report.aging.by_buyer.items():
            amounts = tuple(each.balance for each in accounts.values() if each.outstanding or each.unapplied)  # fmt: skip
            if not amounts:
                continue
            yield RoundLine(
                buyer_id=number,
                buyer=report.buyers[number].name,
                items=sum(each.open_count for each in accounts.values()),
                days=report.late.get(number),
                amounts=amounts,
            )

    def targets(self, folder: Path, lines: Collection[RoundLine]) -> Mapping[int, Path]:
        """The file of each buyer's letter; two buyers of one name are told apart by their numbers."""
        names: dict[str, int] = {}
        found = {}
        for line in lines:
            name = _safe(line.buyer)
            names[name] = names.get(name, 0) + 1
            own = name if names[name] == 1 else f"{name} {line.buyer_id}"
            title = self.letter.name.in_language(self.say.language)
            found[line.buyer_id] = folder / f"{title} {own}.pdf"
        return found

    def list_target(self, folder: Path) -> Path:
        """Where the list of the round stands."""
        title = self.letter.name.in_language(self.say.language)
        return folder / f"{title} {self.say(N_('list'))}.xlsx"

    def writing(
        self,
        folder: Path,
        texts: Mapping[str, str],
        chosen: Collection[int] | None = None,
        check: Callable[[Path], object] | None = None,
        sent: tuple[date, str] | None = None,
    ) -> Callable[[Progress], RoundWritten]:
        """The job: a file a buyer and the list. `texts`: what is typed, for all; `chosen` None: everybody.

        `check` refuses a file that may not be replaced, before any is written. `sent`: the day and the way they go out,
        kept of each letter whose sending is recorded. Raises `NobodyToWrite`, `EventInFuture`.
        """
        lines = tuple(
            each for each in self.lines() if chosen is None or each.buyer_id in chosen
        )

        def job(progress: Progress) -> RoundWritten:
            targets = self.targets(folder, lines)
            if not any(line.refused is None for line in lines):
                raise NobodyToWrite(
                    client=self.client,
                    letter=self.letter.name, on=self.today,
                )  # fmt: skip
            if sent is not None and sent[0] > self.today:
                raise EventInFuture(on=sent[0])
            if check is not None:
                for path in (*targets.values(), self.list_target(folder)):
                    check(path)
            folder.mkdir(parents=True, exist_ok=True)
            done = [
                self._one(line, targets[line.buyer_id], texts, sent, progress)
                for line in progress.each(lines, N_("Writing the letters"))
            ]
            where = self.list_target(folder)
            list_workbook.write(self.shown(done), where, self.say.language, progress)
            return RoundWritten(lines=tuple(done), list=where)

        return job

    def _one(
        self,
        line: RoundLine,
        path: Path,
        texts: Mapping[str, str],
        sent: tuple[date, str] | None,
        progress: Progress,
    ) -> tuple[RoundLine, Path | None]:
        if line.refused is not None:
            return line, None
        try:
            about = About.of(self.desk, self.letter, self.today, self.say, policy=None, buyer=line.buyer_id)  # fmt: skip
            draft = DRAFTS[self.letter.source](about)
            draft.take_texts(texts)
            country = about.the_buyer.card.country
            language = self.language or ("zh" if country in {"", "CN"} else "en")
            draft.writing(path, language)(progress)
            record = draft.record
            if sent is not None and record is not None:
                self.desk.do(partial(record, *sent, None))
        except UserError as refused:
            return replace(line, refused=refused.said), None
        return line, path

    def shown(self, done: Collection[tuple[RoundLine, Path | None]]) -> ShownList:
        """The list: what was written, and what wasn't and why."""
        say = self.say
        title = self.letter.name.in_language(say.language)
        client = self.client
        heads = (N_("Buyer"), N_("Items"), N_("Days overdue"), N_("Amount"), N_("Not demanded"), N_("Letter"), N_("Why not"))  # fmt: skip
        rows = [
            (
                line.buyer,
                line.items,
                line.days,
                say.moneys(line.amounts),
                say.moneys(line.left_out),
                path.name if path else say(N_("none written")),
                say.message(line.refused) if line.refused else "",
            )
            for line, path in done
        ]
        return ShownList(title, f"{client}  {say.day(self.today)}", tuple(map(say, heads)), rows)  # fmt: skip


def _of_reminder(found: Reminder) -> RoundLine:
    refused = found.refusal()
    late = max((each.days_overdue for each in found.items), default=None)
    return RoundLine(
        buyer_id=found.buyer_id,
        buyer=found.buyer.name,
        items=len(found.demands),
        days=late,
        amounts=found.total,
        left_out=found.left_out,
        refused=refused.said if refused else None,
    )


def _safe(name: str) -> str:
    return "".join(each if each.isalnum() or each in "-_. " else "-" for each in name).strip(". ") or "-"  # fmt: skip
