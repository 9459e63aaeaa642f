"""The first page of a credit report: who, the verdict, four figures, where the points come from, for and against."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.deciding import VERDICT_TITLES
from creditdesk.domain.credit.facts import FactKind
from creditdesk.domain.credit.scorecard import (
    GRADE_TITLES,
    GROUP_TITLES,
    Group,
    Point,
    fixed,
    plain,
)
from creditdesk.i18n import N_, Message, Words
from creditdesk.paper import graphs, halves
from creditdesk.paper.page import FINE, SMALL
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.credit_file import CreditFile
from creditdesk.services.policies import Verdict

_SHIP = {
    Verdict.YES: N_("Shipping today: yes, under cover, up to {room}."),
    Verdict.PART: N_("Shipping today: partly under cover, up to {room}."),
    Verdict.NO: N_("Shipping today: no cover."),
    Verdict.UNKNOWN: N_("Shipping today: whether it is covered can't be said."),
}
_MOST = 4


def draw(document: Document, file: CreditFile) -> None:
    """Write it onto the page."""
    say = document.words
    document.text(say(N_("Credit report on a buyer")), size=20, bold=True)
    about = say(N_("{buyer}; prepared for {client}"), buyer=file.buyer.card.name, client=file.client.name)  # fmt: skip
    document.text(about, tone="quiet")
    document.space(4)
    halves.pairs(document, list(_identity(file, say)))
    _verdict(document, file)
    document.space(10)
    graphs.figures(document, list(_figures(file, say)))
    document.heading(say(N_("Where the points come from")))
    longest = max(_most(file, group) for group in Group)
    graphs.tracks(document, [_track(file, group, say) for group in Group], longest=longest)  # fmt: skip
    _reasons(document, file)
    document.seals((say(N_("Prepared by (seal)")), say(N_("Seen by the client"))), say("Date"), high=58)  # fmt: skip


def _identity(file: CreditFile, say: Words) -> Iterator[tuple[str, str]]:
    card = file.buyer.card
    valid = file.buyer.check is not None and file.buyer.check.valid
    code = f"✓ {card.uscc}" if valid else card.uscc
    unknown = say(N_("not known"))
    founded = file.fact(FactKind.FOUNDED)
    checked = file.fact(FactKind.REGISTER_CLEAN)
    yield say("Buyer"), card.name
    yield say(N_("Trade")), _trade(file, say) or unknown
    yield say(N_("Registration")), code or unknown
    yield say(N_("Agreed term")), card.term or unknown
    yield say(N_("Founded")), style.day(founded.on) if founded else unknown
    newest = next(iter(file.statements), None)
    yield say(N_("Statement")), style.day(newest.sheet.period_end) if newest else say(N_("none"))  # fmt: skip
    found = (
        say(N_("nothing found, {day}"), day=style.day(checked.on))
        if checked
        else say(N_("not looked at"))
    )
    yield say(N_("Register")), found
    yield say(N_("As of")), style.day(file.on)


def _trade(file: CreditFile, say: Words) -> str:
    """Since when one trades, or since when the books tell of it, which may be later."""
    began, first = file.fact(FactKind.TRADING_SINCE), file.rating.paying.first
    if began is not None:
        return say(N_("since {day}"), day=style.day(began.on))
    return say(N_("books since {day}"), day=style.day(first)) if first else ""


def _verdict(document: Document, file: CreditFile) -> None:
    say, score = document.words, file.rating.rating.score
    document.space(8)
    known = fixed(score.completeness * 100, 0)
    grade = f"{score.grade}  " if score.grade else ""
    word = say(GRADE_TITLES.get(score.grade, score.grade)) if score.grade else say(N_("Insufficient data"))  # fmt: skip
    document.text(f"{grade}{score.score} / 100  {word}", size=20, bold=True)
    for sentence in conclusion(file):
        document.text(say.say(sentence), bold=True)
    for sentence in besides(file):
        document.text(say.say(sentence), size=SMALL)
    document.space(6)
    boxes = [
        graphs.Box(each.grade, _span(each.from_score, top), own=each.grade == score.grade)
        for each, top in zip(score.card.grades, _tops(file), strict=True)
    ]  # fmt: skip
    graphs.scale(document, boxes)
    text = N_(
        "{share} % of the weights are known. A default within a year is put at {pd} %: "
        "an illustration that was never calibrated."
    )
    own = next((each for each in score.card.grades if each.grade == score.grade), None)
    said = (
        say(text, share=known, pd=f"{own.pd_pct:f}")
        if own
        else say(
            N_("{share} % of the weights are known: too little for a grade."),
            share=known,
        )
    )
    document.text(said, size=FINE, tone="quiet")


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}\u2013{high}"


def _tops(file: CreditFile) -> Iterator[int]:
    grades = file.rating.rating.score.card.grades
    yield 100
    for above in grades[:-1]:
        yield above.from_score - 1


def conclusion(file: CreditFile) -> Iterator[Message]:
    """What was decided, or what the figures say, and what to ask of the insurer: two sentences."""
    limits, decision = file.rating.limits, file.decision
    if decision is not None:
        text = (
            N_("Decided on {day}: {verdict}, up to {amount}.")
            if decision.amount
            else N_("Decided on {day}: {verdict}.")
        )
        yield Message.of(
            text,
            day=style.day(decision.on),
            verdict=Message(VERDICT_TITLES[decision.verdict]),
            amount=style.money(decision.amount),
        )
    elif limits.own is None:
        yield Message(N_("Nothing was decided; too little is known for an own limit."))
    elif limits.own:
        yield Message.of(
            N_(
                "Nothing was decided; by its score a balance of up to {amount} can be borne."
            ),
            amount=style.money(limits.own),
        )
    else:
        yield Message(N_("Nothing was decided; by its score no credit at own risk."))
    yield _to_ask(limits.ask, file.rating.limit)


def _to_ask(ask: Money | None, limit: Money | None) -> Message:
    if ask is None:
        return Message(N_("What to ask the insurer for can't be worked out: the books hold too little."))  # fmt: skip
    if limit is None:
        return Message.of(
            N_("No limit of the insurer is in force; ask for {amount}."),
            amount=style.money(ask),
        )
    if limit.currency != ask.currency or limit < ask:
        return Message.of(
            N_("The insurer's limit is {limit}; ask for {amount}."),
            limit=style.money(limit),
            amount=style.money(ask),
        )
    return Message.of(
        N_("The insurer's limit of {limit} is enough for the need."),
        limit=style.money(limit),
    )


def besides(file: CreditFile) -> Iterator[Message]:
    """May one still ship, until when; approval that is missing; what bounds the score; open warnings."""
    ship, score = file.ship, file.rating.rating.score
    yield Message.of(_SHIP[ship.verdict], room=style.money(ship.room))
    if ship.until is not None and ship.until_why is not None:
        yield Message.of(N_("Until {day}: {why}."), day=style.day(ship.until), why=ship.until_why)  # fmt: skip
    yield from (each.said for each in ship.obstacles[:2])
    if file.decision is not None and file.decision.waits:
        yield Message.of(
            N_("The decision waits for the approval of {approver}."),
            approver=file.decision.approver,
        )
    for cap in score.caps:
        yield cap.reason
    if file.open_warnings:
        titles = tuple(each.warned.kind.title for each in file.open_warnings[:_MOST])
        yield Message.of(N_("Warnings without an answer: {titles}."), titles=titles)


def _figures(file: CreditFile, say: Words) -> Iterator[tuple[str, str, str]]:
    rating, paying = file.rating, file.rating.paying
    currency = rating.currency
    count = sum(len(account.documents) for account in file.owed if account.unapplied.currency == currency)  # fmt: skip
    yield (
        say(N_("Balance ({currency})"), currency=currency),
        style.figure(rating.balance),
        say.plural(N_("{count} document"), N_("{count} documents"), count),
    )
    late = (
        say.plural(
            N_("oldest {count} day"), N_("oldest {count} days"), paying.oldest_overdue
        )
        if paying.oldest_overdue
        else say(N_("nothing is late"))
    )
    yield say(N_("Of it overdue")), style.figure(rating.overdue), late
    used = f"{fixed(rating.used_pct, 1)} %" if rating.used_pct is not None else "\u2013"
    limit = (
        say(N_("limit {amount}"), amount=style.figure(rating.limit))
        if rating.limit
        else say(N_("no limit in force"))
    )
    yield say(N_("Limit used")), used, limit
    found = rating.rating.payments
    index = fixed(found.index, 0) if found else "\u2013"
    yield say(N_("Payment index")), index, say(N_("PAYDEX scale, this seller only"))


def _most(file: CreditFile, group: Group) -> int:
    return sum(each.indicator.max for each in file.points(group))


def _track(file: CreditFile, group: Group, say: Words) -> graphs.Track:
    points = file.points(group)
    reached, most = sum(each.points for each in points), _most(file, group)
    known = sorted((each for each in points if each.known), key=lambda each: -each.indicator.max)  # fmt: skip
    said = style.joined((value_of(each, say) for each in known[:_MOST]), say)
    return graphs.Track(
        say(GROUP_TITLES[group]),
        reached,
        most,
        f"{reached} / {most}",
        said or say(N_("nothing is known")),
    )


def value_of(point: Point, say: Words) -> str:
    """An indicator with its value, as short as it goes."""
    shown = dict(point.reason.places)["value"]
    words = say("{value}", value=shown).replace("-", "\u2212")
    number, _, unit = words.partition(" ")
    if unit in _UNITS:
        words = say(_UNITS[unit], number=number)
    return f"{point.indicator.title.in_language(say.language)} {words}"


_UNITS = {"d": N_("{number} days"), "y": N_("{number} years")}


def _reasons(document: Document, file: CreditFile) -> None:
    say = document.words
    good, bad = (tuple(each) for each in (_for(file), _against(file)))
    document.space(8)
    titles = (say(N_("+ For")), say(N_("\u2212 Against")))
    said = ([value_of(each, say) for each in some] or [say(N_("nothing known"))] for some in (good, bad))  # fmt: skip
    halves.lists(document, list(zip(titles, said, strict=True)))


def _for(file: CreditFile) -> list[Point]:
    """What has all its points, the weightiest first."""
    points = file.rating.rating.score.points
    full = [each for each in points if each.known and each.points == each.indicator.max]
    return sorted(full, key=lambda each: -each.indicator.max)[:_MOST]


def _against(file: CreditFile) -> list[Point]:
    """Where most points were lost, of what is known."""
    points = file.rating.rating.score.points
    lost = [each for each in points if each.known and each.points < each.indicator.max]
    return sorted(lost, key=lambda each: each.points - each.indicator.max)[:_MOST]


def percent(value: Decimal | Fraction | None) -> str:
    """A share as per cent with one digit; empty for none."""
    return "" if value is None else f"{plain(Fraction(value) * 100, 1)} %"
