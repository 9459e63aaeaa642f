"""The buyer's financial statements: kept as the paper has them, one of each period."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.statement_rows import rows_of
from creditdesk.db.journal import note
from creditdesk.db.voids import voided
from creditdesk.domain.credit.sheets import SCHEME_TITLES, Sheet
from creditdesk.domain.credit.statement_checks import contradictions, sheet_doubts
from creditdesk.i18n import N_, Message
from creditdesk.models import BuyerAlias, FinancialStatement
from creditdesk.readings.credit import sheet_of
from creditdesk.services.credit.records import (
    mistake,
    of_buyer,
    the_buyer,
    written,
)
from creditdesk.services.credit.values import (
    MonthsWrong,
    RowUnknown,
    StatementEmpty,
    StatementLine,
    StatementTwice,
)

_CALLED = N_("Statement {number}")
_MOST_MONTHS = 24


def add(session: Session, buyer_id: int, sheet: Sheet, document: int | None) -> int:
    """Keep a statement; the answer is its number."""
    buyer = the_buyer(session, buyer_id)
    _refuse(session, buyer.name, buyer_id, sheet)
    at, who = written(session)
    row = FinancialStatement(
        client_id=buyer.client_id,
        buyer_id=buyer_id,
        company=sheet.company.strip(),
        period_end=sheet.period_end,
        months=sheet.months,
        unit=sheet.unit,
        currency=sheet.currency,
        standard=sheet.standard.value,
        scheme=sheet.scheme.value,
        figures={key: f"{value:f}" for key, value in sheet.values.items()},
        document_id=document,
        recorded_at=at,
        who=who,
    )
    session.add(row)
    session.flush()  # the journal names it
    note(
        session, "added", "financial_statement", row.id, client_id=row.client_id,
        after={"period_end": row.period_end.isoformat(), "months": row.months, "figures": row.figures},
    )  # fmt: skip
    return row.id


def _refuse(session: Session, name: str, buyer_id: int, sheet: Sheet) -> None:
    if not sheet.values:
        raise StatementEmpty
    if not 1 <= sheet.months <= _MOST_MONTHS:
        raise MonthsWrong(months=sheet.months)
    known = tuple(row.key for row in rows_of(sheet.scheme))
    for key in sheet.values:
        if key not in known:
            title = Message(SCHEME_TITLES[sheet.scheme])
            raise RowUnknown(key=key, known=known, scheme=title)
    for line in lines(session, buyer_id):
        same = line.sheet.period_end == sheet.period_end
        if line.voided is None and same and line.sheet.months == sheet.months:
            raise StatementTwice(buyer=name, day=sheet.period_end, months=sheet.months)


def lines(session: Session, buyer_id: int) -> tuple[StatementLine, ...]:
    """The statements of a buyer, the newest period first, voided ones too."""
    found = [
        StatementLine(
            id=row.id,
            sheet=sheet_of(row),
            document_id=row.document_id,
            who=row.who,
            voided=voided(row),
        )
        for row in of_buyer(session, FinancialStatement, buyer_id)
    ]
    found.sort(key=lambda each: (each.sheet.period_end, each.sheet.months, each.id), reverse=True)  # fmt: skip
    return tuple(found)


def take_back(session: Session, number: int, why: str) -> None:
    """A statement was entered by mistake."""
    mistake(session, FinancialStatement, number, why, _CALLED)


def doubts(
    session: Session, buyer_id: int, sheet: Sheet, together: Iterable[Sheet] = ()
) -> tuple[Message, ...]:
    """What a person should look at in a statement, kept or not yet; `together`: what is kept with it."""
    others = _others(session, buyer_id, sheet, together)
    rows, names = rows_of(sheet.scheme), _names(session, buyer_id)
    return tuple(sheet_doubts(sheet, rows, names, others))


def questions(
    session: Session, buyer_id: int, new: Sequence[Sheet]
) -> tuple[Message, ...]:
    """What can't be right in statements that are not kept yet, each with its period."""
    names = _names(session, buyer_id)
    return tuple(
        Message.of(N_("{day}: {doubt}"), day=sheet.period_end, doubt=each)
        for sheet in new
        for each in contradictions(
            sheet, rows_of(sheet.scheme), names, _others(session, buyer_id, sheet, new)
        )
    )


def _names(session: Session, buyer_id: int) -> tuple[str, ...]:
    aliases = select(BuyerAlias.name).where(BuyerAlias.buyer_id == buyer_id)
    return (the_buyer(session, buyer_id).name, *session.scalars(aliases))


def _others(
    session: Session, buyer_id: int, sheet: Sheet, together: Iterable[Sheet]
) -> list[Sheet]:
    """The statements of other periods, kept or kept with it."""
    kept = (each.sheet for each in lines(session, buyer_id) if each.voided is None)
    return [each for each in (*kept, *together) if each.period_end != sheet.period_end]
