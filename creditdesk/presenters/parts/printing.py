"""What can't be printed is told before it is: which characters of which text."""

from creditdesk.i18n import N_, Message
from creditdesk.paper.typeset import unprintable
from creditdesk.workspace import Desk

_MOST = 3
"""Names told one by one: of more, how many."""


def with_unprintable(said: Message, desk: Desk, client: int | None) -> Message:
    """What was done, and which names of the client (None: of any) and its buyers can't be printed as they are."""
    names = [each.name for each in desk.clients.all() if client in {None, each.id}]
    names += [each.name for each in desk.buyers.all(client)]
    remarks = unprintable_remarks(*names)
    for remark in remarks[:_MOST]:
        said = Message.of(N_("{first} {second}."), first=said, second=remark)
    if len(remarks) > _MOST:
        more = Message.of(N_("So it is with {count} more names"), count=len(remarks) - _MOST)  # fmt: skip
        said = Message.of(N_("{first} {second}."), first=said, second=more)
    return said


def unprintable_remarks(*texts: str) -> tuple[Message, ...]:
    """One for each text with characters that no font on this computer has; empty texts have none."""
    found = ((text, unprintable(text)) for text in dict.fromkeys(texts))
    told = N_(
        "No font on this computer has {characters} of “{text}”: papers show codes in their place"
    )
    return tuple(
        Message.of(told, characters=characters, text=text)
        for text, characters in found
        if characters
    )
