"""A pasted list, drawn: pasted or dropped, each row with what becomes of it, recorded in one go."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLabel, QWidget

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.presenters.parts.form import FormField
from creditdesk.presenters.parts.pasted_list import PastedList, RowState
from creditdesk.presenters.parts.typed import FieldKind, read
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.fields import DayInput, LineInput
from creditdesk.ui.parts.file_drop import FileDrop
from creditdesk.ui.parts.find_box import FindBox
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.pasting import Pasting
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there

_KINDS = "*.xlsx *.xlsm *.xls *.ods *.csv *.txt"


@dataclass(frozen=True, slots=True)
class OwnerWords:
    """Of which kind the owner of the rows is, how its box is named, and what stands in it first."""

    what: str
    name: str
    first: str


class PastedListPage(Page):
    """Paste, look, record. `owner`: under which policy, or of which client, the rows are."""

    title: str
    recorded_words: str
    search: str

    def __init__(self, shell: Shell, presenter: PastedList[Any], owner: FindBox) -> None:  # fmt: skip
        say = shell.wording
        self._shell = shell
        self._list = presenter
        self._days: list[tuple[QLabel, LineInput, Callable[[], bool]]] = []
        self.record = button(say(N_("Record")), self.start_record, role="primary")
        super().__init__(
            say(self.title),
            presenter.said,
            (button(say(N_("Another file…")), self._choose_file), self.record),
        )
        self._whose = label(say(N_("The chosen row is about")), "quiet")
        self.buyer = FindBox("buyer", say)
        self.buyer.setAccessibleName(say(N_("The chosen row is about")))
        self.buyer.activated.connect(self._choose_buyer)
        self._choosers = QWidget()
        self._make_days()
        days = [each for words, entry, _ in self._days for each in (words, entry)]
        self._choosers.setLayout(row(owner, *days, self._whose, self.buyer, None))
        self.body.addWidget(self._choosers)
        self.drop = FileDrop(
            say(presenter.hint),
            say(N_("Choose the file…")),
            dropped=self.take,
            pressed=self._choose_file,
            paste=(say(N_("Paste from Excel")), self._paste),
        )
        self.body.addWidget(self.drop, 1)
        self.panel = TablePanel(presenter.table, shell, empty="", search=say(self.search))  # fmt: skip
        self.body.addWidget(self.panel, 1)
        self._pasting = Pasting(self, shell, self.take)
        self.panel.view.selectionModel().selectionChanged.connect(self._draw_buyer)
        shell.guard(self._is_unsaved, self._save)
        self.destroyed.connect(presenter.changed.connect(self._draw))
        self._draw(None)

    def recount(self) -> None:
        """F5: judge the rows anew."""
        self._list.look()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def take(self, paths: list[Path]) -> None:
        """Read a file."""
        job = self._list.reading(paths[-1])
        self._shell.run(job, while_there(self, self._taken))

    def start_record(self) -> None:
        """Record what can be."""
        if self._list.count:
            self._shell.run(self._list.recording(), while_there(self, self._recorded))

    @abstractmethod
    def _record_words(self, count: int) -> str:
        """What the button will do."""

    @abstractmethod
    def _make_days(self) -> None:
        """Fields of days that rows don't give: made by `_day`."""

    def _day(
        self, words: str, needed: Callable[[], bool], take: Callable[[date | None], None]
    ) -> LineInput:  # fmt: skip
        say = self._shell.wording
        field = FormField(key="day", label=say(words), kind=FieldKind.DATE)
        entry = DayInput(field, say)
        entry.left.connect(partial(self._take_day, entry, take))
        self._days.append((label(say(words), "quiet"), entry, needed))
        return entry

    def _take_day(self, entry: LineInput, take: Callable[[date | None], None]) -> None:
        try:
            found = read(FieldKind.DATE, entry.text())
        except UserError as error:
            entry.mark(self._shell.wording.message(error.said))
            return
        entry.mark("")
        take(found if isinstance(found, date) else None)

    def _taken(self, found: Any) -> None:  # noqa: ANN401 - the kind of list its presenter reads
        self._list.take(found)
        self.panel.view.selectRow(0)
        self.panel.view.setFocus()

    def _recorded(self, count: int) -> None:
        self._list.look()
        self._shell.tell(Message.of(self.recorded_words, count=count))

    def _is_unsaved(self) -> bool:
        return self._list.count > 0

    def _save(self) -> bool:
        self._shell.run(self._list.recording(), self._recorded)
        return True

    def _paste(self) -> None:
        self._pasting.paste()

    def _choose_file(self) -> None:
        say = self._shell.wording
        kinds = f"{say(N_('Tables'))} ({_KINDS})"
        messages.choose_files(self, say(N_("Choose the list")), kinds, self.take)

    def _choose_buyer(self, _place: int) -> None:
        chosen, buyer = self._chosen(), self.buyer.currentData()
        if chosen is not None and buyer is not None:
            self._list.choose_buyer(chosen, buyer)

    def _chosen(self) -> int | None:
        keys = self.panel.view.selected()
        return keys[0] if len(keys) == 1 and isinstance(keys[0], int) else None

    def _draw(self, _nothing: None) -> None:
        there = self._list.list is not None
        self.retitle(self._shell.wording(self.title), self._list.said if there else "")
        self.panel.setVisible(there)
        self._choosers.setVisible(there)
        self.drop.setVisible(not there)
        for words, entry, needed in self._days:
            for each in (words, entry):
                each.setVisible(needed())
        self.record.setText(self._record_words(self._list.count))
        self.record.setEnabled(self._list.count > 0)
        self._fill_buyers()
        self._draw_buyer()

    def _fill_buyers(self) -> None:
        with QSignalBlocker(self.buyer):
            self.buyer.clear()
            self.buyer.addItem(self._shell.wording(N_("Choose the buyer")), None)
            for number, name in self._list.buyers:
                self.buyer.addItem(name, number)

    def _draw_buyer(self, *_what: object) -> None:
        chosen = self._chosen()
        found = self._list.table.get(chosen) if chosen is not None else None
        open_ = found is not None and found.state is not RowState.DONE
        for each in (self._whose, self.buyer):
            each.setEnabled(open_ and self._list.client_id is not None)
        with QSignalBlocker(self.buyer):
            self.buyer.setCurrentIndex(
                max(0, self.buyer.findData(found.buyer_id if found else None))
            )


def owner_box(
    shell: Shell,
    words: OwnerWords,
    choices: tuple[tuple[int, str], ...],
    chosen: int | None,
) -> FindBox:
    """Chooses under which policy, or of which client, the rows are."""
    say = shell.wording
    made = FindBox(words.what, say)
    made.setAccessibleName(say(words.name))
    made.addItem(say(words.first), None)
    for number, named in choices:
        made.addItem(named, number)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    return made
