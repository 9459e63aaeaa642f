"""The rows of buyers' statements, which ship as data."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from creditdesk import paths
from creditdesk.catalog import reading
from creditdesk.domain.credit.sheet_reading import plain_label
from creditdesk.domain.credit.sheets import Scheme, Section, SheetRow


@dataclass(frozen=True, slots=True)
class _Rows:
    rows: tuple[SheetRow, ...]


@cache
def statement_rows() -> tuple[SheetRow, ...]:
    """All rows in the order of the forms. Raises `CatalogError`."""
    path = paths.resources() / "statement_rows.toml"
    rows = reading.read(path, _Rows, rows="row").rows
    for problem in _problems(rows):
        raise reading.CatalogError(f"{path.name}: {problem}")
    return rows


def rows_of(scheme: Scheme) -> tuple[SheetRow, ...]:
    """The rows of a layout, in its order."""
    return tuple(row for row in statement_rows() if scheme in row.schemes)


def _problems(rows: tuple[SheetRow, ...]) -> Iterator[str]:
    keys = [row.key for row in rows]
    if len(set(keys)) < len(keys):
        yield "row: a key stands twice"
    order = [list(Section).index(row.section) for row in rows]
    if order != sorted(order):
        yield "row: section: the sections stand one after the other"
    owner: dict[str, str] = {}
    for row in rows:
        for name in (row.title.zh, row.title.en, *row.names):
            if owner.setdefault(plain_label(name), row.key) != row.key:
                yield f"row {row.key}: names: {name} is another row's"
