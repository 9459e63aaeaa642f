"""The early warnings, which ship as data."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from creditdesk import paths
from creditdesk.catalog import reading
from creditdesk.domain.credit.warnings import Bound, WarningKind


@dataclass(frozen=True, slots=True)
class _Kinds:
    kinds: tuple[WarningKind, ...]


@cache
def warning_kinds() -> tuple[WarningKind, ...]:
    """All warnings, in their order. Raises `CatalogError`."""
    path = paths.resources() / "warnings.toml"
    kinds = reading.read(path, _Kinds, kinds="warning").kinds
    codes = [kind.code for kind in kinds]
    if codes != sorted(set(codes)):
        raise reading.CatalogError(f"{path.name}: warning: codes ascend, each once")
    for problem in _problems(kinds):
        raise reading.CatalogError(f"{path.name}: {problem}")
    return kinds


def _problems(kinds: tuple[WarningKind, ...]) -> Iterator[str]:
    for kind in kinds:
        if not kind.levels:
            yield f"{kind.code}: levels: none"
        for level in kind.levels:
            if (level.bound is Bound.TOLD) != (level.threshold is None):
                yield f"{kind.code}: levels: a threshold, or what is told"
