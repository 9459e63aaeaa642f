"""The program speaks as an accountant does: what one thing is called is written down once, in `words.toml`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from creditdesk import paths

RESOURCES = paths.resources()
WORDS = RESOURCES / "locale" / "zh_CN" / "LC_MESSAGES" / "creditdesk.po"
RULES = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
# Names of other programs' columns, of insurers and of payment terms are what others wrote.
OTHERS = {"headings", "statements", "terms", "policies", "locale", "fonts", "icons"}


@dataclass(frozen=True, slots=True)
class Rule:
    """What no sentence may hold, what is said instead, and the sentences that may."""

    never: str
    say: str
    but: tuple[str, ...] = ()

    def broken_by(self, english: str, sentence: str) -> bool:
        """Whether this sentence of the program, or its Chinese, holds the word."""
        return english not in self.but and bool(re.search(self.never, sentence))


def rules(language: str) -> list[Rule]:
    return [
        Rule(each["never"], each["say"], tuple(each.get("but", ())))
        for each in RULES[language]
    ]


def spoken() -> list[tuple[str, str]]:
    """Each English sentence with its Chinese."""
    with WORDS.open("rb") as file:
        catalog = read_po(file, locale="zh_CN")
    return [
        (english, str(chinese))
        for message in catalog
        if message.id
        for english, chinese in zip(many(message.id), many(message.string), strict=False)
    ]  # fmt: skip


def many(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


def written() -> Iterator[tuple[str, str]]:
    """What the data files say in Chinese, with the file's name for the English."""
    for path in sorted(RESOURCES.rglob("*.toml")):
        if not OTHERS & set(path.relative_to(RESOURCES).parts):
            told = tomllib.loads(path.read_text("utf-8"))
            yield from ((path.name, text) for text in chinese_in(told))


def chinese_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "zh" and isinstance(inner, str):
                yield inner
            else:
                yield from chinese_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from chinese_in(inner)


@pytest.mark.parametrize("rule", rules("chinese"), ids=lambda rule: rule.say[:20])
def test_the_chinese_calls_one_thing_by_one_name(rule: Rule) -> None:
    told = [*spoken(), *written()]
    assert len(told) > 5_000
    assert [each for each in told if rule.broken_by(*each)] == []


@pytest.mark.parametrize("rule", rules("english"), ids=lambda rule: rule.say)
def test_the_english_is_plain(rule: Rule) -> None:
    assert [each for each, _ in spoken() if rule.broken_by(each, each)] == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        pytest.param("chinese", "损失日 2026-01-31", id="another name"),
        pytest.param("chinese", "来自", id="a preposition as a label"),
        pytest.param("chinese", "逾期 60 d", id="an English unit"),
        pytest.param("chinese", "最后法定日", id="no law sets it"),
        pytest.param("english", "Invalid input", id="jargon"),
    ],
)
def test_a_word_of_the_list_is_found(language: str, sentence: str) -> None:
    assert any(rule.broken_by("", sentence) for rule in rules(language))
