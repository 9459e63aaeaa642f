"""The questions one asks of a policy before signing it, which ship as data (rules.md 2.2, 8, 12)."""

from dataclasses import dataclass
from functools import cache

from creditdesk import paths
from creditdesk.catalog.reading import CatalogError, load, structured
from creditdesk.domain.policy.contract_review import ReviewItem
from creditdesk.domain.policy.fields import BY_KEY, FieldType
from creditdesk.i18n import Bilingual


@dataclass(frozen=True, slots=True)
class ContractReviewList:
    """The questions in the order of a schedule. An answer is kept by the question's code."""

    id: str
    version: str
    items: tuple[ReviewItem, ...]

    def item(self, code: str) -> ReviewItem | None:
        """The question with this code; None when there is none."""
        return next((item for item in self.items if item.code == code), None)


@dataclass(frozen=True, slots=True)
class _Section:
    title: Bilingual
    item: tuple[ReviewItem, ...]


@dataclass(frozen=True, slots=True)
class _File:
    id: str
    version: str
    section: tuple[_Section, ...]


@cache
def contract_review() -> ContractReviewList:
    """The checklist. Raises `CatalogError`."""
    path = paths.resources() / "reviews" / "contract_review.toml"
    raw = load(path)
    for section in raw["section"]:
        for item in section["item"]:
            item["section"] = section["title"]
    file = structured(raw, _File, path.name)
    items = tuple(item for section in file.section for item in section.item)
    for item in items:
        _check(item, f"{path.name}: {item.code}")
    if len({item.code for item in items}) < len(items):
        raise CatalogError(f"{path.name}: a code occurs twice")
    return ContractReviewList(file.id, file.version, items)


def _check(item: ReviewItem, where: str) -> None:
    for key in (*item.fields, *item.when, *item.when_given):
        if key not in BY_KEY:
            raise CatalogError(f"{where}: a policy has no field {key}")
    for key, values in item.when.items():
        known = {choice.value for choice in BY_KEY[key].choices}
        if not set(values) <= known:
            raise CatalogError(f"{where}: when: {key} has other choices")
    for key in item.when_given:
        if BY_KEY[key].type is not FieldType.MONEY:
            raise CatalogError(f"{where}: when_given: {key} is no amount")
