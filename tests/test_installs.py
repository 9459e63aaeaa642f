"""What is installed is what is locked, for every platform; every library that is shipped is named with its licence."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from creditdesk import paths

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads(
    (ROOT / "pyproject.toml").read_text(encoding="utf-8")
)["project"]
EXTRAS = PROJECT["optional-dependencies"]
RUN = tuple(map(Requirement, PROJECT["dependencies"]))
TEST = (*RUN, *map(Requirement, EXTRAS["test"]))
DEV = (*TEST, *(Requirement(each) for each in EXTRAS["dev"] if "[" not in each))
MUTANTS = (*TEST, *(Requirement(each) for each in EXTRAS["mutants"] if "[" not in each))
FREEZE = (*RUN, *map(Requirement, EXTRAS["freeze"]))
LISTS = {"run": RUN, "test": TEST, "dev": DEV, "mutants": MUTANTS, "freeze": FREEZE}
MACHINES = [
    {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"},
    {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin", "platform_machine": "arm64"},
    {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin", "platform_machine": "x86_64"},
    {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux", "platform_machine": "x86_64"},
]  # fmt: skip
PLACES = [
    pytest.param({**machine, "python_version": python, "python_full_version": f"{python}.0"},
                 id=f"{machine['sys_platform']}-{machine['platform_machine']}-{python}")
    for machine in MACHINES
    for python in ("3.11", "3.12", "3.13", "3.14")
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pin:
    """One version of a list, where it counts, and the digests of its files."""

    name: str
    version: str
    where: Marker | None
    digests: frozenset[str]

    def counts(self, place: dict[str, str]) -> bool:
        return self.where is None or self.where.evaluate(place)


def pins(name: str) -> tuple[Pin, ...]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(_pin(block) for block in re.split(r"\n(?=\w)", text.strip()))


def _pin(block: str) -> Pin:
    first, *digests = (line.strip() for line in block.split("\\\n"))
    asked = Requirement(first)
    (version,) = asked.specifier
    assert version.operator == "=="
    assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in digests)
    return Pin(canonicalize_name(asked.name), version.version, asked.marker, frozenset(digests))  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", LISTS)
def test_the_lock_has_one_allowed_version_of_all_that_is_asked_for(
    name: str, place: dict[str, str]
) -> None:
    locked = [pin for pin in pins(name) if pin.counts(place)]
    versions = {pin.name: pin.version for pin in locked}
    assert len(versions) == len(locked)
    for asked in LISTS[name]:
        if asked.marker is None or asked.marker.evaluate(place):
            assert asked.specifier.contains(versions[canonicalize_name(asked.name)])


@pytest.mark.parametrize("name", LISTS)
def test_every_version_is_locked_with_the_digests_of_its_files(name: str) -> None:
    assert all(pin.digests for pin in pins(name))


def test_the_larger_list_says_the_same_as_the_smaller() -> None:
    run, test, dev, mutants, freeze = ({replace(pin, where=None) for pin in pins(name)} for name in LISTS)  # fmt: skip
    assert run < test < dev
    assert test < mutants
    assert run < freeze


def test_no_version_that_the_lock_holds_back_is_in_it() -> None:
    lines = (ROOT / "requirements" / "held.txt").read_text(encoding="utf-8")
    held = [line.partition("#") for line in lines.splitlines() if line[0] != "#"]
    versions = {pin.name: pin.version for pin in pins("dev")}
    assert held
    for asked, _, reason in held:
        requirement = Requirement(asked)
        assert requirement.specifier.contains(versions[requirement.name])
        assert reason


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "justfile",
        ".ci/run",
        ".ci/mutants",
        ".ci/freeze",
        ".github/workflows/installers.yml",
    ],
)
def test_what_is_installed_is_installed_from_the_lock(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    _, *installs = re.split(r"pip install\b", text)
    assert installs
    locked = re.compile(
        r" --quiet --require-hashes -r requirements/(run|test|dev|mutants|freeze)\.txt\b"
    )
    assert all(map(locked.match, installs))


def needed() -> Iterator[str]:
    """Every library the program needs here, and what those need."""
    waiting, seen = list(RUN), set[str]()
    while waiting:
        name = canonicalize_name(waiting.pop().name)
        if name not in seen:
            seen.add(name)
            yield name
            further = map(Requirement, distribution(name).requires or ())
            waiting += [
                each
                for each in further
                if each.marker is None or each.marker.evaluate({"extra": ""})
            ]


def listed() -> dict[str, str]:
    """The libraries of THIRD_PARTY.md with their licences."""
    text = (paths.resources() / "THIRD_PARTY.md").read_text(encoding="utf-8")
    _, _, table = text.partition("## Libraries")
    rows = re.findall(r"^\| ([\w.-]+) \| ([^|]+) \|", table, re.MULTILINE)
    return dict(row for row in rows if row[0] != "Library")


def test_every_library_that_is_shipped_is_named() -> None:
    named = set(listed())
    assert set(needed()) <= named
    assert named == {pin.name for pin in pins("run")}


def test_a_library_is_named_with_the_licence_it_gives() -> None:
    licences = listed()
    given = {name: distribution(name).metadata.get_all("License-Expression") for name in needed()}  # fmt: skip
    assert {name: said for name, said in given.items() if said not in (None, [licences[name]])} == {}  # fmt: skip
    assert all(licences.values())
