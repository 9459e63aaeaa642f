"""What was said about the rows of a file, as an import keeps it."""

from creditdesk.errors import Problem
from creditdesk.i18n import Message


def to_json(problem: Problem) -> dict[str, object]:
    """The problem as it is stored: its sentence in English with its places, to be told in any language."""
    places = {
        name: value.text if isinstance(value, Message) else str(value)
        for name, value in problem.reason.places
    }
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "reason": problem.reason.text,
        "places": places,
    }


def from_json(kept: dict[str, object]) -> Problem:
    """The problem that was stored."""
    places = kept.get("places")
    row = kept.get("row")
    return Problem(
        Message.of(str(kept["reason"]), **(places if isinstance(places, dict) else {})),
        row if isinstance(row, int) else None,
        str(kept.get("column", "")),
        str(kept.get("value", "")),
    )
