"""Finds elements by their local names: programs put the same names under many prefixes and namespaces."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from lxml import etree

from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.files import dates

Node = etree._Element  # noqa: SLF001 - lxml names the type of its elements so

_FIGURE = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T.*|Z|[+-]\d{2}:\d{2})?")
_DIGITS = 20
_SHOWN = 80


class NotTaken(Exception):
    """Why a document can't be taken: the element, its value, the reason."""

    def __init__(self, reason: Message, element: str = "", value: str = "") -> None:
        super().__init__(reason.text)
        self.reason, self.element, self.value = reason, element, value[:_SHOWN]

    def at(self, row: int) -> Problem:
        """The refusal with its place."""
        return Problem(self.reason, row, self.element, self.value)


def local(node: Node) -> str:
    """The name without namespace; empty for what is no element."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def children(node: Node | None, names: str) -> Iterator[Node]:
    """The children under one of the names, which are parted by `|`."""
    if node is not None:
        wanted = names.split("|")
        yield from (child for child in node if local(child) in wanted)


def every(node: Node | None, *path: str) -> Iterator[Node]:
    """All elements at the end of a path."""
    if node is None:
        return
    if not path:
        yield node
        return
    for child in children(node, path[0]):
        yield from every(child, *path[1:])


def first(node: Node | None, *path: str) -> Node | None:
    """The first element at the end of a path, None where there is none."""
    return next(every(node, *path), None)


def words(node: Node | None, *path: str) -> str:
    """What stands there, runs of blanks as one; empty where there is nothing."""
    found = first(node, *path)
    return (
        " ".join("".join(map(str, found.itertext())).split())
        if found is not None
        else ""
    )


def figure(node: Node | None, *path: str) -> Decimal | None:
    """The amount there, also one wrapped in `Amount`; None where there is none. Raises `NotTaken`."""
    found = first(node, *path)
    inner = first(found, "Amount")
    written = words(found if inner is None else inner)
    return decimal(written, path[-1]) if written else None


def decimal(written: str, element: str) -> Decimal:
    """An amount as XML writes it: a point, no groups. Raises `NotTaken`."""
    if not _FIGURE.fullmatch(written) or Decimal(written).adjusted() >= _DIGITS:
        raise NotTaken(Message(N_("This is not an amount.")), element, written)
    return Decimal(written)


def day(node: Node | None, *path: str) -> date | None:
    """The day there, None where there is none. Raises `NotTaken`."""
    return as_day(words(node, *path), path[-1])


def as_day(written: str, element: str) -> date | None:
    """A day as XML writes it, with or without a time; None for nothing. Raises `NotTaken`."""
    iso = _ISO.fullmatch(written)
    try:
        return dates.day(iso[1] if iso else written, dates.Convention())
    except dates.NotADate as error:
        raise NotTaken(Message(N_("This is not a date.")), element, written) from error


def line(node: Node) -> int:
    """The line of the file the element begins in."""
    return int(str(node.sourceline or 1))


def country(written: str) -> str:
    """An ISO 3166 code of two letters, empty for anything else."""
    code = written.strip().upper()
    return code if re.fullmatch("[A-Z]{2}", code) else ""
