"""The checklist of a claim, without Qt: its items, the files under the chosen one, and attaching."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from creditdesk import outputs, private
from creditdesk.catalog.checklists import standard
from creditdesk.domain.base.evidence import PDF, EvidenceState
from creditdesk.domain.claim.claims import (
    ITEM_STATE_TITLES,
    ChecklistRow,
    ItemState,
    MadeBy,
)
from creditdesk.errors import Cancelled, UserError
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.importers.files import evidence
from creditdesk.jobs import Progress
from creditdesk.presenters.claims.blackening import BlackeningPresenter, opening
from creditdesk.presenters.claims.claim_papers import PaperPresenter
from creditdesk.presenters.claims.claim_wording import item_state, suppliers
from creditdesk.presenters.claims.own_items import OwnItems
from creditdesk.presenters.ledger.einvoices import printable
from creditdesk.presenters.parts.attaching import take
from creditdesk.presenters.parts.form import Option
from creditdesk.presenters.parts.opened_as import opened_as
from creditdesk.presenters.parts.own_folder import OwnFolder
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import (
    ClaimFile,
    ClaimId,
    EvidenceId,
    EvidenceLine,
    OfferedPaper,
)
from creditdesk.services.claims.strangers import NumberOfAnother, PaperOfAnother
from creditdesk.services.credit import FilePaper
from creditdesk.workspace import Desk

INVOICES = "C08"
"""The item under which invoices are claimed (rules.md 5.1 C08)."""
_BY_FILES = "by_files"
_SAID_BY_HAND = (ItemState.REQUESTED, ItemState.TO_BE_SEALED, ItemState.WAIVED)


class ReasonMissing(UserError):
    """An item the insurer doesn't want needs its word."""

    message = N_("Write in the remark why the insurer doesn't want {item}, and in which letter it says so.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of the files: all that could be read are kept, whatever is wrong with them."""

    item: str
    lines: tuple[EvidenceLine, ...]
    refused: tuple[Message, ...]
    locked: tuple[tuple[Path, EvidenceLine], ...] = ()
    """The protected PDFs among them: kept as they are until somebody gives the password."""
    doubts: tuple[tuple[Path, Message], ...] = ()
    """Those that name another buyer, and what they name: not kept until somebody says so."""


class ClaimChecklistPresenter:
    """The items, and what lies under the one that is chosen."""

    def __init__(
        self,
        desk: Desk,
        claim_id: ClaimId,
        wording: Wording,
        today: Callable[[], date],
    ) -> None:
        self._claims = desk.claims
        self._do: Callable[[Callable[[], EvidenceLine]], EvidenceLine] = desk.do
        self._upkeep = desk.upkeep
        self._claim = claim_id
        self.papers = PaperPresenter(desk, claim_id, wording, today)
        self.own = OwnItems(desk, claim_id, wording)
        self._wording = wording
        self._evidence: Sequence[EvidenceLine] = ()
        self._offered: Sequence[OfferedPaper] = ()
        self._credit, self._today = desk.credit, today
        self.of_file: tuple[FilePaper, ...] = ()
        self._opened = OwnFolder()
        self.chosen: ChecklistRow | None = None
        self.told: tuple[tuple[str, Tone], ...] = ()
        self.changed: Event[None] = Event()
        self.items: Table[ChecklistRow] = Table(
            self._item_columns(), lambda row: row.code
        )
        self.files: Table[EvidenceLine] = Table(
            self._file_columns(), lambda row: row.id
        )

    def show(self, file: ClaimFile) -> None:
        """The claim as it is now; the same item stays chosen."""
        self._evidence = file.evidence
        self._offered = self._claims.offered(self._claim)
        there = {each.digest for each in file.evidence}
        kept = self._credit.papers(file.line.buyer_id, self._today())
        self.of_file = tuple(each for each in kept if each.digest not in there)
        self.own.show(file.line)
        self.items.show(file.checklist)
        code = self.chosen.code if self.chosen else file.checklist[0].code
        self._choose(code)

    def choose(self, code: str) -> None:
        """Show what lies under another item."""
        if self.chosen is None or code != self.chosen.code:
            self.told = ()
            self._choose(code)

    @property
    def title(self) -> str:
        """The chosen item."""
        row = self.chosen
        return f"{row.code}  {self._title(row)}" if row else ""

    @property
    def why(self) -> str:
        """What the item is for, and what makes it."""
        row = self.chosen
        if row is None:
            return ""
        rule = standard().item(row.code)
        parts = [rule.why.in_language(self._wording.language) if rule else row.why]
        if row.made_by is MadeBy.PROGRAM:
            parts.append(self._wording(N_("CreditDesk writes this one into the package.")))  # fmt: skip
        elif row.made_by is MadeBy.NOTICE:
            parts.append(self._wording(N_("It counts once its sending is recorded; a stamped copy may be attached.")))  # fmt: skip
        return " · ".join(part for part in parts if part)

    @property
    def states(self) -> tuple[Option, ...]:
        """What may be said by hand of an item."""
        say = self._wording
        first = Option(_BY_FILES, say(N_("As its files say")))
        rest = (Option(each, say(ITEM_STATE_TITLES[each])) for each in _SAID_BY_HAND)
        return (first, *rest)

    @property
    def state(self) -> str:
        """Which of these stands now."""
        row = self.chosen
        return row.state if row and row.state in _SAID_BY_HAND else _BY_FILES

    def say(self, state: str, remark: str) -> None:
        """How far the item is, in the person's words; raises `ReasonMissing`."""
        row = self.chosen
        if row is None:
            return
        kept = ItemState.MISSING if state == _BY_FILES else ItemState(state)
        if kept is ItemState.WAIVED and not remark.strip():
            raise ReasonMissing(item=row.code)
        if (state, remark.strip()) != (self.state, row.note):
            self._claims.set_item(self._claim, row.code, kept, remark)

    def attaching(
        self, paths: Sequence[Path], *, anyway: bool = False
    ) -> Callable[[Progress], Attached]:
        """The job: look at each file and keep it under the chosen item. What is kept before a cancel stays.

        Papers of another buyer are kept `anyway` only, else told as doubts.
        """
        assert self.chosen is not None  # noqa: S101 - the button stands under an item
        claims, claim, item = self._claims, self._claim, self.chosen.code
        most = self._upkeep.threshold("evidence_mb")

        def job(progress: Progress) -> Attached:
            lines: list[EvidenceLine] = []
            refused: list[Message] = []
            locked: list[tuple[Path, EvidenceLine]] = []
            doubts: list[tuple[Path, Message]] = []
            for path in paths:
                try:
                    progress.step(
                        Message.of(N_("Attaching {name}"), name=path.name),
                        len(lines) + len(refused),
                        len(paths),
                    )
                    looked, content = take(path, progress, megabytes=most)
                    try:
                        line = claims.attach(
                            claim, item, looked, content, anyway=anyway
                        )
                    except (PaperOfAnother, NumberOfAnother) as doubt:
                        doubts.append((path, doubt.said))
                        continue
                    lines.append(line)
                    if (line.state, line.media) == (EvidenceState.NEEDS_PASSWORD, PDF):
                        locked.append((path, line))
                except Cancelled:
                    if not lines:
                        raise
                    stopped = N_("Stopped before {name}; the files before it are attached.")  # fmt: skip
                    refused.append(Message.of(stopped, name=path.name))
                    break
                except UserError as error:
                    refused.append(error.said)
            return Attached(
                item, tuple(lines), tuple(refused), tuple(locked), tuple(doubts)
            )

        return job

    def unlocking(
        self, path: Path, line: EvidenceLine, password: str
    ) -> Callable[[Progress], Attached]:
        """The job: keep a protected PDF opened, in the place of the protected one; the password is kept nowhere.

        It raises `PasswordWrong`, and then the protected one stays.
        """
        claims, claim, do = self._claims, self._claim, self._do
        most = self._upkeep.threshold("evidence_mb")

        def job(progress: Progress) -> Attached:
            with private.folder() as room:
                opened = room / path.name
                opened.write_bytes(evidence.unlock(path, password, progress))
                looked, content = take(opened, progress, megabytes=most)

            def replace() -> EvidenceLine:
                made = claims.attach(claim, line.item, looked, content, anyway=True)
                claims.detach(claim, line.id)
                return made

            return Attached(line.item, (do(replace),), ())

        return job

    @property
    def offer(self) -> str:
        """What the button says that attaches e-invoices the desk keeps already; empty where there are none."""
        count = len(self._offered)
        if not count or self.chosen is None or self.chosen.code != INVOICES:
            return ""
        return self._wording.plural(
            N_("Attach {count} kept e-invoice"), N_("Attach {count} kept e-invoices"), count,
        )  # fmt: skip

    @property
    def file_offer(self) -> str:
        """What the button says that offers the papers of the buyer's file; empty where there are none."""
        count = len(self.of_file)
        return self._wording(N_("From the buyer's file ({count})"), count=count) if count else ""  # fmt: skip

    def file_words(self, paper: FilePaper) -> str:
        """A paper of the buyer's file in one line: the day, what it shows, its name."""
        say = self._wording
        return f"{say.day(paper.on)}  {say.message(paper.title)}  {paper.file_name}"

    def attaching_of_file(self, paper: FilePaper) -> Callable[[Progress], Attached]:
        """The job: attach a paper of the buyer's file to the chosen item."""
        return self._attaching_kept((paper,))

    def attaching_kept(self) -> Callable[[Progress], Attached]:
        """The job: attach the e-invoices of the claimed invoices that the desk keeps from imports.

        One without pages is attached as a page that carries it.
        """
        return self._attaching_kept(self._offered)

    def _attaching_kept(
        self, offered: Sequence[OfferedPaper | FilePaper]
    ) -> Callable[[Progress], Attached]:
        claims, language = self._claims, self._wording.language

        def job(progress: Progress) -> Attached:
            paths: list[Path] = []
            for place, paper in enumerate(offered, 1):
                # Two programs may call their files the same.
                folder = self._opened.file(str(place))
                folder.mkdir(exist_ok=True)
                path = folder / paper.file_name
                outputs.write(path, claims.evidence_content(paper.digest))
                paths.append(printable(path, language, progress))
            return self.attaching(paths)(progress)

        return self._opened.during(job)

    def showing(self, line: EvidenceLine) -> Callable[[Progress], BlackeningPresenter]:
        """The job: lay out the pages of a paper, to draw on them what is to be black."""
        place = self._opened.file(f"black-{line.id}.pdf")

        def read() -> bytes:
            return self._claims.evidence_content(line.digest)

        return self._opened.during(opening(line, read, place))

    def tell(self, attached: Attached) -> None:
        """Say what became of the files, one sentence for each that is not simply fine."""
        said = [(self._wording.message(each), Tone.DANGER) for each in attached.refused]
        for line in attached.lines:
            if line.state != EvidenceState.OK:
                said.append((self._unprintable(line), Tone.DANGER))
            elif line.duplicate:
                said.append((self._twice(line), Tone.WARNING))
        fine = sum(1 for line in attached.lines if line.state == EvidenceState.OK)
        if fine:
            text = self._wording.plural(
                N_("{count} file attached to {item}."),
                N_("{count} files attached to {item}."),
                fine,
                item=attached.item,
            )
            said.append((text, Tone.DONE))
        self.told = tuple(said)
        self.changed.emit(None)

    def remove(self, evidence_id: EvidenceId) -> None:
        """Take a file off the item; the desk keeps it."""
        self._claims.detach(self._claim, evidence_id)

    def place(self, evidence_id: object) -> tuple[EvidenceLine, int, int] | None:
        """A file of the chosen item, its place among the item's files from 1, and how many these are."""
        line = self.line(evidence_id)
        if line is None:
            return None
        mine = [each.id for each in self._evidence if each.item == line.item]
        return line, mine.index(line.id) + 1, len(mine)

    @property
    def in_order(self) -> bool:
        """Whether the list shows the item's files in the order in which they are bound, all of them."""
        shown = [line.id for line in self.files.rows]
        mine = [
            each.id
            for each in self._evidence
            if self.chosen and each.item == self.chosen.code
        ]
        return shown == mine

    def line(self, evidence_id: object) -> EvidenceLine | None:
        """A file by its id."""
        return next((each for each in self._evidence if each.id == evidence_id), None)

    def copy_to_open(self, line: EvidenceLine) -> Path | None:
        """A copy for the system's viewer, gone when the page closes; None for kinds no viewer should be given."""
        name = opened_as(line.media, line.file_name)
        if name is None:
            return None
        copy = self._opened.file(f"{line.id}-{name}")
        outputs.write(copy, self._claims.evidence_content(line.digest))
        return copy

    def save_copy(self, line: EvidenceLine, path: Path) -> None:
        """Write a file out as it was attached."""
        outputs.write(path, self._claims.evidence_content(line.digest))

    def close(self) -> None:
        """Leave no copies behind."""
        self._opened.close()

    def _choose(self, code: str) -> None:
        self.chosen = self.items.get(code)
        self.files.show([line for line in self._evidence if line.item == code])
        self.changed.emit(None)

    def _title(self, row: ChecklistRow) -> str:
        return row.title.in_language(self._wording.language)

    def _pages(self, row: ChecklistRow) -> int:
        return sum(
            line.bound or 0
            for line in self._evidence
            if line.item == row.code and not line.duplicate
        )

    def _unprintable(self, line: EvidenceLine) -> str:
        return self._wording(
            N_("{name} is kept, but can't be printed: {reason}."),
            name=line.file_name,
            reason=self._reason(line),
        )

    def _reason(self, line: EvidenceLine) -> str:
        return self._wording.message(line.reason).rstrip(".。") if line.reason else ""

    def _twice(self, line: EvidenceLine) -> str:
        same = (each for each in self._evidence if each.digest == line.digest)
        first = next(same, line)
        return self._wording(
            N_("{name} is the same file as {other} under {item}; it is bound once."),
            name=line.file_name,
            other=first.file_name,
            item=first.item,
        )

    def _item_columns(self) -> list[Column[ChecklistRow]]:
        wording = self._wording
        return [
            Column(key="item", title=N_("Document"), cell=self._item, stretch=True),
            Column(key="state", title=N_("State"), cell=lambda row: item_state(row, wording), width=118),
            Column(key="by", title=N_("Supplied by"), cell=lambda row: suppliers(row, wording), width=110),
            Column(key="need", title=N_("Needed"), cell=self._need, width=72),
            Column(key="pages", title=N_("Pages"), cell=self._pages_cell, right=True, width=64),
        ]  # fmt: skip

    def _item(self, row: ChecklistRow) -> Cell:
        remark = f"   {row.note}" if row.note else ""
        text = f"{row.code}  {self._title(row)}{remark}"
        return Cell(text, hint=text)

    def _need(self, row: ChecklistRow) -> Cell:
        if row.mandatory:
            return Cell(self._wording(N_("required")))
        return Cell(self._wording(N_("if any")), Tone.QUIET)

    def _pages_cell(self, row: ChecklistRow) -> str:
        pages = self._pages(row)
        return str(pages) if pages else ""

    def _file_columns(self) -> list[Column[EvidenceLine]]:
        wording = self._wording
        return [
            Column(key="name", title=N_("File"), cell=lambda row: Cell(row.file_name, hint=row.file_name), order=lambda row: row.file_name, stretch=True),
            Column(key="pages", title=N_("Pages"), cell=self.papers.pages, order=lambda row: row.pages, right=True, width=64),
            Column(key="state", title=N_("State"), cell=self._file_state, width=240),
            Column(key="added", title=N_("Attached"), cell=lambda row: wording.moment(row.added_at), order=lambda row: row.added_at, width=130),
        ]  # fmt: skip

    def _file_state(self, row: EvidenceLine) -> Cell:
        if row.state != EvidenceState.OK:
            return Cell(f"⚠ {self._wording(N_('can not be printed'))}", Tone.DANGER, self._unprintable(row))  # fmt: skip
        if row.duplicate:
            return Cell(self._wording(N_("the same file twice")), Tone.WARNING, self._twice(row))  # fmt: skip
        papers = self.papers
        said = self._wording.list((self._wording(N_("can be printed")), papers.standing(row)))  # fmt: skip
        return Cell(f"✓ {said}", Tone.DONE, papers.marked(row))
