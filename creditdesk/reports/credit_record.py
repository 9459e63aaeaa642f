"""The second half of a credit report: who the buyer is, what others think, what was said and decided."""

from collections.abc import Iterable, Iterator, Sequence

from creditdesk.catalog.claim_forms import facts
from creditdesk.domain.cover.codes import METHOD_TITLES
from creditdesk.domain.cover.discretionary import BASIS_TITLES
from creditdesk.domain.cover.trade_terms import PARTY_TITLES
from creditdesk.domain.credit.buyer_events import EVENT_TITLES, BuyerEventKind
from creditdesk.domain.credit.contacts import (
    DIRECTION_TITLES,
    PROMISE_TITLES,
    WAY_TITLES,
)
from creditdesk.domain.credit.credit_rules import DEPARTURE_WORDS
from creditdesk.domain.credit.deciding import VERDICT_TITLES
from creditdesk.domain.credit.facts import FORMS, value_words
from creditdesk.domain.policy.choices import PaymentMethod
from creditdesk.i18n import N_, Words
from creditdesk.paper.page import FINE, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.credit_file import CreditFile
from creditdesk.reports.credit_grounds import quiet
from creditdesk.services.credit import ContactLine, DecisionLine
from creditdesk.services.policies import STATE_TITLES, LimitLine

_FIRST = 110.0
"""Points that a heading and the first rows of its list take, which stay together."""


def draw(document: Document, file: CreditFile) -> None:
    """Write it."""
    say = document.words
    document.heading(say(N_("7  Identity, group, contacts, terms, securities")))
    document.facts(list(_identity(file, say)))
    _trade(document, file)
    _table(
        document,
        N_("8  Limits of the insurer"),
        (N_("Valid from"), N_("Valid to"), N_("State"), N_("Amount"), N_("Terms")),
        [_limit(each, say) for each in file.limits],
    )
    for ground in file.grounds:
        text = N_("Discretionary limit of {amount}: {basis}, evidence of {day}, carries until {until}.")  # fmt: skip
        quiet(
            document,
            say(
                text,
                amount=style.money(ground.amount),
                basis=say(BASIS_TITLES[ground.basis]),
                day=style.day(ground.evidence_date),
                until=style.day(ground.until),
            ),
        )
    _table(
        document,
        N_("9  Ratings of agencies and insurers"),
        (N_("As of"), N_("By"), N_("Scheme"), N_("Value"), N_("Paper")),
        [
            (
                style.day(each.as_of),
                each.giver,
                f"{each.scheme} ({say(DIRECTION_TITLES[each.direction])})",
                each.value,
                _paper(each.document_id, say),
            )
            for each in file.grades
        ],
    )
    _table(
        document,
        N_("10  Registers and facts, “nothing found” among them"),
        (N_("Day"), N_("What"), N_("Value and remark"), N_("Until"), N_("Paper")),
        list(_facts(file, say)),
    )
    _table(
        document,
        N_("11  Incidents and confirmations"),
        (N_("Known on"), N_("What"), N_("Remark"), N_("Paper")),
        [
            (
                style.day(each.known_on),
                say(EVENT_TITLES[BuyerEventKind(each.kind)]),
                each.note,
                _paper(each.document_id, say),
            )
            for each in file.events
        ],
    )
    _table(
        document,
        N_("12  Calls, visits, letters and promises"),
        (N_("Day"), N_("How, with whom"), N_("What was said"), N_("Promise")),
        [_contact(each, say) for each in file.contacts],
    )
    _table(
        document,
        N_("13  Decisions"),
        (N_("Day"), N_("Decision"), N_("Why, and on which figures"), N_("Allowed by")),
        [_decision(each, say) for each in file.decisions],
    )
    _table(
        document,
        N_("14  Scores kept"),
        (N_("Day"), N_("Score"), N_("Grade"), N_("By")),
        [
            (style.day(each.as_of), str(each.score), each.grade or "", each.who)
            for each in file.scores
        ],
    )
    line = file.timeline
    _table(
        document,
        N_("15  Timeline, the newest first"),
        (N_("Day"), N_("What"), N_("Detail")),
        [
            (
                style.day(each.on),
                say.say(each.title),
                say.say(each.detail) if each.detail else "",
            )
            for each in line.entries
        ],
    )
    if line.earlier:
        quiet(
            document,
            say.plural(
                N_("{count} earlier entry in the desk."),
                N_("{count} earlier entries in the desk."),
                line.earlier,
            ),
        )
    _sources(document, file)


