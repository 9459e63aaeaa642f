"""Power cuts: a process killed in the middle of its work leaves a desk that opens sound, and no half file."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from creditdesk.cli import root
from creditdesk.services.backups import FOLDER, SECOND_PLACE
from creditdesk.workspace import Desk, create_desk, open_desk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform == "win32", reason="SIGKILL ends a process on POSIX only"
    ),
]
SECONDS = (0.05, 0.5)
BEGIN = """
import sys
from datetime import date
from pathlib import Path
from creditdesk.cli import root
from creditdesk.jobs import Progress
from creditdesk.reports import claim_package
from creditdesk.services.claims import ClaimId
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import open_desk
folder = Path(sys.argv[1])
desk = open_desk(folder / "desk.creditdesk", backups=folder / "backups")
print("began", flush=True)
number = 0
while True:
    number += 1
"""
IMPORT = """
    from creditdesk.importers.columns import recognise
    from creditdesk.importers.files import sheet
    from creditdesk.importers.rows import ledger
    from creditdesk.catalog.headings import headings
    read = sheet.read(folder / "large.csv", None, None, None)
    draft = ledger.read(read, recognise.guess(read, headings()), "CNY", Progress())
    print("went", flush=True)
    while True:
        desk.ledger.undo(desk.ledger.take_in(1, draft).batch)
"""
SAVE = """
    desk.clients.add(ClientCard(name=f"N{number}", contact="x" * 20_000))
    print("went", flush=True)
"""
BACKUP = """
    desk.upkeep.back_up(folder / "made" / f"{number}.creditdesk")
    print("went", flush=True)
"""
AUTOMATIC = """
    desk.backups.make("hourly")
    print("went", flush=True)
"""
PACKAGE = """
    package = desk.claims.package(ClaimId(1), date(2025, 9, 10))
    print("went", flush=True)
    claim_package.write(package, folder / "made" / f"{number}.pdf", "zh", Progress())
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a desk that holds a claim, and a ledger of some thousand rows to take in."""
    folder = tmp_path_factory.mktemp("killed")
    desk = folder / "desk.creditdesk"
    create_desk(desk)
    head = "客户编码,客户名称,发票号,开票日期,到期日,金额"
    rows = [
        f"K{n % 50},B{n % 50},N{n},2025-01-10,2025-03-11,{n}.25" for n in range(1, 6000)
    ]
    (folder / "large.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    (folder / "small.csv").write_text("\n".join([head, *rows[:5]]), encoding="utf-8")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(folder / "paper.pdf")
    commands = (
        "client add A",
        f"ledger import {folder}/small.csv --client A",
        "policy add --client A --template sinosure-domestic --number P --from 2025-01-01 --to 2025-12-31",
        "claim open --client A --buyer K1 --cause insolvency --date-of-loss 2025-09-07",
        f"claim attach 1 C07 {folder}/paper.pdf",
    )
    for command in commands:
        assert root.run(["--desk", str(desk), "--json", *command.split()]) == 0
    return folder


@pytest.fixture
def folder(tmp_path: Path, prepared: Path) -> Path:
    """The prepared folder, to be harmed."""
    copy = tmp_path / "here"
    shutil.copytree(prepared, copy)
    (copy / "made").mkdir()
    return copy


def kill(folder: Path, task: str, seconds: float) -> None:
    """Start the work, and end it without warning while it goes on."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", BEGIN + task, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(2)] == ["began\n", "went\n"]
        time.sleep(seconds)
        assert process.poll() is None
        process.kill()


@contextmanager
def sound(path: Path) -> Iterator[Desk]:
    """The desk, which opens and is sound, and can be written."""
    with closing(open_desk(path)) as desk:
        assert desk.upkeep.check().problems == ()
        desk.upkeep.set({"firm_name": "still here"})
        yield desk


@pytest.mark.parametrize("seconds", SECONDS)
def test_killed_while_a_ledger_is_taken_in_or_back(
    folder: Path, seconds: float
) -> None:
    kill(folder, IMPORT, seconds)
    with sound(folder / "desk.creditdesk") as desk:
        # All of the file or nothing of it: never some rows.
        assert desk.upkeep.info().rows["invoice"] in {5, 5999}


@pytest.mark.parametrize("seconds", SECONDS)
def test_killed_while_saving(folder: Path, seconds: float) -> None:
    kill(folder, SAVE, seconds)
    with sound(folder / "desk.creditdesk") as desk:
        lines = desk.clients.all()
        assert len(lines) > 1
        assert all(len(line.contact) in {0, 20_000} for line in lines)
        assert len(desk.buyers.search("N1")) > 0


@pytest.mark.parametrize("seconds", SECONDS)
def test_killed_while_backing_up(folder: Path, seconds: float) -> None:
    kill(folder, BACKUP, seconds)
    copies = sorted((folder / "made").glob("*.creditdesk"), key=lambda each: int(each.stem))  # fmt: skip
    assert copies
    for path in (folder / "desk.creditdesk", copies[-1]):
        with sound(path) as desk:
            assert desk.upkeep.info().rows["invoice"] == 5


@pytest.mark.parametrize("seconds", SECONDS)
def test_killed_while_a_backup_is_made_by_itself(folder: Path, seconds: float) -> None:
    (folder / "usb").mkdir()
    with closing(open_desk(folder / "desk.creditdesk")) as desk:
        desk.upkeep.set(
            {FOLDER: str(folder / "made"), SECOND_PLACE: str(folder / "usb")}
        )
    kill(folder, AUTOMATIC, seconds)
    with sound(folder / "desk.creditdesk") as desk:
        read = desk.backups.verify()
        assert {each.backup.path.parent.name for each in read} == {"made", "usb"}
        assert [each.reason for each in read] == [None] * len(read)
        # What was begun is finished by nobody and in nobody's way.
        assert desk.backups.make("on-close").second


@pytest.mark.parametrize("seconds", SECONDS)
def test_killed_while_a_package_is_written(folder: Path, seconds: float) -> None:
    kill(folder, PACKAGE, seconds)
    for path in (folder / "made").iterdir():
        if path.suffix == ".pdf" and not path.name.startswith("."):
            with pikepdf.open(path) as pdf:
                assert len(pdf.pages) > 5
    with sound(folder / "desk.creditdesk") as desk:
        assert desk.claims.file(desk.claims.all()[0].id, date(2025, 9, 10)).evidence
