"""Who a document is from, to and about."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A company as paper names it. `code` is the 统一社会信用代码 or a foreign registration number."""

    name: str
    code: str = ""
    address: str = ""
    contact: str = ""
    phone: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A duty's two dates (rules.md 2.4): `safe` is the one to keep, never after `legal`."""

    legal: date
    safe: date
