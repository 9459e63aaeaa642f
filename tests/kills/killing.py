"""Kills the program at random points of its work, and looks at what is left.

    .ci/kills                       1,000 kills, drawn with seed 1
    .ci/kills --seed 7 --count 200  two hundred others
    .ci/kills --task restore        of one task

After each kill the desk is opened as the next start would: everything that was said to be done is there, nothing half,
the desk is sound, takes a write, and nothing that a kill left lies beside it. Needs a system that ends a process at
once (POSIX).
"""

import argparse
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import pikepdf

from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Desk, open_desk
from tests.kills.tasks import (
    PASSPHRASES,
    ROWS,
    TASKS,
    forgetful,
    opened,
    prepare,
    prepare_older,
)

LONGEST = 0.5
"""Seconds a task works at the most before it is killed."""
_STARTED = 120.0
_PAGES = 5
"""Every package of this claim has more."""
_MOMENTARY = {".part", ".use", ".lock", ".new"}


def main() -> int:
    """The kills asked for; the answer is how many left something wrong."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--count", type=int, default=1_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--task", choices=sorted(TASKS), action="append")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        wrong = 0
        folder = Path(place)
        live_in(folder)
        prepared = made(folder / "prepared")
        kills = drawn(given.count, given.seed, given.task)
        for number, (task, seconds) in enumerate(kills, start=1):
            faults = kill(task, seconds, prepared, folder / "here")
            wrong += bool(faults)
            for fault in faults:
                sys.stdout.write(f"{task} after {seconds:.3f} s: {fault}\n")
            if number % 50 == 0:
                sys.stdout.write(f"{number} kills, {wrong} left something wrong\n")
                sys.stdout.flush()
    return int(bool(wrong))


def live_in(folder: Path) -> None:
    """From now on this process has its home there: nothing of the person who runs this is touched."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(folder / "home")


def drawn(
    count: int, seed: int, tasks: list[str] | None = None
) -> Iterator[tuple[str, float]]:
    """What is killed, and after how many seconds of its work: each task as often as the others."""
    dice = random.Random(seed)  # noqa: S311 - points in time, not secrets
    names = tasks or list(TASKS)
    for number in range(count):
        yield names[number % len(names)], dice.uniform(0, LONGEST)


def made(folder: Path) -> Path:
    """A desk to be harmed, in copies."""
    folder.mkdir()
    (folder / "made").mkdir()
    prepare(folder)
    return folder


def kill(task: str, seconds: float, prepared: Path, folder: Path) -> list[str]:
    """Begin the task in a copy, end its process without warning, and say what is wrong afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(prepared, folder)
    if task == "upgrade":
        prepare_older(folder)
    said = _killed(task, seconds, folder)
    try:
        return list(_faults(task, said, folder))
    except Exception as error:  # noqa: BLE001 - whatever the next start raises is what is wrong
        return [f"{type(error).__name__}: {error}; said before: {said[-3:]}"]


def _killed(task: str, seconds: float, folder: Path) -> list[str]:
    """What the task said it had done before it was killed."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.kills.tasks"])
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(task, folder, writer))
    process.start()
    writer.close()
    said = _heard(reader, _STARTED, only=1)
    said += _heard(reader, seconds)
    process.kill()
    process.join()
    said += _heard(reader, 0)
    reader.close()
    process.close()
    return said


def _heard(reader: Connection, seconds: float, only: int = sys.maxsize) -> list[str]:
    """What is said within so many seconds, at the most `only` lines; nothing more once nobody speaks."""
    said: list[str] = []
    until = time.monotonic() + seconds
    try:
        while len(said) < only and reader.poll(max(until - time.monotonic(), 0)):
            said.append(str(reader.recv()))
    except (EOFError, OSError):
        return said
    return said


def _work(task: str, folder: Path, writer: Connection) -> None:
    live_in(folder)
    writer.send("began")
    {**TASKS, "forgetful": forgetful}[task](folder, writer.send)


def _faults(task: str, said: list[str], folder: Path) -> Iterator[str]:
    if not said:
        yield "the task never began"
        return
    done = [each.split(" ", 1) for each in said[1:]]
    with _next_start(task, said[-1], folder) as desk:
        for problem in desk.check().problems:
            yield f"not sound: {problem}"
        yield from _lost(task, done, desk, folder)
        desk.clients.add(ClientCard(name="after the kill"))
    for left in _leftovers(folder):
        yield f"left behind: {left}"


@contextmanager
def _next_start(task: str, last: str, folder: Path) -> Iterator[Desk]:
    """The desk, under the passphrase it has; of two that a change was between, one opens it."""
    names = [""]
    if task == "protect":
        names = [each for each in PASSPHRASES if last.endswith(each) or each in last]
        names += [""] if last in {"began", f"from  to {PASSPHRASES[0]}"} else []
    for name in names:
        try:
            desk = opened(folder, name)
        except Exception:
            if name == names[-1]:
                raise
            continue
        with closing(desk):
            yield desk
        return


def _lost(task: str, done: list[list[str]], desk: Desk, folder: Path) -> Iterator[str]:
    """What was said to be done and isn't there, or is there by half."""
    told: dict[str, list[str]] = {}
    for what, *which in done:
        told.setdefault(what, []).extend(which or [""])
    there = {line.name for line in desk.clients.all()}
    voided = {entry.name for entry in desk.clients.voided()}
    for name in told.get("client", []):
        if name not in there | voided:
            yield f"client {name} is lost"
    for name in told.get("void", []):
        if name not in voided:
            yield f"client {name} is not void"
    yield from _lost_files(told, desk, folder)
    rows = desk.upkeep.info().rows["invoice"]
    if task == "take_in" and rows not in {3, 3 + ROWS}:
        yield f"{rows} invoices: a part of a ledger"
    if task == "restore" and done and done[-1][0] == "only":
        expected = {"明达电子有限公司", *done[-1][1:]}
        if there != expected:
            yield f"{there} instead of {expected}"


def _lost_files(told: dict[str, list[str]], desk: Desk, folder: Path) -> Iterator[str]:
    for digest in told.get("paper", []):
        if not desk.claims.evidence_content(digest):
            yield f"paper {digest} is lost"
    for name in set(told.get("package", [])):
        with pikepdf.open(folder / "made" / name) as pdf:
            if len(pdf.pages) < _PAGES:
                yield f"{name} has {len(pdf.pages)} pages"
    for name in told.get("copy", [])[-1:]:
        with closing(open_desk(folder / "made" / name)) as copy:
            for problem in copy.check().problems:
                yield f"{name} is not sound: {problem}"


def _leftovers(folder: Path) -> Iterator[str]:
    """What a kill left beside the desk and the next start did not clear away."""
    for path in folder.iterdir():
        if path.suffix in _MOMENTARY or path.name.endswith(("-wal", "-shm")):
            yield path.name


if __name__ == "__main__":
    sys.exit(main())
