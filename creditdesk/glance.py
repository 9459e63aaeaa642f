"""A first look at a desk, before the services are loaded: half a second in which a person can already read."""

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from creditdesk.db.connection import connect, require_desk
from creditdesk.db.log import has_log
from creditdesk.db.objects import foreign, newest, objects
from creditdesk.db.schema import HEAD
from creditdesk.domain.duties.agenda import Agenda
from creditdesk.errors import UserError
from creditdesk.readings import agenda


@dataclass(frozen=True, slots=True)
class Glance:
    """What the first page shows of a desk: its clients, and what has to be done."""

    clients: tuple[tuple[int, str], ...]
    agenda: Agenda


def look(desk: Path, until: date, limit: int) -> Glance | None:
    """The first look; None for a desk that is protected, of another version, or not a desk at all.

    Whoever opens it properly then says what is wrong with it.
    """
    if has_log(desk):
        return None  # somebody else's, or what a kill left: opening looks at it first
    try:
        with closing(connect(desk)) as connection:
            require_desk(connection, desk)
            if foreign(objects(connection.execute), newest()):
                return None  # something in it would be run by being read, or it is of another version
            (found,) = connection.execute(
                "SELECT version_num FROM alembic_version"
            ).fetchone()
            if found != HEAD:
                return None
            clients = connection.execute(
                "SELECT id, name FROM client WHERE voided_at IS NULL ORDER BY name"
            ).fetchall()
            todo = agenda.read(connection.execute, until=until, limit=limit)
    except UserError:
        return None
    return Glance(tuple(clients), todo)
