"""The register of laws and texts the desk must know, which ships as data (rules.md 14.6)."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from creditdesk import paths
from creditdesk.catalog.reading import CatalogError, read
from creditdesk.i18n import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law, regulation or market text: what it changes and where it was read. `since` None: it names no one day."""

    code: str
    title: Bilingual
    effect: Bilingual
    source: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class _File:
    version: str
    law: tuple[Law, ...]


@cache
def laws() -> tuple[Law, ...]:
    """In the order of the file. Raises `CatalogError`."""
    path = paths.resources() / "library" / "laws.toml"
    found = read(path, _File).law
    if len({each.code for each in found}) < len(found):
        raise CatalogError(f"{path.name}: a code occurs twice")
    return found
