"""What the tasks service takes and refuses."""

from dataclasses import dataclass
from datetime import date

from creditdesk.errors import UserError
from creditdesk.i18n import N_


class TaskTextMissing(UserError):
    """A task that says nothing."""

    message = N_("Say what is to be done.")


class TaskOfAnother(UserError):
    """A task names a claim or a buyer of another client."""

    message = N_(
        "What the task is about is not this client's. Choose a claim or a buyer of the client."
    )


class TaskProofMissing(UserError):
    """Done, and nothing shows it."""

    message = N_("Say in a word what was done, or add the paper that shows it.")


class TaskDoneInFuture(UserError):
    """Nothing was done tomorrow."""

    message = N_("{on} is still to come. Enter the day it was done.")


class TaskDoneAlready(UserError):
    """What is done stays as it is."""

    message = N_(
        "Task {task} was done on {on}. Void it if that was a mistake, and enter it again."
    )


@dataclass(frozen=True, slots=True)
class TaskDone:
    """When it was done, and what shows it: a word, or a kept paper by its number."""

    on: date
    word: str = ""
    document: int | None = None
