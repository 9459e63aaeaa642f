"""The statements of a buyer, drawn: three years side by side, what doesn't fit above them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from creditdesk.domain.credit.sheet_reading import SheetFound
from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.statement_part import StatementPart
from creditdesk.ui.credit.statement_typing import StatementTyping
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, clear, empty, row
from creditdesk.ui.parts.entry_band import EntryBand
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import ask_void

_COLUMN = 190


class StatementTab(QWidget):
    """Grid and form."""

    def __init__(self, presenter: StatementPart, shell: Shell) -> None:
        super().__init__()
        self._presenter = presenter
        self._shell = shell
        say = shell.wording
        self.paste = button(say(N_("Paste a statement…")), self.start)
        self.file = button(say(N_("Statement from a file…")), self._ask_file)
        self.type = button(say(N_("Type a statement…")), self.start_typing)
        self.typing = StatementTyping(
            presenter.typing, shell, kept=self._typed, closed=self._redraw
        )
        self._found = label(role="quiet", wrap=True)
        self.entry = EntryBand(
            presenter.form,
            shell,
            title=say(N_("Copy balance sheet, income or cash flow statement with its headings in Excel and paste it")),
            act=say(N_("Keep the statement")),
            kept=self._kept,
            above=self._found,
        )  # fmt: skip
        self.doubts = QFrame()
        self.doubts.setProperty("role", "notice")
        self._lines = QVBoxLayout(self.doubts)
        self._lines.setContentsMargins(12, 8, 12, 8)
        frame, inside = card(margins=(20, 12, 20, 12))
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(24)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(0, 1)
        inside.addLayout(self.grid)
        inside.addStretch(1)
        self._table = scrolled(frame)
        self._empty = empty(
            say(N_("No statement yet. Copy the sheets in Excel and paste them here: rows are found by their names."))
        )  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(row(self.paste, self.file, self.type, None))
        layout.addWidget(self.entry)
        layout.addWidget(self.typing, 1)
        layout.addWidget(self.doubts)
        layout.addWidget(self._table, 1)
        layout.addWidget(self._empty, 1)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def start(self) -> None:
        """Open the form."""
        self._presenter.put_away()
        self._draw_found()
        self.entry.open()

    def start_typing(self) -> None:
        """Open the grid; it takes the place of what is kept."""
        self.entry.put_away()
        self.typing.open()
        self._draw(None)

    def _redraw(self) -> None:
        self._draw(None)

    def _typed(self) -> None:
        said = N_("The statements are kept; what does not fit stands above them.")
        self._shell.tell(Message(said))
        self._draw(None)

    def _ask_file(self) -> None:
        title = self._shell.wording(N_("Statement from a file…"))
        messages.choose_files(self, title, "", self._read_file)

    def _read_file(self, paths: Sequence[Path]) -> None:
        if paths:
            self._shell.run(self._presenter.reading(paths[-1]), while_there(self, self._file_read))  # fmt: skip

    def _file_read(self, found: SheetFound) -> None:
        self._presenter.take(found)
        self.entry.open()

    def _draw_found(self) -> None:
        words = self._presenter.found_words
        self._found.setText(words)
        self._found.setVisible(bool(words))

    def _kept(self) -> None:
        self._presenter.form.load({"standard": self._presenter.form.value("standard")})
        said = N_("The statement is kept; what does not fit stands above it.")
        self._shell.tell(Message(said))

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self._draw_found()
        heads = presenter.heads
        typing = not self.typing.isHidden()
        self._table.setVisible(bool(heads) and not typing)
        self._empty.setVisible(not heads and not typing)
        clear(self._lines)
        for doubt in presenter.doubts:
            self._lines.addWidget(label(doubt, "warning", wrap=True))
        self.doubts.setVisible(bool(presenter.doubts) and not typing)
        clear(self.grid)
        for place, (number, day, meant) in enumerate(heads, 1):
            self._put(label(day, "strong"), 0, place)
            self._put(label(meant, "small"), 1, place)
            void = button(self._shell.wording(N_("Void…")), partial(self._ask_void, number), role="flat")  # fmt: skip
            self._put(void, 2, place)
        for line, each in enumerate(presenter.rows, 3):
            role = "section" if each.section else "strong" if each.total else ""
            self.grid.addWidget(label(each.title, role), line, 0)
            for place, figure in enumerate(each.figures, 1):
                self._put(label(figure, "strong" if each.total else ""), line, place)

    def _put(self, made: QWidget, line: int, place: int) -> None:
        self.grid.setColumnMinimumWidth(place, _COLUMN)
        self.grid.addWidget(made, line, place, Qt.AlignmentFlag.AlignRight)

    def _ask_void(self, number: int) -> None:
        question = self._presenter.question(number)
        ask_void(self, self._shell, question, partial(self._presenter.voiding, number))
