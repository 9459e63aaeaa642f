"""Settings, without Qt: the firm, the desk, this machine."""

from collections.abc import Mapping

from creditdesk.domain.base.calendar_lines import CalendarLineUnreadable, read_calendar
from creditdesk.domain.base.letter_numbers import (
    LetterPatternUnreadable,
    check_pattern,
    number_of,
    places_of,
)
from creditdesk.domain.base.own_words import OwnWordsUnreadable, read_own_words
from creditdesk.domain.base.rate_lines import RateLineUnreadable, read_lines
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.paper.page import SealPlace
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.letter_numbers import LETTER_PATTERN, short
from creditdesk.services.upkeep import OWN_WORDS
from creditdesk.workspace import Workspace

FIRM = {
    "firm_name": N_("Firm"),
    "firm_code": N_("Unified social credit code"),
    "firm_address": N_("Address"),
    "firm_contact": N_("Contact"),
    "firm_phone": N_("Telephone"),
}
SEAL_PLACES = {
    SealPlace.LEFT: N_("at the left"),
    SealPlace.RIGHT: N_("at the right"),
    SealPlace.OPEN: N_("none: names and dates alone"),
}
"""Where the area to seal in stands on letters."""
THRESHOLD_TITLES = {
    "limit_warning_pct": N_("Warn from this use of a credit limit (%)"),
    "evidence_mb": N_("Largest file kept as evidence (MB)"),
}


class SettingsPresenter:
    """What is set, and what was found when the desk was checked."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._wording = wording
        self._desk = workspace.desk
        self._today = workspace.today()
        self._upkeep = workspace.desk.upkeep
        self.verdict: tuple[str, ...] | None = None
        self.changed: Event[None] = Event()

    def value(self, key: str) -> str:
        """What is set, or the default."""
        if key in THRESHOLD_TITLES:
            return str(self._upkeep.threshold(key))
        return self._upkeep.settings().get(key, "")

    def save(self, values: Mapping[str, str]) -> Message | None:
        """Keep the choices; the answer is what is wrong with one of them, None when all were kept."""
        try:
            read_lines(values.get("fx_rates", ""))
            read_calendar(values.get("calendar_days", ""))
            own = read_own_words(values.get(OWN_WORDS, ""))
            check_pattern(values.get(LETTER_PATTERN, "").strip())
        except (RateLineUnreadable, CalendarLineUnreadable, OwnWordsUnreadable, LetterPatternUnreadable) as refused:  # fmt: skip
            return refused.said
        known = self.parties
        for each in own:
            if each.name not in known:
                told = N_("There is no client and no insurer called {name}. The desk knows: {known}.")  # fmt: skip
                return Message.of(told, name=each.name, known=known)
        for key, title in THRESHOLD_TITLES.items():
            given = values.get(key, "1").strip()
            if not given.isdigit() or int(given) < 1:
                return Message.of(
                    N_("{name}: give a whole number above 0."), name=Message(title)
                )
        self._upkeep.set({key: value.strip() for key, value in values.items()})
        return None

    def example(self, pattern: str) -> str:
        """What the pattern makes of the first letter of a year to the first client; or what is wrong with it."""
        say, pattern = self._wording, pattern.strip()
        if not pattern:
            return say(N_("Without a pattern letters go out without numbers."))
        try:
            check_pattern(pattern)
        except LetterPatternUnreadable as refused:
            return say.message(refused.said)
        clients = self._desk.clients.all()
        name = short(clients[0].name) if clients else "ABC"
        number = number_of(pattern, places_of(self._today, name), 1)
        return say(N_("{number}, and so on. A number is given when a letter is saved or printed, and never a second time."), number=number)  # fmt: skip

    @property
    def parties(self) -> tuple[str, ...]:
        """The names of the clients and insurers the desk knows."""
        clients = (line.name for line in self._desk.clients.all())
        insurers = (each.name for each in self._desk.insurers.all())
        return tuple(dict.fromkeys((*clients, *insurers)))

    def check(self, progress: Progress) -> tuple[str, ...]:
        """The job: verify everything; the answer is what is wrong."""
        return tuple(
            self._wording.message(problem)
            for problem in self._desk.check(progress).problems
        )

    def show_verdict(self, found: tuple[str, ...]) -> None:
        """The check is done."""
        self.verdict = found
        self.changed.emit(None)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is in the desk."""
        info = self._upkeep.info()
        say = self._wording
        return [
            (say(N_("File")), str(info.path)),
            (
                say(N_("Protection")),
                say(N_("by a passphrase"))
                if info.encrypted
                else say(N_("none: anybody with the file can read it")),
            ),
            (say(N_("Size")), f"{info.size / 1024 / 1024:,.1f} MB"),
            (say(N_("Clients")), f"{info.rows['client']:,}"),
            (say(N_("Buyers")), f"{info.rows['buyer']:,}"),
            (say(N_("Documents")), f"{info.rows['invoice']:,}"),
        ]
