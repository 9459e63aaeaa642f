"""Sheets 2 to 7 of the annual review: the policy, what it costs, the buyers, limits and cover (rules.md 9.1)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.book import PolicyFigures, ReviewBook
from creditdesk.domain.review.rows import (
    BUCKETS,
    AgeingRow,
    EndorsementRow,
    LimitRow,
    MonthRow,
    NoteRow,
    PortfolioRow,
    ScheduleRow,
    UninsuredRow,
)
from creditdesk.i18n import N_
from creditdesk.reports.aging_workbook import bucket
from creditdesk.reports.review_charts import Bars, bars
from creditdesk.reports.review_table import (
    Area,
    At,
    Col,
    Entry,
    begin,
    enter,
    summed,
    table,
)
from creditdesk.reports.workbook import Book, Formula, Shape, Sheet, Value

_IN_CHART: Final = 12
"""The largest buyers, which have room in a chart."""
_BANDS: Final = (50_000, 100_000, 200_000, 500_000, 1_250_000, 2_500_000, 5_000_000)
"""Upper ends of the bands of balances; the sheet lets a person change them."""


def policy(book: Book, review: ReviewBook) -> None:
    """Sheet 2: the schedule as it stood at the end, and since when."""
    sheet, words = begin(book, review, 2, N_("Policy")), book.words
    known = review.policy or PolicyFigures(title="", number="", insurer="")
    sheet.line(words("Policy"), f"{known.number} {known.title}".strip())
    sheet.line(words("Insurer"), known.insurer)
    schedule: Sequence[Col[ScheduleRow]] = (
        Col(words("Section"), lambda row, _: row.section.in_language(words.language), width=22),
        Col(words("Value of the schedule"), lambda row, _: row.label.in_language(words.language), width=34),
        Col(words("As it stands there"), lambda row, _: words.name(row.value), width=44),
        Col(words("Confirmed"), lambda row, _: words("yes") if row.confirmed else words("no"), width=10),
        Col(words("Page"), lambda row, _: row.page, width=10),
    )  # fmt: skip
    table(book, sheet, "schedule", schedule, review.schedule, total=False)
    sheet.line()
    sheet.line(words("Endorsements"), bold=True, size=12)
    endorsed: Sequence[Col[EndorsementRow]] = (
        Col(words("Since"), lambda row, _: row.since, Shape.DAY),
        Col(words("What changed"), lambda row, _: row.reason),
    )
    table(
        book,
        sheet,
        "endorsements",
        endorsed,
        review.endorsements,
        total=False,
        beside=True,
    )


def premium(book: Book, review: ReviewBook) -> Area:
    """Sheet 3: what is sold and declared month by month, the premium, and what was asked and paid."""
    sheet, words = begin(book, review, 3, N_("Premium")), book.words
    known = review.policy or PolicyFigures(title="", number="", insurer="")
    rate = None if known.rate is None else known.rate / 100

    def by_rate(row: MonthRow, at: At) -> Value:
        if rate is None:
            return None
        base = (row.declared or row.sold).amount
        text = (
            f'=IF({at["declared"]}="",{at["sold"]},{at["declared"]})*contract_rate/100'
        )
        return Formula(text, base * rate)

    months: Sequence[Col[MonthRow]] = (
        Col(words("Month"), lambda row, _: row.end.isoformat()[:7], width=40, key="month"),
        summed(words("Turnover of the ledger"), lambda row, _: row.sold, 20, "sold"),
        summed(words("Declared turnover"), lambda row, _: row.declared, 20, "declared"),
        summed(words("By the rate"), by_rate, 18, "premium"),
        Col(words("Insured at its end"), lambda row, _: row.insured, Shape.MONEY, 20, key="insured"),
        Col(words("Not insured at its end"), lambda row, _: row.uninsured, Shape.MONEY, 20, key="uninsured"),
    )  # fmt: skip
    made = table(book, sheet, "months", months, review.months)
    sheet.line()
    enter(
        book,
        sheet,
        Entry(
            "contract_rate", words("Rate of the policy, %"), known.rate, Shape.NUMBER
        ),
    )
    enter(
        book, sheet, Entry("minimum_premium", words("Minimum premium"), known.minimum)
    )
    enter(book, sheet, Entry("premium", words("Premium, before tax"), known.premium))
    enter(book, sheet, Entry("fees", words("Fees"), known.fees))
    check = sheet.line(words("Does the minimum count?"))
    bites = bool(known.minimum and known.premium and known.minimum >= known.premium)
    text = f'=IF(AND(ISNUMBER(minimum_premium),minimum_premium>=premium),"{words("yes")}","{words("no")}")'
    sheet.put(
        check, 2, Formula(text, words("yes") if bites else words("no")), Shape.TEXT
    )
    enter(
        book,
        sheet,
        Entry("maximum_liability", words("Maximum liability"), known.max_liability),
    )
    enter(
        book,
        sheet,
        Entry("first_loss", words("First loss still to be borne"), known.first_loss),
    )
    enter(
        book,
        sheet,
        Entry("insurable", words("Insurable turnover by the ledger"), known.insurable),
    )
    enter(book, sheet, Entry("declared", words("Declared turnover"), known.declared))
    sheet.line()
    _premium_notes(book, sheet, review, known)
    _premium_charts(book, sheet, review, made)
    return made


def _premium_notes(book: Book, sheet: Sheet, review: ReviewBook, known: PolicyFigures) -> None:  # fmt: skip
    words = book.words
    sheet.line(words("What the insurer asked for"), bold=True, size=12)

    def paid(row: NoteRow, at: At) -> Value:
        result = row.amount.rounded().amount if row.paid_on else Decimal(0)
        return Formula(f'=IF({at["on"]}="",0,{at["amount"]})', result)

    notes: Sequence[Col[NoteRow]] = (
        Col(
            words("Note"),
            lambda row, _: f"{words.say(row.kind)} {row.reference}".strip(),
        ),
        Col(
            words("Amount"),
            lambda row, _: row.amount,
            Shape.MONEY,
            summed=True,
            key="amount",
        ),
        Col(words("Due on"), lambda row, _: row.due, Shape.DAY, key="due"),
        Col(words("Paid on"), lambda row, _: row.paid_on, Shape.DAY, key="on"),
        Col(words("Paid"), paid, Shape.MONEY, summed=True, key="paid"),
    )
    table(book, sheet, "notes", notes, review.premium_notes, beside=True)
    asked = sum((each.amount.amount for each in review.premium_notes), Decimal(0))
    owed = None if known.premium is None else known.premium.amount + _of(known.fees) - asked  # fmt: skip
    row = sheet.line(words("Adjustment still to come (premium and fees less notes)"))
    text = '=IF(ISNUMBER(premium),premium+fees-SUM(notes_amount),"")'
    sheet.put(row, 2, Formula(text, "" if owed is None else owed), Shape.MONEY)


def _premium_charts(book: Book, sheet: Sheet, review: ReviewBook, months: Area) -> None:  # fmt: skip
    words = book.words
    sheet.line()
    head = sheet.line(words("Premium against indemnity"), bold=True, size=12)
    paid = sum((_of(each.paid_in) for each in review.claims), Decimal(0))
    cost = _of(review.policy.premium) if review.policy else Decimal(0)
    for label, text, result in (
        (words("Premium, before tax"), "=IF(ISNUMBER(premium),premium,0)", cost),
        (words("Indemnity paid in the period"), "=SUM(claims_paid_in)", paid),
    ):
        row = sheet.line(label)
        sheet.put(row, 2, Formula(text, result), Shape.MONEY)
    names = f"{sheet.name}!$A${head + 1}:$A${head + 2}"
    values = f"{sheet.name}!$B${head + 1}:$B${head + 2}"
    texts = (words("Premium, before tax"), words("Indemnity paid in the period"))
    pair = Bars(words("Amount"), values, [float(cost), float(paid)])
    sheet.chart(bars(words("Premium against indemnity"), (names, texts), [pair]))
    if not review.months:
        return
    insured = [float(row.insured.amount) for row in review.months]
    bare = [float(row.uninsured.amount) for row in review.months]
    sheet.chart(
        bars(
            words("Insured and not insured at the ends of the months"),
            (months.place("month"), [row.end.isoformat()[:7] for row in review.months]),
            [
                Bars(words("Insured debt"), months.place("insured"), insured),
                Bars(words("Not insured"), months.place("uninsured"), bare),
            ],
            stacked=True,
        )
    )


def portfolio(book: Book, review: ReviewBook) -> Area:
    """Sheet 4: one line a buyer, the largest balance first; grades, bands and concentration below."""
    sheet, words = begin(book, review, 4, N_("Portfolio")), book.words
    whole = sum((row.balance.amount for row in review.portfolio), Decimal(0))

    def use(row: PortfolioRow, at: At) -> Value:
        limit, balance = row.limit.amount, row.balance.amount
        text = (
            f'=IF({at["limit"]}=0,"",MIN({at["balance"]},{at["limit"]})/{at["limit"]})'
        )
        return Formula(text, min(balance, limit) / limit if limit else "")

    def above(row: PortfolioRow, at: At) -> Value:
        over = max(Decimal(0), row.balance.amount - row.limit.amount)
        return Formula(f"=MAX(0,{at['balance']}-{at['limit']})", over)

    def risk(row: PortfolioRow, at: At) -> Value:
        kept = row.balance.amount - row.insured.amount * (100 - row.own_share) / 100
        text = f"={at['balance']}-{at['insured']}+{at['insured']}*{at['own_share']}/100"
        return Formula(text, kept)

    def share(row: PortfolioRow, at: At) -> Value:
        text = f'=IF(SUM({at.all("balance")})=0,"",{at["balance"]}/SUM({at.all("balance")}))'
        return Formula(text, row.balance.amount / whole if whole else "")

    columns: Sequence[Col[PortfolioRow]] = (
        Col(words("Buyer"), lambda row, _: row.buyer, width=26, key="buyer"),
        Col(words("Registration code"), lambda row, _: row.code, width=21),
        summed(words("Insured turnover"), lambda row, _: row.turnover, 17, "turnover"),
        summed(words("Balance"), lambda row, _: row.balance, 16, "balance"),
        summed(words("Limit"), lambda row, _: row.limit, 15, "limit"),
        Col(words("Discretionary"), lambda row, _: words("yes") if row.discretionary else "", width=7),
        summed(words("Insured balance"), lambda row, _: row.insured, 15, "insured"),
        Col(words("Use of the limit"), use, Shape.SHARE, 8),
        summed(words("Above the limit"), above, 14),
        Col(words("Own share"), lambda row, _: row.own_share, Shape.PERCENT, 7, key="own_share"),
        summed(words("Own risk"), risk, 14),
        Col(words("Grade"), lambda row, _: row.grade, width=7, key="grade"),
        Col(words("Score"), lambda row, _: row.score, Shape.COUNT, 7),
        summed(words("Peak balance"), lambda row, _: row.peak, 16),
        summed(words("Average balance"), lambda row, _: row.average, 16),
        Col(words("Share of the balance"), share, Shape.SHARE, 10),
        Col(words("Days beyond terms (DBT)"), lambda row, _: row.dbt, Shape.NUMBER, 12, key="dbt"),
        Col(words("Money DBT is of"), lambda row, _: row.dbt_of if row.dbt is not None else None, Shape.MONEY, 16,
            key="dbt_of"),
        Col(words("Days sales outstanding (DSO)"), lambda row, _: row.dso, Shape.NUMBER, 12),
        Col(words("Last sale"), lambda row, _: row.last_sale, Shape.DAY, 13, key="last_sale"),
        Col(words("Country"), lambda row, _: row.country, width=10),
        Col(words("Sector"), lambda row, _: row.sector, width=14),
    )  # fmt: skip
    area = table(book, sheet, "portfolio", columns, review.portfolio)
    sheet.line()
    _grades(book, sheet, review)
    _use_chart(book, sheet, review, area)
    _bands(book, sheet, review)
    return area


def _grades(book: Book, sheet: Sheet, review: ReviewBook) -> None:
    words = book.words
    sheet.line(words("Balances by our grade"), bold=True, size=12)
    grades = [*sorted({row.grade for row in review.portfolio} - {""}), ""]

    def count(grade: str, at: At) -> Value:
        text = (
            f'=SUMPRODUCT((portfolio_grade={_told(grade, at)})*(portfolio_buyer<>""))'
        )
        return Formula(
            text, Decimal(sum(row.grade == grade for row in review.portfolio))
        )

    def owed(grade: str, at: At) -> Value:
        amounts = (row.balance.amount for row in review.portfolio if row.grade == grade)
        text = f"=SUMPRODUCT((portfolio_grade={_told(grade, at)})*portfolio_balance)"
        return Formula(text, sum(amounts, Decimal(0)))

    columns: Sequence[Col[str]] = (
        Col(words("Grade"), lambda grade, _: grade or words("no grade"), key="name"),
        Col(words("Buyers"), count, Shape.COUNT, summed=True),
        Col(words("Balance"), owed, Shape.MONEY, summed=True, key="balance"),
    )
    area = table(book, sheet, "grades", columns, grades, beside=True)
    amounts = [
        float(sum((row.balance.amount for row in review.portfolio if row.grade == grade), Decimal(0)))
        for grade in grades
    ]  # fmt: skip
    names = [grade or words("no grade") for grade in grades]
    chart = bars(
        words("Balances by our grade"),
        (area.place("name"), names),
        [Bars(words("Balance"), area.place("balance"), amounts)],
    )
    sheet.chart(chart)


def _told(grade: str, at: At) -> str:
    return at["name"] if grade else '""'


def _bands(book: Book, sheet: Sheet, review: ReviewBook) -> None:
    words = book.words
    sheet.line()
    sheet.line(words("Balances by size"), bold=True, size=12)
    ends: list[int | None] = [*_BANDS, None]

    def inside(end: int | None) -> list[Decimal]:
        start = _BANDS[ends.index(end) - 1] if ends.index(end) else 0
        owed = (row.balance.amount for row in review.portfolio)
        return [each for each in owed if start < each and (end is None or each <= end)]

    def conditions(end: int | None, at: At) -> str:
        below = f'({at["end"]}="")+(portfolio_balance<={at["end"]})>0'
        start = "0" if end == _BANDS[0] else f"{at.letters['end']}{at.row - 1}"
        return f"(portfolio_balance>{start})*({below})"

    def count(end: int | None, at: At) -> Value:
        return Formula(f"=SUMPRODUCT({conditions(end, at)})", Decimal(len(inside(end))))

    def owed(end: int | None, at: At) -> Value:
        text = f"=SUMPRODUCT({conditions(end, at)}*portfolio_balance)"
        return Formula(text, sum(inside(end), Decimal(0)))

    columns: Sequence[Col[int | None]] = (
        Col(words("Up to (empty: above)"), lambda end, _: end, Shape.COUNT, key="end"),
        Col(words("Buyers"), count, Shape.COUNT, summed=True),
        Col(words("Balance"), owed, Shape.MONEY, summed=True),
    )
    table(book, sheet, "bands", columns, ends, beside=True)


def _use_chart(book: Book, sheet: Sheet, review: ReviewBook, area: Area) -> None:
    if not review.portfolio:
        return
    words, some = book.words, review.portfolio[:_IN_CHART]
    last = area.first + len(some) - 1

    def place(key: str) -> str:
        letter = area.letters[key]
        return f"{area.sheet}!${letter}${area.first}:${letter}${last}"

    chart = bars(
        words("Limits and balances of the largest buyers"),
        (place("buyer"), [row.buyer for row in some]),
        [
            Bars(words("Limit"), place("limit"), [float(row.limit.amount) for row in some]),
            Bars(words("Balance"), place("balance"), [float(row.balance.amount) for row in some]),
        ],
    )  # fmt: skip
    sheet.chart(chart)


def limits(book: Book, review: ReviewBook) -> None:
    """Sheet 5: applications and answers."""
    sheet, words = begin(book, review, 5, N_("Limit register")), book.words

    def days(row: LimitRow, at: At) -> Value:
        text = f'=IF(OR({at["applied"]}="",{at["decided"]}=""),"",{at["decided"]}-{at["applied"]})'
        known = row.days_to_answer
        return Formula(text, "" if known is None else Decimal(known))

    columns: Sequence[Col[LimitRow]] = (
        Col(words("Buyer"), lambda row, _: row.buyer, width=30),
        Col(words("Applied on"), lambda row, _: row.applied, Shape.DAY, 12, key="applied"),
        summed(words("Requested"), lambda row, _: row.requested, 16, "requested"),
        summed(words("Approved amount"), lambda row, _: row.approved, 16, "approved"),
        Col(words("Answered on"), lambda row, _: row.decided, Shape.DAY, 12, key="decided"),
        Col(words("Days to answer"), days, Shape.COUNT, 9, key="days"),
        Col(words("Condition"), lambda row, _: row.condition, width=26),
        Col(words("Expiry"), lambda row, _: row.expiry, Shape.DAY, 12),
        Col(words("Reason"), lambda row, _: row.reason, width=20),
        Col(words("Result"), lambda row, _: words.say(row.result), width=18),
    )  # fmt: skip
    table(book, sheet, "limits", columns, review.limits)


def uninsured(book: Book, review: ReviewBook) -> None:
    """Sheet 6: what nobody insures, why, since when, and what would help; then by reason."""
    sheet, words = begin(book, review, 6, N_("Uninsured exposure")), book.words
    columns: Sequence[Col[UninsuredRow]] = (
        Col(words("Buyer"), lambda row, _: row.buyer, width=34),
        Col(words("Reason"), lambda row, _: words.say(row.reason), width=34, key="reason"),
        summed(words("Not insured"), lambda row, _: row.amount, 18, "amount"),
        Col(words("Since"), lambda row, _: row.since, Shape.DAY, 12),
        Col(words("What would insure it"), lambda row, _: words.say(row.cure) if row.cure else "", width=46),
    )  # fmt: skip
    table(book, sheet, "uninsured", columns, review.uninsured)
    sheet.line()
    sheet.line(words("By reason"), bold=True, size=12)
    reasons = list(dict.fromkeys(words.say(row.reason) for row in review.uninsured))
    whole = sum((row.amount.amount for row in review.uninsured), Decimal(0))

    def of(reason: str) -> Decimal:
        mine = (
            row.amount.amount
            for row in review.uninsured
            if words.say(row.reason) == reason
        )
        return sum(mine, Decimal(0))

    def share(reason: str, at: At) -> Value:
        text = f'=IF(SUM(uninsured_amount)=0,"",{at["amount"]}/SUM(uninsured_amount))'
        return Formula(text, of(reason) / whole if whole else "")

    by: Sequence[Col[str]] = (
        Col(words("Reason"), lambda reason, _: reason, key="name"),
        Col(words("Share"), share, Shape.SHARE),
        Col(words("Not insured"), lambda reason, at: Formula(
            f"=SUMIF(uninsured_reason,{at['name']},uninsured_amount)", of(reason)), Shape.MONEY, summed=True,
            key="amount"),
    )  # fmt: skip
    table(book, sheet, "reasons", by, reasons, beside=True)


def ageing(book: Book, review: ReviewBook) -> None:
    """Sheet 7: buyers by days overdue."""
    sheet, words = begin(book, review, 7, N_("Aging")), book.words

    def amount(at: int) -> Col[AgeingRow]:
        key = "not_due" if at == 0 else f"b{at}"
        return summed(bucket(BUCKETS[at], words), lambda row, _: row.amounts[at], 14, key)  # fmt: skip

    def total(row: AgeingRow, at: At) -> Value:
        whole = sum((each.rounded().amount for each in row.amounts), Decimal(0))
        return Formula(f"=SUM({at['not_due']}:{at[f'b{len(BUCKETS) - 1}']})", whole)

    def overdue(row: AgeingRow, at: At) -> Value:
        whole = sum((each.amount for each in row.amounts), Decimal(0))
        text = f'=IF({at["total"]}=0,"",({at["total"]}-{at["not_due"]})/{at["total"]})'
        return Formula(text, (whole - row.amounts[0].amount) / whole if whole else "")

    columns: Sequence[Col[AgeingRow]] = (
        Col(words("Buyer"), lambda row, _: row.buyer, width=30),
        *map(amount, range(len(BUCKETS))),
        summed(words("Total"), total, 15, "total"),
        Col(words("Overdue share"), overdue, Shape.SHARE, 10),
        summed(words("Unapplied"), lambda row, _: row.unassigned, 14),
        Col(words("Past the maximum extension"), lambda row, _: words("yes") if row.past_extension else "", width=12),
    )  # fmt: skip
    area = table(book, sheet, "ageing", columns, review.ageing)
    if not review.ageing:
        return
    foot = area.last + 1
    first, last = area.letters["not_due"], area.letters[f"b{len(BUCKETS) - 1}"]
    columns_of = zip(*(row.amounts for row in review.ageing), strict=True)
    sums = [
        float(sum((each.amount for each in column), Decimal(0)))
        for column in columns_of
    ]
    names = f"{sheet.name}!${first}${area.first - 1}:${last}${area.first - 1}"
    values = f"{sheet.name}!${first}${foot}:${last}${foot}"
    texts = [bucket(name, words) for name in BUCKETS]
    shown = [Bars(words("Amount open"), values, sums)]
    sheet.chart(bars(words("Receivables by days overdue"), (names, texts), shown))


def _of(amount: Money | None) -> Decimal:
    return Decimal(0) if amount is None else amount.rounded().amount
