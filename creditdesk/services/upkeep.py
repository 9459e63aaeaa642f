"""The desk itself: what is in it, whether it is sound, its settings."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk.db import backup, migrate, sealing, traces
from creditdesk.db.automatic import CHECKED_ON, OWN_SETTINGS
from creditdesk.db.database import Database
from creditdesk.db.errors import DeskDamaged
from creditdesk.db.journal import note
from creditdesk.db.objects import missing, newest, objects
from creditdesk.db.records import kept_digest
from creditdesk.db.refusals import first_words
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import open_amounts
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.models import (
    Base,
    Buyer,
    Client,
    Document,
    FileContent,
    IndemnityRecord,
    Invoice,
    Setting,
)
from creditdesk.readings.queries import ledger_items, name_of, setting, settings

OWN_WORDS = "letter_words"
"""The setting that holds the firm's own sentences for letters."""
LETTER_SEAL = "letter_seal"
"""The setting that says where the areas to seal in stand on letters, by `SealPlace`."""
_DAY = "watched_on"
_DAY_WHOLE = "watched_whole_on"
"""The day facts are followed as on, and the day every client was last looked at."""
_OWN = OWN_SETTINGS | {_DAY, _DAY_WHOLE}
_WEEK = timedelta(days=7)
THRESHOLDS = {"limit_warning_pct": 80, "evidence_mb": 50}
"""Use of a credit limit from which it is marked, and the largest file kept as evidence."""


@dataclass(frozen=True, slots=True)
class DeskInfo:
    """What a desk holds."""

    path: Path
    encrypted: bool
    size: int
    schema: str
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the desk is sound, and what is not, in words."""

    problems: tuple[Message, ...]

    @property
    def ok(self) -> bool:
        """Nothing is wrong."""
        return not self.problems


class Upkeep:
    """Care of the desk file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def info(self) -> DeskInfo:
        """What is in the desk."""
        with self._db.read() as session:
            rows = {
                table.name: session.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
            }
            schema = migrate.revision_of(session.connection())
        return DeskInfo(
            self._db.path,
            encrypted=bool(self._db.passphrase),
            size=self._db.path.stat().st_size,
            schema=schema,
            rows=rows,
        )

    def check(self, progress: Progress | None = None) -> Verdict:
        """Verify file, foreign keys, schema, evidence digests, kept calculations and open amounts."""
        progress = progress or Progress()
        found: list[Message] = []
        progress.step(Message(N_("Checking the file")))
        found += _file_problems(self._db)
        if found:
            # What a damaged file says about its figures means nothing.
            return Verdict(tuple(found))
        with self._db.read() as session:
            progress.step(Message(N_("Checking the schema")))
            found += _schema_problems(session)
            progress.step(Message(N_("Checking the evidence")))
            found += _digest_problems(session)
            progress.step(Message(N_("Recounting open amounts")))
            found += _figure_problems(session)
            found += _merge_problems(session)
        return Verdict(tuple(found))

    def is_check_due(self, today: date) -> bool:
        """Whether a week has passed since the program last found the desk sound by itself."""
        kept = self._kept().get(CHECKED_ON)
        return not kept or abs(today - date.fromisoformat(kept)) >= _WEEK

    def found_sound(self, today: date) -> None:
        """The program's own check found nothing."""
        self._keep(CHECKED_ON, today)

    def back_up(self, target: Path) -> Path:
        """A verified copy where the person wants it."""
        return backup.back_up(self._db, target)

    def settings(self) -> Mapping[str, str]:
        """All choices of the desk."""
        chosen = self._kept()
        return {key: chosen[key] for key in chosen if key not in _OWN}

    def _kept(self) -> Mapping[str, str]:
        with self._db.read() as session:
            return settings(session)

    def threshold(self, key: str) -> int:
        """A number the firm may set, or its default: percent of a limit's use, megabytes of a file."""
        return int(self.settings().get(key) or THRESHOLDS[key])

    def day(self) -> date:
        """The day whose duties and cover the desk holds: that of its first entry where nothing moved it yet."""
        kept = self._kept().get(_DAY)
        return date.fromisoformat(kept) if kept else self._db.now().date()

    def has_day(self) -> bool:
        """Whether duties and cover were ever found; not so in a desk of a version that left that to its pages."""
        return _DAY in self._kept()

    def is_moved_to(self, day: date) -> bool:
        """Whether every client's duties and cover were found on this day; not so where finding them broke off."""
        return self._kept().get(_DAY_WHOLE) == day.isoformat() == self.day().isoformat()  # fmt: skip

    def move_to(self, day: date) -> None:
        """From now on facts are followed as on this day."""
        self._keep(_DAY, day)

    def moved_to(self, day: date) -> None:
        """Every client was."""
        self._keep(_DAY_WHOLE, day)

    def _keep(self, key: str, day: date) -> None:
        if self._kept().get(key) != day.isoformat():
            with self._db.write() as session:
                session.merge(Setting(key=key, value=day.isoformat()))

    def set(self, values: Mapping[str, str]) -> None:
        """Keep these choices."""
        with self._db.write() as session:
            for key, value in values.items():
                before = setting(session, key)
                if before == value:
                    continue
                session.merge(Setting(key=key, value=value))
                note(
                    session,
                    "set",
                    "setting",
                    None,
                    before={key: before},
                    after={key: value},
                )


