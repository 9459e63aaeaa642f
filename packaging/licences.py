"""Gathers the licence of everything the frozen program carries, each from the package it came with."""

import re
import shutil
import sys
from collections.abc import Sequence
from importlib.metadata import Distribution, distribution
from pathlib import Path

_OURS = Path(__file__).with_name("licences")
_NAME = re.compile(r"(licen[cs]e|copying|notice|authors|build_licen)", re.IGNORECASE)
_TOLD_BY_US = frozenset({"pyside6-essentials", "shiboken6"})
"""Their packages come without a text: `licences/Qt.txt` says what holds."""


class LicenceMissing(Exception):
    """A library is carried along whose package brings no text."""


def gather(root: Path, folder: Path, tools: Sequence[str] = ()) -> int:
    """Into the folder: our own licence, ours about Qt, Python's, and a room of each library; how many libraries.

    `tools`: what is no library of the program's and still leaves something of its own in it.

    Raises `LicenceMissing`.
    """
    shutil.copytree(_OURS, folder, dirs_exist_ok=True)
    shutil.copyfile(root / "LICENSE", folder / "CreditDesk.txt")
    shutil.copyfile(root / "resources" / "THIRD_PARTY.md", folder / "THIRD_PARTY.md")
    for font in sorted((root / "resources" / "fonts").glob("*OFL.txt")):
        shutil.copyfile(font, folder / font.name)
    shutil.copyfile(_of_python(), folder / "Python.txt")
    names = [*_locked(root / "requirements" / "run.txt"), *tools]
    for name in names:
        found = distribution(name)
        texts = _texts(found)
        if not texts and name not in _TOLD_BY_US:
            raise LicenceMissing(name)
        for place, text in texts.items():
            path = folder / name / place
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(text, path)
    return len(names)


def _locked(lock: Path) -> list[str]:
    """The libraries of the lock that count on this system."""
    lines = re.findall(r"(?m)^([\w.-]+)==\S+(?: ; (.*?))? \\$", lock.read_text("utf-8"))
    # pip, of the environment that freezes, has the reader of markers.
    from pip._vendor.packaging.markers import Marker  # noqa: PLC0415

    return sorted(
        {name for name, marker in lines if not marker or Marker(marker).evaluate()}
    )


def _texts(found: Distribution) -> dict[str, Path]:
    """Where each text of a package goes, and where it lies."""
    texts = {}
    for file in found.files or ():
        within = file.as_posix().partition("/licenses/")[2]
        if within or _NAME.match(file.name):
            path = Path(str(found.locate_file(file)))
            if path.is_file() and path.suffix not in {".py", ".pyc"}:
                texts[within or file.name] = path
    return texts


def _of_python() -> Path:
    stdlib = Path(sys.base_prefix)
    within = f"lib/python{sys.version_info.major}.{sys.version_info.minor}/LICENSE.txt"
    places = (
        stdlib / within,
        stdlib / "LICENSE.txt",
        stdlib / "LICENSE",
        Path(shutil.__file__).with_name("LICENSE.txt"),
    )
    for place in places:
        if place.is_file():
            return place
    raise LicenceMissing("Python")
