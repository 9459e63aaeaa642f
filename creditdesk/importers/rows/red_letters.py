"""Red-letter invoices name the blue one in their remark, the way the tax platform writes it. rules.md 11.2."""

import re
from dataclasses import replace

from creditdesk.domain.base.money import Money
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.rows.joining import Joined
from creditdesk.importers.rows.lines import Role

_ELECTRONIC = re.compile(
    r"(?:蓝字(?:数电)?(?:发票|票)?号码?|数电(?:发票|票)号码)\s*[:：]\s*(\d{20})"
)
_PAPER = re.compile(
    r"(?:发票|票)?代码\s*[:：]\s*(\d{10}|\d{12})\s*[,，;；\s]*(?:发票|票)?号码\s*[:：]\s*(\d{8})"
)


def blue_number(remark: str) -> str:
    """The number of the blue invoice as ledgers have it (code and number joined by a hyphen); empty: none is named."""
    if found := _ELECTRONIC.search(remark):
        return found[1]
    if found := _PAPER.search(remark):
        return f"{found[1]}-{found[2]}"
    return ""


def reversed_by_note(found: Joined) -> None:
    """An invoice whose status says that a red letter took all of it back belongs to the one of its amount.

    Where the file has no such red letter the invoice is left out: nothing is owed of it. rules.md 11.2.
    """
    notes: dict[tuple[str, Money], list[int]] = {}
    for place, line in enumerate(found.lines):
        if line.role is Role.CREDIT_NOTE and not line.against:
            notes.setdefault((line.buyer_key, line.amount), []).append(place)
    named = {line.against for line in found.lines if line.role is Role.CREDIT_NOTE}
    gone = []
    for line in found.lines:
        if not line.reversed or line.role is not Role.INVOICE or line.number in named:
            continue
        free = notes.get((line.buyer_key, line.amount))
        if free:
            place = free.pop(0)
            found.lines[place] = replace(found.lines[place], against=line.number)
        else:
            gone.append(line)
    for line in gone:
        found.lines.remove(line)
        reason = Message.of(
            N_("{number} was taken back by a red letter: nothing is owed of it."),
            number=line.number,
        )
        found.skipped.append(Problem(reason, line.row, value=line.number))
