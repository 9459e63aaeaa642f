"""Takes an import back: says what rests on it, or asks once in words and does it."""

from PySide6.QtWidgets import QWidget

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.presenters.imports import TakingBack
from creditdesk.services.ledger import BatchId
from creditdesk.ui import messages
from creditdesk.ui.shell import Shell
from creditdesk.workspace import Workspace


def take_back(
    parent: QWidget, workspace: Workspace, shell: Shell, batch: BatchId
) -> None:
    """Ask, then take it back off the window's thread."""
    say = shell.wording
    try:
        leaving = TakingBack(workspace, say, batch)
    except UserError as refused:
        shell.refuse(refused)
        return
    stands, what = leaving.stands
    if stands:
        messages.tell(parent, stands, what)
        return

    def undo() -> None:
        shell.run(leaving.job(), done)

    def done(_nothing: None) -> None:
        shell.tell(Message.of(N_("Import {number} was taken back."), number=batch))

    messages.ask(parent, say, leaving.question, say(N_("Take it back")), undo)
