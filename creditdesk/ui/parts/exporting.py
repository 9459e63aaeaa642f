"""Writes a list as it is shown to a workbook the person names."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.reports import list_workbook
from creditdesk.reports.list_workbook import ShownList
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.shell import Shell


def export(parent: QWidget, shell: Shell, shown: ShownList) -> None:
    """Ask where, then write every row shown."""
    wording = shell.wording

    def chosen(path: Path) -> None:
        def job(progress: Progress) -> int:
            return list_workbook.write(shown, path, wording.language, progress)

        def done(rows: int) -> None:
            shell.tell(
                Message.of(N_("{rows} rows written to {path}."), rows=rows, path=path)
            )

        shell.run(job, done)

    name = messages.file_name(shown.title, ".xlsx")
    messages.choose_target(parent, wording(N_("Export Excel")), name, chosen)
