"""Foreign files are read in a child process with a time and a memory limit.

A hostile or damaged file can then neither hang nor kill the window. A process may be started before its file is known,
while the person chooses it; it reads that one file and ends.
"""

import gc
import multiprocessing
import os
import pickle
import signal
import struct
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeVar, cast

from creditdesk import memory
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress, uncollected

T = TypeVar("T")
_POLL_SECONDS = 0.1
_WAITS_SECONDS = 600
"""A process nobody gives a file to in this time ends: its memory is worth more than its start."""
# How each piece the child sends begins: it has loaded, a new limit of time, how far it is, a part of its answer.
_LOADED, _LIMIT, _STEP, _DATA = b"r", b"l", b"s", b"d"


class ReadingTookTooLong(UserError):
    """The time limit was reached; the child was ended."""

    at: int | None = None
    """How far the reader had said it was."""
    message = N_(
        "{name} could not be read within {seconds} seconds. If it lies on a slow drive, copy it to this computer; "
        "otherwise open it in its own program, save it again and try that file."
    )


class FileUnreadable(UserError):
    """The reader failed: a damaged, hostile or unknown file."""

    at: int | None = None
    """How far the reader had said it was."""
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
    Memory is limited where the system offers it (not on macOS).
    """
    started = _taken() or _started(_nothing)
    try:
        started.give((megabytes, reader, arguments))
        _start_next()
        answer = _Answer(started.pipe, name, progress or Progress(), seconds)
        return cast("T", answer.value())
    finally:
        started.end()


def prepare(load: Callable[[], object], files: int = 1) -> None:
    """Start a process for the file that comes next; `load`, a module's own function, loads what reading it takes.

    Of several files each gets its own, whatever the one before did to its process; it starts while that is read.
    """
    _wanted.clear()
    _wanted.extend([load] * (files - len(_waiting)))
    if not _waiting:
        _start_next()


def dismiss() -> None:
    """No file comes: end the process that waits for one."""
    _wanted.clear()
    while _waiting:
        _waiting.popleft().end()


@dataclass(frozen=True, slots=True)
class _Started:
    """A process and the way to it."""

    process: BaseProcess
    pipe: Connection

    def give(self, task: tuple[int, Callable[..., object], tuple[object, ...]]) -> None:
        """Hand it what it is to do. One that died meanwhile is noticed when its answer is awaited."""
        with suppress(OSError):
            self.pipe.send(task)

    def end(self) -> None:
        """Let go of it, whatever it does."""
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.pipe.close()


_waiting: deque[_Started] = deque()
_wanted: deque[Callable[[], object]] = deque()
"""What the processes for the files after the next are to load."""


def _start_next() -> None:
    if _wanted:
        _waiting.append(_started(_wanted.popleft()))


def _taken() -> _Started | None:
    """The process that waits, if it still does."""
    while _waiting:
        found = _waiting.popleft()
        if found.process.is_alive():
            return found
        found.end()
    return None


def _started(load: Callable[[], object]) -> _Started:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, load), daemon=True)
    with _deaf_to_breaking_off():
        process.start()
    theirs.close()
    return _Started(process, ours)


@contextmanager
def _deaf_to_breaking_off() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal; a child inherits that it doesn't hear it, and its parent ends it."""
    if sys.platform == "win32":
        yield
        return
    # Starting the helper of multiprocessing lets the signal through again, so it has to run before.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _nothing() -> None:
    """A file that is there already says itself what it takes."""


def allow(seconds: float, megabytes: int) -> None:
    """For a reader that knows by now how large its file is: it gets so much time and memory from here on.

    Outside of a child nothing is limited, and nothing happens.
    """
    if _to_parent is not None:
        memory.limit(megabytes)
        _to_parent.send_bytes(_LIMIT + struct.pack("d", seconds))


def allow_files(most: int) -> None:
    """For a reader that holds many files open at once: as many as the system lets it, up to these."""
    if _to_parent is None or sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - exists on Unix only

    now, ever = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most if ever == resource.RLIM_INFINITY else min(most, ever)
    if now < wanted:
        with suppress(ValueError, OSError):
            # macOS has a limit of its own below the one it names.
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, ever))


