"""Packs what was frozen for people, and tells the digests of what they get.

python packaging/pack.py zip dist/CreditDesk           the portable program: data stays beside it
python packaging/pack.py dmg dist/CreditDesk.app       the macOS app, to be drawn into Programs
python packaging/pack.py digests dist/*.zip dist/*.msi  SHA256SUMS.txt beside them
python packaging/pack.py version
"""

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ROOT = Path(__file__).parents[1]
PORTABLE = "portable.txt"
"""As `creditdesk/paths.py` looks for it."""
_SAID = """\
便携版：您的案台、设置和备份都保存在这里的 data 文件夹中；随身携带时请把整个文件夹一起带走。
删除本文件后，程序改用系统里您本人的文件夹。

Portable: your desk, settings and backups lie in the folder “data” here; carry the whole folder along.
Without this file the program uses your own folders of the system instead.
"""
_EXECUTABLE = 0o100755
_FILE = 0o100644


def version() -> str:
    """The program's."""
    text = (ROOT / "creditdesk" / "__init__.py").read_text("utf-8")
    (found,) = re.findall(r'__version__ = "(.+)"', text)
    return str(found)


def zipped(folder: Path, made: Path) -> Path:
    """The frozen folder with the marker, in one folder of a ZIP."""
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(_entry(f"{folder.name}/{PORTABLE}", _FILE), _SAID)
        for path in sorted(folder.rglob("*")):
            # A folder of Linux, on which the recipe is tried, has links; they stay what they are.
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            if path.is_symlink():
                archive.writestr(_entry(name, 0o120777), str(path.readlink()))
            elif path.is_file():
                mode = _EXECUTABLE if path.stat().st_mode & 0o100 else _FILE
                archive.writestr(_entry(name, mode), path.read_bytes())
    return made


def image(app: Path, made: Path) -> Path:
    """A disk image with the app and the way to the programs; macOS only."""
    with TemporaryDirectory() as staged:
        copytree(app, Path(staged) / app.name, symlinks=True)
        (Path(staged) / "Applications").symlink_to("/Applications")
        subprocess.run(  # noqa: S603 - our own app
            ["/usr/bin/hdiutil", "create", "-volname", "CreditDesk", "-srcfolder", staged, "-fs", "APFS",
             "-format", "ULMO", "-ov", str(made)],
            check=True,
        )  # fmt: skip
    return made


def digests(files: Sequence[Path]) -> Path:
    """`SHA256SUMS.txt` beside the files, as `sha256sum --check` reads it."""
    made = files[0].with_name("SHA256SUMS.txt")
    lines = (f"{_digest(path)}  {path.name}\n" for path in sorted(files))
    made.write_text("".join(lines), "utf-8", newline="\n")
    return made


def _entry(name: str, mode: int) -> ZipInfo:
    """One that says the same whenever it is packed."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = mode << 16
    entry.create_system = 3
    return entry


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _zip(given: Sequence[Path]) -> Path:
    kind = "windows" if sys.platform == "win32" else sys.platform
    name = f"CreditDesk-{version()}-{kind}-portable.zip"
    return zipped(given[0], given[0].with_name(name))


def _dmg(given: Sequence[Path]) -> Path:
    return image(given[0], given[0].with_name(f"CreditDesk-{version()}-arm64.dmg"))


_KINDS: dict[str, Callable[[Sequence[Path]], Path]] = {
    "zip": _zip,
    "dmg": _dmg,
    "digests": digests,
}

if __name__ == "__main__":
    if sys.argv[1] == "version":
        print(version())
        sys.exit()
    packed = _KINDS[sys.argv[1]]([Path(each) for each in sys.argv[2:]])
    print(f"{packed}: {packed.stat().st_size / 1e6:.1f} MB")
