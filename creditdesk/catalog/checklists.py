"""The checklists of claim documents that ship as data."""

from dataclasses import dataclass
from functools import cache

from creditdesk.catalog import reading
from creditdesk.domain.claim.claims import (
    CaseKind,
    Cause,
    ItemRule,
    MadeBy,
    Need,
    Supplier,
)
from creditdesk.i18n import Bilingual

STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist in the order of the package. A claim keeps `id` and `version` of the one it was opened with."""

    id: str
    version: str
    title: Bilingual
    items: tuple[ItemRule, ...]

    def for_case(self, case: CaseKind) -> tuple[ItemRule, ...]:
        """The items that apply to this case, in the order of the package."""
        return tuple(item for item in self.items if item.applies(case))

    def item(self, code: str) -> ItemRule | None:
        """The item with this code; None when the list has none."""
        return next((item for item in self.items if item.code == code), None)


@cache
def checklists() -> dict[str, Checklist]:
    """All checklists by id. Raises `CatalogError`."""
    found = (_checklist(reading.read(path)) for path in reading.folder("checklists"))
    return {checklist.id: checklist for checklist in found}


def standard() -> Checklist:
    """The insurer-neutral checklist of domain.md §5.1."""
    return checklists()[STANDARD]


def _checklist(table: reading.Table) -> Checklist:
    checklist = Checklist(
        id=table.text("id"),
        version=table.text("version"),
        title=table.both("title"),
        items=tuple(_item(item) for item in table.tables("item")),
    )
    table.close()
    codes = [item.code for item in checklist.items]
    if len(codes) != len(set(codes)):
        raise reading.CatalogError(f"{table.where}: item: a code occurs twice")
    return checklist


def _item(table: reading.Table) -> ItemRule:
    try:
        rule = ItemRule(
            code=table.text("code"),
            title=table.both("title"),
            why=table.both("why"),
            suppliers=tuple(Supplier(name) for name in table.texts("suppliers")),
            causes=frozenset(Cause(name) for name in table.texts("causes")),
            need=Need(table.text("need")),
            made_by=MadeBy(table.text("made_by", MadeBy.FILES)),
            countries=frozenset(table.texts("countries", ())),
            payment_methods=frozenset(table.texts("payment_methods", ())),
        )
    except ValueError as error:
        raise reading.CatalogError(f"{table.where}: {error}") from error
    table.close()
    return rule
