"""Writes a list as it is shown to a workbook the person names."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.table import Face
from creditdesk.reports import list_workbook
from creditdesk.reports.list_workbook import ShownList
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.shell import Shell


def export(parent: QWidget, shell: Shell, face: Face, title: str, said: str) -> None:
    """Ask where, then write every row shown."""
    wording = shell.wording
    heads = [wording(column.title) for column in face.columns]
    shown = ShownList(title, said, heads, list(face.values()))

    def chosen(path: Path) -> None:
        def job(progress: Progress) -> int:
            return list_workbook.write(shown, path, wording.language, progress)

        def done(rows: int) -> None:
            shell.tell(
                Message.of(N_("{rows} rows written to {path}."), rows=rows, path=path)
            )

        shell.run(job, done)

    messages.choose_target(parent, wording(N_("Export Excel")), f"{title}.xlsx", chosen)
