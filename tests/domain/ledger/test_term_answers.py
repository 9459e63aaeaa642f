"""What a person may answer about a payment term (rules.md 14.1). Ids are kept in desks: they never change."""

from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.calendar import (
    WEEKENDS_ONLY,
    EomMode,
    Unit,
    WorkCalendar,
)
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.term_answers import (
    TermAnswerUnknown,
    answered,
    in_reading,
    readings,
)
from creditdesk.domain.ledger.term_days import DueState, fall_due
from creditdesk.domain.ledger.terms import (
    BaseDay,
    KnownDays,
    PaymentTerm,
    TermKind,
    TermPart,
)

D = date.fromisoformat
WORK = WorkCalendar("XX", lambda _year: WEEKENDS_ONLY)
MAY = KnownDays(invoice=D("2026-05-10"))
APRIL_END = KnownDays(invoice=D("2026-04-30"))

EOM_60 = PaymentTerm(kind=TermKind.END_OF_MONTH, count=60)
EOM_30 = PaymentTerm(kind=TermKind.END_OF_MONTH, count=30)
MONTHLY = PaymentTerm(kind=TermKind.MONTHLY)
RECEIVED_30 = PaymentTerm(kind=TermKind.AFTER, base=BaseDay.RECEIVED, count=30)
RECEIVED_EOM = PaymentTerm(kind=TermKind.END_OF_MONTH, base=BaseDay.RECEIVED, count=60)
UNREAD = PaymentTerm(kind=TermKind.UNREAD)
QUESTION = PaymentTerm(kind=TermKind.QUESTION)
DEPOSIT = TermPart(Decimal(30), PaymentTerm(kind=TermKind.NO_CREDIT))
ON_DELIVERY = PaymentTerm(kind=TermKind.AFTER, base=BaseDay.DELIVERY, count=60)
DEPOSIT_AND_REST = PaymentTerm(
    kind=TermKind.PARTS, parts=(DEPOSIT, TermPart(Decimal(70), ON_DELIVERY))
)
SHARES = PaymentTerm(
    kind=TermKind.PARTS,
    parts=(TermPart(Decimal(30), UNREAD), TermPart(Decimal(70), UNREAD)),
)


def ids(term: PaymentTerm, *known: KnownDays) -> list[str]:
    return [each.id for each in readings(term, known, WORK)]


@pytest.mark.parametrize(
    ("term", "known", "offered"),
    [
        # 60 days from 10 May: 31 July, 30 July, and the end of July again.
        (EOM_60, [MAY], ["END_OF_NEXT_MONTH", "EOM_PLUS_N_DAYS", "OPEN"]),
        # 30 days from 10 May are 30 June in every reading; from 30 April 31 May, 30 May and 31 May.
        (EOM_30, [MAY], ["END_OF_NEXT_MONTH", "OPEN"]),
        (EOM_30, [MAY, APRIL_END], ["END_OF_NEXT_MONTH", "EOM_PLUS_N_DAYS", "OPEN"]),
        (
            EOM_30,
            [],
            ["END_OF_NEXT_MONTH", "EOM_PLUS_N_DAYS", "N_DAYS_THEN_EOM", "OPEN"],
        ),
        (MONTHLY, [MAY], ["MONTH_END", "NEXT_MONTH_END", "NEXT_MONTH_DAY", "OPEN"]),
        (RECEIVED_30, [MAY], ["FROM_INVOICE", "OPEN"]),
        (
            RECEIVED_EOM,
            [MAY],
            [
                "FROM_INVOICE+END_OF_NEXT_MONTH",
                "FROM_INVOICE+EOM_PLUS_N_DAYS",
                "OPEN",
            ],
        ),
        (QUESTION, [MAY], ["DAYS", "NO_CREDIT", "OPEN"]),
        (UNREAD, [MAY], ["DAYS", "NO_CREDIT", "OPEN"]),
        (DEPOSIT_AND_REST, [MAY], ["FROM_INVOICE", "OPEN"]),
        (SHARES, [MAY], ["NO_CREDIT|DAYS", "OPEN"]),
        (PaymentTerm(kind=TermKind.AFTER, count=30), [MAY], []),
        (PaymentTerm(kind=TermKind.OPEN), [MAY], []),
    ],
)
def test_only_readings_that_tell_days_apart_are_offered(
    term: PaymentTerm, known: list[KnownDays], offered: list[str]
) -> None:
    assert ids(term, *known) == offered


@pytest.mark.parametrize(
    ("term", "option", "day"),
    [
        (EOM_60, "END_OF_NEXT_MONTH", "2026-07-31"),
        (EOM_60, "EOM_PLUS_N_DAYS", "2026-07-30"),
        (EOM_60, "N_DAYS_THEN_EOM", "2026-07-31"),
        (MONTHLY, "MONTH_END", "2026-05-31"),
        (MONTHLY, "NEXT_MONTH_END", "2026-06-30"),
        (MONTHLY, "NEXT_MONTH_DAY:25", "2026-06-25"),
        (MONTHLY, "NEXT_MONTH_DAY:31", "2026-06-30"),
        (MONTHLY, "NEXT_MONTH_DAY:10:2", "2026-07-10"),
        (RECEIVED_30, "FROM_INVOICE", "2026-06-09"),
        (RECEIVED_EOM, "FROM_INVOICE+EOM_PLUS_N_DAYS", "2026-07-30"),
        (QUESTION, "DAYS:60", "2026-07-09"),
        (QUESTION, "NO_CREDIT", "2026-05-10"),
        (UNREAD, "DAYS:0", "2026-05-10"),
    ],
)
def test_an_answer_settles_the_day(term: PaymentTerm, option: str, day: str) -> None:
    assert fall_due(term, MAY, WORK).state is DueState.OPEN
    assert fall_due(answered(term, option), MAY, WORK).due == D(day)


