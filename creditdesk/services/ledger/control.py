"""The ledger's balance on a day against what the books show, and the rows between. rules.md 11.6, last line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import age, open_amounts
from creditdesk.domain.ledger.control import Cause, Explanation, explaining
from creditdesk.domain.ledger.documents import CreditKind
from creditdesk.models import BankLine, ControlFigure, ImportBatch, Payment
from creditdesk.readings.queries import (
    LedgerItems,
    buyer_names,
    ledger_items,
    the_client,
)
from creditdesk.services.ledger import aged
from creditdesk.services.ledger.control_values import (
    RECEIVABLES,
    ControlAccount,
    ControlBalance,
    UntakenRows,
)
from creditdesk.services.ledger.control_values import ControlFigure as Figure
from creditdesk.services.ledger.receipt_values import LineState

_Rows = defaultdict[str, list[Explanation]]


def account(
    session: Session,
    client_id: int,
    as_of: date,
    untaken: UntakenRows,
    number: str = RECEIVABLES,
) -> ControlAccount:
    """Balance, figure and explanation, one a currency."""
    found = _Found(session, client_id, as_of, untaken)
    figures = _figures(session, client_id, as_of, number)
    codes = dict.fromkeys((*found.sums, *figures, *found.aged_only))
    return ControlAccount(
        client_id=client_id,
        client=the_client(session, client_id).name,
        as_of=as_of,
        account=number,
        balances=tuple(found.balance(code, figures.get(code)) for code in sorted(codes)),
    )  # fmt: skip


def keep(
    session: Session,
    client_id: int,
    as_of: date,
    figures: Mapping[str, Money | None],
    number: str = RECEIVABLES,
) -> None:
    """Add what the books show to what was typed before; the same again adds nothing."""
    database: Database = session.info["database"]
    known = _figures(session, client_id, as_of, number)
    for code, amount in figures.items():
        before = known[code].amount if code in known else None
        if amount == before:
            continue
        session.add(
            ControlFigure(
                client_id=client_id, as_of=as_of, currency=code, account=number,
                figure_fine=None if amount is None else amount.fine, who=database.who, at=database.now(),
            )
        )  # fmt: skip
        note(
            session, "typed", "control_figure", None, client_id=client_id,
            before={"figure": before.plain if before else None},
            after={
                "account": number, "as_of": as_of.isoformat(), "currency": code,
                "figure": amount.plain if amount is not None else None,
            },
        )  # fmt: skip


def _figures(
    session: Session, client_id: int, as_of: date, number: str
) -> dict[str, Figure]:
    """The last figure typed of each currency."""
    found = session.scalars(
        select(ControlFigure)
        .where(
            ControlFigure.client_id == client_id,
            ControlFigure.as_of == as_of,
            ControlFigure.account == number,
        )
        .order_by(ControlFigure.id)
    )
    return {
        each.currency: Figure(
            each.account,
            None if each.figure_fine is None else Money.of_fine(each.figure_fine, each.currency),
            each.who, each.at,
        )
        for each in found
    }  # fmt: skip


class _Found:
    """Everything the balance and its explanation are made of."""

    def __init__(
        self, session: Session, client_id: int, as_of: date, untaken: UntakenRows
    ) -> None:
        items = ledger_items(session, client_id=client_id)
        self._names = {
            number: each.name for number, each in buyer_names(session, client_id).items()
        }  # fmt: skip
        self._as_of = as_of
        self._aging = age(items.documents, items.receipts, as_of)
        self.sums = self._aging.by_currency
        self._rest = _unset_notes(items, as_of)
        self.aged_only: dict[str, Money] = {}
        self.rows: _Rows = defaultdict(list)
        self._add(self._refused(session, client_id, untaken))
        self._add(_taken_back(session, client_id))
        self._add(self._later(session, client_id, items))
        self._add(_waiting(session, client_id, as_of))
        self._add(self._notes_and_unapplied())
        self._add(self._aged(session, client_id))
        self._add(self._without_due())

    def balance(self, code: str, figure: Figure | None) -> ControlBalance:
        """One currency."""
        zero = Money.zero(code)
        sums = self.sums.get(code)
        notes = Money.total(
            (rest for (_, currency), rest in self._rest.items() if currency == code), code
        )  # fmt: skip
        outstanding, loose = (sums.outstanding, sums.unapplied) if sums else (zero, zero)  # fmt: skip
        balance = outstanding - loose
        shown = figure.amount if figure else None
        difference = None if shown is None else shown - balance
        rows = tuple(self.rows[code])
        return ControlBalance(
            currency=code,
            invoices=outstanding,
            credit_notes=notes,
            unapplied=loose - notes,
            balance=balance,
            aged_only=self.aged_only.get(code, zero),
            figure=figure if shown is not None else None,
            difference=difference,
            rows=rows,
            explained=frozenset() if difference is None else explaining(difference, rows),
        )  # fmt: skip

    def _add(self, found: Iterable[tuple[str, Explanation]]) -> None:
        for code, each in found:
            self.rows[code].append(each)

    def _refused(
        self, session: Session, client_id: int, untaken: UntakenRows
    ) -> Iterator[tuple[str, Explanation]]:
        """Rows of standing imports that were not taken, the newest import first."""
        found = session.execute(
            select(ImportBatch.id, ImportBatch.file_name, ImportBatch.rejected, ImportBatch.totals)
            .where(
                ImportBatch.client_id == client_id, ImportBatch.kind == "ledger", ImportBatch.undone_at.is_(None)
            )
            .order_by(ImportBatch.id.desc())
        )  # fmt: skip
        main = next(iter(self.sums), "")
        for batch, name, rejected, totals in found:
            known = untaken.get(batch, ())
            for row in known:
                cause = Cause.REFUSED if row.refused else Cause.SKIPPED
                yield (
                    row.amount.currency,
                    Explanation(
                        cause=cause,
                        effect=row.amount,
                        name=name,
                        batch=batch,
                        row=row.row,
                    ),
                )
            told = {row.row for row in known}
            code = next(iter(totals), main)
            for problem in rejected:
                if problem["row"] not in told and code:
                    yield code, Explanation(
                        cause=Cause.REFUSED, effect=None, name=name, batch=batch, row=problem["row"]
                    )  # fmt: skip

    def _later(
        self, session: Session, client_id: int, items: LedgerItems
    ) -> Iterator[tuple[str, Explanation]]:
        """What is dated after the day: the books may have been read later."""
        documents: defaultdict[tuple[int, str], list[Money]] = defaultdict(list)
        for document in items.documents:
            if document.issued > self._as_of:
                owes = document.kind.owes
                amount = document.amount if owes else -document.amount
                documents[document.buyer, amount.currency].append(amount)
        for (buyer, code), amounts in documents.items():
            total = Money.total(amounts, code)
            yield code, self._of_buyer(Cause.LATER_DOCUMENTS, buyer, total, len(amounts))  # fmt: skip
        # A set-off or a discount is no payment. rules.md 14.2.
        is_receipt = Payment.kind == CreditKind.RECEIPT.value
        found = session.execute(
            select(Payment.buyer_id, Payment.currency, is_receipt, func.sum(Payment.amount_fine), func.count())
            .where(Payment.client_id == client_id, Payment.paid_on > self._as_of, Payment.amount_fine > 0)
            .group_by(Payment.buyer_id, Payment.currency, is_receipt)
            .order_by(is_receipt.desc(), Payment.buyer_id, Payment.currency)
        )  # fmt: skip
        for buyer, code, paid, fine, count in found:
            cause = Cause.LATER_PAYMENTS if paid else Cause.LATER_REDUCTIONS
            yield code, self._of_buyer(cause, buyer, -Money.of_fine(fine, code), count)

    def _notes_and_unapplied(self) -> Iterator[tuple[str, Explanation]]:
        """What lowers the balance and stands elsewhere in many books: as 预收账款, or nowhere."""
        for buyer, currencies in self._aging.by_buyer.items():
            for code, figures in currencies.items():
                notes = self._rest.get((buyer, code), Money.zero(code))
                if notes:
                    yield code, self._of_buyer(Cause.CREDIT_NOTES, buyer, notes)
                if loose := figures.unapplied - notes:
                    yield code, self._of_buyer(Cause.UNAPPLIED, buyer, loose)

    def _aged(
        self, session: Session, client_id: int
    ) -> Iterator[tuple[str, Explanation]]:
        for line in aged.lines(session, client_id, None, self._as_of):
            code = line.total.currency
            self.aged_only[code] = (
                self.aged_only.get(code, Money.zero(code)) + line.total
            )
            if line.total:
                yield code, Explanation(
                    cause=Cause.AGED_ONLY, effect=line.total, name=line.buyer, buyer_id=line.buyer_id,
                    batch=line.batch,
                )  # fmt: skip

    def _without_due(self) -> Iterator[tuple[str, Explanation]]:
        """They count in full, but by their own date: other programs leave them out of an aging."""
        counts: defaultdict[tuple[int, str], int] = defaultdict(int)
        for row in self._aging.rows:
            if row.due_missing:
                counts[row.buyer, row.open.currency] += 1
        for (buyer, code), count in counts.items():
            yield code, self._of_buyer(Cause.WITHOUT_DUE_DATE, buyer, None, count)

    def _of_buyer(
        self, cause: Cause, buyer: int, effect: Money | None, count: int = 1
    ) -> Explanation:
        return Explanation(
            cause=cause, effect=effect, name=self._names.get(buyer, ""), buyer_id=buyer, count=count,
        )  # fmt: skip


def _unset_notes(items: LedgerItems, as_of: date) -> dict[tuple[int, str], Money]:
    """What of credit notes is set against no invoice, by buyer and currency."""
    known = [each for each in items.documents if each.issued <= as_of]
    if all(each.kind.owes for each in known):
        return {}
    open_ = open_amounts(known, (each for each in items.receipts if each.on <= as_of))
    rest: dict[tuple[int, str], Money] = {}
    for each in known:
        if not each.kind.owes:
            key = (each.buyer, each.amount.currency)
            rest[key] = rest.get(key, Money.zero(key[1])) + open_[each.id]
    return rest


def _taken_back(session: Session, client_id: int) -> Iterator[tuple[str, Explanation]]:
    """Imports that were taken back, unless the file was taken in again: the books still have what they told."""
    again = aliased(ImportBatch)
    stands = exists().where(
        again.client_id == client_id,
        again.digest == ImportBatch.digest,
        again.undone_at.is_(None),
    )
    found = session.execute(
        select(ImportBatch.id, ImportBatch.file_name, ImportBatch.totals)
        .where(
            ImportBatch.client_id == client_id,
            ImportBatch.kind == "ledger",
            ImportBatch.undone_at.is_not(None),
            ~stands,
        )
        .order_by(ImportBatch.id.desc())
    )
    for batch, name, totals in found:
        for code, sums in totals.items():
            if open_ := Money(Decimal(sums["open"]), code):
                yield (
                    code,
                    Explanation(
                        cause=Cause.TAKEN_BACK, effect=open_, name=name, batch=batch
                    ),
                )


def _waiting(
    session: Session, client_id: int, as_of: date
) -> Iterator[tuple[str, Explanation]]:
    """Money the bank has and nobody has set yet."""
    found = session.scalars(
        select(BankLine)
        .where(
            BankLine.client_id == client_id,
            BankLine.state == LineState.OPEN.value,
            BankLine.booked_on <= as_of,
        )
        .order_by(BankLine.booked_on, BankLine.id)
    )
    for line in found:
        yield line.currency, Explanation(
            cause=Cause.BANK_LINES, effect=-Money.of_fine(line.amount_fine, line.currency), name=line.payer,
            batch=line.batch_id, row=line.row,
        )  # fmt: skip
