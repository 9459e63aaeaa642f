"""The questions of the contract review: complete, in both languages, about fields a policy has."""

import re
from pathlib import Path

import pytest

from creditdesk import paths
from creditdesk.catalog.contract_review import contract_review
from creditdesk.catalog.policies import templates
from creditdesk.catalog.reading import CatalogError
from creditdesk.domain.policy.fields import FIELDS
from creditdesk.domain.policy.terms import MUST_ASK

_ORDER = [field.key for field in FIELDS]
_LATIN = re.compile(r"[A-Za-z]{4,}")


def test_every_question_has_its_words_in_both_languages() -> None:
    items = contract_review().items
    assert len(items) == len({item.question.en for item in items}) == 37
    for item in items:
        for words in (item.section, item.title, item.question, item.why):
            assert words.zh
            assert words.en
            assert not _LATIN.search(words.zh), words.zh
        assert item.question.en.endswith("?")
        assert item.question.zh.endswith("？")
        assert item.fields


def test_what_no_template_knows_is_asked() -> None:
    asked = {key for item in contract_review().items for key in item.fields}
    assert asked >= MUST_ASK
    assert asked >= {"nql_type", "limit_mode", "fx_rule", "eom_mode", "recovery_rule"}


def test_the_questions_follow_the_schedule_within_their_section() -> None:
    sections: dict[str, list[int]] = {}
    for item in contract_review().items:
        sections.setdefault(item.section.en, []).append(_ORDER.index(item.fields[0]))
    places = [min(each) for each in sections.values()]
    assert places == sorted(places)


def test_every_question_applies_to_some_template() -> None:
    for item in contract_review().items:
        assert any(item.applies(each.texts, ()) for each in templates()), item.code


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('fields = ["vat_insured"]', 'fields = ["vat"]', "no field vat"),
        ('code = "R02"', 'code = "R01"', "occurs twice"),
        ('"ST_EXPORT_SME"', '"ST_EXPORT_SMALL"', "other choices"),
        ('when_given = ["nql"]', 'when_given = ["mep_days"]', "no amount"),
        ('version = "1"', 'version = "1"\nwrong = 1', "unknown keys wrong"),
    ],
)
def test_a_mistake_in_the_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, said: str
) -> None:
    source = paths.resources() / "reviews" / "contract_review.toml"
    text = source.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "reviews").mkdir()
    (tmp_path / "reviews" / source.name).write_text(
        text.replace(old, new, 1), encoding="utf-8"
    )
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    with pytest.raises(CatalogError, match=said):
        contract_review.__wrapped__()
