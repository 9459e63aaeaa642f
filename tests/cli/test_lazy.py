"""A command imports what it uses."""

import subprocess
import sys
from pathlib import Path

import pytest

from creditdesk.cli.root import run
from creditdesk.workspace import create_desk

_HEAVY = (
    "PySide6", "alembic", "holidays", "lxml", "msoffcrypto", "openpyxl", "pikepdf", "PIL", "pypdfium2", "pypinyin",
    "python_calamine", "rapidfuzz", "reportlab", "rich", "creditdesk.domain.claim", "creditdesk.importers",
    "creditdesk.reports", "creditdesk.services.claims", "creditdesk.services.ledger", "creditdesk.services.policies",
    "creditdesk.services.watch",
)  # fmt: skip
_LOADED = """
import sys
from creditdesk.bootstrap import main
assert main(sys.argv[1:]) == 0
print(*sys.modules)
"""


def test_a_list_of_clients_waits_for_no_library_of_another_command(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.creditdesk"
    create_desk(path)
    loaded = _loaded("--desk", str(path), "client", "list")
    assert "creditdesk.services.clients" in loaded
    assert not loaded & set(_HEAVY)


def test_an_aging_waits_for_no_reader_of_files_and_no_writer_of_papers(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.creditdesk"
    create_desk(path)
    desk = ("--desk", str(path))
    _loaded(*desk, "client", "add", "A")
    loaded = _loaded(*desk, "ledger", "aging", "--client", "A", "--as-of", "2026-01-01")
    assert "creditdesk.services.ledger" in loaded
    assert not loaded & {
        "openpyxl",
        "reportlab",
        "lxml",
        "python_calamine",
        "creditdesk.importers",
        "creditdesk.reports",
    }


@pytest.mark.parametrize(
    ("group", "names"),
    [
        pytest.param((), "desk client ledger buyer policy claim declaration review demo screens calc", id="root"),
        pytest.param(("ledger",), "import undo batches aging statement confirmation bank receipts match aside unmatch "
            "void-payment batch source compare control", id="ledger"),
        pytest.param(("buyer",), "doubles merge unmerge merges apart", id="buyer"),
        pytest.param(("policy",), "premium limits void void-limit void-note notices void-notice "
            "reopen-duty", id="policy"),
    ],
)  # fmt: skip
def test_help_names_every_command(
    group: tuple[str, ...], names: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*group, "--help"]) == 0
    said = capsys.readouterr().out
    listed = {line.split()[0] for line in said.splitlines() if line.startswith("  ") and line.split()}  # fmt: skip
    assert set(names.split()) <= listed


def _loaded(*arguments: str) -> set[str]:
    """Every module in memory after a command, in a process of its own."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", _LOADED, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())
