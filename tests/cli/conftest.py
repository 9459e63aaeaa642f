"""Calls the command line as a script does, on a desk made by its own commands."""

import io
import json
import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from creditdesk.cli import root
from creditdesk.services.backups import Backups

_WITH_BACKUPS = {"test_backups", "test_outputs"}
CLIENT, BUYER = "明达电子有限公司", "宁波海澜贸易有限公司"
LEDGER = f"""客户编码,客户名称,发票号,开票日期,到期日,金额,已收金额
K1,{BUYER},INV1,2025-01-10,2025-03-11,339000,
K1,{BUYER},INV2,2025-02-10,2025-04-11,226000,200000
K1,{BUYER},INV3,2025-03-20,2025-05-19,113000,
K2,<b>A & B</b>,INV4,2025-03-21,2025-09-30,80.50,
"""
PAPER = (
    "insured_pct=90",
    "vat_insured=true",
    "retention_insured=false",
    "mep_days=60",
    "trade_activity=电子",
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a call answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the command answers
        """The one document on standard output."""
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """The code of the refusal; the message is a sentence."""
        told = self.json["error"]
        assert set(told) == {"code", "message"}
        assert told["message"].strip()
        return str(told["code"])


class Shell:
    """A terminal at one desk."""

    def __init__(self, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.desk = desk
        self.folder = desk.parent
        self._capsys = capsys

    def __call__(
        self, *arguments: object, as_json: bool = True, lang: str = "en"
    ) -> Said:
        """Run a command; nothing it says is ever a traceback."""
        general = ["--desk", str(self.desk), "--lang", lang, *(["--json"] * as_json)]
        self._capsys.readouterr()
        status = root.run([*general, *map(str, arguments)])
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        return Said(status, out, err)


def made(desk: Path, *commands: list[str]) -> None:
    """Run commands on a desk; each must be done."""
    for command in commands:
        with redirect_stdout(io.StringIO()) as out:
            status = root.run(["--desk", str(desk), "--lang", "en", "--json", *command])
        assert status == 0, out.getvalue()


@pytest.fixture(scope="session")
def full_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case M1 of rules.md 4.9, entered by commands alone."""
    folder = tmp_path_factory.mktemp("full")
    desk, ledger = folder / "desk.creditdesk", folder / "应收.csv"
    ledger.write_text(LEDGER, encoding="gb18030")
    owner = ["--client", CLIENT]
    period = ["--from", "2025-01-01", "--to", "2025-12-31"]
    settings = [part for each in PAPER for part in ("--set", each)]
    made(
        desk,
        ["desk", "create"],
        ["client", "add", CLIENT],
        ["ledger", "import", str(ledger), *owner],
        ["policy", "add", *owner, "--template", "sinosure-domestic", "--number", "DT-1", *period, *settings],
        ["policy", "limit", *owner, "--number", "DT-1", "--buyer", "K1", "--amount", "500,000", "--from", "2025-01-01"],
        ["insurer", "quote", "平安", *owner, "--turnover", "1000000", "--set", "rate_pct=0.3"],
        ["claim", "open", *owner, "--buyer", BUYER, "--cause", "protracted_default", "--date-of-loss", "2025-09-07"],
    )  # fmt: skip
    return desk


@pytest.fixture(autouse=True)
def _no_backup_of_every_desk(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command's first write to a desk makes a backup of it, a tenth of a second: only where that is looked at."""
    if request.module.__name__.rpartition(".")[2] not in _WITH_BACKUPS:
        monkeypatch.setattr(Backups, "is_old", lambda _: False)


@pytest.fixture
def shell(
    tmp_path: Path,
    empty_desks: Callable[[str], Path],
    capsys: pytest.CaptureFixture[str],
) -> Shell:
    """A terminal at an empty desk."""
    desk = tmp_path / "desk.creditdesk"
    shutil.copyfile(empty_desks(""), desk)
    return Shell(desk, capsys)


@pytest.fixture
def full(tmp_path: Path, full_desk: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A terminal at the desk of M1."""
    desk = tmp_path / "desk.creditdesk"
    shutil.copyfile(full_desk, desk)
    return Shell(desk, capsys)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A contract of two pages."""
    path = tmp_path / "合同 <b>&.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.add_blank_page()
        pdf.save(path)
    return path
