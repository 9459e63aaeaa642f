"""Possible doubles, drawn: the pairs at the left, both cards at the right, and the merges that were made."""

from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import QItemSelection
from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.jobs import Job
from creditdesk.presenters.credit.buyer_doubles import TABLES, DoublesPresenter, key_of
from creditdesk.services.buyers import MergePlan
from creditdesk.ui.credit.double_side import DoubleSide
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.page import Page, Tabs
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "buyers"
_SIDE = 540


class DoublesPage(Page):
    """Pairs that wait for an answer, and merges that can be undone."""

    def __init__(self, workspace: Workspace, shell: Shell, part: int) -> None:
        say = shell.wording
        super().__init__(
            say(N_("Possible doubles")),
            say(
                N_(
                    "Buyers that may be one and the same; they stay two until you say so, and every merge can be undone"
                )
            ),
        )
        self._shell = shell
        self._presenter = DoublesPresenter(workspace, say)
        self._planned: Hashable = None
        self.tabs = Tabs()
        self.tabs.add(say(N_("To decide")), self._waiting())
        self.tabs.add(say(N_("Merged")), self._merged())
        self.tabs.show_part(part)
        self.body.addWidget(self.tabs, 1)
        self.destroyed.connect(self._presenter.changed.connect(self._draw))
        self.destroyed.connect(workspace.changed.connect(self._on_change))
        self.setFocusProxy(self.pairs.view)
        self._draw(None)
        self.recount()

    def recount(self) -> None:
        """F5: look for doubles anew."""
        show = while_there(self, self._presenter.show)
        self._shell.run(self._presenter.job(), show)

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.pairs.filter.setFocus()

    def _waiting(self) -> QWidget:
        say = self._shell.wording
        self.pairs = TablePanel(
            self._presenter.pairs,
            self._shell,
            opened=self._enter,
            empty=say(N_("No two buyers look like one and the same.")),
            search=say(N_("Filter buyers, codes…")),
        )
        self.pairs.view.selectionModel().selectionChanged.connect(self._choose)
        self.side = DoubleSide(self._presenter, say, self._ask_merge, self._part)
        return Fold(self.pairs, self.side, _SIDE, spacing=12)

    def _merged(self) -> QWidget:
        say = self._shell.wording
        self.merges = TablePanel(
            self._presenter.merges,
            self._shell,
            empty=say(N_("No buyers were merged yet.")),
            search=say(N_("Filter buyers, codes…")),
            tools=(button(say(N_("Undo the merge…")), self._ask_unmerge),),
        )
        return self.merges

    def _choose(self, _new: QItemSelection, _old: QItemSelection) -> None:
        chosen = self.pairs.view.selected()
        if chosen and isinstance(chosen[0], tuple):
            self._presenter.choose(chosen[0])

    def _enter(self, _key: Hashable) -> None:
        """Enter in the list: to the answers."""
        side = self.side
        (side.first if side.first.isEnabled() else side.apart).setFocus()

    def _ask_merge(self, which: int) -> None:
        presenter, say = self._presenter, self._shell.wording
        if presenter.plans is None:
            return
        plan = (presenter.plans.first, presenter.plans.second)[which]
        question = presenter.merge_words(plan)
        then = partial(self._merge, plan)
        messages.ask(self, say, question, say(N_("Make them one")), then)

    def _merge(self, plan: MergePlan) -> None:
        told = N_("They are one now. The merge can be undone under “Merged”.")
        self._run_and_tell(self._presenter.merging(plan), told)

    def _part(self) -> None:
        if self._presenter.chosen is not None:
            told = N_("They stay two, and are not asked about again.")
            self._run_and_tell(self._presenter.parting(), told)

    def _ask_unmerge(self) -> None:
        say = self._shell.wording
        chosen = self.merges.view.selected()
        row = self._presenter.merges.get(chosen[0]) if chosen else None
        if row is None or row.undone_at is not None:
            self._shell.tell(Message(N_("Select a merge that stands.")), "warning")
            return
        question = self._presenter.unmerge_words(row)
        job = self._presenter.unmerging(row.id)
        then = partial(self._run_and_tell, job, N_("They are two again."))
        messages.ask(self, say, question, say(N_("Undo the merge")), then)

    def _run_and_tell(self, job: Job[None], told: str) -> None:
        def done(_nothing: None) -> None:
            self._shell.tell(Message(told))
            self.pairs.view.setFocus()

        self._shell.run(job, while_there(self, done))

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self.side.draw()
        chosen = presenter.chosen
        if chosen is None:
            self._planned = None
            return
        key = key_of(chosen)
        if self.pairs.view.selected() != [key]:
            self.pairs.view.select(key)
        if presenter.plans is None and self._planned != chosen:
            self._planned = chosen
            show = while_there(self, presenter.show_plans)
            self._shell.run(presenter.planning(), show)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.recount()


def build(workspace: Workspace, shell: Shell, part: int = 0) -> QWidget:
    """The page; part 1 are the merges made."""
    return DoublesPage(workspace, shell, part)
