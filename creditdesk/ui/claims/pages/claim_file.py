"""One claim, drawn: what proves it, what it is worth, what stands against it, and its package."""

from collections.abc import Hashable
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from creditdesk.catalog.letters import Start
from creditdesk.i18n import LANGUAGES, N_, Language, Message
from creditdesk.presenters.claims.claim_checklist import ClaimChecklistPresenter
from creditdesk.presenters.claims.claim_file import TABLES, ClaimFilePresenter
from creditdesk.presenters.claims.claim_form import ClaimFormPresenter
from creditdesk.presenters.claims.claim_insurer import ClaimInsurerPresenter
from creditdesk.presenters.claims.claim_recoveries import RecoveriesPresenter
from creditdesk.presenters.claims.claim_tasks import TasksPresenter
from creditdesk.presenters.claims.claim_wording import language_options
from creditdesk.presenters.claims.package import (
    PackagePresenter,
    ShownPackage,
)
from creditdesk.presenters.claims.package_choices import DRAFT, Choices
from creditdesk.services.claims import ClaimId, Estimate
from creditdesk.ui.claims.claim_calculation import ClaimCalculation
from creditdesk.ui.claims.claim_checklist import ClaimChecklist
from creditdesk.ui.claims.claim_course import ClaimCourse
from creditdesk.ui.claims.claim_debt import ClaimDebt
from creditdesk.ui.claims.claim_form import ClaimFormTab
from creditdesk.ui.claims.claim_insurer import ClaimInsurer
from creditdesk.ui.claims.claim_recoveries import ClaimRecoveries
from creditdesk.ui.claims.claim_side import WIDTH, ClaimSide
from creditdesk.ui.claims.claim_tasks import ClaimTasks
from creditdesk.ui.claims.package_dialog import PackageDialog
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.letter_menu import letter_menu
from creditdesk.ui.parts.page import Page, Tabs
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "claims"

_CALCULATION = 2
_STORY = N_(
    "How the business came about, what was delivered and when, why the buyer does not pay, "
    "and what was done to collect. It is printed in the package, followed by the dates the desk knows."
)


