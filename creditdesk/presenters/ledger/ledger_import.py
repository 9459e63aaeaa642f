"""Taking ledgers in, without Qt: the files as they are, what will be taken in, what stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from creditdesk.catalog.headings import Field
from creditdesk.catalog.term_questions import TERMS
from creditdesk.domain.ledger.documents import LedgerDraft
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.importers.files.cells import text
from creditdesk.intake import archives, opening
from creditdesk.intake import files as import_files
from creditdesk.intake import looking as intake
from creditdesk.intake.files import File
from creditdesk.intake.looking import ToldBefore
from creditdesk.intake.taking_in import (
    Draft,
    Told,
    keep_profile,
    owner_of,
    take_in,
    told_before,
)
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.ledger import file_words, import_result
from creditdesk.presenters.ledger import import_asking as asking
from creditdesk.presenters.ledger.import_asking import AskedQuestion
from creditdesk.presenters.ledger.import_columns import ColumnGuess, guesses
from creditdesk.presenters.ledger.import_questions import ImportQuestions, QuestionCard
from creditdesk.presenters.ledger.import_result import Remark, ResultLine
from creditdesk.presenters.parts.own_folder import OwnFolder
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import AgedTakenIn, BatchId, StatementTaken, TakenIn
from creditdesk.workspace import Workspace

_SHOWN_ROWS = 60


class Stage(StrEnum):
    """How far the import is."""

    NO_FILE = "no_file"
    LOOKING = "looking"
    CHECKED = "checked"


_ACTS = (
    (N_("Import {count} document"), N_("Import {count} documents")),
    (N_("Import {count} payment"), N_("Import {count} payments")),
    (N_("Import {count} balance"), N_("Import {count} balances")),
    (N_("Import {count} receipt"), N_("Import {count} receipts")),
    (N_("Keep {count} e-invoice"), N_("Keep {count} e-invoices")),
)
"""What the one button says, by what it counts; the first that there is of says it for all."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was taken in: imports made, what is new or changed, buyers to be asked about, e-invoices kept as evidence."""

    batches: tuple[BatchId, ...]
    documents: int
    changed: int
    receipts: int
    asked: int = 0
    papers: int = 0


