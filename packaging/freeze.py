"""Makes the frozen program in dist/CreditDesk, and on macOS dist/CreditDesk.app: icons, PyInstaller, licences.

For the environment of requirements/freeze.txt; `.ci/freeze` calls it here, the workflow on Windows and macOS.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import icons  # noqa: E402
import licences  # noqa: E402

from creditdesk import __version__  # noqa: E402

_WORK = ROOT / "build" / "freeze"
_VERSION = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),
  kids=[
    StringFileInfo([StringTable("080404b0", [
      StringStruct("CompanyName", "CreditDesk"),
      StringStruct("FileDescription", "CreditDesk"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("ProductName", "CreditDesk"),
      StringStruct("ProductVersion", "{version}"),
      StringStruct("LegalCopyright", "Apache-2.0"),
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0804, 1200])]),
  ],
)
"""


def main() -> None:
    """Freeze."""
    drawn = _WORK / "creditdesk"
    icons.draw(ROOT / "resources" / "icons" / "creditdesk.svg", drawn)
    numbers = (*(int(each) for each in __version__.split(".")), 0)
    said = _VERSION.format(numbers=numbers, version=__version__)
    (drawn / "version.txt").write_text(said, "utf-8")
    subprocess.run(  # noqa: S603 - our own tool
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--workpath", str(_WORK),
         "--distpath", str(ROOT / "dist"), str(ROOT / "packaging" / "creditdesk.spec")],
        check=True,
    )  # fmt: skip
    for program in _programs():
        count = licences.gather(ROOT, program / "licences", ["pyinstaller"])
        files = (f for f in program.rglob("*") if f.is_file() and not f.is_symlink())
        size = sum(f.stat().st_size for f in files)
        print(f"{program}: {size / 1e6:.0f} MB, licences of {count} libraries")


def _programs() -> list[Path]:
    """The folder, and within the app the place of what isn't code."""
    made = [ROOT / "dist" / "CreditDesk"]
    if sys.platform == "darwin":
        made.append(ROOT / "dist" / "CreditDesk.app" / "Contents" / "Resources")
    return made


if __name__ == "__main__":
    main()
