import hashlib
import sys
from pathlib import Path
from types import ModuleType
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import pytest

from creditdesk import __version__, paths

_PACKAGING = Path(__file__).parents[2] / "packaging"
_NAMES = (
    "CreditDesk.exe",
    "creditdesk-console.exe",
    "_internal/creditdesk.pyz",
    "_internal/resources/条款.toml",
)


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> object:
    """A script of `packaging`, by name."""
    monkeypatch.syspath_prepend(_PACKAGING)

    def loaded(name: str) -> ModuleType:
        module = __import__(name)
        monkeypatch.delitem(sys.modules, name)
        return module

    return loaded


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    folder = tmp_path / "CreditDesk"
    (folder / "_internal" / "resources").mkdir(parents=True)
    for name in _NAMES:
        (folder / name).write_text(name, "utf-8")
    return folder


def recipe(tool: object, folder: Path, version: str = "1.2.3") -> Element:
    made: Element = tool("msi").recipe(folder, version, Path("creditdesk.ico"))  # type: ignore[operator]
    return made


def attributes(root: Element, name: str, key: str) -> list[str]:
    return [each.attrib[key] for each in root.iter(name)]


def test_the_installer_has_every_file_of_the_folder_once(
    tool: object, frozen: Path
) -> None:
    root = recipe(tool, frozen)
    files = [path for path in frozen.rglob("*") if path.is_file()]
    assert sorted(attributes(root, "File", "Source")) == sorted(map(str, files))
    components = attributes(root, "Component", "Id")
    assert components == attributes(root, "ComponentRef", "Id")
    guids = attributes(root, "Component", "Guid")
    assert len(set(guids)) == len(guids) == len(files) + 3


def test_a_newer_installer_replaces_the_older_and_keeps_the_identity_of_its_files(
    tool: object, frozen: Path
) -> None:
    old, new = recipe(tool, frozen), recipe(tool, frozen, "1.3.0")
    assert attributes(old, "Product", "UpgradeCode") == attributes(new, "Product", "UpgradeCode")  # fmt: skip
    assert attributes(old, "Product", "Id") != attributes(new, "Product", "Id")
    assert attributes(old, "Component", "Guid") == attributes(new, "Component", "Guid")
    assert len(list(new.iter("MajorUpgrade"))) == 1


def test_it_is_for_the_person_unless_told_otherwise(tool: object, frozen: Path) -> None:
    said = {each.attrib["Id"]: each.attrib["Value"] for each in recipe(tool, frozen).iter("Property")}  # fmt: skip
    assert said["ALLUSERS"] == "2"
    assert said["MSIINSTALLPERUSER"] == "1"
    roots = attributes(recipe(tool, frozen), "RegistryValue", "Root")
    assert set(roots) == {"HKMU"}


def test_a_desk_is_opened_by_the_program(tool: object, frozen: Path) -> None:
    keys = {
        (each.attrib["Key"], each.attrib["Value"])
        for each in recipe(tool, frozen).iter("RegistryValue")
    }
    classes = "Software\\Classes"
    assert (f"{classes}\\.creditdesk", "CreditDesk.Desk") in keys
    opens = f"{classes}\\CreditDesk.Desk\\shell\\open\\command"
    assert (opens, '"[INSTALLDIR]CreditDesk.exe" "%1"') in keys


def test_nothing_it_removes_lies_in_the_folder_of_a_desk(
    tool: object, frozen: Path
) -> None:
    root = recipe(tool, frozen)
    assert not list(root.iter("RemoveFile"))
    assert not list(root.iter("RemoveFolder"))
    assert "LocalAppDataFolder" not in attributes(root, "Directory", "Id")


def test_the_portable_program_carries_the_marker_the_program_looks_for(
    tool: object, frozen: Path, tmp_path: Path
) -> None:
    pack = tool("pack")  # type: ignore[operator]
    assert pack.PORTABLE == paths.PORTABLE
    assert pack.version() == __version__
    with ZipFile(pack.zipped(frozen, tmp_path / "portable.zip")) as archive:
        names = archive.namelist()
        assert f"CreditDesk/{paths.PORTABLE}" in names
        assert "CreditDesk/_internal/resources/条款.toml" in names
        assert len(names) == 5
        assert archive.read("CreditDesk/CreditDesk.exe") == b"CreditDesk.exe"


def test_the_digests_are_those_of_the_files(tool: object, tmp_path: Path) -> None:
    for name in ("b.msi", "a.zip"):
        (tmp_path / name).write_bytes(name.encode())
    made = tool("pack").digests([tmp_path / "b.msi", tmp_path / "a.zip"])  # type: ignore[operator]
    lines = [f"{hashlib.sha256(name.encode()).hexdigest()}  {name}" for name in ("a.zip", "b.msi")]  # fmt: skip
    assert made.read_bytes().decode() == "".join(f"{line}\n" for line in lines)


def test_every_library_that_is_carried_brings_its_licence(
    tool: object, tmp_path: Path
) -> None:
    root = Path(__file__).parents[2]
    count = tool("licences").gather(root, tmp_path)  # type: ignore[operator]
    assert count >= 50
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (tmp_path / "LGPL-3.0.txt").read_text("utf-8")  # fmt: skip
    assert (tmp_path / "sqlalchemy").is_dir()
    assert (tmp_path / "NotoSansSC-OFL.txt").is_file()
    assert "PYTHON SOFTWARE FOUNDATION" in (tmp_path / "Python.txt").read_text("utf-8")


def test_a_program_that_asks_for_a_library_without_a_licence_is_not_packed(
    tool: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    licences = tool("licences")  # type: ignore[operator]
    monkeypatch.setattr(licences, "_texts", lambda _found: {})
    with pytest.raises(licences.LicenceMissing):
        licences.gather(Path(__file__).parents[2], tmp_path)