class ClaimFilePage(Page):
    """Tabs at the left; calculation and tests stay at the right."""

    def __init__(self, workspace: Workspace, shell: Shell, claim: ClaimId) -> None:
        wording = shell.wording
        presenter = ClaimFilePresenter(workspace, claim, wording)
        self._language = QComboBox()
        self._language.setAccessibleName(wording(N_("Language of the package")))
        self._language.setToolTip(wording(N_("Language of the package")))
        for code, name in language_options():
            self._language.addItem(name, code)
        self._language.setCurrentIndex(self._language.findData(presenter.language))
        super().__init__(
            presenter.title,
            presenter.said,
            actions=(
                letter_menu(wording, Start.CLAIM, self._write_letter),
                self._language,
                button(wording(N_("Preview")), self.start_print, hint="Ctrl+P"),
                button(wording(N_("Write package…")), self.write, role="primary"),
            ),
        )
        self._workspace = workspace
        self._shell = shell
        self._claim = claim
        self.today = workspace.today()
        self._presenter = presenter
        self._packages = PackagePresenter(workspace, claim, wording)
        self.checklist = ClaimChecklistPresenter(
            workspace.desk, claim, wording, workspace.today
        )
        self.checklist.show(presenter.file)
        self.destroyed.connect(self.checklist.close)
        self.course = ClaimCourse(workspace, presenter, shell)
        self._recoveries = RecoveriesPresenter(
            workspace, claim, presenter.currency, wording
        )
        self._recoveries.show(presenter.file)
        self.recoveries = ClaimRecoveries(self._recoveries, shell)
        self._insurer = ClaimInsurerPresenter(
            workspace, claim, presenter.currency, wording
        )
        self._insurer.show(presenter.file)
        self._tasks = TasksPresenter(workspace, presenter.file, wording)
        self.tasks = ClaimTasks(self._tasks, shell)
        self._asked = ClaimFormPresenter(workspace, claim, presenter.language, wording)
        self.tabs = self._make_tabs()
        self.side = ClaimSide(
            presenter, wording, explain=self._explain, mend=self._mend
        )
        self.body.addWidget(Fold(self.tabs, self.side, WIDTH), 1)
        shell.guard(self._unsaved, self.save)
        self._disconnect = presenter.changed.connect(self._draw)
        self._disconnect_desk = workspace.changed.connect(self._on_change)
        self.destroyed.connect(self._disconnect)
        self.destroyed.connect(self._disconnect_desk)
        self._draw(None)
        self.recount()

    @property
    def language(self) -> Language:
        """The package's."""
        chosen = self._language.currentData()
        return next((each for each in LANGUAGES if each == chosen), LANGUAGES[0])

    def recount(self) -> None:
        """F5: compute the claim with what the desk holds now."""
        self._shell.run(
            self._presenter.computing(),
            while_there(self, self._presenter.show_estimate),
        )

    def take_files(self, paths: list[Path]) -> None:
        """Papers dropped anywhere: evidence of the item chosen."""
        self.tabs.show_part(0)
        self.papers.item.attach(paths)

    def start_print(self) -> None:
        """Ctrl+P: look at the package before it is saved or printed."""
        self._shell.go("package", claim=self._claim, language=self.language)

    def write(self) -> None:
        """Ask which kind of package, then where it goes."""
        question = self._packages.final_question
        asked = PackageDialog(self, self._shell.wording, DRAFT, question, self._choose)
        asked.open()

    def _choose(self, choices: Choices) -> None:
        title = self._shell.wording(N_("Write the claim package"))
        messages.choose_target(
            self,
            title,
            self._packages.file_name,
            lambda path: self.write_to(path, choices),
        )

    def write_to(self, path: Path, choices: Choices = DRAFT) -> None:
        """Write and record it, then show it."""
        writing = self._packages.writing(path, self.language, choices)
        self._shell.run(writing, self._written)

    def save(self) -> bool:
        """Keep the story; and the next step, where one was begun."""
        self._save_narrative()
        recovered = not self.recoveries.is_dirty() or self._recoveries.form.save()
        filled = not self._asked.form.is_dirty() or self._asked.form.save()
        told = [form.save() for form in self._insurer.begun]
        return self.course.save() and recovered and filled and all(told)

    def _written(self, shown: ShownPackage) -> None:
        text = N_("The package is saved as {path}.")
        self._shell.go("package", claim=self._claim, shown=shown)
        self._shell.tell(Message.of(text, path=shown.path))

    def _make_tabs(self) -> Tabs:
        wording = self._shell.wording
        tabs = Tabs()
        self.papers = ClaimChecklist(self.checklist, self._shell)
        tabs.add(wording(N_("Checklist")), self.papers)
        self.debt = ClaimDebt(self._presenter, self._shell, self._go_trace)
        tabs.add(wording(N_("Invoices and payments")), self.debt)
        working = ClaimCalculation(
            self._presenter,
            self._shell,
            keep=self._keep,
            open_policy=self._open_policy,
            mend=self._mend,
        )
        tabs.add(wording(N_("Calculation")), working)
        self.form = ClaimFormTab(self._asked, self._shell)
        tabs.add(wording(N_("Claim form")), self.form)
        tabs.add(wording(N_("Narrative")), self._story())
        tabs.add(wording(N_("Course")), self.course)
        self.insurer = ClaimInsurer(self._insurer, self._shell)
        tabs.add(wording(N_("Insurer")), self.insurer)
        tabs.add(wording(N_("Recoveries")), self.recoveries)
        tabs.add(wording(N_("Tasks")), self.tasks)
        return tabs

    def _write_letter(self, letter: str) -> None:
        self._shell.go("letter", letter=letter, claim=self._claim)

    def _go_trace(self, key: Hashable) -> None:
        line = self._presenter.invoices.get(key)
        if line is not None:
            self._shell.go("trace", invoice=line.id)

    def _story(self) -> QWidget:
        wording = self._shell.wording
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(wording(_STORY), "quiet", wrap=True))
        self.narrative = QPlainTextEdit(self._presenter.file.narrative)
        self.narrative.setAccessibleName(wording(N_("Narrative")))
        self.narrative.setTabChangesFocus(True)
        self.narrative.textChanged.connect(self._narrative_typed)
        layout.addWidget(self.narrative, 1)
        self._narrative_said = label(role="quiet")
        self.keep_story = button(wording(N_("Save")), self._save_narrative)
        self.keep_story.setEnabled(False)
        write = button(wording(N_("Draft it from what is known")), self._draft_story)
        layout.addLayout(row(self._narrative_said, None, write, self.keep_story))
        return part

    def _draft_story(self) -> None:
        """What stands there stays above what the desk drafts."""
        written = self.narrative.toPlainText().strip()
        drafted = self._presenter.drafted(self.language)
        self.narrative.setPlainText("\n\n".join(part for part in (written, drafted) if part))  # fmt: skip

    def _narrative_typed(self) -> None:
        dirty = self._narrative_dirty()
        self.keep_story.setEnabled(dirty)
        said = self._shell.wording(N_("Changes are not saved yet.")) if dirty else ""
        self._narrative_said.setText(said)

    def _narrative_dirty(self) -> bool:
        return self.narrative.toPlainText().strip() != self._presenter.file.narrative

    def _save_narrative(self) -> None:
        if self._narrative_dirty():
            self._presenter.save_narrative(self.narrative.toPlainText())
            self._presenter.reload()
            self._narrative_typed()

    def _unsaved(self) -> bool:
        begun = self.course.is_dirty() or self.recoveries.is_dirty()
        typed = self._asked.form.is_dirty() or self._insurer.is_dirty()
        typed = typed or self.tasks.is_dirty()
        return self._narrative_dirty() or begun or typed

    def _keep(self) -> None:
        self._shell.run(self._presenter.keeping(), while_there(self, self._kept))

    def _kept(self, estimate: Estimate) -> None:
        self._presenter.reload()
        self._presenter.show_estimate(estimate)

    def _explain(self) -> None:
        self.tabs.show_part(_CALCULATION)

    def _mend(self) -> None:
        _, place, where = self._presenter.mending
        self._shell.go(place, **where)

    def _open_policy(self) -> None:
        self._shell.go("policy_file", policy=self._presenter.file.line.policy_id)

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self.retitle(presenter.title, presenter.said, *presenter.chips)
        if self.isVisible():
            # The form of the next step is made anew with each step, and claims the guard for itself.
            self._shell.guard(self._unsaved, self.save)

    def _on_change(self, tables: frozenset[str]) -> None:
        if not tables & TABLES:
            return
        self._presenter.reload()
        self.checklist.show(self._presenter.file)
        self._recoveries.show(self._presenter.file)
        self._asked.reload()
        self._insurer.show(self._presenter.file)
        self._tasks.reload()
        if tables & {
            "claim_invoice",
            "invoice",
            "payment",
            "policy_value",
            "credit_limit",
        }:
            self.recount()


def build(workspace: Workspace, shell: Shell, claim: int = 0) -> QWidget:
    """The page."""
    return ClaimFilePage(workspace, shell, ClaimId(claim))
