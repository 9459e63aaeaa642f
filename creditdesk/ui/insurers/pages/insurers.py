"""The insurers' files, drawn: all of them above, the chosen one's service and entries below."""

from functools import partial

from PySide6.QtWidgets import QWidget

from creditdesk.domain.insurers.files import ENTRY_TITLES, EntryKind
from creditdesk.i18n import N_, Message
from creditdesk.presenters.insurers.insurers import TABLES, InsurersPresenter
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.entry_band import EntryBand
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.voiding import UNDONE, ask_void
from creditdesk.workspace import Workspace

RAIL = "policies"
_INSURERS = 190


class InsurersPage(Page):
    """Two lists, and a form for each kind of entry between them."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        title = say(N_("Insurers"))
        subtitle = say(N_("What is known of each, and how it answered our own applications."))  # fmt: skip
        quotes = button(say(N_("Quotes…")), lambda: shell.go("quotes"), role="primary")
        contacts = button(say(N_("Contacts…")), lambda: shell.go("relations"))
        self._record = button(say(N_("Service in pictures…")), self._open_record)
        super().__init__(title, subtitle, actions=(contacts, self._record, quotes))
        self._shell = shell
        self._presenter = InsurersPresenter(workspace, say)
        self.insurers = TablePanel(
            self._presenter.table,
            shell,
            opened=self._open_record,
            empty=say(N_("No insurer yet: a policy, an entry or a quote names the first one."))
)  # fmt: skip
        self.insurers.setFixedHeight(theme.px(_INSURERS))
        self.insurers.view.selectionModel().selectionChanged.connect(self._choose)
        self.said = label(wrap=True)
        self.name = label("", "section")
        self.bands = {
            kind: EntryBand(
                form,
                shell,
                title=say(ENTRY_TITLES[kind]),
                act=say(N_("Keep the entry")),
                kept=self._kept,
            )
            for kind, form in self._presenter.forms.items()
        }
        new = [button(say(ENTRY_TITLES[kind]) + "…", partial(self.start, kind)) for kind in self.bands]  # fmt: skip
        self.void = button(say(N_("Void…")), self._ask_void)
        self.entries = TablePanel(
            self._presenter.entries,
            shell,
            empty=say(N_("Nothing yet. Solvency reports, ratings, people, portals and wordings stand here by day."))
)  # fmt: skip
        self.entries.view.selectionModel().selectionChanged.connect(self._chosen_entry)
        self.body.addWidget(self.insurers)
        self.body.addWidget(self.name)
        self.body.addWidget(self.said)
        self.body.addLayout(row(*new, None, self.void))
        for band in self.bands.values():
            self.body.addWidget(band)
        self.body.addWidget(self.entries, 1)
        self._disconnect = self._presenter.changed.connect(self._draw)
        self._disconnect_desk = workspace.changed.connect(self._on_change)
        self.destroyed.connect(self._disconnect)
        self.destroyed.connect(self._disconnect_desk)
        for band in self.bands.values():
            band.turned.connect(self._make_room)
        shell.guard(self._is_dirty, self._save)
        self._presenter.reload()

    def start(self, kind: EntryKind) -> None:
        """Open the form of a new entry; another that is open is put away."""
        for other, band in self.bands.items():
            if other is not kind:
                band.put_away()
        self._presenter.start(kind)
        self.bands[kind].open()

    def _open_record(self, *_row: object) -> None:
        if self._presenter.chosen:
            self._shell.go("insurer_record", insurer=self._presenter.chosen)

    def _make_room(self) -> None:
        """While a form is open the list of insurers gives way to it."""
        self.insurers.setVisible(all(each.isHidden() for each in self.bands.values()))

    def recount(self) -> None:
        """F5."""
        self._presenter.reload()

    def _is_dirty(self) -> bool:
        return any(each.is_dirty() for each in self.bands.values())

    def _save(self) -> bool:
        return all(each.save() for each in self.bands.values() if each.is_dirty())

    def _choose(self, *_what: object) -> None:
        chosen = next(iter(self.insurers.view.selected()), None)
        if chosen is not None:
            self._presenter.choose(chosen)

    def _chosen_entry(self, *_what: object) -> None:
        key = next(iter(self.entries.view.selected()), None)
        self.void.setEnabled(self._presenter.may_void(key))

    def _kept(self) -> None:
        why = self._shell.wording(UNDONE)
        undoing = partial(self._presenter.voiding, self._presenter.added, why)
        self._shell.offer_undo(Message(N_("The entry is kept.")), undoing)

    def _ask_void(self) -> None:
        key = next(iter(self.entries.view.selected()), None)
        text = N_("Was this entry a mistake? What followed from it falls away; it stays here, struck out.")  # fmt: skip
        voiding = partial(self._presenter.voiding, key)
        ask_void(self, self._shell, self._shell.wording(text), voiding)

    def _draw(self, _nothing: None) -> None:
        self.name.setText(self._presenter.chosen)
        self._record.setEnabled(bool(self._presenter.chosen))
        self.said.setText("\n".join(self._presenter.said))
        self._chosen_entry()

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._presenter.reload()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return InsurersPage(workspace, shell)
