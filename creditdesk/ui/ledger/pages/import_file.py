"""One import, drawn: what it brought, changed and left out, how its totals stand, and its file."""

from collections.abc import Callable, Hashable, Iterable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.ledger.import_file import (
    TABLES,
    ImportFact,
    ImportFilePresenter,
)
from creditdesk.presenters.parts.table import Face, Tone
from creditdesk.ui.ledger.source_file import open_source, save_source
from creditdesk.ui.ledger.taking_back import take_back
from creditdesk.ui.parts.controls import button, clear
from creditdesk.ui.parts.fact_card import fact_card
from creditdesk.ui.parts.page import Page, Tabs
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "receivables"
COMPARED_PART = 4
_ROLES = {Tone.WARNING: "warning", Tone.DONE: "done", Tone.QUIET: "quiet"}


class ImportFilePage(Page):
    """Head, and the parts of an import."""

    def __init__(self, workspace: Workspace, shell: Shell, batch: int) -> None:
        say = shell.wording
        self._shell = shell
        self._workspace = workspace
        self._presenter = ImportFilePresenter(workspace, say, batch)
        self._back = button(say(N_("Take back…")), self._take_back)
        self._save = button(say(N_("Save the source file as…")), self._save_source)
        self._open = button(say(N_("Open the source file")), self._open_source)
        self._compare = button(
            say(N_("Compare with the ledger")), self.compare, role="primary"
        )
        super().__init__(
            self._presenter.title,
            self._presenter.subtitle,
            (self._back, self._save, self._open, self._compare),
        )
        self.tabs = Tabs()
        self._add_brought()
        self.changes = self._list(
            self._presenter.changes,
            N_("Nothing that was there before was changed."),
        )
        self.tabs.add(say(N_("Changed")), self.changes)
        self.remarks = self._list(
            self._presenter.remarks,
            N_("Every row was used; there was nothing to say."),
            N_("Filter rows, reasons…"),
        )
        self.tabs.add(say(N_("Rows left out")), self.remarks)
        self.tabs.add(say(N_("Totals")), self._totals())
        self.tabs.add(say(N_("Compared with now")), self._compared())
        self.tabs.add(say(N_("File")), self._file())
        self.body.addWidget(self.tabs, 1)
        self.destroyed.connect(self._presenter.changed.connect(self._draw))
        self.destroyed.connect(workspace.changed.connect(self._on_change))
        self._draw(None)

    def recount(self) -> None:
        """F5: read it anew."""
        self._presenter.reload()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.remarks.filter.setFocus()

    def compare(self) -> None:
        """Read the kept file again and hold it against the ledger."""
        self.tabs.show_part(COMPARED_PART + (self._presenter.kind == "ledger"))
        show = while_there(self, self._presenter.show_compared)
        self._shell.run(self._presenter.comparing(), show)

    def _add_brought(self) -> None:
        say, presenter = self._shell.wording, self._presenter
        hint = N_("Filter buyers, numbers…")
        if presenter.kind == "aged":
            none = N_("It brought no balances.")
            self.brought = self._list(presenter.balances, none, hint)
            self.tabs.add(say(N_("Balances")), self.brought)
        elif presenter.kind == "bank":
            none = N_("It brought no lines.")
            self.brought = self._list(presenter.receipts, none, hint)
            self.tabs.add(say(N_("Money received")), self.brought)
        else:
            none = N_("It brought no new documents.")
            self.brought = self._list(
                presenter.documents, none, hint, self._go_document
            )
            self.tabs.add(say(N_("New documents")), self.brought)
            none = N_("It brought no new payments.")
            self.payments = self._list(presenter.payments, none, hint, self._go_payment)
            self.tabs.add(say(N_("New payments")), self.payments)

    def _list(
        self,
        face: Face,
        none: str,
        search: str = "",
        opened: Callable[[Hashable], object] | None = None,
    ) -> TablePanel:
        say = self._shell.wording
        return TablePanel(
            face,
            self._shell,
            opened=opened,
            empty=say(none),
            search=say(search) if search else "",
        )

    def _totals(self) -> QWidget:
        self._totals_place = QHBoxLayout()
        return _part(self._totals_place)

    def _compared(self) -> QWidget:
        part = QWidget()
        below = QVBoxLayout(part)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(12)
        self._standing = label(wrap=True)
        below.addWidget(self._standing)
        none = N_("Nothing to show: compare first, or everything is as the file says.")
        self.differences = self._list(
            self._presenter.differences,
            none,
            N_("Filter buyers, numbers…"),
            self._go_difference,
        )
        below.addWidget(self.differences, 1)
        return part

    def _file(self) -> QWidget:
        self._file_place = QHBoxLayout()
        return _part(self._file_place)

    def _draw(self, _nothing: None) -> None:
        say, presenter = self._shell.wording, self._presenter
        self.retitle(presenter.title, presenter.subtitle, *presenter.chips)
        self._shell.set_title(presenter.title)
        self._back.setVisible(presenter.stands)
        kept = presenter.file.size is not None
        for each in (self._save, self._open, self._compare):
            each.setVisible(kept)
        self._standing.setText(presenter.standing)
        clear(self._totals_place)
        totals, inside = fact_card(say(N_("Totals")), _facts(presenter.control))
        inside.addSpacing(8)
        inside.addWidget(label(presenter.left_out, "quiet", wrap=True))
        for line in presenter.explained:
            inside.addWidget(label(line, "quiet", wrap=True))
        self._totals_place.addWidget(totals, 1)
        self._totals_place.addStretch(1)
        clear(self._file_place)
        file, inside = fact_card(say(N_("File")), _facts(presenter.facts))
        if not kept:
            words = say(
                N_(
                    "The file itself is not in the desk: it was taken in by an earlier version, or without a file."
                )
            )
            inside.addWidget(label(words, "warning", wrap=True))
        inside.addStretch(1)
        self._file_place.addWidget(file, 1)
        columns, inside = fact_card(
            say(N_("How its columns were read")), _facts(presenter.columns)
        )
        inside.addStretch(1)
        columns.setVisible(bool(presenter.columns))
        self._file_place.addWidget(columns, 1)

    def _take_back(self) -> None:
        take_back(self, self._workspace, self._shell, self._presenter.batch)

    def _open_source(self) -> None:
        open_source(self, self._shell, self._presenter.source)

    def _save_source(self) -> None:
        save_source(self, self._shell, self._presenter.source)

    def _go_document(self, key: Hashable) -> None:
        self._shell.go("trace", invoice=key)

    def _go_payment(self, key: Hashable) -> None:
        self._shell.go("trace", payment=key)

    def _go_difference(self, key: Hashable) -> None:
        found = self._presenter.differences.get(key)
        if found is not None and found.id is not None:
            where = {found.record.value: found.id}
            self._shell.go("trace", **where)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._presenter.reload()


def _facts(lines: Iterable[ImportFact]) -> list[tuple[str, str, str]]:
    return [(line.name, line.value, _ROLES.get(line.tone, "")) for line in lines]


def _part(across: QHBoxLayout) -> QWidget:
    part = QWidget()
    across.setSpacing(16)
    below = QVBoxLayout(part)
    below.setContentsMargins(0, 0, 0, 0)
    below.addLayout(across)
    below.addStretch(1)
    return part


def build(workspace: Workspace, shell: Shell, batch: int, part: int = 0) -> QWidget:
    """The page, at one of its parts."""
    page = ImportFilePage(workspace, shell, batch)
    page.tabs.show_part(part)
    return page
