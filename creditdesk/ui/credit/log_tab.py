"""Contacts, facts and ratings of a buyer, drawn: one log, and a form for each kind of entry."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creditdesk.domain.credit.contacts import Promise
from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.log_part import EntryKind, LogPart
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.entry_band import EntryBand
from creditdesk.ui.parts.paper_slot import PaperSlot
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import UNDONE, ask_void

_TITLES = {
    EntryKind.CONTACT: N_("A call, visit or letter"),
    EntryKind.FACT: N_("What became known, or that a register was looked at and nothing found"),
    EntryKind.GRADE: N_("What an agency or insurer thinks, in its own words"),
}  # fmt: skip


class LogTab(QWidget):
    """List and forms."""

    def __init__(self, presenter: LogPart, shell: Shell) -> None:
        super().__init__()
        self._presenter = presenter
        self._shell = shell
        say = shell.wording
        new = (
            button(say(N_("Contact…")), partial(self.start, EntryKind.CONTACT)),
            button(say(N_("Fact or register check…")), partial(self.start, EntryKind.FACT)),
            button(say(N_("Rating…")), partial(self.start, EntryKind.GRADE)),
        )  # fmt: skip
        self.kept = button(say(N_("Promise kept")), partial(self._settle, Promise.KEPT))
        self.broken = button(say(N_("Promise broken")), partial(self._settle, Promise.BROKEN))  # fmt: skip
        self.over = button(say(N_("Holds no more")), self._end)
        self.void = button(say(N_("Void…")), self._ask_void)
        self.papers = {
            kind: PaperSlot(
                say,
                say(N_("The page, picture or letter that shows it: drop it here")),
                say(N_("Add the paper…")),
                self._take_paper,
            )
            for kind in presenter.forms
        }
        self.entries = {
            kind: EntryBand(
                form,
                shell,
                title=say(_TITLES[kind]),
                act=say(N_("Keep the entry")),
                kept=partial(self._saved, kind),
                above=self.papers[kind],
            )
            for kind, form in presenter.forms.items()
        }
        self.panel = TablePanel(
            presenter.table,
            shell,
            empty=say(N_("Nothing yet. Calls and promises, register checks, incidents and ratings stand here by day.")),
            search=say(N_("Filter entries…")))  # fmt: skip
        self.panel.view.selectionModel().selectionChanged.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(row(*new, None, self.kept, self.broken, self.over, self.void))
        for entry in self.entries.values():
            layout.addWidget(entry)
        layout.addWidget(self.panel, 1)
        self._disconnect = presenter.changed.connect(self._choose)
        self.destroyed.connect(self._disconnect)
        self._choose()

    def start(self, kind: EntryKind) -> None:
        """Open the form of a new entry; another that is open is put away."""
        for other, entry in self.entries.items():
            if other is not kind:
                entry.put_away()
        self._presenter.start(kind)
        self.papers[kind].take(())
        self.entries[kind].open()

    def _chosen(self) -> object:
        return next(iter(self.panel.view.selected()), None)

    def _choose(self, *_what: object) -> None:
        key = self._chosen()
        promise = self._presenter.has_open_promise(key)
        self.kept.setEnabled(promise)
        self.broken.setEnabled(promise)
        self.over.setEnabled(self._presenter.may_end(key))
        self.void.setEnabled(self._presenter.may_void(key))

    def _take_paper(self, path: Path | None) -> None:
        self._presenter.paper.choose(path)
        if path is not None:
            self._shell.run(self._presenter.paper.reading(), while_there(self, self._paper_read))  # fmt: skip

    def _paper_read(self, _nothing: None) -> None:
        self._shell.tell(Message(N_("The paper is read; it is kept with the entry.")))

    def _saved(self, kind: EntryKind) -> None:
        self.papers[kind].take(())
        self._presenter.start(kind)
        why = self._shell.wording(UNDONE)
        undoing = partial(self._presenter.voiding, self._presenter.added, why)
        self._shell.offer_undo(Message(N_("The entry is kept.")), undoing)

    def _settle(self, outcome: Promise) -> None:
        work = self._presenter.settling(self._chosen(), outcome)
        self._shell.run(work, while_there(self, self._told))

    def _end(self) -> None:
        work = self._presenter.ending(self._chosen())
        self._shell.run(work, while_there(self, self._told))

    def _told(self, _nothing: None) -> None:
        self._shell.tell(Message(N_("Kept.")))

    def _ask_void(self) -> None:
        question = self._shell.wording(
            N_(
                "Was this entry a mistake? What followed from it falls away; it stays here, struck out."
            )
        )
        voiding = partial(self._presenter.voiding, self._chosen())
        ask_void(self, self._shell, question, voiding)
