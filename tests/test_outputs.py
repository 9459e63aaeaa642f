"""What may be replaced and what never; and the right words for what the disk refuses."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from creditdesk import paths
from creditdesk.disk import (
    CannotWrite,
    FolderGone,
    FolderRefuses,
    NoRoom,
    SystemRefused,
    WriteProtected,
    place,
    refusal,
)
from creditdesk.i18n import words
from creditdesk.outputs import (
    OutputIsDesk,
    OutputIsNoFile,
    OutputThere,
    beside,
    require_free,
    write,
)
from creditdesk.reports.workbook import Book
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Desk

unix = pytest.mark.skipif(sys.platform == "win32", reason="as Unix systems have it")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out" / "claim.pdf"


def _nothing_left(target: Path) -> None:
    assert [each.name for each in target.parent.iterdir()] == [target.name]
    assert list(paths.private_folder().iterdir()) == []


def test_a_file_stands_there_whole_and_its_owners_alone(target: Path) -> None:
    before = os.umask(0)
    try:
        write(target, b"first")
        target.chmod(0o644)
        write(target, b"second")
    finally:
        os.umask(before)
    assert target.read_bytes() == b"second"
    if sys.platform != "win32":
        assert target.stat().st_mode & 0o777 == 0o600
    _nothing_left(target)


def test_a_file_is_made_where_only_its_owner_looks_and_not_in_the_target_folder(
    target: Path,
) -> None:
    with beside(target) as new:
        new.write_bytes(b"half")
        assert paths.private_folder() in new.parents
        assert not target.parent.exists()
    assert target.read_bytes() == b"half"


def test_what_fails_leaves_what_was_there(target: Path) -> None:
    write(target, b"first")
    with pytest.raises(ZeroDivisionError), beside(target) as new:
        new.write_bytes(b"half"[: 1 // 0])
    assert target.read_bytes() == b"first"
    _nothing_left(target)


def test_to_another_disk_a_file_is_carried(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced = Path.replace

    def far(new: Path, place: Path) -> Path:
        if paths.private_folder() in new.parents:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replaced(new, place)

    monkeypatch.setattr(Path, "replace", far)
    write(target, b"first")
    left = target.with_name(".other.pdf.creditdesk-part")
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    write(target, b"second")
    assert target.read_bytes() == b"second"
    assert target.stat().st_mode & 0o777 in {0o600, 0o666}
    _nothing_left(target)


def test_nothing_is_replaced_unasked(tmp_path: Path, target: Path) -> None:
    desk = tmp_path / "desk.creditdesk"
    require_free(target, desk, replace=False)
    write(target, b"")
    with pytest.raises(OutputThere):
        require_free(target, desk, replace=False)
    require_free(target, desk, replace=True)


@pytest.mark.parametrize(
    "end", ["", "-wal", "-shm", "-journal", ".lock", ".use", ".part"]
)
def test_the_desk_and_what_belongs_to_it_are_never_replaced(
    tmp_path: Path, end: str
) -> None:
    desk = tmp_path / "案台.creditdesk"
    path = tmp_path / f"案台.creditdesk{end}"
    with pytest.raises(OutputIsDesk):
        require_free(path, desk, replace=True)
    path.write_bytes(b"")
    with pytest.raises(OutputIsDesk):
        require_free(tmp_path / "x" / ".." / path.name, desk, replace=True)


@unix
def test_the_desk_by_another_name_is_the_desk(tmp_path: Path) -> None:
    desk = tmp_path / "desk.creditdesk"
    desk.write_bytes(b"")
    (tmp_path / "linked").symlink_to(tmp_path)
    with pytest.raises(OutputIsDesk):
        require_free(tmp_path / "linked" / desk.name, desk, replace=True)
    (tmp_path / "same").hardlink_to(desk)
    with pytest.raises(OutputIsDesk):
        require_free(tmp_path / "same", desk, replace=True)


def test_a_desk_that_is_open_is_not_replaced_whoever_writes(desk: Desk) -> None:
    desk.clients.add(ClientCard(name="明达"))
    for name in (desk.path.name, f"{desk.path.name}-wal"):
        with pytest.raises(OutputIsDesk):
            write(desk.path.with_name(name), b"claim")
    assert [each.name for each in desk.clients.all()] == ["明达"]


@unix
def test_links_folders_and_devices_are_left_alone(tmp_path: Path) -> None:
    aim = tmp_path / "aim.pdf"
    aim.write_bytes(b"aim")
    link, dangling, pipe = tmp_path / "link", tmp_path / "dangling", tmp_path / "pipe"
    link.symlink_to(aim)
    dangling.symlink_to(tmp_path / "nowhere")
    (round_ := tmp_path / "round").symlink_to(round_)
    os.mkfifo(pipe)
    for path in (
        link,
        dangling,
        round_,
        pipe,
        tmp_path,
        Path("/dev/null"),
        Path("/dev/full"),
    ):
        with pytest.raises(OutputIsNoFile):
            write(path, b"claim")
        with pytest.raises(OutputIsNoFile):
            require_free(path, tmp_path / "desk", replace=True)
    assert aim.read_bytes() == b"aim"
    assert dangling.is_symlink()


@unix
def test_a_link_that_comes_while_a_file_is_made_is_not_followed(
    tmp_path: Path, target: Path
) -> None:
    aim = tmp_path / "aim.pdf"
    aim.write_bytes(b"aim")
    target.parent.mkdir()
    with pytest.raises(OutputIsNoFile), beside(target) as new:
        _make_and_link(new, target, aim)
    assert aim.read_bytes() == b"aim"


def _make_and_link(new: Path, target: Path, aim: Path) -> None:
    new.write_bytes(b"claim")
    target.symlink_to(aim)


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotWrite):
        write(tmp_path / "file" / "claim.pdf", b"")


def test_a_folder_that_may_not_be_written_is_told_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_given: False)
    with pytest.raises(FolderRefuses) as caught, beside(tmp_path / "claim.pdf"):
        pytest.fail("the work began")
    assert caught.value.places == {"folder": tmp_path}


def _refusing(number: int) -> Callable[..., NoReturn]:
    def refused(*_given: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return refused


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, NoRoom),
        (errno.EDQUOT, NoRoom),
        (errno.EROFS, WriteProtected),
        (errno.EACCES, CannotWrite),
        (errno.EIO, SystemRefused),
    ],
)
def test_what_the_disk_refuses_is_told_of_the_disk_that_refused(
    target: Path, number: int, kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(target, b"first")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", _refusing(number))
        with pytest.raises(kind) as caught:
            write(target, b"second")
    assert str(target.parent) in str(caught.value)
    with pytest.raises(kind) as caught, beside(target):
        _refusing(number)()
    assert str(paths.private_folder()) in str(caught.value)
    assert target.read_bytes() == b"first"
    _nothing_left(target)


def test_a_folder_that_went_is_named(tmp_path: Path) -> None:
    gone = tmp_path / "stick" / "claim.pdf"
    told = refusal(FileNotFoundError(errno.ENOENT, "No such file"), gone)
    assert isinstance(told, FolderGone)
    assert told.places == {"folder": tmp_path / "stick"}


def test_a_workbook_on_a_full_disk_is_told_and_lies_nowhere_else(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Book("en")
    book.sheet("Facts").row = 1
    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", pytest.fail)
    book.save(target.with_suffix(".xlsx"), "Facts")
    monkeypatch.setattr(Path, "write_bytes", _refusing(errno.ENOSPC))
    with pytest.raises(NoRoom):
        book.save(target.with_name("full.xlsx"), "Facts")
    assert [each.name for each in target.parent.iterdir()] == ["claim.xlsx"]


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (errno.EIO, "the disk or the network failed", "磁盘或网络出错"),
        (errno.ESTALE, "its disk or network is not connected", "所在磁盘或网络没有连接"),
        (errno.ENAMETOOLONG, "its name is too long", "名称太长"),
        (errno.ENOTTY, f"error {errno.ENOTTY} of the system", f"系统错误 {errno.ENOTTY}"),
    ],
)  # fmt: skip
def test_what_the_system_says_is_said_in_the_persons_language(
    target: Path, number: int, english: str, chinese: str
) -> None:
    told = refusal(OSError(number, os.strerror(number)), target)
    for language, reason in (("en", english), ("zh", chinese)):
        said = words(language).say(told.said)
        assert reason in said
        assert os.strerror(number) not in said


def test_a_full_disk_is_called_as_its_system_calls_it(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda each: each == target.parent.parent)
    assert place(target) == str(target.parent.parent)
    monkeypatch.setattr(Path, "is_mount", lambda each: each == Path(target.anchor))
    assert place(target) == str(target.parent)
