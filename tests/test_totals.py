"""One day has one total: every screen, command, workbook and paper that shows a client's debt shows the same."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, redirect_stdout
from datetime import date
from functools import partial
from io import StringIO
from pathlib import Path
from shutil import copyfile
from typing import Any

import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook

from creditdesk.cli import root
from creditdesk.domain.base.money import Money
from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.ledger.receivables import ReceivablesPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.today import TodayPresenter
from creditdesk.reports import aging_workbook, balance_letter, statement, style
from creditdesk.reports.aging_workbook import Level
from creditdesk.services.buyers import BuyerId
from creditdesk.workspace import Desk, Workspace, open_desk

TODAY = date(2028, 2, 29)
PAST = date(2027, 9, 30)


@pytest.fixture(scope="module")
def path(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample desk, to look at."""
    (kept,) = demo.glob("*.creditdesk")
    return Path(copyfile(kept, tmp_path_factory.mktemp("totals") / kept.name))


@pytest.fixture(scope="module")
def sample(path: Path) -> Iterator[Desk]:
    desk = open_desk(path)
    desk.move_to(TODAY)
    yield desk
    desk.close()


def workspace(desk: Desk, folder: Path, client: int, on: date) -> Workspace:
    preferences = PreferenceFile(folder / "preferences.json")
    made = Workspace(desk, ImmediateRunner(), preferences, today=lambda: on)
    made.client = client
    return made


def answered(path: Path, *arguments: str) -> object:
    with redirect_stdout(StringIO()) as said:
        status = root.run(["--desk", str(path), "--lang", "en", "--json", *arguments])
    assert status == 0, said.getvalue()
    return json.loads(said.getvalue())


def column(file: Path, heading: str) -> list[object]:
    """The cells under a heading, down to the first empty one or formula."""
    rows = list(load_workbook(file).worksheets[0].iter_rows(values_only=True))
    top = next(at for at, row in enumerate(rows) if heading in row)
    place = rows[top].index(heading)
    found: list[object] = []
    for row in rows[top + 1 :]:
        if row[place] is None or str(row[place]).startswith("="):
            break
        found.append(row[place])
    return found


def text_of(path: Path) -> str:
    with closing(pdfium.PdfDocument(path.read_bytes())) as pdf:
        return "".join(page.get_textpage().get_text_bounded() for page in pdf)


def cells(table: Any, key: str, *, positive: bool = False) -> str:  # noqa: ANN401 - a table or a window
    """The sum of what a column shows; `positive`: of invoices, whose figures have no minus."""
    place = [each.key for each in table.columns].index(key)
    texts = [table.cell(at, place).text for at in range(table.count)]
    # A buyer that owes nothing shows its currency alone.
    digits = [
        last.replace(",", "")
        for last in (text.split()[-1] for text in texts if text.strip())
        if last[-1].isdigit()
    ]
    return summed([each for each in digits if not (positive and "\u2212" in each)])


def summed(amounts: Sequence[object]) -> str:
    return f"{sum(round(float(str(each)) * 100) for each in amounts) / 100:.2f}"


@pytest.mark.slow
@pytest.mark.parametrize("on", [pytest.param(TODAY, id="today"), pytest.param(PAST, id="a day gone by")])  # fmt: skip
def test_what_is_owed_is_one_sum_on_every_screen_command_and_workbook(
    sample: Desk, path: Path, tmp_path: Path, on: date
) -> None:
    for client in sample.clients.all():
        aging = sample.ledger.balances(on, client_id=client.id).aging
        ((currency, figures),) = aging.by_currency.items()
        total = figures.outstanding
        assert total

        screen = ReceivablesPresenter(workspace(sample, tmp_path, client.id, on), Wording("en"))  # fmt: skip
        screen.show(screen.job()(Progress()))
        figure = Wording("en").figure(total)
        assert f"outstanding {figure} =" in screen.buyers.footer[0]
        assert cells(screen.buyers, "total") == total.plain
        screen.set_day(on)
        assert f"open {figure}" in screen.documents.footer[0]
        assert cells(screen.documents, "open", positive=True) == total.plain

        today = TodayPresenter(workspace(sample, tmp_path, client.id, on), Wording("en"))  # fmt: skip
        today.show_figures(today.figures_job()(Progress()))
        bars = [sum(each.amount for each in bar.columns) for bar in today.bars]
        owed_by = [
            each[currency].outstanding.amount for each in aging.by_buyer.values()
        ]
        assert bars == sorted(owed_by, reverse=True)[: len(bars)]

        whole = sample.ledger.aging(on, client_id=client.id)
        for level in (Level.BUYER, Level.INVOICE):
            file = tmp_path / f"{client.id}-{level}.xlsx"
            aging_workbook.write(whole, file, "en", Progress(), by=level)
            assert summed(column(file, "Amount open")) == total.plain

        book = sample.reviews.book(client.id, date(2027, 1, 1), on, TODAY)
        owed = Money.total((row.balance for row in book.portfolio), currency)
        assert owed == Money.total((each for row in book.ageing for each in row.amounts), currency)  # fmt: skip
        assert owed == total

        asked = ("ledger", "aging", "--client", client.name, "--as-of", on.isoformat())
        for by in ("total", "buyer", "invoice"):
            told = answered(path, *asked, "--by", by)
            assert isinstance(told, dict)
            assert told["by_currency"][currency]["open_amount"] == total.plain
            key = {"buyer": "open_amount", "invoice": "open"}.get(by)
            if key:
                amounts = [row[key] for row in told["rows"]]
                assert summed(amounts) == total.plain


@pytest.mark.slow
def test_a_buyers_balance_is_one_figure_on_statement_letter_and_claim(
    sample: Desk, demo: Path, tmp_path: Path
) -> None:
    """On the date of loss the whole debt of the claim is what the buyer is asked to confirm."""
    for line in sample.claims.all():
        buyer = BuyerId(line.buyer_id)
        made = sample.claims.estimate(line.id, TODAY).indemnity
        assert made is not None
        day = made.date_of_loss
        aging = sample.ledger.aging(day, buyer_id=buyer).aging
        (figures,) = aging.by_buyer[buyer].values()
        assert made.whole_debt == figures.balance
        (account,) = sample.ledger.statement(buyer, date(2027, 1, 1), day).accounts
        assert account.closing == figures.balance
        letter = sample.ledger.confirmation(buyer, day)
        (confirmed,) = letter.accounts
        assert confirmed.balance == figures.balance
        asked = sample.ledger.statement(buyer, date(2027, 1, 1), day)
        shown = style.figure(figures.balance)
        papers: dict[str, Callable[..., object]] = {
            "statement.pdf": partial(statement.write, asked),
            "letter.pdf": partial(balance_letter.write, letter),
        }
        for name, write in papers.items():
            write(tmp_path / name, language="en", progress=Progress())
            assert shown in text_of(tmp_path / name)
        if not line.paid:
            assert shown in text_of(demo / "claim-package.pdf")
