"""The client's own credit rules on paper (信用管理制度), from the rules as data."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.credit_rules import GRADES, UNGRADED, CreditRules
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources


class RulesMissing(UserError):
    """Nothing to print."""

    message = N_("{client} has no credit rules on {day} yet. Enter them first.")


def write(
    client: str, rules: CreditRules, on: date, path: Path, language: Language
) -> int:
    """Write them; the answer is the pages."""
    say = words(language)
    title = say(REPORT.title)
    document = Document(language, f"{client} {title}")
    document.page()
    document.letterhead(client, style.day(on))
    document.space(16)
    document.text(f"{client}  {title}", size=18, bold=True)
    document.text(
        say(
            N_("In force since {day}; amounts in {currency}"),
            day=style.day(rules.since),
            currency=rules.currency,
        ),
        size=SMALL,
        tone="quiet",
    )
    for number, (head, sentences) in enumerate(_articles(rules, say), 1):
        document.heading(f"{number}  {head}")
        for sentence in sentences:
            document.text(sentence)
            document.space(3)
        if number == 2:
            document.table(
                (
                    Column(say(N_("Who")), 2), Column(say(N_("Up to")), right=True),
                    Column(say(N_("Longest term, days")), right=True),
                ),
                list(_levels(rules, say)),
                tight=5,
            )  # fmt: skip
        if number == 4:
            document.table(
                (Column(say(N_("Grade")), 1), Column(say(N_("Looked at again every")), 2)),
                list(_rhythm(rules, say)),
                tight=5,
            )  # fmt: skip
    document.seals(
        (say(N_("Issued by the client (seal)")), say(N_("Legal representative"))),
        say("Date"),
        high=66,
        below=say(N_("These rules are binding for everybody who sells on credit.")),
    )
    with beside(path) as new:
        document.save(new, title)
    return document.pages


def _articles(rules: CreditRules, say: Words) -> Iterator[tuple[str, list[str]]]:
    yield say(N_("Purpose")), [
        say(
            N_(
                "Goods are sold on credit only to buyers with a credit file, "
                "up to the amount and term allowed for them."
            )
        ),
        say(N_("Contract, invoice and the insurer's limit name the same buyer, term and way of payment.")),
    ]  # fmt: skip
    yield say(N_("Who allows how much")), [
        say(N_("The first allows alone; every further one approves what goes beyond the one before.")),
        say(N_("What goes beyond all of them is a departure: it is recorded with who allowed it.")),
    ]  # fmt: skip
    yield say(N_("What a decision needs")), list(_needs(rules, say))
    yield say(N_("When a buyer is looked at again")), [
        say(
            N_(
                "Counted from the last score in its file, by its grade; a warning is answered at once, "
                "whatever the rhythm."
            )
        ),
    ]  # fmt: skip
    yield say(N_("Payment terms")), [
        say(
            N_(
                "No term is longer than {days} days from delivery, unless the departure is recorded (Regulation on "
                "payments to small and medium-sized enterprises, State Council Decree 802)."
            ),
            days=rules.statutory_days,
        ),
        say(N_("What is overdue is reminded of in writing; shipping stops where the stop list says so.")),
    ]  # fmt: skip
    if rules.note:
        yield say(N_("Further")), [rules.note]


def _needs(rules: CreditRules, say: Words) -> Iterator[str]:
    yield say(N_("Every decision says its reason; the figures of the day are kept with it."))  # fmt: skip
    if rules.report_from is None:
        yield say(N_("A rating of an agency or insurer is not required."))
        return
    amount = style.money(Money(rules.report_from, rules.currency))
    yield say(
        N_(
            "From {amount} on it needs the rating of an agency or insurer not older than {months} months."
        ),
        amount=amount,
        months=rules.report_months,
    )


def _levels(rules: CreditRules, say: Words) -> Iterator[Row]:
    for each in rules.levels:
        yield Row(
            (
                Cell(each.approver, bold=True),
                Cell(_amount(each.amount, rules.currency) or say(N_("no bound"))),
                Cell(str(each.days) if each.days is not None else say(N_("no bound"))),
            )
        )


def _rhythm(rules: CreditRules, say: Words) -> Iterator[Row]:
    for grade in GRADES:
        months = rules.review_months.get(grade)
        name = say(N_("no grade")) if grade == UNGRADED else grade
        said = (
            say.plural(N_("{count} month"), N_("{count} months"), months)
            if months
            else say(N_("not by rhythm"))
        )
        yield Row((Cell(name, bold=True), Cell(said)))


def _amount(amount: Decimal | None, currency: str) -> str:
    return style.figure(Money(amount, currency)) if amount is not None else ""


def _make(desk: Sources, asked: ReportAsked, _progress: Progress) -> None:
    client = asked.the_client()
    name = next(each.name for each in desk.clients.all() if each.id == client)
    rules = desk.credit.credit_rules(client, asked.day)
    if rules is None:
        raise RulesMissing(client=name, day=style.day(asked.day))
    write(name, rules, asked.day, asked.path, asked.language)


REPORT = Report(
    "credit_rules",
    N_("Credit management rules"),
    (FileKind.PDF,),
    asks=(Ask.CLIENT, Ask.DAY),
    make=_make,
)
