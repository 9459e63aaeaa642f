"""Evidence for the sample claim: papers the program writes itself, and a photograph."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from creditdesk import paths
from creditdesk.domain.duties.notice import NoticeDraft
from creditdesk.paper.pdf import Document

FACTS = {
    "client.contact": "财务部",
    "client.phone": "000-0000 1003",
    "client.account_holder": "泠越电子有限公司",
    "client.bank": "示例银行泠越支行",
    "client.account_number": "0000 1111 2222 3333",
    "buyer.address": "示例市鹭汀路 6 号",
    "buyer.industry": "消费电子批发",
    "claim.goods": "电容器、连接器",
    "claim.contract": "LY-2026-017",
    "claim.reasons": "买方称下游回款迟延，资金周转困难，多次承诺付款均未履行。",
    "claim.dispute": "一张发票中有少量产品买方主张规格不符，其余无争议。",
    "claim.security": "无",
    "claim.last_demand": "函件催收，快递签收",
    "claim.collection": "委托保险人追讨",
}
"""What the form of the sample claim asks, and the desk can't know by itself."""


@dataclass(frozen=True, slots=True)
class SamplePaper:
    """A file for one checklist item."""

    item: str
    file: Path


def write(folder: Path, draft: NoticeDraft) -> tuple[SamplePaper, ...]:
    """The papers of the claim, in a folder; delivery notes and balance confirmation are missing on purpose."""
    return tuple(_papers(folder, draft))


def _papers(folder: Path, draft: NoticeDraft) -> Iterator[SamplePaper]:
    seller, buyer = draft.policyholder.name, draft.buyer.name
    first = min(invoice.issued for invoice in draft.invoices)
    parties = [("甲方（卖方）", seller), ("乙方（买方）", buyer)]
    yield _paper(
        folder,
        "C04",
        "保险单明细表",
        [
            ("保险单号", draft.policy_no),
            ("被保险人", seller),
            ("保险人", draft.insurer.name),
        ],
    )
    yield _paper(
        folder,
        "C05",
        "买方信用限额审批单",
        [("买方", buyer), ("批复日期", (first - timedelta(days=20)).isoformat())],
    )
    yield _paper(
        folder,
        "C06",
        "申报明细及保费付款凭证",
        [("申报月份", f"{first:%Y-%m}"), ("缴费方式", "银行转账")],
    )
    yield _paper(
        folder,
        "C07",
        "购销合同",
        [*parties, ("付款条件", "货到后按发票到期日付款")],
        pages=3,
    )
    for invoice in draft.invoices[:4]:
        facts = [
            ("发票号码", invoice.invoice_no or invoice.number),
            ("价税合计", invoice.amount.plain),
            *parties,
        ]
        yield _paper(folder, "C08", f"增值税发票 {invoice.number}", facts)
    yield _paper(
        folder,
        "C01",
        "可能损失通知书及快递回单",
        [("致", draft.insurer.name), ("买方", buyer), ("送达方式", "快递")],
    )
    yield _paper(folder, "C13", "出库单", [("单号", f"CK-{first:%Y%m}"), *parties])
    yield _paper(
        folder,
        "C14",
        "应收账款明细账",
        [(each.number, each.open.plain) for each in draft.invoices],
        pages=1,
    )
    yield _paper(
        folder,
        "C16",
        "收款银行流水",
        [("付款人", buyer), ("期间", f"{first.isoformat()} 起")],
    )
    yield _paper(
        folder,
        "C17",
        "催款函",
        [("致", buyer), ("事由", "请于七日内支付逾期货款")],
        pages=2,
    )
    yield SamplePaper("C17", _photo(folder / "快递签收照片.jpg", draft.on))
    yield _paper(
        folder,
        "C30",
        "委托追偿协议",
        [("委托人", seller), ("受托人", draft.insurer.name)],
    )
    yield _paper(
        folder,
        "C32",
        "营业执照副本",
        [("名称", seller), ("统一社会信用代码", draft.policyholder.code)],
    )
    yield _paper(
        folder,
        "C33",
        "赔款收款账户信息",
        [
            ("户名", seller),
            ("开户行", "示例银行泠越支行"),
            ("账号", "0000 1111 2222 3333"),
        ],
    )
    yield _paper(
        folder,
        "C35",
        "同期其他出运及收汇明细",
        [("买方", buyer), ("说明", "同期其他发票均列于应收明细")],
    )


def _paper(
    folder: Path, item: str, title: str, facts: list[tuple[str, str]], pages: int = 1
) -> SamplePaper:
    document = Document("zh", f"样例文件 · {title}")
    for number in range(pages):
        document.section(title, "样例")
        document.facts(facts if number == 0 else [("续页", f"{number + 1}")])
        if number == pages - 1:
            document.space(30)
            document.seals(("盖章",), "日期")
    file = folder / f"{title}.pdf"
    document.save(file, title)
    return SamplePaper(item, file)


def _photo(file: Path, on: date) -> Path:
    """A picture as a phone takes it: sideways, with the turn noted in its data."""
    picture = Image.new("RGB", (900, 640), "#d9d4c8")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(
        str(paths.resources() / "fonts" / "NotoSansSC-Regular.ttf"), 40
    )
    draw.rectangle((120, 100, 780, 540), fill="#ffffff", outline="#888888", width=3)
    draw.text((170, 150), "快递签收单（样例）", font=font, fill="#222222")
    draw.text((170, 260), f"签收日期 {on.isoformat()}", font=font, fill="#222222")
    turned = picture.rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    turned.save(file, quality=85, exif=exif)
    return file
