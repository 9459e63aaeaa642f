"""What the premiums service takes, gives and refuses."""

from dataclasses import dataclass
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.premium import Premium
from creditdesk.domain.policy.premium_notes import NoteKind, PremiumNote
from creditdesk.domain.policy.premium_year import Basis, RateRow
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message


class NoteAmountWrong(UserError):
    """Only an adjustment may give money back."""

    message = N_(
        "Give the amount the insurer asks for. Only an adjustment may be negative: money back."
    )


class NoteCurrencyOdd(UserError):
    """Not a currency code."""

    message = N_(
        "{currency} is not a currency code of three letters, such as CNY or USD."
    )


class NoteUnknown(UserError):
    """There is no such note, or it was voided."""

    message = N_("There is no premium note {note}, or it was voided.")


class PaidInFuture(UserError):
    """A premium can't have been paid tomorrow."""

    message = N_("{on} is still to come. Enter the day the premium was paid.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNote:
    """A premium note as it came. `amount` may be negative for an adjustment in the client's favour."""

    policy_id: int
    kind: NoteKind
    amount: Money
    due_on: date
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A premium by one reading of the base. `premium` None: `refused` says what stands against it.

    `documents` counts what it is taken of; `unconverted` is in currencies the desk has no rate for.
    """

    base: Money
    documents: int
    premium: Premium | None
    refused: Message | None
    unconverted: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumFile:
    """What a policy costs and what of it is paid, on a day. `maximum` None: the policy doesn't say.

    `by_ledger` None: the base has nothing to do with the ledger. `counted` is the premium that a maximum liability in
    times of the premium is counted from, `counted_note` what that takes for granted. `planned` is what the schedule
    says is to be paid and no note asks for yet. `voided` are notes that were mistakes.
    """

    policy_id: int
    policy: str
    client_id: int
    client: str
    insurer: str
    currency: str
    start: date
    end: date
    on: date
    basis: Basis
    by_declared: Reckoned
    by_ledger: Reckoned | None
    rate_rows: tuple[RateRow, ...]
    notes: tuple[PremiumNote, ...]
    noted: Money
    paid: Money
    owed: Money
    maximum: Money | None
    multiple: int | None
    counted: Money | None
    counted_note: Message | None
    planned: tuple[NewNote, ...] = ()
    voided: tuple[PremiumNote, ...] = ()
