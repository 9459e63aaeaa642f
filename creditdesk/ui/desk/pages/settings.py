"""Settings, drawn."""

from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_, Message
from creditdesk.preferences import COPIES
from creditdesk.presenters.desk.settings import (
    FIRM,
    SEAL_PLACES,
    THRESHOLD_TITLES,
    SettingsPresenter,
)
from creditdesk.services.letter_numbers import LETTER_PATTERN
from creditdesk.services.upkeep import LETTER_SEAL, OWN_WORDS
from creditdesk.ui.desk.backups_card import BackupsCard
from creditdesk.ui.desk.passphrase_card import PassphraseCard
from creditdesk.ui.parts.controls import button, card, clear, row
from creditdesk.ui.parts.flow import Flow
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import NameLabel, fault_line, label
from creditdesk.workspace import Workspace

_LANGUAGES = (("中文", "zh"), ("English", "en"))
_LOOKS = ((N_("As the system"), "system"), (N_("Light"), "light"), (N_("Dark"), "dark"))


class SettingsPage(Page):
    """The firm's letterhead, thresholds, backups, language and look."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        wording = shell.wording
        super().__init__(
            wording(N_("Settings")), wording(N_("The firm, the desk and this computer"))
        )
        self._shell = shell
        self._presenter = SettingsPresenter(workspace, wording)
        self._workspace = workspace
        self._preferences = workspace.preferences.now
        self._fields: dict[str, QLineEdit] = {}
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(16)
        left.addWidget(self._window_card())
        left.addWidget(self._firm_card())
        left.addStretch(1)
        right.addWidget(self._desk_card())
        right.addWidget(BackupsCard(workspace, shell))
        right.addWidget(PassphraseCard(workspace, shell))
        right.addStretch(1)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 8, 0)
        across.setSpacing(16)
        across.addLayout(left, 1)
        across.addLayout(right, 1)
        inside = QWidget()
        inside.setLayout(across)
        self.body.addWidget(scrolled(inside), 1)
        self._disconnect = self._presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def _window_card(self) -> QWidget:
        wording = self._shell.wording
        frame, inside = card()
        inside.addWidget(label(wording(N_("Window")), "section"))
        language, look = QComboBox(), QComboBox()
        for word, value in _LANGUAGES:
            language.addItem(word, value)
        for word, value in _LOOKS:
            look.addItem(wording(word), value)
        language.setCurrentIndex(language.findData(self._preferences.language))
        look.setCurrentIndex(look.findData(self._preferences.look))
        language.activated.connect(
            lambda at: self._shell.set_language(language.itemData(at))
        )
        look.activated.connect(lambda at: self._shell.set_look(look.itemData(at)))
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for place, (word, box) in enumerate(
            (
                (N_("Language"), language),
                (N_("Look"), look),
                (N_("Printer"), self._printers()),
                (N_("Copies"), self._copies()),
            )
        ):
            box.setAccessibleName(wording(word))
            grid.addWidget(label(wording(word), "quiet"), place, 0)
            grid.addWidget(box, place, 1)
        inside.addLayout(grid)
        return frame

    def _printers(self) -> QComboBox:
        """What a print begins with; its dialog can still choose another."""
        made, chosen = QComboBox(), self._preferences.printer
        made.addItem(self._shell.wording(N_("The system's own")), "")
        names = QPrinterInfo.availablePrinterNames()
        for name in names if not chosen or chosen in names else [*names, chosen]:
            made.addItem(name, name)
        made.setCurrentIndex(made.findData(chosen))
        made.setMinimumContentsLength(12)
        made.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        made.activated.connect(lambda at: self._keep(printer=made.itemData(at)))
        return made

    def _copies(self) -> QComboBox:
        made = QComboBox()
        for count in COPIES:
            made.addItem(str(count), count)
        made.setCurrentIndex(made.findData(self._preferences.copies))
        made.activated.connect(lambda at: self._keep(copies=made.itemData(at)))
        return made

    def _keep(self, **choices: object) -> None:
        self._workspace.preferences.change(**choices)

    def _firm_card(self) -> QWidget:
        wording = self._shell.wording
        frame, inside = card()
        inside.addWidget(label(wording(N_("The firm's letterhead")), "section"))
        inside.addWidget(
            label(
                wording(N_("Printed on letters, packages and reviews.")),
                "small",
                wrap=True,
            )
        )
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        self._add_fields(grid, dict(FIRM))
        inside.addLayout(grid)
        inside.addSpacing(8)
        inside.addWidget(label(wording(N_("Thresholds")), "section"))
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        self._add_fields(grid, dict(THRESHOLD_TITLES))
        inside.addLayout(grid)
        inside.addSpacing(8)
        inside.addWidget(label(wording(N_("Exchange rates")), "section"))
        said = N_(
            "One line a rate, for claims in another currency than the policy: 2026-01-10 EUR USD 1.10"
        )
        inside.addWidget(label(wording(said), "small", wrap=True))
        self._rates = self._lines("fx_rates", wording(N_("Exchange rates")))
        inside.addWidget(self._rates)
        inside.addSpacing(8)
        inside.addWidget(label(wording(N_("Days of rest")), "section"))
        said = N_(
            "For years whose holidays the program does not know yet, one line a day or span: "
            "CN 2027-02-05 2027-02-11 rest, CN 2027-02-06 work"
        )
        inside.addWidget(label(wording(said), "small", wrap=True))
        self._days = self._lines("calendar_days", wording(N_("Days of rest")))
        inside.addWidget(self._days)
        inside.addSpacing(8)
        self._add_pattern(inside)
        inside.addLayout(self._seal_line())
        inside.addSpacing(8)
        name = wording(N_("Sentences for letters"))
        inside.addWidget(label(name, "section"))
        said = N_(
            "One line each, for all letters of a client or to an insurer: its name, a colon, and the sentence"
        )
        inside.addWidget(label(wording(said), "small", wrap=True))
        self._words = self._lines(OWN_WORDS, name)
        inside.addWidget(self._words)
        self._fault = fault_line()
        inside.addWidget(self._fault)
        self._save_button = button(wording(N_("Save")), self._save, role="primary")
        self._save_button.setEnabled(False)
        inside.addLayout(row(None, self._save_button))
        return frame

    def _add_pattern(self, inside: QVBoxLayout) -> None:
        wording = self._shell.wording
        name = wording(N_("Numbers of letters"))
        inside.addWidget(label(name, "section"))
        said = N_(
            "A pattern, such as {example}: year, client and a count of three figures"
        )
        inside.addWidget(
            label(wording(said, example="{year}-{client}-{n:03}"), "small", wrap=True)
        )
        self._pattern = QLineEdit(self._presenter.value(LETTER_PATTERN))
        self._pattern.setAccessibleName(name)
        self._pattern.textEdited.connect(self._edited)
        self._pattern.textEdited.connect(self._show_example)
        inside.addWidget(self._pattern)
        self._example = label("", "small", wrap=True)
        inside.addWidget(self._example)
        self._show_example()
        inside.addSpacing(8)

    def _seal_line(self) -> Flow:
        name = self._shell.wording(N_("Area to seal in, on letters"))
        self._seal = QComboBox()
        self._seal.setAccessibleName(name)
        for place, words in SEAL_PLACES.items():
            self._seal.addItem(self._shell.wording(words), place.value)
        chosen = self._seal.findData(self._presenter.value(LETTER_SEAL))
        self._seal.setCurrentIndex(max(0, chosen))
        self._seal.activated.connect(self._edited)
        return row(label(name, "quiet"), self._seal, None)

    def _show_example(self, *_typed: str) -> None:
        self._example.setText(self._presenter.example(self._pattern.text()))

    def _lines(self, key: str, name: str) -> QPlainTextEdit:
        made = QPlainTextEdit(self._presenter.value(key))
        made.setAccessibleName(name)
        made.setFixedHeight(72)
        made.textChanged.connect(self._edited)
        return made

    def _add_fields(self, grid: QGridLayout, fields: dict[str, str]) -> None:
        for place, (key, title) in enumerate(fields.items()):
            word = self._shell.wording(title)
            field = QLineEdit(self._presenter.value(key))
            field.setAccessibleName(word)
            field.textEdited.connect(self._edited)
            self._fields[key] = field
            grid.addWidget(label(word, "quiet"), place, 0)
            grid.addWidget(field, place, 1)

    def _desk_card(self) -> QWidget:
        wording = self._shell.wording
        frame, inside = card()
        inside.addWidget(label(wording(N_("The desk")), "section"))
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for place, (name, value) in enumerate(self._presenter.facts):
            grid.addWidget(label(name, "quiet"), place, 0)
            grid.addWidget(NameLabel(value), place, 1)
        inside.addLayout(grid)
        self._verdict = QVBoxLayout()
        inside.addLayout(row(button(wording(N_("Check the desk")), self._check), None))
        inside.addLayout(self._verdict)
        return frame

    def _edited(self, *_what: object) -> None:
        self._save_button.setEnabled(True)
        self._shell.guard(self._save_button.isEnabled, self._save)

    def _save(self) -> bool:
        wrong = self._presenter.save(
            {
                **{key: field.text() for key, field in self._fields.items()},
                "fx_rates": self._rates.toPlainText(),
                "calendar_days": self._days.toPlainText(),
                OWN_WORDS: self._words.toPlainText(),
                LETTER_PATTERN: self._pattern.text(),
                LETTER_SEAL: str(self._seal.currentData()),
            }
        )
        self._fault.setText(self._shell.wording.message(wrong) if wrong else "")
        if wrong is None:
            self._save_button.setEnabled(False)
            self._shell.tell(Message(N_("Saved.")))
        return wrong is None

    def _check(self) -> None:
        self._shell.run(self._presenter.check, self._presenter.show_verdict)

    def _draw(self, _nothing: None) -> None:
        wording = self._shell.wording
        clear(self._verdict)
        if self._presenter.verdict == ():
            self._verdict.addWidget(
                label("✓ " + wording(N_("The desk is sound.")), "done")
            )
        for problem in self._presenter.verdict or ():
            self._verdict.addWidget(label("⚠ " + problem, "danger", wrap=True))


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return SettingsPage(workspace, shell)
