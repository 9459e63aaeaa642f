"""How a page was left, so that Esc leads back to the same row; and what stood beside the row that was opened."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QSignalBlocker
from PySide6.QtWidgets import QWidget

from creditdesk.ui.parts.list_view import ListView
from creditdesk.ui.parts.page import Tabs
from creditdesk.ui.parts.table_view import TablePanel

_BESIDE = 500
"""Rows of a list above and below the opened one that can be walked through from it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as it was left: its lists and tabs, in the order Qt holds them."""

    filters: tuple[str, ...] = ()
    chosen: tuple[tuple[Hashable, ...], ...] = ()
    parts: tuple[int, ...] = ()
    focused: int | None = None
    """The list the person was in."""

    def moved_to(self, key: Hashable) -> "Seen":
        """The same with another row chosen in the list the person was in."""
        if self.focused is None:
            return self
        lists = list(self.chosen)
        lists[self.focused] = (key,)
        return replace(self, chosen=tuple(lists))


def seen(page: QWidget) -> Seen:
    """How a page stands."""
    lists = page.findChildren(ListView)
    used = [place for place, each in enumerate(lists) if each.hasFocus()]
    shown = [
        place
        for place, each in enumerate(lists)
        if each.isVisible() and each.selected()
    ]
    return Seen(
        tuple(each.filter.text() for each in page.findChildren(TablePanel)),
        tuple(tuple(each.selected()) for each in lists),
        tuple(each.shown for each in page.findChildren(Tabs)),
        next(iter((*used, *shown)), None),
    )


def show_again(page: QWidget, before: Seen) -> None:
    """Bring a page that was built anew to where it was left, as far as it still has these rows."""
    tabs, lists = page.findChildren(Tabs), page.findChildren(ListView)
    panels = page.findChildren(TablePanel)
    for each, part in zip(tabs, before.parts, strict=False):
        each.show_part(part)
    for panel, text in zip(panels, before.filters, strict=False):
        panel.filter.setText(text)
    for view, keys in zip(lists, before.chosen, strict=False):
        if keys:
            _choose(view, keys)
    if before.focused is not None and before.focused < len(lists):
        lists[before.focused].setFocus()


def show_tabs(page: QWidget, before: Seen) -> None:
    """The next record opens at the same tab."""
    for each, part in zip(page.findChildren(Tabs), before.parts, strict=False):
        each.show_part(part)


def _choose(view: ListView, keys: tuple[Hashable, ...]) -> None:
    """Now, or once the rows are there: long lists come after the page."""
    view.select(keys[0])
    if view.selected() or view.model().rowCount():
        return

    def come() -> None:
        if view.model().rowCount():
            view.model().modelReset.disconnect(come)
            view.select(keys[0])

    view.model().modelReset.connect(come)


@dataclass(frozen=True, slots=True)
class Beside:
    """The rows of the list something was opened from: their keys, which one it is, and what a page calls it."""

    name: str
    keys: tuple[Hashable, ...]
    at: int
    whole: int
    before: int
    """Rows above the first key."""

    def step(self, by: int) -> "Beside | None":
        """The row so many further, None where there is none."""
        at = self.at + by
        return replace(self, at=at) if 0 <= at < len(self.keys) else None

    @property
    def key(self) -> Hashable:
        """The row it stands on."""
        return self.keys[self.at]

    @property
    def place(self) -> int:
        """Which row of the list, from 1."""
        return self.before + self.at + 1


def beside(page: QWidget, where: Mapping[str, object]) -> Beside | None:
    """The list of this page in which stands what is opened; None where it is opened by something else."""
    for view in page.findChildren(ListView):
        at = view.currentIndex().row()
        if at < 0 or not view.isVisible():
            continue
        first = max(0, at - _BESIDE)
        keys = _keys(view, first, min(view.model().rowCount() - 1, at + _BESIDE))
        if at - first >= len(keys):
            continue
        for name, value in where.items():
            if value is not None and value == keys[at - first]:
                return Beside(name, keys, at - first, view.model().rowCount(), first)
    return None


def _keys(view: ListView, first: int, last: int) -> tuple[Hashable, ...]:
    """The ids of these rows, from the top; what is selected stays so."""
    chosen = view.selectionModel()
    held = chosen.selection()
    flags = QItemSelectionModel.SelectionFlag
    rows = QItemSelection(view.model().index(first, 0), view.model().index(last, 0))
    with QSignalBlocker(chosen):
        chosen.select(rows, flags.ClearAndSelect | flags.Rows)
        keys = tuple(view.selected())
        chosen.select(held, flags.ClearAndSelect)
    return keys
