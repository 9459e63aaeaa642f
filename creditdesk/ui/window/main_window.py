"""The window: rail, top bar, one page, foot. It carries pages and knows nothing of the trade."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from creditdesk.catalog.library import guide_of, term_of
from creditdesk.errors import Cancelled, UserError
from creditdesk.i18n import N_, Language, Message
from creditdesk.jobs import Job, Progress, Runner, Step
from creditdesk.preferences import Look, Preferences
from creditdesk.presenters.desk.backups import backup_state
from creditdesk.presenters.desk.help import guide_key, term_key
from creditdesk.presenters.desk.search import SearchPresenter, Suggestion
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.badges import COUNTED, waiting
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.find_box import forget_lately
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.page_area import PageArea
from creditdesk.ui.parts.shell import Printable, Screen
from creditdesk.ui.window.desk_menu import desk_menu
from creditdesk.ui.window.doors import Doors
from creditdesk.ui.window.dropping import Dropping
from creditdesk.ui.window.foot import Foot
from creditdesk.ui.window.keys import Keyed, choose, show_keys
from creditdesk.ui.window.look_follower import LookFollower
from creditdesk.ui.window.memory import (
    Beside,
    Seen,
    beside,
    seen,
    show_again,
    show_tabs,
)
from creditdesk.ui.window.places import build_page, rail_of
from creditdesk.ui.window.rail import Rail
from creditdesk.ui.window.top_bar import MANAGE, TopBar
from creditdesk.ui.window.trouble import Trouble
from creditdesk.workspace import Workspace

T = TypeVar("T")
_PAPERS = {
    ".jpg",
    ".jpeg",
    ".png",
    ".heic",
    ".tif",
    ".tiff",
    ".doc",
    ".docx",
    ".eml",
    ".msg",
}
_WHERE_PAPERS_GO = N_(
    "This is a paper, not a ledger. Open the claim or the entry it proves and drop it there."
)


@dataclass(frozen=True, slots=True)
class Stop:
    """A page one was on, so that Esc leads back."""

    place: str
    where: tuple[tuple[str, object], ...]
    seen: Seen = field(default_factory=Seen)
    """How it was left."""
    beside: Beside | None = None
    """The rows of the list it was opened from."""


class DeskWindow:
    """The open desk in a frame: what pages know as the shell."""

    def __init__(
        self,
        frame: QMainWindow,
        workspace: Workspace,
        screens: tuple[Screen, ...],
        dress: Callable[[Look], object],
    ) -> None:
        self._frame = frame
        self._workspace = workspace
        self._screens = screens
        self._dress = dress
        self.doors = Doors()
        self._stops: list[Stop] = []
        self._page: QWidget | None = None
        self._area: PageArea | None = None
        self._unsaved: Callable[[], bool] | None = None
        self._save: Callable[[], bool] = lambda: True
        self._running: Progress | None = None
        self._stop: Callable[[], object] | None = None
        self._waiting: dict[str, int] = {}
        self._lists: list[Printable] = []
        self._day = workspace.today()
        forget_lately()
        self._shortcuts()
        self.wording = Wording(workspace.preferences.now.language, workspace.today)
        self._build()
        workspace.changed.connect(self._on_change)
        LookFollower(frame, self._follow_look)

    # What pages may ask for: see `Shell`.

    @property
    def runner(self) -> Runner:
        """What jobs run on that have no progress to show."""
        return self._workspace.runner

    @property
    def heading(self) -> tuple[str, str]:
        """The title of the page shown, and the line below it."""
        return self._page.heading if isinstance(self._page, Page) else ("", "")

    def offer(self, listed: Printable) -> None:
        """A list is seen now; of several the first one that is seen is printed, or the one with the cursor."""
        if listed not in self._lists:
            self._lists.append(listed)

    def go(self, place: str, **where: object) -> None:
        """Show a page, unless unsaved changes hold the person here."""

        def step() -> None:
            if self._stops and self._page:
                self._stops[-1] = replace(self._stops[-1], seen=seen(self._page))
            self._leave(place, where)

        self._once_settled(step)

    def back(self) -> None:
        """Show the page before, or the place of the rail this page belongs to."""
        if len(self._stops) < 2:
            return
        before, here = self._stops[-2:]

        def step() -> None:
            del self._stops[-2:]
            if not self._leave(before.place, dict(before.where), before.beside):
                # What can't be shown any more is no stop: the next step back goes on from there.
                self._stops.append(here)
                return
            if self._page:
                show_again(self._page, before.seen)

        self._once_settled(step)

    def walk(self, by: int) -> None:
        """Open the record so many rows further in the list this one was opened from."""
        here = self._stops[-1] if self._stops else None
        further = here.beside.step(by) if here and here.beside else None
        if here is None or further is None:
            return

        def step() -> None:
            where = {**dict(here.where), further.name: further.key}
            look = seen(self._page) if self._page else Seen()
            before = self._stops[-2:-1]
            del self._stops[-1:]
            if not self._leave(here.place, where, further):
                self._stops.append(here)
                return
            if before:
                self._stops[-2] = replace(before[0], seen=before[0].seen.moved_to(further.key))  # fmt: skip
            if self._page:
                show_tabs(self._page, look)

        self._once_settled(step)

    def run(
        self,
        job: Job[T],
        done: Callable[[T], object],
        failed: Callable[[UserError], object] | None = None,
    ) -> None:
        """Do long work with progress in the foot."""

        def finished(result: T) -> None:
            self._running = None
            self._foot.finish()
            done(result)

        def broke(error: BaseException) -> None:
            self._running = None
            self._foot.finish()
            if isinstance(error, Cancelled):
                self.tell(Message(N_("Cancelled; nothing was changed.")), "quiet")
            elif isinstance(error, UserError):
                (failed or self.refuse)(error)
            else:
                raise error

        self._running = self._workspace.runner.start(
            job, done=finished, failed=broke, step=self._foot.show_step
        )

    def show_step(
        self, step: Step | None, cancel: Callable[[], object] | None = None
    ) -> None:
        """Say in the foot how far other work than `run`'s is, which `cancel` ends; None: it is over."""
        self._stop = cancel
        if step:
            self._foot.show_step(step)
        else:
            self._foot.finish()

    def tell(self, message: Message, tone: str = "done") -> None:
        """Say in the foot what was done."""
        self._foot.show_text(self.wording.message(message), tone)

    def offer_undo(self, message: Message, undoing: Callable[[], Job[None]]) -> None:
        """Say what was done, and offer for a minute to void it."""

        def undo() -> None:
            self.run(undoing(), undone)

        def undone(_nothing: None) -> None:
            self.tell(Message(N_("Undone; the entry stays in the history as void.")))
            self._ask_page("recount")

        self._foot.show_text(self.wording.message(message), "done", undo)

    def refuse(self, error: UserError) -> None:
        """Say a refusal as a bar above the page."""
        self._trouble.say(self.wording.message(error.said))

    def set_title(self, title: str) -> None:
        """Name what is shown in the window's title."""
        program = "信保台" if self.wording.language == "zh" else "CreditDesk"
        self._frame.setWindowTitle(f"{title} – {program}" if title else program)

    def guard(
        self,
        unsaved: Callable[[], bool] | None,
        save: Callable[[], bool] = lambda: True,
    ) -> None:
        """Ask for unsaved changes before this page is left."""
        self._unsaved = unsaved
        self._save = save

    def wait_at(self, place: str, count: int) -> None:
        """Show on the rail how many things wait at a place."""
        self._waiting[place] = count
        self._rail.show_waiting(self._waiting)

    def set_language(self, language: Language) -> None:
        """Speak another language from now on, once unsaved changes are settled."""
        self._once_settled(lambda: self._speak(language))

    def _speak(self, language: Language) -> None:
        self.guard(None)
        self._workspace.preferences.change(language=language)
        self.wording = Wording(language, self._workspace.today)
        self.rebuild()

    def set_look(self, look: Look) -> None:
        """Wear another look from now on."""
        self._workspace.preferences.change(look=look)
        self.dress(look)

    def dress(self, look: Look) -> None:
        """Draw everything in this look."""
        self._dress(look)
        self.rebuild()

    def _follow_look(self) -> None:
        """The system turned dark or light; what is being typed stays, its icons turn with the next page."""
        if self._workspace.preferences.now.look != "system":
            return
        if self._is_unsaved():
            self._dress("system")
        else:
            self.dress("system")

    def restore(
        self, copy: Path, theirs: str | None = None, *, of_another: bool = False
    ) -> None:
        """Put a backup in the desk's place and open it anew; whoever opened the desk does it."""
        self.doors.restore(copy, theirs, of_another)

    def protect(self, passphrase: str) -> None:
        """Give the desk another passphrase, or none, and open it anew; whoever opened the desk does it."""
        self.doors.protect(passphrase)

    def lock_after(self, minutes: int) -> None:
        """Lock after so many minutes without a key or the mouse; 0: never."""
        self._workspace.preferences.change(lock_minutes=minutes)
        self.doors.lock_after(minutes)

    def lock(self) -> None:
        """Hide everything until the passphrase is given."""
        if not self.doors.lock():
            self.tell(
                Message(
                    N_(
                        "This desk has no passphrase. Set one in the settings to lock it."
                    )
                ),
                "quiet",
            )

    @property
    def preferences(self) -> Preferences:
        """The person's choices on this machine."""
        return self._workspace.preferences.now

    @property
    def window(self) -> QMainWindow:
        """The frame, as the parent of dialogs."""
        return self._frame

    @property
    def page(self) -> QWidget | None:
        """The page shown."""
        return self._page

    def keep_day(self) -> None:
        """Where another day has begun, also while the machine slept, its duties and cover are found."""
        desk, day = self._workspace.desk, self._workspace.today()
        if day != self._day and not self._is_unsaved():
            self._day = day
            self.rebuild()
        if not desk.is_on(day):
            self.run(lambda progress: desk.move_to(day, progress), lambda _count: None)

    def leave_desk(self, act: Callable[[], object]) -> None:
        """Do what closes this desk, once unsaved changes are settled."""

        def go() -> None:
            self.guard(None)
            act()

        self._once_settled(go)

    def may_close(self) -> bool:
        """Whether the window may go now; unsaved changes are asked about first."""
        if not self._is_unsaved():
            return True
        self._once_settled(self._frame.close)
        return False

    def rebuild(self) -> None:
        """Draw the frame and the page anew, in today's words and look."""
        here = self._stops[-1] if self._stops else None
        self._build()
        if here:
            self._stops.pop()
            if not self._leave(here.place, dict(here.where), here.beside):
                self._leave("today", {})

    def show_clients(self) -> None:
        """Offer the clients there are."""
        lines = [(line.id, line.name) for line in self._workspace.desk.clients.all()]
        self._top.show_clients(lines, self._workspace.client)

    def show_backup(self) -> None:
        """Say on the rail when the desk was last backed up."""
        state = backup_state(self._workspace, self.wording)
        self._rail.show_backup(state.said, state.where, old=state.old)

    def _is_unsaved(self) -> bool:
        return bool(self._unsaved and self._unsaved())

    def _once_settled(self, act: Callable[[], object]) -> None:
        """Do what leaves the page, at once or when the person has decided about unsaved changes."""
        if self._is_unsaved():
            messages.leave(self._frame, self.wording, self._save, act)
            return
        act()

    def _leave(
        self, place: str, where: dict[str, object], rows: Beside | None = None
    ) -> bool:
        """Show another page; where it refuses, as when its record is void by now, that is said and nothing moves.

        `rows`: the list it belongs to, where that isn't on the page that is left.
        """
        guarded = self._unsaved, self._save
        self.guard(None)
        self._trouble.hide()
        if rows is None and self._page:
            rows = beside(self._page, where)
        try:
            made = build_page(place, self._workspace, self, where)
        except UserError as error:
            # The page that stays asks for its changes as before.
            self.guard(*guarded)
            self.refuse(error)
            return False
        self._lists.clear()
        self._stops.append(Stop(place, tuple(where.items()), beside=rows))
        self._top.show_place(rows)
        del self._stops[:-30]
        old, self._page = self._area, made
        if old is not None:
            old.hide()
            old.deleteLater()
        self._area = PageArea(made)
        self._place.addWidget(self._area)
        self._rail.mark(rail_of(place, where))
        self._page.windowTitleChanged.connect(self.set_title)
        self.set_title(self._page.windowTitle())
        self._area.show()
        self._page.setFocus()
        return True

    def _build(self) -> None:
        self._page = self._area = None
        self._rail = Rail(self._screens, self.wording, self.go)
        self._top = TopBar(self.wording, self._choose_client, self._open, self.walk)
        titles = [
            *((screen.id, screen.title) for screen in self._screens),
            ("what_if", N_("Policy what-if")),
            ("help", N_("Help")),
        ]
        self._top.search.serve(
            SearchPresenter(self._workspace.desk.buyers, self.wording, titles)
        )
        self._foot = Foot(self.wording, self._cancel)
        right_side = QWidget()
        right = QVBoxLayout(right_side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._top)
        pages = QWidget()
        self._place = QVBoxLayout(pages)
        self._place.setContentsMargins(0, 0, 0, 0)
        right.addWidget(pages, 1)
        right.addWidget(self._foot)
        whole = Keyed(self._type)
        whole.setProperty("role", "page")
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._rail)
        across.addWidget(right_side, 1)
        self._trouble = Trouble(self.wording, right_side, pages)
        Dropping(whole, self._take_files)
        self._frame.setCentralWidget(whole)
        self._menus()
        self._rail.show_waiting(self._waiting)
        self._show_state()
        self.show_clients()

    def _show_state(self) -> None:
        self._top.day.setText(self.wording.long_day(self._workspace.today()))
        self._rail.show_desk(self._workspace.desk.path.name)
        self._rail.desk.setMenu(desk_menu(self, self._rail.desk))
        self.show_backup()

    def _menus(self) -> None:
        bar = self._frame.menuBar()
        bar.clear()
        go = QMenu(self.wording(N_("Go")), bar)
        for screen in self._screens:
            action = QAction(self.wording(screen.title), go)
            action.triggered.connect(
                lambda _checked=False, place=screen.id: self.go(place)
            )
            go.addAction(action)
        bar.addMenu(go)
        bar.addMenu(desk_menu(self, bar))
        # The bar is there for macOS, where it stands on the screen's top; elsewhere the rail says the same.
        bar.setVisible(bar.isNativeMenuBar())

    def _shortcuts(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            "Escape": self.back,
            "Backspace": self._up,
            "Alt+Left": self._up,
            "Ctrl+K": self._search,
            "Ctrl+F": lambda: self._ask_page("focus_filter"),
            "Ctrl+N": lambda: self._ask_page("start_new"),
            "Ctrl+P": self._print,
            "F1": self.show_help,
            "F5": self._recount,
            "F7": self._choose,
            "F8": self._choose_client_by_key,
            "Alt+PgDown": lambda: self.walk(1),
            "Alt+PgUp": lambda: self.walk(-1),
            "Ctrl+L": self.lock,
            "Ctrl+Z": self._undo,
        }
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self._frame, act)

    def show_help(self) -> None:
        """What the word of the field means in which one is, else the guide for the page; there, every key."""
        here = self._stops[-1].place if self._stops else ""
        if here == "help":
            self.show_keys()
            return
        focus = QApplication.focusWidget()
        found = term_of(focus.accessibleName()) if focus else None
        guide = guide_of(here)
        if found is not None:
            self.go("help", chosen=term_key(found[0]))
        elif guide is not None:
            self.go("help", chosen=guide_key(guide))
        else:
            self.go("help")

    def show_keys(self) -> None:
        """Every key and what it does."""
        show_keys(self._frame, self.wording)

    def _type(self, event: QKeyEvent) -> bool:
        """What no widget took: the list's next row, or the keys."""
        if event.matches(QKeySequence.StandardKey.MoveToNextPage):
            self.walk(1)
            return True
        if event.matches(QKeySequence.StandardKey.MoveToPreviousPage):
            self.walk(-1)
            return True
        if event.text() in {"?", "？"}:
            self.show_keys()
            return True
        return False

    def _undo(self) -> None:
        # The foot is another one after the language or look was changed.
        self._foot.undo()

    def _choose(self) -> None:
        if not choose():
            self._choose_client_by_key()

    def _choose_client_by_key(self) -> None:
        self._top.clients.setFocus()
        self._top.clients.showPopup()

    def _recount(self) -> None:
        """Everything that follows from the books anew, then the page."""
        desk, day = self._workspace.desk, self._workspace.today()
        self.run(
            lambda progress: desk.recount(day, progress),
            lambda _count: self._ask_page("recount"),
        )

    def _print(self) -> None:
        """The paper of the page; where it has none, its list."""
        if hasattr(self._page, "start_print"):
            self._ask_page("start_print")
            return
        seen = [each for each in self._lists if isValid(each) and each.isVisible()]
        cursor = QApplication.focusWidget() or self._frame
        inside = [each for each in seen if each.isAncestorOf(cursor)]
        for chosen in (inside or seen)[:1]:
            chosen.print_list()

    def _up(self) -> None:
        """Where the page came down from a figure, up to it; else to the page before."""
        up = getattr(self._page, "go_up", None)
        if up is None or not up():
            self.back()

    def _take_files(self, paths: list[Path]) -> None:
        """Files dropped anywhere: the page takes them, or the import, unless it is a paper no import reads."""
        take = getattr(self._page, "take_files", None)
        if take:
            take(paths)
        elif all(path.suffix.lower() in _PAPERS for path in paths):
            self.tell(Message(_WHERE_PAPERS_GO), "warning")
        else:
            self._once_settled(lambda: self._import(paths))

    def _import(self, paths: list[Path]) -> None:
        if self._leave("ledger_import", {}):
            self._take_files(paths)

    def _search(self) -> None:
        self._top.search.setFocus()

    def _ask_page(self, what: str) -> None:
        act = getattr(self._page, what, None)
        if act:
            act()

    def _choose_client(self, client: int | str | None) -> None:
        if client == MANAGE:
            self.show_clients()
            self.go("clients")
            return
        assert not isinstance(client, str)  # noqa: S101 - the switcher offers numbers, None and MANAGE
        # Until the person has decided, the client is still the one before.
        self.show_clients()
        self._once_settled(lambda: self._narrow(client))

    def _narrow(self, client: int | None) -> None:
        self._workspace.choose(client)
        self._count_waiting()
        self.show_clients()
        if self._stops:
            here = self._stops.pop()
            known = any(screen.id == here.place for screen in self._screens)
            self._leave(here.place if known else "today", {})

    def _open(self, chosen: Suggestion) -> None:
        if chosen.place == "receivables" and "client" in chosen.where:
            client = chosen.where["client"]
            assert isinstance(client, int)  # noqa: S101 - a suggested client is one of the desk's
            self._once_settled(lambda: self._go_to_client(client))
            return
        self.go(chosen.place, **chosen.where)

    def _go_to_client(self, client: int) -> None:
        self._workspace.choose(client)
        self._count_waiting()
        self.show_clients()
        self._leave("receivables", {})

    def _cancel(self) -> None:
        if self._stop:
            self._stop()
        elif self._running:
            self._running.cancel()

    def _on_change(self, tables: frozenset[str]) -> None:
        if "client" in tables:
            self.show_clients()
        if tables & COUNTED:
            self._count_waiting()

    def _count_waiting(self) -> None:
        """What waits at the places, true also while another page is shown."""
        for place, count in waiting(self._workspace, self.wording).items():
            self.wait_at(place, count)
