"""Takes what was copied elsewhere: rows of a spreadsheet become a file, copied files are taken as they are."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from creditdesk.errors import UserError
from creditdesk.presenters.parts.own_folder import OwnFolder
from creditdesk.presenters.parts.pasted import as_file
from creditdesk.ui.parts.shell import Shell


def local_files(data: QMimeData) -> list[Path]:
    """The files of the system's file manager that were copied or dragged."""
    urls = data.urls() if data.hasUrls() else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


class Pasting:
    """Ctrl+V on a page that takes files in; a field that is typed in keeps its own."""

    def __init__(
        self, page: QWidget, shell: Shell, take: Callable[[list[Path]], object]
    ) -> None:
        self._shell = shell
        self._take = take
        self._folder = OwnFolder()
        page.destroyed.connect(self._folder.close)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence.StandardKey.Paste, page, self.paste, context=within)

    def paste(self) -> None:
        """Take what the clipboard holds, or say why not."""
        data = QGuiApplication.clipboard().mimeData()
        paths = local_files(data)
        try:
            now = datetime.now()  # noqa: DTZ005 - the name says the person's own clock
            self._take(
                paths or [as_file(data.text(), self._folder, now, self._shell.wording)]
            )
        except UserError as refused:
            self._shell.refuse(refused)
