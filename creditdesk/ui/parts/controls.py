"""Buttons, cards and rules: the small parts every page is made of."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from creditdesk.ui.parts import theme
from creditdesk.ui.parts.flow import Flow
from creditdesk.ui.parts.icons import icon
from creditdesk.ui.parts.text import as_written, label


def button(
    text: str,
    pressed: Callable[[], object],
    *,
    role: str = "",
    picture: str = "",
    hint: str = "",
) -> QPushButton:
    """A button that says what it does; `role` primary for the one thing to press."""
    made = QPushButton(text)
    made.setProperty("role", role)
    if not text:
        # One with words is heard by them, also after they changed.
        made.setAccessibleName(hint)
    made.setToolTip(as_written(hint))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if picture:
        made.setIcon(icon(picture, "on_accent" if role == "primary" else "quiet"))
    made.clicked.connect(lambda _checked=False: pressed())
    return made


def at_least(made: QPushButton, pixels: int) -> QPushButton:
    """A button as wide as others of its kind, wider where its words are."""
    made.ensurePolished()
    made.setMinimumWidth(max(theme.px(pixels), made.sizeHint().width()))
    return made


def toggle(
    text: str, flipped: Callable[[bool], object], *, on: bool = False
) -> QPushButton:
    """A button that stays down."""
    made = QPushButton(text)
    made.setProperty("role", "toggle")
    made.setCheckable(True)
    made.setChecked(on)
    made.toggled.connect(flipped)
    return made


def rule() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("role", "rule")
    return made


def card(
    *, spacing: int = 8, margins: tuple[int, int, int, int] = (16, 12, 16, 12)
) -> tuple[QFrame, QVBoxLayout]:
    """A surface with a hairline around it, and the layout inside."""
    frame = QFrame()
    frame.setProperty("role", "card")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(*margins)
    inside.setSpacing(spacing)
    return frame, inside


def row(*items: QWidget | int | None, spacing: int = 8) -> Flow:
    """Widgets side by side, in as many lines as they need; a number is a gap, None stretches."""
    layout = Flow(spacing=spacing)
    for item in items:
        if item is None:
            layout.stretch()
        elif isinstance(item, int):
            layout.gap(item)
        else:
            layout.addWidget(item)
    return layout


def empty(sentence: str, offer: QPushButton | None = None) -> QWidget:
    """An empty place: what belongs here, and the button that puts it there."""
    place = QWidget()
    layout = QVBoxLayout(place)
    layout.addStretch(1)
    said = label(sentence, "quiet", wrap=True)
    said.setAlignment(Qt.AlignmentFlag.AlignCenter)
    layout.addWidget(said)
    if offer:
        layout.addWidget(offer, alignment=Qt.AlignmentFlag.AlignCenter)
    layout.addStretch(1)
    return place


def clear(layout: QLayout) -> None:
    """Remove everything a layout holds."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def spread(widgets: Iterable[QWidget], layout: QVBoxLayout) -> None:
    """One below the other, with hairlines between."""
    for index, widget in enumerate(widgets):
        if index:
            layout.addWidget(rule())
        layout.addWidget(widget)
