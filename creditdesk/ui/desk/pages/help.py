"""The guides and the words of the field, drawn: a list to find in at the left, the text at the right."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QUrl
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.presenters.desk.help import HelpPresenter, is_step
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, card, row
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import label
from creditdesk.workspace import Workspace

RAIL = "settings"
_LIST = 300
_PICTURE = 720
"""Pixels a picture of the program is wide."""
_KEY = Qt.ItemDataRole.UserRole


class HelpPage(Page):
    """Typing narrows the list; the arrow keys walk through it."""

    def __init__(self, shell: Shell, chosen: str) -> None:
        say = shell.wording
        super().__init__(
            say(N_("Help")),
            say(N_("Guides through the program, and what the words of the field mean")),
            actions=(
                button(say(N_("Countries and sectors…")), lambda: shell.go("outlooks")),
            ),
        )
        self._shell = shell
        self.presenter = HelpPresenter(say, chosen)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(say(N_("Filter guides and words…")))
        self.filter.setAccessibleName(say(N_("Filter guides and words…")))
        self.filter.textChanged.connect(self.presenter.narrow)
        self.list = QListWidget()
        self.list.setAccessibleName(say(N_("Guides and words")))
        self.list.currentItemChanged.connect(self._moved)
        aside = QWidget()
        left = QVBoxLayout(aside)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.filter)
        left.addWidget(self.list, 1)
        frame, inside = card(spacing=10)
        self.title, self.aside = (
            label("", "title", wrap=True),
            label("", "quiet", wrap=True),
        )
        self.text = QTextBrowser()
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.there = button(say(N_("Go to the page")), self._go)
        for part in (self.title, self.aside):
            inside.addWidget(part)
        inside.addWidget(self.text, 1)
        inside.addLayout(row(self.there, None))
        self.body.addWidget(Fold(frame, aside, _LIST, first=True), 1)
        self.setFocusProxy(self.filter)
        self.destroyed.connect(self.presenter.changed.connect(self._draw))
        self._draw(None)

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.filter.setFocus()

    def _draw(self, _nothing: None) -> None:
        shown = self.presenter
        with QSignalBlocker(self.list):
            self.list.clear()
            for section in shown.sections:
                self.list.addItem(_head(section.title))
                for entry in section.entries:
                    item = QListWidgetItem(entry.title)
                    item.setData(_KEY, entry.key)
                    self.list.addItem(item)
                    if entry is shown.chosen:
                        self.list.setCurrentItem(item)
            if not shown.sections:
                self.list.addItem(_head(self._shell.wording(N_("Nothing goes by that name."))))  # fmt: skip
        self._show_chosen()

    def _show_chosen(self) -> None:
        entry = self.presenter.chosen
        self.title.setText(entry.title)
        self.aside.setText(entry.aside)
        self.aside.setVisible(bool(entry.aside))
        self.text.setAccessibleName(entry.title)
        self.text.setHtml(_written(entry.paragraphs, entry.picture))
        self.there.setVisible(bool(entry.place))

    def _go(self) -> None:
        self._shell.go(self.presenter.chosen.place)

    def _moved(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.presenter.choose(str(item.data(_KEY)))


def _written(paragraphs: Sequence[str], picture: Path | None) -> str:
    """Paragraphs and numbered steps, as the text of a browser, the picture below."""
    told = []
    for paragraph in paragraphs:
        style = "margin: 0 0 8px 12px" if is_step(paragraph) else "margin: 0 0 8px 0"
        told.append(f'<p style="{style}; line-height: 140%">{escape(paragraph)}</p>')
    if picture is not None:
        address = QUrl.fromLocalFile(str(picture)).toString()
        told.append(f'<p><img src="{escape(address)}" width="{_PICTURE}"></p>')
    return "".join(told)


def _head(title: str) -> QListWidgetItem:
    item = QListWidgetItem(title)
    font = QFont()
    font.setWeight(QFont.Weight.DemiBold)
    item.setFont(font)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setForeground(QColor(theme.tokens().quiet))
    return item


def build(_workspace: Workspace, shell: Shell, chosen: str = "") -> QWidget:
    """The page, on a guide or a word where one is named."""
    return HelpPage(shell, chosen)
