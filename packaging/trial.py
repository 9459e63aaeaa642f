"""Tries a frozen program as a person's machine would: self-check, demo, an import and a package, in an odd folder.

    python packaging/trial.py dist/CreditDesk          the folder, or CreditDesk.app

It uses only what the standard library has, so that it runs where nothing else is installed.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

_LEAST = {
    "screens": 7, "pages": 40, "reports": 20, "formats": 7, "policy templates": 20, "checklists": 1, "letters": 20,
    "fonts": 4,
}  # fmt: skip
_LEDGER = (
    "客户名称,客户编码,单据号,单据日期,到期日,金额,币别\n"
    "埕木家居有限公司,K01,INV-1,2026-03-02,2026-05-01,113000.00,CNY\n"
    "埕木家居有限公司,K01,INV-2,2026-04-10,2026-06-09,56500.50,CNY\n"
)


class Refused(Exception):
    """The frozen program did something else than it should."""


class Program:
    """The console executable in a folder with Chinese, spaces and a per cent sign in its name."""

    def __init__(self, program: Path, folder: Path) -> None:
        self._folder = folder
        # On a machine of a person there is no Python, and the folder of its own lies elsewhere.
        self._surroundings = {
            key: value for key, value in os.environ.items() if not key.startswith("PYTHON")
        } | {"HOME": str(folder), "LOCALAPPDATA": str(folder), "APPDATA": str(folder), "XDG_DATA_HOME": str(folder),
             "XDG_CONFIG_HOME": str(folder), "PYTHONUTF8": "1"}  # fmt: skip
        self._program = program

    def said(self, *words: str) -> str:
        """What a call prints; raises `Refused` with its words where it fails."""
        done = subprocess.run(  # noqa: S603 - what was just built
            [self._program, *words],
            cwd=self._folder,
            env=self._surroundings,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        if done.returncode:
            raise Refused(f"{words}: status {done.returncode}\n{done.stderr}")
        return done.stdout

    def told(self, *words: str) -> dict[str, object]:
        """The answer as JSON."""
        answer: dict[str, object] = json.loads(self.said("--json", *words))
        return answer


def main(built: Path) -> None:
    """Try it; raises `Refused`, or what the system says."""
    inside = built / "Contents" / "MacOS" if built.suffix == ".app" else built
    suffix = ".exe" if sys.platform == "win32" else ""
    with TemporaryDirectory() as made:
        folder = Path(made) / "代账 公司 100%"
        folder.mkdir()
        program = Program(inside.resolve() / f"creditdesk-console{suffix}", folder)
        _self_check(program)
        _demo(program, folder)
        _import(program, folder)
        _package(program, folder)
        rmtree(folder)
    print(f"{built}: self-check, demo, import and package are right")


def _self_check(program: Program) -> None:
    lines = (line.split(": ") for line in program.said("--self-check").splitlines())
    counts = {name: int(count) for name, count in lines}
    for name, least in _LEAST.items():
        _require(counts.get(name, 0) >= least, f"{name}: {counts.get(name)}")


def _demo(program: Program, folder: Path) -> None:
    told = program.told("demo", "--no-window", "--out", "样例")
    for name in ("claim-package.pdf", "review.xlsx", "sample.creditdesk"):
        _require((folder / "样例" / name).stat().st_size > 10_000, name)
    _require(int(str(told["pages"])) > 10, f"pages: {told['pages']}")


def _import(program: Program, folder: Path) -> None:
    (folder / "应收 明细.csv").write_text(_LEDGER, "gb18030")
    own = ("--desk", "自己的.creditdesk")
    program.said(*own, "desk", "create")
    program.said(*own, "client", "add", "泠越电子有限公司")
    program.said(
        *own, "ledger", "import", "应收 明细.csv", "--client", "泠越电子有限公司"
    )
    asked = ("ledger", "aging", "--client", "泠越电子有限公司", "--as-of", "2026-07-01")
    aging = program.said(*own, "--json", *asked)
    _require("169500.50" in aging, aging)
    _require("ok" in program.said(*own, "--json", "desk", "check"), "desk check")


def _package(program: Program, folder: Path) -> None:
    sample = ("--desk", "样例/sample.creditdesk")
    program.said(*sample, "claim", "package", "1", "--out", "索赔.pdf")
    _require((folder / "索赔.pdf").read_bytes()[:5] == b"%PDF-", "索赔.pdf")
    program.said(*sample, "claim", "check", "索赔.pdf")


def _require(right: object, what: str) -> None:
    if not right:
        raise Refused(what)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
