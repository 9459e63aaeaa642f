"""The reports there are, without Qt: what each asks for, and writing it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.printing import with_unprintable
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import offered
from creditdesk.reports.report import ASK_TITLES, Ask, FileKind, Report, ReportAsked
from creditdesk.services.buyers import BuyerUnknown
from creditdesk.workspace import Workspace

_YEAR = timedelta(days=365)
_KINDS = {
    FileKind.PDF: N_("Save as PDF…"),
    FileKind.WORKBOOK: N_("Save as Excel…"),
    FileKind.CALENDAR: N_("Save as calendar…"),
    FileKind.ZIP: N_("Save as ZIP file…"),
    FileKind.PICTURE: N_("Save as picture…"),
}
_HINTS = {
    (Ask.CLIENT, False): N_("All clients"),
    (Ask.CLIENT, True): N_("Choose the client"),
    (Ask.BUYER, True): N_("Name or number, as in its credit file"),
}
"""What stands in an empty field, also by whether the report is about one client."""

_FIELDS = {Ask.CLIENT: FieldKind.CHOICE, Ask.BUYER: FieldKind.TEXT}


class ReportsPresenter:
    """The list, and the form of the report that is chosen."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self._answers = Answers()
        self.changed: Event[None] = Event()
        self.reports = offered()
        self.chosen = self.reports[0]
        self.form = self._form()

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Id and title of each."""
        return tuple((each.id, self._wording(each.title)) for each in self.reports)

    @property
    def kinds(self) -> tuple[tuple[FileKind, str], ...]:
        """What the chosen report can be saved as, with the words of the button."""
        return tuple((kind, self._wording(_KINDS[kind])) for kind in self.chosen.kinds)

    def choose(self, report: str) -> None:
        """Look at this one; what was typed for another stays where it fits."""
        typed = {each.key: self.form.value(each.key) for each in self.form.fields}
        self.chosen = next(each for each in self.reports if each.id == report)
        self.form = self._form()
        for key, text in typed.items():
            if text and any(each.key == key for each in self.form.fields):
                self.form.set(key, text)
        self.changed.emit(None)

    def is_told(self) -> bool:
        """Whether all it asks for can be read; otherwise the field says what is wrong."""
        return self.form.save()

    def file_name(self, kind: FileKind) -> str:
        """What the file is called unless the person says otherwise."""
        day = self._workspace.today().isoformat()
        return f"{self._wording(self.chosen.title)} {day}.{kind}"

    def writing(self, path: Path) -> Callable[[Progress], Message]:
        """The job: write it; the answer says where it is, and which names it can't print. Raises what it refuses."""
        desk, make, asked = self._workspace.desk, self.chosen.make, self._asked(path)
        assert make is not None  # noqa: S101 - only such reports are offered

        def job(progress: Progress) -> Message:
            make(desk, asked, progress)
            said = Message.of(N_("The report is saved as {path}."), path=path)
            printed = path.suffix.lower() in {".pdf", ".png"}
            return with_unprintable(said, desk, asked.client) if printed else said

        return job

    def _asked(self, path: Path) -> ReportAsked:
        told = self._answers
        buyer = told.text(Ask.BUYER)
        client = int(told.text(Ask.CLIENT)) if told.text(Ask.CLIENT) else None
        return ReportAsked(
            path=path,
            language=self._wording.language,
            today=self._workspace.today(),
            client=client,
            buyer=self._workspace.desk.buyers.named(client, buyer)
            if client is not None and buyer
            else None,
            on=told.day(Ask.DAY),
            start=told.day(Ask.START),
            end=told.day(Ask.END),
        )

    def _form(self) -> Form:
        fields = tuple(self._field(ask) for ask in self.chosen.asks)
        return Form(fields, self._take, self._values(), {BuyerUnknown: Ask.BUYER})

    def _take(self, answers: Answers) -> None:
        self._answers = answers
        self._asked(Path())

    def _values(self) -> dict[str, str]:
        today, client = self._workspace.today(), self._workspace.client
        return {
            Ask.CLIENT: str(client) if client is not None else "",
            Ask.DAY: today.isoformat(),
            Ask.START: (today - _YEAR).isoformat(),
            Ask.END: today.isoformat(),
        }

    def _field(self, ask: Ask) -> FormField:
        say = self._wording
        one = self._is_about_one(self.chosen)
        return FormField(
            key=ask,
            label=say(ASK_TITLES[ask]),
            kind=_FIELDS.get(ask, FieldKind.DATE),
            required=ask is not Ask.CLIENT or one,
            hint=say(_HINTS[ask, one]) if (ask, one) in _HINTS else "",
            options=self._clients() if ask is Ask.CLIENT else (),
        )  # fmt: skip

    def _clients(self) -> tuple[Option, ...]:
        lines = self._workspace.desk.clients.all()
        return tuple(Option(str(line.id), line.name) for line in lines)

    @staticmethod
    def _is_about_one(report: Report) -> bool:
        """Whether a client has to be named: for its buyer, or for its own year."""
        return Ask.BUYER in report.asks or Ask.START in report.asks
