"""What happens in the frame: a first look, the desk, the start page, the passphrase, the end."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from creditdesk import crash, passphrases, paths
from creditdesk.errors import UserError
from creditdesk.i18n import Language
from creditdesk.preferences import Look, PreferenceFile
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme
from creditdesk.ui.window import first_look
from creditdesk.ui.window.frame import Deliverer, Frame

if TYPE_CHECKING:
    from creditdesk.ui.window.desk_opening import OpenDesk

_AFTER_PAINT_MS = 15


class Life:
    """The life of the window: what stands in its frame, and what was opened for it."""

    def __init__(
        self,
        app: QApplication,
        frame: Frame,
        preferences: PreferenceFile,
        desk: Path | None,
    ) -> None:
        self._app = app
        self._asked = desk
        self._preferences = preferences
        self._translator = QTranslator()
        self.frame = frame
        self.frame.closing.connect(self._close)
        self._deliverer = Deliverer()
        self._open: OpenDesk | None = None
        app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "creditdesk.svg")))
        theme.supply_fonts()
        self.dress(preferences.now.look)

    @property
    def wording(self) -> Wording:
        """The words of the language chosen."""
        return Wording(self._preferences.now.language)

    def dress(self, look: Look) -> None:
        """Dress everything, Qt's own buttons in the language too."""
        theme.apply(self._app, look)
        self._speak(self._preferences.now.language)

    def crashed(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """A bug: keep a report, say so, go on. A refusal nobody else took is said as what it is."""
        from creditdesk.ui.parts import messages  # noqa: PLC0415 - needed once things went wrong

        if isinstance(error, UserError):
            messages.tell(self.frame, self.wording.message(error.said))
            return
        messages.tell(self.frame, crash.sentence(crash.keep(kind, error, trace)))

    def begin(self) -> None:
        """Open the desk asked for, the last one, or the start page; a last one that is gone is asked about there."""
        desk = self._asked or self._last_desk()
        if desk is None or not (self._asked or desk.is_file()):
            self._show_start()
            return
        # Where a first look is possible, the person reads while the services load.
        seen = first_look.show(self.frame, desk, date.today(), self.wording)  # noqa: DTZ011 - the person's day
        QTimer.singleShot(_AFTER_PAINT_MS if seen else 0, lambda: self.open(desk))

    def _last_desk(self) -> Path | None:
        """The person's own that was open last, also where it is gone; else the one the command line makes."""
        last = self._preferences.now.last_desk
        if last:
            return paths.by_now(Path(last))
        return paths.default_desk() if paths.default_desk().is_file() else None

    def open(
        self,
        desk: Path,
        passphrase: str | None = None,
        *,
        damaged: bool = False,
        trouble: UserError | None = None,
    ) -> None:
        """Open a desk in the frame; asks for a passphrase where the file needs one. `trouble` is said in the window."""
        from creditdesk.ui.window.desk_opening import PassphraseAsked, opened  # noqa: PLC0415 - what follows is heavy

        given = passphrases.given() if passphrase is None else passphrase
        try:
            kept = opened(self, desk, given, damaged=damaged)
        except PassphraseAsked as asked:
            self._ask_passphrase(desk, asked.refusal)
        except UserError as error:
            self._show_start(self.wording.message(error.said))
        else:
            self._open = kept
            told = trouble or kept.refusal
            if told:
                kept.tell(told)
            # The sample is looked at; the person's own desk stays the one that opens next time.
            if desk.resolve() != paths.sample_desk().resolve():
                self._preferences.used(desk.resolve())

    def show_desk(self, desk: Path) -> None:
        """A desk was opened from outside, as by a double click: show it, in place of what stands here."""
        if self._open:
            self._open.show_other(desk)
        else:
            self.open(desk)

    def leave(self, act: Callable[[], object]) -> None:
        """Close the desk with its backup, then do this; nothing happens where something stands against closing."""
        if self.frame.may_close(lambda: self.leave(act)):
            self._close()
            act()

    def begin_anew(self) -> None:
        """Show the start page."""
        self._show_start()

    @property
    def preferences(self) -> PreferenceFile:
        """The person's choices on this machine."""
        return self._preferences

    @property
    def deliverer(self) -> Deliverer:
        """Carries answers of jobs to the window's thread."""
        return self._deliverer

    def _show_start(self, refusal: str = "") -> None:
        from creditdesk.ui.window.start import Choices, StartPage  # noqa: PLC0415 - shown without a desk only

        page = StartPage(
            self.wording,
            Choices(
                self._open_sample, self._create, self.open, self._preferences.forget
            ),
            default=paths.default_desk(),
            recent=[Path(each) for each in self._preferences.now.recent],
        )
        page.refuse(refusal)
        self._put(page)

    def _ask_passphrase(self, desk: Path, refusal: str) -> None:
        from creditdesk.ui.window.start import PassphrasePage  # noqa: PLC0415 - shown for protected desks only

        page = PassphrasePage(
            self.wording, desk, lambda given: self.open(desk, given), self._show_start
        )
        if refusal:
            page.refuse(refusal)
        self._put(page)

    def _open_sample(self) -> None:
        from creditdesk.ui.window.desk_opening import sample_desk  # noqa: PLC0415 - what follows is heavy

        self.open(sample_desk())

    def _create(self, desk: Path, passphrase: str) -> None:
        from creditdesk.workspace import create_desk  # noqa: PLC0415 - what follows is heavy

        try:
            create_desk(desk, passphrase)
        except UserError as error:
            self._show_start(self.wording.message(error.said))
        else:
            self.open(desk, passphrase)

    def _put(self, page: QWidget) -> None:
        self.frame.setCentralWidget(page)
        page.show()
        page.setFocus()

    def _speak(self, language: Language) -> None:
        self._app.removeTranslator(self._translator)
        chosen = (
            QLocale.Language.Chinese if language == "zh" else QLocale.Language.English
        )
        QLocale.setDefault(QLocale(chosen))
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(QLocale(chosen), "qtbase", "_", folder):
            self._app.installTranslator(self._translator)

    def _close(self) -> None:
        if self._open:
            self._open.close()
            self._open = None
            self.frame.may_close = lambda _again: True
