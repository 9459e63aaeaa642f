"""Scorecards, which ship as data; a firm's own file is read the same way."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from creditdesk.catalog import reading
from creditdesk.domain.credit.scorecard import Indicator, Scorecard

STANDARD = "standard"
_FULL = 100


@cache
def scorecards() -> dict[str, Scorecard]:
    """All scorecards by id. Raises `CatalogError`."""
    found = {}
    for path in reading.folder("scorecards"):
        card = scorecard(path)
        if card.id != path.stem:
            raise reading.CatalogError(f"{path.name}: id: not the name of the file")
        found[card.id] = card
    return found


def scorecard(path: Path) -> Scorecard:
    """The scorecard of a file, checked completely. Raises `CatalogError`."""
    card = reading.read(
        path, Scorecard, indicators="indicator", caps="cap", grades="grade"
    )
    for problem in _problems(card):
        raise reading.CatalogError(f"{path.name}: {problem}")
    return card


def _problems(card: Scorecard) -> Iterator[str]:
    codes = [each.code for each in card.indicators]
    if len(set(codes)) < len(codes):
        yield "indicator: a code stands twice"
    for indicator in card.indicators:
        yield from _problems_of_bands(indicator)
    weights = sum(each.max for each in card.indicators)
    if weights != _FULL:
        yield f"indicator: max: the weights are {weights} together, not {_FULL}"
    scores = [each.from_score for each in card.grades]
    if not scores or scores != sorted(set(scores), reverse=True) or scores[-1] != 0:
        yield "grade: from_score: the grades go down to 0"
    grades = {each.grade for each in card.grades}
    for cap in card.caps:
        if cap.grade and cap.grade not in grades:
            yield f"cap {cap.code}: grade: there is no {cap.grade}"


def _problems_of_bands(indicator: Indicator) -> Iterator[str]:
    where = f"indicator {indicator.code}: bands"
    points = [band.points for band in indicator.bands]
    if not points or max(points) != indicator.max or min(points) < 0:
        yield f"{where}: points from 0 to the indicator's max"
        return
    if indicator.by_choice:
        if not all(band.named and band.title for band in indicator.bands):
            yield f"{where}: every choice needs its name and title"
        return
    last = indicator.bands[-1]
    if last.at_least is not None or last.at_most is not None:
        yield f"{where}: the last one takes everything else"
