"""How many things wait at the places of the rail, also while another page is shown."""

from collections.abc import Mapping

from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.agenda import AHEAD, TaskList
from creditdesk.workspace import Workspace

COUNTED = frozenset({"duty", "claim", "client", "buyer"})
"""Tables that change what waits."""


def waiting(workspace: Workspace, say: Wording) -> Mapping[str, int]:
    """By place: what is late or due within the week, and claims that are not filed yet."""
    desk, client, today = workspace.desk, workspace.client, workspace.today()
    found = desk.watch.agenda(client, until=today + AHEAD, limit=0)
    return {
        "today": TaskList(found, today, say).urgent,
        "claims": desk.claims.waiting(client),
    }