def _file_problems(database: Database) -> list[Message]:
    try:
        with database.raw() as connection:
            # What is in the log is checked by whoever reads it; pages are looked at in the file.
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            # A page that was changed says it all: what the database makes of it helps nobody.
            return _broken(database) or list(_unsound(connection))
    except DeskDamaged as error:
        # Some damage ends the check itself.
        return _broken(database) or [error.said]


def _broken(database: Database) -> list[Message]:
    """Pages of the file that are not as they were written; the first of them is named."""
    pages = sealing.broken_pages(database.path, database.passphrase)
    if not pages:
        return []
    return [
        Message.of(
            N_(
                "The file was changed or damaged outside this program: {count} of its pages are not as they were "
                "written, page {page} is the first. Restore the newest backup."
            ),
            count=len(pages),
            page=pages[0],
        )
    ]


def _unsound(connection: Any) -> Iterator[Message]:  # noqa: ANN401 - sqlcipher3 has no types
    for (line,) in connection.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield Message.of(
                N_(
                    "The file is damaged, in the database's own words “{line}”. Restore the newest backup."
                ),
                line=first_words(line),
            )
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Message.of(
            N_("Row {row} of {table} names a {parent} that is not there."),
            row=row,
            table=table,
            parent=parent,
        )
    if not traces.journal_as_sealed(connection.execute):
        yield Message(
            N_(
                "The history was changed outside this program: entries were altered, added or removed. "
                "Compare with a backup."
            )
        )


def _schema_problems(session: Session) -> Iterator[Message]:
    execute = session.connection().exec_driver_sql
    for name in missing(objects(execute), newest()):
        yield Message.of(
            N_("The schema lacks what this program made: {what}."), what=name
        )
    for difference in migrate.differences_from_models(session.connection()):
        yield Message.of(
            N_("The schema differs from what this program expects: {what}."),
            what=str(difference),
        )


def _digest_problems(session: Session) -> Iterator[Message]:
    names = dict(session.execute(select(Document.digest, Document.file_name)).all())
    for digest in session.scalars(select(FileContent.digest)).all():
        content = session.scalars(
            select(FileContent.content).where(FileContent.digest == digest)
        ).one()
        if hashlib.sha256(content).hexdigest() != digest:
            yield Message.of(
                N_(
                    "The file {name} is not the one that was kept: its bytes have changed."
                ),
                name=names.get(digest, digest),
            )
    for record in session.scalars(select(IndemnityRecord)):
        if not _is_as_kept(record):
            yield Message.of(
                N_("Kept calculation {number} was altered after it was kept."),
                number=record.id,
            )


def _is_as_kept(record: IndemnityRecord) -> bool:
    if kept_digest(record.inputs, record.result) != record.digest:
        return False
    amount, currency = record.result["indemnity"]
    kept = Money.of_minor(record.amount_minor, record.currency)
    return kept == Money(Decimal(amount), currency)


_STAY = {"buyer_alias", "buyer_cover", "particular"}
"""What a merged buyer keeps: names and particulars the other has too, and from what its cover was worked out."""


def _merge_problems(session: Session) -> Iterator[Message]:
    """A merged buyer is in no list: nothing may name it, or it would be in none either."""
    for table in Base.metadata.sorted_tables:
        if "buyer_id" not in table.c or table.name in _STAY:
            continue
        lost = session.execute(
            select(Buyer.name, func.count())
            .join(table, table.c.buyer_id == Buyer.id)
            .where(Buyer.merged_into.is_not(None))
            .group_by(Buyer.id)
        )
        for name, count in lost:
            yield Message.of(
                N_(
                    "{name} was merged into another buyer, but {count} rows of {table} still name it."
                ),
                name=name,
                count=count,
                table=table.name,
            )


def _figure_problems(session: Session) -> Iterator[Message]:
    for client_id, client in session.execute(select(Client.id, Client.name)).all():
        items = ledger_items(session, client_id=client_id)
        right = open_amounts(items.documents, items.receipts)
        kept = session.execute(
            select(
                Invoice.buyer_id,
                Buyer.name,
                Invoice,
            )
            .join(Buyer, Buyer.id == Invoice.buyer_id)
            .where(Invoice.client_id == client_id)
        )
        for buyer_id, buyer, row in kept:
            counted = right[buyer_id, row.number, row.kind]
            if counted.fine != row.open_fine:
                yield Message.of(
                    N_(
                        "{client}, {buyer}, {number}: the desk keeps {kept} as open, its payments give {right}."
                    ),
                    client=client,
                    buyer=buyer,
                    number=name_of(row),
                    kept=Money.of_fine(row.open_fine, row.currency),
                    right=counted,
                )
