"""Documents: PDF and workbooks, written from frozen values, without SQL."""

from importlib import import_module
from pkgutil import iter_modules

from creditdesk.reports.report import Report


def offered() -> tuple[Report, ...]:
    """The reports that are written from a desk and what they ask for alone."""
    return tuple(one for one in reports() if one.make is not None)


def reports() -> tuple[Report, ...]:
    """Every report of this folder, by id; a new one is one new file with a REPORT."""
    modules = (
        import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)
    )
    found = (getattr(module, "REPORT", None) for module in modules)
    return tuple(
        sorted(
            (one for one in found if isinstance(one, Report)), key=lambda one: one.id
        )
    )
