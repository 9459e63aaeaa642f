"""What the claims service takes, gives and refuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NewType

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Deadline
from creditdesk.domain.base.steps import Step
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.claim.claims import (
    Cause,
    ChecklistRow,
    ClaimState,
    Completeness,
    Decision,
    RecoverySource,
)
from creditdesk.domain.claim.clocks import Clock
from creditdesk.domain.claim.excerpts import WHOLE, Excerpt
from creditdesk.domain.claim.package import KeptCalculation
from creditdesk.domain.claim.readiness import Finding
from creditdesk.domain.cover.case import Indemnity
from creditdesk.domain.ledger.naming import Name
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Bilingual, Message

ClaimId = NewType("ClaimId", int)
EvidenceId = NewType("EvidenceId", int)


class ClaimUnknown(UserError):
    """No such claim."""

    message = N_(
        "There is no claim number {claim}. The list of claims shows the numbers."
    )


class ItemUnknown(UserError):
    """Not an item of this claim's checklist."""

    message = N_("The checklist of this claim has no item {item}. It has: {items}.")


class LossBeforeDebt(UserError):
    """An invoice is later than the loss it is claimed for."""

    message = N_(
        "{number} is dated or shipped {issued}, after the loss of {on}. Check the date of loss, or leave the invoice "
        "out."
    )


class NothingToClaim(UserError):
    """No invoice to claim."""

    message = N_(
        "Nothing of {buyer} was overdue on {on}. Name the invoices, or check the date of loss."
    )


class InvoiceUnknown(UserError):
    """A named invoice is not the buyer's."""

    message = N_("{buyer} has no invoice {number}.")


class InvoiceNotClaimed(UserError):
    """A named invoice is not one of the claim's."""

    message = N_("The claim has no invoice {number}. It is made for: {invoices}.")


class NoPolicyCovers(UserError):
    """No policy was in force when the goods were shipped."""

    message = N_(
        "No policy of {client} was in force on {on}, when the oldest of these invoices was shipped."
    )


class PolicyNotNamed(UserError):
    """Several policies may answer for the loss: a person says which, it is never picked."""

    message = N_(
        "Several policies of {client} ran on {on}, when the goods were shipped: {policies}. Say which one answers."
    )


class LossToCome(UserError):
    """A claim may be prepared before its date of loss, and is filed no earlier."""

    message = N_(
        "The date of loss {on} is still to come: the claim may be prepared, and is filed on that day at the earliest."
    )


class StateOutOfOrder(UserError):
    """A claim can't go there from here."""

    message = N_("The claim is “{now}”; from there it goes to: {possible}.")


class PaidCurrencyWrong(UserError):
    """An indemnity is paid in the policy's currency."""

    message = N_(
        "The policy pays in {currency}; enter what was paid in {currency}, not in {given}."
    )


class CalculationNotKept(UserError):
    """Shares rest on a calculation."""

    message = N_(
        "Keep a calculation of the claim first: the shares of a recovery rest on its figures."
    )


class RecoveryInFuture(UserError):
    """Money that has not come."""

    message = N_("{on} is still to come. Enter the day the money came in.")


class RecoveryBeforeLoss(UserError):
    """Money before the loss is a payment."""

    message = N_(
        "{on} is not after the date of loss {loss}. Money that came in by then is a payment: it belongs to the ledger."
    )


class GoodsOfOneInvoice(UserError):
    """What goods brought belongs to one invoice."""

    message = N_("Name the one invoice the goods were delivered under: {invoices}.")


class GoodsAfterLoss(UserError):
    """What comes after the loss is a recovery."""

    message = N_("{on} is after the date of loss {loss}: enter it as a recovery.")


class GoodsBeforeInvoice(UserError):
    """Goods can't have come back before they were invoiced."""

    message = N_("{on} is before invoice {invoice} of {issued}. Check the day.")


class GoodsCurrencyOther(UserError):
    """What goods brought is counted in their invoice's currency."""

    message = N_(
        "The invoice is in {currency}, not in {given}. Enter the amounts in {currency}, at the rate they were credited."
    )


class GoodsAboveInvoice(UserError):
    """Goods can't have brought more than they were invoiced for and lessen one invoice."""

    message = N_(
        "{net} is more than the {amount} of invoice {invoice}. Check the amount and the invoice."
    )


class GoodsCostMore(UserError):
    """Costs up to the loss that are more than what came in lessen no debt."""

    message = N_(
        "{costs} of costs leave nothing of {gross} that lessens the debt. What they are above it is claimed as costs, "
        "where the policy insures them."
    )


