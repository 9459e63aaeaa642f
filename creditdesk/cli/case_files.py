"""Reads the JSON of a case from a file or from standard input."""

import sys
from pathlib import Path

from creditdesk.cases.parsing import parsed
from creditdesk.cli.session import existing


def json_of(file: str) -> object:
    """What the file holds, `-` for standard input; numbers are exact. Raises `CaseUnreadable` and its like."""
    content = _typed_in() if file == "-" else existing(Path(file)).read_bytes()
    return parsed(content, file)


def _typed_in() -> bytes:
    """What came through the pipe, as bytes: its encoding is JSON's, not the terminal's."""
    if sys.stdin is None or sys.stdin.closed:
        return b""
    stream = getattr(sys.stdin, "buffer", None)
    content = stream.read() if stream else sys.stdin.read().encode()
    assert isinstance(content, bytes)  # noqa: S101 - what streams of bytes give
    return content
