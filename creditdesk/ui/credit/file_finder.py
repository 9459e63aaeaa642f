"""One search for a buyer's whole file: typing finds what stands in any part, choosing leads there."""

from collections.abc import Callable, Sequence

from creditdesk.i18n import N_
from creditdesk.presenters.credit.file_search import InFile
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.find_box import FindBox

_WIDTH = 170


class FileFinder(FindBox):
    """`all_of_it` is asked for each time it is opened; `go` is told what was chosen."""

    few, wide = 0, 560

    def __init__(
        self,
        wording: Wording,
        all_of_it: Callable[[], Sequence[InFile]],
        go: Callable[[InFile], object],
    ) -> None:
        super().__init__("", wording)
        self._all_of_it, self._go = all_of_it, go
        self._found: Sequence[InFile] = ()
        name = wording(N_("Find in this file…"))
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  Ctrl+F")
        self.setFixedWidth(theme.px(_WIDTH))
        self.setCurrentIndex(-1)

    def supply(self) -> None:
        """Everything in the file as it is now."""
        self._found = self._all_of_it()
        self.clear()
        self.addItems([each.words for each in self._found])
        self.setCurrentIndex(-1)

    def take(self, place: int) -> None:
        """Go there; the field stays empty for the next time."""
        chosen = self._found[place]
        self.setCurrentIndex(-1)
        self._go(chosen)
