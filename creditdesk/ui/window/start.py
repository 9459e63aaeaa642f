"""The first start: three large choices and nothing else; and the passphrase of a protected desk."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, row
from creditdesk.ui.parts.text import label


class StartPage(QWidget):
    """Open the sample desk, make one's own, or open one."""

    def __init__(
        self,
        wording: Wording,
        *,
        sample: Callable[[], object],
        create: Callable[[Path, str], object],
        open_: Callable[[Path], object],
        default: Path,
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._wording = wording
        self._create = create
        self._default = default
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
        choices = QHBoxLayout()
        choices.setSpacing(16)
        choices.addStretch(1)
        for word, detail, act in (
            (
                N_("Look around in the sample desk"),
                N_("Three invented clients, with ledgers, policies and a claim."),
                sample,
            ),
            (
                N_("Make my own desk"),
                N_("Empty and ready for the first ledger."),
                self._ask_new,
            ),
            (
                N_("Open a desk"),
                N_("A file that ends in .creditdesk."),
                lambda: self._choose(open_),
            ),
        ):
            choices.addWidget(_choice(wording(word), wording(detail), act))
        choices.addStretch(1)
        layout.addLayout(choices)
        layout.addSpacing(10)
        self._new = self._new_desk()
        layout.addWidget(self._new, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._fault = label(role="danger", wrap=True)
        self._fault.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._fault)
        layout.addStretch(2)

    def refuse(self, sentence: str) -> None:
        """Say what stood against a choice."""
        self._fault.setText(sentence)

    def _choose(self, open_: Callable[[Path], object]) -> None:
        messages.choose_file(
            self, self._wording(N_("Open a desk")), "CreditDesk (*.creditdesk)", open_
        )

    def _ask_new(self) -> None:
        self._new.show()
        self._first.setFocus()

    def _new_desk(self) -> QWidget:
        wording = self._wording
        frame, inside = card()
        frame.setFixedWidth(520)
        self._protect = QCheckBox(wording(N_("Protect the file with a passphrase")))
        self._protect.setChecked(True)
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
        inside.addWidget(
            label(
                wording(N_("Your desk will be kept at {path}."), path=self._default),
                "quiet",
                wrap=True,
            )
        )
        inside.addWidget(self._protect)
        inside.addWidget(self._first)
        inside.addWidget(self._second)
        warn = N_(
            "Nobody can open the file without the passphrase: write it down and keep it safe."
        )
        warned = label(wording(warn), "small", wrap=True)
        self._protect.toggled.connect(warned.setVisible)
        inside.addWidget(warned)
        make = button(wording(N_("Make the desk")), self._make, role="primary")
        inside.addLayout(row(None, make))
        frame.hide()
        return frame

    def _make(self) -> None:
        passphrase = self._first.text() if self._protect.isChecked() else ""
        if self._protect.isChecked() and not passphrase:
            self.refuse(self._wording(N_("Give a passphrase, or clear the tick.")))
        elif self._protect.isChecked() and passphrase != self._second.text():
            self.refuse(self._wording(N_("The two passphrases differ.")))
        else:
            self._create(self._default, passphrase)


class PassphrasePage(QWidget):
    """Asks for the passphrase of a desk."""

    def __init__(
        self,
        wording: Wording,
        desk: Path,
        given: Callable[[str], object],
        other: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        frame, inside = card(margins=(24, 20, 24, 20))
        frame.setFixedWidth(460)
        self._field = QLineEdit()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setAccessibleName(wording(N_("Passphrase")))
        self._field.returnPressed.connect(lambda: given(self._field.text()))
        self._fault = label(role="fault", wrap=True)
        inside.addWidget(label(wording(N_("This desk is protected")), "section"))
        inside.addWidget(label(str(desk), "small", wrap=True))
        inside.addWidget(self._field)
        inside.addWidget(self._fault)
        inside.addLayout(
            row(
                button(wording(N_("Another desk…")), other, role="flat"),
                None,
                button(
                    wording(N_("Open")),
                    lambda: given(self._field.text()),
                    role="primary",
                ),
            )
        )
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
    made.setFixedSize(260, 120)
    inside = QVBoxLayout(made)
    inside.setContentsMargins(20, 16, 20, 16)
    inside.addWidget(label(word, "section", wrap=True))
    inside.addWidget(label(detail, "small", wrap=True))
    inside.addStretch(1)
    return made
