"""The industries of the size classes, which ship as data."""

from dataclasses import dataclass
from functools import cache

from creditdesk import paths
from creditdesk.catalog import reading
from creditdesk.domain.credit.size_class import SizeIndustry


@dataclass(frozen=True, slots=True)
class _Industries:
    industries: tuple[SizeIndustry, ...]


@cache
def size_industries() -> dict[str, SizeIndustry]:
    """All industries by key. Raises `CatalogError`."""
    path = paths.resources() / "size_classes.toml"
    found = reading.read(path, _Industries, industries="industry").industries
    for each in found:
        for measure, least in each.measured():
            if list(least) != sorted(least, reverse=True):
                raise reading.CatalogError(f"{path.name}: {each.key}: {measure}: not descending")  # fmt: skip
    return {each.key: each for each in found}
