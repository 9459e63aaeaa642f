"""The checklists of claim documents that ship as data."""

from dataclasses import dataclass
from functools import cache

from creditdesk.catalog import reading
from creditdesk.domain.claim.claims import CaseKind, ItemRule
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
    found = [
        reading.read(path, Checklist, items="item")
        for path in reading.folder("checklists")
    ]
    for checklist in found:
        if len({item.code for item in checklist.items}) < len(checklist.items):
            raise reading.CatalogError(f"{checklist.id}: item: a code occurs twice")
    return {checklist.id: checklist for checklist in found}


def standard() -> Checklist:
    """The insurer-neutral checklist of rules.md 5.1."""
    return checklists()[STANDARD]