class GoodsInLedger(UserError):
    """The ledger has taken it off already."""

    message = N_(
        "The ledger already takes {amount} off: {entry} of {on}. Entered here too it would count twice."
    )


class RecoveryInvoiceUnknown(UserError):
    """Money for an invoice of which nothing was open at the loss."""

    message = N_(
        "Nothing was open of {numbers} at the loss. Name invoices of the claim: {open}."
    )


class RemittedBeforeReceived(UserError):
    """Handed over before it came."""

    message = N_("{on} is before the money came in on {received}.")


class NotHandedOver(UserError):
    """A claim is closed when the insurer has its share."""

    message = N_(
        "{amount} of what came in is the insurer's and not handed over yet. Hand it over before the claim is closed."
    )


class ClosingUnexplained(UserError):
    """A claim is closed for a reason."""

    message = N_(
        "Say why the claim is closed: the insurer confirmed it, or the debt was written off."
    )


class DecisionMissing(UserError):
    """A decision without what was decided."""

    message = N_("Say what the insurer decided.")


class ReductionWrong(UserError):
    """A reduction belongs to a reduced claim, between nothing and everything, with its reason."""

    message = N_(
        "A reduction of {pct} % goes with a claim that was reduced, and needs the insurer's reason."
    )


class QuestionEmpty(UserError):
    """A question without words."""

    message = N_("Write what the insurer asks.")


class DueBeforeAsked(UserError):
    """An answer due before the question."""

    message = N_("{due} is before the question came on {asked}.")


class AnswerEmpty(UserError):
    """An answer of nothing."""

    message = N_("Write what was answered, or attach the paper.")


class AnsweredBeforeAsked(UserError):
    """An answer before its question."""

    message = N_("{on} is before the question came on {asked}.")


class NothingPaid(UserError):
    """A payment of nothing."""

    message = N_("Enter what the insurer paid.")


class NotPaidYet(UserError):
    """A further payment before the first."""

    message = N_("Record first that the indemnity was paid.")


class ClaimedElsewhere(UserError):
    """A debt can be claimed once."""

    message = N_(
        "{numbers} is claimed in {claim} already. Two claims never claim the same debt."
    )


