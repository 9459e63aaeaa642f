"""What every command shares: the desk it works on, the language, and how it answers."""

import getpass
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from creditdesk import crash, outputs, passphrases, paths
from creditdesk.disk import DiskRefuses
from creditdesk.domain.base.money import Money
from creditdesk.errors import Problem, UserError
from creditdesk.i18n import N_, Bilingual, Language, Message, Words, words
from creditdesk.jobs import Progress, Step
from creditdesk.preferences import PreferenceFile
from creditdesk.workspace import (
    Desk,
    DeskLock,
    DeskShut,
    LogPutAside,
    create_desk,
    is_on_network,
    is_protected,
    open_desk,
    person,
)

_FILE_PASSWORD = "CREDITDESK_FILE_PASSWORD"  # noqa: S105 - the variable's name
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class DateUnreadable(UserError):
    """Not a date of ISO form."""

    message = N_("{text} is not a date. Write it as 2026-11-22.")


class DateFarAway(UserError):
    """A date no ledger has: a slip of the finger, or a stand-in for "never"."""

    message = N_(
        "{text} is no date of business. Give a year between {first} and {last}."
    )


class AmountUnreadable(UserError):
    """Not an amount."""

    message = N_("{text} is not an amount. Write it as 80000 or 80000.00.")


class TextUnreadable(UserError):
    """Bytes that are no text: the terminal and the program don't agree on the encoding."""

    message = N_(
        "{text} is not readable text (UTF-8). Type it again, or rename the file."
    )


class FileMissing(UserError):
    """The named file is not there."""

    message = N_("There is no file {path}.")


class FileLocked(UserError):
    """It is there, and not for this person."""

    message = N_(
        "You may not read {path}. Ask whoever it belongs to, or copy it to your own folder."
    )


Number = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1)]
"""The number of a record, as lists show it."""
# Whether a file may be read is told by `existing` and `output`, in words: to typer it would be a mistake in the usage.
File = Annotated[Path, typer.Argument(readable=False)]
Files = Annotated[list[Path], typer.Argument(metavar="FILE…", readable=False)]
Out = Annotated[Path, typer.Option("--out", help="The file to write.", readable=False)]
OutFolder = Annotated[
    Path, typer.Option("--out", help="The folder to write to.", readable=False)
]
OutIfAny = Annotated[
    Path | None,
    typer.Option("--out", help="Also write it, to this file.", readable=False),
]
Replace = Annotated[
    bool, typer.Option("--replace", help="The file may be there already.")
]


class PassphraseMissing(UserError):
    """An encrypted desk was asked for without a passphrase."""

    message = N_(
        "Put the passphrase into the environment variable {variable}, or run this in a terminal."
    )


@dataclass(slots=True)
class Terminal:
    """One call of the command line."""

    desk_path: Path
    language: Language
    json: bool
    default_desk: bool
    _shown: list[str] = field(default_factory=list)

    @property
    def words(self) -> Words:
        """The words of the chosen language."""
        return words(self.language)

    @contextmanager
    def desk(self, *, as_it_is: bool = False) -> Iterator[Desk]:
        """The desk, opened, on today's day, and closed; the person's own desk is made where there is none yet.

        `as_it_is`: the day it is on stays, for commands that look at the desk itself.
        """
        if self.default_desk and not self.desk_path.exists():
            create_desk(self.desk_path)
        with _alone_on_network(self.desk_path):
            yield from self._opened(as_it_is=as_it_is)

    def _opened(self, *, as_it_is: bool) -> Iterator[Desk]:
        desk = open_desk(self.desk_path, self.passphrase())
        aside = LogPutAside(kept=desk.log_put_aside) if desk.log_put_aside else None
        for remark in (aside, desk.remark):
            if remark:
                typer.echo(self.words.say(remark.said), err=True)
        written: list[frozenset[str]] = []
        try:
            if not (as_it_is and desk.has_day):
                self._move(desk)
            desk.changed.connect(written.append)
            yield desk
        finally:
            if written:
                self._back_up(desk)
            desk.close()

    def _move(self, desk: Desk) -> None:
        """To today; where nothing can be written, what stands is read as on the day the desk is on."""
        try:
            desk.move_to(today(), self.progress())
        except (DiskRefuses, DeskShut) as refused:
            typer.echo(self.words.say(refused.said), err=True)

    def _back_up(self, desk: Desk) -> None:
        """After a change, where the last backup is older than an hour; the change stands whatever comes of it."""
        try:
            refused = desk.backups.make("after-command").refused if desk.backups.is_old() else None  # fmt: skip
        except UserError as error:
            refused = error
        if refused:
            said = self.words.say(refused.said)
            typer.echo(
                self.words(N_("Done, but the backup failed: {reason}"), reason=said),
                err=True,
            )

    def passphrase(self) -> str:
        """The desk's: see `passphrase_of`."""
        return self.passphrase_of(self.desk_path)

    def passphrase_of(self, path: Path, variable: str = passphrases.NOW) -> str:
        """From the environment, or asked for where somebody is there to answer; empty for a file that needs none."""
        if not is_protected(path):
            return ""
        given = given_passphrase(variable)
        if given or not somebody_answers():
            return given
        return getpass.getpass(self.words(N_("Passphrase of {path}: "), path=path))

    def file_password(self, path: Path) -> str:
        """The password of a protected file, from the environment or asked for; empty: nobody gives one."""
        given = os.environ.get(_FILE_PASSWORD, "")
        if given or not somebody_answers():
            return given
        return getpass.getpass(self.words(N_("Password of {path}: "), path=path))

    def output(self, path: Path, *, replace: bool, reads: Path | None = None) -> Path:
        """The file a command is going to write, looked at before anything is done; see `outputs.require_free`."""
        outputs.require_free(path, self.desk_path, replace=replace, reads=reads)
        return path

    def progress(self) -> Progress:
        """Progress in words on standard error, where somebody watches."""
        # A program of the window has no streams.
        heard = sys.stderr is not None and sys.stderr.isatty()
        return Progress(self._tell if heard else None)

    def answer(self, data: object, lines: Sequence[str] = ()) -> None:
        """The answer: one JSON document, or lines for a person."""
        if self.json:
            typer.echo(
                json.dumps(plain(data, self.words), ensure_ascii=False, indent=1)
            )
            return
        for line in lines:
            typer.echo(line)

    def refuse(self, error: UserError) -> None:
        """A refusal in words."""
        self.fall_short(error, {})

    def fall_short(
        self, error: UserError, data: Mapping[str, object], lines: Sequence[str] = ()
    ) -> typer.Exit:
        """An answer that is not what was asked for, with the refusal beside it; to be raised."""
        said = self.words.say(error.said)
        self.answer({**data, "error": {"code": error.code, "message": said}}, lines)
        if not self.json:
            typer.echo(said, err=True)
        return typer.Exit(1)

    def broke(self, report: Path | None) -> None:
        """A bug, in one sentence, with the file that tells of it; None: no report could be kept."""
        said = crash.sentence(report, self.words)
        self.answer({"error": {"code": "BUG", "message": said, "report": report}})
        if not self.json:
            typer.echo(said, err=True)

    def _tell(self, step: Step) -> None:
        said = self.words.say(step.what)
        if said not in self._shown:
            self._shown.append(said)
            typer.echo(said, err=True)


