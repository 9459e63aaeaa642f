"""What stands out in a client's year, as sentences a person may edit (rules.md 9.1 sheet 1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.book import ReviewBook
from creditdesk.domain.review.kpis import kpis
from creditdesk.domain.review.rows import PortfolioRow
from creditdesk.i18n import N_, Message

_MOST = 3
_CONCENTRATED = Decimal("0.25")
_DECLARED, _ACCEPTED = Decimal("0.995"), Decimal("0.8")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and what to do about it."""

    said: Message
    action: Message


def findings(book: ReviewBook) -> tuple[Finding, ...]:
    """The three that weigh most, in the order of what they can cost; fewer where the year was clean."""
    known = {each.code: each.value for each in kpis(book)}
    found = [
        *_late(book),
        *_past_extension(book),
        *_uninsured(book),
        *_undeclared(book, known["declared"]),
        *_headroom(book, known["headroom"]),
        *_concentrated(book),
        *_refused(known["accepted_amount"]),
        *_unanswered(book),
        *_dormant(known["dormant"]),
    ]
    return tuple(found[:_MOST])


def _late(book: ReviewBook) -> Iterator[Finding]:
    late = [row for row in book.duties if row.late(book.data_date)]
    if late:
        yield Finding(
            Message.of(
                N_("{count} duties were done late or are still waiting, the first is {duty} ({subject})."),
                count=len(late), duty=late[0].duty, subject=late[0].subject,
            ),
            Message(N_("Agree with the client who reports what by which safe date, and check the list every week.")),
        )  # fmt: skip


def _past_extension(book: ReviewBook) -> Iterator[Finding]:
    past = [row for row in book.ageing if row.past_extension]
    buyers = [row.buyer for row in past]
    if buyers:
        owed = Money.total(
            (each for row in past for each in row.amounts), book.currency
        )
        yield Finding(
            Message.of(
                N_(
                    "Deliveries to {buyers} are not insured: invoices are older than the maximum extension period. "
                    "{owed} are open there."
                ),
                buyers=tuple(buyers[:5]),
                owed=owed.rounded(),
            ),
            Message(
                N_(
                    "Stop deliveries to these buyers until the arrears are paid, and notify the insurer."
                )
            ),
        )


def _uninsured(book: ReviewBook) -> Iterator[Finding]:
    worst = max(book.portfolio, key=_gap, default=None)
    if worst is None or not _gap(worst):
        return
    if not worst.limit:
        yield Finding(
            Message.of(
                N_("{buyer} owes {gap} and has no credit limit: nothing of it is insured."),
                buyer=worst.buyer,
                gap=worst.balance,
            ),
            Message.of(N_("Apply for a limit on {buyer}, or sell to it against payment."), buyer=worst.buyer),
        )  # fmt: skip
        return
    yield Finding(
        Message.of(
            N_("{buyer} uses {share} % of its credit limit of {limit}: {gap} of what it owes are above it."),
            buyer=worst.buyer,
            share=round(worst.balance.amount * 100 / worst.limit.amount),
            limit=worst.limit,
            gap=Money(_gap(worst), book.currency),
        ),
        Message.of(
            N_("Apply for a higher limit on {buyer}, or bring the balance down."),
            buyer=worst.buyer,
        ),
    )  # fmt: skip


def _concentrated(book: ReviewBook) -> Iterator[Finding]:
    total = sum((row.balance.amount for row in book.portfolio), Decimal(0))
    largest = max(book.portfolio, key=lambda row: row.balance.amount, default=None)
    if largest is None or not total or largest.balance.amount / total <= _CONCENTRATED:
        return
    share = round(largest.balance.amount * 100 / total)
    yield Finding(
        Message.of(
            N_("{buyer} alone owes {share} % of all receivables."),
            buyer=largest.buyer,
            share=share,
        ),
        Message.of(
            N_("Look at {buyer}'s accounts before the renewal, and watch it monthly."),
            buyer=largest.buyer,
        ),
    )


def _undeclared(book: ReviewBook, share: Decimal | None) -> Iterator[Finding]:
    policy = book.policy
    if policy is None or share is None or share >= _DECLARED:
        return
    yield Finding(
        Message.of(
            N_("Declared were {told} of {whole} insurable turnover: {share} %."),
            told=policy.declared,
            whole=policy.insurable,
            share=_percent(share),
        ),
        Message(N_("Declare the rest, and hold every declaration against the ledger before it is sent.")),
    )  # fmt: skip


def _headroom(book: ReviewBook, times: Decimal | None) -> Iterator[Finding]:
    if times is None or times >= 1 or book.policy is None:
        return
    peak = max(row.insured for row in book.months)
    yield Finding(
        Message.of(
            N_(
                "The maximum liability {most} is less than what was insured at its peak, {peak}: "
                "one bad year exceeds it."
            ),
            most=book.policy.max_liability,
            peak=peak,
        ),
        Message(N_("Ask for a higher maximum liability at the renewal.")),
    )  # fmt: skip


def _refused(share: Decimal | None) -> Iterator[Finding]:
    if share is not None and share < _ACCEPTED:
        yield Finding(
            Message.of(N_("Of the limits asked for {share} % were approved."), share=_percent(share)),
            Message(N_("Give the insurer newer papers of the buyers it cut, and ask others what they would approve.")),
        )  # fmt: skip


def _dormant(count: Decimal | None) -> Iterator[Finding]:
    if count:
        yield Finding(
            Message.of(N_("{count} limits are on buyers who bought nothing for 90 days."), count=int(count)),
            Message(N_("Give back the limits nobody uses: they cost fees and room under the policy.")),
        )  # fmt: skip


def _percent(share: Decimal) -> Decimal:
    return (share * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _unanswered(book: ReviewBook) -> Iterator[Finding]:
    asked = [row for row in book.limits if row.applied and not row.decided]
    waiting = [row.buyer for row in asked]
    if waiting:
        amounts = (row.requested for row in asked if row.requested is not None)
        whole = Money.total(amounts, book.currency)
        yield Finding(
            Message.of(
                N_("Limit applications without an answer: {buyers}, {whole} in all."),
                buyers=tuple(waiting[:5]),
                whole=whole,
            ),
            Message(N_("Ask the insurer for its answers.")),
        )


def _gap(row: PortfolioRow) -> Decimal:
    return max(Decimal(0), row.balance.amount - row.insured.amount)
