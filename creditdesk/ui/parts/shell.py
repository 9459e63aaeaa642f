"""What a page may ask of the window, and what a place of the rail is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtWidgets import QMainWindow, QWidget

from creditdesk.errors import UserError
from creditdesk.i18n import Language, Message
from creditdesk.jobs import Job, Runner
from creditdesk.preferences import Look, Preferences
from creditdesk.presenters.parts.wording import Wording

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Screen:
    """A place on the rail. Its page module is imported when it is first shown."""

    id: str
    title: str
    icon: str
    order: int


class Printable(Protocol):
    """A list that can be printed."""

    def print_list(self) -> None:
        """Show it on paper."""

    def isVisible(self) -> bool:
        """Whether it is seen."""

    def isAncestorOf(self, child: QWidget, /) -> bool:
        """Whether the cursor, in this widget, is in it."""


class Shell(Protocol):
    """The window, as its pages know it."""

    wording: Wording

    @property
    def runner(self) -> Runner:
        """What jobs run on that have no progress to show, such as the pages of a preview."""

    @property
    def heading(self) -> tuple[str, str]:
        """The title of the page shown, and the line that says what exactly it shows."""

    def offer(self, listed: Printable) -> None:
        """A list is seen now: Ctrl+P prints it where its page has no paper of its own."""

    def go(self, place: str, **where: object) -> None:
        """Show a page; `where` says which record."""

    def back(self) -> None:
        """Show the page before."""

    def run(
        self,
        job: Job[T],
        done: Callable[[T], object],
        failed: Callable[[UserError], object] | None = None,
    ) -> None:
        """Do long work with progress in the foot; a refusal is said where `failed` doesn't take it."""

    def tell(self, message: Message, tone: str = "done") -> None:
        """Say in the foot what was done."""

    def offer_undo(self, message: Message, undoing: Callable[[], Job[None]]) -> None:
        """Say what was done, and offer for a minute to void it; `undoing` gives the work, with its reason."""

    def refuse(self, error: UserError) -> None:
        """Say a refusal as a bar above the page."""

    def set_title(self, title: str) -> None:
        """Name what is shown in the window's title."""

    def guard(
        self, unsaved: Callable[[], bool] | None, save: Callable[[], bool] = ...
    ) -> None:
        """Ask for unsaved changes before this page is left; `save` answers whether it worked."""

    def wait_at(self, place: str, count: int) -> None:
        """Show on the rail how many things wait at a place."""

    def set_language(self, language: Language) -> None:
        """Speak another language from now on."""

    def set_look(self, look: Look) -> None:
        """Wear another look from now on."""

    def show_clients(self) -> None:
        """Offer in the switcher the clients there are now."""

    def show_backup(self) -> None:
        """Say on the rail when the desk was last backed up."""

    def restore(
        self, copy: Path, theirs: str | None = None, *, of_another: bool = False
    ) -> None:
        """Put a backup in the desk's place, keep the desk under a dated name, and open it anew.

        `theirs`: the backup's passphrase, None: the desk's. `of_another`: a backup of another desk is meant.
        """

    def protect(self, passphrase: str) -> None:
        """Give the desk another passphrase, an empty one for none, and open it anew."""

    def lock_after(self, minutes: int) -> None:
        """Lock after so many minutes without a key or the mouse; 0: never."""

    @property
    def preferences(self) -> Preferences:
        """The person's choices on this machine."""

    @property
    def window(self) -> QMainWindow:
        """The parent of dialogs."""
