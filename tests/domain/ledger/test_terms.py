"""Payment terms in words (rules.md 14.1): what a ledger writes, and the day by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdesk.catalog.calendars import work_calendar
from creditdesk.catalog.terms import payment_term, term_words
from creditdesk.domain.ledger.term_days import DueState, FallsDue, fall_due
from creditdesk.domain.ledger.terms import KnownDays, PartKind, TermKind

D = date.fromisoformat
CHINA = work_calendar("CN")
MAY = KnownDays(invoice=D("2026-05-10"))
# A Tuesday; the Qingming days off are 4 to 6 April.
KNOWN = KnownDays(
    invoice=D("2026-03-17"),
    delivery=D("2026-03-20"),
    accepted=D("2026-04-02"),
    received=D("2026-03-25"),
    bl_date=D("2026-03-28"),
)


def listed(text: str) -> list[str]:
    return [words for line in text.strip().splitlines() for words in line.split(" | ")]


def by_day(text: str) -> list[tuple[str, str]]:
    """Lines of a day and the wordings that lead to it."""
    lines = (line.split(" ", 1) for line in text.strip().splitlines())
    return [(words, day) for day, row in lines for words in row.split(" | ")]


def due(words: str, known: KnownDays = KNOWN) -> FallsDue:
    return fall_due(payment_term(words), known, CHINA)


# The table of rules.md 14.1, for an invoice of 2026-05-10 of which nothing else is known.
SETTLED = by_day("""
2026-07-09 60 | 60天 | 六十天 | 60 days | Net 60 | N/60 | OA60 | OA 60 days | D/A 60 | 放账60天
2026-06-24 开票后45天 | 自开票之日起45日 | 45 days from invoice
2026-08-10 3个月 | 三个月 | 3 months
2026-06-09 2/10 N/30 | 2% 10 net 30
2026-06-25 次月25日 | 次月25号付款 | 25th of next month
2026-07-10 隔月10日 | 10th of the second month following
2026-05-10 款到发货 | 现款 | 预付 | 货到付款 | due on receipt | CBD | CIA | COD
2026-05-29 15个工作日
2026-05-24 2周
2026-11-10 半年
2026-06-30 次月底
2026-05-31 当月底
""")
ASKED = listed("""
月结60天 | 月结60 | EOM 60 | 60 days EOM | 月结 | 月结次月付 | 货到30天 | 到货后 | 签收后
验收后30天 | 提单日后60天 | B/L + 60 | 票到30天 | 收票后30天 | D/P 即期 | 见单即付 | LC 即期 | sight
面议 | 按合同 | 见合同 | 另议
""")


@pytest.mark.parametrize(
    ("words", "day"),
    SETTLED,
)
def test_the_table_of_the_rules_gives_its_days(words: str, day: str) -> None:
    found = due(words, MAY)
    assert (found.state, found.due) == (DueState.FIXED, D(day))
    assert found.asks == ()


@pytest.mark.parametrize("words", ASKED)
def test_the_table_of_the_rules_leaves_the_rest_open(words: str) -> None:
    found = due(words, MAY)
    assert (found.state, found.due) == (DueState.OPEN, None)
    assert found.asks


# Wordings of ledgers, for an invoice of 2026-03-17 of which every day is known.
WORDINGS = by_day("""
2026-03-17 现款现货 | 预付款 | 全款预付 | 100%预付 | 预付100% | 先款后货 | 货到即付 | 货到付清
2026-03-17 现结 | 带款提货 | 发货前付清 | 发货前付款 | 出货前付全款 | cash in advance
2026-03-17 Cash on Delivery | payment in advance | prepaid | T/T in advance | 100% T/T in advance
2026-03-17 due upon receipt | payable upon receipt | before shipment | prior to delivery
2026-03-17 immediately | CWO | 0天 | 零账期
2026-03-24 7天 | 7 days | 七日内 | 一周 | 1 week | 5个工作日 | 5 working days | 一个星期
2026-03-27 10天内付款 | within 10 days
2026-03-31 14天 | ２周 | 两周 | two weeks | 当月底 | 本月月底 | end of this month | 当月结
2026-03-31 当月付清 | 10个工作日 | ten business days
2026-04-01 15天 | 15日内付清 | 开票15日
2026-04-08 15个工作日内付款 | 15 business days after invoice date
2026-04-10 每月10号 | 每月10日付款 | 10th of each month | 月结次月10日 | 次月10号前付款
2026-04-10 开票次月10日前 | 开票后次月10日付款 | 10th of the following month
2026-04-10 by the 10th of next month | 10th prox | 10th of the month following invoice date
2026-04-10 day 10 of next month
2026-03-25 每月25日 | 每月25日结算 | 25th of every month
2026-04-16 30 | 30天 | ３０天 | 三十天 | 叁拾天 | 30 d | 30days | NET30 | Net 30
2026-04-16 net 30 days | n30 | N/30 | 30 days net | 账期30天 | 帐期：30天 | 信用期 30 天
2026-04-16 付款期限30天 | 付款期限：开票后30天内 | 赊销30天 | T/T 30 days | T/T, 30 days | 电汇30天
2026-04-16 30天电汇 | 发票日后30天 | 發票後30天 | 开具发票后30日内支付 | 30天内 | 30天以内付清
2026-04-16 不超过30天 | 最迟30天 | 30 days after invoice date | 30 days from date of invoice
2026-04-16 thirty (30) days | thirty days after invoice | payment within 30 days
2026-04-16 Payment terms: net 30 days | 30天后付款 | OA 30 | O/A 30 days | open account 30 days
2026-04-16 2/10, n/30 | 2%/10 net 30 | 1/10 n/30 | 3% 7 days, net 30 days | 2/10 1/20 net 30 | 20/10 n/30 | 30.0
2026-04-16 2/25 n/30 | 2/10 net thirty (30)
2026-04-16 invoice + 30 | 账期30日 | 30日内 | 30日后付款 | 放账30日 | 30 day | 30-day | FOB 30 days
2026-05-01 四十五天 | 45天 | forty-five days | 开票之日起45天
2026-05-16 60日历天 | 60 calendar days | LC 60 days | 60天信用证 | DA60 | D/A 60 days | 六〇天
2026-05-16 发票日+60 | sixty days | 一次性付清60天
2026-06-15 90天 | 九十天 | D/A 90天 | 90 days | 远期信用证90天 | usance L/C 90 days
2026-07-15 120天 | 一百二十天 | 120 days
2026-09-13 180天 | 一百八十天
2026-04-17 一个月 | 1个月 | 1 month
2026-05-17 2个月 | 两个月 | 兩個月 | 2 months
2026-06-17 3个月 | 叁个月 | 3 mths
2026-09-17 半年 | 6个月 | half a year
2027-03-17 一年 | 1年 | 12个月 | 1 year
2026-04-19 货到30天 | 到货后30天 | 貨到30天 | 发货后30天 | 交货后30日内 | 签收后30天付款
2026-04-19 收到货物后30天 | 30 days after delivery | 30 days from date of shipment | 30 days ROG
2026-04-19 30 days after receipt of goods | 货到后一次性付款30天
2026-05-04 100% T/T within 45 days of delivery | 发货后45天内付清 | 45 days after shipment date
2026-05-02 验收后30天 | 验收合格后30日内 | 货到验收合格后30天 | 30 days after acceptance
2026-04-24 票到30天 | 收票后30天 | 收到发票后30天 | 发票收到后30天内付款
2026-04-24 30 days after receipt of invoice
2026-03-26 收到发票后1天
2026-05-27 提单日后60天 | B/L + 60 | B/L date + 60 days | 60 days after B/L date
2026-05-27 60 days from bill of lading date | BL 60天 | 装船后60天
2026-04-25 次月25日 | 下月25日 | 次月25号付款 | 月结次月25日付款 | 25th of next month | 下个月25号前
2026-05-10 隔月10日 | 隔月10号 | 10th of the second month following
2026-05-10 10th of the 2nd month following
2026-04-30 次月底 | 下月底 | 次月末付款 | 下个月底前 | 月结次月底 | end of next month
2026-04-30 end of the following month | EOM+30
2026-05-31 隔月底 | 75 days
2026-04-01 次月1日 | 每月1日 | 1st of next month
2026-03-31 每月31日
2026-04-30 次月31日
2026-04-11 二十五天 | 25-天
2026-04-18 32日
2026-05-16 60- | 60天- | OA+60 | OA/60 | 账期/60天 | +60天
2026-06-27 一百零二天
2029-03-23 一千一百零二天
2031-03-21 1830天 | 1830日
2031-03-11 260周
2031-03-17 60个月 | 5年
2027-03-17 365
2026-05-15 EOM+45 | 月底+45天 | end of month + 45 days
""")


@pytest.mark.parametrize(
    ("words", "day"),
    WORDINGS,
)
def test_a_wording_that_says_its_day_gives_it(words: str, day: str) -> None:
    assert due(words).due == D(day)


# What has two readings, sends elsewhere, or isn't fully understood has no day, whatever is known.
OPEN = listed("""
月结30天 | 月结90天 | 月结45 | 月结60日 | 月结两个月 | 开票后月结60天 | 票到月结30天 | 月結60天
net 30 EOM | 30 days EOM | 45 days end of month | 30 days from end of month | EOM | month end | 月末
次月付款 | 次月结 | DA 90 days after sight | 90 days sight | at 90 days sight | 见票后90天
见单后30天 | D/P | D/P 60天 | CAD | cash against documents | L/C at sight | 即期信用证 | 付款交单
面议 | 双方协商 | 以合同为准 | as agreed | per contract | TBD | 其他 | 按合同约定30天 | 对账后30天
入库后60天 | 货到票到30天 | 发货后开票30天 | 30-60天 | 30~60天 | 30 60 | 30天60天 | 30/60/90 days
三五天 | 一百二天 | 二十三百天 | 零十天 | ①30天 | ½个月 | 3月 | 2026年 | 20260709 | 0 | T/T | OA | 30天（含税） | 半个月
一个半月 | 1.5个月 | 季结 | 周结 | 月结次月10日及25日 | 当月结30天 | 押一批付一批 | 滚动付款
30 days before shipment | 发货前30天 | 不付款 | 30 todays | 30% | 40%预付，70%货到
30 days or 60 days | 背靠背 | 甲方付款后30天 | 收到货款后30天 | 次月25天 | 45 days EOM 10th
2/10 net 5 | 60.5天 | 1,000 | 999 | 每月40号 | 退货30天 | 质保金30天
25日 | 25日付款 | 30日 | 月结25日 | 半年结 | 三个月结 | 30天结 | 每月底
21/10 n/30 | 31日 | 31日付款 | 25日40日
2/10 21/20 n/30 | 2/10 1/5 n/30 | 100%预付，0%货到30天 | 余款70%货到60天 | 余款货到30天，尾款验收后
1831天 | 1831日 | 261周 | 61个月 | 6年 | 366 | 501个工作日
每月0日 | 每月32日 | 次月0日 | 次月32日 | 当月25日 | 30% | %30天 | 99%预付，%货到30天
银行承兑汇票180天 | 6个月银承 | 90天承兑 | 60 days draft
""")


@pytest.mark.parametrize("words", OPEN)
def test_words_with_another_reading_have_no_day(words: str) -> None:
    found = due(words)
    assert (found.state, found.due) == (DueState.OPEN, None)
    assert found.asks


def test_five_hundred_working_days_are_the_longest_term_in_them() -> None:
    assert due("500个工作日").state is DueState.FIXED


PARTS = [
    ("30%预付，70%发货后60天", "30 2026-03-17, 70 2026-05-19"),
    ("预付30%，余款发货后60天付清", "30 2026-03-17, 70 2026-05-19"),
    ("预付30%发货后60天付70%", "30 2026-03-17, 70 2026-05-19"),
    ("30%定金70%尾款货到60天", "30 2026-03-17, 70 2026-05-19"),
    ("定金30%，尾款70%货到60天", "30 2026-03-17, 70 2026-05-19"),
    (
        "30% deposit, balance 60 days after B/L date",
        "30 2026-03-17, 70 2026-05-27",
    ),
    (
        "30% T/T in advance and 70% 30 days after delivery",
        "30 2026-03-17, 70 2026-04-19",
    ),
    ("30% advance + 70% B/L + 30", "30 2026-03-17, 70 2026-04-27"),
    (
        "10%订金，30%发货前付清，60%货到60天",
        "10 2026-03-17, 30 2026-03-17, 60 2026-05-19",
    ),
    ("50%预付/50%验收后30天", "50 2026-03-17, 50 2026-05-02"),
    ("95%验收后30天，5%质保金验收后1年", "95 2026-05-02, 5 2027-04-02"),
    (
        "12.5%预付；87.5%开票后30天",
        "12.5 2026-03-17, 87.5 2026-04-16",
    ),
    ("预付30%余款发货前", "30 2026-03-17, 70 2026-03-17"),
    ("30%预付余款货到60天", "30 2026-03-17, 70 2026-05-19"),
    ("货到付70%，30%月结", "70 2026-03-17, 30 -"),
    ("签约后预付30%，发货款60%，质保金10%", "30 2026-03-17, 60 2026-03-17, 10 -"),
    ("50% down, 50% net 30", "50 2026-03-17, 50 2026-04-16"),
    ("30/70", "30 -, 70 -"),
    ("30:70", "30 -, 70 -"),
    ("T/T 30/60/10", "30 -, 60 -, 10 -"),
    ("30%预付，70%月结60天", "30 2026-03-17, 70 -"),
    ("30%预付，70%见提单复印件付款", "30 2026-03-17, 70 -"),
    ("30%预付，70%货到票到30天", "30 2026-03-17, 70 -"),
    ("30%预付，70%月底+45天", "30 2026-03-17, 70 2026-05-15"),
    ("70%发货后60天，预付30%", "70 2026-05-19, 30 2026-03-17"),
    ("30%预付，70%，发货后60天", "30 2026-03-17, 70 2026-05-19"),
    ("70%，发货后60天，30%预付", "70 2026-05-19, 30 2026-03-17"),
    ("货到，70%，60天，30%预付", "70 2026-05-19, 30 2026-03-17"),
    ("99%预付，1%质保金验收后1年", "99 2026-03-17, 1 2027-04-02"),
]


@pytest.mark.parametrize(("words", "parts"), PARTS)
def test_shares_are_parts_with_their_own_days(words: str, parts: str) -> None:
    found = due(words)
    assert (found.state, found.due) == (DueState.PARTS, None)
    told = [f"{part.pct.normalize():f} {part.due or '-'}" for part in found.parts]
    assert ", ".join(told) == parts


def test_a_retention_is_told_from_an_instalment() -> None:
    kinds = [part.kind for part in due("95%货到30天，5%质保金验收后一年").parts]
    assert kinds == [PartKind.INSTALMENT, PartKind.RETENTION]


def test_a_discount_is_no_share() -> None:
    assert payment_term("2% 10 net 30").kind is TermKind.AFTER


@pytest.mark.parametrize(
    "words", ["60天", "开票后45天", "2/10 N/30", "30%预付,70%发货后60天", "月结60天"]
)
def test_width_blanks_and_case_change_nothing(words: str) -> None:
    wide = "".join(
        chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in words
    )
    assert payment_term(wide) == payment_term(words)
    assert payment_term(words.swapcase()) == payment_term(words)
    spaced = "".join(each if each.isdigit() else f" {each}\u3000" for each in words)
    assert payment_term(spaced) == payment_term(words)


def test_blanks_never_make_one_number_of_two() -> None:
    assert payment_term("30 60天").kind is TermKind.UNREAD


EVERY_PHRASE = sorted({"".join(atoms) for atoms in term_words().phrases})
PIECES = st.lists(
    st.one_of(
        st.sampled_from(EVERY_PHRASE),
        st.integers(0, 400).map(str),
        st.sampled_from(["%", "，", "+", "/", "-", "（", "）", " ", "三十", "。"]),
    ),
    max_size=8,
).map(" ".join)


@given(st.one_of(PIECES, st.text(max_size=220)))
def test_any_text_has_a_day_or_something_to_ask(text: str) -> None:
    for known in (KNOWN, MAY, KnownDays(invoice=None)):
        found = due(text, known)
        assert (found.due is not None) == (found.state is DueState.FIXED)
        assert bool(found.parts) == (found.state is DueState.PARTS)
        if found.state is DueState.OPEN:
            assert found.asks
        if found.parts:
            assert sum(part.pct for part in found.parts) == 100


@pytest.mark.parametrize(("length", "kind"), [(200, TermKind.AFTER), (201, TermKind.UNREAD)])  # fmt: skip
def test_a_wording_of_two_hundred_signs_is_read_and_no_longer_one(
    length: int, kind: TermKind
) -> None:
    assert payment_term("net 30 days".ljust(length)).kind is kind
