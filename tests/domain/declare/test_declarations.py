"""What must be declared by when, what the ledger says it is, and how it compares with what was declared."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdesk.catalog.calendars import work_calendar
from creditdesk.catalog.policies import duty_rules
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.in_scope import (
    Customer,
    InScope,
    Key,
    LedgerRow,
    LeftOut,
    method_named,
)
from creditdesk.domain.declare.declarations import (
    DeclarationKind,
    Mode,
    Obligation,
    Period,
    Version,
    counts_shipments,
    obligations,
    periods,
)
from creditdesk.domain.declare.declared import (
    Declared,
    DeclaredLine,
    State,
    Told,
    days_late,
    differences,
    fulfilment,
    of_period,
    risks,
    standing,
    state,
    still_to_declare,
    told_of,
)
from creditdesk.domain.declare.insurable import Computed, balances, turnover
from creditdesk.domain.duties.duties import Duties
from creditdesk.domain.ledger.aging import LedgerDocument, Receipt, age
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.i18n import words

YEAR = Period(date(2017, 5, 1), date(2018, 4, 30))
BUYER = Customer(id=1, name="ACME（GmbH）", code="B1", uscc="DE1", country="DE")


def day(text: str) -> date:
    return date.fromisoformat(text)


def version(
    mode: str,
    rule: str = "",
    start: str = "2017-05-01",
    *,
    yearly: bool = False,
    **more: str,
) -> Version:
    values = {
        "policy_currency": "USD",
        "declaration_mode": mode,
        "declaration_rule": rule,
        "period_start": "2017-05-01",
        "period_end": "2018-04-30",
        **more,
    }
    terms = PolicyTerms.read(values)
    return Version(
        day(start), Duties(duty_rules(""), terms, work_calendar("CN")), yearly=yearly
    )


def asked(
    mode: str, rule: str, shipped: tuple[str, ...] = ()
) -> tuple[Obligation, ...]:
    return obligations([version(mode, rule)], YEAR, tuple(map(day, shipped)))


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def row(number: str, shipped: str | None, amount: str, **more: object) -> LedgerRow:
    issued = day(str(more.pop("issued", shipped)))
    made = LedgerRow(
        buyer=BUYER,
        number=number,
        kind=DocumentKind.INVOICE,
        issued=issued,
        shipped=day(shipped) if shipped else None,
        amount=usd(amount),
    )
    return replace(made, **more)  # type: ignore[arg-type]  # a test's own words


def key(number: str) -> Key:
    return 1, number, "invoice"


def declared(
    on: str,
    *lines: tuple[str, str],
    id: int = 1,  # noqa: A002 - as the field is called
    corrects: int | None = None,
) -> Declared:
    kept = tuple(DeclaredLine(key(number), usd(amount)) for number, amount in lines)
    total = Money.total((each.amount for each in kept), "USD")
    return Declared(
        id=id,
        kind=DeclarationKind.TURNOVER,
        period=Period(day("2017-10-01"), day("2017-10-31")),
        on=day(on),
        totals=(total,),
        lines=kept,
        corrects=corrects,
    )


@pytest.mark.parametrize(
    ("mode", "rule", "shipped", "first", "unrolled", "count"),
    [
        pytest.param(
            "MONTHLY",
            "MONTH_END + 25 DNM",
            (),
            ("2017-05-01", "2017-05-31"),
            "2017-06-25",
            12,
            id="Sinosure, 25th of next month",
        ),
        pytest.param(
            "MONTHLY",
            "MONTH_END + 5 WD",
            (),
            ("2017-05-01", "2017-05-31"),
            "2017-06-07",
            12,
            id="5 working days",
        ),
        pytest.param(
            "QUARTERLY",
            "MONTH_END + 15 DNM",
            (),
            ("2017-05-01", "2017-06-30"),
            "2017-07-15",
            5,
            id="calendar quarters, the first cut by the policy's start",
        ),
        pytest.param(
            "ANNUAL",
            "PERIOD_END + 1 M",
            (),
            ("2017-05-01", "2018-04-30"),
            "2018-05-30",
            1,
            id="a month after the year (Allianz CH)",
        ),
        pytest.param(
            "BALANCE_MONTHLY",
            "MONTH_END + 20 DNM",
            (),
            ("2017-05-01", "2017-05-31"),
            "2017-06-20",
            12,
            id="balances on the 20th (Allianz CH)",
        ),
        pytest.param(
            "PER_SHIPMENT",
            "SHIPMENT + 15 CD",
            ("2017-06-03", "2017-06-03", "2017-07-01", "2019-01-01"),
            ("2017-06-03", "2017-06-03"),
            "2017-06-18",
            2,
            id="15 days after each day of shipment",
        ),
        pytest.param(
            "PER_SHIPMENT",
            "MONTH_END + 25 DNM",
            ("2017-10-27",),
            ("2017-10-27", "2017-10-27"),
            "2017-11-25",
            1,
            id="each shipment, by the 25th",
        ),
    ],
)
def test_each_period_has_its_day(  # noqa: PLR0913, PLR0917 - a table of cases
    mode: str,
    rule: str,
    shipped: tuple[str, ...],
    first: tuple[str, str],
    unrolled: str,
    count: int,
) -> None:
    found = asked(mode, rule, shipped)
    assert len(found) == count
    assert (found[0].period.start, found[0].period.end) == tuple(map(day, first))
    assert found[0].deadline is not None
    assert found[0].deadline.unrolled == day(unrolled)
    assert found[0].deadline.safe <= found[0].deadline.legal


def test_a_policy_that_wants_no_declarations_or_does_not_say_asks_for_none() -> None:
    assert asked("NONE", "") == ()
    assert asked("", "") == ()
    assert obligations([version("NONE", yearly=True)], YEAR) == ()


def test_without_a_rule_a_period_has_no_date_unless_the_duty_has_its_own() -> None:
    assert all(each.deadline is None for each in asked("MONTHLY", ""))
    (first, *_) = asked("BALANCE_MONTHLY", "")
    assert first.deadline is not None
    assert first.deadline.rule.text == "MONTH_END + 20 DNM"


def test_a_shipment_rule_waits_for_a_shipment() -> None:
    (only,) = asked("PER_SHIPMENT", "SHIPMENT + 3 CD", ("2017-06-03",))
    assert only.deadline is not None
    assert all(each.deadline is None for each in asked("MONTHLY", "SHIPMENT + 3 CD"))


def test_an_insurer_that_also_wants_the_year_gets_it_besides() -> None:
    versions = [version("BALANCE_MONTHLY", "MONTH_END + 20 DNM", yearly=True)]
    found = obligations(versions, YEAR)
    assert [each.kind for each in found].count(DeclarationKind.YEAR) == 1
    year = next(each for each in found if each.kind is DeclarationKind.YEAR)
    assert year.period == YEAR
    assert year.deadline is not None
    assert year.deadline.unrolled == day("2018-05-30")


def test_an_endorsement_changes_the_day_only_of_periods_that_end_under_it() -> None:
    versions = [
        version("MONTHLY", "MONTH_END + 25 DNM"),
        version("MONTHLY", "MONTH_END + 10 DNM", "2017-09-15"),
    ]
    days = [
        each.deadline.unrolled.day
        for each in obligations(versions, YEAR)
        if each.deadline
    ]
    assert days == [25] * 4 + [10] * 8


def test_an_endorsement_may_change_how_it_is_declared() -> None:
    versions = [
        version("MONTHLY", "MONTH_END + 25 DNM"),
        version("QUARTERLY", "MONTH_END + 15 DNM", "2017-09-15"),
    ]
    found = obligations(versions, YEAR)
    assert found[4].period == Period(day("2017-09-01"), day("2017-09-14"))
    assert found[5].period == Period(day("2017-09-15"), day("2017-09-30"))


@given(
    start=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    length=st.integers(0, 1500),
    mode=st.sampled_from([Mode.MONTHLY, Mode.QUARTERLY, Mode.ANNUAL]),
)
def test_periods_fill_the_span_without_gap_or_overlap(
    start: date, length: int, mode: Mode
) -> None:
    span = Period(start, start + timedelta(days=length))
    found = list(periods(mode, span))
    assert (found[0].start, found[-1].end) == (span.start, span.end)
    for before, after in pairwise(found):
        assert after.start == before.end + timedelta(days=1)


def test_the_published_case_was_declared_nine_days_late_and_at_a_known_risk() -> None:
    """Policy 2017-05-01 to 2018-04-30, declared monthly by the 25th (rules.md 2.3, cwdbkk 27821)."""
    shipment = row("INV3", "2017-10-27", "182600")
    october = asked("MONTHLY", "MONTH_END + 25 DNM")[5]
    assert october.period == Period(day("2017-10-01"), day("2017-10-31"))
    assert october.deadline is not None
    assert october.deadline.unrolled == day("2017-11-25")
    told = declared("2017-12-04", ("INV3", "182600"))
    assert days_late(october, told.on) == 9
    assert (
        state(october, (told,), differs=False, on=day("2018-01-01"))
        is State.DECLARED_LATE
    )
    documents: list[LedgerDocument[Key, int]] = [
        _document("INV1", "2017-08-10", "2017-10-09", "1000"),
        _document("INV2", "2017-08-17", "2017-10-16", "1000"),
        _document("INV3", "2017-10-27", "2017-12-26", "182600"),
    ]
    paid: list[Receipt[Key, int]] = []
    overdue = age(documents, paid, told.on).rows
    duties = version("MONTHLY", pd_definition="DUE_DATE + 30 CD").duties
    (risk,) = risks(overdue, {1: shipment.day}, told.on, duties)
    assert (risk.number, risk.days_overdue) == ("INV1", 56)
    assert risk.default_on == day("2017-11-08")
    # Had it been declared in time, the first one was overdue all the same, but nothing was declared late.
    assert days_late(october, day("2017-11-25")) == 0


def _document(
    number: str, issued: str, due: str, amount: str
) -> LedgerDocument[Key, int]:
    return LedgerDocument(
        id=key(number),
        buyer=1,
        kind=DocumentKind.INVOICE,
        issued=day(issued),
        due=day(due),
        amount=usd(amount),
        number=number,
    )


def test_a_day_that_rolled_over_a_weekend_is_no_delay() -> None:
    october = asked("MONTHLY", "MONTH_END + 25 DNM")[5]
    # 2017-11-25 is a Saturday.
    assert days_late(october, day("2017-11-27")) == 0
    assert days_late(october, day("2017-11-28")) == 3


def test_a_later_invoice_of_the_buyer_is_no_risk_for_an_earlier_shipment() -> None:
    rows = age(
        [_document("NEW", "2017-11-01", "2017-11-02", "5")], (), day("2017-12-04")
    ).rows
    assert (
        risks(
            rows, {1: day("2017-10-27")}, day("2017-12-04"), version("MONTHLY").duties
        )
        == ()
    )


@pytest.mark.parametrize(
    ("told", "differs", "on", "expected"),
    [
        ((), False, "2017-10-31", State.RUNNING),
        ((), False, "2017-11-01", State.TO_DECLARE),
        ((), False, "2017-11-27", State.TO_DECLARE),
        ((), False, "2017-11-28", State.LATE),
        (("2017-11-20",), False, "2018-01-01", State.DECLARED),
        (("2017-11-20", "2017-12-04"), False, "2018-01-01", State.DECLARED_LATE),
        (("2017-11-20",), True, "2018-01-01", State.DIFFERS),
    ],
)
def test_a_period_says_how_it_stands(
    told: tuple[str, ...],
    differs: bool,  # noqa: FBT001 - a case
    on: str,
    expected: State,
) -> None:
    october = asked("MONTHLY", "MONTH_END + 25 DNM")[5]
    kept = [declared(each) for each in told]
    assert state(october, kept, differs=differs, on=day(on)) is expected


def test_turnover_counts_by_shipment_and_a_credit_note_by_its_own_date() -> None:
    rows = (
        row("A", "2017-10-01", "100", issued="2017-09-28"),
        row("B", None, "50", issued="2017-10-31"),
        row("C", "2017-11-01", "7", issued="2017-10-30"),
        row(
            "N",
            None,
            "10",
            issued="2017-10-15",
            kind=DocumentKind.CREDIT_NOTE,
            against="A",
        ),
    )
    found = turnover(rows, InScope(), day("2017-10-01"), day("2017-10-31"))
    assert [(line.row.number, line.amount.plain) for line in found.lines] == [
        ("A", "100.00"),
        ("N", "-10.00"),
        ("B", "50.00"),
    ]
    assert found.totals == (usd("140"),)


def test_what_a_policy_does_not_leave_out_is_covered() -> None:
    """A policy that says nothing of letters of credit takes them in."""
    drawn = replace(row("A", "2017-10-01", "100"), term="L/C at sight")
    assert InScope().against(drawn) is None


def test_currencies_are_never_added() -> None:
    rows = (
        row("A", "2017-10-01", "100"),
        replace(row("B", "2017-10-01", "1"), amount=Money(Decimal(9), "EUR")),
    )
    found = turnover(rows, InScope(), YEAR.start, YEAR.end)
    assert found.totals == (Money(Decimal(9), "EUR"), usd("100"))


@pytest.mark.parametrize(
    ("values", "more", "reason"),
    [
        ({"excluded_buyers": '["acme (gmbh)"]'}, {}, LeftOut.EXCLUDED_BUYER),
        (
            {"excluded_buyers": '[{"name": "nobody", "code": "b1"}]'},
            {},
            LeftOut.EXCLUDED_BUYER,
        ),
        ({"scope": "BUYERS", "scope_table": '["Other Ltd"]'}, {}, LeftOut.OTHER_BUYER),
        ({"scope": "BUYERS", "scope_table": '["ACME (GmbH)"]'}, {}, None),
        (
            {"scope": "COUNTRIES", "scope_table": '["US", "FR"]'},
            {},
            LeftOut.OTHER_COUNTRY,
        ),
        ({"scope": "COUNTRIES", "scope_table": '["DE"]'}, {}, None),
        (
            {"country_table": '[{"country": "DE", "covered": false}]'},
            {},
            LeftOut.OTHER_COUNTRY,
        ),
        ({"country_table": '[{"country": "DE", "covered": true}]'}, {}, None),
        ({}, {"term": "T/T in advance"}, LeftOut.PAID_AHEAD),
        ({}, {"term": "30%预付"}, LeftOut.PAID_AHEAD),
        ({}, {"term": "2% cash discount 10 days, net 30"}, None),
        ({}, {"term": "OA 60"}, None),
        ({"scope": "NON_LC_ALL"}, {"term": "L/C at sight"}, LeftOut.LETTER_OF_CREDIT),
        ({"scope": "ALL"}, {"term": "L/C at sight"}, None),
    ],
)
def test_what_the_policy_leaves_out_says_why(
    values: Mapping[str, str], more: Mapping[str, str], reason: LeftOut | None
) -> None:
    scope = InScope.of(PolicyTerms.read(values))
    found = turnover(
        [row("A", "2017-10-01", "100", **more)], scope, YEAR.start, YEAR.end
    )
    assert [line.left_out for line in found.lines] == [reason]
    assert bool(found.totals) is (reason is None)


def test_an_invoice_is_judged_by_itself_whatever_it_belongs_to() -> None:
    rows = (
        row("A", "2017-09-01", "100", term="预付"),
        row("B", "2017-10-15", "10", against="A"),
    )
    found = turnover(rows, InScope(), day("2017-10-01"), day("2017-10-31"))
    assert [line.left_out for line in found.lines] == [None]


def test_a_credit_note_follows_its_invoice_out() -> None:
    rows = (
        row("A", "2017-09-01", "100", term="预付"),
        row(
            "N",
            None,
            "10",
            issued="2017-10-15",
            kind=DocumentKind.CREDIT_NOTE,
            against="A",
        ),
    )
    found = turnover(rows, InScope(), day("2017-10-01"), day("2017-10-31"))
    assert [line.left_out for line in found.lines] == [LeftOut.PAID_AHEAD]


def test_an_exclusion_that_names_no_buyer_is_pointed_out() -> None:
    scope = InScope.of(PolicyTerms.read({"excluded_buyers": '["关联企业", "B1"]'}))
    found = turnover([row("A", "2017-10-01", "100")], scope, YEAR.start, YEAR.end)
    (note,) = found.notes
    assert "关联企业" in words("zh").say(note)


@pytest.mark.parametrize(
    ("more", "amount"),
    [
        ({"vat_rate": Decimal(13)}, "100.00"),
        ({"net": Money(Decimal("99.99"), "USD"), "vat_rate": Decimal(13)}, "99.99"),
        ({"vat": Money(Decimal(13), "USD")}, "100.00"),
        ({"vat_rate": Decimal(0)}, "113.00"),
        ({}, "113.00"),
    ],
)
def test_vat_that_is_not_insured_is_not_declared(
    more: Mapping[str, object], amount: str
) -> None:
    scope = InScope(vat_insured=False)
    found = turnover(
        [row("A", "2017-10-01", "113", **more)], scope, YEAR.start, YEAR.end
    )
    assert found.lines[0].amount.plain == amount
    assert found.lines[0].vat_unknown is (not more)
    assert bool(found.notes) is (not more)


def test_a_credit_note_takes_off_vat_at_the_rate_of_its_invoice() -> None:
    rows = (
        row("A", "2017-10-01", "226", vat_rate=Decimal(13)),
        row(
            "N",
            None,
            "113",
            issued="2017-10-15",
            kind=DocumentKind.CREDIT_NOTE,
            against="A",
        ),
    )
    found = turnover(rows, InScope(vat_insured=False), YEAR.start, YEAR.end)
    assert found.totals == (usd("100"),)


def test_nobody_knowing_whether_vat_is_insured_is_said() -> None:
    found = turnover(
        [row("A", "2017-10-01", "113", vat_rate=Decimal(13))],
        InScope(),
        YEAR.start,
        YEAR.end,
    )
    assert found.totals == (usd("113"),)
    assert len(found.notes) == 1


def test_balances_are_what_is_open_in_proportion_without_vat() -> None:
    rows = (
        row("A", "2017-10-01", "226", vat=usd("26")),
        row("B", "2017-10-02", "50", vat_rate=Decimal(0)),
    )
    found = balances(rows, {key("A"): usd("113")}, InScope(vat_insured=False))
    assert [(line.row.number, line.amount.plain) for line in found.lines] == [
        ("A", "100.00")
    ]


def _computed(*rows: LedgerRow) -> Computed:
    return turnover(rows, InScope(), YEAR.start, YEAR.end)


def test_what_changed_after_declaring_is_told_then_and_now() -> None:
    computed = _computed(
        row("SAME", "2017-10-02", "5"),
        row("MORE", "2017-10-03", "120"),
        row("NEW", "2017-10-04", "30"),
    )
    told = declared("2017-11-20", ("SAME", "5"), ("MORE", "100"), ("GONE", "9"))
    found = differences(computed, [told])
    assert [(each.key[1], each.declared, each.now) for each in found] == [
        ("MORE", usd("100"), usd("120")),
        ("NEW", None, usd("30")),
        ("GONE", usd("9"), None),
    ]
    assert [
        (line.key[1], line.amount) for line in still_to_declare(computed, [told])
    ] == [
        ("MORE", usd("20")),
        ("NEW", usd("30")),
        ("GONE", usd("-9")),
    ]


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    first = declared("2017-11-20", ("A", "5"), id=1)
    second = declared("2017-11-22", ("A", "7"), id=2, corrects=1)
    beside = declared("2017-11-23", ("B", "1"), id=3)
    left = standing([first, second, beside])
    assert left == (second, beside)
    assert (
        differences(
            _computed(row("A", "2017-10-02", "7"), row("B", "2017-10-02", "1")), left
        )
        == ()
    )


@given(
    amounts=st.lists(st.integers(1, 10_000), min_size=1, max_size=6),
    before=st.lists(st.integers(1, 10_000), max_size=6),
)
def test_a_supplement_brings_declared_and_ledger_together(
    amounts: list[int], before: list[int]
) -> None:
    computed = _computed(
        *(row(f"N{i}", "2017-10-02", str(each)) for i, each in enumerate(amounts))
    )
    told = declared(
        "2017-11-20", *((f"N{i}", str(each)) for i, each in enumerate(before))
    )
    supplement = replace(told, id=2, lines=still_to_declare(computed, [told]))
    assert differences(computed, [told, supplement]) == ()


def test_fulfilment_is_declared_by_agreed_in_the_currency_agreed() -> None:
    euro = Money(Decimal(999), "EUR")
    assert fulfilment([usd("300"), euro, usd("450")], usd("1000")) == Decimal("0.75")
    assert fulfilment([usd("300")], None) is None


@pytest.mark.parametrize(
    ("number", "shipped", "told", "on", "expected"),
    [
        pytest.param(
            "A", "2017-10-27", ("A",), "2018-01-01", Told.DECLARED, id="a line holds it"
        ),
        pytest.param(
            "A",
            "2017-10-27",
            ("B",),
            "2018-01-01",
            Told.NOT_DECLARED,
            id="its period was due, no line holds it",
        ),
        pytest.param(
            "A",
            "2017-10-27",
            ("B",),
            "2017-11-26",
            Told.NOT_DUE,
            id="there is still time",
        ),
        pytest.param(
            "A",
            "2017-10-27",
            (),
            "2018-01-01",
            Told.NOT_KNOWN,
            id="nothing recorded for the policy",
        ),
        pytest.param(
            "A",
            "2019-10-27",
            ("B",),
            "2019-12-31",
            Told.NOT_ASKED,
            id="outside the policy",
        ),
    ],
)
def test_whether_the_insurer_was_told_of_a_shipment(
    number: str, shipped: str, told: tuple[str, ...], on: str, expected: Told
) -> None:
    kept = [declared("2017-11-20", (each, "1")) for each in told]
    rules = asked("MONTHLY", "MONTH_END + 25 DNM")
    assert told_of(key(number), day(shipped), rules, kept, day(on)) is expected


def test_balances_do_not_decide_about_the_cover_of_a_shipment() -> None:
    rules = asked("BALANCE_MONTHLY", "MONTH_END + 20 DNM")
    assert (
        told_of(
            key("A"),
            day("2017-10-27"),
            rules,
            [declared("2017-11-20")],
            day("2018-01-01"),
        )
        is Told.NOT_ASKED
    )


def test_a_declaration_of_a_longer_time_holds_its_days() -> None:
    (only,) = asked("PER_SHIPMENT", "SHIPMENT + 3 CD", ("2017-10-27",))
    assert of_period([declared("2017-11-20")], only) != ()


@pytest.mark.parametrize(
    ("term", "method"),
    [
        ("信用证 90 天", "LC_USANCE"), ("L/C at sight", "LC_SIGHT"), ("D/P 即期", "DP"), ("D/A 60", "DA"),
        ("O/A 60 days", "OA"), ("赊销 60 天", "OA"), ("月结 30 天", None), ("", None),
    ],
)  # fmt: skip
def test_a_way_of_payment_is_known_only_where_the_terms_name_it(
    term: str, method: str | None
) -> None:
    assert method_named(term) == method


@pytest.mark.parametrize(
    ("mode", "rule", "counts"),
    [
        ("MONTHLY", "MONTH_END + 15 DNM", False),
        ("ANNUAL", "PERIOD_END + 30 CD", False),
        ("MONTHLY", "SHIPMENT + 10 CD", True),
        ("PER_SHIPMENT", "MONTH_END + 15 DNM", True),
    ],
)
def test_the_ledger_is_asked_for_shipments_only_where_they_count(
    mode: str, rule: str, *, counts: bool
) -> None:
    assert counts_shipments([version(mode, rule)]) is counts


def test_documents_left_out_by_hand_say_so_and_those_left_out_already_stay_as_they_were() -> None:  # fmt: skip
    whole = _computed(row("A", "2017-10-02", "5"), row("B", "2017-10-03", "7"))
    by_hand = whole.without(frozenset({key("A")}))
    assert [(each.row.number, each.left_out) for each in by_hand.left_out] == [("A", LeftOut.BY_HAND)]  # fmt: skip
    assert by_hand.totals == (usd("7"),)
    again = by_hand.without(frozenset({key("A"), key("B")}))
    assert [each.row.number for each in again.left_out] == ["A", "B"]


@pytest.mark.parametrize(
    ("on", "passed"),
    [
        pytest.param("2017-11-07", None, id="before it"),
        pytest.param("2017-11-08", None, id="its day: 9 October and 30 days"),
        pytest.param("2017-11-09", "2017-11-08", id="the day after"),
    ],
)
def test_a_default_has_passed_the_day_after_its_day(
    on: str, passed: str | None
) -> None:
    rows = age([_document("INV1", "2017-08-10", "2017-10-09", "1000")], (), day(on)).rows  # fmt: skip
    duties = version("MONTHLY", pd_definition="DUE_DATE + 30 CD").duties
    (risk,) = risks(rows, {1: day("2017-10-27")}, day(on), duties)
    assert risk.default_on == (day(passed) if passed else None)


def test_a_declaration_of_another_kind_or_another_time_is_none_of_the_period() -> None:
    october = asked("MONTHLY", "MONTH_END + 25 DNM")[5]
    told = declared("2017-11-20")
    assert of_period([told], october) == (told,)
    balances_too = next(each for each in DeclarationKind if each is not told.kind)
    assert of_period([replace(told, kind=balances_too)], october) == ()
    september = Period(day("2017-09-01"), day("2017-09-30"))
    assert of_period([replace(told, period=september)], october) == ()


def test_an_endorsement_of_the_last_day_changes_that_day() -> None:
    versions = [
        version("MONTHLY", "MONTH_END + 25 DNM"),
        version("QUARTERLY", "MONTH_END + 15 DNM", "2018-04-30"),
    ]
    last = [each.period for each in obligations(versions, YEAR)][-2:]
    assert last == [
        Period(day("2018-04-01"), day("2018-04-29")),
        Period(day("2018-04-30"), day("2018-04-30")),
    ]
