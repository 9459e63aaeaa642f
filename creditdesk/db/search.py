"""Finds names by any piece of them: characters, pinyin, initials.

Texts are cut into overlapping two-character pieces; a query is cut the same way and
asked for as a phrase. One character asks by prefix.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from creditdesk.spelling import folded, forms


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: its kind and id, whose it is, and the texts it answers to."""

    kind: str
    id: int
    client_id: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found."""

    kind: str
    id: int


# Keeps a phrase from reaching over two texts; folding takes it out of whatever is typed.
_BETWEEN = "\ue000"
# The row number carries kind and id, so that a record's row is found without a scan.
_KINDS = ("buyer", "client", "policy", "claim")


def index(session: Session, entries: Iterable[Entry]) -> None:
    """Make these findable; an entry that was there is replaced."""
    rows = [
        {
            "row": _row(entry.kind, entry.id),
            "client": entry.client_id,
            "pieces": _document(entry.texts),
        }
        for entry in entries
    ]
    if not rows:
        return
    session.execute(text("DELETE FROM search WHERE rowid = :row"), rows)
    session.execute(
        text(
            "INSERT INTO search (rowid, client_id, pieces) VALUES (:row, :client, :pieces)"
        ),
        rows,
    )


def forget(session: Session, kind: str, ids: Iterable[int]) -> None:
    """These can't be found any more."""
    rows = [{"row": _row(kind, number)} for number in ids]
    if rows:
        session.execute(text("DELETE FROM search WHERE rowid = :row"), rows)


def carry(
    session: Session, other: Session, kind: str, numbers: Iterable[tuple[int, int]]
) -> None:
    """Make records findable here by what finds them in another desk: their numbers there and here."""
    told = text("SELECT client_id, pieces FROM search WHERE rowid = :row")
    for there, here in numbers:
        found = other.execute(told, {"row": _row(kind, there)}).first()
        if found is None:
            continue
        row = _row(kind, here)
        mine = session.execute(told, {"row": row}).first()
        session.execute(text("DELETE FROM search WHERE rowid = :row"), {"row": row})
        session.execute(
            text("INSERT INTO search (rowid, client_id, pieces) VALUES (:row, :client, :pieces)"),
            {
                "row": row,
                "client": mine.client_id if mine else found.client_id,
                "pieces": f"{mine.pieces} {_BETWEEN} {found.pieces}" if mine else found.pieces,
            },
        )  # fmt: skip


def find(session: Session, asked: str, limit: int = 30) -> tuple[Hit, ...]:
    """The best hits for what was typed; none for an empty question."""
    query = _query(asked)
    if not query:
        return ()
    found = session.execute(
        text(
            "SELECT rowid FROM search WHERE pieces MATCH :query ORDER BY rank LIMIT :limit"
        ),
        {"query": query, "limit": limit},
    )
    return tuple(Hit(_KINDS[row % len(_KINDS)], row // len(_KINDS)) for (row,) in found)


def _row(kind: str, number: int) -> int:
    return number * len(_KINDS) + _KINDS.index(kind)


def _document(texts: tuple[str, ...]) -> str:
    spelled = [form for each in texts if each for form in forms(each)]
    return f" {_BETWEEN} ".join(" ".join(_pieces(form)) for form in spelled)


def _query(asked: str) -> str:
    words = [folded(word) for word in asked.split()]
    terms = []
    for word in filter(None, words):
        if len(word) == 1:
            terms.append(f'"{word}"*')
        else:
            pieces = [word[at : at + 2] for at in range(len(word) - 1)]
            terms.append('"' + " ".join(pieces) + '"')
    return " AND ".join(terms)


def _pieces(form: str) -> list[str]:
    # The last character stands alone too, so that one letter is found anywhere.
    return [form[at : at + 2] for at in range(len(form))]
