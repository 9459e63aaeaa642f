"""Insurers' files and kept quotes: what may be entered, the gate, and the points of a wording (rules.md 8)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.insurers.files import (
    CHECKLIST,
    EntryKind,
    EntryLine,
    InsurerEntryEmpty,
    InsurerFieldUnknown,
    InsurerFile,
    InsurerValueWrong,
    Service,
    checked,
)
from creditdesk.domain.insurers.kept_quotes import (
    QuoteFigureUnknown,
    QuoteFigureWrong,
    quote_of,
)
from creditdesk.domain.insurers.quotes import Criterion, Gate, Solvency
from creditdesk.errors import UserError
from creditdesk.i18n import words

NOTHING = Service(answered=0, in_full=0, waiting=0, days=None, accepted=(), insured=(), reasons=())  # fmt: skip


def entry(kind: EntryKind, **values: str) -> EntryLine:
    return EntryLine(
        id=1, insurer="A", kind=kind, as_of=date(2026, 1, 1), values=values, note="", who="x",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "gate"),
    [
        # 保险公司偿付能力管理规定 Art. 8: 50 %, 100 % and class B.
        ({"core_pct": "50", "comprehensive_pct": "100", "risk_class": "B"}, Gate.PASS),
        ({"core_pct": "49.9", "comprehensive_pct": "300", "risk_class": "AAA"}, Gate.FAIL),
        ({"core_pct": "80", "comprehensive_pct": "200", "risk_class": "C"}, Gate.FAIL),
        ({"core_pct": "80", "comprehensive_pct": "200"}, Gate.UNKNOWN),
        ({"state_insurer": "yes"}, Gate.STATE),
        ({"state_insurer": "no"}, Gate.UNKNOWN),
    ],
)  # fmt: skip
def test_the_newest_solvency_report_decides_whether_an_insurer_may_be_considered(
    values: Mapping[str, str], gate: Gate
) -> None:
    older = entry(EntryKind.SOLVENCY, core_pct="10")
    kept = checked(EntryKind.SOLVENCY, values)
    file = InsurerFile(
        name="A", entries=(entry(EntryKind.SOLVENCY, **kept), older), service=NOTHING
    )
    assert file.gate is gate


def test_an_insurer_without_an_entry_is_not_known() -> None:
    file = InsurerFile(name="A", entries=(), service=NOTHING)
    assert (file.gate, file.points) == (Gate.UNKNOWN, None)


def test_a_wording_has_as_many_points_as_it_meets() -> None:
    kept = checked(EntryKind.WORDING, {"met": "W1， W3,W12", "open": "W9"})
    file = InsurerFile(
        name="A", entries=(entry(EntryKind.WORDING, **kept),), service=NOTHING
    )
    assert file.points == 3
    assert len(CHECKLIST) == 12


@pytest.mark.parametrize(
    ("kind", "values", "refusal"),
    [
        (EntryKind.SOLVENCY, {}, InsurerEntryEmpty),
        (EntryKind.CONTACT, {"person": "  "}, InsurerEntryEmpty),
        (EntryKind.SOLVENCY, {"core_pct": "much"}, InsurerValueWrong),
        (EntryKind.SOLVENCY, {"comprehensive_pct": "100001"}, InsurerValueWrong),
        (EntryKind.SOLVENCY, {"risk_class": "Z"}, InsurerValueWrong),
        (EntryKind.WORDING, {"met": "W1, W13"}, InsurerValueWrong),
        (EntryKind.PORTAL, {"web": "x"}, InsurerFieldUnknown),
    ],
)
def test_what_cannot_be_so_is_refused(
    kind: EntryKind, values: Mapping[str, str], refusal: type[UserError]
) -> None:
    with pytest.raises(refusal):
        checked(kind, values)


def test_blank_values_are_left_out() -> None:
    found = checked(EntryKind.CONTACT, {"person": " 王 ", "mail": ""})
    assert found == {"person": "王"}


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ({"rate_pct": "x"}, "数"),
        ({"rate_pct": "101"}, "0 到 100"),
        ({"minimum": "-1"}, "不小于 0"),
        ({"limits": "1.5"}, "整数"),
        ({"Q1": "6"}, "1 至 5"),
        ({"Q2": "0"}, "1 至 5"),
    ],
)
def test_an_absurd_figure_of_a_quote_is_refused_in_words(
    figures: Mapping[str, str], told: str
) -> None:
    with pytest.raises(QuoteFigureWrong) as refused:
        quote_of("A", figures, "CNY", Solvency())
    assert told in words("zh").say(refused.value.said)


def test_a_figure_no_quote_has_is_refused() -> None:
    with pytest.raises(QuoteFigureUnknown):
        quote_of("A", {"premum": "1"}, "CNY", Solvency())


def test_a_quote_keeps_what_is_known_and_nothing_else() -> None:
    found = quote_of(
        "A", {"rate_pct": "0.25", "minimum": "96,000", "limits": "20", "Q3": "5", "tax_pct": " "}, "CNY", Solvency(),
    )  # fmt: skip
    assert (found.rate_pct, found.limits) == (Decimal("0.25"), 20)
    assert found.minimum == Money(Decimal(96000), "CNY")
    assert (found.tax_pct, found.subsidy) == (None, None)
    assert found.scores == {Criterion.COST: 5}
