"""Takes an import back: says what rests on it, or asks once in words and does it."""

from functools import partial

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.presenters.ledger.imports import TakingBack
from creditdesk.services.ledger import BatchId
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace


def take_back(
    parent: QWidget, workspace: Workspace, shell: Shell, batch: BatchId
) -> None:
    """Ask, then take it back off the window's thread."""
    say = shell.wording

    def looked(leaving: TakingBack) -> None:
        stands, what = leaving.stands
        if stands:
            messages.tell(parent, stands, what)
            return
        undo = partial(shell.run, leaving.job(), done)
        messages.ask(parent, say, leaving.question, say(N_("Take it back")), undo)

    def done(_nothing: None) -> None:
        shell.tell(Message.of(N_("Import {number} was taken back."), number=batch))

    def look(_progress: Progress) -> TakingBack:
        return TakingBack(workspace, say, batch)

    shell.run(look, while_there(parent, looked))
