"""The formats a ledger can come in: tables, and every module of `structured/` that declares one."""

import pkgutil
from functools import cache
from importlib import import_module

from creditdesk.i18n import N_
from creditdesk.importers import structured
from creditdesk.importers.structured.document import ImportFormat

WORKBOOKS = ImportFormat("workbook", N_("Excel or OpenDocument workbook"))
TEXTS = ImportFormat("text", N_("Text with separators"))


@cache
def formats() -> tuple[ImportFormat, ...]:
    """The two every program can write, and what modules of `structured/` declare as `FORMAT`."""
    modules = (
        import_module(f"{structured.__name__}.{each.name}")
        for each in pkgutil.iter_modules(structured.__path__)
    )
    found = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return (WORKBOOKS, TEXTS, *found)
