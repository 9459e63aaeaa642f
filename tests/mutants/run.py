"""Change the rules in small ways, one at a time, and see whether the tests notice. Run by `.ci/mutants`.

Of the changes drawn, 95 % must be noticed; those that change nothing stand in unchanging.toml with the reason.
"""

import argparse
import compileall
import os
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode

from pool import Mutant, sample
from recording import Recording, record
from trial import is_noticed, prepare

ROOT = Path(__file__).parents[2]
UNCHANGING = Path(__file__).with_name("unchanging.toml")
SHARE = 95
_LEFT_OUT = (
    ".git", ".venv*", "__pycache__", ".*_cache", ".hypothesis", "build", "dist", "demo", "pictures",
)  # fmt: skip


def main() -> int:
    """Draw, try, tell; 1 if fewer than 95 % are noticed, 2 if the tests fail without any change."""
    asked = _arguments()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="creditdesk-mutants-") as folder:
        copy = Path(folder, "creditdesk")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        # A change within the second that leaves the length as it was must not find the old compiled file.
        compileall.compile_dir(
            copy / "creditdesk",
            quiet=1,
            invalidation_mode=PycInvalidationMode.CHECKED_HASH,
        )
        mutants = sample(copy, _paths(copy, asked.module), asked.count, asked.seed)
        file = asked.recording or Path(folder, "recording")
        if not file.exists() and not record(copy, file.absolute()):
            print("The tests fail as they are: nothing was tried.")
            return 2
        prepare()
        recording = Recording(file.absolute(), copy)
        return _tell(asked.seed, mutants, lambda each: _is_noticed(copy, each, recording, asked.seconds))  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=".ci/mutants", description=__doc__)
    add = parser.add_argument
    add("--seed", type=int, default=1, help="which changes are drawn (1)")
    add("--count", type=int, default=300, help="how many (300)")
    add(
        "--module", action="append", help="domain/cover/limits.py; a room: domain/cover"
    )
    add("--seconds", type=int, default=60, help="a test that takes longer hangs (60)")
    add(
        "--recording", type=Path, help="keep here which test runs which line, or use it"
    )
    return parser.parse_args()


def _paths(copy: Path, modules: list[str] | None) -> list[str]:
    asked = [copy / "creditdesk" / each for each in modules or ["domain"]]
    found = [
        file
        for each in asked
        for file in (each.rglob("*.py") if each.is_dir() else [each])
    ]
    return sorted({file.relative_to(copy).as_posix() for file in found})


def _is_noticed(copy: Path, mutant: Mutant, recording: Recording, seconds: int) -> bool:
    """Asks the tests of the rules alone, those of its room first; then all that run it; then what they share."""
    file = copy / mutant.path
    code = file.read_text(encoding="utf-8")
    ran = recording.of_line(mutant.path, mutant.line)
    room = "tests/" + mutant.path.removeprefix("creditdesk/").rpartition("/")[0]
    tests = sorted(ran.tests, key=lambda each: (not each.startswith(room), each))
    rules = [each for each in tests if each.startswith("tests/domain/")]
    shared = recording.of_module(mutant.path).tests - ran.tests if ran.shared else ()
    file.write_text(mutant.changed(code), encoding="utf-8")
    try:
        return (
            is_noticed(copy, rules, seconds, alone=True)
            or is_noticed(copy, tests, seconds)
            or is_noticed(copy, sorted(shared), seconds)
        )
    finally:
        file.write_text(code, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Unchanging:
    """A change that changes nothing anybody could see."""

    module: str
    within: str
    text: str
    becomes: str

    @classmethod
    def of(cls, mutant: Mutant) -> "_Unchanging":
        module = mutant.path.removeprefix("creditdesk/")
        return cls(module, mutant.within, mutant.text, mutant.becomes)


def _reasons() -> dict[_Unchanging, str]:
    rows = tomllib.loads(UNCHANGING.read_text(encoding="utf-8"))["unchanging"]
    return {
        _Unchanging(
            row["module"], row["within"], row["text"], row["becomes"]
        ): row["reason"]
        for row in rows
    }  # fmt: skip


def _tell(
    seed: int, mutants: list[Mutant], is_noticed: Callable[[Mutant], bool]
) -> int:
    """Each that was not noticed as soon as it is known, and the share at the end."""
    reasons = _reasons()
    noticed, unchanging = 0, 0
    for number, mutant in enumerate(mutants, 1):
        reason = reasons.get(_Unchanging.of(mutant))
        if reason is not None:
            unchanging += 1
            _show(mutant, number, reason)
        elif is_noticed(mutant):
            noticed += 1
        else:
            _show(mutant, number, "NOT NOTICED")
        if sys.stderr.isatty():
            print(f"\r{number} of {len(mutants)} ", end="", file=sys.stderr)
    counted = len(mutants) - unchanging
    print(f"seed {seed}: {len(mutants)} changes, {unchanging} of them change nothing")
    print(f"{noticed} of {counted} noticed, {counted - noticed} not")
    return 0 if noticed * 100 >= counted * SHARE else 1


def _show(mutant: Mutant, number: int, remark: str) -> None:
    print(f"{mutant.path}:{mutant.line} {mutant.within} ({mutant.operator})")
    print(f"  - {mutant.text}\n  + {mutant.becomes}\n  {number}: {remark}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
