"""Where the figures of the ledgers came from: imports and their files, traces, comparisons, the control account."""

from collections.abc import Mapping, Sequence
from datetime import date

from creditdesk.db.database import Database
from creditdesk.domain.base.money import Money
from creditdesk.jobs import Progress, uncollected
from creditdesk.services.ledger import (
    again,
    batches,
    changes,
    control,
    payments,
    receipt_lists,
    trace,
    undo,
)
from creditdesk.services.ledger.control_values import (
    RECEIVABLES,
    ControlAccount,
    FigureInFuture,
    UntakenRows,
)
from creditdesk.services.ledger.import_values import (
    BalanceLine,
    ChangeLine,
    Comparison,
    ImportFile,
    PaymentLine,
    Trace,
    UndoPlan,
)
from creditdesk.services.ledger.payments import PaymentQuestion
from creditdesk.services.ledger.receipt_values import ReceiptLine
from creditdesk.services.ledger.values import BatchId


class Imports:
    """What is known of each import, and of each figure by its import."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def file(self, batch: BatchId) -> ImportFile:
        """Everything about one import. Raises `BatchUnknown`."""
        with self._db.read() as session:
            return batches.file(session, batch)

    def content(self, batch: BatchId) -> bytes:
        """The file as it was read. Raises `BatchUnknown` and `SourceNotKept`."""
        with self._db.read() as session:
            return batches.content(session, batch)

    def balances(self, batch: BatchId) -> tuple[BalanceLine, ...]:
        """What an aged summary brought, by its rows."""
        with self._db.read() as session:
            return batches.balances(session, batch)

    def lines(self, batch: BatchId) -> tuple[ReceiptLine, ...]:
        """What a bank's statement brought, and what became of it."""
        with self._db.read() as session:
            return receipt_lists.lines(session, None, batch)

    def invoice_trace(self, invoice_id: int) -> Trace:
        """File, sheet and row of a document, and what imports changed in it since. Raises `RecordUnknown`."""
        with self._db.read() as session:
            return trace.of_invoice(session, invoice_id)

    def payment_trace(self, payment_id: int) -> Trace:
        """The same of a payment."""
        with self._db.read() as session:
            return trace.of_payment(session, payment_id)

    def payment_ids(self, asked: PaymentQuestion) -> Sequence[int]:
        """The long list of payments: numbers, in the order asked for."""
        with self._db.read() as session:
            return payments.ids(session, asked)

    def payments(self, numbers: Sequence[int]) -> tuple[PaymentLine, ...]:
        """Some rows of the long list."""
        with self._db.read() as session:
            return payments.rows(session, numbers)

    def payment_totals(self, asked: PaymentQuestion) -> Mapping[str, tuple[int, Money]]:
        """The long list's counts and sums, one a currency."""
        with self._db.read() as session:
            return payments.totals(session, asked)

    def reduction_totals(
        self, asked: PaymentQuestion
    ) -> Mapping[str, tuple[int, Money]]:
        """The same of what lessened debts without being a receipt."""
        with self._db.read() as session:
            return payments.reductions(session, asked)

    def change_ids(self, batch: BatchId) -> Sequence[int]:
        """What an import changed in records that were there: numbers, in the order of the file."""
        with self._db.read() as session:
            return changes.ids(session, batch)

    def changes(self, numbers: Sequence[int]) -> tuple[ChangeLine, ...]:
        """Some of these changes, each field from what to what."""
        with self._db.read() as session:
            return changes.rows(session, numbers)

    def compare(
        self, batch: BatchId, draft: again.AnyDraft, progress: Progress | None = None
    ) -> Comparison:
        """A file that was read again, held against what the desk says now; nothing is written."""
        with uncollected(), self._db.read() as session:
            return again.compare(session, batch, draft, progress or Progress())

    def undo_plan(self, batch: BatchId) -> UndoPlan:
        """What taking an import back would do, and what rests on it. Raises `BatchUnknown` and `BatchUndone`."""
        with self._db.read() as session:
            return undo.plan(session, batch)

    def control(
        self,
        client_id: int,
        as_of: date,
        untaken: UntakenRows | None = None,
        account: str = RECEIVABLES,
    ) -> ControlAccount:
        """The ledger's balance on a day against what the books show, with the rows between.

        `untaken`: the figures of rows that were not taken, where their files were read again.
        """
        with uncollected(), self._db.read() as session:
            return control.account(session, client_id, as_of, untaken or {}, account)

    def keep_figures(
        self,
        client_id: int,
        as_of: date,
        figures: Mapping[str, Money | None],
        today: date,
        account: str = RECEIVABLES,
    ) -> None:
        """Keep what the books show on a day, by currency; None takes a figure away. Raises `FigureInFuture`."""
        if as_of > today:
            raise FigureInFuture(day=as_of)
        with self._db.write() as session:
            control.keep(session, client_id, as_of, figures, account)
