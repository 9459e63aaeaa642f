"""Notes on countries and sectors, without Qt: the list, and a form for a new one."""

from dataclasses import dataclass
from datetime import date

from creditdesk.domain.credit.outlooks import (
    ABOUT_TITLES,
    MOVE_TITLES,
    About,
    CountryWrong,
    Move,
    NewOutlook,
    NoteInFuture,
    NoteRatingMissing,
    NoteSourceMissing,
    NoteTitleMissing,
    OutlookLine,
    SectorMissing,
)
from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Workspace

TABLES = frozenset({"outlook_note"})
_TONES = {Move.DOWN: Tone.WARNING, Move.UP: Tone.DONE}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookTold:
    """A note as it is typed."""

    about: About = asked(N_("Concerns a"), titles=ABOUT_TITLES)
    subject: str = asked(N_("Country or sector"), hint=N_("such as DE, or the sector in the buyers' files"))  # fmt: skip
    title: str = asked(N_("What happened"))
    as_of: date = asked(N_("Date"), to_come=NoteInFuture)
    move: Move = asked(N_("What became of the rating"), titles=MOVE_TITLES)
    rating: str = asked(N_("Rating now"), default="")
    outlook: str = asked(N_("Outlook"), default="")
    source: str = asked(N_("Source"), hint=N_("such as the insurer or agency"))
    text: str = asked(N_("In more words"), default="")


class OutlooksPresenter:
    """All notes, the newest first."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self.added = 0
        """The number of the note that was entered last."""
        self.table: Table[OutlookLine] = Table(
            with_voids(_columns(wording), lambda row: row.voided, wording, told_in="title"),
            lambda row: row.id,
            sort="as_of",
            descending=True,
        )  # fmt: skip
        day = workspace.today()
        blame = {
            CountryWrong: "subject",
            SectorMissing: "subject",
            NoteTitleMissing: "title",
            NoteSourceMissing: "source",
            NoteRatingMissing: "rating",
        }
        around = Around(today=day, values=self._empty(), blame=blame)
        self.form: Form = bound(OutlookTold, wording, self._keep, around)

    def reload(self) -> None:
        """Read all of them."""
        self.table.show(self._workspace.desk.library.outlooks())

    def start(self) -> None:
        """The form of a new note, empty but for the day."""
        self.form.load(self._empty())

    def may_void(self, key: object) -> bool:
        """Whether a note stands."""
        row = self.table.get(key)
        return row is not None and row.voided is None

    def voiding(self, key: object, why: str) -> Job[None]:
        """The job: it was entered by mistake."""
        library, number = self._workspace.desk.library, int(str(key))
        return lambda _progress: library.void_outlook(number, why)

    def _empty(self) -> dict[str, str]:
        return {
            "about": About.COUNTRY.value,
            "as_of": self._workspace.today().isoformat(),
        }

    def _keep(self, told: OutlookTold) -> None:
        new = NewOutlook(
            about=told.about,
            subject=told.subject,
            title=told.title,
            source=told.source,
            as_of=told.as_of,
            move=told.move,
            rating=told.rating,
            outlook=told.outlook,
            text=told.text,
        )
        library = self._workspace.desk.library
        self.added = library.add_outlook(new, self._workspace.today())


def _columns(say: Wording) -> list[Column[OutlookLine]]:
    def title(row: OutlookLine) -> Cell:
        return Cell(row.title, hint="\n".join(each for each in (row.title, row.text) if each))  # fmt: skip

    def moved(row: OutlookLine) -> Cell:
        return Cell(say(MOVE_TITLES[row.move]), _TONES.get(row.move, Tone.PLAIN))

    return [
        Column(key="as_of", title=N_("Date"), cell=lambda row: say.day(row.as_of), order=lambda row: (row.as_of, row.id), value=lambda row: row.as_of, width=100),
        Column(key="subject", title=N_("Country or sector"), cell=lambda row: Cell(row.subject, bold=True, hint=row.subject), order=lambda row: row.subject.casefold(), width=140),
        Column(key="title", title=N_("What happened"), cell=title, order=lambda row: row.title, stretch=True),
        Column(key="move", title=N_("Rating"), cell=moved, order=lambda row: row.move, width=130),
        Column(key="rating", title=N_("Rating now"), cell=lambda row: row.rating, order=lambda row: row.rating, width=110),
        Column(key="outlook", title=N_("Outlook"), cell=lambda row: Cell(row.outlook, hint=row.outlook), order=lambda row: row.outlook, width=90),
        Column(key="source", title=N_("Source"), cell=lambda row: Cell(row.source, hint=row.source), order=lambda row: row.source, width=130),
        Column(key="who", title=N_("By"), cell=lambda row: row.who, width=80),
    ]  # fmt: skip
