"""The numbers letters go out under, by a pattern of the firm's: {year}, {month}, {client} and {n}, such as {n:03}."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from string import Formatter

from creditdesk.errors import UserError
from creditdesk.i18n import N_

COUNT = "n"
_PLACES = ("year", "month", "client", COUNT)
_WIDTH = re.compile(r"0[1-9]")


class LetterPatternUnreadable(UserError):
    """A pattern that gives no numbers."""

    message = N_(
        "“{pattern}” gives no numbers: it needs {n} once, and knows {year}, {month} and {client} besides, "
        "such as {example}."
    )  # fmt: skip


def check_pattern(pattern: str) -> None:
    """Raises `LetterPatternUnreadable`; an empty pattern is none, and letters go out without numbers."""
    if pattern and not _is_readable(pattern):
        raise LetterPatternUnreadable(
            pattern=pattern, n="{n}", year="{year}", month="{month}", client="{client}",
            example="{year}-{client}-{n:03}",
        )  # fmt: skip


def _is_readable(pattern: str) -> bool:
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        return False
    names = [(name, spec, turned) for _, name, spec, turned in parts if name is not None]  # fmt: skip
    if [name for name, *_ in names].count(COUNT) != 1:
        return False
    return all(
        name in _PLACES
        and turned is None
        and (not spec or (name == COUNT and _WIDTH.fullmatch(spec) is not None))
        for name, spec, turned in names
    )


def scope_of(pattern: str, places: Mapping[str, str]) -> str:
    """What is counted together: the pattern filled, its count left open."""
    return "".join(_filled(pattern, places, lambda _spec: "#"))


def number_of(pattern: str, places: Mapping[str, str], count: int) -> str:
    """The number with this count."""
    return "".join(_filled(pattern, places, lambda spec: format(count, spec)))


def _filled(
    pattern: str, places: Mapping[str, str], counted: Callable[[str], str]
) -> Iterator[str]:
    for text, name, spec, _ in Formatter().parse(pattern):
        yield text
        if name == COUNT:
            yield counted(spec or "")
        elif name is not None:
            yield places[name]


def places_of(on: date, client: str) -> Mapping[str, str]:
    """What fills a pattern on a day for a client, called by its short name."""
    return {"year": f"{on:%Y}", "month": f"{on:%m}", "client": client}


def next_number(
    pattern: str,
    places: Mapping[str, str],
    counts: Iterable[int],
    taken: frozenset[str],
) -> tuple[str, int]:
    """The next number and its count: above all `counts` of its scope, and none that was ever given (`taken`)."""
    count = max(counts, default=0) + 1
    while (number := number_of(pattern, places, count)) in taken:
        count += 1
    return number, count
