"""Opens or saves the kept file of an import."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.ledger.source_file import SourceFile
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.shell import Shell


def open_source(parent: QWidget, shell: Shell, source: SourceFile) -> None:
    """Show a read-only copy in the system's own program; what it should not be handed is saved instead."""
    if source.may_open:
        shell.run(source.opening(), messages.show_file)
    else:
        save_source(parent, shell, source)


def save_source(parent: QWidget, shell: Shell, source: SourceFile) -> None:
    """Ask where, then save the file as it was read."""

    def chosen(path: Path) -> None:
        def done(where: Path) -> None:
            shell.tell(Message.of(N_("Written to {path}."), path=where))

        shell.run(source.saving(path), done)

    title = shell.wording(N_("Save the source file"))
    messages.choose_target(parent, title, source.file_name, chosen)
