"""The size classes of 工信部联企业〔2011〕300号, worked out by hand from its table."""

from decimal import Decimal

import pytest

from creditdesk.catalog.size_classes import size_industries
from creditdesk.domain.credit.size_class import Measure, SizeClass, size_class


@pytest.mark.parametrize(
    ("industry", "staff", "turnover", "assets", "wanted"),
    [
        pytest.param("manufacturing", 1000, 40000, None, "LARGE", id="both at the least of a large one"),
        pytest.param("manufacturing", 999, 40000, None, "MEDIUM", id="one person short: a class lower"),
        pytest.param("manufacturing", 1000, 39999, None, "MEDIUM", id="one measure short: a class lower"),
        pytest.param("manufacturing", 300, 2000, None, "MEDIUM", id="the least of a medium one"),
        pytest.param("manufacturing", 5000, 1999, None, "SMALL", id="many people, small turnover"),
        pytest.param("manufacturing", 5000, 299, None, "MICRO", id="one measure of a micro one is enough"),
        pytest.param("farming", None, 500, None, "MEDIUM", id="turnover alone counts"),
        pytest.param("farming", 9000, 49, None, "MICRO", id="people don't count"),
        pytest.param("construction", None, 80000, 79999, "MEDIUM", id="assets count"),
        pytest.param("construction", None, 80000, 80000, "LARGE", id="assets reached"),
        pytest.param("wholesale", 5, 1000, None, "SMALL", id="wholesale"),
        pytest.param("retail", 49, 20000, None, "SMALL", id="retail, few people"),
        pytest.param("leasing", 300, None, 120000, "LARGE", id="leasing counts no turnover"),
        pytest.param("property", None, 200000, 9999, "MEDIUM", id="property"),
        pytest.param("facilities", 100, 499, None, "MICRO", id="facilities"),
        pytest.param("other", 100, None, None, "MEDIUM", id="people alone"),
        pytest.param("other", 0, None, None, "MICRO", id="nobody employed"),
        pytest.param("retail", 49, None, None, None, id="turnover not known"),
        pytest.param("construction", 10, 9000, None, None, id="assets not known"),
    ],
)  # fmt: skip
def test_a_class_needs_the_least_of_every_measure(
    industry: str,
    staff: int | None,
    turnover: int | None,
    assets: int | None,
    wanted: str | None,
) -> None:
    given = {Measure.STAFF: staff, Measure.TURNOVER: turnover, Measure.ASSETS: assets}
    figures = {key: None if n is None else Decimal(n) for key, n in given.items()}
    found = size_class(size_industries()[industry], figures)
    assert found == (SizeClass(wanted) if wanted else None)


def test_all_sixteen_industries_of_the_rule_are_there() -> None:
    assert len(size_industries()) == 16