@dataclass(slots=True)
class Call:
    """Carries the terminal from the general options to the command, and to whoever says a refusal."""

    terminal: Terminal


@contextmanager
def _alone_on_network(desk: Path) -> Iterator[None]:
    """On a network drive a command is one of those who have the desk one at a time; raises `DeskInUse`."""
    if not is_on_network(desk):
        yield
        return
    with DeskLock(desk, person(), f"{datetime.now():%Y-%m-%d %H:%M}"):  # noqa: DTZ005 - local time, for people
        yield


def terminal(context: typer.Context) -> Terminal:
    """The call this command belongs to."""
    found = context.find_object(Call)
    assert found is not None  # noqa: S101 - `run` made it
    return found.terminal


def make_terminal(
    desk: Path | None, language: str | None, *, as_json: bool
) -> Terminal:
    """From the general options; the language chosen in settings where none is given."""
    chosen: Language = PreferenceFile().now.language
    if language in ("zh", "en"):
        chosen = "zh" if language == "zh" else "en"
    return Terminal(desk or paths.default_desk(), chosen, as_json, desk is None)


def day(text: str) -> date:
    """A date as the contract writes it; raises `DateUnreadable`, `DateFarAway`."""
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise DateUnreadable(text=text) from error
    # Deadlines are counted from dates; at the end of the calendar there is nowhere to count to.
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise DateFarAway(text=text, first=_FIRST_YEAR, last=_LAST_YEAR)
    return found


def today() -> date:
    """The person's day."""
    return date.today()  # noqa: DTZ011 - deadlines run by the calendar on the wall


def given_passphrase(name: str = passphrases.NOW) -> str:
    """The passphrase of the environment; empty where there is none."""
    return readable(passphrases.given(name))


def somebody_answers() -> bool:
    """Whether a question on the terminal would be heard: no input at all counts as nobody."""
    try:
        return bool(sys.stdin) and sys.stdin.isatty()
    except ValueError:
        return False


def readable(text: str) -> str:
    """The text; raises `TextUnreadable` where the system handed over bytes that are none."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        shown = text.encode(errors="replace").decode()
        raise TextUnreadable(text=shown) from error
    return text


def existing(path: Path) -> Path:
    """The file, which must be there to be read; raises `FileMissing`, `FileLocked`."""
    if not os.path.isfile(path):  # noqa: PTH113 - `Path.is_file` raises in a locked folder
        raise FileMissing(path=path)
    if not os.access(path, os.R_OK):
        raise FileLocked(path=path)
    return path


def plain(data: object, say: Words) -> object:  # noqa: PLR0911 - one line a kind of value
    """Values as JSON writes them: amounts as decimal strings, dates ISO, sentences in the language."""
    if isinstance(data, Money):
        return data.plain
    if isinstance(data, Message):
        return say.say(data)
    if isinstance(data, Bilingual):
        return data.in_language(say.language)
    if isinstance(data, Problem):
        return {
            "row": data.row,
            "column": data.column,
            "value": data.value,
            "reason": say.say(data.reason),
        }
    if isinstance(data, date):
        return data.isoformat()
    if isinstance(data, Decimal):
        return f"{data:f}"
    if isinstance(data, Path):
        return str(data)
    if isinstance(data, Mapping):
        return {str(key): plain(value, say) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [plain(value, say) for value in data]
    return data


def amount_of(text: str, currency: str) -> Money:
    """An amount as typed. Raises `AmountUnreadable`."""
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise AmountUnreadable(text=text) from error
    if not number.is_finite() or not 0 <= number < Decimal(10) ** 15:
        raise AmountUnreadable(text=text)
    return Money(number, currency.upper()).rounded()


def new_passphrase(call: Terminal, variable: str) -> str:
    """A passphrase somebody chooses: of the environment, or typed twice. Raises `PassphraseMissing`."""
    given = given_passphrase(variable)
    if given:
        return given
    if not somebody_answers():
        raise PassphraseMissing(variable=variable)
    return str(
        typer.prompt(
            call.words(N_("New passphrase")), hide_input=True, confirmation_prompt=True
        )
    )
