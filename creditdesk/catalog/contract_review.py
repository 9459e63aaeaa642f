"""The questions one asks of a policy before signing it, which ship as data (domain.md 2.2, 8, 12)."""

from dataclasses import dataclass
from functools import cache

from creditdesk import paths
from creditdesk.catalog.reading import CatalogError, Table, read
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


@cache
def contract_review() -> ContractReviewList:
    """The checklist. Raises `CatalogError`."""
    table = read(paths.resources() / "reviews" / "contract_review.toml")
    items = tuple(
        item for section in table.tables("section") for item in _section(section)
    )
    found = ContractReviewList(table.text("id"), table.text("version"), items)
    table.close()
    codes = [item.code for item in items]
    if len(codes) != len(set(codes)):
        raise CatalogError(f"{table.where}: a code occurs twice")
    return found


def _section(table: Table) -> tuple[ReviewItem, ...]:
    title = table.both("title")
    items = tuple(_item(item, title) for item in table.tables("item"))
    table.close()
    return items


def _item(table: Table, section: Bilingual) -> ReviewItem:
    when = table.table("when") if table.raw("when") is not None else None
    item = ReviewItem(
        code=table.text("code"),
        section=section,
        title=table.both("title"),
        question=table.both("question"),
        why=table.both("why"),
        fields=table.texts("fields"),
        when={key: when.texts(key) for key in when.keys()} if when else {},  # noqa: SIM118 - a Table is no mapping
        when_given=table.texts("when_given", ()),
    )
    table.close()
    _check(item, table.where)
    return item


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