def told(what: Message, done: int, total: int) -> None:
    """From within a reader: how far it is. From here it has its whole limit of time again.

    Where the reader dies afterwards, `done` is what its `FileUnreadable` or `ReadingTookTooLong` says as `at`.
    """
    if _to_parent is not None:
        _to_parent.send_bytes(_STEP + pickle.dumps((what, done, total)))


class _Answer:
    """What the child sends, as a file of one pickled value: the person is told, and asked, at each piece of it."""

    def __init__(
        self, pipe: Connection, name: str, progress: Progress, seconds: float
    ) -> None:
        self._pipe, self._name, self._progress = pipe, name, progress
        self._seconds, self._waited = seconds, 0.0
        self._piece, self._place = b"", 0
        self._said = Message.of(N_("Reading {name}"), name=name)
        self._done, self._total = 0, 0
        self._at: int | None = None

    def value(self) -> object:
        """What the reader gave; raises what it refused."""
        try:
            return self._value()
        except (FileUnreadable, ReadingTookTooLong) as error:
            error.at = self._at
            raise

    def _value(self) -> object:
        try:
            with uncollected():
                kind, value = pickle.Unpickler(self).load()  # noqa: S301 - our own process wrote it
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            reason = Message(
                N_("the reader stopped; the file may be damaged or too large")
            )
            raise FileUnreadable(name=self._name, reason=reason) from error
        if kind == "value":
            return cast("object", value)
        if kind == "refused":
            error_type, places = value
            raise error_type(**places)
        raise FileUnreadable(name=self._name, reason=value)

    def read(self, size: int) -> bytes:
        """The next bytes; waits for them."""
        while len(self._piece) - self._place < size:
            self._piece = self._piece[self._place :] + self._next()
            self._place = 0
        self._place += size
        return self._piece[self._place - size : self._place]

    def readline(self) -> bytes:
        """Asked for by the old pickle formats only, which the child doesn't write."""
        raise EOFError

    def _next(self) -> bytes:
        while True:
            self._progress.step(self._said, self._done, self._total)
            if not self._pipe.poll(_POLL_SECONDS):
                self._waited += _POLL_SECONDS
                if self._waited >= self._seconds:
                    raise ReadingTookTooLong(
                        name=self._name, seconds=int(self._seconds)
                    )
                continue
            piece = self._pipe.recv_bytes()
            if piece.startswith(_DATA):
                return piece[1:]
            if piece.startswith(_LIMIT):
                (self._seconds,) = struct.unpack("d", piece[1:])
            if piece.startswith(_STEP):
                told = pickle.loads(piece[1:])  # noqa: S301 - our own process wrote it
                self._said, self._at, self._total = told
                self._done, self._waited = told[1], 0.0


class _Pieces:
    """Where the child writes its answer: a piece goes as soon as it is made."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def write(self, data: bytes) -> int:
        """Send these bytes."""
        self._pipe.send_bytes(_DATA + bytes(data))
        return len(data)


_to_parent: Connection | None = None


def _work(pipe: Connection, load: Callable[[], object]) -> None:
    global _to_parent  # noqa: PLW0603 - a process has one parent
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load()
    try:
        pipe.send_bytes(_LOADED)
        if not pipe.poll(_WAITS_SECONDS):
            return
        megabytes, reader, arguments = pipe.recv()
    except (EOFError, ConnectionError):
        return  # the program has ended
    _to_parent = pipe
    # It lives for one file: looking for cycles would cost more than they ever hold.
    gc.disable()
    memory.limit(megabytes)
    _silence()
    answer: tuple[str, object]
    try:
        answer = ("value", reader(*arguments))
    except UserError as error:
        answer = ("refused", (type(error), error.places))
    except MemoryError:
        answer = ("failed", Message(N_("it needs more memory than a ledger may")))
    except BaseException as error:  # noqa: BLE001 - whatever a foreign file does to a reader ends here, and is told
        answer = ("failed", str(error).strip().rstrip(".") or type(error).__name__)
    pickle.Pickler(_Pieces(pipe), pickle.HIGHEST_PROTOCOL).dump(answer)


def _silence() -> None:
    """What a reader writes to standard error when it dies helps nobody in front of the screen."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