class NothingToTakeBack(UserError):
    """No step was taken yet."""

    message = N_("The claim has taken no step that could be taken back.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """What the insurer asks. `item`: the code of the paper it wants; `due_on` None: it gave no day."""

    asked_on: date
    text: str
    item: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """What was answered. `document` is a kept file's number."""

    on: date
    text: str = ""
    document: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question of the insurer. `answered_on` None: it waits; `voided`: it was a mistake."""

    id: int
    asked_on: date
    text: str
    item: str
    due_on: date | None
    answered_on: date | None
    answer: str
    document_id: int | None
    voided: Voided | None


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """A part of the indemnity, in policy currency. `voided`: it was a mistake."""

    id: int
    paid_on: date
    amount: Money
    note: str
    voided: Voided | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the insurer decided. `reduction_pct`: by how much it reduced the indemnity, 20 for 20 %."""

    decision: Decision
    reduction_pct: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """A step of a claim, on the day it happened. `paid` in the policy's currency, when the indemnity was paid.

    `document`: the kept paper that proves it, by its number.
    """

    state: ClaimState
    on: date
    paid: Money | None = None
    ruling: Ruling | None = None
    reason: str = ""
    document: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecovery:
    """Money that came in after the loss, in the currency it came in. `document` is a kept file's number.

    `against`: the numbers of the invoices it is for, such as goods taken back; empty: for none by name.
    """

    received_on: date
    source: RecoverySource
    gross: Money
    costs: Money
    note: str = ""
    document: int | None = None
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsLine:
    """What goods of an invoice brought up to the date of loss, in the invoice's currency. `voided`: a mistake."""

    id: int
    on: date
    kind: RecoverySource
    invoice: Name
    gross: Money
    costs: Money
    note: str
    document_id: int | None
    voided: Voided | None = None

    @property
    def net(self) -> Money:
        """What it takes off the invoice."""
        return self.gross - self.costs


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryLine:
    """A recovery. `gross` and `costs` as received; the shares in policy currency. `voided`: it was a mistake.

    Where the costs are more than what came in, net and shares are less than nothing: what each bears of them.
    `against`: the invoices it is for, as people call them; empty: for none by name.
    """

    id: int
    received_on: date
    source: RecoverySource
    gross: Money
    costs: Money
    rate: Decimal
    net: Money
    insurer: Money
    insured: Money
    remitted_on: date | None
    note: str
    document_id: int | None
    voided: Voided | None
    steps: tuple[Step, ...]
    against: tuple[Name, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether the insurer still has to get its share."""
        return self.insurer.amount > 0 and self._unsettled

    @property
    def is_owed(self) -> bool:
        """Whether the insurer still has to pay its part of the costs."""
        return self.insurer.amount < 0 and self._unsettled

    @property
    def _unsettled(self) -> bool:
        return self.remitted_on is None and not self.voided


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step the claim took. `decision` and `reduction_pct` empty: none was told. `voided`: it was a mistake."""

    state: ClaimState
    on: date
    decision: str
    reduction_pct: str
    reason: str
    who: str
    document_id: int | None = None
    voided: Voided | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClaim:
    """What opens a claim. `numbers` empty: the invoices overdue on the date of loss.

    A number means all parts of its invoice, a part's name as it is shown that part.
    `policy_id` None: the one that was in force when the oldest of them was shipped.
    """

    client_id: int
    buyer_id: int
    cause: Cause
    date_of_loss: date
    numbers: tuple[str, ...] = ()
    policy_id: int | None = None
    today: date


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim in a list. `claimed` None: nothing was computed yet; `file_by` None: no duty gives a date."""

    id: ClaimId
    number: str
    client_id: int
    client: str
    buyer_id: int
    buyer: str
    policy_id: int
    policy: str
    cause: Cause
    date_of_loss: date
    state: ClaimState
    opened_on: date
    claimed: Money | None
    paid: Money | None
    present: int
    applicable: int
    file_by: Deadline | None


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A file attached to an item. `duplicate`: the same pages of the same bytes stand earlier in the claim.

    `checked_on`: it was held against its original; `sealed_on`: its copy was sealed; None: not yet.
    """

    id: EvidenceId
    item: str
    file_name: str
    media: str
    state: str
    reason: Message | None
    pages: int | None
    duplicate: bool
    digest: str
    added_at: datetime
    excerpt: Excerpt = WHOLE
    checked_on: date | None = None
    checked_by: str = ""
    sealed_on: date | None = None
    sealed_by: str = ""

    @property
    def bound(self) -> int | None:
        """How many of its pages are bound; None where it can't be told."""
        return None if self.pages is None else len(self.excerpt.numbers(self.pages))


@dataclass(frozen=True, slots=True)
class ClaimInvoiceLine:
    """An invoice of the claim; `id`: its record in the ledger, `name`: what people call it, `cause`: of the loss.

    `loss_payee`: to whom its part of the indemnity goes; empty: as the policy says. `joint_insured`: whose debt it is;
    empty: the policyholder's.
    """

    number: str
    issued: date
    due: date | None
    amount: Money
    open: Money
    disputed: Money
    id: int
    name: Name
    cause: Cause
    loss_payee: str = ""
    joint_insured: str = ""


@dataclass(frozen=True, slots=True)
class PackageLine:
    """A package that was written."""

    written_at: datetime
    file_name: str
    language: str
    pages: int
    complete: bool


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """Everything the claim page shows. `kept` None: no calculation was kept; days are None until they come."""

    line: ClaimLine
    policy_title: Bilingual
    export: bool
    narrative: str
    checklist: tuple[ChecklistRow, ...]
    completeness: Completeness
    evidence: tuple[EvidenceLine, ...]
    invoices: tuple[ClaimInvoiceLine, ...]
    kept: KeptCalculation | None
    findings: tuple[Finding, ...]
    packages: tuple[PackageLine, ...]
    filed_on: date | None
    decided_on: date | None
    paid_on: date | None
    provisional: Money | None = None
    provisional_on: date | None = None
    recoveries: tuple[RecoveryLine, ...] = ()
    goods: tuple[GoodsLine, ...] = ()
    steps: tuple[StepLine, ...] = ()
    questions: tuple[QuestionLine, ...] = ()
    payments: tuple[PaymentLine, ...] = ()
    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """A calculation before it is kept. `indemnity` None: `missing` says what stands against it.

    `unless_refused`: the indemnity with what the insurer may refuse because the risk was known; None: no difference.
    """

    indemnity: Indemnity | None
    calculation: KeptCalculation
    inputs: Mapping[str, object]
    result: Mapping[str, object]
    version_id: int
    missing: tuple[Message, ...]
    unless_refused: Money | None = None
