"""Gives documents their own numbers where several share one: parts, and numbers used anew. rules.md 14.2, 14.3.

The same number on another day is never an update: it is another document, or a person says that the day was corrected.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from creditdesk.domain.ledger.asked import AnswerOption, Answers, FileQuestion
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.rows import DocumentRow, PaymentRow
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.readings.queries import DocumentKey
from creditdesk.services.ledger.holdings import HeldDocument, Holdings

NUMBERS = "numbers"
"""The question whether numbers begin anew, and its answers."""
BY_YEAR, BY_MONTH, CORRECTED = "BY_YEAR", "BY_MONTH", "CORRECTED"
_SPAN = {BY_YEAR: 4, BY_MONTH: 7}
_BY_MONTH = re.compile(r"\d{4}-\d{2} ")
_INVOICE = DocumentKind.INVOICE.value
_TOLD = N_(
    "Number {number} stands in the desk with the date {known}, here with {told}. "
    "Say whether numbers begin anew or the date was corrected; until then the row waits."
)
_Told = tuple[int, DocumentRow]
_Paid = tuple[int, PaymentRow]


@dataclass(slots=True)
class Numbered:
    """The rows under their own numbers; those nobody can place are told."""

    documents: dict[DocumentKey, DocumentRow] = field(default_factory=dict)
    payments: dict[tuple[int, str], PaymentRow] = field(default_factory=dict)
    rejected: list[Problem] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    questions: list[FileQuestion] = field(default_factory=list)


def numbered(
    documents: Sequence[_Told],
    payments: Sequence[_Paid],
    there: Holdings,
    answers: Answers,
) -> Numbered:
    """The documents and payments of a file by what tells them apart in the desk."""
    found = Numbered(
        {(buyer, row.number, row.kind): row for buyer, row in documents},
        {(buyer, row.key): row for buyer, row in payments},
    )
    if _is_plain(found, documents, there) and len(found.payments) == len(payments):
        return found
    return _Numbering(there, answers).of(documents, payments)


def _is_plain(found: Numbered, documents: Sequence[_Told], there: Holdings) -> bool:
    """Whether every number means one document, here and in the desk: of most files."""
    if len(found.documents) != len(documents) or there.shares_numbers:
        return False
    held = there.invoices
    if any(
        (paid := there.payments.get(key))
        and paid.paid_on != row.paid_on
        and _is_numbered(row)
        for key, row in found.payments.items()
    ):
        return False
    return not any(
        row.part or ((known := held.get(key)) and known.issued != row.issued)
        for key, row in found.documents.items()
    )


class _Numbering:
    def __init__(self, there: Holdings, answers: Answers) -> None:
        self._there = there
        self._answer = answers.get(NUMBERS, "")
        self._found = Numbered()
        self._held: defaultdict[DocumentKey, list[HeldDocument]] = defaultdict(list)
        for row in there.invoices.values():
            name = row.buyer_id, row.doc_no or row.number, row.kind
            self._held[name].append(row)
        self._names: dict[tuple[DocumentKey, str, int], str | None] = {}
        self._waiting: list[int] = []

    def of(self, documents: Sequence[_Told], payments: Sequence[_Paid]) -> Numbered:
        groups: defaultdict[DocumentKey, list[DocumentRow]] = defaultdict(list)
        for buyer, row in documents:
            groups[buyer, row.number, row.kind].append(row)
        for key, rows in groups.items():
            rows.sort(key=lambda row: (row.issued, row.part))
            self._place_all(key, rows)
        for buyer, paid in payments:
            self._pay(buyer, paid)
        if self._waiting:
            self._found.questions.append(_question(tuple(sorted(set(self._waiting)))))
        return self._found

    def _place_all(self, key: DocumentKey, rows: list[DocumentRow]) -> None:
        anew = len({row.issued for row in rows}) > 1
        if anew:
            text = N_(
                "Number {number} stands for {count} documents with different dates."
            )
            count = len({row.issued for row in rows})
            reason = Message.of(text, number=key[1], count=count)
            self._found.notes.append(Problem(reason, rows[0].row, value=key[1]))
        for row in rows:
            name = self._name(key, row)
            self._names[key, row.issued, row.part] = name
            if name is None:
                continue
            shared = name != key[1] or row.part > 0
            placed = row._replace(number=name, doc_no=key[1] if shared else "")
            self._found.documents[key[0], name, key[2]] = placed

    def _name(self, key: DocumentKey, row: DocumentRow) -> str | None:
        """The document's own number, as the desk has it or a new one; None: the row waits, or is told already."""
        held = self._held.get(key, [])
        same_day = [each for each in held if each.issued == row.issued]
        if same_day:
            return self._name_of_day(key, row, same_day)
        other = self._corrected(key, row, held)
        if other is not None:
            return other.number
        if held and not self._is_another(row):
            self._wait(row, held)
            return None
        return self._new_name(key, row, [*held, *self._placed(key)])

    def _name_of_day(
        self, key: DocumentKey, row: DocumentRow, held: list[HeldDocument]
    ) -> str | None:
        for each in held:
            if each.part == row.part or {each.part, row.part} == {0, 1}:
                if row.part == 0 and len(held) > 1:
                    return self._whole_of_parts(row, held)
                return each.number
        return self._new_name(key, row, [*held, *self._placed(key)])

    def _whole_of_parts(self, row: DocumentRow, held: list[HeldDocument]) -> str | None:
        """A file that tells the whole of what the desk knows in parts takes none of them away."""
        total = sum(each.amount_fine for each in held)
        if total == row.amount_fine:
            text = N_(
                "{number} stands in the desk in {count} parts that make this amount; they stay."
            )
            reason = Message.of(text, number=row.number, count=len(held))
            self._found.skipped.append(Problem(reason, row.row, value=row.number))
        else:
            text = N_(
                "{number} stands in the desk in {count} parts that don't make this amount. "
                "Take the file in that tells the parts, or take its import back first."
            )
            reason = Message.of(text, number=row.number, count=len(held))
            self._found.rejected.append(Problem(reason, row.row, value=row.number))
        return None

    def _corrected(
        self, key: DocumentKey, row: DocumentRow, held: list[HeldDocument]
    ) -> HeldDocument | None:
        """The document of the desk whose day this row corrects: within the time its numbers don't begin anew."""
        if _BY_MONTH.match(key[1]):
            span = _SPAN[BY_MONTH]
        elif self._answer in _SPAN:
            span = _SPAN[self._answer]
        elif self._answer == CORRECTED:
            span = 0
        else:
            return None
        near = [
            each
            for each in held
            if each.part == row.part and each.issued[:span] == row.issued[:span]
        ]
        return max(near, key=lambda each: each.issued, default=None)

    def _is_another(self, row: DocumentRow) -> bool:
        """Whether a row with another day than the desk's is known to be another document."""
        return self._answer in _SPAN or bool(_BY_MONTH.match(row.number))

    def _placed(self, key: DocumentKey) -> Iterable[DocumentRow]:
        names = {name for (own, _, _), name in self._names.items() if own == key}
        return [self._found.documents[key[0], name, key[2]] for name in names if name]

    def _new_name(
        self,
        key: DocumentKey,
        row: DocumentRow,
        others: Sequence[HeldDocument | DocumentRow],
    ) -> str:
        taken = {each.number for each in others}
        part = f" #{row.part}" if row.part > 1 else ""
        for name in (f"{key[1]}{part}", f"{key[1]} ({row.issued}){part}"):
            if name not in taken:
                return name
        return f"{key[1]} ({row.issued}, {len(taken)}){part}"

    def _wait(self, row: DocumentRow, held: list[HeldDocument]) -> None:
        reason = Message.of(
            _TOLD, number=row.number, known=held[-1].issued, told=row.issued
        )
        self._found.rejected.append(Problem(reason, row.row, value=row.number))
        self._waiting.append(row.row)

    def _pay(self, buyer: int, row: PaymentRow) -> None:
        if not row.issued:
            self._receive(buyer, row)
            return
        key = buyer, row.against, _INVOICE
        at = key, row.issued, row.part
        name = self._names.get(at, row.against)
        if name is None:
            self._leave_paid(row)
            return
        prefix = row.key.partition(":")[0]
        placed = row._replace(key=f"{prefix}:{name}", against=name)
        self._found.payments[buyer, placed.key] = placed

    def _leave_paid(self, row: PaymentRow) -> None:
        """What was paid on a document that waits, waits with it; on one that stands in parts nobody knows on which."""
        if row.row in self._waiting:
            return
        text = N_(
            "Which of its parts the payment on {number} belongs to, the file doesn't say."
        )
        reason = Message.of(text, number=row.against)
        self._found.rejected.append(Problem(reason, row.row, value=row.against))

    def _receive(self, buyer: int, row: PaymentRow) -> None:
        """A receipt with a number of its own: another day is another receipt, or a corrected one."""
        known = self._there.payments.get((buyer, row.key))
        if known is None or known.paid_on == row.paid_on or not _is_numbered(row):
            self._found.payments[buyer, row.key] = row
            return
        span = _SPAN.get(self._answer, 0)
        if (
            self._answer == CORRECTED
            or known.paid_on[:span] == row.paid_on[:span] != ""
        ):
            self._found.payments[buyer, row.key] = row
            return
        again = f"{row.key} ({row.paid_on})"
        if self._answer in _SPAN or (buyer, again) in self._there.payments:
            self._found.payments[buyer, again] = row._replace(key=again)
            return
        number = row.key.partition(":")[2]
        reason = Message.of(_TOLD, number=number, known=known.paid_on, told=row.paid_on)
        self._found.rejected.append(Problem(reason, row.row, value=number))
        self._waiting.append(row.row)


def _is_numbered(row: PaymentRow) -> bool:
    """Whether the receipt has a number; else its key is made of its day and amount."""
    return row.key.startswith(("receipt:", "deposit:")) and row.paid_on not in row.key


def _question(rows: tuple[int, ...]) -> FileQuestion:
    return FileQuestion(
        id=NUMBERS,
        text=Message(N_("Some numbers of this file stand in the desk with another date. What does that mean?")),
        options=(
            AnswerOption(BY_YEAR, Message(N_("Numbers begin anew every year: these are other documents."))),
            AnswerOption(BY_MONTH, Message(N_("Numbers begin anew every month: these are other documents."))),
            AnswerOption(CORRECTED, Message(N_("The date was corrected: they are the same documents."))),
        ),
        rows=rows,
    )  # fmt: skip
