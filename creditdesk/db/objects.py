"""What a desk file is made of, object by object: tables, indexes and triggers of ours, and nothing else.

A desk may come from somebody. A trigger or a view in it would run inside every statement of this program, so that each
object is held against those that the schema steps make, before anything else is read.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from creditdesk import paths

Objects = Mapping[str, str]
"""Kind and name of each object (`trigger buyer_event_no_delete`) with the digest of what it says."""
_QUOTES = str.maketrans("", "", '"`[]')
_LISTED = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"


def objects(execute: Callable[..., Any]) -> Objects:
    """The objects of an open file; those SQLite keeps for itself are left out."""
    return {
        f"{kind} {name}": _digest(sql or "")
        for kind, name, sql in execute(_LISTED).fetchall()
    }


@cache
def newest() -> Objects:
    """The objects of a desk of today's schema; written by `.ci/schema`, and a test holds them against the steps."""
    found: Objects = json.loads(_file().read_text(encoding="utf-8"))
    return found


def foreign(found: Objects, known: Objects) -> tuple[str, ...]:
    """Kind and name of what isn't ours: no step makes it, or it says something else."""
    return tuple(sorted(each for each in found if known.get(each) != found[each]))


def missing(found: Objects, known: Objects) -> tuple[str, ...]:
    """Kind and name of what a step makes and the file lacks."""
    return tuple(sorted(known.keys() - found.keys()))


def keep(found: Objects) -> None:
    """Write down the objects of today's schema."""
    text = json.dumps(dict(sorted(found.items())), indent=0)
    _file().write_text(text + "\n", encoding="utf-8")
    newest.cache_clear()


def _file() -> Path:
    return paths.resources() / "schema.json"


def _digest(sql: str) -> str:
    """Of the signs alone: how they are quoted and spaced depends on the version of SQLite that wrote them."""
    signs = "".join(sql.translate(_QUOTES).split())
    return hashlib.sha256(signs.encode()).hexdigest()[:16]
