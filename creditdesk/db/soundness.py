"""Whether a backup still holds what was written into it."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from creditdesk.db import backup
from creditdesk.db.connection import require_desk
from creditdesk.db.errors import DeskDamaged, NotADesk
from creditdesk.db.records import kept_digest
from creditdesk.db.refusals import first_words, in_words
from creditdesk.disk import why
from creditdesk.i18n import N_, Message

_DAMAGED = N_("damaged: in the database's own words “{what}”")


def problem_of(path: Path, passphrase: str) -> Message | None:
    """What is wrong with a backup when all of it is read again; None where nothing is.

    Raises `PassphraseWrong` or `PassphraseNeeded` for one that this passphrase doesn't open.
    """
    try:
        with backup._opened(path, passphrase) as connection, in_words(path):  # noqa: SLF001 - opened as a restore opens it
            require_desk(connection, path)
            return next(_problems(connection), None)
    except NotADesk:
        return Message(N_("not a desk of CreditDesk"))
    except DeskDamaged as error:
        return Message.of(_DAMAGED, what=error.places["reason"])
    except OSError as error:
        return Message.of(N_("can't be read: {what}"), what=why(error))
    except (sqlite.Error, ValueError) as error:
        return Message.of(_DAMAGED, what=error)


def _problems(connection: Any) -> Iterator[Message]:  # noqa: ANN401 - sqlcipher3 has no types
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        yield Message.of(_DAMAGED, what=first_words(verdict))
    # Asked of a plain file, the check of the encryption answers nothing.
    for (line,) in connection.execute("PRAGMA cipher_integrity_check"):
        yield Message.of(_DAMAGED, what=line)
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Message.of(
            N_("row {row} of {table} names a {parent} that is not there"),
            row=row,
            table=table,
            parent=parent,
        )
    for digest, content in connection.execute("SELECT digest, content FROM file_content"):  # fmt: skip
        if hashlib.sha256(content).hexdigest() != digest:
            yield Message(N_("the bytes of a kept file have changed"))
    kept = "SELECT id, inputs, result, digest FROM indemnity_record"
    for number, inputs, result, digest in connection.execute(kept):
        if kept_digest(json.loads(inputs), json.loads(result)) != digest:
            yield Message.of(N_("kept calculation {number} was altered"), number=number)
