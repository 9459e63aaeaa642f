"""Long work, off the window's thread, with progress in words and cancel."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sized
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from threading import Event as Flag
from threading import Thread
from typing import Protocol, TypeVar

from creditdesk.errors import Cancelled
from creditdesk.i18n import Message

T = TypeVar("T")
_ASKED_EVERY = 0.1
"""Seconds after which a person who cancels is heard."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is: what is being done, and `done` of `total` (`total` 0: nobody knows)."""

    what: Message
    done: int
    total: int


@contextmanager
def uncollected() -> Iterator[None]:
    """For work that makes very many values and no cycles: meanwhile nobody looks through all of them for cycles."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Progress:
    """What a job reports to and asks whether it may go on."""

    def __init__(self, tell: Callable[[Step], None] | None = None) -> None:
        self._tell = tell
        self._stop = Flag()

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._stop.set()

    def step(self, what: Message, done: int = 0, total: int = 0) -> None:
        """Report; raises `Cancelled` when the person asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        if self._tell:
            self._tell(Step(what, done, total))

    def each(self, items: Iterable[T], what: str, every: int = 1) -> Iterator[T]:
        """Go through the items, reporting each `every`-th."""
        total = len(items) if isinstance(items, Sized) else 0
        message = Message(what)
        rest = iter(items)
        for done in count(0, every):
            portion = list(islice(rest, every))
            if not portion:
                return
            self.step(message, done, total)
            yield from portion


def left_alone(act: Callable[[], T], progress: Progress, what: Message) -> T:
    """The answer of what the system may never answer, a network folder say: cancelled, it is left to itself.

    It runs in a thread the end of the program doesn't wait for. Raises `Cancelled` as soon as the person asks, and
    whatever `act` raises.
    """
    answer: Future[T] = Future()

    def work() -> None:
        try:
            answer.set_result(act())
        except BaseException as error:  # noqa: BLE001 - raised in the thread that waits for it
            answer.set_exception(error)

    progress.step(what)
    Thread(target=work, name="left alone", daemon=True).start()
    while not wait([answer], _ASKED_EVERY).done:
        progress.step(what)
    return answer.result()


Job = Callable[[Progress], T]


class Runner(Protocol):
    """Runs jobs one after the other."""

    def start(
        self,
        job: Job[T],
        *,
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        step: Callable[[Step], None] | None = None,
    ) -> Progress:
        """Start the job; exactly one of `done` and `failed` is called, later, on the caller's thread."""

    def close(self) -> None:
        """Cancel what runs and wait for its end."""


class ImmediateRunner:
    """Runs a job at once: for tests and the command line."""

    def start(
        self,
        job: Job[T],
        *,
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        step: Callable[[Step], None] | None = None,
    ) -> Progress:
        """Run it here and now."""
        progress = Progress(step)
        try:
            result = job(progress)
        except Exception as error:  # noqa: BLE001 - whoever started the job decides what its failure means
            failed(error)
        else:
            done(result)
        return progress

    def close(self) -> None:
        """Nothing runs."""


class JobRunner:
    """One worker thread; answers are handed to `deliver`, which calls them on the window's thread."""

    def __init__(self, deliver: Callable[[Callable[[], None]], None]) -> None:
        self._deliver = deliver
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._running: set[Progress] = set()
        self._closed = False

    def start(
        self,
        job: Job[T],
        *,
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        step: Callable[[Step], None] | None = None,
    ) -> Progress:
        """Queue the job behind those already running."""
        progress = Progress(
            (lambda told: self._deliver(lambda: step(told))) if step else None
        )
        if self._closed:
            self._deliver(lambda: failed(Cancelled()))
            return progress
        self._running.add(progress)

        def finished(future: Future[T]) -> None:
            self._running.discard(progress)
            # What still waited when the runner was closed never began.
            error = Cancelled() if future.cancelled() else future.exception()
            if error is None:
                self._deliver(lambda: done(future.result()))
            else:
                self._deliver(lambda: failed(error))

        self._pool.submit(job, progress).add_done_callback(finished)
        return progress

    def close(self) -> None:
        """Cancel what runs and wait for its end; what is started from now on is cancelled at once."""
        self._closed = True
        for progress in tuple(self._running):
            progress.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
