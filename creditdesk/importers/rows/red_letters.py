"""Red-letter invoices name the blue one in their remark, the way the tax platform writes it. rules.md 11.2."""

import re

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
