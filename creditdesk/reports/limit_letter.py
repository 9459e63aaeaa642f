"""What the insurer is asked about a buyer's limit, as a letter (信用限额申请书)."""

from collections.abc import Iterator
from functools import partial

from creditdesk.domain.cover.codes import METHOD_TITLES, RequestKind
from creditdesk.domain.cover.limit_request import LimitRequestDraft
from creditdesk.domain.policy.choices import PaymentMethod
from creditdesk.i18n import N_, Words
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.letter import Content

_BLANK = "________"


def content(draft: LimitRequestDraft, words: Words) -> Content:
    """Parties, the limit in force and the one that is asked for, and what the ledger says."""
    at_once = words("the day of your decision")
    return Content(
        sender=draft.policyholder.name,
        on=draft.on,
        head=f"{draft.policy_no} · {draft.policyholder.name} / {draft.buyer.name}",
        reference=draft.policy_no,
        places={
            "insurer": draft.insurer.name,
            "policyholder": draft.policyholder.name,
            "buyer": draft.buyer.name,
            "policy_no": draft.policy_no,
            "policy_start": style.day(draft.policy_start),
            "policy_end": style.day(draft.policy_end),
            "in_force": style.money(draft.in_force) or words("none in force"),
            "in_force_until": style.day(draft.in_force_until) or words("revoked"),
            "decision_no": draft.decision_no or words("not known"),
            "amount": style.money(draft.amount) or _BLANK,
            "wanted_from": style.day(draft.wanted_from) or at_once,
            "reason": draft.reason,
            "on": style.day(draft.on),
        },
        draw=partial(_facts, draft=draft),
    )


def _facts(document: Document, *, draft: LimitRequestDraft) -> None:
    words = document.words
    for heading, facts in (
        (words("The request"), _asked(draft, words)),
        (words("The buyer"), _buyer(draft, words)),
        (words("Our ledger on {on}", on=style.day(draft.on)), _ledger(draft, words)),
    ):
        document.space(4)
        document.heading(heading)
        document.facts(list(facts))


def _asked(draft: LimitRequestDraft, words: Words) -> Iterator[tuple[str, str]]:
    if draft.amount is not None:
        yield words("Amount asked for"), style.money(draft.amount)
    if draft.in_force is not None:
        until = style.day(draft.in_force_until)
        shown = style.money(draft.in_force)
        yield words("Limit in force"), f"{shown}  → {until}" if until else shown
    if draft.kind is RequestKind.CANCELLATION:
        return
    if draft.payment_method:
        method = METHOD_TITLES[PaymentMethod(draft.payment_method)]
        yield words("Payment by"), words(method)
    if draft.max_term_days is not None:
        days = _days(draft.max_term_days, words)
        yield words("Longest payment term"), days


def _buyer(draft: LimitRequestDraft, words: Words) -> Iterator[tuple[str, str]]:
    buyer = draft.buyer
    yield words("Name"), buyer.name
    yield words("Registration no."), buyer.code or words("not known")
    for name, text in (
        (words("Country"), buyer.country),
        (words("Address"), buyer.address),
        (words("Contact"), buyer.contact),
    ):
        if text:
            yield name, text


def _ledger(draft: LimitRequestDraft, words: Words) -> Iterator[tuple[str, str]]:
    figures, none = draft.figures, words("none")
    sold = style.joined(map(style.money, figures.turnover), words)
    owed = style.joined(map(style.money, figures.balance), words)
    late = style.joined(map(style.money, figures.overdue), words)
    yield words("Sales of twelve months"), sold or none
    yield words("Balance"), owed or none
    yield words("Of it overdue"), late or none
    if figures.oldest_days is not None:
        yield (
            words("Oldest overdue"),
            _days(figures.oldest_days, words),
        )


def _days(count: int, words: Words) -> str:
    return words.plural(N_("{count} day"), N_("{count} days"), count)
