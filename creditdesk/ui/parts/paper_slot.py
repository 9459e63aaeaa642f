"""A place for one file that proves something: empty it asks for it, full it shows its name."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.file_drop import FileDrop
from creditdesk.ui.parts.text import NameLabel, set_role


class PaperSlot(QWidget):
    """Takes a file by drop or from a file chooser; of several the last counts. `taken` is told of every change."""

    def __init__(
        self,
        wording: Wording,
        sentence: str,
        word: str,
        taken: Callable[[Path | None], object],
    ) -> None:
        super().__init__()
        self._taken = taken
        self._word = word
        self.drop = FileDrop(sentence, word, dropped=self.take, pressed=self._choose)
        set_role(self.drop.button, "")
        inner = self.drop.layout()
        if inner is not None:
            inner.setContentsMargins(8, 8, 8, 8)
        self.name = NameLabel(role="done")
        self._off = button(wording(N_("Take it off")), partial(self.take, ()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.drop)
        layout.addLayout(row(self.name, self._off))
        self._show(None)

    def take(self, paths: Sequence[Path]) -> None:
        """These files were chosen; none: the file is taken off."""
        chosen = paths[-1] if paths else None
        self._show(chosen)
        self._taken(chosen)

    def _choose(self) -> None:
        messages.choose_files(self, self._word, "", self.take)

    def _show(self, chosen: Path | None) -> None:
        self.drop.setVisible(chosen is None)
        self.name.setText(f"✓ {chosen.name}" if chosen else "")
        self.name.setVisible(chosen is not None)
        self._off.setVisible(chosen is not None)
