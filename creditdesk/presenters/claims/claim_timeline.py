"""What happened to a claim, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.claim.claims import (
    CLAIM_STATE_TITLES,
    DECISION_TITLES,
    ClaimState,
    Decision,
)
from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Cell, Column, Table
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import ClaimFile
from creditdesk.services.claims.values import StepLine
from creditdesk.services.watch import NoticeLine


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened. Midnight stands for a day whose hour nobody keeps. `voided`: it was entered by mistake."""

    at: datetime
    what: str
    detail: str = ""
    voided: Voided | None = None


def table(wording: Wording) -> Table[Moment]:
    """The list of moments."""

    def when(row: Moment) -> str:
        whole_day = row.at.time() == time.min
        return wording.day(row.at.date()) if whole_day else wording.moment(row.at)

    columns: list[Column[Moment]] = [
        Column(key="at", title=N_("When"), cell=when, order=lambda row: row.at, width=150),
        Column(key="what", title=N_("What"), cell=lambda row: row.what, width=200),
        Column(key="detail", title=N_("Detail"), cell=lambda row: Cell(row.detail, hint=row.detail), stretch=True),
    ]  # fmt: skip
    return Table(
        with_voids(columns, lambda row: row.voided, wording, told_in="detail"),
        lambda row: (row.at, row.what, row.detail),
        sort="at",
        descending=True,
    )


def moments(
    file: ClaimFile, notices: tuple[NoticeLine, ...], wording: Wording
) -> Iterator[Moment]:
    """Everything known of the claim's course."""
    yield Moment(_at(file.line.opened_on), wording(N_("Claim opened")))
    for each in notices:
        if each.policy == file.line.policy:
            detail = f"{each.way} · {wording.list(map(wording.name, each.names))}"
            yield Moment(_at(each.sent_on), wording(N_("Insurer notified")), detail)
    yield from _figures(file, wording)
    for package in file.packages:
        text = (
            N_("{file}, {pages} pages, complete")
            if package.complete
            else N_("{file}, {pages} pages, incomplete")
        )
        detail = wording(text, file=package.file_name, pages=package.pages)
        yield Moment(package.written_at, wording(N_("Package written")), detail)


def _figures(file: ClaimFile, wording: Wording) -> Iterator[Moment]:
    if file.kept and file.kept.result:
        amount = wording.money(file.kept.result)
        yield Moment(_at(file.kept.kept_on), wording(N_("Calculation kept")), amount)
    yield from _steps(file, wording)
    yield from _payments(file, wording)
    yield from _questions(file, wording)
    if file.provisional_on and file.provisional:
        amount = wording.money(file.provisional)
        yield Moment(
            _at(file.provisional_on), wording(N_("Paid provisionally")), amount
        )
    for each in file.recoveries:
        costs = each.net.amount < 0
        detail = wording(
            N_("{net}, of which {insurer} is the insurer's"),
            net=-each.net if costs else each.net,
            insurer=-each.insurer if costs else each.insurer,
        )
        what = N_("Costs above what was recovered") if costs else N_("Money recovered")
        yield Moment(_at(each.received_on), wording(what), detail, each.voided)
        if each.remitted_on:
            amount = wording.money(-each.insurer if costs else each.insurer)
            what = N_("Share of the costs paid") if costs else N_("Share handed over")
            yield Moment(_at(each.remitted_on), wording(what), amount, each.voided)


def _payments(file: ClaimFile, wording: Wording) -> Iterator[Moment]:
    for each in file.payments:
        detail = " · ".join(part for part in (wording.money(each.amount), each.note) if part)  # fmt: skip
        what = wording(N_("Indemnity received"))
        yield Moment(_at(each.paid_on), what, detail, each.voided)


def _questions(file: ClaimFile, wording: Wording) -> Iterator[Moment]:
    for each in file.questions:
        yield Moment(_at(each.asked_on), wording(N_("The insurer asks")), each.text, each.voided)  # fmt: skip
        if each.answered_on:
            detail = each.answer or each.text
            yield Moment(_at(each.answered_on), wording(N_("Answered")), detail, each.voided)  # fmt: skip


def _steps(file: ClaimFile, wording: Wording) -> Iterator[Moment]:
    for step in file.steps:
        title = wording(CLAIM_STATE_TITLES[step.state])
        detail = " · ".join(_details(step, wording))
        yield Moment(_at(step.on), title, detail, step.voided)
    # A claim that went on before its steps were kept knows these days alone.
    kept = {step.state for step in file.steps}
    for day, state in (
        (file.filed_on, ClaimState.FILED),
        (file.decided_on, ClaimState.DECIDED),
        (file.paid_on, ClaimState.PAID),
    ):
        if day and state not in kept:
            yield Moment(_at(day), wording(CLAIM_STATE_TITLES[state]))


def _details(step: StepLine, wording: Wording) -> Iterator[str]:
    if step.decision:
        yield wording(DECISION_TITLES[Decision(step.decision)])
    if step.reduction_pct:
        yield wording(N_("reduced by {pct} %"), pct=step.reduction_pct)
    if step.reason:
        yield step.reason


def _at(day: date) -> datetime:
    return datetime.combine(day, time.min)
