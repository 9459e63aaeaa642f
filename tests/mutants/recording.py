"""Which test runs which line of the rules, recorded once while all of them pass."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

TESTS = ["tests/domain", "tests/services", "tests/cli"]
QUIET = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider"]


def record(copy: Path, file: Path) -> bool:
    """Run all tests of the rules, services and commands; whether they pass as they are."""
    recording = copy / ".coverage"
    cover = ["--cov=creditdesk/domain", "--cov-context=test", "--cov-report="]
    done = subprocess.run(  # noqa: S603 - our own tests
        [sys.executable, "-m", "pytest", *QUIET, *cover, "-m", "not real_data", *TESTS],
        cwd=copy,
        check=False,
    )
    if done.returncode == 0:
        recording.replace(file)
    return done.returncode == 0


@dataclass(frozen=True, slots=True)
class Ran:
    """The tests that run a line, and whether it also ran while something shared by several tests was prepared."""

    tests: frozenset[str]
    shared: bool = False


class Recording:
    """The tests of a line and of a module."""

    def __init__(self, file: Path, copy: Path) -> None:
        self._data = CoverageData(str(file))
        self._data.read()
        self._copy = copy
        # It names the files where they lay when it was made.
        self._files = {
            f"creditdesk/{each.replace(os.sep, '/').rpartition('/creditdesk/')[2]}": each
            for each in self._data.measured_files()
        }

    def of_line(self, path: str, line: int) -> Ran:
        """The tests that run its statement; of what runs on import, those of its module."""
        span = _statement((self._copy / path).read_text(encoding="utf-8"), line)
        ran = self._ran(path, span) if span else Ran(frozenset())
        return ran if ran.tests else self.of_module(path)

    def of_module(self, path: str) -> Ran:
        """The tests that run anything in its functions; all there are if it has none."""
        functions = _functions((self._copy / path).read_text(encoding="utf-8"))
        ran = self._ran(path, *functions)
        return ran if ran.tests else Ran(_tests(self._data.measured_contexts()))

    def _ran(self, path: str, *spans: range) -> Ran:
        if path not in self._files:
            return Ran(frozenset())
        contexts: set[str] = set()
        for line, names in self._data.contexts_by_lineno(self._files[path]).items():
            if any(line in span for span in spans):
                contexts.update(names)
        shared = any(each.endswith("|setup") for each in contexts)
        return Ran(_tests(contexts), shared)


def _tests(contexts: Iterable[str]) -> frozenset[str]:
    return frozenset(each.rpartition("|")[0] for each in contexts if each)


def _functions(code: str) -> list[range]:
    return [
        range(node.body[0].lineno, (node.end_lineno or 0) + 1)
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.FunctionDef)
    ]


def _statement(code: str, line: int) -> range | None:
    """The lines of the statement in a function that a line belongs to; of an `if` or a loop only its head."""
    if not any(line in function for function in _functions(code)):
        return None
    spans = [
        _head(node)
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.stmt | ast.ExceptHandler)
    ]
    return min((span for span in spans if line in span), key=len)


def _head(node: ast.stmt | ast.ExceptHandler) -> range:
    body = getattr(node, "body", None)
    last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
    return range(node.lineno, max(last, node.lineno) + 1)
