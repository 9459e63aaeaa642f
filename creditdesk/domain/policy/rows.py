"""The rows of a schedule's tables, read as values."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.tables import (
    COLUMNS,
    CountryTerm,
    Instalment,
    LimitType,
    RiskCause,
    RiskTerm,
)
from creditdesk.domain.policy.values import FieldValue, read_value

Row = dict[str, FieldValue]
T = TypeVar("T")


def risk_terms(values: Mapping[str, FieldValue]) -> tuple[RiskTerm, ...]:
    """The terms by cause and kind of limit; empty where the schedule has none."""
    return tuple(
        RiskTerm(
            cause=RiskCause(str(row["cause"])),
            limit_type=LimitType(str(row["limit_type"])),
            insured_pct=_of(row, "insured_pct", Decimal),
            waiting_period=_of(row, "waiting_period", CountRule),
            pd_definition=_of(row, "pd_definition", CountRule),
            vat_insured=_of(row, "vat_insured", bool),
        )
        for row in _rows(values, "risk_terms")
    )


def country_terms(values: Mapping[str, FieldValue]) -> tuple[CountryTerm, ...]:
    """The terms by country; empty where the schedule has none."""
    return tuple(
        CountryTerm(
            country=str(row["country"]).upper(),
            covered=row.get("covered") is not False,
            insured_pct=_of(row, "insured_pct", Decimal),
            discretionary=_of(row, "discretionary", bool),
            political=_of(row, "political", bool),
            max_term_days=_of(row, "max_term_days", int),
        )
        for row in _rows(values, "country_table")
    )


def instalments(
    values: Mapping[str, FieldValue], currency: str
) -> tuple[Instalment, ...]:
    """The parts of the premium by their days; empty where the schedule has none."""
    found = []
    for row in _rows(values, "instalments", currency):
        due, amount = _of(row, "due", date), _of(row, "amount", Money)
        if due is not None and amount is not None:
            found.append(Instalment(due, amount))
    return tuple(found)


def _rows(
    values: Mapping[str, FieldValue], key: str, currency: str = ""
) -> Iterator[Row]:
    table = values.get(key)
    for row in table if isinstance(table, list) else []:
        if isinstance(row, dict):
            yield {
                column.key: read_value(column, text, currency)
                for column in COLUMNS[key]
                if (text := str(row.get(column.key, "")).strip())
            }


def _of(row: Row, key: str, kind: type[T]) -> T | None:
    value = row.get(key)
    return value if isinstance(value, kind) else None
