"""The text of a case as values: JSON with exact numbers, each name once in an object."""

import json
from collections.abc import Iterable
from decimal import Decimal

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


def parsed(content: bytes, name: str) -> object:
    """What the content of a file called `name` holds. Raises `CaseUnreadable` and its like."""

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
