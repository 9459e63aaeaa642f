"""Reads a shipped TOML file strictly into its type: an error names the file and the key."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from creditdesk import paths

_Read = TypeVar("_Read")


class CatalogError(Exception):
    """A shipped data file is wrong: a mistake of the program's makers, found by the tests."""


def read(path: Path, kind: type[_Read], **names: str) -> _Read:
    """The file as a `kind`; `names` are keys of the file by the names its type has for them."""
    raw = load(path)
    renamed = {name: raw.pop(key) for name, key in names.items() if key in raw}
    return structured(raw | renamed, kind, path.name)


def load(path: Path) -> dict[str, Any]:
    """The tables of a file as they stand there."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{path.name}: {error}") from error


def structured(raw: object, kind: type[_Read], where: str) -> _Read:
    """Tables as a `kind`: every value of its type, no key that nobody reads."""
    try:
        found = msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise CatalogError(f"{where}: {error}") from error
    unknown = sorted(_unknown(raw, msgspec.to_builtins(found)))
    if unknown:
        raise CatalogError(f"{where}: unknown keys {', '.join(unknown)}")
    return found


def folder(kind: str) -> tuple[Path, ...]:
    """The TOML files of a kind, by name."""
    return tuple(sorted((paths.resources() / kind).glob("*.toml")))


def _unknown(raw: object, known: object) -> Iterator[str]:
    """Keys that became nothing: the library leaves out what a type has no place for."""
    if isinstance(raw, Mapping) and isinstance(known, Mapping):
        yield from (key for key in raw if key not in known)
        for key in raw.keys() & known.keys():
            yield from _unknown(raw[key], known[key])
    elif isinstance(raw, list) and isinstance(known, list | tuple):
        for each, same in zip(raw, known, strict=False):
            yield from _unknown(each, same)
