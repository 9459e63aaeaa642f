"""Files that come in beside the ledgers: a bank's statement, a late list with a red letter, an aged summary."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from creditdesk import private
from creditdesk.catalog.headings import headings
from creditdesk.importers.files import sheet
from creditdesk.intake import looking as intake
from creditdesk.intake import taking_in
from creditdesk.intake.looking import Owner, Piece
from creditdesk.jobs import Progress
from creditdesk.sample import names
from creditdesk.workspace import Desk

_DOMESTIC = 2
_SILENT = Progress()
Rows = Iterable[Sequence[str]]


def take_in(desk: Desk, today: date) -> None:
    """Take them in as the page does, each with its file."""
    first = desk.clients.named(names.CLIENTS[0].name)
    client = names.CLIENTS[_DOMESTIC]
    second = desk.clients.named(client.name)
    with private.folder() as folder:
        statement = folder / f"银行流水{today:%Y%m}.csv"
        _write(statement, _statement(desk, first, today))
        sheet = _looked(statement).sheet
        assert sheet is not None  # noqa: S101 - it was just written as a table
        read = taking_in.read_statement(
            sheet, Owner(names.CLIENTS[0].name, "CNY"), _SILENT
        )
        taking_in.take_in(desk.ledger, first, read, statement, _SILENT)
        late = folder / "开票清单补录.csv"
        _write(late, _late(today))
        owner = Owner(client.name, client.currency)
        ((piece, draft),) = intake.drafts([_looked(late)], owner, _SILENT)
        taking_in.take_in(desk.ledger, second, draft, piece.path, _SILENT)
        summary = folder / f"老客户账龄{today:%Y%m%d}.csv"
        _write(summary, _aged(today))
        looked = _looked(summary)
        balances = taking_in.read_summary(looked, today, owner, _SILENT)
        taking_in.take_in(desk.ledger, second, balances, summary, _SILENT)


def _write(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)


def _looked(path: Path) -> Piece:
    return intake.look(path, sheet.read(path, None, None, None), headings())


def _statement(desk: Desk, client: int, today: date) -> Rows:
    """One receipt that pays an invoice to the cent, one in part, one from somebody else, one that is no receipt."""
    buyers: dict[int, str] = {line.id: line.name for line in desk.buyers.all(client)}
    items = desk.ledger.open_items(client)
    whole, part, other = items[len(items) // 2], items[-1], items[-2]
    day = [(today - timedelta(days=back)).isoformat() for back in (3, 2, 1)]
    yield (
        "交易日期",
        "收入金额",
        "支出金额",
        "账户余额",
        "对方户名",
        "对方账号",
        "摘要",
    )
    yield (
        day[0],
        whole.open.plain,
        "",
        "",
        buyers[whole.buyer],
        "6222020200001",
        f"货款 {whole.number}",
    )
    yield (
        day[0],
        part.open.split([Decimal(1), Decimal(2)])[0].plain,
        "",
        "",
        buyers[part.buyer],
        "6222020200002",
        "部分货款",
    )
    yield (
        day[1],
        other.open.plain,
        "",
        "",
        "远航物流有限公司",
        "6222020200003",
        f"代付 {other.number}",
    )
    yield (day[2], "", "1280.00", "", "国家电网有限公司", "6222020200004", "电费")  # fmt: skip


def _late(today: date) -> Rows:
    """An invoice and the red letter that takes it back, as the tax platform lists them."""
    buyer = names.CLIENTS[_DOMESTIC].buyers[0][0]
    blue, red = (today - timedelta(days=20)).isoformat(), (today - timedelta(days=9)).isoformat()  # fmt: skip
    yield (
        "购买方名称",
        "数电发票号码",
        "开票日期",
        "金额",
        "税额",
        "价税合计",
        "发票状态",
    )
    yield (
        buyer,
        "26332000000087650001",
        blue,
        "10000.00",
        "1300.00",
        "11300.00",
        "正常",
    )
    yield (
        buyer,
        "26332000000087650002",
        red,
        "-10000.00",
        "-1300.00",
        "-11300.00",
        "正常",
    )


def _aged(today: date) -> Rows:
    yield (f"应收账款账龄表 截止日期：{today.isoformat()}",)
    yield ("客户名称", "应收余额", "未到期", "1-30天", "31-90天", "90天以上")
    yield ("老城机电经营部", "8600.00", "", "3600.00", "", "5000.00")
    yield ("江北五金行", "1250.50", "1250.50", "", "", "")
    yield ("合计", "9850.50", "1250.50", "3600.00", "", "5000.00")
