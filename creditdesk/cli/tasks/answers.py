"""What the task commands answer."""

from collections.abc import Sequence

from creditdesk.cli.session import Terminal
from creditdesk.domain.duties.tasks import DEPARTMENT_TITLES, TaskLine
from creditdesk.i18n import N_


def task(line: TaskLine) -> dict[str, object]:
    """A task in a list."""
    return {
        "id": line.id,
        "client": line.client,
        "claim": line.claim or None,
        "buyer": line.buyer or None,
        "text": line.text,
        "department": line.department.value,
        "owner": line.owner,
        "due_on": line.due_on,
        "origin": line.origin.value,
        "source": line.source or None,
        "done_on": line.done_on,
        "word": line.word,
        "paper": line.proof is not None,
        "voided": None if line.voided is None else line.voided.why,
    }


def lines(call: Terminal, tasks: Sequence[TaskLine]) -> list[str]:
    """The same for people."""
    say = call.words
    return [
        "  ".join(
            part
            for part in (
                str(each.id),
                say(DEPARTMENT_TITLES[each.department]),
                each.due_on.isoformat() if each.due_on else "",
                each.owner,
                each.text,
                say(N_("done on {on}"), on=each.done_on) if each.done_on else "",
            )
            if part
        )
        for each in tasks
    ]
