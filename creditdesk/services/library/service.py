"""The firm's own notes on countries and sectors (rules.md 7)."""

from datetime import date

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import mark, standing_row
from creditdesk.domain.credit.outlooks import NewOutlook, OutlookLine, checked
from creditdesk.i18n import N_
from creditdesk.models import OutlookNote
from creditdesk.readings.outlooks import outlooks


class Library:
    """What is kept for all clients. A number that is not there raises `RecordMissing`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def outlooks(self) -> tuple[OutlookLine, ...]:
        """The notes on countries and sectors, the newest first, voided ones too."""
        with self._db.read() as session:
            return outlooks(session, WITH_VOIDED)

    def add_outlook(self, new: NewOutlook, today: date) -> int:
        """Keep a note. Raises what `checked` raises."""
        kept = checked(new, today)
        with self._db.write() as session:
            row = OutlookNote(
                about=kept.about.value,
                subject=kept.subject,
                title=kept.title,
                text=kept.text,
                move=kept.move.value,
                rating=kept.rating,
                outlook=kept.outlook,
                as_of=kept.as_of,
                source=kept.source,
                recorded_at=self._db.now(),
                who=self._db.who,
            )
            session.add(row)
            session.flush()  # the journal names it
            after = {"subject": row.subject, "title": row.title, "move": row.move, "rating": row.rating}  # fmt: skip
            note(session, "added", "outlook_note", row.id, after=after)
            return row.id

    def void_outlook(self, number: int, why: str) -> None:
        """It was entered by mistake. Raises `VoidReasonMissing`."""
        with self._db.write() as session:
            row = standing_row(session, OutlookNote, number, N_("Note {number}"))
            mark(session, row, why)
            note(session, "voided", "outlook_note", number, after={"reason": row.voided_why})  # fmt: skip
