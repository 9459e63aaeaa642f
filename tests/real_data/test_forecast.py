"""The forecast of payments is better than each simple rule, on invoices it never learned from."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.real_data
SCRIPT = Path(__file__).parents[1] / "bench" / "forecast.py"


def test_it_tells_the_late_from_the_punctual_and_the_day(real_data: Path) -> None:
    (file,) = (real_data / "01_ibm_late_payment").glob("*.csv")
    run = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, SCRIPT, file], capture_output=True, text=True, check=True
    )
    head, *rows = run.stdout.splitlines()
    assert head == "trained on 1636, tried on 741"
    found = {name: float(figure) for name, figure in map(str.split, rows)}
    # The simple rules are what others found on this file; a machine's last digits may differ.
    assert found["auc_portfolio"] == pytest.approx(0.544, abs=0.003)
    assert found["auc_own_mean"] == pytest.approx(0.878, abs=0.003)
    assert found["auc_late"] >= 0.887
    assert found["calibration_error"] <= 0.03
    assert found["days_error"] < found["days_error_own_mean"] - 1
