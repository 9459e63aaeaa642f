"""The calculation of a claim as a screen shows it: in short beside the checklist, and step by step."""

from collections.abc import Sequence
from dataclasses import dataclass

from creditdesk.domain.base.steps import Step
from creditdesk.domain.claim.package import Allocation, KeptCalculation
from creditdesk.domain.claim.readiness import Finding, Verdict
from creditdesk.i18n import N_
from creditdesk.presenters.claims.claim_wording import VERDICT_ORDER, verdict
from creditdesk.presenters.parts.table import Cell, Column, Table
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.parts.working import FigureLine, lines
from creditdesk.services.claims.payout import CODE as PAYOUT

_LEFT_OUT = frozenset({"S0", "S1", "S2", "S14", PAYOUT})
"""Lines the short form leaves out: where the debt comes from, the result, which stands below it, and what is paid out."""


@dataclass(frozen=True, slots=True)
class ReadinessLine:
    """One of the ten readiness tests in words."""

    title: str
    verdict: Cell
    said: str
    good: bool


def in_short(calculation: KeptCalculation, wording: Wording) -> tuple[FigureLine, ...]:
    """What leads from the whole debt to the result; a subtotal that changes nothing is left out."""
    shown: list[Step] = []
    for step in calculation.steps:
        if step.code in _LEFT_OUT or step.amount is None:
            continue
        if step.code == "S8" and shown and shown[-1].amount == step.amount:
            continue
        shown.append(step)
    return lines(shown, wording)


def paid_out(calculation: KeptCalculation, wording: Wording) -> tuple[FigureLine, ...]:
    """What comes off the indemnity before it is paid; nothing where nothing does."""
    steps = [step for step in calculation.steps if step.code == PAYOUT]
    return lines(steps, wording) if steps and steps[0].amount else ()


def both_ways(calculation: KeptCalculation, wording: Wording) -> str:
    """Whether the ledger matched payments to other invoices than the policy's rule does."""
    moved = [
        each for each in calculation.allocations if each.by_policy != each.by_ledger
    ]
    if not moved:
        return wording(N_("Ledger and policy match the payments alike."))
    return wording(
        N_("The ledger matched payments otherwise than the policy's rule; {invoices} differ."),
        invoices=wording.list(wording.name(each.called) for each in moved),
    )  # fmt: skip


def readiness(found: Sequence[Finding], wording: Wording) -> tuple[ReadinessLine, ...]:
    """The ten tests, what is not met first."""
    ordered = sorted(found, key=lambda each: VERDICT_ORDER.index(each.verdict))
    return tuple(
        ReadinessLine(
            wording.message(each.title),
            verdict(each.verdict, wording),
            wording.message(each.words),
            each.verdict is Verdict.GOOD,
        )
        for each in ordered
    )


def met(found: Sequence[Finding]) -> int:
    """How many tests are met."""
    return sum(1 for each in found if each.verdict is Verdict.GOOD)


def allocation_table(wording: Wording) -> Table[Allocation]:
    """What is left of each invoice, matched both ways."""
    return Table(
        [
            Column(key="number", title=N_("Number"), cell=lambda row: wording.name(row.called), order=lambda row: row.number, stretch=True),
            Column(key="due", title=N_("Due"), cell=lambda row: wording.day(row.due), order=lambda row: row.due, width=110),
            Column(key="policy", title=N_("Left by the policy's rule"), cell=lambda row: wording.figure(row.by_policy), order=lambda row: row.by_policy.amount, sums=lambda row: row.by_policy, right=True, width=190),
            Column(key="ledger", title=N_("Left as the ledger matched"), cell=lambda row: wording.figure(row.by_ledger), order=lambda row: row.by_ledger.amount, sums=lambda row: row.by_ledger, right=True, width=190),
        ],
        lambda row: row.number,
        sort="due",
    )  # fmt: skip
