"""The first start: three large choices and nothing else; and the passphrase of a protected desk."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.presenters.desk.passphrase import fault, strength
from creditdesk.presenters.desk.recent import nearby
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, clear, row
from creditdesk.ui.parts.flow import Flow
from creditdesk.ui.parts.text import NameLabel, fault_line, label

_CHOICE_WIDTH, _BETWEEN = 260, 16
_NO_NAME = '\\/:*?"<>|'


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be done from the start page."""

    sample: Callable[[], object]
    create: Callable[[Path, str], object]
    open: Callable[[Path], object]
    forget: Callable[[Path], object]


class StartPage(QWidget):
    """Open the sample desk, make one's own, or open one; below, the desks used lately."""

    def __init__(
        self, wording: Wording, choices: Choices, *, default: Path, recent: list[Path]
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._wording = wording
        self._choices = choices
        layout = QVBoxLayout(self)
        layout.setContentsMargins(40, 40, 40, 40)
        layout.addStretch(1)
        title = label(wording(N_("Welcome to CreditDesk")), "title")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(title)
        said = label(
            wording(N_("Everything stays in one file on this computer.")), "quiet"
        )
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(said)
        layout.addSpacing(24)
        layout.addLayout(self._three())
        layout.addSpacing(10)
        self._new = NewDesk(wording, default, choices.create, self.refuse)
        self._new.hide()
        layout.addWidget(self._new, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._fault = label(role="danger", wrap=True)
        self._fault.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._fault)
        self._recent = QVBoxLayout()
        lately, inside = card(margins=(20, 14, 20, 14))
        lately.setFixedWidth(3 * _CHOICE_WIDTH + 2 * _BETWEEN)
        inside.addWidget(label(wording(N_("Used lately")), "section"))
        inside.addLayout(self._recent)
        lately.setVisible(bool(recent))
        layout.addWidget(lately, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._desks = recent
        self._show_recent()
        layout.addStretch(2)

    def refuse(self, sentence: str) -> None:
        """Say what stood against a choice."""
        self._fault.setText(sentence)

    def _three(self) -> QHBoxLayout:
        made = QHBoxLayout()
        made.setSpacing(_BETWEEN)
        made.addStretch(1)
        for word, detail, act in (
            (
                N_("Look around in the sample desk"),
                N_("Three invented clients, with ledgers, policies and a claim."),
                self._choices.sample,
            ),
            (
                N_("Make my own desk"),
                N_("Empty and ready for the first ledger."),
                self._ask_new,
            ),
            (
                N_("Open a desk"),
                N_("A file that ends in .creditdesk."),
                lambda: self._choose(self._choices.open),
            ),
        ):
            made.addWidget(_choice(self._wording(word), self._wording(detail), act))
        made.addStretch(1)
        return made

    def _show_recent(self) -> None:
        clear(self._recent)
        for desk in self._desks:
            self._recent.addLayout(self._line(desk))

    def _line(self, desk: Path) -> Flow:
        say = self._wording
        name = button(desk.stem, lambda: self._choices.open(desk), role="flat")
        place = NameLabel(str(desk.parent))
        place.setProperty("role", "small")
        if desk.is_file():
            return row(name, place, None)
        name.setEnabled(False)
        gone = label(say(N_("not found")), "danger")
        look = button(say(N_("Look for it…")), lambda: self._look_for(desk), role="flat")  # fmt: skip
        off = button(say(N_("Take off the list")), lambda: self._forget(desk), role="flat")  # fmt: skip
        return row(name, place, gone, None, look, off)

    def _forget(self, desk: Path) -> None:
        self._choices.forget(desk)
        self._desks = [each for each in self._desks if each != desk]
        self._show_recent()

    def _look_for(self, desk: Path) -> None:
        """A file of the same name nearby is offered; else the person shows where it is."""
        say = self._wording

        def moved(found: Path) -> None:
            self._choices.forget(desk)
            self._choices.open(found)

        near = nearby(desk)
        if near is None:
            self._choose(moved)
            return
        question = say(N_("There is a {name} in {folder}. Open it?"), name=near.name, folder=near.parent)  # fmt: skip
        messages.ask(self, say, question, say(N_("Open it")), lambda: moved(near))

    def _choose(self, open_: Callable[[Path], object]) -> None:
        messages.choose_file(
            self, self._wording(N_("Open a desk")), "CreditDesk (*.creditdesk)", open_
        )

    def _ask_new(self) -> None:
        self._new.show()
        self._new.setFocus()


class NewDesk(QFrame):
    """A desk with its name, its place and its passphrase."""

    def __init__(
        self,
        wording: Wording,
        default: Path,
        create: Callable[[Path, str], object],
        refuse: Callable[[str], object],
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(520)
        self._wording = wording
        self._create = create
        self._refuse = refuse
        self._folder = default.parent
        self._short = ""
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 16, 20, 16)
        self._name = QLineEdit(default.stem)
        self._name.setAccessibleName(wording(N_("Name of the desk")))
        self._place = NameLabel(str(self._folder))
        self._place.setProperty("role", "small")
        choose = button(wording(N_("Another folder…")), self._choose_folder, role="flat")  # fmt: skip
        inside.addWidget(label(wording(N_("Name of the desk")), "quiet"))
        inside.addWidget(self._name)
        inside.addLayout(row(self._place, None, choose))
        self._protect = QCheckBox(wording(N_("Protect the file with a passphrase")))
        self._protect.setChecked(True)
        inside.addWidget(self._protect)
        self._first, self._second = QLineEdit(), QLineEdit()
        for field, word in (
            (self._first, N_("Passphrase")),
            (self._second, N_("Passphrase again")),
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setPlaceholderText(wording(word))
            field.setAccessibleName(wording(word))
            self._protect.toggled.connect(field.setVisible)
            field.returnPressed.connect(self._make)
            inside.addWidget(field)
        self._strength = label(role="small", wrap=True)
        self._first.textEdited.connect(self._show_strength)
        self._protect.toggled.connect(self._strength.setVisible)
        inside.addWidget(self._strength)
        warn = N_(
            "Nobody can open the file without the passphrase: write it down and keep it safe."
        )
        warned = label(wording(warn), "small", wrap=True)
        self._protect.toggled.connect(warned.setVisible)
        inside.addWidget(warned)
        make = button(wording(N_("Make the desk")), self._make, role="primary")
        inside.addLayout(row(None, make))
        self.setFocusProxy(self._name)

    def _show_strength(self, typed: str) -> None:
        self._strength.setText(self._wording(strength(typed)) if typed else "")

    def _choose_folder(self) -> None:
        def chosen(folder: Path) -> None:
            self._folder = folder
            self._place.setText(str(folder))

        messages.choose_folder(self, self._wording(N_("Folder of the desk")), chosen)

    def _make(self) -> None:
        say, protected = self._wording, self._protect.isChecked()
        passphrase = self._first.text() if protected else ""
        name = self._name.text().strip().removesuffix(".creditdesk")
        if not name or not set(name).isdisjoint(_NO_NAME):
            self._refuse(say(N_("Give the desk a name without any of {signs}."), signs=" ".join(_NO_NAME)))  # fmt: skip
            return
        wrong = fault(passphrase, self._second.text(), self._short) if protected else None  # fmt: skip
        if wrong:
            self._short = passphrase
            self._refuse(say(wrong))
            return
        self._create(self._folder / f"{name}.creditdesk", passphrase)


class PassphrasePage(QWidget):
    """Asks for the passphrase of a desk."""

    def __init__(
        self,
        wording: Wording,
        desk: Path,
        given: Callable[[str], object],
        other: Callable[[], object] | None,
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        frame, inside = card(margins=(24, 20, 24, 20))
        frame.setFixedWidth(460)
        self._field = QLineEdit()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setAccessibleName(wording(N_("Passphrase")))
        self._field.returnPressed.connect(lambda: given(self._field.text()))
        self._fault = fault_line()
        inside.addWidget(label(wording(N_("This desk is protected")), "section"))
        inside.addWidget(label(str(desk), "small", wrap=True))
        inside.addWidget(self._field)
        inside.addWidget(self._fault)
        open_ = button(
            wording(N_("Open")), lambda: given(self._field.text()), role="primary"
        )
        others = [button(wording(N_("Another desk…")), other, role="flat")] if other else []  # fmt: skip
        inside.addLayout(row(*others, None, open_))
        layout = QVBoxLayout(self)
        layout.addWidget(frame, alignment=Qt.AlignmentFlag.AlignCenter)
        self.setFocusProxy(self._field)

    def refuse(self, sentence: str) -> None:
        """The passphrase was wrong; say so under the field."""
        self._fault.setText(sentence)
        self._field.selectAll()
        self._field.setFocus()


def _choice(word: str, detail: str, act: Callable[[], object]) -> QPushButton:
    made = button("", act, role="choice", hint="")
    made.setAccessibleName(word)
    made.setFixedSize(_CHOICE_WIDTH, 120)
    inside = QVBoxLayout(made)
    inside.setContentsMargins(20, 16, 20, 16)
    inside.addWidget(label(word, "section", wrap=True))
    inside.addWidget(label(detail, "small", wrap=True))
    inside.addStretch(1)
    return made
