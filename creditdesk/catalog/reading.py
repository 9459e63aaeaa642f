"""Reads a shipped TOML file strictly: an error names the file and the key."""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from creditdesk import paths
from creditdesk.i18n import Bilingual


class CatalogError(Exception):
    """A shipped data file is wrong: a mistake of the program's makers, found by the tests."""


class Table:
    """One TOML table, read key by key; `close()` complains about keys nobody asked for."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self._values = dict(values)
        self._asked: set[str] = set()
        self.where = where

    def text(self, key: str, default: str | None = None) -> str:
        """A string; required without a default."""
        return str(self._typed(key, str, default))

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number; required without a default."""
        return int(self._typed(key, int, default))

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """True or false; required without a default."""
        return bool(self._typed(key, bool, default))

    def decimal(self, key: str, default: Decimal | None = None) -> Decimal:
        """An exact number, written in the file as a string or a whole number."""
        value = self._values.get(key, default)
        self._asked.add(key)
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise CatalogError(f"{self.where}: {key} must be a decimal string")
        return Decimal(value)

    def texts(
        self, key: str, default: tuple[str, ...] | None = None
    ) -> tuple[str, ...]:
        """A list of strings."""
        return tuple(self._typed(key, list, None if default is None else list(default)))

    def both(self, key: str) -> Bilingual:
        """Words in both languages: a table with zh and en."""
        words = self.table(key)
        return Bilingual(zh=words.text("zh"), en=words.text("en"))

    def table(self, key: str) -> "Table":
        """A table inside this one."""
        return Table(self._typed(key, dict, None), f"{self.where}: {key}")

    def tables(self, key: str) -> Iterator["Table"]:
        """An array of tables; none when the key is absent."""
        for index, values in enumerate(self._typed(key, list, [])):
            yield Table(values, f"{self.where}: {key}[{index}]")

    def raw(self, key: str, default: object = None) -> Any:  # noqa: ANN401 - the caller checks it
        """The value as TOML gives it."""
        self._asked.add(key)
        return self._values.get(key, default)

    def keys(self) -> tuple[str, ...]:
        """The keys in the file's order."""
        return tuple(self._values)

    def close(self) -> None:
        """Complain about keys nobody asked for."""
        unknown = set(self._values) - self._asked
        if unknown:
            raise CatalogError(
                f"{self.where}: unknown keys {', '.join(sorted(unknown))}"
            )

    def _typed(self, key: str, kind: type, default: Any) -> Any:  # noqa: ANN401 - checked against `kind` here
        self._asked.add(key)
        value = self._values.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise CatalogError(f"{self.where}: {key} must be {kind.__name__}")
        return value


def read(path: Path) -> Table:
    """The top table of a file."""
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{path.name}: {error}") from error


def folder(kind: str) -> tuple[Path, ...]:
    """The TOML files of a kind, by name."""
    return tuple(sorted((paths.resources() / kind).glob("*.toml")))
