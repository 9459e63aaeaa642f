"""What Windows and macOS do otherwise, as far as it can be shown anywhere: open files, odd folders, no streams."""

import errno
import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from creditdesk import outputs, private
from creditdesk.cli import root
from creditdesk.importers.files import evidence, sheet
from creditdesk.services.clients import ClientCard
from creditdesk.ui.window import single
from creditdesk.workspace import (
    Desk,
    change_passphrase,
    create_desk,
    open_desk,
    restore_desk,
)

ROOT = Path(__file__).parents[1]
AT = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the desk keeps local time
LEDGER = (
    "客户名称,客户编码,单据号,单据日期,到期日,金额,币别\n"
    "埕木家居有限公司,K01,XP-9001,2026-03-02,2026-05-01,113000.00,CNY\n"
)
_LOCKS = (".lock", ".use", ".held")
"""Removed while they are held: on Windows the program lets go of them first."""
_forbidden: list[bool] = []


def _is_open(path: str) -> bool:
    real = os.path.realpath(path)
    for each in Path("/proc/self/fd").iterdir():
        try:
            if str(each.readlink()) == real:
                return True
        except OSError:
            continue
    return False


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if not _forbidden or event not in {"os.rename", "os.remove"}:
        return
    for each in arguments[:2]:
        path = os.fsdecode(each) if isinstance(each, str | os.PathLike) else ""
        if path and not path.endswith(_LOCKS) and _is_open(path):
            raise PermissionError(errno.EACCES, "open, as on Windows", path)


sys.addaudithook(_hear)


@pytest.fixture
def open_files_stay() -> Iterator[None]:
    """Nothing that this process has open can be renamed, replaced or removed, as on Windows."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("only Linux tells which files are open")
    _forbidden.append(True)
    yield
    _forbidden.clear()


@pytest.mark.usefixtures("open_files_stay")
def test_the_rule_of_windows_is_kept_here(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with path.open("w"):
        for act in (path.unlink, lambda: path.rename(tmp_path / "b")):
            with pytest.raises(PermissionError):
                act()
    path.unlink()


def named(path: Path, passphrase: str = "") -> list[str]:
    desk = open_desk(path, passphrase)
    try:
        return [client.name for client in desk.clients.all()]
    finally:
        desk.close()


def worked(path: Path, name: str, backups: Path) -> Path:
    """A desk with a client more, and its backup."""
    desk = open_desk(path, backups=backups)
    try:
        desk.clients.add(ClientCard(name=name))
        desk.backups.make("on-close")
    finally:
        desk.close()
    (copy,) = (path.parent / "home" / "data_folder" / "backups").glob("*on-close*")
    return copy


@pytest.mark.usefixtures("open_files_stay")
def test_a_desk_is_made_backed_up_restored_and_protected(tmp_path: Path) -> None:
    path = tmp_path / "desk.creditdesk"
    create_desk(path)
    copy = worked(path, "甲", tmp_path / "backups")
    desk = open_desk(path)
    desk.clients.add(ClientCard(name="乙"))
    desk.close()
    assert set(named(path)) == {"甲", "乙"}
    kept = restore_desk(path, copy, "", AT)
    assert kept
    assert named(path) == ["甲"]
    assert set(named(kept)) == {"甲", "乙"}
    change_passphrase(path, "", "四个词的长口令", AT)
    assert named(path, "四个词的长口令") == ["甲"]
    change_passphrase(path, "四个词的长口令", "", AT)
    assert named(path) == ["甲"]


@pytest.mark.usefixtures("open_files_stay")
def test_a_file_is_written_in_place_of_another_and_nothing_is_left(
    tmp_path: Path,
) -> None:
    path = tmp_path / "账龄.pdf"
    path.write_text("old")
    with outputs.beside(path) as new:
        new.write_text("new")
    assert path.read_text() == "new"
    with private.folder() as folder:
        (folder / "copy").write_text("x")
    assert [each.name for each in tmp_path.iterdir() if each.name != "home"] == ["账龄.pdf"]  # fmt: skip


ODD = ["代账公司", "two words", "100% sure %20", "é ü ボ", "a" * 200, "[a] {b} 'c' & d"]


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.usefixtures("open_files_stay")
def test_a_folder_may_have_any_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, form: str
) -> None:
    if form == "NFD" and unicodedata.is_normalized("NFD", name):
        pytest.skip("it is the same in both forms")
    folder = tmp_path / unicodedata.normalize(form, name)  # type: ignore[arg-type]
    folder.mkdir()
    ledger = folder / unicodedata.normalize(form, "应收 é 1%.csv")  # type: ignore[arg-type]
    ledger.write_text(LEDGER, "gb18030")
    desk = ["--desk", str(folder / "我的 1%.creditdesk"), "--lang", "en"]
    assert root.run([*desk, "desk", "create"]) == 0
    assert root.run([*desk, "client", "add", "泠越"]) == 0
    assert root.run([*desk, "ledger", "import", str(ledger), "--client", "泠越"]) == 0
    out = folder / "账龄 1%.xlsx"
    aging = ["ledger", "aging", "--client", "泠越", "--as-of", "2026-07-01", "--out"]
    assert root.run([*desk, *aging, str(out)]) == 0
    assert out.stat().st_size > 3_000
    capsys.readouterr()
    assert root.run([*desk, "desk", "check"]) == 0, capsys.readouterr()


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_one_desk_in_two_spellings_has_one_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    composed = tmp_path / unicodedata.normalize("NFC", "Café.creditdesk")
    typed = tmp_path / unicodedata.normalize("NFD", "CAFÉ.CreditDesk")
    assert single._name(composed) == single._name(typed)
    assert single._name(composed) != single._name(tmp_path / "other.creditdesk")


WITHOUT_STREAMS = """
import sys
from pathlib import Path
sys.stdin = sys.stdout = sys.stderr = None
from creditdesk import bootstrap, paths
for name in ("data_folder", "config_folder", "log_folder"):
    setattr(paths, name, lambda: Path(sys.argv[1]))
status = [bootstrap.main(words.split()) for words in sys.argv[2].split("|")]
Path(sys.argv[1], "status").write_text(repr(status))
"""


@pytest.mark.slow
def test_a_program_without_streams_does_its_work_and_refuses_quietly(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.csv").write_text(LEDGER, "utf-8")
    words = "--self-check|client add A|ledger import a.csv --client A|ledger import none.csv --client A|nonsense"
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", WITHOUT_STREAMS, str(tmp_path), words],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=False,
    )
    assert (tmp_path / "status").read_text() == "[0, 0, 0, 1, 2]", done.stderr
    assert done.stderr == b""
    shutil.copyfile(tmp_path / "desk.creditdesk", tmp_path / "copy.creditdesk")
    desk: Desk = open_desk(tmp_path / "copy.creditdesk")
    try:
        (client,) = desk.clients.all()
        assert desk.ledger.open_items(client.id)
    finally:
        desk.close()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_kept_in_one_form_however_the_system_writes_it(
    tmp_path: Path, form: str
) -> None:
    path = tmp_path / unicodedata.normalize(form, "Café-Rechnung.txt")  # type: ignore[arg-type]
    path.write_text(LEDGER, "utf-8")
    assert evidence.inspect(path).name == unicodedata.normalize("NFC", path.name)
    ledger = path.rename(path.with_suffix(".csv"))
    read = sheet.read(ledger, None, None, None)
    assert read.file_name == unicodedata.normalize("NFC", ledger.name)
