"""Puts the parts together; the only module that may import every layer."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window, or do what a command says; the answer is the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    from creditdesk.cli import root  # noqa: PLC0415 - the window must not wait for the command line

    return root.run(given)
