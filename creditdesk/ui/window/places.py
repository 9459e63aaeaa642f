"""Which places and pages there are: found by looking into the folders, imported when they are first shown."""

import pkgutil
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from PySide6.QtWidgets import QWidget

from creditdesk import ui
from creditdesk.ui import screens as screen_folder
from creditdesk.ui.parts.shell import Screen, Shell


def screens() -> tuple[Screen, ...]:
    """Every place of the rail: one file a place in `ui/screens`."""
    found = [
        import_module(f"{screen_folder.__name__}.{each.name}").SCREEN
        for each in pkgutil.iter_modules(screen_folder.__path__)
    ]
    return tuple(sorted(found, key=lambda screen: screen.order))


def build_page(
    place: str, workspace: object, shell: Shell, where: dict[str, object]
) -> QWidget:
    """The widget of a place, from its module in the `pages` of its subject."""
    page: QWidget = _module(place).build(workspace, shell, **where)
    return page


def rail_of(place: str, where: dict[str, object]) -> str:
    """The place of the rail a page belongs to: its own, or the one its module names, for what it shows."""
    module = _module(place)
    if hasattr(module, "rail"):
        return str(module.rail(**where))
    return str(getattr(module, "RAIL", place))


def pages() -> tuple[str, ...]:
    """The names of all pages, for the self-check and the tests."""
    return tuple(sorted(_places()))


def _module(place: str) -> ModuleType:
    return import_module(_places()[place])


@cache
def _places() -> dict[str, str]:
    subjects = [
        f"{ui.__name__}.{each.name}.pages"
        for each in pkgutil.iter_modules(ui.__path__)
        if find_spec(f"{ui.__name__}.{each.name}.pages")
    ]
    return {
        page.name: f"{folder}.{page.name}"
        for folder in subjects
        for page in pkgutil.iter_modules(import_module(folder).__path__)
    }
