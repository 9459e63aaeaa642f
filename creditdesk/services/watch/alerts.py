"""Warnings of kept statements and facts that the insurer has to be told, until they are answered (rules.md 7).

What follows from overdue debt and from reported events has duties of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from creditdesk.catalog.warning_kinds import warning_kinds
from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.answers import Answered, answer_to, to_tell
from creditdesk.domain.credit.observing import Told, observed_of
from creditdesk.domain.credit.warnings import Observed, Warned, warned
from creditdesk.domain.duties.duties import Finder
from creditdesk.readings.credit import answers_by_buyer, told_by_buyer
from creditdesk.services.watch.debt import OpenDebt, WatchGround
from creditdesk.services.watch.found import FoundDuty, policy_for


def of_alerts(ground: WatchGround) -> Iterator[FoundDuty]:
    """Tell the insurer; an answer takes the duty away for as long as it settles the warning."""
    client, buyers = ground.scope.client_id, ground.scope.buyers
    answers = answers_by_buyer(ground.session, client, buyers)
    for buyer, told in sorted(told_by_buyer(ground.session, client, buyers).items()):
        for found in _to_tell(told, ground, buyer):
            yield from _duties(ground, buyer, found, answers.get(buyer, ()))


def _to_tell(told: Told, ground: WatchGround, buyer: int) -> Iterator[Warned]:
    observed: Mapping[str, Observed] = {
        **dict(observed_of(told, ground.on)),
        "overdue": Observed(_owes_late(ground.debt, buyer)),
    }
    for found in warned(warning_kinds(), observed):
        if to_tell(found):
            yield found


def _owes_late(debt: OpenDebt, buyer: int) -> bool:
    return any(bool(late) for (who, _), late in debt.overdue.items() if who == buyer)


def _duties(
    ground: WatchGround, buyer: int, found: Warned, answers: tuple[Answered, ...]
) -> Iterator[FoundDuty]:
    if answer_to(found, answers, ground.on) is not None:
        return
    known = found.observed.since or ground.on
    watched = policy_for(ground.policies, known, buyer) or policy_for(ground.policies, ground.on, buyer)  # fmt: skip
    if watched is None:
        return
    facts = {Anchor.KNOWLEDGE: known}
    for each in watched.duties.after(Finder.KNOWLEDGE, str(buyer), facts):
        deadline = replace(each, subject=f"{buyer}/warning {found.kind.code} {known}")
        yield watched.found(
            deadline,
            at_stake(ground.debt, buyer, watched.policy.currency),
            buyer=buyer,
        )


def at_stake(debt: OpenDebt, buyer: int, currency: str) -> Money:
    """What the buyer owes in the policy's currency, or in its only other one."""
    owed = [total for (who, _), total in debt.open.items() if who == buyer and total]
    mine = [total for total in owed if total.currency == currency]
    return next(iter(mine or owed), Money.zero(currency))
