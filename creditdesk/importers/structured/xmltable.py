"""Reads XML whose elements are rows under Chinese headings, as GB/T 24589 style exports are. rules.md 11.5.

Conformity with the standard is not promised: what counts is that the elements' names are those of a ledger's columns.
"""

from collections import Counter

from creditdesk.catalog.headings import headings, normalised
from creditdesk.importers.files.cells import Row, Sheet
from creditdesk.importers.files.xmltree import Node, local, words

# Fewer known headings are an accident.
_KNOWN = 4


def table(
    file_name: str, digest: str, root: Node, encoding: str, name: str | None = None
) -> Sheet | None:
    """The table with the most known headings, or the named one; None where there is none."""
    records = _records(root)
    tables = {each: _known(rows) for each, rows in records.items()}
    good = [each for each, known in tables.items() if known >= _KNOWN]
    if not good:
        return None
    best = max(good, key=lambda each: (tables[each], len(records[each])))
    chosen = name if name in good else best
    return Sheet(
        file_name=file_name,
        digest=digest,
        rows=_rows(records[chosen]),
        name=chosen,
        names=tuple(good),
        encoding=encoding,
    )


def _records(root: Node) -> dict[str, list[Node]]:
    """Elements that hold only leaves, by their name."""
    found: dict[str, list[Node]] = {}
    for node in root.iter():
        if len(node) > 1 and not any(len(child) for child in node):
            found.setdefault(local(node), []).append(node)
    return found


def _known(records: list[Node]) -> int:
    """How many of a table's columns a ledger has."""
    names = {normalised(each) for each in _columns(records)}
    return len(names & headings().all_names)


def _columns(records: list[Node]) -> tuple[str, ...]:
    """The names of the leaves in the order they come in."""
    found = Counter(local(child) for record in records for child in record)
    return tuple(found)


def _rows(records: list[Node]) -> tuple[Row, ...]:
    columns = _columns(records)
    rows: list[Row] = [columns]
    for record in records:
        cells = {local(child): words(child) for child in record}
        rows.append(tuple(cells.get(each) or None for each in columns))
    return tuple(rows)
