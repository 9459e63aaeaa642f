"""One paper to everybody it concerns, of one client or of several: writing them, and the list of what was done."""

from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from creditdesk import private
from creditdesk.errors import Cancelled, UserError
from creditdesk.i18n import N_, Language, Message
from creditdesk.jobs import Progress
from creditdesk.presenters.letters.round_papers import (
    Keep,
    Key,
    RoundLine,
    RoundPaper,
    Sheet,
)
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import list_workbook
from creditdesk.reports.joined import join
from creditdesk.reports.list_workbook import ShownList
from creditdesk.services.watch.values import EventInFuture
from creditdesk.workspace import Desk

_CANCELLED = N_("cancelled before its turn")
_UNRECORDED = N_("written, but not recorded as sent: {why}")


class NobodyToWrite(UserError):
    """A round to nobody."""

    message = N_("No buyer of {client} gets “{letter}” on {on}: nothing is there to write.")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundWritten:
    """What was written to which file, and where the list of it stands; `whole`: the one file all are in, if so.

    A line with a file and `refused` was written, and something besides went wrong. `cancelled`: the rest was left.
    """

    lines: tuple[tuple[RoundLine, Path | None], ...]
    list: Path
    whole: Path | None = None
    cancelled: bool = False

    @property
    def written(self) -> tuple[tuple[RoundLine, Path], ...]:
        """Those that were."""
        return tuple((line, path) for line, path in self.lines if path is not None)

    @property
    def refused(self) -> tuple[RoundLine, ...]:
        """Those that weren't, with why."""
        return tuple(line for line, path in self.lines if path is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRound:
    """A paper, for the buyers of these clients. `language` None: each that of whom it is written to."""

    desk: Desk
    paper: RoundPaper
    client_ids: tuple[int, ...]
    today: date
    say: Wording
    language: Language | None = None

    @property
    def title(self) -> str:
        """What the paper is called."""
        return self.paper.name.in_language(self.say.language)

    @property
    def clients(self) -> Mapping[int, str]:
        """The names of the clients, by number."""
        return {each.id: each.name for each in self.desk.clients.all() if each.id in self.client_ids}  # fmt: skip

    @property
    def whose(self) -> str:
        """The client's name; of several, that they are several."""
        names = tuple(self.clients.values())
        if len(names) == 1:
            return names[0]
        return self.say.plural(N_("{count} client"), N_("{count} clients"), len(names))

    def lines(self) -> tuple[RoundLine, ...]:
        """Who gets what, by client and name; also those that get none though something is late."""
        found = self.paper.lines(self.desk, self.clients, self.today)
        return tuple(sorted(found, key=lambda each: (each.client, each.buyer)))

    def targets(self, folder: Path, lines: Collection[RoundLine]) -> Mapping[Key, Path]:
        """The file of each paper, of several clients in a folder each; two of one name are told apart by numbers."""
        taken: dict[str, int] = {}
        several = len({line.client_id for line in lines}) > 1
        found = {}
        for line in lines:
            own = f"{self.title} {_safe(line.whose)}"
            name = f"{_safe(line.client)}/{own}" if several and line.buyer else own
            taken[name] = taken.get(name, 0) + 1
            if taken[name] > 1:
                name = f"{name} {line.buyer_id or line.client_id}-{taken[name]}"
            found[line.key] = folder / f"{name}.pdf"
        return found

    def list_target(self, folder: Path) -> Path:
        """Where the list of the round stands."""
        return folder / f"{self.title} {self.say(N_('list'))}.xlsx"

    def whole_target(self, folder: Path) -> Path:
        """Where all of them stand, where they go into one file."""
        return folder / f"{self.title}.pdf"

    def writing(  # noqa: PLR0913 - which, to where, with what
        self,
        folder: Path,
        texts: Mapping[str, str],
        chosen: Collection[Key] | None = None,
        check: Callable[[Path], object] | None = None,
        sent: tuple[date, str] | None = None,
        *,
        in_one: bool = False,
    ) -> Callable[[Progress], RoundWritten]:
        """The job: a file each, or one of all, and the list. `texts`: what is typed, for all; `chosen` None: everybody.

        `check` refuses a file that may not be replaced, before any is written. `sent`: the day and the way they go out,
        kept of each paper whose sending is recorded. Cancelled, what was done stays and is listed; before the first it
        leaves nothing. Raises `NobodyToWrite`, `EventInFuture`.
        """
        lines = tuple(
            each for each in self.lines() if chosen is None or each.key in chosen
        )

        def job(progress: Progress) -> RoundWritten:
            if not any(line.refused is None for line in lines):
                raise NobodyToWrite(client=self.whose, letter=self.paper.name, on=self.today)  # fmt: skip
            if sent is not None and sent[0] > self.today:
                raise EventInFuture(on=sent[0])
            whole = self.whole_target(folder) if in_one else None
            targets = self.targets(folder, lines)
            if check is not None:
                for path in (*((whole,) if whole else targets.values()), self.list_target(folder)):  # fmt: skip
                    check(path)
            return _Writing(self, folder, lines, texts, sent).run(targets, whole, progress)  # fmt: skip

        return job

    def shown(self, done: Collection[tuple[RoundLine, Path | None]]) -> ShownList:
        """The list: what was written, and what wasn't and why."""
        say = self.say
        heads = (N_("Client"), N_("Buyer"), N_("Items"), N_("Days overdue"), N_("Amount"), N_("Not demanded"), N_("Letter"), N_("Why not"))  # fmt: skip
        rows = [
            (
                line.client,
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
        return ShownList(self.title, f"{self.whose}  {say.day(self.today)}", tuple(map(say, heads)), rows)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Writing:
    """The work itself."""

    round: LetterRound
    folder: Path
    lines: tuple[RoundLine, ...]
    texts: Mapping[str, str]
    sent: tuple[date, str] | None

    def run(
        self, targets: Mapping[Key, Path], whole: Path | None, progress: Progress
    ) -> RoundWritten:
        done: dict[Key, tuple[RoundLine, Path | None]] = {}
        cancelled = False
        with ExitStack() as room:
            plain = room.enter_context(private.folder()) if whole else None
            kept: list[tuple[RoundLine, Path, Keep | None]] = []
            try:
                for at, line in enumerate(progress.each(self.lines, N_("Writing the letters"))):  # fmt: skip
                    path = plain / f"{at}.pdf" if plain else targets[line.key]
                    result, keep = self._one(line, path, progress)
                    if whole and result[1] is not None:
                        kept.append((line, path, keep))
                        continue
                    done[line.key] = self._sent(*result, keep)
            except Cancelled:
                if not kept and not any(path for _, path in done.values()):
                    raise
                cancelled = True
            if whole and kept:
                whole.parent.mkdir(parents=True, exist_ok=True)
                join([(_titled(line), path) for line, path, _ in kept], whole)
                for line, _, keep in kept:
                    done[line.key] = self._sent(line, whole, keep)
        left = Message(_CANCELLED)
        found = tuple(
            done.get(line.key, (line if line.refused else replace(line, refused=left), None))
            for line in self.lines
        )  # fmt: skip
        where = self.round.list_target(self.folder)
        where.parent.mkdir(parents=True, exist_ok=True)
        # The list stands also of what was cancelled, so that it can't be cancelled itself.
        list_workbook.write(self.round.shown(found), where, self.round.say.language, Progress())  # fmt: skip
        return RoundWritten(lines=found, list=where, whole=whole if any(path for _, path in found) else None, cancelled=cancelled)  # fmt: skip

    def _one(
        self, line: RoundLine, path: Path, progress: Progress
    ) -> tuple[tuple[RoundLine, Path | None], Keep | None]:
        if line.refused is not None:
            return (line, None), None
        asked = self.round
        sheet = Sheet(path=path, today=asked.today, texts=self.texts, say=asked.say, language=asked.language)  # fmt: skip
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            keep = asked.paper.write(asked.desk, line, sheet, progress)
        except UserError as refused:
            return (replace(line, refused=refused.said), None), None
        return (line, path), keep

    def _sent(
        self, line: RoundLine, path: Path | None, keep: Keep | None
    ) -> tuple[RoundLine, Path | None]:
        if path is None or keep is None or self.sent is None:
            return line, path
        try:
            keep(*self.sent)
        except UserError as refused:
            why = Message.of(_UNRECORDED, why=refused.said)
            return replace(line, refused=why), path
        return line, path


def _titled(line: RoundLine) -> str:
    return f"{line.client} · {line.buyer}" if line.buyer else line.client


def _safe(name: str) -> str:
    return "".join(each if each.isalnum() or each in "-_. " else "-" for each in name).strip(". ") or "-"  # fmt: skip
