"""A ZIP file is a folder of files; what could harm or can't be unpacked is refused with a sentence."""

import zipfile
from pathlib import Path

import pytest

from creditdesk.errors import UserError
from creditdesk.intake import archives
from creditdesk.jobs import Progress


def packed(tmp_path: Path, *files: tuple[str, bytes], name: str = "账.zip") -> Path:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, content in files:
            archive.writestr(inner, content)
    return path


def unpacked(tmp_path: Path, path: Path) -> list[Path]:
    folder = tmp_path / "out"
    folder.mkdir(exist_ok=True)
    return archives.expanded([path], folder.joinpath, Progress())


def test_its_files_come_in_order_without_folders_and_leftovers(tmp_path: Path) -> None:
    path = packed(
        tmp_path,
        ("三月/应收.csv", b"3"), ("__MACOSX/._应收.csv", b"x"), ("二月/应收.csv", b"2"), ("../../b.csv", b"b"),
        ("三月/~$应收.xlsx", b"x"),
    )  # fmt: skip
    found = unpacked(tmp_path, path)
    assert [each.name for each in found] == ["应收.csv", "应收 (2).csv", "b.csv"]
    assert [each.read_bytes() for each in found] == [b"3", b"2", b"b"]
    assert {each.parent for each in found} == {tmp_path / "out"}


def test_names_that_chinese_windows_wrote_are_read(tmp_path: Path) -> None:
    path = packed(tmp_path, ("aaaa.csv", b"1"))
    content = path.read_bytes()
    path.write_bytes(content.replace(b"aaaa", "应收".encode("gb18030")))
    assert [each.name for each in unpacked(tmp_path, path)] == ["应收.csv"]


def test_a_workbook_is_no_archive_though_it_is_a_zip(tmp_path: Path) -> None:
    path = packed(tmp_path, ("[Content_Types].xml", b"x"), name="a.xlsx")
    assert unpacked(tmp_path, path) == [path]


@pytest.mark.parametrize(
    ("files", "refusal"),
    [
        ([], archives.ArchiveEmpty),
        ([("a.csv", b"1"), ("b.ZIP", b"PK")], archives.ArchiveNested),
        ([(f"{n}.csv", b"1") for n in range(101)], archives.ArchiveTooLarge),
        ([("a.csv", b"1" * 1000), ("b.csv", b"1" * 1000)], archives.ArchiveTooLarge),
    ],
)
def test_what_should_not_be_unpacked_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    files: list[tuple[str, bytes]],
    refusal: type[UserError],
) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1500)
    with pytest.raises(refusal, match=r"账\.zip"):
        unpacked(tmp_path, packed(tmp_path, *files))


def test_a_size_that_is_a_lie_ends_at_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(tmp_path, ("a.csv", b"1" * 5000))
    monkeypatch.setattr(archives, "MOST_BYTES", 1500)
    with zipfile.ZipFile(path) as archive, pytest.raises(archives.ArchiveTooLarge):
        archives._copy(archive, archive.infolist()[0], tmp_path / "a", "账.zip", 1500)


def test_an_encrypted_or_damaged_archive_is_told_from_an_empty_one(
    tmp_path: Path,
) -> None:
    path = packed(tmp_path, ("a.csv", b"1"))
    content = path.read_bytes()
    path.write_bytes(content[:-10])
    with pytest.raises(archives.ArchiveDamaged, match=r"账\.zip"):
        unpacked(tmp_path, path)
    locked = bytearray(content)
    locked[6] |= 1
    locked[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(locked))
    with pytest.raises(archives.ArchiveLocked, match=r"账\.zip"):
        unpacked(tmp_path, path)
