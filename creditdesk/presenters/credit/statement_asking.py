"""What doesn't fit in a statement is asked about once, before it is kept."""

from collections.abc import Sequence
from functools import reduce

from creditdesk.domain.credit.sheets import Sheet
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.workspace import Desk


class StatementDoubtful(UserError):
    """Something can't be right; saving again keeps it as the paper has it."""

    message = N_("{doubts} Is the paper like that? Then keep it once more.")


class StatementAsking:
    """Remembers what was asked: the same statements with the same doubts are kept the second time."""

    def __init__(self, desk: Desk, buyer: int) -> None:
        self._desk, self._buyer = desk, buyer
        self._asked: Sequence[Sheet] = ()

    def ask(self, new: Sequence[Sheet]) -> None:
        """Raises `StatementDoubtful` where something doesn't fit and wasn't asked about yet."""
        doubts = self._desk.credit.statement_questions(self._buyer, new)
        if doubts and list(new) != list(self._asked):
            self._asked = tuple(new)
            raise StatementDoubtful(doubts=reduce(_and, doubts))


def _and(first: Message, second: Message) -> Message:
    return Message.of(N_("{first} {second}"), first=first, second=second)
