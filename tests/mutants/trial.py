"""Whether the tests notice a change: each trial is a child of one process that has the foreign libraries loaded."""

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from recording import QUIET

_LIBRARIES = (
    "sqlalchemy.orm", "alembic.command", "sqlcipher3", "PySide6.QtWidgets", "PySide6.QtTest", "openpyxl", "pikepdf",
    "reportlab.platypus", "lxml.etree", "PIL.Image", "pypdfium2", "stdnum", "holidays", "icalendar", "babel.messages",
    "typer.testing", "rapidfuzz", "charset_normalizer", "msoffcrypto", "olefile", "msgspec", "python_calamine",
    "qtawesome", "pypinyin", "pytestqt.plugin", "_hypothesis_pytestplugin", "hypothesis.strategies",
    "hypothesis.internal.conjecture.engine", "pytest_timeout", "pytest_cov.plugin", "time_machine",
)  # fmt: skip
# pytest would like to see its plugins before anybody else does.
_LOADED = ("-W", "ignore::pytest.PytestAssertRewriteWarning")


def prepare() -> None:
    """Load what every trial needs and no mutant changes."""
    for name in _LIBRARIES:
        importlib.import_module(name)
    settings.register_profile("trial", deadline=None, suppress_health_check=list(HealthCheck))  # fmt: skip
    settings.load_profile("trial")
    gc.freeze()


class _Chosen:
    """Runs these tests and no others, of them those whose fixtures there are."""

    def __init__(self, tests: frozenset[str]) -> None:
        self._tests = tests

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [
            each for each in items if each.nodeid in self._tests and _has_fixtures(each)
        ]


def _has_fixtures(item: pytest.Item) -> bool:
    assert isinstance(item, pytest.Function)
    known = item._fixtureinfo.name2fixturedefs
    parameters = getattr(item, "callspec", None)
    given = {*known, "request", *(parameters.params if parameters else ())}
    return given.issuperset(item.fixturenames)


def is_noticed(
    copy: Path, tests: Sequence[str], seconds: int, *, alone: bool = False
) -> bool:
    """Whether one of the tests, file by file, fails, doesn't end in so many seconds, or can't even begin.

    `alone`: without what all tests share, which takes five times as long to load as a test of the rules needs.
    """
    if not tests:
        return False
    child = os.fork()
    if child == 0:
        _run(copy, tests, seconds, ["--noconftest"] if alone else [])
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) not in {
        pytest.ExitCode.OK,
        pytest.ExitCode.NO_TESTS_COLLECTED,
    }


def _run(copy: Path, tests: Sequence[str], seconds: int, how: list[str]) -> None:
    """End this process with what pytest says."""
    os.chdir(copy)
    sys.path.insert(0, str(copy))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    files = dict.fromkeys(each.partition("::")[0] for each in tests)
    code: int = pytest.ExitCode.INTERNAL_ERROR
    try:
        code = pytest.main(
            [*QUIET, *_LOADED, *how, "-x", f"--timeout={seconds}", *files],
            plugins=[_Chosen(frozenset(tests))],
        )
    finally:
        os._exit(code)
