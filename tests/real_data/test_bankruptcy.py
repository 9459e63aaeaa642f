"""The financial part of the score separates those who failed at least as well as Z″ alone."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.real_data
SCRIPT = Path(__file__).parents[1] / "bench" / "bankruptcy.py"


def test_the_financial_part_separates_failures_better_than_z_alone(
    real_data: Path,
) -> None:
    file = real_data / "03_bankruptcy" / "5year.arff"
    run = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, SCRIPT, file], capture_output=True, text=True, check=True
    )
    head, *rows = run.stdout.splitlines()
    found = {name.strip(): float(figure) for name, figure in (row.rsplit(maxsplit=1) for row in rows)}  # fmt: skip
    assert head == "5891 companies, 406 failed"
    assert found == pytest.approx(
        {
            "Z, PRIVATE_MANUFACTURER": 0.707911,
            "Z, GENERAL": 0.766273,
            "financial part, PRIVATE_MANUFACTURER": 0.766633,
            "financial part, GENERAL": 0.780405,
        },
        abs=1e-6,
    )
