"""Whatever is typed: an answer, a refusal in words or a usage message; never a traceback."""

import io
import json
import os
import random
import subprocess
import sys
from contextlib import closing
from itertools import cycle
from pathlib import Path
from typing import Any, NoReturn

import pytest

from creditdesk import bootstrap
from creditdesk.cli import root
from creditdesk.db.connection import connect
from creditdesk.i18n import LANGUAGES

Shell = Any  # the fixture of conftest, which tests can't import
How = Any
Ended = Any
Commands = tuple[tuple[object, ...], ...]
CLIENT, BUYER = "明达电子有限公司", "宁波海澜贸易有限公司"
OWNER = ("--client", CLIENT)
APP = Path(__file__).parents[2] / "app.py"
MAPS = (
    "--map", "buyer_name=客户名称", "--map", "doc_no=发票号", "--map", "doc_date=开票日期", "--map", "amount=金额",
)  # fmt: skip
LONG = "x" * 300
PAGE = 4096
NAMES = [
    "<b>A & B</b>",
    "=cmd()",
    "+1-1",
    "\"quoted\" 'twice'",
    "two\nlines\tand a tab",
    "😀 {name} %s {0}",
    "Żabka Łódź Şişecam",
    "' OR 1=1; --",
    "长" * 10_000,
    "-5",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_goes_in_and_comes_out_as_it_is(
    shell: Shell, tmp_path: Path, name: str
) -> None:
    added = shell("client", "add", "--", name)
    assert added.status == 0, added.err
    assert [each["name"] for each in shell("client", "list").json] == [name]
    file = tmp_path / "a.json.csv"
    quoted = '"' + name.replace('"', '""') + '"'
    file.write_text(
        f"客户名称,发票号,开票日期,金额\n{quoted},{quoted},2025-01-10,5\n",
        encoding="utf-8",
    )
    told = shell("ledger", "import", file, f"--client={name}", *MAPS)
    assert told.status == 0, told.out
    aging = shell(
        "ledger",
        "aging",
        f"--client={name}",
        "--as-of",
        "2025-06-30",
        "--by",
        "invoice",
    )
    (row,) = aging.json["rows"]
    shown = " ".join(name.split())
    assert " ".join(row["buyer"].split()) == shown
    for lang in LANGUAGES:
        assert shell("client", "list", as_json=False, lang=lang).status == 0
        assert shell("buyer", "list", as_json=False, lang=lang).status == 0
    assert shell("desk", "check").json["ok"]


@pytest.mark.parametrize(
    ("name", "lang"), list(zip(NAMES, cycle(LANGUAGES), strict=False))
)
def test_an_unknown_name_is_refused_in_words(full: Shell, name: str, lang: str) -> None:
    for command in (
        ("ledger", "aging", f"--client={name}", "--as-of", "2025-06-30"),
        ("policy", "duties", f"--client={name}", "--as-of", "2025-06-30"),
        ("buyer", "list", f"--client={name}"),
        ("claim", "open", *OWNER, f"--buyer={name}", "--cause", "insolvency", "--date-of-loss", "2025-09-07"),
        ("policy", "limit", *OWNER, f"--number={name}", "--buyer", "K1", "--amount", "5", "--from", "2025-01-01"),
        ("policy", "add", *OWNER, f"--template={name}", "--number", "X", "--from", "2025-01-01", "--to", "2025-12-31"),
        ("claim", "attach", "1", "--", name, str(APP)),
    ):  # fmt: skip
        said = full(*command, lang=lang)
        if name == "<b>A & B</b>" and command[1] == "open":
            continue
        assert said.status == 1, command
        assert said.error
        plain = full(*command, lang=lang, as_json=False)
        assert (plain.status, plain.out) == (1, "")
        assert plain.err.strip()


@pytest.mark.parametrize(
    "day",
    [
        "", "today", "2025-02-30", "30/06/2025", "2025-6-1", "0001-01-01", "9999-12-31", "10000-01-01", "-1", "NaN",
        "２０２５-01-01",
    ],
)  # fmt: skip
def test_an_impossible_date_is_refused_wherever_a_date_is_asked(
    full: Shell, day: str, tmp_path: Path
) -> None:
    year = (f"--from={day}", "--to", "2025-12-31")
    for command in (
        ("ledger", "aging", *OWNER, f"--as-of={day}"),
        ("policy", "duties", *OWNER, f"--as-of={day}"),
        (
            "ledger",
            "statement",
            *OWNER,
            "--buyer",
            "K1",
            *year,
            "--out",
            tmp_path / "a.pdf",
        ),
        ("review", *OWNER, *year, "--out", tmp_path / "a.xlsx"),
        (
            "policy",
            "add",
            *OWNER,
            "--template",
            "sinosure-domestic",
            "--number",
            "X",
            *year,
        ),
        (
            "policy",
            "limit",
            *OWNER,
            "--number",
            "DT-1",
            "--buyer",
            "K1",
            "--amount",
            "5",
            f"--from={day}",
        ),
        (
            "claim",
            "open",
            *OWNER,
            "--buyer",
            "K1",
            "--cause",
            "insolvency",
            f"--date-of-loss={day}",
        ),
    ):
        said = full(*command)
        assert (said.status, said.error) in {
            (1, "date_unreadable"),
            (1, "date_far_away"),
        }, command
    assert list(tmp_path.glob("a.*")) == []


@pytest.mark.parametrize("day", ["1900-01-01", "2200-12-31"])
def test_the_first_and_last_day_of_business_break_nothing(
    full: Shell, day: str, tmp_path: Path
) -> None:
    for command in (
        ("ledger", "aging", *OWNER, f"--as-of={day}"),
        ("policy", "duties", *OWNER, f"--as-of={day}"),
        ("review", *OWNER, f"--from={day}", "--to", "2025-12-31", "--out", tmp_path / "a.xlsx"),
        ("policy", "add", *OWNER, "--template=sinosure-domestic", "--number=X", "--from=2025-01-01", f"--to={day}"),
        ("policy", "limit", *OWNER, "--number", "DT-1", "--buyer", "K1", "--amount", "5", f"--from={day}"),
        ("policy", "duties", *OWNER, "--as-of", "2025-06-01"),
        ("claim", "estimate", "1"),
        ("claim", "open", *OWNER, "--buyer", "K1", "--cause", "insolvency", f"--date-of-loss={day}"),
    ):  # fmt: skip
        said = full(*command)
        assert said.status in {0, 1}
        assert said.json is not None


@pytest.mark.parametrize(
    "amount",
    [
        "NaN",
        "-NaN",
        "sNaN",
        "Infinity",
        "1e30",
        "1e999999",
        "-1",
        "0",
        "",
        "abc",
        "1.2.3",
        "９" * 30,
    ],
)
def test_an_amount_that_is_none_is_refused(full: Shell, amount: str) -> None:
    said = full(
        "policy",
        "limit",
        *OWNER,
        "--number",
        "DT-1",
        "--buyer",
        "K1",
        f"--amount={amount}",
        "--from",
        "2025-01-01",
    )
    assert said.status == 1
    assert said.error in {"amount_unreadable", "limit_amount_wrong"}
    assert full("desk", "info").json["rows"]["credit_limit"] == 1


@pytest.mark.parametrize(
    "number", ["0", "-1", "abc", "99999999999999999999", "1.5", ""]
)
def test_a_number_that_is_none_is_wrong_usage(full: Shell, number: str) -> None:
    for command in (
        ("claim", "show"), ("claim", "estimate"), ("claim", "checklist"), ("ledger", "undo"),
    ):  # fmt: skip
        said = full(*command, "--", number)
        assert (said.status, said.out) == (2, "")
        assert said.err


@pytest.mark.parametrize("number", ["9", "9223372036854775807"])
def test_a_number_nobody_has_is_refused(
    full: Shell, number: str, tmp_path: Path
) -> None:
    for command in (
        ("claim", "show", number), ("claim", "estimate", number), ("claim", "checklist", number),
        ("claim", "package", number, "--out", tmp_path / "a.pdf"), ("claim", "attach", number, "C07", APP),
    ):  # fmt: skip
        assert full(*command).error == "claim_unknown"
    assert full("ledger", "undo", number).error == "batch_unknown"


@pytest.mark.parametrize(
    "command",
    [
        (), ("desk",), ("nonsense",), ("client", "add"), ("client", "add", "a", "b"), ("ledger", "import"),
        ("ledger", "aging", *OWNER), ("ledger", "aging", *OWNER, "--as-of", "2025-06-30", "--by", "moon"),
        ("claim", "open", *OWNER, "--buyer", "K1", "--cause", "bad luck", "--date-of-loss", "2025-09-07"),
        ("policy", "limit", *OWNER, "--state", "MAYBE"), ("desk", "info", "--bogus"), ("desk", "info", "--json"),
    ],
)  # fmt: skip
def test_wrong_usage_is_status_2_and_nothing_on_standard_output(
    full: Shell, command: tuple[str, ...]
) -> None:
    said = full(*command)
    assert said.status == 2
    assert said.out == "" or "Usage" in said.out
    assert not said.out.lstrip().startswith("{")


def test_a_wrong_language_is_wrong_usage() -> None:
    assert root.run(["--lang", "fr", "client", "list"]) == 2


def test_files_that_are_not_there_or_are_folders_are_refused(
    full: Shell, tmp_path: Path
) -> None:
    for path in (tmp_path / "没有.csv", tmp_path, "/dev/null/x", tmp_path / LONG, ""):
        commands: Commands = (
            ("ledger", "import", path, *OWNER),
            ("claim", "attach", "1", "C07", path),
            ("desk", "restore", path),
        )
        for command in commands:
            said = full(*command)
            assert said.status == 1, command
            assert said.error in {"file_missing", "system_refused", "desk_missing"}


def test_places_that_take_no_file_are_refused(full: Shell, tmp_path: Path) -> None:
    year = ("--from", "2025-01-01", "--to", "2025-12-31")
    (tmp_path / "folder.pdf").mkdir()
    for out in ("folder.pdf", "desk.creditdesk/a.pdf", f"{LONG}.pdf"):
        commands: Commands = (
            ("desk", "backup", tmp_path / out),
            ("ledger", "statement", *OWNER, "--buyer", "K1", *year, "--out", tmp_path / out),
        )  # fmt: skip
        for command in commands:
            said = full(*command)
            assert said.status == 1, command
            assert said.error


@pytest.mark.parametrize(
    "desk", ["", ".", "no/such/desk.creditdesk", "x" * 300, "/dev/null"]
)
def test_a_desk_that_is_none_is_refused(full: Shell, desk: str, tmp_path: Path) -> None:
    full.desk = tmp_path / desk if desk != "/dev/null" else Path(desk)
    for command in (("desk", "info"), ("client", "list"), ("desk", "check")):
        said = full(*command)
        assert said.status == 1
        assert said.error in {"desk_missing", "system_refused"}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["desk.creditdesk"]


@pytest.mark.parametrize(
    "content",
    [b"", b"text", b"PK\x03\x04", b"SQLite format 3\0" + bytes(5000), os.urandom(8192)],
)
def test_a_file_of_another_kind_is_no_desk(full: Shell, content: bytes) -> None:
    full.desk.write_bytes(content)
    for command in (
        ("desk", "info"),
        ("desk", "check"),
        ("desk", "backup", full.folder / "b"),
    ):
        said = full(*command)
        assert said.status == 1
        assert said.error in {"not_a_desk", "desk_damaged", "passphrase_needed"}
    assert full.desk.read_bytes() == content


def test_paths_may_have_any_letters(shell: Shell, tmp_path: Path) -> None:
    shell.desk = tmp_path / "客户 <&> 😀 'x'" / "案台 [1].creditdesk"
    assert shell("desk", "create").status == 0
    assert shell("client", "add", CLIENT).status == 0
    file = tmp_path / "应收 [a*] 😀.csv"
    file.write_text(
        "客户名称,发票号,开票日期,金额\nA,1,2025-01-10,5\n", encoding="utf-8"
    )
    assert shell("ledger", "import", file, *OWNER).status == 0
    assert shell("desk", "backup", tmp_path / "备 份" / "b.creditdesk").status == 0


def test_amounts_no_ledger_has_are_rejected_by_their_row(
    shell: Shell, tmp_path: Path
) -> None:
    shell("client", "add", CLIENT)
    file = tmp_path / "a.csv"
    odd = [
        "1e40",
        "99999999999999999999",
        "-99999999999999999999.99",
        "NaN",
        "inf",
        "1" * 400,
        "0x10",
    ]
    rows = [f"A,N{place},2025-01-10,{amount}" for place, amount in enumerate(odd)]
    file.write_text(
        "\n".join(["客户名称,发票号,开票日期,金额", "A,OK,2025-01-10,5", *rows]),
        encoding="utf-8",
    )
    said = shell("ledger", "import", file, *OWNER, *MAPS)
    assert said.status == 0, said.out
    assert said.json["invoices_added"] == 1
    assert [each["row"] for each in said.json["rejected"]] == list(range(3, 10))
    assert shell("desk", "check").json["ok"]


def test_dates_at_the_ends_of_the_calendar_in_a_ledger_break_nothing(
    shell: Shell, tmp_path: Path
) -> None:
    shell("client", "add", CLIENT)
    year = ("--from", "2025-01-01", "--to", "2025-12-31")
    shell(
        "policy",
        "add",
        *OWNER,
        "--template",
        "sinosure-domestic",
        "--number",
        "X",
        *year,
        "--set",
        "mep_days=60",
    )
    file = tmp_path / "a.csv"
    rows = [
        "A,1,2025-01-10,9999-12-31,5",
        "A,2,2025-01-10,0001-01-01,5",
        "A,3,9999-12-31,9999-12-31,5",
        "A,4,1900-01-01,1900-01-01,5",
    ]
    file.write_text(
        "\n".join(["客户名称,发票号,开票日期,到期日,金额", *rows]), encoding="utf-8"
    )
    assert shell("ledger", "import", file, *OWNER).status == 0
    for command in (
        ("ledger", "aging", *OWNER, "--as-of", "2025-06-30", "--by", "invoice"),
        ("policy", "duties", *OWNER, "--as-of", "2025-06-30"),
        ("policy", "duties", *OWNER, "--as-of", "2200-12-31"),
        ("review", *OWNER, *year, "--out", tmp_path / "r.xlsx"),
        (
            "claim",
            "open",
            *OWNER,
            "--buyer",
            "A",
            "--cause",
            "insolvency",
            "--date-of-loss",
            "2025-09-07",
        ),
    ):
        said = shell(*command)
        assert said.json is not None
    assert shell("desk", "check").json["ok"]


def test_an_argument_that_is_no_text_is_refused(full: Shell) -> None:
    for command in (
        ("client", "add", "\udcff"),
        ("buyer", "list", "--client", "a\udce4"),
        ("desk", "backup", "\udcff"),
    ):
        said = full(*command)
        assert (said.status, said.error) == (1, "text_unreadable")


@pytest.mark.parametrize("stdin", [None, "closed", ""])
def test_nobody_at_the_terminal_is_no_reason_to_wait(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, stdin: str | None, tmp_path: Path
) -> None:
    stream = None if stdin is None else io.StringIO("")
    if stream and stdin == "closed":
        stream.close()
    shell.desk = tmp_path / "locked.creditdesk"
    monkeypatch.setenv("CREDITDESK_PASSPHRASE", "secret")
    assert shell("desk", "create", "--encrypt").status == 0
    monkeypatch.delenv("CREDITDESK_PASSPHRASE")
    monkeypatch.setattr(sys, "stdin", stream)
    assert shell("desk", "info").error == "passphrase_needed"
    shell.desk = tmp_path / "new.creditdesk"
    assert shell("desk", "create", "--encrypt").error == "passphrase_missing"
    assert shell("calc", "capitals", "-", as_json=False).status == 1


def test_damage_met_while_working_is_told(full: Shell) -> None:
    whole = bytearray(full.desk.read_bytes())
    for place in range(8 * 4096, len(whole), 4096 * 3):
        whole[place : place + 4096] = os.urandom(len(whole[place : place + 4096]))
    full.desk.write_bytes(whole)
    for command in (
        ("desk", "check"), ("client", "list"), ("buyer", "list"), ("claim", "list"), ("claim", "show", "1"),
        ("ledger", "aging", *OWNER, "--as-of", "2025-06-30"), ("desk", "backup", full.folder / "b.creditdesk"),
        ("client", "add", "neu"), ("policy", "duties", *OWNER, "--as-of", "2025-06-30"),
    ):  # fmt: skip
        said = full(*command)
        assert said.status in {0, 1}
        assert said.json is not None
    assert not (full.folder / "b.creditdesk").exists()


def test_a_desk_with_a_changed_byte_is_read_and_nothing_is_written(full: Shell) -> None:
    # In a page that is read neither to open the desk nor to list the clients.
    with closing(connect(full.desk)) as opened:
        where = "SELECT rootpage FROM sqlite_schema WHERE name = 'ix_invoice_number'"
        ((page,),) = opened.execute(where)
    whole = bytearray(full.desk.read_bytes())
    whole[(page - 1) * PAGE + PAGE // 2] ^= 1
    full.desk.write_bytes(whole)
    said = full("client", "add", "新客户")
    assert (said.status, said.error) == (1, "desk_shut")
    listed = full("client", "list")
    assert listed.status == 0
    assert [each["name"] for each in listed.json] == ["明达电子有限公司"]
    (problem,) = full("desk", "check").json["problems"]
    # One sentence, not what the database makes of it.
    assert "\n" not in problem
    assert full.desk.read_bytes() == bytes(whole)


def script(*arguments: str, env: dict[str, str] | None = None, **how: How) -> Ended:
    """The program as a script runs it, with a home of its own."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(APP), *arguments], capture_output=True, check=False, timeout=60,
        env={**os.environ, **(env or {})}, **how,
    )  # fmt: skip


@pytest.mark.slow
def test_the_program_itself_answers_json_in_utf_8_whatever_the_console(
    full: Shell,
) -> None:
    said = script(
        "--desk",
        str(full.desk),
        "--json",
        "client",
        "list",
        env={"PYTHONIOENCODING": "cp1252"},
    )
    assert (said.returncode, said.stderr) == (0, b"")
    assert json.loads(said.stdout.decode("utf-8"))[0]["name"] == CLIENT
    said = script(
        "--desk", str(full.desk), "client", "list", env={"PYTHONIOENCODING": "cp1252"}
    )
    assert said.returncode == 0
    assert b"??" in said.stdout


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform == "win32", reason="closes the standard input as a POSIX shell does"
)
def test_the_program_itself_refuses_without_a_standard_input(tmp_path: Path) -> None:
    desk = tmp_path / "a.creditdesk"
    desk.write_bytes(os.urandom(8192))
    said = script(
        "--desk", str(desk), "--json", "desk", "info", preexec_fn=lambda: os.close(0)
    )
    assert said.returncode == 1
    assert json.loads(said.stdout)["error"]["code"] == "passphrase_needed"


@pytest.mark.parametrize(
    "given", [["--bogus"], ["--desk"], ["--json"], ["--lang", "fr", "desk"]]
)
def test_a_mistake_in_the_options_never_opens_the_window(
    given: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "open_window", pytest.fail)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    assert bootstrap.main(given) == 2


@pytest.mark.parametrize(
    ("given", "desk"),
    [([], None), (["--desk", "a b"], Path("a b")), (["--lang", "en"], None)],
)
def test_without_a_command_the_window_opens(
    given: list[str], desk: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path | None] = []

    def open_window(path: Path | None) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr(bootstrap, "open_window", open_window)
    assert bootstrap.main(given) == 0
    assert opened == [desk]


def test_a_bug_ends_in_a_report_and_one_sentence_and_json_where_json_was_asked(
    full: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> NoReturn:
        raise ZeroDivisionError("\udcff 甲方机密")

    monkeypatch.setattr("creditdesk.services.clients.Clients.all", broken)
    said = full("client", "list", lang="en")
    assert said.status == 1
    assert said.json["error"]["code"] == "BUG"
    report = Path(said.json["error"]["report"])
    assert str(report) in said.json["error"]["message"]
    told = report.read_text(encoding="utf-8")
    assert "builtins.ZeroDivisionError" in told
    assert "机密" not in told + said.out + said.err
    said = full("client", "list", as_json=False, lang="zh")
    assert said.status == 1
    assert said.out == ""
    assert said.err.startswith("信保台内部出错")
    assert said.err.count("\n") == 1


def _harmed(whole: bytes, how: str, dice: random.Random) -> bytes:
    changed, place = bytearray(whole), dice.randrange(len(whole) - PAGE)
    if how == "a bit":
        changed[place] ^= 1 << dice.randrange(8)
    elif how == "a page":
        changed[place : place + PAGE] = dice.randbytes(PAGE)
    elif how == "cut":
        del changed[place:]
    elif how == "grown":
        changed += dice.randbytes(dice.randrange(1, 3 * PAGE))
    else:
        changed[place : place + PAGE] = bytes(PAGE)
    return bytes(changed)


@pytest.mark.parametrize("how", ["a bit", "a page", "cut", "grown", "zeros"])
def test_whatever_is_damaged_is_answered_in_words_and_found(
    full: Shell, how: str
) -> None:
    whole, dice = full.desk.read_bytes(), random.Random(how)  # noqa: S311 - places, not secrets
    for _ in range(4):
        harmed = _harmed(whole, how, dice)
        for command in (("desk", "check"), ("client", "list"), ("client", "add", "neu")):  # fmt: skip
            for path in full.desk.parent.glob(f"{full.desk.name}-*"):
                path.unlink()
            full.desk.write_bytes(harmed)
            said = full(*command)
            assert said.status in {0, 1}
            assert said.json is not None
            if command == ("desk", "check"):
                assert said.status == 1
