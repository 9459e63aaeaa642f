"""Letters about a claim and its buyer: written by command, refused by name where a fact is missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import time_machine

from creditdesk.catalog.letters import NOTICE_LETTERS, Letter, Start, letters
from creditdesk.domain.claim.claims import ClaimState, Decision
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.i18n import Language
from creditdesk.services.claims import ClaimId, StepTaken
from creditdesk.services.claims.values import Ruling
from creditdesk.services.clients import ClientCard
from creditdesk.services.watch import NewEvent
from creditdesk.workspace import Desk, open_desk

CODE = "91350100M000100Y43"
Shell = Any  # the fixture of conftest, which tests can't import
CLIENT, BUYER = "明达电子有限公司", "宁波海澜贸易有限公司"
ABOUT = ("--client", CLIENT, "--buyer", BUYER)
ACCOUNT = (
    "client.account_holder=明达电子有限公司",
    "client.bank=中国银行宁波分行",
    "client.account_number=6222 0001",
)
TYPED = {
    "claim_answer": {"asked_on": "2025-09-05", "answers": "一、已按期交货。"},
    "rights_assignment": {"settled": "398500"},
    "claim_appeal": {"grounds": "交货凭证齐全"},
    "power_of_attorney": {"agent": "某律师事务所", "scope": "催收、起诉", "until": "2026-12-31"},
    "bank_mandate": {"financing_bank": "某银行", "scope": "提交索赔"},
}  # fmt: skip
OF_CLAIM = [each for each in letters().values() if each.start is Start.CLAIM]


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(datetime(2025, 11, 10, 12, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def known(full: Shell) -> Shell:
    """Everything is entered that letters need: account, registration no., a calculation, a decision that is late."""
    for fact in ACCOUNT:
        assert full("claim", "form", 1, "--set", fact).status == 0
    assert full("claim", "estimate", 1, "--keep").status == 0
    decided = StepTaken(
        state=ClaimState.DECIDED,
        on=date(2025, 10, 10),
        ruling=Ruling(decision=Decision.REDUCED, reduction_pct=Decimal(20)),
        reason="迟报",
    )
    with desk_opened(full.desk) as desk:
        (client,) = desk.clients.all()
        desk.clients.change(client.id, ClientCard(name=CLIENT, uscc=CODE))
        desk.claims.advance(ClaimId(1), StepTaken(state=ClaimState.FILED, on=date(2025, 9, 8)))  # fmt: skip
        desk.claims.advance(ClaimId(1), decided)
    return full


@contextmanager
def desk_opened(path: Path) -> Iterator[Desk]:
    """What no command enters is entered in the desk itself."""
    desk = open_desk(path)
    desk.move_to(date(2025, 11, 10))
    try:
        yield desk
    finally:
        desk.close()


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return "".join("".join(pages).split())


def letter(
    shell: Shell, kind: str, out: Path, language: str = "en", **typed: str
) -> Any:  # noqa: ANN401 - what conftest's shell answers
    fields = [part for key, value in typed.items() for part in ("--field", f"{key}={value}")]  # fmt: skip
    return shell("claim", "letter", 1, kind, *fields, "--out", out, lang=language)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", OF_CLAIM, ids=lambda each: each.id)
def test_each_is_written_in_both_languages(
    known: Shell, tmp_path: Path, kind: Letter, language: Language
) -> None:
    out = tmp_path / "letter.pdf"
    told = letter(known, kind.id, out, language, **TYPED.get(kind.id, {}))
    assert told.status == 0, told.out
    assert told.json["places"].keys() == kind.places
    text, flat = kind.in_language(language), text_of(out)
    assert "".join(text.title.split()) in flat
    for name, value in told.json["places"].items():
        if value and any(f"{{{name}}}" in each for each in text.paragraphs[:1]):
            assert "".join(value.split()) in flat
    assert "{" not in flat
    # The first sentence carries the letter: it is never left out for a place that nobody filled.
    first = text.paragraphs[0].partition("{")[0]
    assert "".join(first.split()) in flat


def test_the_account_stands_in_claim_and_payment_instruction(
    known: Shell, tmp_path: Path
) -> None:
    for kind in ("claim_letter", "payment_instruction"):
        out = tmp_path / f"{kind}.pdf"
        told = letter(known, kind, out, "zh")
        assert told.json["places"]["account"] == "6222\u00a00001"  # on one line
        assert "账号：62220001" in text_of(out).replace(
            "账号62220001", "账号：62220001"
        )


def test_the_claim_letter_lists_the_invoices_and_claims_what_was_computed(
    known: Shell, tmp_path: Path
) -> None:
    out = tmp_path / "letter.pdf"
    told = letter(known, "claim_letter", out).json["places"]
    assert told["count"] == "3"
    assert told["owed"] == "CNY\u00a0478,000.00"
    assert told["amount"] == "CNY\u00a0430,200.00"
    assert "CNY430,200.00" in text_of(out)
    assert "INV1" in text_of(out)


@pytest.mark.parametrize(
    ("kind", "needs"),
    [
        ("claim_letter", ("the amount claimed", "Account holder", "Bank of the account", "registration no.")),
        ("payment_instruction", ("Account holder (tab “Claim form” of the claim)",)),
        ("claim_appeal", ("the insurer's decision and its day (tab “Course” of the claim)",)),
        ("claim_complaint", ("the day the claim was filed", "more than 30 days ago")),
        ("rights_assignment", ("registration no.",)),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_with_its_place_and_no_paper_is_written(
    full: Shell, tmp_path: Path, kind: str, needs: tuple[str, ...]
) -> None:
    out = tmp_path / "letter.pdf"
    told = letter(full, kind, out, **TYPED.get(kind, {}))
    assert told.error == "letter_fact_missing"
    for each in needs:
        assert each in told.out
    assert not out.exists()


def test_the_appeal_names_the_decision_and_what_was_cut(
    known: Shell, tmp_path: Path
) -> None:
    out = tmp_path / "letter.pdf"
    letter(known, "claim_appeal", out, "zh", grounds="按期报损")
    text = text_of(out)
    assert "贵司于2025-10-10作出决定" in text
    assert "贵司扣减赔款20%" in text
    assert "迟报" in text


def test_the_complaint_counts_from_the_decision_that_was_not_paid(
    known: Shell, tmp_path: Path
) -> None:
    out = tmp_path / "letter.pdf"
    told = letter(known, "claim_complaint", out, "zh").json["places"]
    assert (told["unpaid"], told["undecided"], told["waiting"]) == ("2025-10-10", "", "31")  # fmt: skip
    text = text_of(out)
    assert "至今已过31天，我司尚未收到赔款" in text
    assert "尚未收到贵司的理赔决定" not in text
    assert "保险法》第二十三条" in text


def test_a_letter_that_does_not_start_from_a_claim_is_refused_by_name(
    full: Shell, tmp_path: Path
) -> None:
    assert letter(full, "limit_increase", tmp_path / "x.pdf").error == "letter_unknown"


@pytest.mark.parametrize("kind", sorted(NOTICE_LETTERS))
def test_the_insurer_is_told_about_a_buyer_by_its_kind(
    full: Shell, tmp_path: Path, kind: str
) -> None:
    with desk_opened(full.desk) as desk:
        (client,) = desk.clients.all()
        buyer = desk.buyers.named(client.id, BUYER)
        learned = NewEvent(
            buyer_id=buyer,
            kind=BuyerEventKind.ADVERSE_INFO,
            happened_on=date(2025, 9, 1),
            known_on=date(2025, 9, 3),
            note="被列为被执行人",
        )
        desk.watch.report(learned, date(2025, 9, 10))
    out = tmp_path / "letter.pdf"
    plan = ("--field", "plan=三期") if kind == "extension" else ()
    told = full("buyer", "notice", *ABOUT, "--kind", kind, *plan, "--out", out, lang="zh")  # fmt: skip
    assert told.status == 0, told.out
    title = letters()[NOTICE_LETTERS[kind]].title.zh
    assert title in text_of(out)
    assert ("被列为被执行人" in text_of(out)) is (kind == "adverse")


def test_the_notice_says_that_deliveries_stopped_only_where_they_did(
    full: Shell, tmp_path: Path
) -> None:
    out = tmp_path / "letter.pdf"

    def told() -> list[str]:
        answer = full("buyer", "notice", *ABOUT, "--kind", "overdue", "--out", out, "--replace", lang="zh")  # fmt: skip
        names = ("stopped_on", "stops_on", "delivered_on", "no_stop_on")
        return [answer.json["places"][name] for name in names]

    stopped, *others = told()
    assert stopped
    assert not any(others)
    assert f"我司已于{stopped}停止向该买方发货" in text_of(out)
    later = full.folder / "later.csv"
    later.write_text(
        f"客户编码,客户名称,发票号,开票日期,到期日,金额\nK1,{BUYER},INV9,2025-09-08,2025-11-08,1000\n",
        encoding="utf-8",
    )
    assert full("ledger", "import", later, "--client", CLIENT).status == 0
    assert told() == ["", "", "2025-09-08", ""]
    assert "我司已于" not in text_of(out)
    assert "自本通知之日起将停止发货" in text_of(out)


def test_the_answers_a_claim_keeps_stand_in_the_letter(
    known: Shell, tmp_path: Path
) -> None:
    paper = tmp_path / "签收单.txt"
    paper.write_text("已签收", "utf-8")
    for text in ("何时交货？", "有无担保？", "签收单？"):
        known("claim", "ask", 1, text, "--on", "2025-09-05")
    first, _, third = (each["id"] for each in known("claim", "questions", 1).json)
    known("claim", "answer", 1, first, "--on", "2025-09-06", "--text", "一月十日。")
    known("claim", "answer", 1, third, "--on", "2025-09-06", "--paper", paper)
    told = letter(known, "claim_answer", tmp_path / "a.pdf", "zh")
    assert told.status == 0, told.out
    places = told.json["places"]
    assert places["asked_on"] == "2025-09-05"
    assert (
        places["answers"] == "1. 何时交货？ 答：一月十日。\n2. 签收单？ 答：见随附资料"
    )
    assert places["enclosed"] == "第 2 项所附资料"
    assert places["later"] == "有无担保？"
    typed = letter(
        known, "claim_answer", tmp_path / "b.pdf", "zh", answers="一、已交货。"
    )
    assert typed.json["places"]["answers"] == "一、已交货。"
