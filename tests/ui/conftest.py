"""What the tests of the window share."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from creditdesk.i18n import Language
from creditdesk.presenters.parts.wording import Wording


@pytest.fixture(autouse=True)
def _swept() -> Iterator[None]:
    """Closed windows go at once: the next style sheet would dress every one that is left."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class LoneShell:
    """What a list asks of the window, where a test shows nothing but the list."""

    def __init__(self, language: Language = "en") -> None:
        self.wording = Wording(language)
        self.heading = ("A list", "of this and that")
        self.offered: list[object] = []

    def offer(self, listed: object) -> None:
        self.offered.append(listed)


@pytest.fixture
def lone_shell() -> Any:  # noqa: ANN401 - as much of a shell as a list alone needs
    return LoneShell()
