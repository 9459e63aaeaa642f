"""What a structured file gives: a draft, the file's own control totals, its customers. rules.md 11.6."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lxml import etree

from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DraftDocument,
    DraftPayment,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTotal:
    """A total the file states of itself beside what was read. `currency` is empty for a count."""

    name: Message
    stated: Decimal
    read: Decimal
    currency: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the file was read as its program wrote it."""
        return self.stated == self.read


@dataclass(frozen=True, slots=True, kw_only=True)
class Structured:
    """One structured file, read whole.

    `encoding`: how it was read. `issuer`: who sent the invoices by the file's own word; it should be the client.
    `customers`: its master data, which may name more than owe anything. `attachment`: the name of the XML inside a PDF.
    `is_einvoice`: the file is the invoice itself, and evidence of it.
    """

    file_name: str
    digest: str
    format: str
    title: Message
    draft: LedgerDraft
    controls: tuple[ControlTotal, ...] = ()
    customers: tuple[BuyerRef, ...] = ()
    issuer: BuyerRef | None = None
    encoding: str = ""
    attachment: str = ""
    is_einvoice: bool = False


def issuer_doubt(file: Structured, client: str, tax_id: str) -> Message | None:
    """Why the file may not be the client's own: its invoices would be debts of the client, not claims.

    Tax numbers decide where both sides give one, else names; `tax_id` is empty where the client has none.
    """
    issuer = file.issuer
    if issuer is None or not (issuer.name or issuer.uscc):
        return None
    mine, theirs = (
        (tax_id, issuer.uscc) if tax_id and issuer.uscc else (client, issuer.name)
    )
    if _bare(mine) == _bare(theirs):
        return None
    text = N_(
        "It was issued by {issuer}, not by {client}: check that these are the client's own sales."
    )
    return Message.of(text, issuer=issuer.name or issuer.uscc, client=client)


def draft_for(file: Structured, client: str, tax_id: str) -> LedgerDraft:
    """The draft, with a remark where the file may not be this client's own."""
    doubt = issuer_doubt(file, client, tax_id)
    if doubt is None:
        return file.draft
    return replace(file.draft, notes=(Problem(doubt), *file.draft.notes))


def _bare(name: str) -> str:
    """Without case, width, blanks and punctuation."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(filter(str.isalnum, plain))


@dataclass(slots=True)
class StructuredFound:
    """What a reader has found so far; a row is the line of the file an element begins in.

    `variant`: the country or profile of the format, added to its id.
    """

    rows_read: int = 0
    documents: dict[tuple[str, str, str], DraftDocument] = field(default_factory=dict)
    payments: list[DraftPayment] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    controls: list[ControlTotal] = field(default_factory=list)
    customers: list[BuyerRef] = field(default_factory=list)
    issuer: BuyerRef | None = None
    variant: str = ""

    def add(self, document: DraftDocument) -> bool:
        """Take a document; one whose number another has is told instead. Answers whether it was taken."""
        buyer = document.buyer.code or document.buyer.name
        key = (buyer, document.number, document.kind.value)
        if key in self.documents:
            text = N_(
                "The number {number} stands in the file twice; the first was taken."
            )
            reason = Message.of(text, number=document.number)
            self.rejected.append(Problem(reason, document.row, value=document.number))
            return False
        self.documents[key] = document
        return True

    def skip(self, row: int, text: str, number: str, **places: object) -> None:
        """Leave something out, and say why."""
        reason = Message.of(text, number=number, **places)
        self.skipped.append(Problem(reason, row, value=number))

    def remark(self, row: int | None, text: str, **places: object) -> None:
        """Say what was done with something that was taken."""
        self.notes.append(Problem(Message.of(text, **places), row))

    def draft(self, source: LedgerSource) -> LedgerDraft:
        """Everything, as the desk takes it in."""
        return LedgerDraft(
            source=source,
            documents=tuple(self.documents.values()),
            payments=tuple(self.payments),
            rejected=_in_order(self.rejected),
            skipped=_in_order(self.skipped),
            notes=_in_order(self.notes),
            rows_read=self.rows_read,
        )


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.row or 0))


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """A way ledgers are exported: its id, and its title (to be translated)."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class XmlFormat(ImportFormat):
    """A format told by the file's first element. `read` raises `UserError`s for what it knows and can't take.

    `space`: what the element's namespace must hold, empty for any. `is_einvoice`: a file is one invoice.
    """

    roots: frozenset[str]
    read: Callable[[etree._Element, str], StructuredFound]
    space: str = ""
    is_einvoice: bool = False
