"""A client's credit rules as JSON: read from a file and shown the same way."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from creditdesk.cli.case_files import json_of
from creditdesk.domain.credit.credit_rules import CreditRules, Level
from creditdesk.errors import UserError
from creditdesk.i18n import N_


class RulesUnreadable(UserError):
    """The file has other keys or kinds than rules have."""

    message = N_("{name} holds no credit rules: {why}")


class _Level(msgspec.Struct, forbid_unknown_fields=True):
    approver: str
    amount: Decimal | None = None
    days: int | None = None


class _Rules(msgspec.Struct, forbid_unknown_fields=True):
    levels: list[_Level]
    review_months: dict[str, int]
    since: date | None = None
    currency: str = ""
    report_from: Decimal | None = None
    report_months: int = 12
    statutory_days: int = 60
    note: str = ""


def read_rules(file: str, currency: str, today: date) -> CreditRules:
    """The rules of a file, `-` for standard input; since today and in `currency` unless it says otherwise.

    Raises `RulesUnreadable`.
    """
    try:
        found = msgspec.convert(json_of(file), _Rules, strict=False)
    except msgspec.ValidationError as error:
        raise RulesUnreadable(name=file, why=str(error)) from error
    return CreditRules(
        since=found.since or today,
        currency=found.currency or currency,
        levels=tuple(Level(each.approver, each.amount, each.days) for each in found.levels),
        report_from=found.report_from,
        report_months=found.report_months,
        review_months=found.review_months,
        statutory_days=found.statutory_days,
        note=found.note,
    )  # fmt: skip


def rules_json(rules: CreditRules) -> Mapping[str, Any]:
    """The rules as a file has them."""
    return {
        "since": rules.since,
        "currency": rules.currency,
        "levels": [
            {"approver": each.approver, "amount": _plain(each.amount), "days": each.days}
            for each in rules.levels
        ],
        "report_from": _plain(rules.report_from),
        "report_months": rules.report_months,
        "review_months": dict(rules.review_months),
        "statutory_days": rules.statutory_days,
        "note": rules.note,
    }  # fmt: skip


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
