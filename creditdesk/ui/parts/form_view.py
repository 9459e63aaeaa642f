"""A form, drawn: labels, inputs, the message under each, and a save bar that appears with the first change."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import Form, FormField
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, card, clear, row
from creditdesk.ui.parts.fields import ChoiceInput, Input, input_for
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import fault_line, label

_LABEL_WIDTH = 128
_FIELD_WIDTH = 220
"""Pixels in which a field is read, beside its name."""
_FORM_WIDTH = 760


class FormView(QWidget):
    """Draws a `Form` and asks before the page is left with unsaved changes.

    `act` names what saving does; a form that makes something new shows its bar from the start (`always`). A form that
    only asks (`question`) has no bar: whoever asks takes its answers with a button of its own, and nothing is lost.
    `columns`: fields side by side. Ctrl+S saves.
    """

    def __init__(  # noqa: PLR0913 - how a form is dressed, by name
        self,
        form: Form,
        shell: Shell,
        *,
        columns: int = 1,
        act: str = "",
        always: bool = False,
        question: bool = False,
        saved: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._form = form
        self._wording = shell.wording
        self._always = always
        self._question = question
        self._saved = saved
        self._columns = self._abreast = columns
        self._drawn = form.fields
        self.inputs: dict[str, Input] = {}
        self._faults: dict[str, QLabel] = {}
        self._names: dict[str, QLabel] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(self._grid)
        layout.addWidget(self._make_bar(act))
        self._place_fields()
        QShortcut(
            QKeySequence(QKeySequence.StandardKey.Save),
            self,
            self.save,
            context=Qt.ShortcutContext.WindowShortcut,
        )
        self._disconnect = form.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        if not question:
            shell.guard(form.is_dirty, form.save)
        self._draw(None)

    def save(self) -> None:
        """Save, or lead to the first field that stands against it."""
        if not self.bar.isVisibleTo(self):
            return
        for each in self.inputs.values():
            each.settle()
        if self._form.save():
            if self._saved:
                self._saved()
        else:
            self.focus_fault()

    def focus_fault(self) -> None:
        """Lead to the first field that stands against saving."""
        if self._form.faulty:
            self.inputs[self._form.faulty].setFocus()

    def focus_first(self) -> None:
        """Begin to type."""
        for each in self.inputs.values():
            each.setFocus()
            return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, from the last one to the button that saves."""
        here = self._input_here()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or here is None:
            super().keyPressEvent(event)
            return
        here.settle()
        made = [each for each in self.inputs.values() if each.isVisibleTo(self)]
        following = made[made.index(here) + 1 :]
        if following:
            following[0].setFocus(Qt.FocusReason.TabFocusReason)
        elif self._question or not self.bar.isVisibleTo(self):
            self.focusNextChild()
        else:
            self._keep.setFocus(Qt.FocusReason.TabFocusReason)

    def _input_here(self) -> Input | None:
        return next(
            (each for each in self.inputs.values() if each.inner.hasFocus()), None
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fields stand side by side as long as each can be read."""
        super().resizeEvent(event)
        fit = max(1, self.width() // theme.px(_LABEL_WIDTH + _FIELD_WIDTH))
        if min(fit, self._columns) != self._abreast:
            self._abreast = min(fit, self._columns)
            self._rearrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one field."""
        size = super().minimumSizeHint()
        size.setWidth(min(size.width(), theme.px(_LABEL_WIDTH + _FIELD_WIDTH // 2)))
        return size

    def _rearrange(self) -> None:
        """The same fields in other places."""
        places = list(enumerate(self._form.fields))
        for column in range(self._grid.columnCount()):
            self._grid.setColumnMinimumWidth(column, 0)
            self._grid.setColumnStretch(column, 0)
        for place, field in places:
            made, fault = self.inputs[field.key], self._faults[field.key]
            for each in (self._names[field.key], made, fault):
                self._grid.removeWidget(each)
            line, side = divmod(place, self._abreast)
            self._grid.setColumnMinimumWidth(side * 2, theme.px(_LABEL_WIDTH))
            self._grid.setColumnStretch(side * 2 + 1, 1)
            self._put(field.key, line * 2, side * 2)

    def _put(self, key: str, line: int, column: int) -> None:
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self._names[key], line, column, top)
        self._grid.addWidget(self.inputs[key], line, column + 1, top)
        self._grid.addWidget(self._faults[key], line + 1, column + 1, top)

    def _place_fields(self) -> None:
        for place, field in enumerate(self._form.fields):
            line, side = divmod(place, self._abreast)
            self._grid.setColumnMinimumWidth(side * 2, theme.px(_LABEL_WIDTH))
            self._grid.setColumnStretch(side * 2 + 1, 1)
            self._place_field(field, line * 2, side * 2)
        self._order_tabs()

    def showEvent(self, event: QShowEvent) -> None:
        """A form that was built apart loses its order when it is put into its page."""
        super().showEvent(event)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes as the eye does: through the fields, then to the buttons below them."""
        fields = [each.inner for each in self.inputs.values()]
        buttons = [] if self._question else [self._drop, self._keep]
        for before, after in pairwise([*fields, *buttons]):
            QWidget.setTabOrder(before, after)

    def _place_field(self, field: FormField, line: int, column: int) -> None:
        name = label(field.label, "quiet", wrap=True)
        name.setFixedWidth(theme.px(_LABEL_WIDTH))
        made = input_for(field, self._wording)
        name.setBuddy(made)
        fault = fault_line()
        fault.hide()
        name.setContentsMargins(0, 7, 0, 0)
        self.inputs[field.key] = made
        self._faults[field.key] = fault
        self._names[field.key] = name
        self._put(field.key, line, column)
        made.typed.connect(partial(self._form.set, field.key))
        if field.kind is not FieldKind.FLAG:
            made.left.connect(partial(self._form.check, field.key))

    def _make_bar(self, act: str) -> QFrame:
        wording = self._wording
        self.bar = QFrame()
        self.bar.setProperty("role", "band")
        self._refusal = fault_line()
        self._unsaved = label(wording(N_("Changes are not saved yet.")), "quiet")
        self._drop = button(wording(N_("Drop changes")), self._form.drop)
        keep = self._keep = button(
            act or wording(N_("Save")), self.save, role="primary", hint="Ctrl+S"
        )
        if not self._question:
            # Its place is kept: what stands below the form doesn't move with the first letter typed.
            policy = self.bar.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            self.bar.setSizePolicy(policy)
        inside = QVBoxLayout(self.bar)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(self._refusal)
        if self._question:
            for each in (self._unsaved, self._drop, keep):
                each.setParent(None)
        else:
            inside.addLayout(row(self._unsaved, None, self._drop, keep))
        return self.bar

    def _show_other_fields(self) -> None:
        """Other options for the same inputs, or other inputs."""
        self._drawn = self._form.fields
        if {field.key for field in self._drawn} == self.inputs.keys():
            for field in self._drawn:
                made = self.inputs[field.key]
                if isinstance(made, ChoiceInput):
                    made.offer(field.options)
            return
        clear(self._grid)
        self.inputs.clear()
        self._faults.clear()
        self._names.clear()
        self._place_fields()

    def _draw(self, _nothing: None) -> None:
        if self._form.fields is not self._drawn:
            self._show_other_fields()
        for key, made in self.inputs.items():
            self._draw_field(key, made)
        refusal = self._form.fault
        self._refusal.setText(self._wording.message(refusal) if refusal else "")
        self._refusal.setVisible(refusal is not None)
        dirty = self._form.is_dirty()
        self._unsaved.setVisible(dirty and not self._always)
        self._drop.setVisible(dirty and not self._always)
        self.bar.setVisible(refusal is not None if self._question else dirty or self._always)  # fmt: skip

    def _draw_field(self, key: str, made: Input) -> None:
        if made.text() != self._form.value(key):
            made.show_text(self._form.value(key))
        fault = self._form.fault_of(key)
        said = self._wording.message(fault) if fault else ""
        made.mark(said)
        self._faults[key].setText(said)
        self._faults[key].setVisible(bool(said))


def form_card(*parts: QWidget, width: int = _FORM_WIDTH) -> QWidget:
    """A card with a form, as wide as a form is read well, that scrolls where the window is low."""
    frame, inside = card(spacing=12, margins=(20, 12, 20, 12))
    frame.setMaximumWidth(theme.px(width))
    for part in parts:
        inside.addWidget(part)
    place = QWidget()
    layout = QVBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(frame)
    layout.addStretch(1)
    return scrolled(place)
