"""A claim: why the buyer didn't pay, what proves it, and how far the insurer is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from creditdesk.i18n import N_, Bilingual


class Cause(StrEnum):
    """Why the buyer doesn't pay (rules.md 1)."""

    INSOLVENCY = "insolvency"
    PROTRACTED_DEFAULT = "protracted_default"
    REPUDIATION = "repudiation"
    POLITICAL = "political"


CAUSE_TITLES: Mapping[Cause, str] = {
    Cause.INSOLVENCY: N_("Insolvency"),
    Cause.PROTRACTED_DEFAULT: N_("Protracted default"),
    Cause.REPUDIATION: N_("Repudiation"),
    Cause.POLITICAL: N_("Political risk"),
}


class Need(StrEnum):
    """Column M of rules.md 5.1: when an item must be there."""

    ALWAYS = "always"
    DOMESTIC = "domestic"
    EXPORT = "export"
    CONDITIONAL = "conditional"
    """Only when the case has such a paper, or when a listed payment method makes it mandatory."""
    BEFORE_PAYMENT = "before_payment"
    """Not needed to file; needed before the insurer pays."""


class MadeBy(StrEnum):
    """What makes an item present."""

    FILES = "files"
    PROGRAM = "program"
    NOTICE = "notice"


class Supplier(StrEnum):
    """Who has to supply the paper."""

    FINANCE = "finance"
    SALES = "sales"
    LEGAL = "legal"
    LOGISTICS = "logistics"
    BUYER = "buyer"
    COURT = "court"
    BANK = "bank"
    INSURER = "insurer"
    CUSTOMS = "customs"
    GOVERNMENT = "government"


SUPPLIER_TITLES: Mapping[Supplier, str] = {
    Supplier.FINANCE: N_("Finance"),
    Supplier.SALES: N_("Sales"),
    Supplier.LEGAL: N_("Legal department"),
    Supplier.LOGISTICS: N_("Logistics"),
    Supplier.BUYER: N_("Buyer"),
    Supplier.COURT: N_("Court"),
    Supplier.BANK: N_("Bank"),
    Supplier.INSURER: N_("Insurer"),
    Supplier.CUSTOMS: N_("Customs"),
    Supplier.GOVERNMENT: N_("Government"),
}


class ItemState(StrEnum):
    """How far one item of the checklist is."""

    MISSING = "missing"
    REQUESTED = "requested"
    PRESENT = "present"
    TO_BE_SEALED = "to_be_sealed"
    UNREADABLE = "unreadable"
    WAIVED = "waived"
    """The insurer doesn't want it; a reason is kept with the item."""


