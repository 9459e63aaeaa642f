"""`buyer reminder`, `reminders`, `confirmations`: what is written, what isn't and why."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
import time_machine

Shell = Callable[..., Any]
CLIENT, BUYER = "明达电子有限公司", "宁波海澜贸易有限公司"
ABOUT = ("--client", CLIENT, "--buyer", BUYER)


@pytest.fixture(autouse=True)
def _september() -> Iterator[None]:
    with time_machine.travel(datetime(2025, 9, 10, 12, tzinfo=UTC), tick=True):
        yield


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return "".join("".join(pages).split())


@pytest.mark.parametrize(
    ("tone", "title"),
    [("1", "付款提醒函"), ("2", "催款函"), ("3", "严正催款函"), ("final", "最后催款通知")],
)  # fmt: skip
def test_each_tone_says_what_is_late(
    full: Shell, tmp_path: Path, tone: str, title: str
) -> None:
    out = tmp_path / "letter.pdf"
    told = full("buyer", "reminder", *ABOUT, "--tone", tone, "--out", out, lang="zh")
    assert told.status == 0, told.out
    text = text_of(out)
    assert title in text
    assert "478,000.00" in text
    # Nothing is disputed, so the letter doesn't speak of it.
    assert told.json["places"]["left_out"] == ""
    assert "存在争议" not in text
    assert told.json["places"]["until"] == "2025-09-17"
    # The buyer may not learn of the insurance.
    assert "保险" not in text


def test_interest_stands_in_the_letter(full: Shell, tmp_path: Path) -> None:
    out = tmp_path / "letter.pdf"
    write = ("buyer", "reminder", *ABOUT, "--tone", "2", "--out", out)
    assert full(*write, "--interest", "agreed").error == "interest_rate_missing"
    assert not out.exists()
    told = full(*write, "--interest", "agreed", "--rate", "3.65")
    assert told.json["places"]["agreed_pct"] == "3.65"
    assert told.json["places"]["statutory_pct"] == ""
    assert "attheagreed3.65%ayear" in text_of(out)
    told = full(*write, "--interest", "statutory", "--replace")
    assert "interestof0.05%aday" in text_of(out)


def test_nothing_late_is_refused_in_words(full: Shell, tmp_path: Path) -> None:
    out = tmp_path / "letter.pdf"
    told = full("buyer", "reminder", "--client", CLIENT, "--buyer", "K2", "--tone", "1", "--out", out)  # fmt: skip
    assert (told.status, told.error) == (1, "nothing_late")
    assert not out.exists()


def test_a_round_writes_a_file_a_buyer_and_the_list(
    full: Shell, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    write = ("buyer", "reminders", "--client", CLIENT, "--tone", "1", "--out", folder)
    told = full(*write)
    assert told.status == 0, told.out
    files = [Path(each["file"]) for each in told.json["written"]]
    assert [each["buyer"] for each in told.json["written"]] == [BUYER]
    assert "Paymentreminder" in text_of(files[0])
    sheet = openpyxl.load_workbook(told.json["list"]).active
    assert sheet is not None
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert BUYER in cells
    assert files[0].name in cells
    before = files[0].read_bytes()
    assert full(*write).error == "output_there"
    assert files[0].read_bytes() == before
    assert full(*write, "--replace").status == 0


def test_confirmations_go_to_every_buyer_with_an_account(
    full: Shell, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    told = full("buyer", "confirmations", "--client", CLIENT, "--out", folder)
    assert told.status == 0, told.out
    assert BUYER in [each["buyer"] for each in told.json["written"]]
    assert len(list(folder.glob("*.pdf"))) == len(told.json["written"])
    assert "Replyslip" in text_of(Path(told.json["written"][0]["file"]))


def test_a_round_that_is_recorded_counts_what_comes_back(
    full: Shell, tmp_path: Path
) -> None:
    asked = ("buyer", "returns", "--client", CLIENT)
    assert full(*asked).json["rate_pct"] is None
    write = ("buyer", "confirmations", "--client", CLIENT, "--out", tmp_path / "r")
    written = full(*write, "--sent-on", "2025-09-09").json["written"]
    found = full(*asked).json
    assert sorted(found["sent"]) == sorted(each["buyer"] for each in written)
    assert found["waiting"] == found["sent"]
    assert found["rate_pct"] == "0"
    assert full(*asked, "--since", "2025-09-10").json["sent"] == []


def test_a_day_still_to_come_can_not_be_recorded(full: Shell, tmp_path: Path) -> None:
    write = ("buyer", "confirmations", "--client", CLIENT, "--out", tmp_path / "r")
    told = full(*write, "--sent-on", "2025-09-11")
    assert told.error == "event_in_future"
    assert not (tmp_path / "r").exists()


def test_a_round_of_all_clients_is_one_pdf_with_its_list(
    full: Shell, tmp_path: Path
) -> None:
    folder = tmp_path / "months"
    told = full("letter", "round", "month", "--out", folder, "--in-one", lang="zh")
    assert told.status == 0, told.out
    assert {each["buyer"] for each in told.json["written"]} == {None}
    assert CLIENT in {each["client"] for each in told.json["written"]}
    assert {each["file"] for each in told.json["written"]} == {str(folder / "信保月报.pdf")}  # fmt: skip
    assert "信保月报" in text_of(folder / "信保月报.pdf")
    assert full("letter", "round", "month", "--out", folder, "--in-one", lang="zh").error == "output_there"  # fmt: skip


def test_a_statement_of_the_round_covers_the_days_that_are_asked(
    full: Shell, tmp_path: Path
) -> None:
    write = ("letter", "round", "statement", "--client", CLIENT, "--out", tmp_path / "s")  # fmt: skip
    told = full(*write, "--field", "from=2025-01-01", "--field", "to=2025-06-30")
    assert told.status == 0, told.out
    assert "2025-06-30" in text_of(Path(told.json["written"][0]["file"]))


def test_what_goes_to_nobody_in_a_round_is_refused_by_name(
    full: Shell, tmp_path: Path
) -> None:
    told = full("letter", "round", "bank_mandate", "--out", tmp_path / "x")
    assert told.error == "paper_unknown"
    assert "overdue_notice" in told.out
