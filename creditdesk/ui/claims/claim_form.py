"""The claim form's tab: a copy sheet in the insurer's order, and the fields a person fills."""

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.claims.claim_form import ClaimFormPresenter
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label

_COPY = N_(
    "One field a line, in the insurer's order: a click copies the answer for the portal."
)


class ClaimFormTab(QWidget):
    """Above what is asked and answered, below what can be typed."""

    def __init__(self, presenter: ClaimFormPresenter, shell: Shell) -> None:
        super().__init__()
        self._presenter = presenter
        self._shell = shell
        wording = shell.wording
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(presenter.name, "section"))
        self._said = label(role="quiet", wrap=True)
        layout.addWidget(self._said)
        layout.addWidget(label(wording(_COPY), "small", wrap=True))
        self.sheet = TablePanel(presenter.table, shell, opened=self.copy)
        self.sheet.view.clicked.connect(self._clicked)
        layout.addWidget(self.sheet, 3)
        self.fields = FormView(presenter.form, shell, columns=2)
        layout.addWidget(scrolled(self.fields), 2)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def copy(self, key: object) -> None:
        """The answer of a field goes to the clipboard."""
        line = self._presenter.copied(key)
        if line is not None:
            QGuiApplication.clipboard().setText(line.answer)
            text = N_("Copied: {field}")
            self._shell.tell(Message.of(text, field=line.label))

    def _clicked(self, _place: QModelIndex) -> None:
        for key in self.sheet.view.selected()[:1]:
            self.copy(key)

    def _draw(self, _nothing: None) -> None:
        self._said.setText(self._presenter.said)
