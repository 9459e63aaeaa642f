"""Buyers that may be one, without Qt: the pairs with their reasons, the two cards, and the merges that were made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from creditdesk.domain.base.identity import check_uscc
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import (
    Double,
    DoubleSide,
    MergeId,
    MergeLine,
    MergePlan,
)
from creditdesk.services.policies import STATE_TITLES
from creditdesk.workspace import Workspace

TABLES = frozenset({"buyer", "buyer_merge", "buyers_apart", "client"})
_SURE, _LIKELY = 80, 50
_RECORDS: Mapping[str, tuple[str, str]] = {
    "invoice": (N_("{count} document"), N_("{count} documents")),
    "payment": (N_("{count} payment"), N_("{count} payments")),
    "aged_balance": (N_("{count} balance of a summary"), N_("{count} balances of a summary")),
    "bank_line": (N_("{count} receipt of a bank"), N_("{count} receipts of a bank")),
    "credit_limit": (N_("{count} limit decision"), N_("{count} limit decisions")),
    "limit_request": (N_("{count} limit request"), N_("{count} limit requests")),
    "discretionary_ground": (N_("{count} discretionary limit"), N_("{count} discretionary limits")),
    "buyer_event": (N_("{count} report"), N_("{count} reports")),
    "notice": (N_("{count} notice to the insurer"), N_("{count} notices to the insurer")),
    "declaration_line": (N_("{count} declared document"), N_("{count} declared documents")),
    "claim": (N_("{count} claim"), N_("{count} claims")),
    "duty": (N_("{count} duty"), N_("{count} duties")),
}  # fmt: skip
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DoublesFound:
    """What the desk says."""

    doubles: tuple[Double, ...] = ()
    merges: tuple[MergeLine, ...] = ()
    clients: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plans:
    """What merging the chosen two would do, either way. `first`: the left one is kept."""

    first: MergePlan
    second: MergePlan


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One thing about both, side by side."""

    name: str
    one: str
    other: str


