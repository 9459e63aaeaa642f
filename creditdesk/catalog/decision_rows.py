"""How the columns and answers of an insurer's list of decisions are called, which ship as data."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from creditdesk import paths
from creditdesk.catalog import reading
from creditdesk.domain.credit.sheet_reading import plain_label
from creditdesk.domain.policy.choices import LimitState
from creditdesk.i18n import Bilingual


@dataclass(frozen=True, slots=True)
class DecisionColumn:
    """A column by its title and the other names it goes by."""

    key: str
    title: Bilingual
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    state: LimitState
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _File:
    columns: tuple[DecisionColumn, ...]
    answers: tuple[_Answer, ...]


@cache
def columns() -> tuple[DecisionColumn, ...]:
    """All columns that are read. Raises `CatalogError`."""
    return _file().columns


@cache
def column_names() -> dict[str, str]:
    """The column each name means, the names as `plain_label` writes them."""
    return {
        plain_label(name): each.key
        for each in _file().columns
        for name in (each.title.zh, each.title.en, *each.names)
    }


@cache
def answer_names() -> dict[str, LimitState]:
    """The state each answer means, the answers as `plain_label` writes them."""
    return {
        plain_label(name): each.state for each in _file().answers for name in each.names
    }


@cache
def _file() -> _File:
    path = paths.resources() / "decision_rows.toml"
    found = reading.read(path, _File, columns="column", answers="answer")
    for problem in _problems(found):
        raise reading.CatalogError(f"{path.name}: {problem}")
    return found


def _problems(found: _File) -> Iterator[str]:
    for kind, named in (
        ("column", [(e.key, (e.title.zh, e.title.en, *e.names)) for e in found.columns]),
        ("answer", [(e.state.value, e.names) for e in found.answers]),
    ):  # fmt: skip
        owner: dict[str, str] = {}
        for key, names in named:
            for name in names:
                if owner.setdefault(plain_label(name), key) != key:
                    yield f"{kind} {key}: names: {name} is another's"
