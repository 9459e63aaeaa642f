"""Puts the parts together; the only module that may import every layer.

What is heavy is imported after the window stands, or for the command that needs it.
"""

import os
import sys
from collections.abc import Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from creditdesk import passphrases, paths, private
from creditdesk.errors import INTERRUPTED, Interrupted
from creditdesk.i18n import N_, words

if TYPE_CHECKING:
    from creditdesk.workspace import Desk

_WITH_VALUE = ("--desk", "--lang")
_SUFFIX = ".creditdesk"
_NO_DISPLAY = N_(
    "There is no display to open a window on; the commands work without one (see --help)."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window, or do what a command says; the answer is the exit status."""
    passphrases.take()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _begin(given)
    except KeyboardInterrupt:
        # While a command was still being loaded; `root.run` answers later ones.
        _say(Interrupted.message)
        return INTERRUPTED


def _begin(given: list[str]) -> int:
    if "--self-check" in given:
        return _self_check()
    # Whatever is written from here on, by libraries too, is its owner's alone.
    os.umask(0o077)
    private.clear()
    desk = _desk_to_show(given)
    if desk is None:
        from creditdesk.cli import root, window  # noqa: PLC0415 - the window must not wait for the command line

        window.open_on = lambda path: open_window(path, no_display_status=0)
        window.render = _render
        _write_any_name(as_json="--json" in given)
        return root.run(given)
    return open_window(Path(desk) if desk else None)


def open_window(desk: Path | None, *, no_display_status: int = 1) -> int:
    """The window on a desk; without a display one sentence."""
    from creditdesk.ui.window.display import can_show  # noqa: PLC0415 - commands run without Qt

    if not can_show():
        _say(_NO_DISPLAY)
        return no_display_status
    from creditdesk.ui.window.opening import run  # noqa: PLC0415 - commands run without Qt

    return run(desk)


def _render(desk: "Desk", today: date, folder: Path) -> int:
    """Pictures need no display: Qt draws them in memory."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from creditdesk.ui.window.rendering import render  # noqa: PLC0415 - for this command only

    return render(desk, today, folder)


def _desk_to_show(given: Sequence[str]) -> str | None:
    """The desk a window is asked for, as by a double click on it; empty: the last one. None: it is a command.

    About the window is nothing but the desk to open and the language: anything else is a command, or a mistake in one.
    """
    if len(given) == 1 and given[0].lower().endswith(_SUFFIX):
        return given[0]
    if len(given) % 2 or any(each not in _WITH_VALUE for each in given[::2]):
        return None
    return dict(zip(given[::2], given[1::2], strict=True)).get("--desk", "")


def _write_any_name(*, as_json: bool) -> None:
    """A pipe of an old code page must not stop at a name it can't write; JSON is always UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if as_json and isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def _say(sentence: str) -> None:
    from creditdesk.preferences import PreferenceFile  # noqa: PLC0415 - for this one sentence

    print(words(PreferenceFile().now.language)(sentence), file=sys.stderr)  # noqa: T201 - there is nothing else to say it with


def _self_check() -> int:
    """Count what a folder scan finds; a frozen build that lost its modules shows it here."""
    from creditdesk import reports  # noqa: PLC0415 - for this command only
    from creditdesk.catalog.checklists import checklists  # noqa: PLC0415
    from creditdesk.catalog.letters import letters  # noqa: PLC0415
    from creditdesk.catalog.library import guides, terms  # noqa: PLC0415
    from creditdesk.catalog.policies import templates  # noqa: PLC0415
    from creditdesk.importers.formats import formats  # noqa: PLC0415
    from creditdesk.ui.window.places import pages, screens  # noqa: PLC0415

    counts = {
        "screens": len(screens()),
        "pages": len(pages()),
        "reports": len(reports.reports()),
        "formats": len(formats()),
        "policy templates": len(templates()),
        "checklists": len(checklists()),
        "letters": len(letters()),
        "guides": len(guides()),
        "words": len(terms()),
        "fonts": len(list((paths.resources() / "fonts").glob("*.ttf"))),
    }
    for name, count in counts.items():
        print(f"{name}: {count}")  # noqa: T201 - the answer of the command
    return 0 if all(counts.values()) else 1
