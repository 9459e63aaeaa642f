"""Power cuts: a process killed in the middle of its work loses nothing, and leaves a sound desk and no half file.

A hundred kills here; a thousand by `.ci/kills`, see CONTRIBUTING.
"""

import sys
from pathlib import Path

import pytest

from tests.kills.killing import drawn, kill, made
from tests.kills.tasks import TASKS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform == "win32", reason="SIGKILL ends a process on POSIX only"
    ),
]
KILLS = 11
"""Of each of nine tasks."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a desk that holds a claim, to be harmed in copies."""
    return made(tmp_path_factory.mktemp("killed") / "prepared")


@pytest.mark.parametrize("task", TASKS)
def test_what_was_done_is_there_after_a_kill_and_nothing_half_is(
    prepared: Path, tmp_path: Path, task: str
) -> None:
    for number, (name, seconds) in enumerate(drawn(KILLS, seed=len(task), tasks=[task])):  # fmt: skip
        faults = kill(name, seconds, prepared, tmp_path / str(number))
        assert faults == [], f"killed after {seconds:.3f} s"


def test_a_row_that_was_lost_would_be_noticed(prepared: Path, tmp_path: Path) -> None:
    lost = kill("forgetful", 0.3, prepared, tmp_path / "here")
    assert any("is lost" in each for each in lost)
