"""What is left to be paid once the indemnity is known: premium owed and advances come off (rules.md 4.1 S14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.steps import Step
from creditdesk.domain.policy.premium_notes import PremiumNote, owed
from creditdesk.i18n import N_, Message

CODE = "S14.1"
"""The code of these lines: they come after the indemnity and don't change it."""
_SOURCE = "4.1 S14"


@dataclass(frozen=True, slots=True)
class PayOut:
    """What comes off an indemnity before it is paid, with its lines. Amounts in policy currency."""

    premium_owed: Money
    provisional: Money
    payable: Money
    steps: tuple[Step, ...]


def pay_out(
    indemnity: Money, notes: Sequence[PremiumNote], on: date, provisional: Money | None
) -> PayOut | None:
    """`provisional`: what the insurer paid in advance; None: nothing.

    None where nothing was, and nobody keeps the policy's premium notes: what is owed isn't known then.
    """
    if not notes and not provisional:
        return None
    premium = owed(notes, on, indemnity.currency)
    advance = provisional or Money.zero(indemnity.currency)
    left = (indemnity - premium - advance).floored()
    owing = Message.of(N_("Less the premium owed on {on}"), on=on)
    paid = Message(N_("Less what was paid provisionally"))
    numbers = tuple(
        note.reference or str(note.id)
        for note in notes
        if note.due_on <= on and not note.is_paid(on)
    )
    detail = Message.of(N_("Notes not paid: {notes}."), notes=numbers) if numbers else None  # fmt: skip
    return PayOut(
        premium,
        advance,
        left,
        (
            Step(CODE, owing, -premium, detail, _SOURCE),
            *((Step(CODE, paid, -advance, source=_SOURCE),) if advance else ()),
            Step(CODE, Message(N_("To be paid out")), left, source=_SOURCE, emphasis=True),
        ),
    )  # fmt: skip
