"""A claim package of 200 attached documents with 2,000 pages, beside pikepdf's `pages.extend` and `save` of the same.

Counted in CPU seconds with those of all child processes, less those of an empty command (`claim list`).
Goals: ≤ 3.0 × (≤ 2.0 × is the aim), ≤ 300 MB, and no worse than linear up to 10,000 pages.
Run: python tests/bench/package.py [documents] [pages of each]
"""

import hashlib
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

import pikepdf
from desk import large_desk
from reportlab.pdfgen.canvas import Canvas

from creditdesk.domain.base.evidence import PDF, EvidenceState, InspectedEvidence
from creditdesk.services.claims import ClaimId
from creditdesk.workspace import open_desk

ROUNDS = 3
LINES = 40
ITEMS = ("C04", "C05", "C07", "C08", "C12", "C16", "C17")
PLAIN = """
import sys
from pathlib import Path
import pikepdf
whole, kept = pikepdf.new(), []
for path in sorted(Path(sys.argv[1]).iterdir()):
    kept.append(pikepdf.open(path))
    whole.pages.extend(kept[-1].pages)
whole.save(sys.argv[2])
"""
OURS = "import sys; from creditdesk.bootstrap import main; sys.exit(main(sys.argv[1:]))"


def main() -> None:
    """Print the medians, their ratio and the memory."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    pages = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        papers = _papers(folder / "papers", documents, pages)
        desk = _desk(folder, papers)
        out = folder / "out.pdf"
        package = ("claim", "package", "1", "--out", str(out), "--replace")
        plain, empty, ours = [], [], []
        for _ in range(ROUNDS):
            plain.append(_python(PLAIN, str(folder / "papers"), str(folder / "p.pdf")))
            empty.append(_command(desk, "claim", "list"))
            ours.append(_command(desk, *package))
        with pikepdf.open(out) as whole:
            written = len(whole.pages)
        size = out.stat().st_size
    floor, took = statistics.median(plain), statistics.median(ours)
    took -= statistics.median(empty)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{documents} documents, {written:,} pages, {size / 1e6:.1f} MB   pikepdf {floor:.2f} s"
        f"   package {took:.2f} s   {took / floor:.2f} ×  (goal ≤ 3.0 ×)   {most:.0f} MB  (goal ≤ 300 MB)"
    )


def _papers(folder: Path, documents: int, pages: int) -> tuple[Path, ...]:
    folder.mkdir()
    dice = random.Random(7)  # noqa: S311 - invented goods, the same every time
    return tuple(
        _paper(folder / f"{number:04}.pdf", number, pages, dice)
        for number in range(documents)
    )


def _paper(path: Path, number: int, pages: int, dice: random.Random) -> Path:
    canvas = Canvas(str(path))
    for page in range(pages):
        for line in range(LINES):
            text = f"Delivery {number}, page {page + 1}: {dice.randrange(10**9)} pieces, received in order"
            canvas.drawString(60, 800 - 18 * line, text)
        canvas.showPage()
    canvas.save()
    return path


def _desk(folder: Path, papers: tuple[Path, ...]) -> Path:
    path = folder / "bench.creditdesk"
    shutil.copyfile(large_desk(500, 1, 10), path)
    desk = open_desk(path, backups=folder)
    desk.do(partial(_attach, desk.claims.attach, papers))
    desk.close()
    return path


def _attach(attach: Callable[..., object], papers: tuple[Path, ...]) -> None:
    for number, paper in enumerate(papers):
        data = paper.read_bytes()
        looked = InspectedEvidence(
            paper.name,
            hashlib.sha256(data).hexdigest(),
            len(data),
            PDF,
            EvidenceState.OK,
            1,
        )
        attach(ClaimId(1), ITEMS[number % len(ITEMS)], looked, data)


def _command(desk: Path, *arguments: str) -> float:
    return _python(OURS, "--desk", str(desk), "--json", *arguments)


def _python(code: str, *arguments: str) -> float:
    """CPU seconds of a Python with all its children, its bytecode kept as an installed program has it."""
    kept = {
        key: each
        for key, each in os.environ.items()
        if key != "PYTHONDONTWRITEBYTECODE"
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        env=kept,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    main()
