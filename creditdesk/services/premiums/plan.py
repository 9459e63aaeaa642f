"""What the schedule says is to be paid when: the deposit at the start, then the instalments (rules.md 2.2)."""

from collections.abc import Iterator, Sequence

from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.premium_notes import NoteKind, PremiumNote
from creditdesk.domain.policy.rows import instalments
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.models import Policy
from creditdesk.services.premiums.values import NewNote


def planned(
    policy: Policy, terms: PolicyTerms, notes: Sequence[PremiumNote]
) -> tuple[NewNote, ...]:
    """What no note asks for yet; a note of the same day and amount is the same."""
    known = {(note.due_on, note.amount) for note in notes}
    return tuple(
        each
        for each in _of_schedule(policy, terms)
        if each.amount and (each.due_on, each.amount) not in known
    )


def _of_schedule(policy: Policy, terms: PolicyTerms) -> Iterator[NewNote]:
    deposit = terms.values.get("deposit_premium")
    if isinstance(deposit, Money):
        yield NewNote(
            policy_id=policy.id,
            kind=NoteKind.DEPOSIT,
            amount=deposit,
            due_on=policy.period_start,
        )
    for part in instalments(terms.values, policy.currency):
        yield NewNote(
            policy_id=policy.id,
            kind=NoteKind.INSTALMENT,
            amount=part.amount,
            due_on=part.due,
        )
