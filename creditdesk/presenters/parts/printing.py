"""What can't be printed is told before it is: which characters of which text."""

from creditdesk.i18n import N_, Message
from creditdesk.paper.typeset import unprintable


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
