"""Reads the bookmarks a file brings along; runs in a child process."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name

_MOST_MARKS: Final = 500


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark of the file's own. `page` counts from 0 within its part; `deep` 0 for the uppermost."""

    title: str
    page: int
    deep: int = 0


def marks_of(pdf: pikepdf.Pdf) -> Iterator[Mark]:
    """The file's own bookmarks that lead to one of its pages."""
    if "/Outlines" not in pdf.Root:
        return
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    find = _finder(pdf, numbers)
    try:
        with pdf.open_outline(max_depth=4) as outline:
            items = [(item, 0) for item in reversed(outline.root)]
            left = _MOST_MARKS
            while items and left:
                item, deep = items.pop()
                page = find(item)
                if page is not None:
                    yield Mark(item.title, page, deep)
                    left -= 1
                items += [(each, deep + 1) for each in reversed(item.children)]
    except (pikepdf.PdfError, pikepdf.OutlineStructureError, ValueError, TypeError):
        return


def _finder(
    pdf: pikepdf.Pdf, numbers: dict[tuple[int, int], int]
) -> Callable[[pikepdf.OutlineItem], int | None]:
    def find(item: pikepdf.OutlineItem) -> int | None:
        where: object = item.destination
        if where is None and isinstance(item.action, Dictionary):
            where = item.action.get("/D")
        if isinstance(where, pikepdf.String | Name | str):
            where = _named(pdf, str(where))
        if isinstance(where, Dictionary):
            where = where.get("/D")
        if not isinstance(where, Array | list) or not len(where):
            return None
        page = where[0]
        return numbers.get(page.objgen) if isinstance(page, Dictionary) else None

    return find


def _named(pdf: pikepdf.Pdf, name: str) -> object:
    names = pdf.Root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, Dictionary) else None
    if isinstance(tree, Dictionary):
        found = pikepdf.NameTree(tree).get(name)
        if found is not None:
            return found
    old = pdf.Root.get("/Dests")
    return old.get(name) if isinstance(old, Dictionary) and name[:1] == "/" else None
