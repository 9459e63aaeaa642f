"""Whether an enterprise is large, medium, small or micro, by industry (工信部联企业〔2011〕300号)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from creditdesk.i18n import N_, Bilingual

Thresholds = tuple[int, int, int]
"""The least of a large, a medium and a small enterprise."""


class SizeClass(StrEnum):
    """The four classes, the largest first."""

    LARGE = "LARGE"
    MEDIUM = "MEDIUM"
    SMALL = "SMALL"
    MICRO = "MICRO"


class Measure(StrEnum):
    """What is measured: persons, and turnover and assets in 10,000 yuan."""

    STAFF = "staff"
    TURNOVER = "turnover"
    ASSETS = "assets"


SIZE_TITLES: Mapping[SizeClass, str] = {
    SizeClass.LARGE: N_("large enterprise"),
    SizeClass.MEDIUM: N_("medium enterprise"),
    SizeClass.SMALL: N_("small enterprise"),
    SizeClass.MICRO: N_("micro enterprise"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeIndustry:
    """An industry of the rule; None: the measure doesn't count in it."""

    key: str
    title: Bilingual
    staff: Thresholds | None = None
    turnover: Thresholds | None = None
    assets: Thresholds | None = None

    def measured(self) -> Iterator[tuple[Measure, Thresholds]]:
        """The measures that count, with their thresholds."""
        for measure in Measure:
            least = getattr(self, measure.value)
            if least is not None:
                yield measure, least


def size_class(
    industry: SizeIndustry, figures: Mapping[Measure, Decimal | None]
) -> SizeClass | None:
    """The class: it needs the least of every measure, who misses one is of the class below.

    None: a measure that counts isn't known. Staff in persons, turnover and assets in 10,000 yuan.
    """
    lowest = 0
    for measure, least in industry.measured():
        value = figures.get(measure)
        if value is None:
            return None
        reached = next((place for place, each in enumerate(least) if value >= each), len(least))  # fmt: skip
        lowest = max(lowest, reached)
    return list(SizeClass)[lowest]