class DoublesPresenter:
    """The pairs that wait, and the merges."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.found = DoublesFound()
        self.chosen: Double | None = None
        self.plans: Plans | None = None
        self.changed: Event[None] = Event()
        self.pairs: Table[Double] = Table(
            self._pair_columns(), key_of, sort="share", descending=True
        )
        self.merges: Table[MergeLine] = Table(
            self._merge_columns(), lambda row: row.id, sort="at", descending=True
        )

    def job(self) -> Job[DoublesFound]:
        """The work of looking for doubles."""
        desk, client = self._workspace.desk, self._workspace.client

        def job(_progress: Progress) -> DoublesFound:
            names = {int(line.id): line.name for line in desk.clients.all()}
            doubles = desk.buyers.doubles(client)
            return DoublesFound(doubles, desk.buyers.merges(client), names)

        return job

    def show(self, found: DoublesFound) -> None:
        """It is known. Where the pair looked at was decided, the one below it comes up."""
        place = self.pairs.row_of(key_of(self.chosen)) if self.chosen else None
        self.found = found
        self.pairs.show(found.doubles)
        self.merges.show(found.merges)
        same = self.pairs.get(key_of(self.chosen)) if self.chosen else None
        rows = self.pairs.rows
        if same is None and rows:
            same = rows[min(place or 0, len(rows) - 1)]
        if same != self.chosen:
            self.plans = None
        self.chosen = same
        self.changed.emit(None)

    def choose(self, pair: Pair) -> None:
        """Look at a pair."""
        row = self.pairs.get(pair)
        if row is not None and row != self.chosen:
            self.chosen, self.plans = row, None
            self.changed.emit(None)

    def planning(self) -> Job[tuple[Pair, Plans]]:
        """The work of finding out what merging the chosen pair would do."""
        assert self.chosen is not None  # noqa: S101 - asked only for what is looked at
        buyers, pair = self._workspace.desk.buyers, key_of(self.chosen)
        one, other = self.chosen.one.id, self.chosen.other.id
        return lambda _progress: (
            pair,
            Plans(buyers.merge_plan(one, other), buyers.merge_plan(other, one)),
        )

    def show_plans(self, told: tuple[Pair, Plans]) -> None:
        """What a merge would do is known; it may be of a pair that is no longer looked at."""
        pair, plans = told
        if self.chosen is not None and key_of(self.chosen) == pair:
            self.plans = plans
            self.changed.emit(None)

    def merging(self, plan: MergePlan) -> Job[None]:
        """The work of making the two one."""
        desk = self._workspace.desk

        def job(progress: Progress) -> None:
            desk.do(lambda: desk.buyers.merge(plan.keep, plan.gone), progress)

        return job

    def unmerging(self, merge: MergeId) -> Job[None]:
        """The work of making them two again."""
        desk = self._workspace.desk
        return lambda progress: desk.do(lambda: desk.buyers.unmerge(merge), progress)

    def parting(self) -> Job[None]:
        """The work of keeping that the chosen two are two."""
        assert self.chosen is not None  # noqa: S101 - only what is looked at is decided
        buyers = self._workspace.desk.buyers
        one, other = self.chosen.one.id, self.chosen.other.id
        return lambda _progress: buyers.keep_apart(one, other)

    @property
    def head(self) -> str:
        """What is asked of the chosen pair."""
        if self.chosen is None:
            return ""
        question = self.chosen.likeness.question
        if question is not None:
            return self._wording.message(question)
        return self._wording(N_("Are these one and the same customer?"))

    @property
    def grounds(self) -> tuple[str, ...]:
        """What speaks for it and against it."""
        if self.chosen is None:
            return ()
        return tuple(
            self._wording.message(each.said) for each in self.chosen.likeness.grounds
        )

    @property
    def lines(self) -> tuple[ComparedLine, ...]:
        """The two cards, side by side; what neither has is left out."""
        if self.chosen is None:
            return ()
        one, other = self.chosen.one, self.chosen.other
        pairs = zip(self._told(one), self._told(other), strict=True)
        return tuple(
            ComparedLine(self._wording(name), mine, theirs)
            for (name, mine), (_, theirs) in pairs
            if mine or theirs
        )

    @property
    def obstacles(self) -> tuple[str, ...]:
        """Why the chosen two can't be merged as they stand."""
        if self.plans is None:
            return ()
        return tuple(self._wording.message(each) for each in self.plans.first.obstacles)

    @property
    def may_merge(self) -> bool:
        """Whether the chosen two can be merged."""
        return self.plans is not None and not self.plans.first.obstacles

    def merge_words(self, plan: MergePlan) -> str:
        """Exactly what a merge would do."""
        assert self.chosen is not None  # noqa: S101 - only what is looked at is decided
        say = self._wording
        sides = {side.id: side for side in (self.chosen.one, self.chosen.other)}
        keep, gone = sides[plan.keep], sides[plan.gone]
        said = [
            say(N_("{gone} becomes {keep}."), gone=_called(gone), keep=_called(keep)),
            say(N_("To it go: {moves}."), moves=self.moves_words(plan.moves))
            if plan.moves
            else say(N_("Nothing else names it yet.")),
        ]
        if plan.names:
            said.append(say(N_("Other names of it from then on: {names}."), names=plan.names))  # fmt: skip
        said.append(
            say(
                N_("A later ledger with its old code or name finds {keep}. The merge can be undone."),
                keep=keep.name,
            )
        )  # fmt: skip
        return "\n".join(said)

    def unmerge_words(self, row: MergeLine) -> str:
        """Exactly what undoing a merge would do."""
        return self._wording(
            N_(
                "{gone} becomes a buyer of its own again and takes back what came from it: {moves}. "
                "What was imported since stays with {keep}."
            ),
            gone=row.gone,
            keep=row.keep,
            moves=self.moves_words(row.moves) or "–",
        )

    def moves_words(self, moves: Mapping[str, int]) -> str:
        """How many records of what."""
        return self._wording.list(
            self._wording.plural(*_RECORDS[table], count)
            for table, count in moves.items()
        )

    def _told(self, side: DoubleSide) -> Iterator[tuple[str, str]]:
        say = self._wording
        check = check_uscc(side.tax_id) if side.tax_id and side.country in {"", "CN"} else None  # fmt: skip
        wrong = check is not None and not check.valid
        yield N_("Code"), say.list(side.codes)
        yield N_("Tax id"), side.tax_id + (" · " + say(N_("to be checked")) if wrong else "")  # fmt: skip
        yield N_("Also called"), say.list(side.aliases)
        yield N_("Country"), side.country
        yield N_("Outstanding"), say.moneys(side.open)
        yield N_("Documents"), str(side.documents or "")
        yield N_("Payments"), str(side.payments or "")
        yield N_("Credit limits"), say.list(self._limits(side))
        yield N_("Claims"), say.list(side.claims)
        yield N_("From the files"), say.list(side.files)

    def _limits(self, side: DoubleSide) -> Iterator[str]:
        say = self._wording
        for each in side.limits:
            yield f"{each.policy}: {say(STATE_TITLES[each.state])} {say.money(each.amount)}"

    def _pair_columns(self) -> list[Column[Double]]:
        say = self._wording
        return [
            Column(key="client", title=N_("Client"), cell=self._client, order=self._client_name, width=110, hidden=self._workspace.client is not None),
            Column(key="one", title=N_("Buyer"), cell=lambda row: Cell(_called(row.one), hint=_called(row.one)), order=lambda row: row.one.name, stretch=True),
            Column(key="other", title=N_("and"), cell=lambda row: Cell(_called(row.other), hint=_called(row.other)), order=lambda row: row.other.name, width=184),
            Column(key="why", title=N_("Why"), cell=self._why, width=150, hidden=True),
            Column(key="share", title=N_("Likely"), cell=self._share, order=lambda row: row.likeness.confidence, value=lambda row: say.percent(_share(row)), right=True, width=72),
        ]  # fmt: skip

    def _client(self, row: Double) -> Cell:
        name = self._client_name(row)
        return Cell(name, hint=name)

    def _client_name(self, row: Double) -> str:
        return self.found.clients.get(row.one.client_id, "")

    def _why(self, row: Double) -> Cell:
        say = self._wording
        said = " ".join(say.message(each.said) for each in row.likeness.grounds)
        return Cell(said, Tone.QUIET, said)

    def _share(self, row: Double) -> Cell:
        if row.likeness.question is not None:
            return Cell(self._wording(N_("to be asked")), Tone.WARNING, self._wording.percent(_share(row)))  # fmt: skip
        share = row.likeness.confidence
        tone = Tone.DONE if share >= _SURE else Tone.PLAIN if share >= _LIKELY else Tone.QUIET  # fmt: skip
        return Cell(self._wording.percent(_share(row)), tone)

    def _merge_columns(self) -> list[Column[MergeLine]]:
        say = self._wording
        return [
            Column(key="at", title=N_("Merged"), cell=lambda row: say.moment(row.merged_at), order=lambda row: row.merged_at, value=lambda row: row.merged_at.date(), width=132),
            Column(key="client", title=N_("Client"), cell=lambda row: row.client, order=lambda row: row.client, width=110, hidden=self._workspace.client is not None),
            Column(key="gone", title=N_("What it was"), cell=self._gone, order=lambda row: row.gone, stretch=True),
            Column(key="keep", title=N_("Is now"), cell=lambda row: Cell(row.keep, hint=row.keep), order=lambda row: row.keep, width=220),
            Column(key="moves", title=N_("Moved"), cell=self._moves, width=190),
            Column(key="who", title=N_("By"), cell=lambda row: row.who, order=lambda row: row.who, width=84),
            Column(key="state", title=N_("State"), cell=self._state, width=110),
        ]  # fmt: skip

    def _gone(self, row: MergeLine) -> Cell:
        said = f"{row.gone}  {row.gone_code}".strip()
        return Cell(said, hint=said)

    def _moves(self, row: MergeLine) -> Cell:
        said = self.moves_words(row.moves)
        return Cell(said, Tone.QUIET, said)

    def _state(self, row: MergeLine) -> Cell:
        if row.undone_at is None:
            return Cell(self._wording(N_("stands")))
        day = self._wording.day(row.undone_at.date())
        return Cell(self._wording(N_("undone {day}"), day=day), Tone.FAINT)


def key_of(double: Double) -> Pair:
    """What tells a pair again."""
    return double.one.id, double.other.id


def _share(row: Double) -> Decimal:
    return Decimal(row.likeness.confidence) / 100


def _called(side: DoubleSide) -> str:
    code = side.codes[0] if side.codes else ""
    return f"{side.name}  {code}" if code else side.name
