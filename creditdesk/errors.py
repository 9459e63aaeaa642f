"""The three kinds of things that go wrong: a problem in the data, a refusal, a cancel. All else is a bug."""

import re
from dataclasses import dataclass
from typing import ClassVar

from creditdesk.i18n import N_, Message


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in the user's data, with its place. `row` counts from 1 as the spreadsheet shows it."""

    reason: Message
    row: int | None = None
    column: str = ""
    value: str = ""


class UserError(Exception):
    """A refusal in one sentence: what happened, to what, and what to do.

    A subclass gives the sentence as `message`; the places come as keywords.
    """

    message: ClassVar[str]

    def __init__(self, **places: object) -> None:
        self.places = places
        super().__init__(self.message.format(**places))

    @property
    def said(self) -> Message:
        """The sentence, to be shown in the person's language."""
        return Message.of(self.message, **self.places)

    @property
    def code(self) -> str:
        """The name of the refusal for scripts: `LedgerEmpty` is `ledger_empty`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()


INTERRUPTED = 130
"""The status of a command the person broke off, as shells know it."""


class Interrupted(UserError):
    """The person broke the command off (Ctrl-C)."""

    message = N_("Broken off. What was not finished is not kept.")


class Cancelled(Exception):
    """The person cancelled the work; nothing was written."""
