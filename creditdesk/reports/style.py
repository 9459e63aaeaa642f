"""How figures, dates and names stand on paper, the same in every report."""

from collections.abc import Iterable
from datetime import date

from creditdesk.domain.base.capitals import capitals
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Deadline, Party
from creditdesk.domain.claim.claims import (
    CAUSE_TITLES,
    SUPPLIER_TITLES,
    Cause,
    Supplier,
)
from creditdesk.domain.claim.forms import Field, Value
from creditdesk.i18n import N_, Bilingual, Words

REASONS = {
    "NO_LIMIT": N_("no limit"),
    "LIMIT_ZERO": N_("limit at zero"),
    "BEFORE_LIMIT": N_("shipped before the limit"),
    "AFTER_EXPIRY": N_("shipped after the limit expired"),
    "WRONG_ENTITY": N_("another company than the limit names"),
    "METHOD": N_("payment method not approved"),
    "TERM": N_("payment term too long"),
    "CONDITION": N_("condition not met"),
    "STOPPED": N_("shipped after the stop"),
    "KNOWN_RISK": N_("after the risk was known; the insurer may refuse"),
    "OUT_OF_PERIOD": N_("outside the policy period"),
    "NOT_DECLARED": N_("not declared"),
    "LATE_INVOICE": N_("invoiced too late"),
    "EXCLUDED_BUYER": N_("excluded buyer"),
    "DCL_UNJUSTIFIED": N_("discretionary limit not justified"),
    "RETENTION": N_("retention, not insured"),
    "RETENTION_UNSAID": N_("retention; whether it is insured isn't known"),
    "DISPUTED": N_("disputed"),
    "OPENING": N_("opening balance"),
    "REFUND": N_("money paid back"),
}
"""Words for the codes of rules.md 3.2."""


def figure(amount: Money | None) -> str:
    """The amount without its currency, for columns that state it once; empty for none."""
    if amount is None:
        return ""
    return f"{amount.rounded().amount:,f}".replace("-", "\u2212")


def money(amount: Money | None) -> str:
    """The amount with its currency's code, as sentences have it, unbroken; empty for none."""
    return "" if amount is None else unbroken(str(amount))


def unbroken(text: str) -> str:
    """What is read as one, like the number of an account, on one line."""
    return text.replace(" ", "\u00a0")


def spelled(amount: Money, words: Words) -> str:
    """In capitals for Chinese paper; nothing in English, where figures are enough."""
    return capitals(amount) if words.language == "zh" else ""


def day(on: date | None) -> str:
    """ISO in both languages: nobody can mistake the month for the day."""
    return on.isoformat() if on else ""


def due(on: date | None, words: Words) -> str:
    """A due date; where nobody knows it, that is said. rules.md 14.1."""
    return day(on) or words("due date open")


def party(who: Party | None) -> str:
    """Name and registration code."""
    return f"{who.name}  {who.code}".strip() if who else ""


def period(start: date, end: date, words: Words) -> str:
    """From one day to another, both included."""
    return words("{start} to {end}", start=day(start), end=day(end))


def deadline(due: Deadline | None, words: Words) -> str:
    """The legal date, and the safe one where it is earlier."""
    if due is None:
        return ""
    if due.legal == due.safe:
        return day(due.legal)
    return words("{legal} (safe date {safe})", legal=day(due.legal), safe=day(due.safe))


def cause(why: Cause, words: Words) -> str:
    """The cause of loss."""
    return words(CAUSE_TITLES[why])


def suppliers(who: tuple[Supplier, ...], words: Words) -> str:
    """Who supplies a paper."""
    return joined((words(SUPPLIER_TITLES[one]) for one in who), words)


def reasons(codes: tuple[str, ...], words: Words) -> str:
    """Why an invoice isn't covered, in words."""
    return joined((words(REASONS.get(code, code)) for code in codes), words)


def joined(parts: Iterable[str], words: Words) -> str:
    """A list in words."""
    return words.list(parts)


def answer(field: Field, words: Words) -> str:
    """What stands in a field: its values one after the other; the amount claimed of Chinese paper in capitals, too."""
    said = joined((value(each, words) for each in field.values), words)
    if field.fact.key == "claim.amount":
        amounts = (each for each in field.values if isinstance(each, Money))
        capital = (spelled(each, words) for each in amounts)
        return "  ".join((said, *filter(None, capital)))
    return said


def value(known: Value, words: Words) -> str:
    """One value of a field."""
    if isinstance(known, Money):
        return money(known)
    if isinstance(known, date):
        return day(known)
    if isinstance(known, Bilingual):
        return known.in_language(words.language)
    return words.name(known)
