"""Answers that come too late: the page that asked may be gone."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

T = TypeVar("T")


def while_there(widget: QWidget, act: Callable[[T], object]) -> Callable[[T], None]:
    """Act on a job's answer as long as the widget still stands; later the answer is dropped."""

    def answer(result: T) -> None:
        if isValid(widget):
            act(result)

    return answer
