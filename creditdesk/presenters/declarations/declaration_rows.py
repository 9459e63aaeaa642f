"""The lists of a period's declaration: its documents, and what was declared before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.cover.in_scope import LEFT_OUT_WORDS, Key, LeftOut
from creditdesk.domain.declare.declarations import DeclarationKind
from creditdesk.domain.declare.declared import Declared
from creditdesk.domain.declare.insurable import InsurableLine
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.naming import Name
from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Cell, Column, Tone
from creditdesk.presenters.parts.wording import Wording


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of the period. `line` None: it was declared and is no longer in the ledger.

    `declared` None: no declaration that stands holds it; `still` is what the paper would hold of it now.
    """

    key: Key
    name: Name
    buyer: str
    line: InsurableLine | None
    declared: Money | None
    still: Money | None

    @property
    def day(self) -> date | None:
        """The day it counts on."""
        return self.line.row.day if self.line else None

    @property
    def due(self) -> date | None:
        """When it is due."""
        return self.line.row.due if self.line else None

    @property
    def now(self) -> Money | None:
        """What counts of it by the ledger."""
        return self.line.amount if self.line else None


def document_columns(
    kind: DeclarationKind, state: Callable[[DocumentRow], Cell], wording: Wording
) -> list[Column[DocumentRow]]:
    """The columns of a period's documents."""

    def shown(amount: Money | None) -> str:
        return wording.money(amount) if amount else ""

    title = N_("Issued") if kind is DeclarationKind.BALANCE else N_("Shipped")
    return [
        Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer), order=lambda row: row.buyer, stretch=True),
        Column(key="number", title=N_("Document"), cell=lambda row: _number(row, wording), order=lambda row: row.key[1], width=122),
        Column(key="day", title=title, cell=lambda row: wording.day(row.day), order=lambda row: row.day, value=lambda row: row.day, width=92),
        Column(key="due", title=N_("Due"), cell=lambda row: wording.day(row.due), order=lambda row: row.due, value=lambda row: row.due, width=104, hidden=True),
        Column(key="amount", title=N_("By the ledger"), cell=lambda row: shown(row.now), order=lambda row: _raw(row.now), sums=lambda row: row.now, right=True, width=108),
        Column(key="declared", title=N_("Declared"), cell=lambda row: shown(row.declared), order=lambda row: _raw(row.declared), sums=lambda row: row.declared, right=True, width=108),
        Column(key="state", title=N_("State"), cell=state, order=lambda row: state(row).text, width=128),
    ]  # fmt: skip


def document_state(
    row: DocumentRow, wording: Wording, *, by_hand: bool, told: bool
) -> Cell:
    """How one document stands. `by_hand`: left out on purpose; `told`: something of the period was declared."""
    line = row.line
    if line is None:
        return Cell(wording(N_("declared, no longer in the ledger")), Tone.DANGER)
    if by_hand:
        return Cell(wording(LEFT_OUT_WORDS[LeftOut.BY_HAND]), Tone.QUIET)
    if line.left_out is not None and line.left_out is not LeftOut.BY_HAND:
        reason = wording(LEFT_OUT_WORDS[line.left_out])
        said = wording(N_("left out: {reason}"), reason=reason)
        return Cell(said, Tone.QUIET, said)
    return _compared(row, line, wording) if told else Cell(wording(N_("to be declared")))  # fmt: skip


def declared_state(row: Declared, all_: Sequence[Declared], wording: Wording) -> Cell:
    """Whether a declaration stands, or what became of it."""
    later = next((each for each in all_ if each.corrects == row.id), None)
    if later is None:
        return Cell(wording(N_("stands")), Tone.DONE)
    said = N_("void") if later.withdrawal else N_("corrected by a later one")
    return Cell(wording(said), Tone.QUIET)


def voiding_of(row: Declared, all_: Sequence[Declared]) -> Voided | None:
    """The entry that says of a declaration that it was a mistake; None: it was none."""
    found = (each for each in all_ if each.corrects == row.id and each.withdrawal)
    later = next(found, None)
    if later is None:
        return None
    return Voided(datetime.combine(later.on, time()), later.who, later.reference)


def history_columns(
    standing: Callable[[Declared], Cell], wording: Wording
) -> list[Column[Declared]]:
    """The columns of what was declared before."""

    def proof(row: Declared) -> str:
        return wording(N_("kept")) if row.document_id is not None else ""

    def documents(row: Declared) -> int:
        return sum(bool(line.amount) for line in row.lines)

    return [
        Column(key="on", title=N_("Declared on"), cell=lambda row: wording.day(row.on), order=lambda row: (row.on, row.id), value=lambda row: row.on, width=96),
        Column(key="total", title=N_("Declared"), cell=lambda row: wording.moneys(row.totals), order=lambda row: row.totals[0].amount if row.totals else None, right=True, width=116),
        Column(key="documents", title=N_("Documents"), cell=lambda row: str(documents(row)), order=documents, value=documents, right=True, width=84),
        Column(key="way", title=N_("Way"), cell=lambda row: Cell(row.way, hint=row.way), order=lambda row: row.way, width=92),
        Column(key="reference", title=N_("Insurer's reference"), cell=lambda row: Cell(row.reference, hint=row.reference), order=lambda row: row.reference, stretch=True),
        Column(key="proof", title=N_("Proof"), cell=proof, order=proof, width=60),
        Column(key="state", title=N_("State"), cell=standing, order=lambda row: standing(row).text, width=120),
        Column(key="who", title=N_("Recorded by"), cell=lambda row: row.who, order=lambda row: row.who, width=110, hidden=True),
    ]  # fmt: skip


def _compared(row: DocumentRow, line: InsurableLine, wording: Wording) -> Cell:
    if not row.declared:
        return Cell(wording(N_("in the ledger, not declared")), Tone.DANGER)
    if row.declared != line.amount:
        return Cell(wording(N_("declared otherwise")), Tone.DANGER)
    return Cell(wording(N_("declared")), Tone.DONE)


def _number(row: DocumentRow, wording: Wording) -> Cell:
    number, kind = wording.name(row.name), row.key[2]
    if not number:
        return Cell(wording(N_("Money not yet assigned")), Tone.QUIET)
    if kind == DocumentKind.CREDIT_NOTE:
        said = wording(N_("{number} (credit note)"), number=number)
        return Cell(said, hint=said)
    return Cell(number, hint=number)


def _raw(amount: Money | None) -> Decimal | None:
    return amount.amount if amount is not None else None
