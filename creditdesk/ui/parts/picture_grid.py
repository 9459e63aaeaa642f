"""Pictures side by side, each in a card; their bars open the rows behind them."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from creditdesk.presenters.parts.bars import BarPicture
from creditdesk.ui.parts.bar_list import BarList
from creditdesk.ui.parts.controls import card, clear
from creditdesk.ui.parts.text import label

_ACROSS = 3


class PictureGrid(QGridLayout):
    """`opened` is called with a picture's key and a bar's."""

    def __init__(self, opened: Callable[[Hashable, Hashable], object], across: int = _ACROSS) -> None:  # fmt: skip
        super().__init__()
        self.setSpacing(12)
        self._opened, self._across = opened, across
        self.pictures: dict[Hashable, BarList] = {}
        self._words: dict[Hashable, tuple[QLabel, QLabel]] = {}

    def show_pictures(self, pictures: Sequence[BarPicture]) -> None:
        """Pictures that are there already only get other bars: the focus and the place stay."""
        if [each.key for each in pictures] != list(self.pictures):
            clear(self)
            self.pictures, self._words = {}, {}
            for at, each in enumerate(pictures):
                self.addWidget(self._card(each), at // self._across, at % self._across)
        for each in pictures:
            none, below = self._words[each.key]
            self.pictures[each.key].show_bars(each.bars)
            none.setText(each.none)
            none.setVisible(bool(each.none))
            below.setText(each.said)
            below.setVisible(not each.none)

    def _card(self, picture: BarPicture) -> QWidget:
        frame, inside = card(spacing=6)
        self.pictures[picture.key] = BarList(picture.title, partial(self._opened, picture.key))  # fmt: skip
        none, below = label(role="quiet", wrap=True), label(role="small", wrap=True)
        self._words[picture.key] = none, below
        inside.addWidget(label(picture.title, "section"))
        for each in (self.pictures[picture.key], none, below):
            inside.addWidget(each)
        inside.addStretch(1)
        return frame
