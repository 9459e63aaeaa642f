"""Nothing of a replay may ever be kept."""

from sqlalchemy.orm import Session

from creditdesk.db.database import is_trial


class KeptForEverError(RuntimeError):
    """A replay was about to change the desk itself: a mistake in the program."""


def tried(session: Session) -> Session:
    """The session, which must be that of a trial."""
    if not is_trial(session):
        raise KeptForEverError
    return session
