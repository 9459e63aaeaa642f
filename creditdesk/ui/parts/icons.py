"""Icons, tinted by the role they play."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtGui import QIcon

from creditdesk.ui.parts import theme


def icon(name: str, role: str = "quiet") -> QIcon:
    """An icon of qtawesome's Remix set in a colour of the theme."""
    return _tinted(name, getattr(theme.tokens(), role))


@lru_cache(maxsize=256)
def _tinted(name: str, colour: str) -> QIcon:
    return QIcon(_remix().icon(name, color=colour))


@cache
def _remix() -> Any:  # noqa: ANN401 - qtawesome has no types
    """The one set that is used: qtawesome's own `icon` loads all of its fonts, and a frozen build carries only this."""
    from qtawesome import iconic_font  # noqa: PLC0415 - after the frame stands

    (font,) = Path(iconic_font.__file__).with_name("fonts").glob("remixicon-*.ttf")
    (names,) = font.parent.glob("remixicon-charmap-*.json")
    return iconic_font.IconicFont(("ri", font.name, names.name))
