"""Lessons from claims and late duties, drawn: the list, a new one, who sees to it, and that it was done."""

from collections.abc import Hashable
from functools import partial

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.claims.lessons import TABLES, LessonsPresenter
from creditdesk.ui.parts.controls import button, row, toggle
from creditdesk.ui.parts.entry_band import EntryBand
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import ask_void
from creditdesk.workspace import Workspace

RAIL = "claims"


class LessonsPage(Page):
    """A double click opens the claim a lesson comes from."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        new = button(say(N_("New lesson…")), self.start_new, hint="Ctrl+N")
        take = button(say(N_("Take from claims and late duties")), self._take, role="primary")  # fmt: skip
        super().__init__(say(N_("Lessons")), actions=(new, take))
        self._shell = shell
        self._presenter = presenter = LessonsPresenter(workspace, say)
        kept = N_("The lesson is kept.")
        self.entry = EntryBand(
            presenter.form, shell, title=say(N_("New lesson")), act=say(N_("Keep the lesson")),
            kept=partial(self._tell, kept),
        )  # fmt: skip
        self.giving = EntryBand(
            presenter.give_form, shell, title=say(N_("Who sees to it, and by when")), act=say(N_("Keep")),
            kept=partial(self._tell, kept),
        )  # fmt: skip
        self.doing = EntryBand(
            presenter.done_form, shell, title=say(N_("It was done")), act=say(N_("Keep that it is done")),
            kept=partial(self._tell, N_("The lesson is done.")),
        )  # fmt: skip
        self.bands = (self.entry, self.giving, self.doing)
        self.give = button(say(N_("Who and by when…")), self.start_giving)
        self.done = button(say(N_("Done…")), self.start_done)
        self.void = button(say(N_("Void…")), self._ask_void)
        self.whole = toggle(say(N_("Also what is done")), self._show_whole)
        none = N_(
            "No lessons are open. They are taken from cut claims and late duties, or entered by hand."
        )
        self.panel = TablePanel(
            presenter.table,
            shell,
            opened=self._open,
            empty=say(none),
            search=say(N_("Filter lessons…")),
            tools=(self.whole,),
        )
        self.panel.view.selectionModel().selectionChanged.connect(self._chosen)
        self.body.addLayout(row(self.give, self.done, self.void, None))
        for band in self.bands:
            self.body.addWidget(band)
            band.turned.connect(self._make_room)
        self.body.addWidget(self.panel, 1)
        self.body.addStretch()
        for disconnect in (
            presenter.changed.connect(self._draw),
            workspace.changed.connect(self._on_change),
        ):
            self.destroyed.connect(disconnect)
        shell.guard(self._is_dirty, self._save)
        presenter.reload()

    def start_new(self) -> None:
        """Ctrl+N."""
        self._open_only(self.entry)

    def start_giving(self) -> None:
        """Who sees to the chosen one."""
        self._presenter.start_giving(self._key())
        self._open_only(self.giving)

    def start_done(self) -> None:
        """The chosen one was done."""
        self._presenter.start_done(self._key())
        self._open_only(self.doing)

    def recount(self) -> None:
        """F5."""
        self._presenter.reload()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def _open_only(self, band: EntryBand) -> None:
        for other in self.bands:
            if other is not band:
                other.put_away()
        band.open()

    def _make_room(self) -> None:
        """While a form is open the list gives way to it."""
        self.panel.setVisible(all(each.isHidden() for each in self.bands))

    def _key(self) -> Hashable:
        return next(iter(self.panel.view.selected()), None)

    def _take(self) -> None:
        self._shell.run(self._presenter.taking(), while_there(self, self._taken))

    def _taken(self, count: int) -> None:
        none = Message(N_("Claims and late duties teach nothing that isn't here already."))  # fmt: skip
        some = Message.of(N_("{count} lessons were taken. Say who sees to each by when."), count=count)  # fmt: skip
        self._shell.tell(some if count else none)

    def _ask_void(self) -> None:
        text = N_(
            "Does this lesson teach nothing, or was it entered by mistake? "
            "It stays in the history, and isn't taken again."
        )
        voiding = partial(self._presenter.voiding, self._key())
        ask_void(self, self._shell, self._shell.wording(text), voiding)

    def _show_whole(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._presenter.show_whole(on=on)

    def _open(self, key: Hashable) -> None:
        claim = self._presenter.claim_of(key)
        if claim is not None:
            self._shell.go("claim_file", claim=claim)

    def _chosen(self, *_what: object) -> None:
        may = self._presenter.may_change(self._key())
        for each in (self.give, self.done, self.void):
            each.setEnabled(may)

    def _tell(self, text: str) -> None:
        self._shell.tell(Message(text))

    def _is_dirty(self) -> bool:
        return any(each.is_dirty() for each in self.bands)

    def _save(self) -> bool:
        return all(each.save() for each in self.bands if each.is_dirty())

    def _draw(self, _nothing: None) -> None:
        self.retitle(self._shell.wording(N_("Lessons")), self._presenter.said)
        self._chosen()

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._presenter.reload()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return LessonsPage(workspace, shell)