def test_a_term_left_open_asks_nothing_more() -> None:
    found = fall_due(answered(EOM_60, "OPEN"), MAY, WORK)
    assert (found.state, found.due, found.asks) == (DueState.OPEN, None, ())


def test_the_invoice_date_stands_in_only_where_the_base_day_is_unknown() -> None:
    term = answered(RECEIVED_30, "FROM_INVOICE")
    known = KnownDays(invoice=D("2026-05-10"), received=D("2026-05-20"))
    assert fall_due(term, known, WORK).due == D("2026-06-19")


def test_parts_are_answered_together_or_one_by_one() -> None:
    by_invoice = fall_due(answered(DEPOSIT_AND_REST, "FROM_INVOICE"), MAY, WORK)
    assert [part.due for part in by_invoice.parts] == [D("2026-05-10"), D("2026-07-09")]
    shares = fall_due(answered(SHARES, "NO_CREDIT|DAYS:60"), MAY, WORK)
    assert [part.due for part in shares.parts] == [D("2026-05-10"), D("2026-07-09")]


@pytest.mark.parametrize(
    ("term", "option"),
    [
        (QUESTION, "EOM_PLUS_N_DAYS"),
        (MONTHLY, "NEXT_MONTH_DAY"),
        (MONTHLY, "NEXT_MONTH_DAY:32"),
        (MONTHLY, "NEXT_MONTH_DAY:0"),
        (QUESTION, "DAYS:x"),
        (QUESTION, "DAYS:99999"),
        (QUESTION, "DAYS:1831"),
        (QUESTION, "DAYS:6:0"),
        (QUESTION, "NO_CREDIT:1"),
        (QUESTION, "FROM_INVOICE"),
        (QUESTION, "NO_CREDIT|DAYS:60"),
        (SHARES, "NO_CREDIT|NO_CREDIT|DAYS:60"),
        (SHARES, "MONTHS:2"),
        (EOM_60, ""),
    ],
)
def test_an_answer_to_another_question_is_refused(
    term: PaymentTerm, option: str
) -> None:
    with pytest.raises(TermAnswerUnknown):
        answered(term, option)


def test_months_end_of_month_are_counted_in_months() -> None:
    term = PaymentTerm(kind=TermKind.END_OF_MONTH, count=1, unit=Unit.MONTHS)
    january = KnownDays(invoice=D("2026-01-31"))
    days = [fall_due(in_reading(term, mode), january, WORK).due for mode in EomMode]
    assert days == [D("2026-02-28")] * 3


def test_the_parts_of_an_amount_add_up_to_the_cent() -> None:
    thirds = tuple(
        TermPart(Decimal(pct), PaymentTerm(kind=TermKind.NO_CREDIT))
        for pct in ("33.33", "33.33", "33.34")
    )
    found = fall_due(PaymentTerm(kind=TermKind.PARTS, parts=thirds), MAY, WORK)
    amounts = found.part_amounts(Money(Decimal("100.01"), "CNY"))
    assert [each.plain for each in amounts] == ["33.33", "33.33", "33.35"]


def test_an_answer_for_all_parts_leaves_what_is_settled() -> None:
    settled = TermPart(Decimal(30), PaymentTerm(kind=TermKind.AFTER, count=60))
    term = PaymentTerm(kind=TermKind.PARTS, parts=(settled, TermPart(Decimal(70), UNREAD)))  # fmt: skip
    found = answered(term, "DAYS:30").parts
    assert [each.term.count for each in found] == [60, 30]


@pytest.mark.parametrize("option", ["NEXT_MONTH_DAY:31:12", "NEXT_MONTH_DAY:1:1"])
def test_a_day_of_the_next_months_is_one_of_twelve_months(option: str) -> None:
    _, day, months = option.split(":")
    found = answered(UNREAD, option)
    assert (found.day, found.months) == (int(day), int(months))


@pytest.mark.parametrize("numbers", ["32:1", "0:1", "1:13", "1:0", "1:1:1"])
def test_no_other_day_and_no_other_month_is(numbers: str) -> None:
    with pytest.raises(TermAnswerUnknown):
        answered(UNREAD, f"NEXT_MONTH_DAY:{numbers}")


@pytest.mark.parametrize("days", [0, 1830])
def test_so_many_days_are_none_to_five_years(days: int) -> None:
    assert answered(QUESTION, f"DAYS:{days}").count == days


def test_a_typed_number_is_a_day_of_a_month_or_so_many_days() -> None:
    asked = {each.id: each.wants for term in (MONTHLY, QUESTION) for each in readings(term, [MAY], WORK)}  # fmt: skip
    assert asked["NEXT_MONTH_DAY"] == (1, 31)
    assert asked["DAYS"] == (0, 1830)
    assert asked["NO_CREDIT"] is None
