"""The parts that a row itself makes of its document: by its term, and by what the buyer keeps back. rules.md 14.2."""

from collections.abc import Iterator
from dataclasses import replace

from creditdesk.catalog.headings import Field
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.asked import AnswerOption, FileQuestion
from creditdesk.domain.ledger.documents import CreditKind
from creditdesk.domain.ledger.marks import Mark, unmarked
from creditdesk.domain.ledger.term_days import DueState
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.i18n import N_, Message
from creditdesk.importers.rows.cells import RowCells, Waiting
from creditdesk.importers.rows.lines import LedgerLine
from creditdesk.importers.rows.outcome import unexplained
from creditdesk.importers.rows.terms import row_term

_Lessened = list[tuple[CreditKind, Money]]
RETENTION = "retention"
_INSIDE, _BESIDE = "INSIDE", "BESIDE"


def parted(row: RowCells, whole: LedgerLine) -> tuple[LedgerLine, ...]:
    """The parts its term makes of a document, in order; a due date of the file's own makes it one."""
    if whole.due is not None or not whole.term:
        return (whole,)
    found = row_term(
        row.layout, whole.term, whole.buyer, whole.day, whole.shipped, whole.accepted
    )
    if found is None or found.state is not DueState.PARTS:
        return (whole,)
    amounts = found.part_amounts(whole.amount)
    parts = [
        replace(
            whole, amount=amount, due=part.due, due_given=False, part=place, part_kind=part.kind,
            net=None, vat=None, disputed=None, paid=None, open=None, settled=None, adjustments=(),
        )
        for place, (part, amount) in enumerate(zip(found.parts, amounts, strict=True), 1)
        if amount
    ]  # fmt: skip
    return tuple(_shared_out(parts, whole))


def _shared_out(parts: list[LedgerLine], whole: LedgerLine) -> Iterator[LedgerLine]:
    """What was paid on the whole, what else lessened it and a dispute count for its parts in their order."""
    rest = unexplained(whole)
    lessened = [*whole.adjustments, *([(CreditKind.OTHER, rest)] if rest else [])]
    paid = _received(whole)
    if paid is not None:
        paid -= Money.total((amount for _, amount in lessened), paid.currency)
    disputed = whole.disputed
    for part in parts:
        room, mine, held = part.amount, None, None
        if paid is not None:
            mine = min(paid, room)
            paid, room = paid - mine, room - mine
        taken, lessened = _taken(lessened, room)
        if disputed:
            held = min(disputed, part.amount)
            disputed -= held
        yield replace(
            part, paid=mine, settled=whole.settled if mine else None, adjustments=taken, disputed=held or None,
        )  # fmt: skip


def _received(whole: LedgerLine) -> Money | None:
    if whole.open is not None:
        return whole.amount - whole.open
    if whole.paid is not None:
        lessened = (amount for _, amount in whole.adjustments)
        return whole.paid + Money.total(lessened, whole.amount.currency)
    return whole.amount if whole.settled else None


def _taken(
    lessened: _Lessened, room: Money
) -> tuple[tuple[tuple[CreditKind, Money], ...], _Lessened]:
    """What of it a part takes, and what is left for the next ones."""
    taken, left = [], []
    for kind, amount in lessened:
        mine = min(amount, room)
        room -= mine
        if mine:
            taken.append((kind, mine))
        if amount != mine:
            left.append((kind, amount - mine))
    return tuple(taken), left


def with_retention(
    row: RowCells, lines: tuple[LedgerLine, ...]
) -> tuple[LedgerLine, ...]:
    """With what the buyer keeps back until a day of its own, where columns tell it."""
    last = lines[-1]
    kept = row.money(Field.RETENTION, last.amount.currency)
    if kept is None or kept.amount <= 0:
        return lines
    inside = _is_inside(row, last)
    due = row.lenient_day(Field.RETENTION_DUE)
    retention = replace(
        last, amount=kept, due=due, due_given=due is not None, part=len(lines) + 1, part_kind=PartKind.RETENTION,
        net=None, vat=None, disputed=None, paid=None, open=None, settled=None, adjustments=(), bill="",
        memo=unmarked(last.memo, Mark.BILL),
    )  # fmt: skip
    numbered = [
        replace(each, part=place, part_kind=each.part_kind or PartKind.INSTALMENT)
        for place, each in enumerate(lines, 1)
    ]
    if inside:
        numbered[-1] = replace(
            numbered[-1], amount=last.amount - kept, net=None, vat=None
        )
    return (*numbered, retention)


def _is_inside(row: RowCells, line: LedgerLine) -> bool:
    """Whether the amount holds what is kept back, by the contract's total beside it or a person. Raises `Waiting`."""
    said = row.layout.answers.get(RETENTION, "")
    whole = row.figure(Field.CONTRACT_AMOUNT)
    kept = row.figure(Field.RETENTION)
    if whole is not None and kept is not None:
        if whole == line.amount.amount + kept:
            return False
        if whole == line.amount.amount:
            return True
    if said in {_INSIDE, _BESIDE}:
        return said == _INSIDE
    question = FileQuestion(
        id=RETENTION,
        text=Message(N_("Is the retention part of the amount, or owed beside it?")),
        options=(
            AnswerOption(_INSIDE, Message(N_("The amount holds it: the rest falls due first."))),
            AnswerOption(_BESIDE, Message(N_("It is owed beside the amount."))),
        ),
    )  # fmt: skip
    reason = N_(
        "Whether the amount holds the retention, the file doesn't say. Say it; until then the row waits."
    )
    raise Waiting(question, Field.RETENTION, row.cell(Field.RETENTION), Message(reason))
