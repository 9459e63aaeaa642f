"""What a credit report rests on in figures: statements, payments, receivables, the recommended limit, warnings."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from creditdesk.catalog.statement_rows import rows_of
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.answers import ANSWERED_WORDS
from creditdesk.domain.credit.ratios import (
    RATIO_TITLES,
    ZModel,
    annualised,
    ratios,
)
from creditdesk.domain.credit.scorecard import fixed, plain
from creditdesk.domain.credit.sheets import (
    SECTION_TITLES,
    STANDARD_TITLES,
    Scheme,
    figures_of,
)
from creditdesk.domain.credit.warnings import Effect
from creditdesk.domain.ledger.statement import OpenDocument, OwedAccount
from creditdesk.i18n import N_, Words
from creditdesk.paper import graphs
from creditdesk.paper.page import FINE, SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.credit_file import CreditFile
from creditdesk.services.credit import BuyerWarning, StatementLine

_YEARS = 3
_CHART = 200.0
"""Points that a heading, its chart and what is said of it take."""
_PERCENT = frozenset({"WC_TA", "RE_TA", "EBIT_TA", "EQ_TL", "S_TA", "DA", "NM"})
_DAYS = frozenset({"DSO", "BPDSO", "ADD"})
_MODELS = {
    ZModel.PRIVATE_MANUFACTURER: N_("Z\u2032 (maker) is {value}."),
    ZModel.GENERAL: N_("Z\u2033 (trader, service) is {value}."),
    ZModel.EMERGING_MARKET: N_("The EM score is {value}."),
}
_ZONES = {
    "safe": N_("Above its upper bound: safe."),
    "grey": N_("Between its bounds: grey zone."),
    "distress": N_("Below its lower bound: distress."),
}
EFFECT_TITLES = {
    Effect.NOTE: N_("note and watch"),
    Effect.TELL: N_("tell the insurer"),
    Effect.STOP: N_("stop shipping"),
}


def draw(document: Document, file: CreditFile) -> None:
    """Write them."""
    _statements(document, file)
    _points(document, file)
    _payments(document, file)
    _receivables(document, file)
    _limit(document, file)
    _warnings(document, file)


def quiet(document: Document, text: str) -> None:
    """A quiet sentence below a part."""
    document.space(3)
    document.text(text, size=FINE, tone="quiet")


def _statements(document: Document, file: CreditFile) -> None:
    say, shown = document.words, file.statements[:_YEARS]
    document.heading(say(N_("1  Statements")))
    if not shown:
        quiet(document, say(N_("No statement is kept: the financial part of the score has no points.")))  # fmt: skip
        return
    _sales(document, shown)
    unit = say(
        N_(
            "In thousands of {currency}; as the paper has them, where nobody says otherwise not audited."
        ),
        currency=shown[0].sheet.currency,
    )
    heads = [Column(style.day(each.sheet.period_end), right=True, width=92) for each in shown]  # fmt: skip
    document.table((Column(say(N_("Row"))), *heads), list(_rows(shown, say)), tight=5)
    document.space(6)
    document.table((Column(say(N_("Ratio"))), *heads), list(_ratios(shown, say)), tight=5)  # fmt: skip
    quiet(document, unit)
    for line in shown:
        sheet = line.sheet
        said = [say(STANDARD_TITLES[sheet.standard]), sheet.company]
        if sheet.annualised:
            said.append(say(N_("{months} months; ratios are annualised"), months=sheet.months))  # fmt: skip
        said += [say.say(each) for each in file.doubts.get(line.id, ())]
        quiet(document, f"{style.day(sheet.period_end)}  {style.joined(filter(None, said), say)}")  # fmt: skip
    rating = file.rating.rating
    z = rating.z[rating.model]
    if z is not None:
        text = say(
            _MODELS[rating.model], value=fixed(z.value, 2).replace("-", "\u2212")
        )
        quiet(document, f"{text} {say(_ZONES[z.zone.value])}")


def _sales(document: Document, shown: Sequence[StatementLine]) -> None:
    """Sales and net profit by year, each on a scale of its own, in thousands."""
    say, bars = document.words, []
    for key, hatched in (("sales", False), ("net_profit", True)):
        for line in reversed(shown):
            value = line.sheet.yearly(key)
            thousands = None if value is None else value / 1000
            words = "" if thousands is None else _whole(thousands)
            bars.append(
                (
                    key,
                    graphs.Bar(
                        f"{line.sheet.period_end:%Y-%m}",
                        None if thousands is None else float(thousands),
                        words,
                        hatched,
                    ),
                )
            )
    for key, title in (("sales", N_("Sales of a year")), ("net_profit", N_("Net profit of a year"))):  # fmt: skip
        some = [bar for name, bar in bars if name == key]
        if any(each.value is not None for each in some):
            document.text(say(title), size=FINE, bold=True)
            graphs.columns(document, some, high=92)


def _rows(shown: Sequence[StatementLine], say: Words) -> Iterator[Row]:
    schemes = dict.fromkeys(line.sheet.scheme for line in shown)
    known = dict.fromkeys(row for each in schemes or (Scheme.CHINESE,) for row in rows_of(each))  # fmt: skip
    section = None
    for row in known:
        values = [line.sheet.value(row.key) for line in shown]
        if all(value is None for value in values):
            continue
        if row.section is not section:
            section = row.section
            blanks = (Cell("") for _ in shown)
            yield Row((Cell(say(SECTION_TITLES[section]), bold=True, size=FINE), *blanks))  # fmt: skip
        title = Cell(row.title.in_language(say.language), bold=row.total, size=FINE)
        cells = (
            Cell(
                "" if value is None else _whole(value / 1000), bold=row.total, size=FINE
            )
            for value in values
        )
        yield Row((title, *cells))


def _ratios(shown: Sequence[StatementLine], say: Words) -> Iterator[Row]:
    found = [ratios(annualised(figures_of(line.sheet), line.sheet.months)) for line in shown]  # fmt: skip
    for code, title in RATIO_TITLES.items():
        values = [each[code] for each in found]
        if all(value is None for value in values):
            continue
        cells = []
        for value in values:
            words = ""
            if value is not None and code in _PERCENT:
                words = f"{fixed(value * 100, 1)} %"
            elif value is not None:
                words = fixed(value, 0 if code in _DAYS else 2)
            cells.append(Cell(words.replace("-", "\u2212"), size=FINE))
        yield Row((Cell(say(title), size=FINE), *cells))


def _whole(value: Decimal) -> str:
    return f"{value:,.0f}".replace("-", "\u2212")


def _points(document: Document, file: CreditFile) -> None:
    say, score = document.words, file.rating.rating.score
    document.heading(say(N_("2  Score: every point with its reason")))
    document.table(
        (Column(say(N_("Indicator")), 2), Column(say(N_("Reason")), 3), Column(say(N_("Points")), right=True)),
        [
            Row((
                Cell(each.indicator.title.in_language(say.language), size=FINE),
                Cell(say.say(each.reason).replace("-", "\u2212"), size=FINE, tone="text" if each.known else "quiet"),
                Cell(f"{each.points} / {each.indicator.max}", size=FINE),
            ))
            for each in score.points
        ],
        tight=5,
    )  # fmt: skip
    title = score.card.title.in_language(say.language)
    quiet(
        document,
        say(
            N_(
                "By “{title}”, version {version}: {raw} points before, {score} after what bounds it."
            ),
            title=title,
            version=score.card.version,
            raw=score.raw,
            score=score.score,
        ),
    )
    for cap in score.caps:
        quiet(document, say.say(cap.reason))


def _payments(document: Document, file: CreditFile) -> None:
    say, paying = document.words, file.rating.paying
    document.need(_CHART)
    document.heading(say(N_("3  Payments: days beyond terms, weighted by money")))
    if paying.year is None:
        quiet(document, say(N_("In twelve months nothing was paid and nothing fell due.")))  # fmt: skip
        return
    last = len(paying.months) - 1
    bars = [
        graphs.Bar(
            f"{each.end:%m}",
            float(each.figures.dbt) if each.figures else None,
            fixed(each.figures.dbt, 0).replace("-", "\u2212") if each.figures else "",
            hatched=each.latest > 30 or (at == last and bool(paying.overdue)),
        )
        for at, each in enumerate(paying.months)
    ]
    graphs.columns(document, bars, mean=float(paying.year.dbt))
    text = N_(
        "Each column is a month that ends on day {day}; dashed: twelve months. "
        "Hatched: something came more than 30 days late, or is still open."
    )
    quiet(document, say(text, day=file.on.day))
    paid = Money(sum((each.amount for each in paying.months), Decimal(0)), file.rating.currency)  # fmt: skip
    quarter = ""
    if paying.quarter:
        quarter = say(N_("{number} days"), number=fixed(paying.quarter.dbt, 1))
    facts = [
        (say(N_("Twelve months")), say(N_("{number} days"), number=fixed(paying.year.dbt, 1))),
        (say(N_("Last three months")), quarter),
        (say(N_("Money that is in it")), style.money(paid)),
        (say(N_("of it more than 30 days late")), f"{plain(paying.year.late_share * 100, 1)} %"),
        (say(N_("Payment index on the PAYDEX scale, this seller only")), fixed(paying.year.index, 2)),
    ]  # fmt: skip
    document.facts(((label, value.replace("-", "\u2212")) for label, value in facts), indent=250)  # fmt: skip


def _receivables(document: Document, file: CreditFile) -> None:
    say = document.words
    document.heading(say(N_("4  Receivables")))
    if not any(account.documents for account in file.owed):
        quiet(document, say(N_("Nothing is open.")))
    for account in file.owed:
        _account(document, account, say)


def _account(document: Document, account: OwedAccount, say: Words) -> None:
    currency = account.unapplied.currency
    late = Money.total((each.open for each in account.documents if each.is_overdue), currency)  # fmt: skip
    whole = Money.total((each.open for each in account.documents), currency)
    text = N_("{whole} open = {due} not due + {late} overdue")
    document.text(
        say(
            text,
            whole=style.money(whole),
            due=style.figure(whole - late),
            late=style.figure(late),
        ),
        size=SMALL,
        bold=True,
    )
    if whole:
        graphs.share(document, float((whole - late).amount / whole.amount))
    document.table(
        (
            Column(say(N_("Document")), 2), Column(say(N_("Issued")), 1.2), Column(say(N_("Due")), 1.2),
            Column(say(N_("State")), 1.3), Column(say(N_("Open")), right=True),
        ),
        [
            Row((
                Cell(say.name(each.name or each.number), size=FINE), Cell(style.day(each.issued), size=FINE),
                Cell(style.due(each.due, say) if each.due or each.due_open else "", size=FINE),
                Cell(_state(each, say), size=FINE, bold=each.is_overdue), Cell(style.figure(each.open), size=FINE),
            ))
            for each in account.documents
        ],
        tight=5,
    )  # fmt: skip
    if account.unapplied:
        quiet(
            document,
            say(
                N_(
                    "{amount} was received and not yet set against a document: the balance is {balance}."
                ),
                amount=style.money(account.unapplied),
                balance=style.money(account.balance),
            ),
        )


def _state(each: OpenDocument, say: Words) -> str:
    if each.is_overdue:
        return say.plural(N_("{count} day overdue"), N_("{count} days overdue"), each.days_overdue)  # fmt: skip
    return say(N_("not due")) if each.due else ""


def _limit(document: Document, file: CreditFile) -> None:
    say, rating = document.words, file.rating
    limits = rating.limits
    document.heading(say(N_("5  How the recommended limit comes about")))
    delay = max(round(rating.paying.year.dbt), 0) if rating.paying.year else 0
    need = say(
        N_(
            "invoiced in twelve months {sales} × (term {term} + usual delay {delay} days) ÷ 365"
        ),
        sales=f"{rating.paying.invoiced:,.2f}",
        term=rating.paying.usual_days,
        delay=delay,
    )
    rows = [
        (N_("Need"), limits.need, need if limits.need else say(N_("the books hold too little"))),
        (N_("Can bear"), limits.capacity, say(N_("lower of 35 % of tangible net worth and 5 % of turnover"))),
        (N_("Own limit"), limits.own, say(N_("what it can bear × the factor of its grade, at most the need"))),
        (N_("Ask the insurer for"), limits.ask, say(N_("the need, rounded up to ten thousands"))),
        (N_("Insurer's limit"), rating.limit, say(N_("in force today"))),
        (N_("Balance"), rating.balance, say(N_("open today"))),
    ]  # fmt: skip
    document.table(
        (Column(say(N_("Figure")), 1), Column(say(N_("Ground")), 3), Column(f"{rating.currency}", right=True)),
        [
            Row((
                Cell(say(title), bold=True, size=FINE), Cell(ground, size=FINE),
                Cell(style.figure(amount) or say(N_("not known")), bold=True, size=FINE),
            ))
            for title, amount, ground in rows
        ],
        tight=5,
    )  # fmt: skip
    document.space(8)
    marks = [
        graphs.Mark(float(amount.amount), f"{say(title)} {style.figure(amount)}", dashed)
        for title, amount, dashed in (
            (N_("Insurer's limit"), rating.limit, False),
            (N_("Own limit"), limits.own, False),
            (N_("Need"), limits.need, True),
        )
        if amount is not None and amount.currency == rating.currency
    ]  # fmt: skip
    graphs.marked(document, float(rating.balance.amount), marks)
    quiet(document, say(N_("Filled: the balance.")))


def _warnings(document: Document, file: CreditFile) -> None:
    say = document.words
    document.heading(say(N_("6  Warnings and what was done")))
    if not file.warnings:
        quiet(document, say(N_("None of the 29 warnings holds.")))
        return
    document.table(
        (
            Column(say(N_("Since")), 1), Column(say(N_("Warning")), 2.2), Column(say(N_("Asks to")), 1.4),
            Column(say(N_("Answer")), 2.6),
        ),
        [_warning(each, say) for each in file.warnings],
        tight=5,
    )  # fmt: skip


def _warning(each: BuyerWarning, say: Words) -> Row:
    answer = each.answer
    said = say(N_("without an answer"))
    if answer is not None:
        parts = (
            say(ANSWERED_WORDS[answer.answer]),
            style.day(answer.on),
            answer.reason or answer.way,
            answer.who,
        )
        said = style.joined(filter(None, parts), say)
    kind = each.warned.kind
    return Row((
        Cell(style.day(each.first_seen), size=FINE),
        Cell(f"{kind.code} {kind.title.in_language(say.language)}", size=FINE, bold=answer is None),
        Cell(say(EFFECT_TITLES[each.warned.level.effect]), size=FINE),
        Cell(said, size=FINE),
    ))  # fmt: skip
