"""Jobs: exactly one answer, in order, with progress, and cancel that leaves nothing."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event as Flag

import pytest

from creditdesk.errors import Cancelled
from creditdesk.i18n import Message
from creditdesk.jobs import (
    ImmediateRunner,
    JobRunner,
    Progress,
    Runner,
    Step,
    left_alone,
)


class Outcome:
    """What a runner answered."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[BaseException] = []
        self.steps: list[Step] = []

    def start(self, runner: Runner, job: Callable[[Progress], object]) -> Progress:
        return runner.start(
            job,
            done=self.done.append,
            failed=self.failed.append,
            step=self.steps.append,
        )


class Delivery:
    """The window's thread: acts wait until they are let through."""

    def __init__(self) -> None:
        self._acts: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def __call__(self, act: Callable[[], None]) -> None:
        self._acts.put(act)

    def let_through(self, answers: int, *outcomes: Outcome) -> None:
        """Until so many answers came, and whatever comes after them."""
        while sum(len(one.done) + len(one.failed) for one in outcomes) < answers:
            self._acts.get(timeout=60)()
        with suppress(Empty):
            while True:
                self._acts.get(timeout=0.1)()


@pytest.fixture
def delivery() -> Delivery:
    return Delivery()


@pytest.fixture
def runner(delivery: Delivery) -> Iterator[JobRunner]:
    made = JobRunner(delivery)
    yield made
    made.close()


def work(progress: Progress) -> int:
    return sum(progress.each([1, 2, 3], "Counting"))


def fail(_progress: Progress) -> None:
    raise ZeroDivisionError


def test_a_job_answers_once_on_the_caller_s_thread(
    runner: JobRunner, delivery: Delivery
) -> None:
    outcome = Outcome()
    outcome.start(runner, work)
    outcome.start(runner, fail)
    assert (outcome.done, outcome.failed) == ([], [])
    delivery.let_through(2, outcome)
    assert outcome.done == [6]
    assert [type(error) for error in outcome.failed] == [ZeroDivisionError]
    assert [(step.done, step.total) for step in outcome.steps] == [
        (0, 3),
        (1, 3),
        (2, 3),
    ]
    assert outcome.steps[0].what == Message("Counting")


def test_a_cancelled_job_stops_at_its_next_step(
    runner: JobRunner, delivery: Delivery
) -> None:
    started, go_on, outcome = Flag(), Flag(), Outcome()

    def job(progress: Progress) -> str:
        started.set()
        go_on.wait(60)
        progress.step(Message("Writing"))
        return "written"

    progress = outcome.start(runner, job)
    assert started.wait(60)
    progress.cancel()
    go_on.set()
    delivery.let_through(1, outcome)
    assert outcome.done == []
    assert [type(error) for error in outcome.failed] == [Cancelled]


def test_closing_cancels_what_runs_and_answers_what_waits(delivery: Delivery) -> None:
    runner, running, waiting = JobRunner(delivery), Outcome(), Outcome()
    started = Flag()

    def job(progress: Progress) -> None:
        started.set()
        while True:
            progress.step(Message("Working"))

    running.start(runner, job)
    waiting.start(runner, work)
    assert started.wait(60)
    runner.close()
    delivery.let_through(2, running, waiting)
    assert [type(error) for error in running.failed] == [Cancelled]
    assert [type(error) for error in waiting.failed] == [Cancelled]
    assert running.done == waiting.done == []


def test_an_immediate_runner_answers_before_it_returns() -> None:
    runner, outcome = ImmediateRunner(), Outcome()
    outcome.start(runner, work)
    outcome.start(runner, fail)
    assert outcome.done == [6]
    assert len(outcome.failed) == 1
    runner.close()


def test_progress_reports_each_so_many_items() -> None:
    told: list[Step] = []
    assert list(Progress(told.append).each(iter(range(5)), "x", every=2)) == [
        0,
        1,
        2,
        3,
        4,
    ]
    assert [(step.done, step.total) for step in told] == [(0, 0), (2, 0), (4, 0)]


def test_what_may_never_answer_is_waited_for_and_left_alone_when_cancelled() -> None:
    said, never, asked = Message("Asking the network"), Flag(), list[Step]()
    assert left_alone(lambda: 7, Progress(), said) == 7
    with pytest.raises(OSError, match="gone"):
        left_alone(_gone, Progress(), said)

    def tell(step: Step) -> None:
        asked.append(step)
        if len(asked) == 3:
            progress.cancel()

    progress = Progress(tell)
    with pytest.raises(Cancelled):
        left_alone(lambda: never.wait(60), progress, said)
    never.set()
    assert asked == [Step(said, 0, 0)] * 3


def _gone() -> None:
    raise OSError("gone")