def _table(document: Document, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:  # fmt: skip
    """A part with its list, or that there is nothing; the last but one or widest column takes most room."""
    say = document.words
    document.need(_FIRST)
    document.heading(say(title))
    if not rows:
        quiet(document, say(N_("None on record.")))
        return
    longest = [max((len(row[at]) for row in rows), default=1) for at in range(len(heads))]  # fmt: skip
    shares = [min(max(each, 9), 40) for each in longest]
    columns = [Column(say(head), share) for head, share in zip(heads, shares, strict=True)]  # fmt: skip
    document.table(columns, [Row(tuple(Cell(text, size=FINE) for text in row)) for row in rows], tight=5)  # fmt: skip


def _identity(file: CreditFile, say: Words) -> Iterator[tuple[str, str]]:
    card, unknown = file.buyer.card, say(N_("not known"))
    yield say(N_("Name")), card.name
    yield say(N_("Also called")), style.joined(file.buyer.aliases, say) or "\u2013"
    yield say(N_("Unified social credit code")), card.uscc or unknown
    yield say(N_("Country, address")), f"{card.country}  {card.address}".strip()
    yield say(N_("Contact")), card.contact or unknown
    for key, fact in facts().items():
        if (
            key.startswith("buyer.")
            and key in file.particulars
            and key not in {"buyer.address", "buyer.contact"}
        ):
            yield fact.label.in_language(say.language), file.particulars[key]
    yield say(N_("Agreed term")), card.term or unknown
    yield say(N_("Remark")), card.note or "\u2013"


def _trade(document: Document, file: CreditFile) -> None:
    """Contract, invoices, limit and parties, and what of them differs."""
    say, found = document.words, file.terms
    days = found.invoice_days
    shown = say(N_("{low} to {high} days"), low=days[0], high=days[1]) if days else say(N_("not known"))  # fmt: skip
    limit = say.say(found.limit_term) if found.limit_term else say(N_("sets no term"))
    facts_ = [
        (say(N_("Invoices of twelve months")), shown),
        (say(N_("Limit and policy")), limit),
        *((say(PARTY_TITLES[each.party]), f"{each.name}  {style.money(each.amount)}".strip()) for each in found.flows),
    ]  # fmt: skip
    document.facts(facts_)
    for each in found.differences:
        document.text(say.say(each), size=FINE, bold=True)


def _limit(line: LimitLine, say: Words) -> tuple[str, ...]:
    terms = (
        say(METHOD_TITLES[PaymentMethod(line.payment_method)]) if line.payment_method else "",
        line.max_term or (say(N_("{number} days"), number=line.max_term_days) if line.max_term_days else ""),
        f"{line.insured_pct.normalize():f} %" if line.insured_pct else "",
        line.condition,
    )  # fmt: skip
    amount = style.money(line.temporary or line.amount) if line.amount or line.temporary else ""  # fmt: skip
    return (
        style.day(line.start),
        style.day(line.end),
        say(STATE_TITLES[line.stage]),
        amount,
        style.joined(filter(None, terms), say),
    )


def _facts(file: CreditFile, say: Words) -> Iterator[tuple[str, ...]]:
    for each in file.facts:
        value = say.name(value_words(each.kind, each.value))
        said = style.joined(filter(None, (value, each.note)), say)
        yield (
            style.day(each.on),
            say(FORMS[each.kind].title),
            said,
            style.day(each.ended_on),
            _paper(each.document_id, say),
        )


def _paper(document: int | None, say: Words) -> str:
    return say(N_("kept")) if document is not None else say(N_("none"))


def _contact(each: ContactLine, say: Words) -> tuple[str, ...]:
    promise = ""
    if each.outcome is not None:
        parts = (
            say(PROMISE_TITLES[each.outcome]),
            style.money(each.promised),
            style.day(each.promised_on),
        )
        promise = " ".join(filter(None, parts))
    how = style.joined(filter(None, (say(WAY_TITLES[each.way]), each.person)), say)
    return style.day(each.on), how, each.said, promise


def _decision(each: DecisionLine, say: Words) -> tuple[str, ...]:
    verdict = say(VERDICT_TITLES[each.verdict])
    text = (
        say(
            N_("{verdict}, up to {amount}"),
            verdict=verdict,
            amount=style.money(each.amount),
        )
        if each.amount
        else verdict
    )
    figures = each.figures
    ground = say(
        N_("score {score}, grade {grade}, balance {balance}"),
        score=figures.get("score") or "\u2013",
        grade=figures.get("grade") or "\u2013",
        balance=figures.get("balance") or "\u2013",
    )
    allowed = each.who
    if each.waits:
        allowed = say(N_("waits for {approver}"), approver=each.approver)
    elif each.approved_by:
        allowed = f"{each.approved_by} {style.day(each.approved_on)}"
    departs = [say(DEPARTURE_WORDS[code]) for code in each.departures]
    if departs:
        departs.append(say(N_("departure allowed by {who}"), who=each.allowed_by))
    why = style.joined(filter(None, (each.terms, each.reason, ground, *departs)), say)
    return style.day(each.on), text, why, allowed


def _sources(document: Document, file: CreditFile) -> None:
    say = document.words
    document.heading(say(N_("16  Sources and what is missing")))
    text = N_(
        "Ledger of {client} up to {day}; statements, ratings, register entries and contacts as kept in the desk; "
        "limits as the insurer decided them. No register or agency was asked by the program."
    )
    document.text(say(text, client=file.client.name, day=style.day(file.on)), size=FINE)
    missing = style.joined(_said(file, say), say)
    document.space(4)
    words = (
        say(N_("Not known: {missing}."), missing=missing)
        if missing
        else say(N_("Nothing that the report asks is missing."))
    )
    document.text(words, size=FINE, bold=True)
    for remark in file.rating.remarks:
        quiet(document, say.say(remark))


def _said(file: CreditFile, say: Words) -> Iterable[str]:
    return map(say.say, file.missing)
