"""Finding one of 100,000 buyers or invoices by what people type: milliseconds of the question itself.

The names are those of a file with a name a line (05_cn_companies); lines that are no name are passed over. Goal: of a
hundred questions of each kind 95 are answered within 16 ms. Run: python tests/bench/search.py FILE [buyers]
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pypinyin import lazy_pinyin

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Desk, create_desk, open_desk

QUESTIONS = 100
DRAWN = 7
DAY = date(2026, 1, 1)


def main() -> None:
    """Print the median and the 95th of each kind of question."""
    file = Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    names = names_of(file, count)
    with tempfile.TemporaryDirectory(prefix="creditdesk-search-") as folder:
        path = Path(folder, "desk.creditdesk")
        create_desk(path)
        with closing(open_desk(path)) as desk:
            codes = fill(desk, names)
            draw = random.Random(DRAWN)  # noqa: S311 - drawn, not secret
            for kind, ask in KINDS.items():
                drawn = draw.sample(list(zip(names, codes, strict=True)), QUESTIONS)
                asked = [ask(name, code) for name, code in drawn]
                print(line(kind, [took(desk, each) for each in asked]))
            amounts = [f"{each:,}.00" for each in draw.sample(range(1_000, count), QUESTIONS)]  # fmt: skip
            print(line("an amount", [took(desk, each) for each in amounts]))
            print(line("nothing of that name", [took(desk, f"没有这家{n}") for n in range(QUESTIONS)]))  # fmt: skip


def names_of(file: Path, count: int) -> list[str]:
    """So many different names; a line with a digit or without a Chinese character is none."""
    found = dict.fromkeys(
        text
        for text in map(str.strip, file.read_text("utf-8-sig").splitlines())
        if len(text) > 1
        and "\u4e00" <= text[0] <= "\u9fff"
        and not any(map(str.isdigit, text))
    )
    return list(found)[:count]  # fmt: skip


def fill(desk: Desk, names: Sequence[str]) -> list[str]:
    """The names as buyers of one client, each with a code and an invoice."""
    client = desk.clients.add(ClientCard(name="卖方"))
    codes = [f"K{number:06d}" for number in range(len(names))]
    documents = tuple(
        DraftDocument(
            row=row,
            buyer=BuyerRef(name=name, code=code),
            number=f"F{code}",
            kind=DocumentKind.INVOICE,
            issued=DAY,
            due=DAY,
            amount=Money(Decimal(1000 + row), "CNY"),
        )
        for row, (name, code) in enumerate(zip(names, codes, strict=True), 2)
    )
    source = LedgerSource(file_name="names.csv", digest="0" * 64)
    desk.ledger.take_in(client, LedgerDraft(source=source, documents=documents, rows_read=len(documents)))  # fmt: skip
    return codes


KINDS: dict[str, Callable[[str, str], str]] = {
    "part of the name": lambda name, _code: name[:3],
    "end of the name": lambda name, _code: name[-3:],
    "code": lambda _name, code: code,
    "a number's ending": lambda _name, code: code[-4:],
    "pinyin": lambda name, _code: "".join(lazy_pinyin(name[:3])),
    "initials": lambda name, _code: "".join(each[0] for each in lazy_pinyin(name[:4])),
    "one character": lambda name, _code: name[0],
}


def took(desk: Desk, asked: str) -> float:
    """Milliseconds of one question."""
    start = time.perf_counter()
    desk.buyers.search(asked)
    return (time.perf_counter() - start) * 1000


def line(kind: str, times: Sequence[float]) -> str:
    """The middle one, and the one that 95 of a hundred are below."""
    ordered = sorted(times)
    return f"{kind:22} median {statistics.median(ordered):6.1f} ms   p95 {ordered[int(len(ordered) * 0.95)]:6.1f} ms"


if __name__ == "__main__":
    main()
