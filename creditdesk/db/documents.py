"""Keeps foreign files in the desk: the bytes once, a description each time one is added."""

import hashlib
import json

from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.domain.base.evidence import InspectedEvidence
from creditdesk.domain.base.steps import message_to_json
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.models import Document, FileContent


class EvidenceChanged(UserError):
    """The file is not the one that was looked at."""

    message = N_("{name} changed while it was being attached. Attach it again.")


def keep(
    session: Session,
    database: Database,
    client_id: int,
    file: InspectedEvidence,
    content: bytes,
) -> Document:
    """The description of a file kept as it is; raises `EvidenceChanged` for other bytes than those looked at."""
    if hashlib.sha256(content).hexdigest() != file.digest:
        raise EvidenceChanged(name=file.name)
    if session.get(FileContent, file.digest) is None:
        session.add(FileContent(digest=file.digest, size=len(content), content=content))
        session.flush()  # the description names the bytes
    document = Document(
        client_id=client_id,
        digest=file.digest,
        file_name=file.name,
        media=file.media,
        state=file.state.value,
        reason=json.dumps(message_to_json(file.reason)) if file.reason else "",
        pages=file.pages,
        added_at=database.now(),
        who=database.who,
    )
    session.add(document)
    session.flush()  # whoever keeps the file names its description
    return document
