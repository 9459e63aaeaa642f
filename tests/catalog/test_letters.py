"""Every letter is complete in both languages, and a file that isn't is refused by its name and key."""

import shutil
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

from creditdesk import paths
from creditdesk.catalog.claim_forms import forms
from creditdesk.catalog.letters import (
    FACT_OF,
    Start,
    letters,
    letters_beside,
    letters_from,
)
from creditdesk.catalog.reading import CatalogError

Refused = Callable[[str, str], str]
SOUND = """\
id = "x"
name = { zh = "函", en = "Letter" }
to = "buyer"
start = "buyer"
places = ["buyer", "why"]
title = { zh = "函", en = "Letter" }
greeting = { zh = "{buyer}：", en = "To {buyer}" }
closing = { zh = "请复。", en = "Please answer." }

[[paragraph]]
zh = "因 {why}。"
en = "Because of {why}."

[[field]]
key = "why"
label = { zh = "理由", en = "Why" }
"""


@pytest.fixture
def refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Refused:
    """What is said of a letter in which something is replaced."""

    def said(what: str, by: str) -> str:
        assert what in SOUND
        (tmp_path / "letters").mkdir()
        # A letter names duties, which may not have been read yet.
        shutil.copy(paths.resources() / "duties.toml", tmp_path)
        text = SOUND.replace(what, by)
        (tmp_path / "letters" / "x.toml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(paths, "resources", lambda: tmp_path)
        with pytest.raises(CatalogError) as error:
            letters.__wrapped__()
        return str(error.value)

    return said


def test_every_letter_can_be_filled_in_both_languages() -> None:
    for letter in letters().values():
        places = {name: f"<{name}>" for name in letter.places}
        for text in (letter.in_language("zh"), letter.in_language("en")):
            filled = text.filled(places)
            assert "{" not in "".join((filled.title, *filled.paragraphs))


@pytest.mark.parametrize(
    ("what", "by", "said"),
    [
        pytest.param("因 {why}", "因 {who}", "x.toml: places: who is not declared", id="place not declared"),
        pytest.param('"why"]', '"why", "age"]', "x.toml: places: age is filled by nothing", id="place nothing fills"),
        pytest.param('zh = "请复。", ', "", "x.toml: Object missing required field `zh`", id="no Chinese"),
        pytest.param('zh = "请复。"', 'zh = " "', "x.toml: “Please answer.” stands in one language", id="no words"),
        pytest.param('zh = "理由"', 'zh = ""', "x.toml: “Why” stands in one language", id="empty Chinese of a field"),
        pytest.param('to = "buyer"', 'to = "nobody"', "x.toml: Invalid enum value 'nobody'", id="written to nobody"),
        pytest.param('id = "x"', 'id = "y"', "x.toml: id: ", id="another name than its file"),
        pytest.param(
            "places =", 'sent = { record = "notice", code = "D14" }\nplaces =',
            "x.toml: sent: ", id="a notice of nothing overdue",
        ),
        pytest.param(
            'places = ["buyer", "why"]',
            'source = "overdue"\nsent = { record = "notice", code = "D99" }\nplaces = ["buyer", "why"]',
            "x.toml: sent: ", id="a notice no duty asks for",
        ),
    ],
)  # fmt: skip
def test_a_letter_that_is_not_complete_is_refused(
    refused: Refused, what: str, by: str, said: str
) -> None:
    assert refused(what, by).startswith(said)


def test_a_paragraph_about_what_nobody_knows_is_left_out() -> None:
    text = letters()["overdue_notice"].in_language("en")
    known = dict.fromkeys(letters()["overdue_notice"].places, "known")
    assert len(text.filled(known).paragraphs) == 12
    assert len(text.filled({**known, "reason": ""}).paragraphs) == 11


def test_what_is_typed_is_never_read_as_a_pattern() -> None:
    text = letters()["overdue_notice"].in_language("en")
    places = {**dict.fromkeys(letters()["overdue_notice"].places, "x"), "reason": "{0} {insurer}"}  # fmt: skip
    assert "{0} {insurer}" in "".join(text.filled(places).paragraphs)


def test_every_letter_starts_somewhere_and_requests_stand_beside_one_another() -> None:
    assert {each.id for start in Start for each in letters_from(start)} == {*letters()}
    assert [each.id for each in letters_beside(letters()["limit_renewal"])] == [
        "limit_application",
        "limit_increase",
        "limit_renewal",
        "limit_reduction",
        "limit_cancellation",
    ]
    notice = letters()["overdue_notice"]
    assert letters_beside(notice) == (notice,)
    assert notice in letters_from(notice.start)


def test_what_a_claims_letter_needs_stands_in_every_insurers_form_or_is_the_desks() -> (
    None
):
    """A refusal sends people to the tab with the form: there the fact must be."""
    needed = {FACT_OF[each] for letter in letters().values() for each in letter.needs if each in FACT_OF}  # fmt: skip
    assert needed
    for form in forms().values():
        asked = {field.ask for section in form.sections for field in section.fields}
        assert needed <= asked, form.id


def test_the_first_sentence_of_a_claims_letter_names_only_what_is_always_known() -> (
    None
):
    always = {
        "insurer", "policyholder", "policy_no", "policy_start", "policy_end", "on", "buyer", "buyer_code", "claim_no",
        "cause", "loss_on", "count", "currency",
    }  # fmt: skip
    for letter in letters_from(Start.CLAIM):
        if letter.start is not Start.CLAIM:
            continue
        typed = {field.key for field in letter.fields if field.required}
        first = letter.paragraphs[0]
        used = {name for text in (first.zh, first.en) for _, name, _, _ in Formatter().parse(text) if name}  # fmt: skip
        assert used <= always | letter.needs | typed, letter.id


def test_facts_are_needed_of_a_claim_alone(refused: Refused) -> None:
    said = refused("places =", 'needs = ["why"]\nplaces =')
    assert said == "x.toml: needs, shows: only of a claim"
