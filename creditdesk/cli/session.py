"""What every command shares: the desk it works on, the language, and how it answers."""

import getpass
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import typer

from creditdesk import paths
from creditdesk.domain.money import Money
from creditdesk.errors import Problem, UserError
from creditdesk.i18n import N_, Language, Message, Words, words
from creditdesk.jobs import Progress, Step
from creditdesk.preferences import PreferenceFile
from creditdesk.workspace import Desk, create_desk, open_desk

PASSPHRASE = "CREDITDESK_PASSPHRASE"  # noqa: S105 - the name of the variable, not a secret


class DateUnreadable(UserError):
    """Not a date of ISO form."""

    message = N_("{text} is not a date. Write it as 2026-11-22.")


class FileMissing(UserError):
    """The named file is not there."""

    message = N_("There is no file {path}.")


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
    def desk(self) -> Iterator[Desk]:
        """The desk, opened and closed; the person's own desk is made where there is none yet."""
        if self.default_desk and not self.desk_path.exists():
            create_desk(self.desk_path)
        desk = open_desk(self.desk_path, self.passphrase())
        try:
            yield desk
        finally:
            desk.close()

    def passphrase(self) -> str:
        """From the environment, or asked for where the file needs one and somebody is there to answer."""
        given = os.environ.get(PASSPHRASE, "")
        if given or not _is_encrypted(self.desk_path) or not sys.stdin.isatty():
            return given
        return getpass.getpass(
            self.words(N_("Passphrase of {path}: "), path=self.desk_path)
        )

    def progress(self) -> Progress:
        """Progress in words on standard error, where somebody watches."""
        return Progress(self._tell if sys.stderr.isatty() else None)

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
        said = self.words.say(error.said)
        if self.json:
            self.answer({"error": {"code": error.code, "message": said}})
        else:
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
    """A date as the contract writes it; raises `DateUnreadable`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DateUnreadable(text=text) from error


def today() -> date:
    """The person's day."""
    return date.today()  # noqa: DTZ011 - deadlines run by the calendar on the wall


def existing(path: Path) -> Path:
    """The file, which must be there; raises `FileMissing`."""
    if not path.is_file():
        raise FileMissing(path=path)
    return path


def plain(data: object, say: Words) -> object:  # noqa: PLR0911 - one line a kind of value
    """Values as JSON writes them: amounts as decimal strings, dates ISO, sentences in the language."""
    if isinstance(data, Money):
        return data.plain
    if isinstance(data, Message):
        return say.say(data)
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


def _is_encrypted(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError:
        return False
    return bool(head) and head != b"SQLite format 3\x00"
