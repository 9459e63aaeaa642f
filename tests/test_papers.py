"""Whatever the code cites stands in the papers of `docs`."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

from creditdesk.cli import root
from creditdesk.cli.calc.command import KINDS

_ROOT = Path(__file__).parents[1]
_CITED = re.compile(r"\b([a-z]+)\.md((?:[^)\".\n]|\.(?=\d))*)")  # fmt: skip
_RULE = re.compile(
    r"(?P<section>\d+\.\d+)|(?:^|[,;]) §?(?P<chapter>\d{1,2})(?![\d:.])"
    r"|\b(?P<code>[A-Z]\d+[a-c]?)\b|(?:(?:trap|point|sheet) |\()(?P<number>\d+)|`(?P<name>[^`]+)`"
)


def citations() -> Iterator[tuple[str, str, str]]:
    """Where, which paper, what follows its name up to the end of the clause."""
    folders = (_ROOT / name for name in ("creditdesk", "docs", "resources", "tests"))
    files = (path for folder in folders for path in sorted(folder.rglob("*.*")))
    for path in files:
        if path.suffix in {".md", ".py", ".toml"} and path != Path(__file__):
            text = path.read_text("utf-8")
            for found in _CITED.finditer(text):
                line = text.count("\n", 0, found.start()) + 1
                yield f"{path.relative_to(_ROOT)}:{line}", found[1], found[2]


def missing(paper: str, cited: str) -> list[str]:
    """What of a citation is not in its paper: sections, rules within the section named last, names."""
    within = _text(paper)
    lacking = []
    for found in _RULE.finditer(cited):
        section = found["section"] or found["chapter"]
        if section:
            within = _section(paper, section)
        rule = found["code"] or found["number"]
        known = within and (rule is None or _has_rule(within, rule))
        named = paper == "rules" or not found["name"] or found["name"] in within
        if not (known and named):
            lacking.append(found[0])
    return lacking


@cache
def _text(paper: str) -> str:
    return (_ROOT / "docs" / f"{paper}.md").read_text("utf-8")


@cache
def _section(paper: str, number: str) -> str:
    """From its heading to the next of its level; of `12.14` the rule 14 in 12. Empty where there is none."""
    start = re.search(rf"(?m)^(#+) {re.escape(number)}\.? ", _text(paper))
    if start is None:
        chapter, _, rule = number.partition(".")
        whole = _section(paper, chapter) if rule else ""
        return whole if _has_rule(whole, rule) else ""
    end = re.compile(rf"(?m)^#{{1,{len(start[1])}}} ").search(_text(paper), start.end())
    return _text(paper)[start.start() : end.start() if end else None]


def _has_rule(within: str, rule: str) -> bool:
    """A row, an item or a line that begins with it."""
    return bool(re.search(rf"(?m)^(?:[|*] )?(?:\*\*)?{re.escape(rule)}\b", within))


def test_every_citation_is_in_the_papers() -> None:
    found = list(citations())
    assert len(found) > 100
    papers = {path.stem for path in (_ROOT / "docs").glob("*.md")}
    assert {where for where, paper, _ in found if paper not in papers} == set()
    lacking = {where: missing(paper, cited) for where, paper, cited in found}
    assert {where: what for where, what in lacking.items() if what} == {}


@pytest.mark.parametrize(
    ("paper", "cited", "lacking"),
    [
        ("rules", " 4.1 S7, 3.3", []),
        ("rules", " 12 trap 14", []),
        ("rules", " 12.14", []),
        ("rules", " 3.2 (7", []),
        ("rules", " §2.3, D13 to D13c", []),
        ("rules", " 8, total yearly cost", []),
        ("rules", " C14, C15", []),
        ("rules", " 4.17", ["4.17"]),
        ("rules", " 77", [" 77"]),
        ("rules", " 4.1 S77", ["S77"]),
        ("rules", " 5.2 C15", ["C15"]),
        ("rules", " 3.2 (9", ["(9"]),
        ("rules", " 12, trap 99", ["trap 99"]),
        ("rules", " 12.99", ["12.99"]),
        ("commands", ", `calendar_known`", []),
        ("commands", ", `nonsense`", ["`nonsense`"]),
    ],
)  # fmt: skip
def test_an_invented_rule_is_noticed(
    paper: str, cited: str, lacking: list[str]
) -> None:
    assert missing(paper, cited) == lacking


def test_the_page_of_the_commands_has_each_with_its_options() -> None:
    page = _text("commands").splitlines()
    group = get_group(root.app)
    for path, command in _commands(group, "", typer.Context(group)):
        line = " ".join(each for each in page if re.search(rf"`{path}[ `]", each))
        options = {each.opts[0] for each in command.params if each.opts[0][0] == "-"}
        wanted = options - {"--help", "-h", "--json"}
        assert line, path
        assert wanted <= set(re.findall(r"--[a-z-]+", line)), path
    assert {f"### `{kind}`" for kind in KINDS} <= set(page)


def test_the_commands_that_read_a_file_of_a_person_and_write_another_are_known() -> (
    None
):
    """Each has to refuse to write over what it reads (tests/cli); the desk itself is refused by each."""
    group = get_group(root.app)
    read_and_write = [
        path
        for path, command in _commands(group, "", typer.Context(group))
        if len({"file", "files", "out"} & {each.name for each in command.params}) > 1
    ]
    assert read_and_write == ["policy what-if", "insurer compare"]


def test_a_link_leads_to_what_is_there() -> None:
    papers = [*_ROOT.glob("*.md"), *(_ROOT / "docs").glob("*.md")]
    for paper in papers:
        for target in re.findall(r"\]\(([^)#:]+)\)", paper.read_text("utf-8")):
            assert (paper.parent / target).exists(), (paper.name, target)


def _commands(
    found: object, path: str, context: typer.Context
) -> Iterator[tuple[str, TyperCommand]]:
    """Every command with its whole name."""
    if isinstance(found, TyperCommand):
        yield path, found
    elif isinstance(found, TyperGroup):
        for name in found.list_commands(context):
            below = found.get_command(context, name)
            yield from _commands(below, f"{path} {name}".strip(), context)
