"""The reminder on paper: the table leaves out what is contested and adds up to what is to be paid."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from creditdesk.catalog.letters import REMINDERS, letters
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.ledger.chasing import InterestAsked, LateItem, Reminder
from creditdesk.domain.ledger.naming import part_name
from creditdesk.i18n import Language
from creditdesk.jobs import Progress
from creditdesk.reports import letter, reminder
from creditdesk.reports.reminder import Demanded


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def late(number: str, amount: str, disputed: str = "0", **more: object) -> LateItem:
    made = {
        "number": number, "issued": date(2025, 4, 1), "due": date(2025, 6, 12), "days_overdue": 90,
        "open": cny(amount), "disputed": cny(disputed), **more,
    }  # fmt: skip
    return LateItem(**made)  # type: ignore[arg-type]


FOUND = Reminder(
    client=Party(name="明达电子", country="CN"),
    buyer=Party(name="海澜贸易", country="CN"),
    buyer_id=1,
    on=date(2025, 9, 10),
    items=(
        late("INV-1", "113000", name=part_name("INV-1", 2, "INSTALMENT")),
        late("INV-2", "1000", "400"),
        late("INV-3", "50", bill="商票 77"),
    ),
    due_open=(cny("70"),),
    size="大型",
    own_size="小型",
)


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return "".join("".join(pages).split())


def written(tmp_path: Path, language: Language, asked: Demanded, tone: str) -> str:
    out = tmp_path / "x.pdf"
    text = letters()[REMINDERS[tone]].in_language(language)
    typed = {"until": "2025-09-17", "remarks": ""}
    letter.write(lambda words: reminder.content(asked, words), text, out, language, Progress(), typed)  # fmt: skip
    return text_of(out)


SAID = {
    "zh": (
        "INV-1·第2期", "存在争议或票据已由他人持有的CNY400.00", "CNY70.00应付款日待定", "票据到期未兑付商票77",
        "INV-1·第2期(72天)、INV-2(72天)", "未列入催收",
    ),
    "en": (
        "INV-1·part2", "CNY400.00thatisdisputed", "CNY70.00isopenwhoseduedate", "bill,nothonouredonitsday商票77",
        "INV-1·part2(72days),INV-2(72days)", "Notdemanded",
    ),
}  # fmt: skip


@pytest.mark.parametrize("tone", list(REMINDERS))
@pytest.mark.parametrize(("language", "said"), SAID.items())
def test_parts_bills_disputes_and_overlong_terms_are_named(
    tmp_path: Path, language: Language, said: tuple[str, ...], tone: str
) -> None:
    text = written(tmp_path, language, Demanded(FOUND), tone)
    # 113,000 + 600 + 50
    assert "113,650.00" in text
    for each in said:
        assert each in text


def test_statutory_interest_is_added(tmp_path: Path) -> None:
    asked = Demanded(FOUND, InterestAsked.STATUTORY)
    text = written(tmp_path, "zh", asked, "final")
    # 113,000 × 0.05 % × 90 = 5,085.00; 600: 27.00; 50: 2.25
    for each in ("5,085.00", "27.00", "2.25", "5,114.25", "118,764.25", "每日0.05%"):
        assert each in text


def test_the_account_stands_there_only_whole(tmp_path: Path) -> None:
    known = {"client.account_holder": "明达", "client.bank": "工行宁波分行"}
    assert "收款账户" not in written(tmp_path, "zh", Demanded(FOUND, known=known), "1")
    known["client.account_number"] = "6222"
    text = written(tmp_path, "zh", Demanded(FOUND, known=known), "1")
    assert "收款账户：户名明达，开户行工行宁波分行，账号6222。" in text
