"""Icons, tinted by the role they play."""

from functools import lru_cache

from PySide6.QtGui import QIcon

from creditdesk.ui.parts import theme


def icon(name: str, role: str = "quiet") -> QIcon:
    """An icon of qtawesome's Remix set in a colour of the theme."""
    return _tinted(name, getattr(theme.tokens(), role))


@lru_cache(maxsize=256)
def _tinted(name: str, colour: str) -> QIcon:
    import qtawesome  # noqa: PLC0415 - its fonts load in a tenth of a second, after the frame stands

    return QIcon(qtawesome.icon(name, color=colour))
