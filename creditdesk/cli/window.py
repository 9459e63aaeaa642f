"""What commands ask of the window, which they don't know: `bootstrap` sets it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from creditdesk.workspace import Desk

open_on: Callable[[Path], int] | None = None
"""Opens the window on a desk; the answer is the exit status."""
render: Callable[["Desk", date, Path], int] | None = None
"""Draws every screen of a desk into a folder; the answer is how many pictures."""
