"""Rooms for a moment: nobody else looks in, and what a kill leaves is gone at the next start."""

import errno
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

import msoffcrypto
import pytest

from creditdesk import bootstrap, paths, private
from creditdesk.disk import NoRoom
from creditdesk.importers.files import workbook

HOLD = """
import sys, time
from pathlib import Path
from creditdesk import paths, private
paths.data_folder = lambda: Path(sys.argv[1])
room = private.Room()
(room.path / "plain.pdf").write_text("secret")
print(room.path, flush=True)
time.sleep(30)
"""


def _left() -> list[str]:
    folder = paths.private_folder()
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def test_a_room_is_the_persons_own_and_gone_when_the_block_ends() -> None:
    with private.folder() as folder:
        assert folder.parent == paths.private_folder()
        assert folder.stat().st_mode & 0o077 == 0
        assert folder.parent.stat().st_mode & 0o077 == 0
        read_only = folder / "copy.pdf"
        read_only.write_text("x", encoding="utf-8")
        read_only.chmod(0o400)
    assert _left() == []


def test_what_is_in_use_stays_and_what_is_not_goes() -> None:
    with private.folder() as used:
        (used / "copy.pdf").write_text("x", encoding="utf-8")
        old = paths.private_folder() / "tmpabc"
        old.mkdir()
        (old / "copy.pdf").write_text("x", encoding="utf-8")
        private.clear()
        assert (used / "copy.pdf").exists()
        assert not old.exists()
    assert _left() == []


def test_clearing_makes_no_folder() -> None:
    private.clear()
    assert not paths.data_folder().exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="killed as a Unix system does")
def test_the_copies_of_a_killed_program_go_with_the_next_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", HOLD, str(paths.data_folder())],
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        copy = Path(running.stdout.readline().strip()) / "plain.pdf"
        assert bootstrap.main(["calc", "capitals", "-"]) in {0, 1}
        assert copy.exists()
        running.kill()
        running.wait()
        assert copy.exists()
    assert bootstrap.main(["calc", "capitals", "-"]) in {0, 1}
    assert _left() == []
    assert "Traceback" not in "".join(capsys.readouterr())


def test_a_full_disk_and_a_folder_that_refuses_are_told_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(NoRoom, match=paths.private_folder().name), private.folder():
        full()
    assert _left() == []
    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(NoRoom):
        private.Room()
    assert _left() == []


def test_temporary_files_of_libraries_lie_in_a_room_that_goes() -> None:
    before = tempfile.gettempdir()
    with private.temporary_files(), tempfile.NamedTemporaryFile(delete=False) as plain:
        assert Path(plain.name).is_relative_to(paths.private_folder())
    assert tempfile.gettempdir() == before
    assert _left() == []


def test_a_protected_workbook_is_decrypted_where_nobody_else_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[Path] = []

    class Office:
        """As msoffcrypto opens an old workbook: through a temporary file."""

        def __init__(self, _content: object) -> None:
            pass

        def is_encrypted(self) -> bool:
            return True

        def load_key(self, *, password: str) -> None:
            pass

        def decrypt(self, plain: BytesIO) -> None:
            seen.append(Path(tempfile.gettempdir()))
            plain.write(b"plain")

    monkeypatch.setattr(msoffcrypto, "OfficeFile", Office)
    assert workbook._decrypted("a.xls", workbook._OLE, None) == b"plain"
    assert seen[0].parent == paths.private_folder()
    assert _left() == []
