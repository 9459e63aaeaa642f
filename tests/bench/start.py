"""Start, measured in one run: frame painted and first list shown, against a bare PySide6 window.

Goals: frame ≤ 1.4 ×, first list ≤ 3.0 × the bare window, on a desk of 100,000 invoices.
Run: python tests/bench/start.py [invoices]
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

ROUNDS = 7
BARE = """
import sys, time; begin = float(sys.argv[1])
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time() - begin, flush=True)
        QApplication.exit(0)
app = QApplication([]); window = Window(); window.resize(1366, 768); window.show(); app.exec()
"""
OURS = """
import os, sys, time; begin = float(sys.argv[1])
from pathlib import Path
import tempfile
from creditdesk import paths
folder = Path(tempfile.mkdtemp())
for name in ("config_folder", "log_folder", "data_folder"):
    setattr(paths, name, lambda: folder)
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from creditdesk.ui.window import frame as frame_module
painted = []
class Watched(frame_module.Frame):
    def paintEvent(self, event):
        super().paintEvent(event)
        if not painted:
            painted.append(time.time() - begin)
from creditdesk.ui.window import opening
opening.Frame = Watched
app = QApplication([])
frame = opening.start(app, Path(sys.argv[2]))
def look():
    module = sys.modules.get("creditdesk.ui.parts.page")
    if module is None or frame.findChild(module.Page) is None:
        QTimer.singleShot(0, look)
        return
    frame.grab()  # every widget laid out and painted, and nothing else
    print(painted[0], time.time() - begin, flush=True)
    os._exit(0)
QTimer.singleShot(0, look); app.exec()
"""


def main() -> None:
    """Print the medians and their ratios."""
    from desk import large_desk  # noqa: PLC0415 - beside this script

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    path = large_desk(count)
    bare, frame, first = [], [], []
    for _ in range(ROUNDS):
        bare.append(float(run(BARE).split()[0]))
        times = run(OURS, str(path)).split()
        frame.append(float(times[0]))
        first.append(float(times[1]))
    floor = statistics.median(bare)
    print(f"bare window       {floor:.3f} s")
    for name, found, goal in (
        ("frame painted", frame, 1.4),
        ("first list shown", first, 3.0),
    ):
        middle = statistics.median(found)
        print(f"{name:17} {middle:.3f} s  {middle / floor:.2f} ×  (goal ≤ {goal} ×)")


def run(code: str, *arguments: str) -> str:
    """What the script prints, run in a process of its own."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # An installed program has its bytecode; a checkout keeps it from the first round on.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code, str(time.time()), *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return done.stdout


if __name__ == "__main__":
    main()
