"""A client's year put together from what the services keep: the rows of its review, and the year before's figures."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from creditdesk.catalog.laws import laws
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.answers import ANSWERED_WORDS
from creditdesk.domain.credit.scorecard import plain
from creditdesk.domain.credit.warnings import Effect
from creditdesk.domain.insurers.quotes import GATE_TITLES, Criterion
from creditdesk.domain.policy.premium import Premium
from creditdesk.domain.policy.premium_notes import NOTE_WORDS
from creditdesk.domain.policy.premium_year import Basis
from creditdesk.domain.policy.terms import ValueStanding
from creditdesk.domain.review.book import Kpi, PolicyFigures, ReviewBook
from creditdesk.domain.review.kpis import kpis
from creditdesk.domain.review.rows import (
    AlertRow,
    ChangeRow,
    EndorsementRow,
    NoteRow,
    PortfolioRow,
    QuoteRow,
    ScheduleRow,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.reports.report import Sources
from creditdesk.reports.review_schedule import said
from creditdesk.services.credit import BuyerWarning
from creditdesk.services.policies import PolicyId
from creditdesk.services.premiums import PremiumFile

_EFFECTS = {
    Effect.NOTE: N_("note and watch"),
    Effect.TELL: N_("tell the insurer"),
    Effect.STOP: N_("stop shipping"),
}
_FEES = frozenset({"P4", "P5"})
"""Steps of a premium that are neither premium nor tax."""


def book_of(  # noqa: PLR0913, PLR0917 - whose, when, and who is told
    desk: Sources, client: int, start: date, end: date, today: date, progress: Progress
) -> ReviewBook:
    """The year with the figures of the year before. Raises `ReviewPeriodWrong`, `ReviewPeriodTooLong`."""
    book, before = two_years(desk, client, start, end, today, progress)
    return replace(book, last_year=_known(before)) if before else book


def two_years(  # noqa: PLR0913, PLR0917 - as above
    desk: Sources, client: int, start: date, end: date, today: date, progress: Progress
) -> tuple[ReviewBook, ReviewBook | None]:
    """The year, and the one before; None where that can't be counted. Raises as `book_of`."""
    progress.step(Message(N_("Counting the year")))
    book = _year(desk, client, start, end, today)
    progress.step(Message(N_("Counting the year before")))
    try:
        return book, _year(desk, client, _year_before(start), _year_before(end), today)
    except UserError:
        return book, None


def _known(before: ReviewBook) -> tuple[Kpi, ...]:
    """Nothing is compared with a year of which the desk knows nothing."""
    if not any(row.turnover for row in before.portfolio):
        return ()
    return kpis(before)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _year(desk: Sources, client: int, start: date, end: date, today: date) -> ReviewBook:  # fmt: skip
    book = desk.reviews.book(client, start, end, today)
    changes = tuple(_changes(end))
    policy = desk.reviews.policy_of(client, start, end)
    warned = tuple(_alert(each) for each in desk.credit.warnings(client, end))
    book = replace(
        book,
        changes=changes,
        alerts=warned,
        quotes=tuple(_quotes(desk, client)),
        portfolio=tuple(_graded(desk, end, book.portfolio)),
    )
    if policy is None or book.policy is None:
        return book
    file = desk.policies.file(PolicyId(policy), end)
    cost = desk.premiums.file(policy, end)
    return replace(
        book,
        policy=_priced(book.policy, cost),
        schedule=tuple(
            ScheduleRow(
                section=each.field.section,
                label=each.field.label,
                value=said(each.field, each.text, file.line.currency),
                confirmed=each.standing is ValueStanding.CONFIRMED,
                page=each.page,
            )
            for each in file.schedule
            if each.text
        ),
        endorsements=tuple(
            EndorsementRow(since=each.effective_from, reason=each.reason)
            for each in file.versions[1:]
            if each.effective_from <= end
        ),
        premium_notes=tuple(
            NoteRow(
                kind=Message(NOTE_WORDS[note.kind]),
                reference=note.reference,
                amount=note.amount,
                due=note.due_on,
                paid_on=note.paid_on if note.is_paid(end) else None,
            )
            for note in cost.notes
            if note.amount.currency == book.currency
        ),
        notes=(*book.notes, *_premium_words(cost)),
    )


def _priced(known: PolicyFigures, cost: PremiumFile) -> PolicyFigures:
    """With the premium by what was declared, or by the ledger where nothing was; what can't be counted stays open."""
    made = _counted(cost)
    if made is None or made.premium.currency != cost.currency:
        return known
    fees = [step.amount for step in made.steps if step.code in _FEES and isinstance(step.amount, Money)]  # fmt: skip
    rate = known.rate if cost.basis is Basis.TURNOVER and not cost.rate_rows else None
    return replace(
        known,
        premium=made.premium,
        fees=Money.total(fees, cost.currency) if fees else None,
        rate=rate,
    )


def _counted(cost: PremiumFile) -> Premium | None:
    declared, ledger = cost.by_declared, cost.by_ledger
    if declared.documents and declared.premium is not None:
        return declared.premium
    return ledger.premium if ledger is not None else declared.premium


def _premium_words(cost: PremiumFile) -> Iterator[Message]:
    if cost.by_declared.documents and cost.by_declared.premium is not None:
        yield Message(N_("The premium is counted from what was declared; the insurer's invoices decide."))  # fmt: skip
    elif _counted(cost) is not None:
        text = N_(
            "Premium is computed from the ledger's turnover and the policy's rate; the insurer's invoices decide."
        )
        yield Message(text)
    else:
        refused = cost.by_declared.refused
        yield refused or Message(N_("The premium can't be counted."))


def _graded(
    desk: Sources, on: date, rows: Iterable[PortfolioRow]
) -> Iterator[PortfolioRow]:
    for row in rows:
        score = desk.credit.rating(row.id, on).rating.score
        known = score.grade is not None
        yield replace(
            row,
            grade=score.grade or "",
            score=Decimal(score.score) if known else None,
        )


def _alert(found: BuyerWarning) -> AlertRow:
    warned, answer = found.warned, found.answer
    value, level = warned.observed.value, warned.level
    shown = ""
    if not isinstance(value, bool) and level.threshold is not None:
        shown = f"{plain(Fraction(value), 1)} {warned.kind.unit}".strip()
    return AlertRow(
        buyer=found.buyer,
        code=warned.kind.code,
        title=warned.kind.title,
        since=found.first_seen,
        value=shown,
        effect=Message(_EFFECTS[level.effect]),
        answer=Message(ANSWERED_WORDS[answer.answer]) if answer else None,
        answered=answer.on if answer else None,
        reason=(answer.reason or answer.way) if answer else "",
    )


def _quotes(desk: Sources, client: int) -> Iterator[QuoteRow]:
    """The quotes that are kept, compared; none where none is."""
    if all(each.voided for each in desk.insurers.quotes(client)):
        return
    for line in desk.insurers.comparison(client).quotes:
        yield QuoteRow(
            name=line.quote.name,
            gate=Message(GATE_TITLES[line.gate]),
            premium=line.premium,
            total=line.total_cost,
            bps=line.bps,
            scores=tuple(line.quote.scores.get(each) for each in Criterion),
            score=line.score,
        )


def _changes(end: date) -> Iterator[ChangeRow]:
    for law in laws():
        if law.since is None or law.since <= end:
            yield ChangeRow(title=law.title, since=law.since, effect=law.effect, source=law.source)  # fmt: skip
