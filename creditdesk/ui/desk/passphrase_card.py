"""Settings: the passphrase of the desk, set, changed or removed, and the minutes until the window locks itself."""

from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QVBoxLayout

from creditdesk.i18n import N_
from creditdesk.presenters.desk.passphrase import fault, strength
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import fault_line, label
from creditdesk.workspace import Workspace

_MINUTES = (0, 5, 15, 30, 60)


class PassphraseCard(QFrame):
    """Old, new, new again; the window opens the desk anew with it."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._shell = shell
        self._preferences = workspace.preferences
        self._passphrase = workspace.desk.passphrase
        self._short = ""
        say = shell.wording
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.addWidget(label(say(N_("Passphrase and lock")), "section"))
        said = (
            N_("The desk is encrypted. Backups made before a change keep the passphrase they were made with.")
            if self._passphrase
            else N_("Anybody who has the file can read it. With a passphrase the whole file is encrypted.")
        )  # fmt: skip
        inside.addWidget(label(say(said), "small", wrap=True))
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        self._old, self._new, self._again = QLineEdit(), QLineEdit(), QLineEdit()
        fields = (
            (self._old, N_("Passphrase now")),
            (self._new, N_("New passphrase")),
            (self._again, N_("New passphrase again")),
        )
        for place, (field, word) in enumerate(
            fields if self._passphrase else fields[1:]
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(say(word))
            field.returnPressed.connect(self._change)
            grid.addWidget(label(say(word), "quiet"), place, 0)
            grid.addWidget(field, place, 1)
        inside.addLayout(grid)
        self._strength = label(role="small", wrap=True)
        self._new.textEdited.connect(
            lambda typed: self._strength.setText(say(strength(typed)) if typed else "")
        )
        inside.addWidget(self._strength)
        self._fault = fault_line()
        inside.addWidget(self._fault)
        change = button(
            say(
                N_("Change the passphrase")
                if self._passphrase
                else N_("Set a passphrase")
            ),
            self._change,
        )
        remove = (
            [button(say(N_("Remove the passphrase…")), self._ask_remove)]
            if self._passphrase
            else []
        )
        inside.addLayout(row(change, *remove, None))
        inside.addLayout(
            row(label(say(N_("Lock without use")), "quiet"), self._minutes(), None)
        )

    def _minutes(self) -> QComboBox:
        say, box = self._shell.wording, QComboBox()
        for minutes in _MINUTES:
            box.addItem(
                say(N_("after {count} minutes"), count=minutes)
                if minutes
                else say(N_("never")),
                minutes,
            )
        box.setCurrentIndex(max(box.findData(self._preferences.now.lock_minutes), 0))
        box.setAccessibleName(say(N_("Lock without use")))
        box.setEnabled(bool(self._passphrase))

        def chosen(at: int) -> None:
            self._shell.lock_after(box.itemData(at))

        box.activated.connect(chosen)
        return box

    def _change(self) -> None:
        wrong = self._not_ours() or fault(
            self._new.text(), self._again.text(), self._short
        )
        if wrong:
            self._short = self._new.text()
            self._fault.setText(self._shell.wording(wrong))
            return
        self._shell.protect(self._new.text())

    def _ask_remove(self) -> None:
        say = self._shell.wording
        wrong = self._not_ours()
        if wrong:
            self._fault.setText(say(wrong))
            return
        question = say(
            N_(
                "Without a passphrase anybody who has the file can read it. Remove the passphrase?"
            )
        )
        messages.ask(
            self, say, question, say(N_("Remove it")), lambda: self._shell.protect("")
        )

    def _not_ours(self) -> str | None:
        return (
            None
            if self._old.text() == self._passphrase
            else N_("The passphrase now is not this one.")
        )
