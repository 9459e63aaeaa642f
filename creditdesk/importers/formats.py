"""The formats a ledger can come in: every module of this folder that declares one."""

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from creditdesk import importers
from creditdesk.i18n import N_


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """A way ledgers are exported: its id, its title (to be translated), and the endings of its files."""

    id: str
    title: str
    suffixes: tuple[str, ...]


WORKBOOKS = ImportFormat(
    "workbook",
    N_("Excel or OpenDocument workbook"),
    (".xlsx", ".xls", ".xlsb", ".xlsm", ".ods"),
)
TEXTS = ImportFormat("text", N_("Text with separators"), (".csv", ".txt", ".tsv"))


@cache
def formats() -> tuple[ImportFormat, ...]:
    """The two every program can write, and what modules of this folder declare as `FORMAT`."""
    modules = (
        import_module(f"{importers.__name__}.{each.name}")
        for each in pkgutil.iter_modules(importers.__path__)
    )
    found = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return (WORKBOOKS, TEXTS, *found)
