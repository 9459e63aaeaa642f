"""Is a claim ready? The ten reasons insurers refuse for, tested beforehand (rules.md 5.2)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.naming import Name
from creditdesk.i18n import N_, Message


class Verdict(StrEnum):
    """What a test found."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One of the ten tests, answered in words."""

    code: str
    title: Message
    verdict: Verdict
    words: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """What the tests look at. Tuples hold invoice numbers; None means nobody knows yet.

    `claim_by` is the safe date of duty D20, `today` the day the claim would be filed. `same_entity`: the registration
    code of the insured buyer equals the invoiced one. `shipped_since`: what left after `stopped_since`, the last
    insured day for shipping, or where there was none the day the claim was opened.
    """

    today: date
    claim_by: date | None = None
    filed_on: date | None = None
    unproven_deliveries: tuple[Name, ...] | None = None
    discretionary_unjustified: tuple[Name, ...] | None = ()
    shipped_after_stop: tuple[Name, ...] | None = ()
    shipped_at_known_risk: tuple[Name, ...] | None = ()
    undeclared: tuple[Name, ...] | None = ()
    premium_overdue: Money | None = None
    disputed: tuple[Money, ...] = ()
    same_entity: bool | None = None
    stopped_since: date | None = None
    shipped_since: tuple[Name, ...] = ()
    without_limit: tuple[Name, ...] | None = ()
    missing_items: tuple[str, ...] = ()


def findings(facts: ClaimFacts) -> tuple[Finding, ...]:
    """The ten tests in the order of rules.md 5.2."""
    return tuple(_finding(code, title, test(facts)) for code, title, test in _TESTS)


def ready(found: tuple[Finding, ...]) -> bool:
    """No test is bad; what nobody knows doesn't block, it is shown."""
    return all(finding.verdict is not Verdict.BAD for finding in found)


_Answer = tuple[Verdict, Message]


def _finding(code: str, title: str, answer: _Answer) -> Finding:
    verdict, said = answer
    return Finding(code, Message(title), verdict, said)


def _good(text: str, **places: object) -> _Answer:
    return Verdict.GOOD, Message.of(text, **places)


def _bad(text: str, **places: object) -> _Answer:
    return Verdict.BAD, Message.of(text, **places)


def _unknown(text: str, **places: object) -> _Answer:
    return Verdict.UNKNOWN, Message.of(text, **places)


def _in_time(facts: ClaimFacts) -> _Answer:
    if facts.claim_by is None:
        return _unknown(N_("The policy's term for filing is not entered."))
    on = facts.filed_on or facts.today
    if on > facts.claim_by:
        return _bad(
            N_("The claim had to be filed by {by}; {on} is later."),
            by=facts.claim_by,
            on=on,
        )
    days = (facts.claim_by - on).days
    return _good(
        N_("To be filed by {by}; {days} days are left."), by=facts.claim_by, days=days
    )


def _delivered(facts: ClaimFacts) -> _Answer:
    if facts.unproven_deliveries is None:
        return _unknown(N_("Nobody has checked yet whether every delivery is proven."))
    if facts.unproven_deliveries:
        return _bad(
            N_("No proof of delivery for {invoices}."),
            invoices=facts.unproven_deliveries,
        )
    return _good(N_("Every delivery is proven."))


def _not_calculated() -> _Answer:
    return _unknown(
        N_("An exchange rate is missing; enter it, then the cover of each invoice can be told.")
    )  # fmt: skip


def _discretionary(facts: ClaimFacts) -> _Answer:
    if facts.discretionary_unjustified is None:
        return _not_calculated()
    if facts.discretionary_unjustified:
        return _bad(
            N_("The discretionary limit is not justified for {invoices}."),
            invoices=facts.discretionary_unjustified,
        )
    return _good(N_("No invoice relies on an unjustified discretionary limit."))


def _no_shipment_into_default(facts: ClaimFacts) -> _Answer:
    if facts.shipped_after_stop is None:
        return _not_calculated()
    if facts.shipped_after_stop:
        return _bad(
            N_("Shipped after deliveries had to stop: {invoices}."),
            invoices=facts.shipped_after_stop,
        )
    if facts.shipped_at_known_risk:
        return _bad(
            N_("Shipped after the risk was known, which the insurer may refuse: {invoices}."),
            invoices=facts.shipped_at_known_risk,
        )  # fmt: skip
    return _good(N_("Nothing was shipped after deliveries had to stop."))


def _declared_and_paid(facts: ClaimFacts) -> _Answer:
    if facts.undeclared is None:
        return _unknown(
            N_(
                "Whether every shipment is declared and the premium paid is not entered."
            )
        )
    if facts.undeclared:
        return _bad(
            N_("Not declared to the insurer: {invoices}."), invoices=facts.undeclared
        )
    if facts.premium_overdue:
        return _bad(N_("Premium of {amount} is overdue."), amount=facts.premium_overdue)
    if facts.premium_overdue is None:
        return _unknown(
            N_(
                "Every shipment is declared; whether the premium is paid is not entered."
            )
        )
    return _good(N_("Every shipment is declared and the premium is paid."))


def _undisputed(facts: ClaimFacts) -> _Answer:
    if any(facts.disputed):
        return _bad(
            N_("The buyer disputes {amounts}; this part is held."),
            amounts=facts.disputed,
        )
    return _good(N_("The buyer disputes nothing."))


def _right_entity(facts: ClaimFacts) -> _Answer:
    if facts.same_entity is None:
        return _unknown(
            N_(
                "The buyer's registration code is not entered, so the debtor can't be compared with the limit."
            )
        )
    if not facts.same_entity:
        return _bad(N_("The company invoiced is not the company the limit names."))
    return _good(N_("The company invoiced is the company the limit names."))


def _stopped(facts: ClaimFacts) -> _Answer:
    since = facts.stopped_since
    if since is None:
        return _unknown(
            N_("Nobody has recorded whether deliveries to the buyer have stopped.")
        )
    if facts.shipped_since:
        return _bad(
            N_("By the ledger goods left for the buyer after {since}: {invoices}."),
            since=since,
            invoices=facts.shipped_since,
        )
    return _good(
        N_("By the ledger nothing left for the buyer after {since}."), since=since
    )


def _limit(facts: ClaimFacts) -> _Answer:
    if facts.without_limit is None:
        return _not_calculated()
    if facts.without_limit:
        return _bad(
            N_("No limit was in force when {invoices} were shipped."),
            invoices=facts.without_limit,
        )
    return _good(N_("A limit was in force for every shipment."))


def _documents(facts: ClaimFacts) -> _Answer:
    if facts.missing_items:
        return _bad(N_("Still missing: {items}."), items=facts.missing_items)
    return _good(N_("Every mandatory document is there."))


_TESTS: tuple[tuple[str, str, Callable[[ClaimFacts], _Answer]], ...] = (
    ("late_filing", N_("Filed in time"), _in_time),
    ("delivery_proof", N_("Proof of delivery or export"), _delivered),
    (
        "discretionary_limit",
        N_("Discretionary limit kept to its rules"),
        _discretionary,
    ),
    ("shipped_into_default", N_("No shipment into default"), _no_shipment_into_default),
    ("declared_and_paid", N_("Shipments declared, premium paid"), _declared_and_paid),
    ("dispute", N_("No open dispute"), _undisputed),
    ("legal_entity", N_("The right company"), _right_entity),
    ("account_on_stop", N_("Deliveries stopped"), _stopped),
    ("limit_in_force", N_("Approved limit"), _limit),
    ("documents", N_("Documents complete"), _documents),
)
