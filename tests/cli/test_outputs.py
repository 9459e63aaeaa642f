"""Files that commands write and read: what is replaced, what never, who may read them, and a command broken off."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import typer

from creditdesk import paths

Shell = Any  # the fixture of conftest, which tests can't import
APP = Path(__file__).parents[2] / "app.py"
OWNER = ("--client", "明达电子有限公司")
BUYER = (*OWNER, "--buyer", "K1")
YEAR = ("--from", "2025-01-01", "--to", "2025-12-31")
WRITERS = [
    ("claim.pdf", ("claim", "package", 1)),
    ("claim.xlsx", ("claim", "workbook", 1)),
    ("claim.zip", ("claim", "zip", 1)),
    ("aging.xlsx", ("ledger", "aging", *OWNER, "--as-of", "2025-09-30")),
    ("statement.xlsx", ("ledger", "statement", *BUYER, *YEAR)),
    ("confirmation.pdf", ("ledger", "confirmation", *BUYER, "--on", "2025-09-30")),
    ("source.csv", ("ledger", "source", 1)),
    ("declared.xlsx", ("declaration", "show", *OWNER, "--policy", "DT-1", "--from", "2025-01-01")),
    ("review.xlsx", ("review", *OWNER, *YEAR)),
    ("report.xlsx", ("report", "write", "aging", *OWNER, "--on", "2025-09-30")),
    ("letter.pdf", ("letter", "write", "balance_confirmation", *BUYER)),
    ("claim-letter.pdf", ("claim", "letter", 1, "extension_consent", "--field", "plan=x")),
    ("notice.pdf", ("buyer", "notice", *BUYER, "--kind", "mandate", "--policy", "DT-1")),
    ("slips.pdf", ("claim", "tasks", 1, "--take")),
    ("credit.pdf", ("buyer", "report", *BUYER)),
    ("record.pdf", ("insurer", "record", "A")),
    ("grid.pdf", ("insurer", "quotes", *OWNER)),
]  # fmt: skip
unix = pytest.mark.skipif(sys.platform == "win32", reason="as Unix systems have it")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(("name", "command"), WRITERS, ids=lambda each: str(each)[:12])
def test_nothing_that_is_there_is_replaced_unasked_and_the_desk_never(
    full: Shell, name: str, command: tuple[object, ...]
) -> None:
    out = full.folder / name
    out.write_bytes(b"somebody's")
    before = _digest(full.desk)
    assert full(*command, "--out", out).error == "output_there"
    assert full(*command, "--out", full.desk, "--replace").error == "output_is_desk"
    wal = Path(f"{full.desk}-wal")
    assert full(*command, "--out", wal).error == "output_is_desk"
    assert full(*command, "--out", full.folder, "--replace").error == "output_is_no_file"  # fmt: skip
    assert out.read_bytes() == b"somebody's"
    assert _digest(full.desk) == before
    said = full(*command, "--out", out, "--replace")
    assert said.status == 0, said.out
    assert out.read_bytes() != b"somebody's"


def test_a_backup_replaces_only_what_it_may(full: Shell) -> None:
    copy = full.folder / "copy.creditdesk"
    assert full("desk", "backup", copy).status == 0
    assert full("desk", "backup", copy).error == "output_there"
    assert full("desk", "backup", copy, "--replace").status == 0
    assert full("desk", "backup", full.desk, "--replace").error == "output_is_desk"
    assert full("desk", "backup", full.folder, "--replace").error == "output_is_no_file"


@unix
def test_a_link_keeps_what_it_points_to(full: Shell) -> None:
    link, aim = full.folder / "link.creditdesk", full.folder / "aim"
    aim.write_bytes(b"aim")
    link.symlink_to(aim)
    assert full("desk", "backup", link, "--replace").error == "output_is_no_file"
    assert full("desk", "backup", "/dev/full", "--replace").error == "output_is_no_file"
    assert aim.read_bytes() == b"aim"


def test_it_is_told_before_the_desk_is_opened(shell: Shell) -> None:
    out = shell.folder / "claim.pdf"
    out.write_bytes(b"")
    shell.desk.unlink()
    assert shell("claim", "package", 1, "--out", out).error == "output_there"


def test_the_sample_replaces_its_own_files_and_nobody_elses(
    full: Shell, demo: Path
) -> None:
    out = full.folder / "demo"
    out.mkdir()
    for each in demo.iterdir():
        (out / each.name).write_bytes(each.read_bytes())
    again = full("demo", "--out", out, "--no-window")
    assert again.status == 0, again.out
    (out / "review.xlsx").write_bytes(b"my own figures")
    assert full("demo", "--out", out, "--no-window").error == "not_written_by_us"
    assert (out / "review.xlsx").read_bytes() == b"my own figures"
    other = full.folder / "pictures"
    other.mkdir()
    (other / "today-zh-light.png").write_bytes(b"a photo")
    assert full("screens", "--out", other).error == "not_written_by_us"


READERS = [
    ("ledger", "import", "{file}", *OWNER),
    ("ledger", "bank", "{file}", *OWNER),
    ("ledger", "import", "{there}", *OWNER, "--answers", "{file}"),
    ("claim", "attach", 1, "C07", "{file}"),
    ("desk", "restore", "{file}"),
    ("calc", "aging", "{file}"),
    (
        "declaration", "record", *OWNER, "--policy", "DT-1", *YEAR, "--on", "2025-02-01", "--proof", "{file}",
    ),
]  # fmt: skip


@pytest.mark.parametrize("command", READERS, ids=lambda each: " ".join(map(str, each[:2])))  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_in_the_chosen_language(
    full: Shell, full_desk: Path, command: tuple[object, ...]
) -> None:
    names = [full.folder / "不在.xlsx", full.folder, "-", ""]
    if command[0] == "calc":
        names.remove("-")
    for name in names:
        given = [
            str(part)
            .replace("{file}", str(name))
            .replace("{there}", str(full_desk.with_name("应收.csv")))
            for part in command
        ]
        assert full(*given).status == 1
        said = full(*given, as_json=False, lang="zh")
        assert said.status == 1
        assert said.out == ""
        assert "没有文件" in said.err or "找不到" in said.err or "不存在" in said.err, said.err  # fmt: skip


def test_a_file_somebody_else_keeps_to_himself_is_refused_in_words(
    full: Shell, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, _how: Path(path) != paper)
    assert full("ledger", "import", paper, *OWNER).error == "file_locked"
    assert full("ledger", "bank", paper, *OWNER).error == "file_locked"
    assert full("desk", "restore", paper).error == "file_locked"
    assert full("desk", "backup", paper).error == "output_there"
    assert full("claim", "attach", 1, "C07", paper).error == "file_locked"


def _run(*arguments: object, home: Path) -> "subprocess.Popen[str]":
    places = {f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "CONFIG", "STATE", "CACHE")}  # fmt: skip
    return subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, str(APP), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        umask=0o022,
        start_new_session=True,
        env={**os.environ, **places, "HOME": str(home)},
    )


@unix
@pytest.mark.slow
def test_whatever_the_program_writes_is_its_owners_alone(full: Shell) -> None:
    home = full.folder / "own"
    made = full.folder / "made" / "out"
    for command in (
        ("--desk", home / "new.creditdesk", "desk", "create"),
        ("client", "list"),
        ("--desk", full.desk, "desk", "backup", made / "backup.creditdesk"),
        ("--desk", full.desk, *WRITERS[1][1], "--out", made / "aging.xlsx"),
    ):
        with _run(*command, home=home) as ran:
            out, err = ran.communicate(timeout=200)
            assert ran.returncode == 0, out + err
    found = [home, *home.rglob("*"), made, *made.rglob("*")]
    assert any(each.name == "desk.creditdesk" for each in found)
    assert len([each for each in found if each.is_file()]) >= 4
    assert [each for each in found if each.stat().st_mode & 0o077] == []


@unix
@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.2, 1.5, 3])
def test_a_command_that_is_broken_off_says_so_and_leaves_nothing_half_done(
    full: Shell, seconds: float
) -> None:
    home, out = full.folder / "own", full.folder / "claim.pdf"
    with _run("--desk", full.desk, "claim", "package", 1, "--out", out, home=home) as ran:  # fmt: skip
        time.sleep(seconds)
        # As Ctrl-C does: to all processes of the terminal.
        os.killpg(ran.pid, signal.SIGINT)
        said, err = ran.communicate(timeout=200)
    assert "Traceback" not in said + err
    if ran.returncode != 0:  # a fast machine is done by then
        assert ran.returncode in {130, -signal.SIGINT}
    left = [each for each in full.folder.iterdir() if out.stem in each.name]
    assert left in ([], [out])
    if left:  # broken off after the package stood in its place
        assert full("claim", "check", out).status == 0
    private = home / "DATA" / "CreditDesk" / paths.private_folder().name
    assert not private.exists() or list(private.iterdir()) == []


@unix
@pytest.mark.slow
def test_a_reader_that_has_had_enough_is_no_trouble(full: Shell) -> None:
    with _run("--desk", full.desk, "policy", "templates", home=full.folder) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        ran.stdout.close()
        assert ran.stderr.read() == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("end", [typer.Abort, EOFError, KeyboardInterrupt])
def test_a_question_that_is_broken_off_says_so_in_the_chosen_language(
    full: Shell, end: type[BaseException], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*_given: object, **_named: object) -> None:
        raise end

    monkeypatch.setattr("creditdesk.cli.session.somebody_answers", lambda: True)
    monkeypatch.setattr(typer, "prompt", broken_off)
    said = full("desk", "passphrase", as_json=False, lang=lang)
    assert said.status == 130
    assert said.err.strip().startswith("Broken off." if lang == "en" else "已中断")
    assert "Aborted" not in said.err
    assert full("desk", "passphrase").error == "interrupted"
