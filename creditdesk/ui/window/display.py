"""Whether a window can be shown at all, found out before Qt would abort."""

import ctypes
import os
import socket
import sys
from pathlib import Path

import PySide6

_OWN_DISPLAY = ("offscreen", "minimal", "vnc", "eglfs", "linuxfb")


def can_show() -> bool:
    """True on Windows and macOS; elsewhere a display must answer and Qt's plugin must load."""
    if sys.platform in ("win32", "darwin"):
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen.split(":")[0] in _OWN_DISPLAY:
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    return _x_answers(os.environ.get("DISPLAY", "")) and _plugin_loads()


def _x_answers(display: str) -> bool:
    host, _, number = display.partition(":")
    screen = number.split(".")[0]
    if not screen.isdigit():
        return False
    if host:
        try:
            socket.create_connection((host, 6000 + int(screen)), timeout=2).close()
        except OSError:
            return False
        return True
    with socket.socket(socket.AF_UNIX) as local:
        try:
            local.connect(f"/tmp/.X11-unix/X{screen}")  # noqa: S108 - where X keeps its sockets
        except OSError:
            return False
    return True


def _plugin_loads() -> bool:
    plugin = (
        Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    )
    try:
        ctypes.CDLL(str(plugin))
    except OSError:
        return False
    return True