ITEM_STATE_TITLES: Mapping[ItemState, str] = {
    ItemState.MISSING: N_("Missing"),
    ItemState.REQUESTED: N_("Asked for, not back"),
    ItemState.PRESENT: N_("Complete"),
    ItemState.TO_BE_SEALED: N_("To be sealed"),
    ItemState.UNREADABLE: N_("Unreadable"),
    ItemState.WAIVED: N_("Not wanted"),
}
_THERE = frozenset({ItemState.PRESENT, ItemState.TO_BE_SEALED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKind:
    """What decides which items a case needs. `payment_methods` are codes of rules.md 1 (`DP`, `LC_SIGHT`)."""

    cause: Cause
    export: bool
    insurer_country: str = "CN"
    payment_methods: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRule:
    """One line of a checklist. `countries`: insurers of these countries ask for it; empty: all do."""

    code: str
    title: Bilingual
    why: Bilingual
    suppliers: tuple[Supplier, ...]
    causes: frozenset[Cause]
    need: Need
    made_by: MadeBy = MadeBy.FILES
    countries: frozenset[str] = frozenset()
    payment_methods: frozenset[str] = frozenset()

    def applies(self, case: CaseKind) -> bool:
        """Whether the item belongs on the checklist of this case at all."""
        if case.cause not in self.causes:
            return False
        if self.need is Need.DOMESTIC:
            return not case.export
        if self.need is Need.EXPORT:
            return case.export
        if (
            self.need is Need.CONDITIONAL
            and self.payment_methods
            and case.payment_methods
        ):
            return bool(self.payment_methods & case.payment_methods)
        return True

    def mandatory(self, case: CaseKind) -> bool:
        """Whether a claim of this case is incomplete without it (rules.md 5.1)."""
        if not self.applies(case) or self.need is Need.BEFORE_PAYMENT:
            return False
        if self.need is Need.CONDITIONAL:
            return bool(self.payment_methods & case.payment_methods)
        return not self.countries or case.insurer_country in self.countries


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistRow:
    """One item of one claim. `note`: what exactly is still wanted, in the bookkeeper's words.

    `own`: the number of the firm's own item it is, None for one of the list; `why`: what that is for, in its words.
    """

    code: str
    title: Bilingual
    suppliers: tuple[Supplier, ...]
    mandatory: bool
    state: ItemState
    documents: int = 0
    made_by: MadeBy = MadeBy.FILES
    note: str = ""
    own: int | None = None
    why: str = ""

    @property
    def missing(self) -> bool:
        """Mandatory and not there."""
        return self.mandatory and self.state not in _THERE | {ItemState.WAIVED}


def state_of(
    made_by: MadeBy,
    kept: ItemState,
    *,
    documents: int,
    generated: bool,
    notice_sent: bool,
) -> ItemState:
    """The state an item really has: what the program makes or sends counts without a file (rules.md 5.1)."""
    if kept in (ItemState.WAIVED, ItemState.TO_BE_SEALED, ItemState.UNREADABLE):
        return kept
    made = {MadeBy.PROGRAM: generated, MadeBy.NOTICE: notice_sent}.get(made_by, False)
    if documents or made:
        return ItemState.PRESENT
    return ItemState.MISSING if kept is ItemState.PRESENT else kept


@dataclass(frozen=True, slots=True)
class Completeness:
    """Mandatory items that are there, of those that must be; `missing` are codes."""

    present: int
    applicable: int
    missing: tuple[str, ...]

    @property
    def percent(self) -> Decimal | None:
        """Whole percent, rounded down so that 100 means everything; None when nothing is mandatory."""
        if not self.applicable:
            return None
        share = Decimal(100 * self.present) / self.applicable
        return share.quantize(Decimal(1), ROUND_DOWN)


def completeness(rows: Iterable[ChecklistRow]) -> Completeness:
    """Mandatory present ÷ mandatory applicable (rules.md 5.1); a waived item counts on neither side."""
    wanted = [
        row for row in rows if row.mandatory and row.state is not ItemState.WAIVED
    ]
    missing = tuple(row.code for row in wanted if row.missing)
    return Completeness(len(wanted) - len(missing), len(wanted), missing)


class ClaimState(StrEnum):
    """How far the claim is (rules.md 5.2)."""

    WATCH = "watch"
    OVERDUE = "overdue"
    NOTICE_DRAFT = "notice_draft"
    NOTICE_SENT = "notice_sent"
    COLLECTION = "collection"
    PREPARATION = "preparation"
    FILED = "filed"
    ACCEPTED = "accepted"
    QUERY = "query"
    INVESTIGATION = "investigation"
    ASSESSED = "assessed"
    DECIDED = "decided"
    APPEAL = "appeal"
    ASSIGNED = "assigned"
    PAID = "paid"
    RECOVERY = "recovery"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Decision(StrEnum):
    """What the insurer decided."""

    APPROVED = "approved"
    PARTIAL = "partial"
    REDUCED = "reduced"
    REFUSED = "refused"
    SUSPENDED_DISPUTE = "suspended_dispute"


class RecoverySource(StrEnum):
    """Where money came from after the loss."""

    BUYER = "buyer"
    COLLECTION = "collection"
    RESALE = "resale"
    RETURN = "return"
    SALVAGE = "salvage"
    GUARANTEE = "guarantee"
    DIVIDEND = "dividend"
    OTHER = "other"


GOODS: frozenset[RecoverySource] = frozenset(
    {RecoverySource.RESALE, RecoverySource.RETURN, RecoverySource.SALVAGE}
)
"""What goods brought: it belongs to their invoice, before the loss and after it (rules.md 14.7)."""
RECOVERY_TITLES: Mapping[RecoverySource, str] = {
    RecoverySource.BUYER: N_("The buyer paid"),
    RecoverySource.COLLECTION: N_("Collected by an agency or lawyer"),
    RecoverySource.RESALE: N_("Resale of the goods"),
    RecoverySource.RETURN: N_("Goods taken back"),
    RecoverySource.SALVAGE: N_("Salvage of the goods"),
    RecoverySource.GUARANTEE: N_("Guarantee or collateral"),
    RecoverySource.DIVIDEND: N_("Dividend of the insolvency"),
    RecoverySource.OTHER: N_("Another source"),
}
CLAIM_STATE_TITLES: Mapping[ClaimState, str] = {
    ClaimState.WATCH: N_("Watched"),
    ClaimState.OVERDUE: N_("Overdue"),
    ClaimState.NOTICE_DRAFT: N_("Notice drafted"),
    ClaimState.NOTICE_SENT: N_("Notice sent"),
    ClaimState.COLLECTION: N_("In collection"),
    ClaimState.PREPARATION: N_("Being prepared"),
    ClaimState.FILED: N_("Claim filed"),
    ClaimState.ACCEPTED: N_("Accepted for review"),
    ClaimState.QUERY: N_("Insurer asks"),
    ClaimState.INVESTIGATION: N_("Under investigation"),
    ClaimState.ASSESSED: N_("Loss assessed"),
    ClaimState.DECIDED: N_("Claim decided"),
    ClaimState.APPEAL: N_("Appealed"),
    ClaimState.ASSIGNED: N_("Rights assigned"),
    ClaimState.PAID: N_("Indemnity paid"),
    ClaimState.RECOVERY: N_("In recovery"),
    ClaimState.CLOSED: N_("Claim closed"),
    ClaimState.WITHDRAWN: N_("Claim withdrawn"),
}
DECISION_TITLES: Mapping[Decision, str] = {
    Decision.APPROVED: N_("Claim approved"),
    Decision.PARTIAL: N_("Approved in part"),
    Decision.REDUCED: N_("Approved, reduced"),
    Decision.REFUSED: N_("Claim refused"),
    Decision.SUSPENDED_DISPUTE: N_("Suspended until the dispute is settled"),
}
_S = ClaimState
_FORWARD: Mapping[ClaimState, frozenset[ClaimState]] = {
    _S.WATCH: frozenset({_S.OVERDUE, _S.NOTICE_DRAFT, _S.PREPARATION}),
    _S.OVERDUE: frozenset({_S.NOTICE_DRAFT, _S.PREPARATION}),
    _S.NOTICE_DRAFT: frozenset({_S.NOTICE_SENT}),
    _S.NOTICE_SENT: frozenset({_S.COLLECTION, _S.PREPARATION}),
    _S.COLLECTION: frozenset({_S.PREPARATION}),
    # An insolvency can be claimed at once, and a claim may be opened before its notice was written here.
    _S.PREPARATION: frozenset({_S.NOTICE_SENT, _S.COLLECTION, _S.FILED}),
    _S.FILED: frozenset({_S.ACCEPTED, _S.QUERY, _S.DECIDED}),
    _S.ACCEPTED: frozenset({_S.QUERY, _S.INVESTIGATION, _S.ASSESSED, _S.DECIDED}),
    _S.QUERY: frozenset({_S.ACCEPTED, _S.INVESTIGATION, _S.DECIDED}),
    _S.INVESTIGATION: frozenset({_S.QUERY, _S.ASSESSED, _S.DECIDED}),
    _S.ASSESSED: frozenset({_S.QUERY, _S.DECIDED}),
    _S.DECIDED: frozenset({_S.APPEAL, _S.ASSIGNED, _S.PAID, _S.CLOSED}),
    _S.APPEAL: frozenset({_S.DECIDED, _S.CLOSED}),
    _S.ASSIGNED: frozenset({_S.PAID}),
    _S.PAID: frozenset({_S.RECOVERY, _S.CLOSED}),
    _S.RECOVERY: frozenset({_S.CLOSED}),
    _S.CLOSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}
_ENDED = frozenset({_S.PAID, _S.RECOVERY, _S.CLOSED, _S.WITHDRAWN})
NEXT: Mapping[ClaimState, frozenset[ClaimState]] = {
    state: after if state in _ENDED else after | {_S.WITHDRAWN}
    for state, after in _FORWARD.items()
}
"""Where a claim may go from a state; withdrawn (the buyer paid) is open until the insurer pays."""
