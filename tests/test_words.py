"""Every sentence of the program has its Chinese, and the compiled words are today's."""

import ast
import gettext
import io
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import creditdesk
from creditdesk import paths

LOCALE = paths.resources() / "locale" / "zh_CN" / "LC_MESSAGES"
SOURCES = sorted(Path(creditdesk.__file__).parent.rglob("*.py"))


def marked(path: Path) -> Iterator[str]:
    """What stands in `N_("…")`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "N_"
        ):
            (text,) = node.args
            assert isinstance(text, ast.Constant), f"{path}:{node.lineno}"
            assert isinstance(text.value, str)
            yield text.value


def said(path: Path) -> Iterator[str]:
    """What stands in `words("…")` and `say("…")`, where papers are written."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"words", "say"}
            and node.args
            and isinstance(text := node.args[0], ast.Constant)
            and isinstance(text.value, str)
            and not re.fullmatch(r"(\{\w+\})?", text.value)
        ):
            yield text.value


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.fixture(scope="module")
def chinese() -> dict[str, str]:
    with (LOCALE / "creditdesk.po").open("rb") as file:
        catalog = read_po(file, locale="zh_CN")
    found = {}
    for message in catalog:
        strings = (
            message.string if isinstance(message.string, tuple) else (message.string,)
        )
        ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
        for one in ids:
            found[str(one)] = str(strings[0])
    return found


def test_every_marked_sentence_has_its_chinese(chinese: dict[str, str]) -> None:
    missing = {
        text for path in SOURCES for text in marked(path) if not chinese.get(text)
    }
    assert missing == set()


def test_every_sentence_of_a_paper_has_its_chinese(chinese: dict[str, str]) -> None:
    papers = [
        path for path in SOURCES if path.parts[-2] in {"reports", "paper", "evidence"}
    ]
    spoken = {text for path in papers for text in said(path)}
    assert len(spoken) > 300
    assert {text for text in spoken if not chinese.get(text)} == set()


def test_a_translation_fills_the_same_places(chinese: dict[str, str]) -> None:
    odd = {
        text: translated
        for text, translated in chinese.items()
        if text and translated and not places(translated) <= places(text) | {"count"}
    }
    assert odd == {}


def test_the_compiled_words_are_those_of_the_source() -> None:
    with (LOCALE / "creditdesk.po").open("rb") as file:
        catalog = read_po(file, locale="zh_CN")
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    with (LOCALE / "creditdesk.mo").open("rb") as file:
        assert messages(file) == messages(compiled)


def messages(file: IO[bytes]) -> dict[str, str]:
    """The compiled sentences. The header isn't one: it names the Babel that wrote the file."""
    catalog = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    del catalog[""]
    return catalog
