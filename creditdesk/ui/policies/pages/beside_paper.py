"""A policy beside its paper, drawn: the page at the left, the values at the right, one open at a time."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QResizeEvent, QShowEvent, QTransform
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.parts.own_folder import OwnFolder
from creditdesk.presenters.policies.beside_paper import (
    TABLES,
    BesidePaperPresenter,
    Opened,
)
from creditdesk.reports.pages import NotShown
from creditdesk.services.policies import PolicyPaper
from creditdesk.ui.parts import messages, theme
from creditdesk.ui.parts.controls import button, card, clear, row, toggle
from creditdesk.ui.parts.file_drop import FileDrop
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.printing import image_of
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.sheet import Sheet
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import NameLabel, label
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.policies.beside_row import BesideRow, OpenValue
from creditdesk.workspace import Workspace

RAIL = "policies"

_VALUES = 560
_MARGIN = 12
_SETTLED = 120
_MARK_ALPHA = 70
_HOW = N_(
    "Drag over the place where the value stands: page and place are kept with it."
)
_DROP = N_(
    "Drop the scanned policy here: PDF or pictures. It is kept on the desk, and each value can be shown at its place."
)
_KEYS = N_("Enter checks and goes on · F2 as on the paper · F4 not on the paper · ↑ ↓ another value")  # fmt: skip


class BesidePaperPage(Page):
    """One value after the other, each at its place on the paper."""

    def __init__(self, workspace: Workspace, shell: Shell, policy: int) -> None:
        say = shell.wording
        self._shell = shell
        self._around = OwnFolder()
        self._presenter = BesidePaperPresenter(
            workspace, say, policy, self._around.file("paper").parent
        )
        self._all = toggle(say(N_("All values")), self._show_all)
        super().__init__(
            "",
            actions=(self._all, button(say(N_("Schedule…")), self._to_schedule)),
        )
        self.retitle(
            say(N_("Beside the paper")),
            self._presenter.subtitle,
            (self._presenter.file.line.number, "plain"),
        )
        self._rows: dict[str, BesideRow] = {}
        self._settle = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settle.timeout.connect(self._draw_page)
        self.body.addWidget(Fold(self._paper(), self._values(), _VALUES), 1)
        shell.guard(self._presenter.is_unsaved, self._presenter.save)
        self.destroyed.connect(self._presenter.close)
        self.destroyed.connect(self._around.close)
        for disconnect in (
            self._presenter.changed.connect(self._draw),
            workspace.changed.connect(self._on_change),
        ):
            self.destroyed.connect(disconnect)
        self._seen = (0, 0, 0, 0)
        self._drawn_current: str | None = None
        self._draw(None)
        if self._presenter.papers:
            self._show_paper(self._presenter.papers[-1])

    # What keys and the window ask

    def recount(self) -> None:
        """F5."""
        self._presenter.reload()

    def start_new(self) -> None:
        """Ctrl+N: another paper."""
        self._choose()

    def showEvent(self, event: QShowEvent) -> None:
        """The cursor stands in the open value."""
        super().showEvent(event)
        self._focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page keeps as wide as there is room."""
        super().resizeEvent(event)
        self._settle.start()

    def agree(self) -> None:
        """Enter: the paper says so; the next."""
        self._told(self._presenter.agree)

    def take(self) -> None:
        """F2: as the paper says it."""
        found = self._presenter.take()
        if self.open_value:
            self.open_value.show_texts()
            self.open_value.take_focus()
            said = N_("Type what the paper says; Enter keeps it.")
            self.open_value.tell("" if found else self._shell.wording(said))

    def leave_out(self) -> None:
        """F4: the paper says nothing of it."""

        def leave() -> bool:
            self._presenter.leave_out()
            return True

        self._told(leave)

    def take_file(self, path: Path) -> None:
        """Take a file as the policy's paper."""
        self._presenter.choose(path)
        self._shell.run(self._presenter.reading(), while_there(self, self._attach))

    @property
    def open_value(self) -> OpenValue | None:
        """The value that is open."""
        row_ = self._rows.get(self._presenter.current or "")
        return row_.open_value if row_ else None

    # The parts

    def _paper(self) -> QFrame:
        say = self._shell.wording
        frame, inside = card(margins=(12, 8, 12, 8))
        self._name = NameLabel(role="strong")
        self._where = label(role="quiet")
        self._earlier = button("‹", partial(self._presenter.turn, -1), hint=say(N_("Page before")))  # fmt: skip
        self._later = button("›", partial(self._presenter.turn, 1), hint=say(N_("Next page")))  # fmt: skip
        self._rotate = button(say(N_("Turn")), self._presenter.rotate)
        self._other = button(say(N_("Another paper…")), self._choose)
        self._paper_head = QWidget()
        self._paper_head.setLayout(
            row(
                self._name,
                self._where,
                None,
                self._earlier,
                self._later,
                self._rotate,
                self._other,
            )
        )
        inside.addWidget(self._paper_head)
        cover = QColor(theme.tokens().warning)
        cover.setAlpha(_MARK_ALPHA)
        self.sheet = Sheet(self._presenter, cover)
        self.sheet.setAccessibleName(say(N_("Page")))
        self._area = QScrollArea()
        self._area.setWidget(self.sheet)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.setAccessibleName(say(N_("Page")))
        inside.addWidget(self._area, 1)
        self._hint = label(say(_HOW), "small", wrap=True)
        inside.addWidget(self._hint)
        self.drop = FileDrop(
            say(_DROP),
            say(N_("Choose the file…")),
            dropped=lambda paths: self.take_file(paths[-1]),
            pressed=self._choose,
        )  # fmt: skip
        inside.addWidget(self.drop, 1)
        self._fault = label(role="fault", wrap=True)
        self._fault.hide()
        inside.addWidget(self._fault)
        return frame

    def _values(self) -> QFrame:
        frame, inside = card(margins=(0, 12, 0, 8), spacing=8)
        self._progress = label(role="section")
        self._left = label(role="small")
        self._bar = QHBoxLayout()
        self._bar.setSpacing(3)
        top = QWidget()
        above = QVBoxLayout(top)
        above.setContentsMargins(16, 0, 16, 0)
        above.addLayout(row(self._progress, None, self._left))
        above.addLayout(self._bar)
        inside.addWidget(top)
        listed = QWidget()
        self._list = QVBoxLayout(listed)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._scroll = scrolled(listed)
        inside.addWidget(self._scroll, 1)
        self._keys = label(self._shell.wording(_KEYS), "small", wrap=True)
        self._next = label(role="small")
        line = row(self._keys, None, self._next)
        line.setContentsMargins(16, 0, 16, 0)
        inside.addLayout(line)
        return frame

    # Drawing

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self._progress.setText(presenter.head)
        self._left.setText(presenter.left)
        self._next.setText(presenter.next_words)
        self._draw_bar()
        self._draw_rows()
        self._draw_head()
        self._draw_page()

    def _draw_bar(self) -> None:
        clear(self._bar)
        for each in self._presenter.segments:
            part = QFrame()
            part.setProperty("segment", each)
            part.setFixedHeight(6)
            self._bar.addWidget(part)

    def _draw_rows(self) -> None:
        lines = self._presenter.shown_lines
        if [line.key for line in lines] != list(self._rows):
            clear(self._list)
            self._rows = {}
            for line in lines:
                made = BesideRow(line, self._shell.wording, self._presenter.go_to)
                self._rows[line.key] = made
                self._list.addWidget(made)
            self._list.addStretch(1)
            self._drawn_current = None
        for line in lines:
            self._rows[line.key].show_line(line)
        self._draw_open()

    def _draw_open(self) -> None:
        presenter = self._presenter
        current = presenter.current
        entry = presenter.entry
        old = self._rows.get(self._drawn_current or "")
        if old and (current != self._drawn_current or not old.shows(entry)):
            old.close_value()
            self._drawn_current = None
        if current is None or entry is None or current not in self._rows:
            return
        opened = self._rows[current]
        if self._drawn_current != current:
            opened.open_with(entry, self.agree, self.take, self.leave_out, self._step)
            self._drawn_current = current
            QTimer.singleShot(0, self, partial(self._bring, current))
        if opened.open_value:
            opened.open_value.show_page(presenter.affects, *presenter.compared)

    def _bring(self, key: str) -> None:
        if key in self._rows and key == self._presenter.current:
            self._scroll.ensureWidgetVisible(self._rows[key], 0, theme.px(80))
            self._focus()

    def _draw_head(self) -> None:
        presenter = self._presenter
        paper = presenter.paper
        for each in (self._paper_head, self._area, self._hint):
            each.setVisible(paper is not None)
        self.drop.setVisible(paper is None)
        if paper:
            self._name.setText(paper.file_name)
            self._where.setText(presenter.where)
            self._earlier.setEnabled(presenter.page_seen > 1)
            self._later.setEnabled(presenter.page_seen < presenter.count)

    def _draw_page(self) -> None:
        presenter = self._presenter
        room = self._area.viewport().width() - _MARGIN
        ratio = self.devicePixelRatioF()
        paper = presenter.paper
        if paper is None or not self._area.isVisible():
            return
        seen = (paper.document, presenter.page_seen, presenter.quarters, room)
        if seen != self._seen:
            self._seen = seen
            picture = presenter.picture(round(max(200, room) * ratio))
            if isinstance(picture, NotShown) or picture is None:
                self.sheet.show_image(None)
                self._say(self._shell.wording.message(picture.reason) if picture else "")  # fmt: skip
            else:
                turning = QTransform().rotate(90 * presenter.quarters)
                image = image_of(picture).transformed(turning)
                image.setDevicePixelRatio(ratio)
                self.sheet.show_image(image)
                self._say("")
        self.sheet.update()

    def _say(self, fault: str) -> None:
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))

    def _focus(self) -> None:
        if self.open_value:
            self.open_value.take_focus()

    # Doing

    def _step(self, by: int) -> None:
        if self._presenter.is_unsaved():
            self.agree()
        else:
            self._presenter.step(by)

    def _told(self, act: Callable[[], bool]) -> None:
        try:
            kept = act()
        except UserError as error:
            if self.open_value:
                self.open_value.say(error.said)
            return
        if not kept and self.open_value:
            self.open_value.show_faults()

    def _show_all(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._presenter.show_all(all_of_them=on)

    def _choose(self) -> None:
        word = self._shell.wording(N_("Choose the scanned policy"))
        messages.choose_files(self, word, "", self._chosen)

    def _chosen(self, paths: list[Path]) -> None:
        if paths:
            self.take_file(paths[-1])

    def _attach(self, _nothing: None) -> None:
        try:
            self._show_paper(self._presenter.attach())
        except UserError as error:
            self._shell.refuse(error)

    def _show_paper(self, paper: PolicyPaper) -> None:
        job = self._around.during(self._presenter.laying_out(paper))
        self._shell.run(job, while_there(self, self._open), self._not_shown)

    def _open(self, opened: Opened) -> None:
        self._seen = (0, 0, 0, 0)
        self._presenter.open(opened)
        self._settle.start()

    def _not_shown(self, error: UserError) -> None:
        self._say(self._shell.wording.message(error.said))

    def _to_schedule(self) -> None:
        self._shell.go("policy_file", policy=self._presenter.policy)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES and not self._presenter.is_unsaved():
            self._presenter.reload()


def build(workspace: Workspace, shell: Shell, policy: int) -> QWidget:
    """The page."""
    return BesidePaperPage(workspace, shell, policy)