class LedgerImportPresenter:
    """Files on their way into a client's ledger."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.client = workspace.client
        self.files: tuple[File, ...] = ()
        self.place = 0
        self.items = import_result.table(wording)
        self.changed: Event[None] = Event()
        self._payments_counted: bool | None = None
        self.questions = ImportQuestions(wording)
        self._sheets_asked: frozenset[Path] = frozenset()
        self._unpacked = OwnFolder()

    def expect_files(self) -> None:
        """A person is about to choose files: what reads the first of them starts meanwhile."""
        opening.expect_files()

    def close(self) -> None:
        """Nobody looks any more."""
        opening.expect_files(0)
        self._unpacked.close()

    @property
    def stage(self) -> Stage:
        """How far it is."""
        if not self.files:
            return Stage.NO_FILE
        return (
            Stage.CHECKED if any(each.checked for each in self.files) else Stage.LOOKING
        )

    @property
    def file(self) -> File | None:
        """The file that is shown."""
        return self.files[self.place] if self.files else None

    @property
    def clients(self) -> Sequence[tuple[int, str]]:
        """The clients a file can belong to."""
        return [(line.id, line.name) for line in self._workspace.desk.clients.all()]

    def opening(self, paths: Sequence[Path]) -> Job[Sequence[File]]:
        """The work of reading the files, and those in a .zip, and finding out what they are."""
        before, place = self._before(), self._unpacked.file

        def job(progress: Progress) -> Sequence[File]:
            files = archives.expanded(paths, place, progress)
            opening.expect_files(len(files))
            return [
                import_files.looked_at(import_files.opened(path, progress), before)
                for path in files
            ]

        return self._unpacked.during(job)

    def reopening(
        self,
        *,
        sheet: str | None = None,
        encoding: str | None = None,
        password: str | None = None,
    ) -> Job[Sequence[File]]:
        """The work of reading the shown file again, another way."""
        files, place, before = self.files, self.place, self._before()

        def job(progress: Progress) -> Sequence[File]:
            one = import_files.opened(
                files[place].path, progress, sheet=sheet, encoding=encoding, password=password,
            )  # fmt: skip
            again = import_files.looked_at(one, before)
            return [*files[:place], again, *files[place + 1 :]]

        return job

    def show_files(self, files: Sequence[File]) -> None:
        """The files were read."""
        if {each.path for each in files} != {each.path for each in self.files}:
            self.place = 0
            self._payments_counted = None
            self.questions.forget()
            self._sheets_asked = frozenset()
        self._hold(files)

    def show(self, place: int) -> None:
        """Look at another of the files."""
        self.place = place
        self._tell()

    def choosing_client(self, client: int | None) -> Job[Sequence[File]]:
        """Whose ledger it is, and the work of reading the columns by what its files told before."""
        self.client = client
        self.questions.forget()
        files, before = self.files, self._before()

        def job(progress: Progress) -> Sequence[File]:
            return [
                import_files.looked_at(each.opened, before)
                for each in progress.each(files, N_("Looking at the files"))
            ]

        return job

    def correct(self, column: int, field: str) -> None:
        """A person says what a column is; empty: it isn't read."""
        assert self.file is not None  # noqa: S101 - a column is chosen of a file
        self._replace(self.file.corrected(column, field))

    def set_day_first(self, *, day_first: bool | None) -> None:
        """A person says which comes first in the dates; None: decided from the columns."""
        assert self.file is not None  # noqa: S101 - dates are asked of a file
        piece = self.file.piece
        if piece is not None and piece.mapping is not None:
            mapping = replace(piece.mapping, day_first=day_first)
            self._replace(self.file.with_mapping(mapping))

    def set_day(self, day: date) -> None:
        """A person says of which day an aged summary is."""
        assert self.file is not None  # noqa: S101 - a day is asked of a file
        self._replace(self.file.with_day(day))

    @property
    def asked(self) -> AskedQuestion | None:
        """The one question that comes next, None when there is none."""
        if self.file is None or self.client is None:
            return None
        say = self._wording
        if self._asks_sheets(self.file):
            return asking.about_sheets(self.file, say)
        if question := asking.about_columns(self.file, say):
            return question
        return None if self._payments_counted is not None else self._about_payments()

    def _about_payments(self) -> AskedQuestion | None:
        """Whether payments may be told twice: beside open amounts, or after some that were taken in before."""
        pieces = [each.piece for each in self.files if each.piece]
        if intake.unclear_payments(pieces):
            return asking.about_payments(self._wording, together=True)
        assert self.client is not None  # noqa: S101 - nothing is asked before the client is known
        ledger = self._workspace.desk.ledger
        listed = any(each.lists_payments for each in pieces)
        if listed and ledger.says_open(self.client):
            return asking.about_payments(self._wording, together=False)
        return None

    def opening_sheets(self) -> Job[Sequence[File]]:
        """The work of reading the other sheets of the shown workbook."""
        files, place, before = self.files, self.place, self._before()

        def job(progress: Progress) -> Sequence[File]:
            sheets = import_files.with_sheets(files[place], before, progress)
            return [*files[:place], *sheets, *files[place + 1 :]]

        return job

    def answer(self, said: str) -> bool:
        """A person answers the question; the answer says whether other sheets are to be read now."""
        what, _, value = said.partition(":")
        if what == "sheets":
            assert self.file is not None  # noqa: S101 - sheets are asked of a file
            self._sheets_asked |= {self.file.path}
            self._tell()
            return value == "1"
        self._settle(what, value)
        return False

    def _settle(self, what: str, value: str) -> None:
        if what == "payments":
            self._payments_counted = value == "1"
            self._hold([replace(each, checked=None) for each in self.files])
        elif what == "proposed":
            self._accept()
        elif what == "dates":
            self.set_day_first(day_first=value == "1")
        else:
            self.correct(int(value), what)

    @property
    def card(self) -> QuestionCard | None:
        """What a person must say of the rows that were read; what stands against reading them comes first."""
        return None if self.asked else self.questions.card

    @property
    def badge(self) -> str:
        """How many questions wait; empty for none."""
        count = len(self.questions.waiting)
        return (
            self._wording.plural(N_("{count} question"), N_("{count} questions"), count)
            if count
            else ""
        )

    @property
    def unread(self) -> Sequence[str]:
        """The columns of the shown file that have content nobody read."""
        told = self.file.checked.told if self.file and self.file.checked else None
        return told.unread_columns if isinstance(told, TakenIn) else ()

    @property
    def asked_field(self) -> str:
        """The column the question is about, where it is about one."""
        card = self.card
        return Field.TERM.value if card and card.id.startswith(TERMS) else ""

    @property
    def asks_day(self) -> bool:
        """Whether the day of an aged summary is to be entered."""
        return self.file is not None and self.file.asks_day

    @property
    def may_check(self) -> bool:
        """Whether there is enough to see what would happen."""
        return (
            self.client is not None
            and self.asked is None
            and any(each.is_ready for each in self.files)
        )

    def checking(self) -> Job[Sequence[File]]:
        """The work of reading every row and comparing it with the desk; nothing is written."""
        files, client = self.files, self.client
        assert client is not None  # noqa: S101 - see `may_check`
        line = next(
            each for each in self._workspace.desk.clients.all() if each.id == client
        )
        ledger, counted = self._workspace.desk.ledger, self._payments_counted
        owner = owner_of(line, ledger, self.questions.said)

        def job(progress: Progress) -> Sequence[File]:
            return import_files.checked(
                files, ledger, client, owner, progress, payments_counted=counted
            )

        return job

    def taking_in(self) -> Job[Done]:
        """The work of writing it all, with the profiles for next month."""
        client, files = self.client, self.files
        assert client is not None  # noqa: S101 - see `may_act`

        def job(progress: Progress) -> Done:
            told = []
            for file, checked in import_files.ready(files):
                progress.step(Message(N_("Taking the ledger in")))
                told.append(self._take_in(client, file, checked.draft, progress))
            return _done(told)

        return job

    def _take_in(
        self,
        client: int,
        file: File,
        draft: Draft,
        progress: Progress,
    ) -> Told:
        ledger = self._workspace.desk.ledger
        if isinstance(draft, LedgerDraft):
            kept = {
                id_: option
                for id_, option in draft.answers.items()
                if id_ not in self.questions.once
            }
            draft = replace(draft, answers=kept)
        told = take_in(ledger, client, draft, file.path, progress)
        if file.piece is not None:
            keep_profile(ledger, client, file.piece)
        return told

    @property
    def title(self) -> str:
        """What the shown file is, and how it was read."""
        return file_words.title(self.file, self._wording)

    @property
    def tabs(self) -> Sequence[tuple[str, str]]:
        """Each file's name and what it is, where there are several."""
        if len(self.files) < 2:
            return ()
        return [
            (each.name, file_words.shape(each, self._wording)) for each in self.files
        ]

    @property
    def fault(self) -> str:
        """What stands against taking the shown file in."""
        return file_words.fault(self.file, self._wording)

    @property
    def rows(self) -> tuple[int, Sequence[Sequence[str]]]:
        """The first row that holds the headings (from 0; -1: there are none), and the file's first rows."""
        piece = self.file.piece if self.file else None
        if piece is not None and piece.structured is not None:
            return -1, import_result.about(piece.structured, self._wording)
        if piece is None or piece.sheet is None:
            return 0, ()
        start = piece.mapping.head.start if piece.mapping else 0
        if piece.aged is not None:
            start = piece.aged.head.start
        return start, [
            [text(cell) for cell in row] for row in piece.sheet.rows[:_SHOWN_ROWS]
        ]

    @property
    def guesses(self) -> Sequence[ColumnGuess]:
        """Every column and what it becomes; nothing for files whose columns nobody chooses."""
        piece = self.file.piece if self.file else None
        if piece is None or piece.sheet is None or piece.mapping is None:
            return ()
        return guesses(piece.sheet, piece.mapping, self._wording)

    @property
    def outcome(self) -> Sequence[ResultLine]:
        """What would happen, as names and figures."""
        checked = self.file.checked if self.file else None
        return import_result.outcome(checked, self._wording) if checked else ()

    @property
    def totals(self) -> Sequence[ResultLine]:
        """The file's sums beside its own totals, and the ledger's before and after."""
        return import_result.sums(self.file, self._wording) if self.file else ()

    @property
    def remarks(self) -> Sequence[Remark]:
        """What is said about rows, refused ones first."""
        checked = self.file.checked if self.file else None
        return import_result.remarks(checked, self._wording) if checked else ()

    @property
    def more(self) -> int:
        """How many lines of what will be taken in are not drawn."""
        checked = self.file.checked if self.file else None
        if checked is None:
            return 0
        return max(0, import_result.count(checked) - import_result.SHOWN)

    @property
    def act(self) -> str:
        """What the one button will do, over all files."""
        say = self._wording
        if self.stage is not Stage.CHECKED:
            return say(N_("Check the file"))
        for (one, many), count in zip(_ACTS, self._counts(), strict=True):
            if count:
                return say.plural(one, many, count)
        return say(N_("Nothing new to take in"))

    @property
    def may_act(self) -> bool:
        """Whether the one button can be pressed."""
        if self.stage is not Stage.CHECKED:
            return self.may_check
        if self.asked or self.questions.waits or self.questions.waiting:
            return False
        return any(self._counts())

    def _counts(self) -> tuple[int, ...]:
        """What each of `_ACTS` counts, over all files."""
        told = [each.checked.told for each in self.files if each.checked]
        ledgers = [each for each in told if isinstance(each, TakenIn)]
        return (
            sum(each.invoices_added + each.invoices_updated for each in ledgers),
            sum(each.payments_added + each.payments_updated for each in ledgers),
            sum(each.added + each.changed for each in told if isinstance(each, AgedTakenIn)),
            sum(each.added for each in told if isinstance(each, StatementTaken)),
            sum(each.papers for each in ledgers),
        )  # fmt: skip

    def _accept(self) -> None:
        assert self.file is not None  # noqa: S101 - a question is one of a file
        file = self.file
        for each in file.questions:
            if each.proposed and each.field is not None:
                file = file.corrected(each.columns[0], each.field.value)
        self._replace(file)

    def _before(self) -> ToldBefore:
        if self.client is None:
            return ToldBefore()
        return told_before(self._workspace.desk.ledger, self.client)

    def _replace(self, file: File) -> None:
        place = self.place
        others = [replace(each, checked=None) for each in self.files]
        self._hold([*others[:place], file, *others[place + 1 :]])

    def _hold(self, files: Sequence[File]) -> None:
        self.files = tuple(files)
        self.questions.look_at(self.files)
        if card := self.questions.card:
            self.place = self.questions.place(card.id)
        waiting = [place for place, each in enumerate(self.files) if self._asks(each)]
        if waiting and self.place not in waiting:
            # A question of another file must not be overlooked.
            self.place = waiting[0]
        self._tell()

    def _asks(self, file: File) -> bool:
        return self._asks_sheets(file) or bool(file.questions) or file.asks_day

    def _asks_sheets(self, file: File) -> bool:
        return bool(file.alike) and file.path not in self._sheets_asked

    def _tell(self) -> None:
        checked = self.file.checked if self.file else None
        shown = import_result.items(checked) if checked else ()
        self.items.show(shown)
        self.changed.emit(None)


def _done(told: Sequence[Told]) -> Done:
    ledgers = [each for each in told if isinstance(each, TakenIn)]
    return Done(
        tuple(each.batch for each in told if each.batch is not None),
        sum(each.invoices_added for each in ledgers),
        sum(each.invoices_updated for each in ledgers),
        sum(each.added for each in told if isinstance(each, StatementTaken)),
        sum(len(each.asked) for each in told if not isinstance(each, StatementTaken)),
        sum(each.papers for each in ledgers),
    )
