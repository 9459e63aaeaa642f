"""What every write leaves besides its facts: its running number, and a seal on the journal.

Both stand in the settings of the desk, under names no person chooses. The number tells a log of this very file from one
that was left over (`db/log`). The seal is a digest over all entries of the journal in their order, each taken together
with the one before: an entry that was changed, removed or put between others is noticed, the last one too.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Execute = Callable[..., Any]
"""Runs a statement of SQL with its values and answers a cursor."""
WRITTEN = ".written"
JOURNAL = ".journal"
_ENTRIES = (
    "SELECT id, at, who, what, subject, subject_id, client_id, before, after FROM journal_entry "
    "WHERE id > ? ORDER BY id"
)
_BEFORE_ALL = -(2**63)


@dataclass(frozen=True, slots=True)
class Written:
    """The number of the newest write, and that of the newest one in the file itself when its log was begun."""

    number: int = 0
    begun: int = 0


@dataclass(frozen=True, slots=True)
class Seal:
    """The last entry sealed, how many there are up to it, and the digest over them."""

    last: int = _BEFORE_ALL
    count: int = 0
    digest: str = ""


def leave(execute: Execute, desk: Path) -> None:
    """At the end of a write: count it, and seal what it added to the journal."""
    before = written(execute)
    log = log_of(desk)
    begun = before.begun if _size(log) else before.number
    _keep(execute, WRITTEN, [before.number + 1, begun])
    sealed = _seal(execute)
    first = before == Written()
    if sealed is None or (
        sealed == Seal() and not first and not _kept(execute, JOURNAL)
    ):
        return  # somebody broke the seal: it stays broken, for the check to find
    now = _sealed(execute, sealed)
    if now != sealed or first:
        _keep(execute, JOURNAL, [now.last, now.count, now.digest])


def written(execute: Execute) -> Written:
    """The number of the newest write that is seen; zeros in a desk of an earlier version."""
    try:
        return Written(*_kept(execute, WRITTEN))
    except TypeError:
        return Written()


def journal_as_sealed(execute: Execute) -> bool:
    """Whether the journal holds exactly the entries it was sealed with; one never sealed may hold any."""
    if written(execute) == Written() and not _kept(execute, JOURNAL):
        return True
    return bool(_kept(execute, JOURNAL)) and _sealed(execute, Seal()) == _seal(execute)


def log_of(desk: Path) -> Path:
    """The file in which SQLite keeps what was written and isn't in the desk itself yet."""
    return desk.with_name(desk.name + "-wal")


def _seal(execute: Execute) -> Seal | None:
    """The seal as it is kept; over nothing where the journal was never sealed; None: what is kept is none."""
    try:
        return Seal(*_kept(execute, JOURNAL))
    except TypeError:
        return None


def _sealed(execute: Execute, found: Seal) -> Seal:
    last, count, digest = found.last, found.count, found.digest
    for entry in execute(_ENTRIES, (last,)).fetchall():
        line = json.dumps([digest, *entry], ensure_ascii=False)
        digest = hashlib.sha256(line.encode()).hexdigest()
        last, count = entry[0], count + 1
    return Seal(last, count, digest)


def _kept(execute: Execute, key: str) -> list[Any]:
    row = execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    try:
        return list(json.loads(row[0])) if row else []
    except (ValueError, TypeError):
        return ["unreadable"] * 9  # no seal and no number has so many parts


def _keep(execute: Execute, key: str, value: list[Any]) -> None:
    execute(
        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, json.dumps(value)),
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
