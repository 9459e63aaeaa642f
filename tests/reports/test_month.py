"""The monthly report on paper: always one page, and what is missing is named instead of an amount."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from creditdesk.domain.base.counting import Anchor, CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.duties.agenda import Agenda, DutyId, DutyLine, Waiting
from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.domain.review.month import Deed, Gap, MonthBook, Standing
from creditdesk.i18n import Bilingual, Language
from creditdesk.jobs import Progress
from creditdesk.reports import month
from creditdesk.reports.month import ClientMonth

END = date(2026, 10, 31)


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def duty(number: int) -> DutyLine:
    return DutyLine(
        ids=(DutyId(number),), client_id=1, client="明达", policy_id=1, policy="P-1", code="D14",
        title=Bilingual("可损通知", "Overdue notice"), consequence=Bilingual("晚报可减赔" * 4, "The claim is cut " * 4),
        buyer_id=number, buyer=f"第{number}买方贸易有限公司", invoices=(), anchor_on=END,
        rule=CountRule(Anchor.DUE_DATE),
        legal=date(2026, 11, 28), safe=date(2026, 11, 27), amount=cny("1000"), provisional=False,
        calendar_known=True, state="open", closed_on=None,
    )  # fmt: skip


def made(duties: int, gaps: int = 2) -> ClientMonth:
    names = "NO_LIMIT OVER_LIMIT STOPPED AFTER_EXPIRY KNOWN_RISK METHOD TERM DISPUTED"
    reasons = names.split()
    each = cny("100")
    covered = cny("1000") - each.times(gaps)
    now = Standing(on=END, balance=cny("1000"), covered=covered, overdue=cny("300"))
    book = MonthBook(
        firm=Party(name="代账"), client=Party(name="明达"), policy="P-1", policy_end=date(2026, 12, 31), now=now,
        before=Standing(on=date(2026, 9, 30), balance=cny("900"), covered=cny("900"), overdue=cny("0")),
        payable=None, missing=(BY_KEY["max_liability"], BY_KEY["vat_insured"]),
        gaps=tuple(
            Gap(reason=why, amount=each, buyers=1, largest="买方", largest_amount=each) for why in reasons[:gaps]
        ),
        besides=(), deeds=(Deed(on=date(2026, 10, 8), what="sent", subject="notice", count=2),), choice=None,
        unconfirmed=(),
    )  # fmt: skip
    lines = tuple(duty(number) for number in range(1, duties + 1))
    waiting = tuple(Waiting(each.safe, each.buyer_id, each.amount, debt=True) for each in lines)  # fmt: skip
    return ClientMonth(
        book=book, agenda=Agenda(lines, waiting), today=date(2026, 11, 5)
    )


def pages(path: Path, months: list[ClientMonth], language: Language) -> list[str]:
    count = month.write(months, path, language, Progress())
    with pypdfium2.PdfDocument(path) as pdf:
        found = ["".join(page.get_textpage().get_text_bounded().split()) for page in pdf]  # fmt: skip
    assert len(found) == count
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("duties", "gaps"), [(0, 0), (3, 2), (30, 2), (30, 8)])
def test_always_one_page(
    tmp_path: Path, language: Language, duties: int, gaps: int
) -> None:
    (text,) = pages(tmp_path / "x.pdf", [made(duties, gaps)], language)
    shown = sum(f"第{number}买方" in text for number in range(1, duties + 1))
    assert shown <= month.MOST_DUTIES
    if duties:
        assert shown
        assert str(duties) in text
    if shown < duties:
        rest = {"zh": f"案台中另有{duties - shown}件", "en": f"another{duties - shown}inthedesk"}  # fmt: skip
        assert rest[language] in text


def test_what_is_missing_is_named_and_no_amount_printed(tmp_path: Path) -> None:
    (text,) = pages(tmp_path / "x.pdf", [made(1)], "zh")
    assert "可赔金额无法给出：保单的最高赔偿限额、是否含税未填写" in text
    assert "最多赔" not in text
    known = made(1)
    known = replace(known, book=replace(known.book, payable=cny("720"), missing=()))
    (text,) = pages(tmp_path / "y.pdf", [known], "zh")
    assert "最多赔720.00" in text


def test_the_safe_day_is_printed_and_the_legal_one_in_brackets(tmp_path: Path) -> None:
    (text,) = pages(tmp_path / "x.pdf", [made(1)], "en")
    assert "11-27(11-28)" in text
    assert "10-082noticessent" in text
