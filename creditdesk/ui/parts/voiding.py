"""Voids an entry: asks for the reason, does it off the window's thread, and says it was done."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.jobs import Job
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.there import while_there

UNDONE = N_("Entered by mistake, undone at once")
"""The reason where an entry is voided within the minute."""


def ask_void(
    parent: QWidget,
    shell: Shell,
    question: str,
    voiding: Callable[[str], Job[None]],
    then: Callable[[], object] = lambda: None,
) -> None:
    """Ask why, then run what `voiding` gives for the reason; `then` follows when it was done."""
    say = shell.wording

    def void(reason: str) -> None:
        shell.run(voiding(reason), while_there(parent, partial(done, then)))

    def done(follow: Callable[[], object], _nothing: None) -> None:
        shell.tell(Message(N_("Void; the entry stays in the history with the reason.")))
        follow()

    messages.ask_reason(
        parent, say, question, say(N_("Why it is void")), say(N_("Void it")), void
    )
