"""How the columns and answers of lists that are pasted are called, which ship as data: one file a kind of list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from creditdesk import paths
from creditdesk.catalog import reading
from creditdesk.domain.credit.sheet_reading import plain_label
from creditdesk.i18n import Bilingual


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column by its title and the other names it goes by."""

    key: str
    title: Bilingual
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    means: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListNames:
    """The names of one kind of list."""

    columns: tuple[ListColumn, ...]
    answers: tuple[_Answer, ...]

    @property
    def column_names(self) -> Mapping[str, str]:
        """The column each name means, the names as `plain_label` writes them."""
        return {
            plain_label(name): each.key
            for each in self.columns
            for name in (each.title.zh, each.title.en, *each.names)
        }

    @property
    def answer_names(self) -> Mapping[str, str]:
        """What each answer means, the answers as `plain_label` writes them."""
        return {plain_label(name): each.means for each in self.answers for name in each.names}  # fmt: skip


@cache
def list_names(kind: str) -> ListNames:
    """Those of the file of this name. Raises `CatalogError`."""
    path = paths.resources() / f"{kind}.toml"
    found = reading.read(path, ListNames, columns="column", answers="answer")
    for problem in _problems(found):
        raise reading.CatalogError(f"{path.name}: {problem}")
    return found


def _problems(found: ListNames) -> Iterator[str]:
    for kind, named in (
        ("column", [(e.key, (e.title.zh, e.title.en, *e.names)) for e in found.columns]),
        ("answer", [(e.means, e.names) for e in found.answers]),
    ):  # fmt: skip
        owner: dict[str, str] = {}
        for key, names in named:
            for name in names:
                if owner.setdefault(plain_label(name), key) != key:
                    yield f"{kind} {key}: names: {name} is another's"
