"""What the claims service takes, gives and refuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from creditdesk.domain.claims import Cause, ChecklistRow, ClaimState, Completeness
from creditdesk.domain.indemnity_case import Indemnity
from creditdesk.domain.money import Money
from creditdesk.domain.package import KeptCalculation
from creditdesk.domain.parties import Deadline
from creditdesk.domain.readiness import Finding
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


class NothingToClaim(UserError):
    """No invoice to claim."""

    message = N_(
        "Nothing of {buyer} was overdue on {on}. Name the invoices, or check the date of loss."
    )


class InvoiceUnknown(UserError):
    """A named invoice is not the buyer's."""

    message = N_("{buyer} has no invoice {number}.")


class NoPolicyCovers(UserError):
    """No policy was in force when the goods were shipped."""

    message = N_(
        "No policy of {client} was in force on {on}, when the oldest of these invoices was shipped."
    )


class StateOutOfOrder(UserError):
    """A claim can't go there from here."""

    message = N_("The claim is “{now}”; from there it goes to: {possible}.")


class PaidCurrencyWrong(UserError):
    """An indemnity is paid in the policy's currency."""

    message = N_(
        "The policy pays in {currency}; enter what was paid in {currency}, not in {given}."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClaim:
    """What opens a claim. `numbers` empty: the invoices overdue on the date of loss."""

    client_id: int
    buyer_id: int
    cause: Cause
    date_of_loss: date
    numbers: tuple[str, ...] = ()
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
    """A file attached to an item. `duplicate`: the same bytes stand earlier in the claim."""

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


@dataclass(frozen=True, slots=True)
class ClaimInvoiceLine:
    """An invoice of the claim."""

    number: str
    issued: date
    due: date | None
    amount: Money
    open: Money
    disputed: Money


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


@dataclass(frozen=True, slots=True)
class Estimate:
    """A calculation before it is kept. `indemnity` None: `missing` says what stands against it."""

    indemnity: Indemnity | None
    calculation: KeptCalculation
    inputs: Mapping[str, object]
    result: Mapping[str, object]
    version_id: int
    missing: tuple[Message, ...]
