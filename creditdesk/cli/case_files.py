"""Reads the JSON of a case from a file or from standard input."""

import json
import sys
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from creditdesk.cli.session import existing
from creditdesk.errors import UserError
from creditdesk.i18n import N_

_LONGEST_NUMBER = 30
_Pairs = Iterable[tuple[str, object]]


class CaseUnreadable(UserError):
    """The file is not JSON."""

    message = N_("{name} is not JSON: line {line}, column {column} can't be read.")


class CaseTooDeep(UserError):
    """Lists within lists without end: no case looks so."""

    message = N_("{name} is nested too deeply to be a case.")


class CaseNameTwice(UserError):
    """An object has one name twice: which of the two counts would be a guess."""

    message = N_("{name} has “{key}” twice in the same object. Remove one of them.")


def json_of(file: str) -> object:
    """What the file holds, `-` for standard input; numbers are exact. Raises `CaseUnreadable` and its like."""
    content = _typed_in() if file == "-" else existing(Path(file)).read_bytes()
    return _parsed(content, file)


def _parsed(content: bytes, name: str) -> object:
    def once(pairs: _Pairs) -> dict[str, object]:
        result: dict[str, object] = {}
        for key, value in pairs:
            if key in result:
                raise CaseNameTwice(name=name, key=key)
            result[key] = value
        return result

    try:
        return json.loads(
            content.decode("utf-8-sig", "replace"),
            parse_float=Decimal,
            parse_int=_whole,
            object_pairs_hook=once,
        )
    except json.JSONDecodeError as error:
        raise CaseUnreadable(
            name=name, line=error.lineno, column=error.colno
        ) from error
    except RecursionError as error:
        raise CaseTooDeep(name=name) from error


def _whole(digits: str) -> int | str:
    """A number; digits beyond any figure stay text, so that only the case they stand in is refused."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _typed_in() -> bytes:
    """What came through the pipe, as bytes: its encoding is JSON's, not the terminal's."""
    if sys.stdin is None or sys.stdin.closed:
        return b""
    stream = getattr(sys.stdin, "buffer", None)
    content = stream.read() if stream else sys.stdin.read().encode()
    assert isinstance(content, bytes)  # noqa: S101 - what streams of bytes give
    return content
