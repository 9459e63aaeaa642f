"""The clients' ledgers: taking files in, taking them back, and what is owed on a day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import select

from creditdesk.db import documents
from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.domain.base.evidence import InspectedEvidence
from creditdesk.domain.ledger.aging import age
from creditdesk.domain.ledger.asked import Answers, FileQuestion
from creditdesk.domain.ledger.bank import BankStatement
from creditdesk.domain.ledger.bills import BillOutcome, BillWay
from creditdesk.domain.ledger.brackets import STANDARD_BRACKETS
from creditdesk.domain.ledger.chasing import Reminder
from creditdesk.domain.ledger.documents import AgedDraft, BuyerRef, LedgerDraft
from creditdesk.domain.ledger.receipts import KnownBuyer, OpenItem, Suggestion
from creditdesk.domain.ledger.statement import BalanceConfirmation, Statement
from creditdesk.jobs import Progress, uncollected
from creditdesk.models import Buyer, ImportProfile
from creditdesk.readings.answers import answers
from creditdesk.readings.balances import balances
from creditdesk.readings.queries import (
    buyer_names,
    client_names,
    invoice_ids,
    ledger_items,
    paper_numbers,
)
from creditdesk.services.ledger import (
    aged,
    agreed,
    asking,
    banked,
    batches,
    bills,
    chasing,
    comparing,
    credit_notes,
    dating,
    disputes,
    due_open,
    evidence,
    lists,
    lists_then,
    receipt_lists,
    receipts,
    sources,
    statement,
    statements,
    take_in,
    undo,
    voided_payments,
)
from creditdesk.services.ledger.aged import AgedLine
from creditdesk.services.ledger.bills import BillEndLine, BillTransferLine
from creditdesk.services.ledger.credit_notes import CreditNoteLine
from creditdesk.services.ledger.disputes import (
    DisputeId,
    DisputeLine,
    NewDispute,
    Settlement,
)
from creditdesk.services.ledger.due_open import OpenDueLine, TermsSettled
from creditdesk.services.ledger.evidence import InvoicePaper
from creditdesk.services.ledger.identity import Known, Means
from creditdesk.services.ledger.lists import InvoiceQuestion
from creditdesk.services.ledger.lists_then import DocumentsThen
from creditdesk.services.ledger.receipt_values import (
    Confirmation,
    LineId,
    ReceiptLine,
    StatementTaken,
    VoidedPayment,
)
from creditdesk.services.ledger.values import (
    AgedTakenIn,
    AgingReport,
    BalanceReport,
    BatchId,
    BatchLine,
    CurrencyTotals,
    InvoiceLine,
    TakenIn,
)

_SURE = frozenset({Means.CODE, Means.TAX_ID, Means.NAME, Means.NORMAL_NAME})


class Ledger:
    """Documents and payments of the clients."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def compare(
        self, client_id: int, draft: LedgerDraft, progress: Progress | None = None
    ) -> TakenIn:
        """What taking this in would do; nothing is written."""
        progress = progress or Progress()
        with uncollected(), self._db.read() as session:
            draft = banked.told_once(session, client_id, draft)
            made = comparing.plan(session, client_id, draft, progress)
            papers = int(evidence.is_new(session, made))
            return replace(made.told(None), papers=papers)

    def take_in(
        self,
        client_id: int,
        draft: LedgerDraft,
        path: Path | None = None,
        progress: Progress | None = None,
    ) -> TakenIn:
        """Take the good rows in as one batch, with the file itself; what the desk holds already makes no batch.

        An e-invoice is kept as evidence of its invoice, also of one the desk holds already.
        `path` None: there is no file to keep. Raises `SourceGone` and `SourceChanged` before anything is written, and
        `Cancelled` before the last row is: then nothing was.
        """
        progress = progress or Progress()
        content = None if path is None else sources.content_of(draft.source, path)
        with uncollected(), self._db.write(progress) as session:
            return take_in.take_in(session, client_id, draft, content, progress)

    def compare_aged(self, client_id: int, draft: AgedDraft) -> AgedTakenIn:
        """What taking an aged summary in would do; nothing is written."""
        with self._db.read() as session:
            return aged.compare(session, client_id, draft)

    def take_in_aged(
        self,
        client_id: int,
        draft: AgedDraft,
        path: Path | None = None,
        progress: Progress | None = None,
    ) -> AgedTakenIn:
        """Keep an aged summary, with the file itself; see `take_in`."""
        content = None if path is None else sources.content_of(draft.source, path)
        with self._db.write(progress) as session:
            return aged.take_in(session, client_id, draft, content)

    def aged_balances(
        self,
        client_id: int | None = None,
        *,
        buyer_id: int | None = None,
        day: date | None = None,
    ) -> tuple[AgedLine, ...]:
        """What summaries without documents say is owed, up to a day: it is in no other list, and never claimed."""
        with self._db.read() as session:
            return aged.lines(session, client_id, buyer_id, day)

    def compare_statement(
        self, client_id: int, statement: BankStatement
    ) -> StatementTaken:
        """What taking a bank's statement in would do; nothing is written."""
        with self._db.read() as session:
            return statements.compare(session, client_id, statement)

    def take_in_statement(
        self,
        client_id: int,
        statement: BankStatement,
        path: Path | None = None,
        progress: Progress | None = None,
    ) -> StatementTaken:
        """Keep the receipts of a statement as lines to be set against invoices; see `take_in`."""
        content = None if path is None else sources.content_of(statement.source, path)
        with self._db.write(progress) as session:
            return statements.take_in(session, client_id, statement, content)

    def bank_lines(self, client_id: int | None = None) -> tuple[ReceiptLine, ...]:
        """What banks say came in and what became of it, newest first."""
        with self._db.read() as session:
            return receipt_lists.lines(session, client_id)

    def open_lines(self, client_id: int | None = None) -> int:
        """How many bank lines wait for a person."""
        with self._db.read() as session:
            return statements.open_count(session, client_id)

    def suggestions(self, client_id: int) -> Mapping[LineId, tuple[Suggestion, ...]]:
        """What each open bank line may pay, the best first."""
        with self._db.read() as session:
            return receipt_lists.suggestions(session, client_id)

    def open_items(
        self, client_id: int, buyer_id: int | None = None
    ) -> tuple[OpenItem, ...]:
        """The open invoices, oldest due first."""
        with self._db.read() as session:
            return receipt_lists.open_items(session, client_id, buyer_id)

    def known_buyers(self, client_id: int) -> tuple[KnownBuyer, ...]:
        """The buyers with their other names, and the accounts and payers of receipts confirmed before."""
        with self._db.read() as session:
            return receipt_lists.known_buyers(session, client_id)

    def confirm(self, line: LineId, said: Confirmation) -> None:
        """Set a bank line against a buyer's invoices. Raises `UserError`s."""
        with self._db.write() as session:
            receipts.confirm(session, line, said)

    def confirm_all(self, said: Mapping[LineId, Confirmation]) -> None:
        """Set several lines, all or none."""
        with self._db.write() as session:
            for line, each in said.items():
                receipts.confirm(session, line, each)

    def set_aside(self, line: LineId, why: str) -> None:
        """Say that a bank line is not from a customer."""
        with self._db.write() as session:
            receipts.set_aside(session, line, why)

    def take_back(self, line: LineId) -> None:
        """Open a bank line again that was set aside."""
        with self._db.write() as session:
            receipts.take_back(session, line)

    def void_payment(self, line: LineId, why: str) -> None:
        """A bank line was confirmed by mistake: it is open again, and what it paid too."""
        with self._db.write() as session:
            receipts.void_payment(session, line, why)

    def voided_payments(
        self, client_id: int | None = None
    ) -> tuple[VoidedPayment, ...]:
        """The confirmations that were mistakes, the newest first."""
        with self._db.read() as session:
            return voided_payments.voided_payments(session, client_id)

    def undo(self, batch: BatchId) -> None:
        """Take a whole import back."""
        with self._db.write() as session:
            undo.take_back(session, batch)

    def batches(self, client_id: int | None = None) -> tuple[BatchLine, ...]:
        """The files taken in, newest first."""
        with self._db.read() as session:
            return batches.lines(session, client_id)

    def aging(
        self,
        as_of: date,
        *,
        client_id: int | None = None,
        buyer_id: int | None = None,
        brackets: Sequence[int] = STANDARD_BRACKETS,
    ) -> AgingReport:
        """What is owed on a day (commands.md, `aging`); payments after it are not used."""
        buyers = None if buyer_id is None else [buyer_id]
        with self._db.read() as session:
            items = ledger_items(session, client_id=client_id, buyer_ids=buyers)
            return AgingReport(
                age(items.documents, items.receipts, as_of, brackets),
                buyer_names(session, client_id),
                client_names(session),
                invoice_ids(session, client_id=client_id, buyer_ids=buyers),
                paper_numbers(session, client_id=client_id, buyer_ids=buyers),
            )

    def balances(
        self,
        as_of: date,
        *,
        client_id: int | None = None,
        buyer_id: int | None = None,
    ) -> BalanceReport:
        """The same without its documents, summed in the database."""
        with self._db.read() as session:
            found = balances(session, as_of, client_id=client_id, buyer_id=buyer_id)
            return BalanceReport(
                found.aging,
                buyer_names(session, client_id),
                client_names(session),
                found.late,
            )

    def statement(self, buyer_id: int, start: date, end: date) -> Statement:
        """The account with one buyer over a period, both ends included."""
        with self._db.read() as session:
            return statement.statement(session, buyer_id, start, end)

    def confirmation(self, buyer_id: int, on: date) -> BalanceConfirmation:
        """What a buyer owes on a day, to be confirmed with its seal."""
        with self._db.read() as session:
            return statement.confirmation(session, buyer_id, on)

    def reminder(self, buyer_id: int, on: date) -> Reminder:
        """What is late of a buyer on a day, to remind it of."""
        with self._db.read() as session:
            return chasing.reminder(session, buyer_id, on)

    def reminders(self, client_id: int, on: date) -> tuple[Reminder, ...]:
        """The same of every buyer of a client of which something is late."""
        with self._db.read() as session:
            return chasing.reminders(session, client_id, on)

    def invoice_ids(self, asked: InvoiceQuestion) -> Sequence[int]:
        """The long list: numbers of the documents, in the order asked for."""
        with self._db.read() as session:
            return lists.ids(session, asked)

    def documents_on(self, asked: InvoiceQuestion, on: date) -> DocumentsThen:
        """The long list as it stood on a day."""
        with self._db.read() as session:
            return lists_then.documents_on(session, asked, on)

    def invoices(self, numbers: Sequence[int]) -> tuple[InvoiceLine, ...]:
        """Some rows of the long list."""
        with self._db.read() as session:
            return lists.rows(session, numbers)

    def papers_of(self, invoice_id: int) -> tuple[InvoicePaper, ...]:
        """The e-invoices kept as evidence of an invoice, newest first."""
        with self._db.read() as session:
            return evidence.papers_of(session, invoice_id)

    def invoice_totals(self, asked: InvoiceQuestion) -> Mapping[str, CurrencyTotals]:
        """The long list's sums, one a currency."""
        with self._db.read() as session:
            return lists.totals(session, asked)

    def unassigned_credits(
        self, client_id: int | None = None
    ) -> tuple[CreditNoteLine, ...]:
        """Credit notes that name no invoice, each with what is proposed."""
        with self._db.read() as session:
            return credit_notes.unassigned(session, client_id)

    def open_credits(self, client_id: int | None = None) -> int:
        """How many credit notes name no invoice."""
        with self._db.read() as session:
            return credit_notes.count(session, client_id)

    def set_against(self, assigned: Mapping[int, str]) -> None:
        """Say to which invoice credit notes belong; an empty number takes the word back."""
        with self._db.write() as session:
            credit_notes.set_against(session, assigned)

    def answers(self, client_id: int) -> Mapping[str, str]:
        """What was answered once about this client's files, by question."""
        with self._db.read() as session:
            return answers(session, client_id)

    def keep_answers(self, client_id: int, said: Answers) -> None:
        """Keep answers for later files; an empty one is taken back."""
        with self._db.write() as session:
            asking.keep(session, client_id, said)

    def open_due_dates(self, client_id: int | None = None) -> tuple[OpenDueLine, ...]:
        """What is open without a due date that anybody knows, by client, wording and buyer."""
        with self._db.read() as session:
            return due_open.lines(session, client_id)

    def term_question(
        self, client_id: int, words: str, buyer_id: int | None = None
    ) -> FileQuestion | None:
        """What a wording may mean for what waits under it; None: there is nothing to choose from."""
        with self._db.read() as session:
            return due_open.question(session, client_id, words, buyer_id)

    def agreed_question(
        self, client_id: int, words: str, buyer_id: int | None = None
    ) -> FileQuestion | None:
        """What a term agreed with a buyer may mean, with the due dates it gives; None: nothing to choose from.

        `buyer_id` None: a buyer the desk doesn't hold yet.
        """
        with self._db.read() as session:
            return due_open.agreed_question(session, client_id, words, buyer_id)

    def buyers_meant(
        self, client_id: int, refs: Sequence[BuyerRef]
    ) -> tuple[int | None, ...]:
        """Of each reference the buyer it means, by code, tax id, name or alias. None: none is known for sure."""
        with self._db.read() as session:
            known = Known(session, client_id)
            found = (known.find(ref) for ref in refs)
            return tuple(each[0] if each and each[1] in _SURE else None for each in found)  # fmt: skip

    def settle_terms(
        self, client_id: int, words: str, option: str, buyer_id: int | None = None
    ) -> TermsSettled:
        """Keep what a wording means for this client, or one of its buyers, and give its documents their due dates.

        It may be said anew: dates counted by the term move with it. Raises `TermAnswerUnknown`.
        """
        with self._db.write() as session:
            done = due_open.settle(session, client_id, words, option, buyer_id)
            agreed.apply(session, client_id, buyer_id)
            return done

    def date_by_agreed(self, buyer_id: int) -> int:
        """Date what gives neither day nor term by the term in the buyer's file, if it is to; else take such days back.

        The answer is how many dates changed.
        """
        with self._db.write() as session:
            buyer = session.get(Buyer, buyer_id)
            if buyer is None:
                raise RecordMissing(what=f"buyer {buyer_id}")
            return agreed.apply(session, buyer.client_id, buyer_id)

    def end_bill(
        self,
        invoice_id: int,
        outcome: BillOutcome,
        on: date,
        today: date,
        *,
        words: str = "",
    ) -> int:
        """Say that the bill taken for an invoice was honoured or refused, on which day. Raises `UserError`s."""
        with self._db.write() as session:
            return bills.end(session, invoice_id, outcome, on, words, today)

    def pass_bill_on(
        self, invoice_id: int, way: BillWay, on: date, today: date, *, holder: str = ""
    ) -> int:
        """Say that the bill of an invoice was endorsed or discounted; the debt stays open. Raises `UserError`s."""
        with self._db.write() as session:
            return bills.pass_on(session, invoice_id, way, on, holder, today)

    def contest(self, new: NewDispute, today: date) -> DisputeId:
        """The buyer contests a part of an invoice, which is held from now on. Raises `UserError`s."""
        with self._db.write() as session:
            return disputes.contest(session, new, today)

    def settle_dispute(
        self,
        dispute: DisputeId,
        end: Settlement,
        today: date,
        paper: tuple[InspectedEvidence, bytes] | None = None,
    ) -> None:
        """It ended, by the paper that is kept with it. Raises `UserError`s."""
        with self._db.write() as session:
            if paper is not None:
                client = disputes.client_of(session, dispute)
                kept = documents.keep(session, self._db, client, *paper)
                end = replace(end, document=kept.id)
            disputes.settle(session, dispute, end, today)

    def void_dispute(self, dispute: DisputeId, why: str) -> None:
        """It was entered by mistake."""
        with self._db.write() as session:
            disputes.void_dispute(session, dispute, why)

    def disputes(self, invoice_id: int) -> tuple[DisputeLine, ...]:
        """What was contested of an invoice, voided entries too."""
        with self._db.read() as session:
            return disputes.lines(session, invoice_id)

    def void_bill_transfer(self, number: int, why: str) -> None:
        """It was not passed on."""
        with self._db.write() as session:
            bills.void_transfer(session, number, why)

    def bill_transfers(self, invoice_id: int) -> tuple[BillTransferLine, ...]:
        """How an invoice's bill was passed on, the newest first, voided entries too."""
        with self._db.read() as session:
            return bills.transfers(session, invoice_id)

    def void_bill_end(self, number: int, why: str) -> None:
        """It was said by mistake: the debt and the warnings are as before."""
        with self._db.write() as session:
            bills.void_end(session, number, why)

    def bill_ends(self, invoice_id: int) -> tuple[BillEndLine, ...]:
        """What was said of an invoice's bill, the newest first, voided entries too."""
        with self._db.read() as session:
            return bills.lines(session, invoice_id)

    def set_due_dates(self, said: Mapping[int, date | None]) -> None:
        """Say when invoices fall due, until a file gives a date itself; None takes it back. Raises `DueBeforeIssue`."""
        with self._db.write() as session:
            dating.set_dates(session, said)

    def set_terms(self, invoices: Collection[int], words: str) -> TermsSettled:
        """Say by which terms invoices fall due; what falls due in parts is split into them.

        Raises `WordsGiveNoDay` and `DayToCountFromUnknown`.
        """
        with self._db.write() as session:
            return dating.set_by_words(session, invoices, words)

    def says_open(self, client_id: int) -> bool:
        """Whether lists taken in before told what is open, so that payments told again may count twice."""
        with self._db.read() as session:
            return lists.says_open(session, client_id)

    def profiles(self, client_id: int) -> Mapping[str, Mapping[str, object]]:
        """How this client's files are read, by name, newest first."""
        statement = select(ImportProfile.name, ImportProfile.content).where(
            ImportProfile.client_id == client_id
        )
        with self._db.read() as session:
            found = session.execute(statement.order_by(ImportProfile.saved_at.desc()))
            return {row.name: row.content for row in found}

    def save_profile(
        self, client_id: int, name: str, content: Mapping[str, object]
    ) -> None:
        """Remember how such a file is read; the same name replaces."""
        with self._db.write() as session:
            known = session.scalar(
                select(ImportProfile).where(
                    ImportProfile.client_id == client_id, ImportProfile.name == name
                )
            )
            if known is None:
                known = ImportProfile(client_id=client_id, name=name)
                session.add(known)
            known.content = dict(content)
            known.saved_at = self._db.now()
