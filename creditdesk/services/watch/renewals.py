"""When each policy is renewed, step by step (rules.md 9)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.duties.duties import Deadline
from creditdesk.domain.duties.renewal import has_steps, renewal
from creditdesk.i18n import N_, Bilingual
from creditdesk.models import Policy
from creditdesk.services.watch.found import watched
from creditdesk.services.watch.of_policies import renewed_by


class StepState(StrEnum):
    """Where a step of the timetable stands on a day."""

    PAST = "past"
    NEXT = "next"
    LATER = "later"


STEP_TITLES = {
    StepState.PAST: N_("past"),
    StepState.NEXT: N_("next"),
    StepState.LATER: N_("later"),
}


@dataclass(frozen=True, slots=True)
class RenewalStep:
    """One step: `legal` is its day, `safe` the last working day not after it."""

    code: str
    title: Bilingual
    rule: CountRule
    legal: date
    safe: date
    state: StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalLine:
    """A policy and its timetable. `auto_renew`, `notice_days` None: nobody entered it; `renewed_by` empty: not yet."""

    policy_id: int
    policy: str
    insurer: str
    start: date
    end: date
    auto_renew: bool | None
    notice_days: int | None
    renewed_by: str
    steps: tuple[RenewalStep, ...]


def renewals(session: Session, client_id: int, on: date) -> tuple[RenewalLine, ...]:
    """The client's policies that run on a day or have ended in the month before, by their end."""
    policies = session.scalars(
        select(Policy)
        .where(Policy.client_id == client_id)
        .order_by(Policy.period_end, Policy.id)
    ).all()
    all_ = tuple(watched(session, policy, on) for policy in policies)
    lines = []
    for each in all_:
        policy, terms = each.policy, each.duties.terms
        if not has_steps(policy.period_start, policy.period_end, on):
            continue
        newer = renewed_by(each, all_)
        found = renewal(each.duties, on)
        lines.append(
            RenewalLine(
                policy_id=policy.id,
                policy=policy.number,
                insurer=policy.insurer,
                start=policy.period_start,
                end=policy.period_end,
                auto_renew=terms.auto_renew,
                notice_days=terms.notice_days,
                renewed_by=newer.policy.number if newer else "",
                steps=tuple(_step(step, found.next, on) for step in found.steps),
            )
        )
    return tuple(lines)


def _step(step: Deadline, following: Deadline | None, on: date) -> RenewalStep:
    state = StepState.PAST if step.safe < on else StepState.LATER
    if step is following:
        state = StepState.NEXT
    return RenewalStep(step.code, step.title, step.rule, step.legal, step.safe, state)
