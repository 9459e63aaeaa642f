"""The Windows installer: writes its recipe from a frozen folder, and compiles it with wixl (msitools), on any Linux.

    python packaging/msi.py dist/CreditDesk dist/CreditDesk-0.1.0.msi

One package for both: for the person alone, or with `ALLUSERS=1` for everybody on the machine. It closes a running
program (Windows' own restart manager does), replaces an older version in its place, and never touches a desk.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

ROOT = Path(__file__).parents[1]
_FAMILY = UUID("6f3a5f0e-6d0c-5b43-9b0b-3a52a3d6c1c7")
"""What tells Windows that a version replaces another; it never changes."""
_CLASSES = r"Software\Classes"
_SHORTCUTS = ("ProgramMenuFolder", "DesktopFolder")
_ICON = Path("build/freeze/creditdesk/creditdesk.ico")


def recipe(folder: Path, version: str, icon: Path) -> Element:
    """The recipe of WiX for a folder."""
    program = "CreditDesk.exe" if (folder / "CreditDesk.exe").exists() else "CreditDesk"
    wix = Element("Wix", xmlns="http://schemas.microsoft.com/wix/2006/wi")
    product = SubElement(
        wix, "Product", Id=_guid(f"product {version}"), UpgradeCode=str(_FAMILY).upper(), Name="CreditDesk",
        Manufacturer="CreditDesk", Version=version, Language="2052", Codepage="936",
    )  # fmt: skip
    SubElement(
        product, "Package", InstallerVersion="500", Compressed="yes", Languages="2052", SummaryCodepage="936",
        Description="CreditDesk", Manufacturer="CreditDesk",
    )  # fmt: skip
    SubElement(product, "MediaTemplate", EmbedCab="yes")
    SubElement(product, "MajorUpgrade", DowngradeErrorMessage="A newer CreditDesk is installed.")  # fmt: skip
    condition = SubElement(product, "Condition", Message="CreditDesk needs Windows 10 or newer.")  # fmt: skip
    condition.text = "Installed OR VersionNT >= 603"
    SubElement(product, "Icon", Id="creditdesk.ico", SourceFile=str(icon))
    for name, value in {
        "ALLUSERS": "2",  # with the next: for this person, unless told otherwise
        "MSIINSTALLPERUSER": "1",
        "ARPPRODUCTICON": "creditdesk.ico",
        "ARPNOMODIFY": "1",
    }.items():
        SubElement(product, "Property", Id=name, Value=value)
    target = SubElement(product, "Directory", Id="TARGETDIR", Name="SourceDir")
    programs = SubElement(target, "Directory", Id="ProgramFiles64Folder")
    home = SubElement(programs, "Directory", Id="INSTALLDIR", Name="CreditDesk")
    components = [
        *_files(home, folder, folder, count(1)),
        _known_to_windows(home, program),
        *(_shortcut(target, each, program) for each in _SHORTCUTS),
    ]
    feature = SubElement(product, "Feature", Id="Everything", Title="CreditDesk", Level="1")  # fmt: skip
    for component in components:
        SubElement(feature, "ComponentRef", Id=component)
    return wix


def _files(
    place: Element, folder: Path, root: Path, numbers: Iterator[int]
) -> Iterator[str]:
    """A component for each file, so that each has its own identity from version to version."""
    for path in sorted(folder.iterdir()):
        number = next(numbers)
        if path.is_symlink():
            continue  # a folder of Linux, on which the recipe is tried, has some; one of Windows has none
        if path.is_dir():
            within = SubElement(place, "Directory", Id=f"D{number}", Name=path.name)
            yield from _files(within, path, root, numbers)
            continue
        name = path.relative_to(root).as_posix()
        component = SubElement(
            place, "Component", Id=f"C{number}", Guid=_guid(name), Win64="yes"
        )
        SubElement(
            component, "File", Id=f"F{number}", Name=path.name, Source=str(path), KeyPath="yes"
        )  # fmt: skip
        yield f"C{number}"


def _known_to_windows(place: Element, program: str) -> str:
    """The desk's file belongs to the program, and the program is found by its name."""
    component = SubElement(
        place, "Component", Id="Known", Guid=_guid("known"), Win64="yes"
    )
    start = f"[INSTALLDIR]{program}"
    paths = r"Software\Microsoft\Windows\CurrentVersion\App Paths\CreditDesk.exe"
    values = (
        (rf"{_CLASSES}\.creditdesk", "", "CreditDesk.Desk"),
        (rf"{_CLASSES}\.creditdesk\OpenWithProgids", "CreditDesk.Desk", ""),
        (rf"{_CLASSES}\CreditDesk.Desk", "", "CreditDesk"),
        (rf"{_CLASSES}\CreditDesk.Desk\DefaultIcon", "", f'"{start}",0'),
        (rf"{_CLASSES}\CreditDesk.Desk\shell\open\command", "", f'"{start}" "%1"'),
        (rf"{_CLASSES}\Applications\{program}\shell\open\command", "", f'"{start}" "%1"'),
        (paths, "", start),
    )  # fmt: skip
    for number, (key, name, value) in enumerate(values):
        named = {"Name": name} if name else {}
        SubElement(
            component, "RegistryValue", Root="HKMU", Key=key, Type="string", Value=value,
            KeyPath="no" if number else "yes", **named,
        )  # fmt: skip
    return "Known"


def _shortcut(target: Element, place: str, program: str) -> str:
    directory = SubElement(target, "Directory", Id=place)
    component = SubElement(
        directory, "Component", Id=f"{place}Shortcut", Guid=_guid(place), Win64="yes"
    )
    SubElement(
        component, "Shortcut", Id=f"{place}CreditDesk", Name="CreditDesk", Target=f"[INSTALLDIR]{program}",
        WorkingDirectory="INSTALLDIR", Icon="creditdesk.ico",
    )  # fmt: skip
    SubElement(
        component, "RegistryValue", Root="HKMU", Key=r"Software\CreditDesk", Name=place, Type="integer", Value="1",
        KeyPath="yes",
    )  # fmt: skip
    return f"{place}Shortcut"


def _guid(name: str) -> str:
    return str(uuid5(_FAMILY, name)).upper()


def main(folder: Path, made: Path) -> None:
    """Write the recipe and compile it; the folder lies in the checkout."""
    version = re.search(
        r'__version__ = "(.+)"',
        (ROOT / "creditdesk" / "__init__.py").read_text("utf-8"),
    )
    assert version  # noqa: S101 - our own file
    os.chdir(ROOT)  # wixl knows no absolute path
    root = recipe(folder.resolve().relative_to(ROOT), version[1], _ICON)
    indent(root)
    written = ROOT / "build" / "CreditDesk.wxs"
    ElementTree(root).write(written, encoding="utf-8", xml_declaration=True)
    made.unlink(missing_ok=True)
    subprocess.run(["wixl", "--arch", "x64", "--output", str(made), str(written.relative_to(ROOT))], check=True)  # noqa: S603, S607 - our own recipe  # fmt: skip
    # wixl 0.101 writes 4 for "the person's or the machine's" registry, where Windows reads -1.
    table = subprocess.run(["msiinfo", "export", str(made), "Registry"], check=True, capture_output=True)  # noqa: S603, S607 - as above  # fmt: skip
    rows = ROOT / "build" / "Registry.idt"
    rows.write_bytes(table.stdout.replace(b"\t4\tSoftware\\", b"\t-1\tSoftware\\"))
    subprocess.run(["msibuild", str(made), "-i", str(rows)], check=True)  # noqa: S603, S607 - as above


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]).resolve())
