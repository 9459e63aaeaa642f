"""Foreign files are read in a child process: what it does to itself, nobody else notices."""

import gc
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from creditdesk import child
from creditdesk.child import FileUnreadable, ReadingTookTooLong
from creditdesk.errors import Cancelled, UserError
from creditdesk.i18n import LANGUAGES, Message, words
from creditdesk.importers.files import sheet
from creditdesk.jobs import Progress, Step

pytestmark = pytest.mark.slow
# The child starts afresh and can't import a test by its name, so its readers come from the standard library.


def said(error: UserError) -> str:
    for language in LANGUAGES:
        assert words(language).say(error.said)
    return str(error)


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    child.dismiss()
    yield
    child.dismiss()


def waiting() -> list[int | None]:
    return [each.pid for each in multiprocessing.active_children()]


def test_a_process_made_ready_reads_the_next_file_and_no_other() -> None:
    child.prepare(gc.collect)
    (ready,) = waiting()
    assert child.run(os.getpid, name="a.xlsx") == ready
    assert waiting() == []
    assert child.run(os.getpid, name="b.xlsx") != ready


def test_only_one_process_waits_however_often_a_file_is_expected() -> None:
    child.prepare(gc.collect)
    (ready,) = waiting()
    child.prepare(gc.collect)
    assert waiting() == [ready]
    assert child.run(sorted, [2, 1], name="a.xlsx") == [1, 2]


def test_a_process_made_ready_is_held_to_its_time_as_any_other() -> None:
    child.prepare(gc.collect)
    with pytest.raises(ReadingTookTooLong):
        child.run(time.sleep, 60, name="slow.xls", seconds=0.3)
    assert waiting() == []


def test_a_process_that_died_while_it_waited_is_replaced() -> None:
    child.prepare(gc.collect)
    (each,) = multiprocessing.active_children()
    each.kill()
    each.join()
    assert child.run(sorted, [2, 1], name="a.xlsx") == [1, 2]


def test_of_several_files_each_has_its_own_process_started_while_another_is_read() -> (
    None
):
    child.prepare(gc.collect, files=2)
    (first,) = waiting()
    assert child.run(os.getpid, name="a.xlsx") == first
    (second,) = waiting()
    assert child.run(os.getpid, name="b.xlsx") == second
    assert waiting() == []


def test_no_process_waits_for_files_nobody_chooses() -> None:
    child.prepare(gc.collect)
    child.dismiss()
    assert waiting() == []


def test_the_answer_comes_back_as_a_value() -> None:
    assert child.run(sorted, [3, 1, 2], name="a.xlsx") == [1, 2, 3]


def test_a_reader_that_fails_is_told_with_the_file_s_name() -> None:
    with pytest.raises(FileUnreadable) as caught:
        child.run(int, "no number", name="账.xlsx")
    assert "账.xlsx" in said(caught.value)


def test_a_reader_that_kills_its_process_is_told() -> None:
    with pytest.raises(FileUnreadable) as caught:
        child.run(os.abort, name="bad.pdf")
    assert "bad.pdf" in said(caught.value)


def test_a_reader_that_ends_its_process_is_told() -> None:
    with pytest.raises(FileUnreadable):
        child.run(sys.exit, 0, name="bad.pdf")


def test_a_reader_that_never_ends_is_ended() -> None:
    with pytest.raises(ReadingTookTooLong) as caught:
        child.run(time.sleep, 60, name="slow.xls", seconds=0.3)
    assert multiprocessing.active_children() == []
    assert "slow.xls" in said(caught.value)


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux keeps a process to its memory"
)
def test_a_reader_that_wants_all_the_memory_gets_none() -> None:
    with pytest.raises(FileUnreadable) as caught:
        child.run(bytearray, 3_000_000_000, name="bomb.xlsx", megabytes=1000)
    assert "memory" in said(caught.value)


def test_a_refusal_of_the_reader_comes_through_as_itself(tmp_path: Path) -> None:
    empty = tmp_path / "空.csv"
    empty.write_bytes(b"")
    with pytest.raises(sheet.FileEmpty) as caught:
        child.run(sheet.read, empty, None, None, None, name=empty.name)
    assert caught.value.places == {"name": "空.csv"}


def test_what_can_t_be_handed_back_is_told() -> None:
    with pytest.raises(FileUnreadable):
        child.run(compile, "1", "code", "eval", name="a")


def test_cancelling_ends_the_child() -> None:
    told: list[Step] = []

    def cancel(step: Step) -> None:
        told.append(step)
        progress.cancel()

    progress = Progress(cancel)
    with pytest.raises(Cancelled):
        child.run(time.sleep, 60, name="a.xlsx", progress=progress)
    assert told[0].what == Message.of("Reading {name}", name="a.xlsx")


def test_a_reader_writes_nothing_to_our_standard_error(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert child.run(os.write, 2, b"noise", name="a") == 5
    assert "noise" not in capfd.readouterr().err


def test_a_reader_may_ask_for_more_time_and_memory_once_it_knows_its_file() -> None:
    assert child.run(child.allow, 60.0, 1500, name="large.xlsx", seconds=30) is None


def test_a_large_answer_tells_the_person_at_each_piece_and_can_be_cancelled() -> None:
    told: list[Step] = []
    rows = list(range(200_000))
    assert child.run(list, rows, name="a.xlsx", progress=Progress(told.append)) == rows
    pieces = len(told)
    assert pieces > 5

    def cancel(_step: Step) -> None:
        told.append(_step)
        if len(told) == pieces + 4:
            progress.cancel()

    progress = Progress(cancel)
    with pytest.raises(Cancelled):
        child.run(list, rows, name="a.xlsx", progress=progress)
    assert len(told) == pieces + 4


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal masks")
def test_the_first_process_is_deaf_to_breaking_off_from_its_start() -> None:
    # In an interpreter that has started none yet.
    script = (
        "import signal\n"
        "from creditdesk import child\n"
        "if __name__ == '__main__':\n"
        "    print(signal.SIGINT in child.run(signal.pthread_sigmask, signal.SIG_BLOCK, [], name='a'))\n"
    )
    ran = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "True\n"
