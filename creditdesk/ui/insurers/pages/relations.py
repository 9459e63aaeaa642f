"""Contacts with insurers and brokers, drawn: requests that wait, the log, a new contact, and its answer."""

from collections.abc import Hashable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from creditdesk.domain.insurers.contacts import WaitingLimit
from creditdesk.i18n import N_, Message
from creditdesk.presenters.insurers.relations import (
    TABLES,
    RelationsPresenter,
    Waits,
)
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, clear, row, spread, toggle
from creditdesk.ui.parts.entry_band import EntryBand
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.paper_slot import PaperSlot
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import UNDONE, ask_void
from creditdesk.workspace import Workspace

RAIL = "policies"
_WAITING = 3
"""Requests shown above the log; those that wait longest."""


class RelationsPage(Page):
    """Enter on a contact opens its file."""

    def __init__(self, workspace: Workspace, shell: Shell, contact: int) -> None:
        say = shell.wording
        new = button(say(N_("New contact…")), self.start_new, role="primary", hint="Ctrl+N")  # fmt: skip
        super().__init__(say(N_("Insurers and brokers")), actions=(new,))
        self._shell = shell
        self._presenter = presenter = RelationsPresenter(workspace, say)
        self._requests, self._lines = card(spacing=4)
        self.paper = PaperSlot(
            say,
            say(N_("The letter or e-mail itself, in or out: drop it here")),
            say(N_("Add the file…")),
            self._take_paper,
        )
        self.entry = EntryBand(
            presenter.form, shell, title=say(N_("A call, visit, letter or e-mail")), act=say(N_("Keep the contact")),
            kept=self._kept, above=self.paper,
        )  # fmt: skip
        self.answering = EntryBand(
            presenter.answer_form, shell, title=say(N_("The answer came")), act=say(N_("Keep the answer")),
            kept=self._answered,
        )  # fmt: skip
        self.bands = (self.entry, self.answering)
        self.answer = button(say(N_("The answer came…")), self.start_answer)
        self.file = button(say(N_("Open its file")), self._open_chosen)
        self.save = button(say(N_("Save the file…")), self._save_chosen)
        self.void = button(say(N_("Void…")), self._ask_void)
        self.open = toggle(say(N_("Only expected answers")), self._show_open)
        none = N_(
            "No contacts yet. Calls, visits, letters and e-mails with insurers and brokers stand here by day."
        )
        self.panel = TablePanel(
            presenter.table,
            shell,
            opened=self._open,
            empty=say(none),
            search=say(N_("Filter contacts…")),
            tools=(self.open,),
        )
        self.panel.view.selectionModel().selectionChanged.connect(self._chosen)
        self.body.addWidget(self._requests)
        self.body.addLayout(row(self.answer, self.file, self.save, self.void, None))
        for band in self.bands:
            self.body.addWidget(band)
            band.turned.connect(self._make_room)
        self.body.addWidget(self.panel, 1)
        self.body.addStretch()
        self.destroyed.connect(presenter.close)
        for disconnect in (
            presenter.changed.connect(self._draw),
            workspace.changed.connect(self._on_change),
        ):
            self.destroyed.connect(disconnect)
        shell.guard(self._is_dirty, self._save)
        presenter.reload()
        if contact:
            self.panel.view.select(contact)

    def start_new(self) -> None:
        """Ctrl+N."""
        self._presenter.start()
        self._open_only(self.entry)

    def start_answer(self) -> None:
        """The answer of the chosen contact came."""
        self._presenter.start_answer(self._key())
        self._open_only(self.answering)

    def start_asking(self, limit: WaitingLimit) -> None:
        """A letter that asks for the answer to a request."""
        self._presenter.start_asking(limit)
        self._open_only(self.entry)

    def recount(self) -> None:
        """F5."""
        self._presenter.reload()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def _open_only(self, band: EntryBand) -> None:
        for other in self.bands:
            if other is not band and not other.isHidden():
                other.put_away()
        self.paper.take(())
        band.open()

    def _make_room(self) -> None:
        """While a form is open the requests and the log give way to it."""
        busy = any(not each.isHidden() for each in self.bands)
        self.panel.setVisible(not busy)
        self._requests.setVisible(bool(self._presenter.waiting) and not busy)

    def _key(self) -> Hashable:
        return next(iter(self.panel.view.selected()), None)

    def _take_paper(self, path: Path | None) -> None:
        self._presenter.paper.choose(path)
        if path is not None:
            self._shell.run(self._presenter.paper.reading(), while_there(self, self._read))  # fmt: skip

    def _read(self, _nothing: None) -> None:
        self._shell.tell(Message(N_("The paper is read; it is kept with the entry.")))

    def _kept(self) -> None:
        self.paper.take(())
        why = self._shell.wording(UNDONE)
        undoing = partial(self._presenter.voiding, self._presenter.added, why)
        self._shell.offer_undo(Message(N_("The contact is kept.")), undoing)

    def _answered(self) -> None:
        self._shell.tell(Message(N_("The answer is kept.")))

    def _open_chosen(self) -> None:
        self._open(self._key())

    def _open(self, key: Hashable) -> None:
        if self._presenter.may_open(key):
            self._shell.run(self._presenter.opening(key), messages.show_file)
        elif self._presenter.has_paper(key):
            self._save_file(key)

    def _save_chosen(self) -> None:
        self._save_file(self._key())

    def _save_file(self, key: Hashable) -> None:
        def chosen(path: Path) -> None:
            work = self._presenter.saving(key, path)
            self._shell.run(work, while_there(self, self._written))

        title = self._shell.wording(N_("Save…"))
        messages.choose_target(self, title, self._presenter.file_name(key), chosen)

    def _written(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("Written to {path}."), path=path))

    def _ask_void(self) -> None:
        text = N_("Was this entry a mistake? What followed from it falls away; it stays here, struck out.")  # fmt: skip
        voiding = partial(self._presenter.voiding, self._key())
        ask_void(self, self._shell, self._shell.wording(text), voiding)

    def _show_open(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._presenter.show_open(on=on)

    def _chosen(self, *_what: object) -> None:
        key = self._key()
        self.answer.setEnabled(self._presenter.may_answer(key))
        self.file.setEnabled(self._presenter.may_open(key))
        self.save.setEnabled(self._presenter.has_paper(key))
        self.void.setEnabled(self._presenter.may_void(key))

    def _is_dirty(self) -> bool:
        return any(each.is_dirty() for each in self.bands)

    def _save(self) -> bool:
        return all(each.save() for each in self.bands if each.is_dirty())

    def _draw(self, _nothing: None) -> None:
        say = self._shell.wording
        self.retitle(say(N_("Insurers and brokers")), self._presenter.said)
        clear(self._lines)
        waiting = self._presenter.waiting
        self._lines.addWidget(label(say(N_("Limit requests that wait for an answer")), "section"))  # fmt: skip
        spread([self._request(each) for each in waiting[:_WAITING]], self._lines)
        if len(waiting) > _WAITING:
            more = say(N_("and {count} more, which came later"), count=len(waiting) - _WAITING)  # fmt: skip
            self._lines.addWidget(label(more, "small"))
        self._make_room()
        self._chosen()

    def _request(self, waits: Waits) -> QWidget:
        made = QWidget()
        said = label(waits.said, "warning" if waits.slow else "quiet")
        press = partial(self.start_asking, waits.limit)
        ask = button(self._shell.wording(N_("Ask for the answer…")), press)
        ask.setAccessibleName(f"{ask.text()} {waits.title}")
        made.setLayout(row(label(waits.title, "strong"), said, None, ask))
        return made

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._presenter.reload()


def build(workspace: Workspace, shell: Shell, contact: int = 0) -> QWidget:
    """The page; `contact`: the one to look at first."""
    return RelationsPage(workspace, shell, contact)
