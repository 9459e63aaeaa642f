"""The list component: filter line, columns, print, export, rows, totals, footer."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.parts.list_out import Naming, in_workbook, on_paper
from creditdesk.presenters.parts.table import Face
from creditdesk.ui.parts import controls, theme
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.exporting import export
from creditdesk.ui.parts.flow import Flow
from creditdesk.ui.parts.list_dialog import ListDialog
from creditdesk.ui.parts.list_view import ListView, Opened, Traced
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.totals_strip import TotalsStrip

_SEARCH_DELAY = 150
_FILTER = 240


class TablePanel(QWidget):
    """A list with its filter line, its totals and footer, and what to say when it is empty.

    `name`: what it is called where the page's title doesn't say it. `traced`: see `Traced`. `own_head`: filter, tools
    and what can be done with the list stand above it; without, the page puts filter and tools where it likes.
    """

    def __init__(  # noqa: PLR0913 - everything a list needs comes through here
        self,
        face: Face,
        shell: Shell,
        *,
        name: str = "",
        opened: Opened = None,
        traced: Traced = None,
        empty: str = "",
        search: str = "",
        tools: tuple[QWidget, ...] = (),
        own_head: bool = True,
    ) -> None:
        super().__init__()
        self._face = face
        self._shell = shell
        self._wording = shell.wording
        self._name = name
        self._tools = tools
        self.view = ListView(face, self._wording, opened, traced)
        self.view.outlets = self._offer
        self.view.setAccessibleName(name)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(search)
        self.filter.setAccessibleName(search or self._wording(N_("Filter")))
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(theme.px(_FILTER))
        self.counted = label(role="small")
        self._typing = QTimer(self, singleShot=True, interval=_SEARCH_DELAY)
        self._typing.timeout.connect(lambda: face.search(self.filter.text()))
        self.filter.textChanged.connect(lambda _text: self._typing.start())
        self._totals = TotalsStrip(face, self.view, self._wording)
        self._footer = QVBoxLayout()
        self._footer.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        headed = bool(search) and own_head
        if headed:
            layout.addLayout(self._head())
        layout.addWidget(self._framed(empty, cornered=not headed), 1)
        layout.addLayout(self._footer)
        self._disconnect = face.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def showEvent(self, event: QShowEvent) -> None:
        """Ctrl+P finds the list that is seen; its name is that of its page where it has none of its own."""
        super().showEvent(event)
        self._shell.offer(self)
        if not self.view.accessibleName():
            self.view.setAccessibleName(self._shell.heading[0])

    def print_list(self) -> None:
        """Show it on paper, to be printed or saved."""
        try:
            listed = on_paper(
                self._face, self.view.columns, self._naming(), self._wording
            )
        except UserError as refused:
            self._shell.refuse(refused)
            return
        ListDialog(self._shell, listed).open()

    def export(self) -> None:
        """Ask where, then write a workbook."""
        shown = in_workbook(
            self._face, self.view.columns, self._naming(), self._wording
        )
        export(self, self._shell, shown)

    def clear_filter(self) -> None:
        """Everything again."""
        for tool in self._pressed():
            tool.setChecked(False)
        self.filter.clear()
        self._typing.stop()
        self._face.search("")
        self.filter.setFocus()

    def _naming(self) -> Naming:
        title, said = self._shell.heading
        named = self._name and self._name != title
        filters = [
            self.filter.text().strip(),
            *(tool.text() for tool in self._pressed()),
        ]
        filters = list(filter(None, filters))
        told = self._wording(N_("Filter: {filters}"), filters=" · ".join(filters))
        return Naming(
            f"{title} · {self._name}" if named else title, said, told if filters else ""
        )

    def _pressed(self) -> list[QPushButton]:
        """The filters that are on, beside what is typed."""
        buttons = (tool for tool in self._tools if isinstance(tool, QPushButton))
        return [each for each in buttons if each.isCheckable() and each.isChecked()]

    def _head(self) -> Flow:
        say = self._wording
        columns = button(
            say(N_("Columns")), lambda: None, hint=say(N_("Which columns are shown"))
        )
        chooser = QMenu(columns)
        chooser.aboutToShow.connect(lambda: self._fill(chooser))
        columns.setMenu(chooser)
        line = Flow(self.filter, *self._tools)
        line.stretch()
        for widget in (
            self.counted,
            columns,
            button(say(N_("Print…")), self.print_list, hint="Ctrl+P"),
            button(say(N_("Export Excel")), self.export),
        ):
            line.addWidget(widget)
        return line

    def _fill(self, chooser: QMenu) -> None:
        chooser.clear()
        self.view.offer_columns(chooser)

    def _offer(self, menu: QMenu) -> None:
        say = self._wording
        menu.addAction(say(N_("Print…")), self.print_list)
        menu.addAction(say(N_("Export Excel")), self.export)
        menu.addSeparator()

    def _framed(self, empty: str, *, cornered: bool) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        self._stack = QStackedLayout()
        inside.addLayout(self._stack, 1)
        inside.addWidget(self._totals)
        self._stack.addWidget(self.view)
        self._nothing = self._instead(empty)
        self._loading = self._instead(self._wording(N_("Loading…")))
        self._unmatched = controls.empty(
            self._wording(N_("No row matches the filter.")),
            button(self._wording(N_("Show all rows")), self.clear_filter),
        )
        self._stack.addWidget(self._unmatched)
        if cornered:
            self._corner()
        return frame

    def _corner(self) -> None:
        """Where no line stands above the list, what can be done with it hangs at the end of its heads."""
        made = button(
            "", lambda: None, picture="ri.more-2-line", role="corner",
            hint=self._wording(N_("Columns, print, export")),
        )  # fmt: skip
        menu = QMenu(made)
        menu.aboutToShow.connect(lambda: self._fill_corner(menu))
        made.setMenu(menu)
        self.view.put_in_corner(made)

    def _fill_corner(self, menu: QMenu) -> None:
        menu.clear()
        self._offer(menu)
        self.view.offer_columns(menu)

    def _instead(self, said: str) -> QLabel:
        """What stands where rows would."""
        made: QLabel = label(said, "quiet", wrap=True)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made.setMargin(32)
        self._stack.addWidget(made)
        return made

    def _draw(self, _nothing: None) -> None:
        self._stack.setCurrentWidget(self._shown())
        count = self._face.count
        self.counted.setText(
            ""
            if self._face.loading
            else self._wording.plural(N_("{count} row"), N_("{count} rows"), count)
        )
        self._totals.show_totals()
        while (item := self._footer.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        for line in () if self._face.loading else self._face.footer:
            self._footer.addWidget(label(line, "quiet", wrap=True))

    def _shown(self) -> QWidget:
        """The rows, or in their place why there are none: they are on their way, filtered away, or there is nothing."""
        if self._face.loading:
            return self._loading
        if self._face.count:
            return self.view
        if self._face.narrowed or self._pressed():
            return self._unmatched
        return self._nothing if self._nothing.text() else self.view
