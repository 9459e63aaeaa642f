"""Who doesn't see the window hears every control by its name."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest
import shiboken6
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.ui.window.rendering import _places
from creditdesk.workspace import Workspace, open_desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
TODAY = date(2028, 2, 29)
ROLES = QAccessible.Role
NAMED = {
    ROLES.Button, ROLES.ButtonMenu, ROLES.ButtonDropDown, ROLES.CheckBox, ROLES.RadioButton, ROLES.ComboBox,
    ROLES.EditableText, ROLES.SpinBox, ROLES.List, ROLES.Table, ROLES.Tree, ROLES.Slider, ROLES.ProgressBar,
}  # fmt: skip


def nameless(root: QWidget) -> Iterator[str]:
    """Controls of the accessibility tree that are seen and have no name."""
    todo: list[QAccessibleInterface] = [QAccessible.queryAccessibleInterface(root)]
    while todo:
        each = todo.pop()
        widget = each.object()
        if isinstance(widget, QWidget):
            if not widget.isVisible() and widget is not root:
                continue
            scrolls = widget.inherits("QScrollArea") and widget.focusPolicy().value
            named = each.text(QAccessible.Text.Name).strip() or _is_inner(widget)
            if not named and (each.role() in NAMED or scrolls):
                holder = type(widget.parent()).__name__
                yield f"{type(widget).__name__} ({each.role().name}) in {holder}"
        if each.role() in {ROLES.Table, ROLES.List, ROLES.Tree}:
            continue  # its cells are its rows'
        todo += [
            child for at in range(each.childCount()) if (child := each.child(at)) and child.isValid()
        ]  # fmt: skip


def _is_inner(widget: QWidget) -> bool:
    """The line inside a combo box or a day is heard as its whole."""
    return bool(widget.objectName().startswith("qt_"))


def test_every_control_of_every_page_has_a_name(
    demo: Path, qapp: QApplication, tmp_path: Path
) -> None:
    """In one language: every name is a sentence of the catalog, which has both."""
    (kept,) = demo.glob("*.creditdesk")
    desk = open_desk(Path(copyfile(kept, tmp_path / kept.name)))
    desk.move_to(TODAY)
    preferences = PreferenceFile(tmp_path / "preferences.json")
    preferences.change(language="zh")
    workspace = Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)
    frame = Frame()
    window = DeskWindow(frame, workspace, screens(), lambda _look: None)
    frame.show()
    found: list[str] = []
    left = {"letter": 3}
    for name, place, where in _places(desk, TODAY):
        if left.get(place, 1) <= 0:
            continue
        left[place] = left.get(place, 2) - 1
        window.go(place, **where)
        qapp.sendPostedEvents()
        qapp.processEvents()
        found += (f"{name}: {what}" for what in nameless(frame))
    window.guard(None)
    frame.close()
    shiboken6.delete(frame)
    desk.close()
    assert not found, "\n".join(found)
