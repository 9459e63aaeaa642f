"""Foreign files are read in a child process with a time and a memory limit.

A hostile or damaged file can then neither hang nor kill the window.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar, cast

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress

T = TypeVar("T")
_POLL_SECONDS = 0.1


class ReadingTookTooLong(UserError):
    """The time limit was reached; the child was ended."""

    message = N_(
        "{name} could not be read within {seconds} seconds. "
        "Open it in its own program, save it again and try that file."
    )


class FileUnreadable(UserError):
    """The reader failed: a damaged, hostile or unknown file."""

    message = N_("{name} can't be read: {reason}. Save it again and try that file.")


def run(
    reader: Callable[..., T],
    *arguments: object,
    name: str,
    progress: Progress | None = None,
    seconds: float = 60,
    megabytes: int = 1500,
) -> T:
    """What `reader(*arguments)` gives, computed in a fresh process.

    `reader` is a module's own function; arguments and answer must be picklable. A
    `UserError` it raises comes through; anything else becomes `FileUnreadable`.
    Memory is limited where the system offers it (not on Windows and macOS).
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_work, args=(theirs, megabytes, reader, arguments), daemon=True
    )
    process.start()
    theirs.close()
    try:
        return cast("T", _answer(ours, name, progress or Progress(), seconds))
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        ours.close()


def _answer(
    pipe: Connection,
    name: str,
    progress: Progress,
    seconds: float,
) -> object:
    waited = 0.0
    while not pipe.poll(_POLL_SECONDS):
        waited += _POLL_SECONDS
        progress.step(Message.of(N_("Reading {name}"), name=name))
        if waited >= seconds:
            raise ReadingTookTooLong(name=name, seconds=int(seconds))
    try:
        kind, value = pipe.recv()
    except (EOFError, OSError) as error:
        reason = Message(N_("the reader stopped; the file may be damaged or too large"))
        raise FileUnreadable(name=name, reason=reason) from error
    if kind == "value":
        return cast("object", value)
    if kind == "refused":
        error_type, places = value
        raise error_type(**places)
    raise FileUnreadable(name=name, reason=value)


def _work(
    pipe: Connection,
    megabytes: int,
    reader: Callable[..., object],
    arguments: tuple[object, ...],
) -> None:
    _limit_memory(megabytes)
    _silence()
    try:
        pipe.send(("value", reader(*arguments)))
    except UserError as error:
        pipe.send(("refused", (type(error), error.places)))
    except MemoryError:
        reason = Message(N_("it needs more memory than a ledger may"))
        pipe.send(("failed", reason))
    except BaseException as error:  # noqa: BLE001 - whatever a foreign file does to a reader ends here, and is told
        pipe.send(("failed", str(error).strip().rstrip(".") or type(error).__name__))


def _silence() -> None:
    """What a reader writes to standard error when it dies helps nobody in front of the screen."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _limit_memory(megabytes: int) -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - exists on Unix only

    size = megabytes * 1024 * 1024
    with suppress(ValueError, OSError):
        # macOS accepts the call for some limits and refuses it for others.
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
