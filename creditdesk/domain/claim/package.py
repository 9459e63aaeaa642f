"""Everything a claim package prints, frozen, so that form, cover and calculation can't disagree."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.base.steps import Step
from creditdesk.domain.claim.claims import (
    Cause,
    ChecklistRow,
    Completeness,
    RecoverySource,
    completeness,
)
from creditdesk.domain.claim.excerpts import WHOLE, Excerpt
from creditdesk.domain.claim.forms import FilledForm
from creditdesk.domain.ledger.naming import Name
from creditdesk.i18n import N_, Bilingual, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """What is left of one invoice when payments are matched by the policy's rule, and as the ledger booked them.

    `name`: of a part of a document; None: its number. `settled_on`: the day the policy's rule has it paid in full.
    """

    number: str
    due: date | None
    by_policy: Money
    by_ledger: Money
    name: Message | None = None
    settled_on: date | None = None

    @property
    def called(self) -> Name:
        """What people call it."""
        return self.name or self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCalculation:
    """A calculation as it was kept. `result` None: it can't be computed, `missing` says why.

    `assumptions` are template values nobody has confirmed against the paper (rules.md 2.2); `granted` is what it
    takes for granted besides: declarations nobody recorded, what other claims have used.
    """

    kept_on: date
    rule_version: str
    steps: tuple[Step, ...]
    result: Money | None
    policy_rule: Message
    allocations: tuple[Allocation, ...] = ()
    assumptions: tuple[Message, ...] = ()
    granted: tuple[Message, ...] = ()
    missing: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageInvoice:
    """One document of the schedule. `invoice_no` is the tax invoice's number, `reasons` codes of rules.md 3.2.

    `days_overdue`: at the loss, or when it was paid; None: nobody knows its due date, or the day it was paid. `name`:
    of a part of a document; None: its number. `cause`: why this one isn't paid; None: the claim's. `claimed`: the
    claim is made for it. `loss_payee`: to whom its indemnity goes; empty: as the policy says. `joint_insured`: whose
    debt it is; empty: the policyholder's.
    """

    number: str
    issued: date
    due: date | None
    amount: Money
    open: Money
    days_overdue: int | None
    invoice_no: str = ""
    shipped: date | None = None
    disputed: Money | None = None
    credit_note: bool = False
    reasons: tuple[str, ...] = ()
    name: Message | None = None
    cause: Cause | None = None
    claimed: bool = False
    loss_payee: str = ""
    joint_insured: str = ""

    @property
    def called(self) -> Name:
        """What people call it."""
        return self.name or self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePayment:
    """Money the buyer paid. `booked_to`: the documents the ledger set it against, empty when unassigned.

    `is_receipt` False: no money came, the debt was lessened by a discount, a set-off or the like. rules.md 14.2.
    """

    paid_on: date
    amount: Money
    is_receipt: bool
    booked_to: Name = ""
    memo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageGoods:
    """What goods of the claim brought: resold, taken back, salvaged.

    Up to the date of loss it is taken off its invoices; `insurer` is the insurer's share of what came later, in policy
    currency, None before.
    """

    on: date
    kind: RecoverySource
    invoices: tuple[Name, ...]
    gross: Money
    costs: Money
    insurer: Money | None = None

    @property
    def net(self) -> Money:
        """Less than nothing where it cost more."""
        return self.gross - self.costs


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A line of the chronology in the narrative."""

    on: date
    what: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePiece:
    """One attached file. `item` is the checklist code; `read` gives its bytes when they are needed.

    The same excerpt of the same digest twice is the same paper: it is bound once and listed under both names.
    `remarks`: what is said of it in the index, such as who held it against its original.
    """

    item: str
    title: Bilingual
    file_name: str
    digest: str
    media: str
    read: Callable[[], bytes]
    excerpt: Excerpt = WHOLE
    remarks: tuple[Message, ...] = ()


_NO_FORM = FilledForm(Bilingual("", ""), ())
_NOTICE = "C01"
NO_NARRATIVE = N_("the narrative of events")
NO_NOTICE = N_("a notice of loss that names a claimed invoice")
NO_PROOF = N_("the proof that the notice was sent")
NO_FIELDS = N_("fields of the form: {fields}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPackage:
    """One claim as paper. `amount` None: not computable yet; `prepared_on` is the date on the cover.

    `draft`: it stays in the house, and says what is still missing and assumed. `agent`: a mandate of the policyholder
    is on file, so the firm signs for it and the letterhead is the firm's.
    """

    number: str
    prepared_on: date
    firm: Party
    insurer: Party
    policyholder: Party
    buyer: Party
    policy_no: str
    policy_title: Bilingual
    policy_start: date
    policy_end: date
    cause: Cause
    export: bool
    date_of_loss: date
    amount: Money | None
    calculation: KeptCalculation
    invoices: tuple[PackageInvoice, ...]
    payments: tuple[PackagePayment, ...]
    checklist: tuple[ChecklistRow, ...]
    evidence: tuple[EvidencePiece, ...]
    form: FilledForm = _NO_FORM
    narrative: str = ""
    chronology: tuple[DatedEvent, ...] = ()
    goods: tuple[PackageGoods, ...] = ()
    loss_payee: Party | None = None
    notice_sent_on: date | None = None
    draft: bool = True
    agent: bool = False

    @property
    def letterhead(self) -> Party:
        """Whose paper it is: the policyholder's, or the firm's that acts for it."""
        return self.firm if self.agent and self.firm.name else self.policyholder

    @property
    def gaps(self) -> tuple[Message, ...]:
        """What the insurer asks for beside the papers of the checklist, and the package lacks."""
        found = []
        if not self.narrative.strip():
            found.append(Message(NO_NARRATIVE))
        if self.notice_sent_on is None:
            found.append(Message(NO_NOTICE))
        elif not any(piece.item == _NOTICE for piece in self.evidence):
            found.append(Message(NO_PROOF))
        if missing := tuple(field.label for field in self.form.missing):
            found.append(Message.of(NO_FIELDS, fields=missing))
        return tuple(found)

    @property
    def completeness(self) -> Completeness:
        """Of the checklist."""
        return completeness(self.checklist)
