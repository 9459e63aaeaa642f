"""The files imports came from, kept in the desk: an import can always be held against what it was read from."""

import hashlib
from pathlib import Path

from sqlalchemy.orm import Session

from creditdesk.db import documents
from creditdesk.db.database import Database
from creditdesk.disk import why
from creditdesk.domain.base.evidence import EvidenceState, InspectedEvidence, media_of
from creditdesk.domain.ledger.documents import LedgerSource
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.models import Document


class SourceChanged(UserError):
    """The file is not the one that was read."""

    message = N_("{name} changed after it was read. Open it again and look once more.")


class SourceGone(UserError):
    """The file can no longer be read."""

    message = N_(
        "{name} can no longer be read: {reason}. Nothing was taken in; bring the file back and try again."
    )


def content_of(source: LedgerSource, path: Path) -> bytes:
    """The bytes a draft was read from. Raises `SourceGone` and `SourceChanged`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceGone(name=path.name, reason=why(error)) from error
    if hashlib.sha256(content).hexdigest() != source.digest:
        raise SourceChanged(name=path.name)
    return content


def keep(
    session: Session, client_id: int, source: LedgerSource, content: bytes
) -> Document:
    """The file behind an import, as it is."""
    database: Database = session.info["database"]
    file = InspectedEvidence(
        source.file_name,
        source.digest,
        len(content),
        media_of(source.file_name, content[:2048]),
        EvidenceState.OK,
    )
    return documents.keep(session, database, client_id, file, content)
