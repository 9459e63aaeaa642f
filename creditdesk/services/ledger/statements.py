"""Takes a bank's statement in: its receipts wait as lines until a person says what they pay."""

from collections import Counter

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.bank import BankLine as Read
from creditdesk.domain.ledger.bank import BankStatement, keys
from creditdesk.models import BankLine, ImportBatch
from creditdesk.services.ledger import asking, problems, sources
from creditdesk.services.ledger.receipt_values import LineState, StatementTaken
from creditdesk.services.ledger.values import BatchId

KIND = "bank"
_NONE = dict.fromkeys(
    (
        "invoices_added", "invoices_updated", "invoices_unchanged", "payments_added", "payments_unchanged",
        "buyers_added",
    ),
    0,
)  # fmt: skip


def compare(
    session: Session, client_id: int, statement: BankStatement
) -> StatementTaken:
    """What taking it in would do."""
    new = _new(session, client_id, statement)
    return _told(None, statement, new)


def take_in(
    session: Session, client_id: int, statement: BankStatement, content: bytes | None
) -> StatementTaken:
    """Keep the lines that are not there yet as one batch, and what was said; nothing new makes no batch."""
    asking.keep(session, client_id, statement.answers)
    new = _new(session, client_id, statement)
    if not new:
        return _told(None, statement, new)
    batch = _batch(session, client_id, statement, new)
    if content is not None:
        batch.document_id = sources.keep(
            session, client_id, statement.source, content
        ).id
    session.add(batch)
    session.flush()  # every line carries its number
    rows = [_row(line, key, client_id, batch.id) for key, line in new.items()]
    session.execute(insert(BankLine), rows)
    note(
        session,
        "taken in",
        "import_batch",
        batch.id,
        client_id=client_id,
        after={"file": batch.file_name, **batch.counts},
    )
    return _told(BatchId(batch.id), statement, new)


def _new(session: Session, client_id: int, statement: BankStatement) -> dict[str, Read]:
    """The lines the desk does not hold, by key; an overlapping statement doubles nothing."""
    held = set(
        session.scalars(select(BankLine.key).where(BankLine.client_id == client_id))
    )
    return {
        key: line
        for key, line in zip(keys(statement), statement.lines, strict=True)
        if key not in held
    }


def _told(
    batch: BatchId | None, statement: BankStatement, new: dict[str, Read]
) -> StatementTaken:
    return StatementTaken(
        batch=batch,
        added=len(new),
        unchanged=len(statement.lines) - len(new),
        received=_sums(new),
    )


def _sums(new: dict[str, Read]) -> dict[str, Money]:
    codes = dict.fromkeys(line.amount.currency for line in new.values())
    return {
        code: Money.total(
            (line.amount for line in new.values() if line.amount.currency == code), code
        )
        for code in codes
    }


def _batch(
    session: Session, client_id: int, statement: BankStatement, new: dict[str, Read]
) -> ImportBatch:
    database: Database = session.info["database"]
    source = statement.source
    count = Counter(line.amount.currency for line in new.values())
    return ImportBatch(
        client_id=client_id,
        kind=KIND,
        format=source.format,
        file_name=source.file_name,
        digest=source.digest,
        sheet=source.sheet,
        header_row=source.header_row,
        taken_at=database.now(),
        who=database.who,
        columns=dict(statement.columns),
        counts={
            "rows_read": statement.rows_read,
            **_NONE,
            "lines_added": len(new),
            "lines_unchanged": len(statement.lines) - len(new),
            "spent": statement.spent_count,
        },
        totals={
            code: {"count": str(count[code]), "amount": sums.plain, "open": sums.plain}
            for code, sums in _sums(new).items()
        },
        rejected=list(map(problems.to_json, statement.rejected)),
        skipped=list(map(problems.to_json, statement.left_out)),
        notes=list(map(problems.to_json, statement.notes)),
        file_totals={
            each.side.value: each.amount.plain
            for each in statement.own_totals
            if each.amount is not None
        },
    )


def _row(line: Read, key: str, client_id: int, batch: int) -> dict[str, object]:
    return {
        "client_id": client_id, "batch_id": batch, "row": line.row, "key": key, "booked_on": line.booked_on,
        "payer": line.payer, "payer_account": line.payer_account, "payer_bank": line.payer_bank, "text": line.text,
        "number": line.number, "currency": line.amount.currency, "amount_fine": line.amount.fine,
        "state": LineState.OPEN.value, "reason": "", "who": "", "third_party": False, "word": "",
    }  # fmt: skip


def open_count(session: Session, client_id: int | None) -> int:
    """How many lines wait for a person."""
    statement = select(func.count()).where(BankLine.state == LineState.OPEN.value)
    if client_id is not None:
        statement = statement.where(BankLine.client_id == client_id)
    return session.scalar(statement) or 0
