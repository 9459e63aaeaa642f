"""The words of the field and the guides: that they name what is on the screens."""

import re

import pytest
from babel.messages.pofile import read_po

from creditdesk import paths
from creditdesk.catalog.letters import letters
from creditdesk.catalog.library import guide_of, guides, term_of, terms
from creditdesk.domain.policy.fields import FIELDS
from creditdesk.i18n import Language
from creditdesk.ui.window.places import pages

LOCALE = paths.resources() / "locale" / "zh_CN" / "LC_MESSAGES"
BOTH: tuple[Language, ...] = ("zh", "en")
SPOKEN = {"…", "月结30天", "30 days end of month"}
"""What guides quote from contracts, not from the screen."""
EXPLAINED = {
    "insured_pct", "attachment_basis", "nql", "nql_type", "eel", "afl", "min_retention", "max_liability", "dcl_amount",
    "mep_days", "max_payment_term_days", "max_invoicing_days", "pd_definition", "waiting_period", "overdue_rule",
    "stop_rule", "adverse_rule", "mandate_rule", "allocation_rule", "premium_basis", "minimum_premium", "scope",
    "limit_mode", "retention_insured", "precredit_cover", "eom_mode", "loss_payee", "joint_insured",
}  # fmt: skip


@pytest.mark.parametrize("language", BOTH)
def test_a_word_is_found_by_what_a_screen_calls_it(language: Language) -> None:
    for term in terms():
        found = term_of(term.name.in_language(language))
        assert found == (term, language), term.name
    labels = {each.key: each.label.in_language(language) for each in FIELDS}
    unexplained = {key for key in EXPLAINED if term_of(labels[key]) is None}
    assert unexplained == set()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("自掌限额", "discretionary credit limit"),
        ("起赔方式", "kind of threshold"),
        ("累计免赔额（CNY）", "aggregate first loss"),
        ("承保基础：", "attachment"),
        ("Insured percentage %", "insured percentage"),
        ("MEP", "maximum extension period"),
    ],
)
def test_brackets_colons_and_units_do_not_hide_a_word(said: str, name: str) -> None:
    found = term_of(said)
    assert found is not None
    assert found[0].key == name


def test_what_is_no_word_of_the_field_is_none() -> None:
    assert [term_of(each) for each in ("", "保存", "Save", "2026-01-31")] == [None] * 4


def test_every_meaning_is_a_sentence_in_both_languages() -> None:
    assert len(terms()) >= 60
    for term in terms():
        assert term.meaning.zh.endswith("。"), term.name.zh
        assert term.meaning.en.endswith("."), term.name.en
        assert "rules.md" not in term.meaning.en


def test_fourteen_guides_help_on_every_page() -> None:
    assert len(guides()) == 14
    assert {each for each in pages() if guide_of(each) is None} == {"help"}
    assert {place for each in guides() for place in each.places} <= set(pages())


@pytest.mark.parametrize("language", BOTH)
def test_guides_quote_the_words_of_the_screen(language: Language) -> None:
    with (LOCALE / "creditdesk.po").open("rb") as file:
        every = [each for each in read_po(file, locale="zh_CN") if isinstance(each.id, str)]  # fmt: skip
    shown = {str(each.string if language == "zh" else each.id) for each in every} | SPOKEN  # fmt: skip
    shown |= {each.name.in_language(language) for each in letters().values()}
    for guide in guides():
        assert guide.picture(language).stat().st_size < 100_000
        text = guide.text.in_language(language)
        quoted = set(re.findall("“([^”]+)”", text))
        assert quoted - shown == set(), guide.id
        steps = re.findall(r"^(\d+)\. ", text, re.MULTILINE)
        assert steps == [str(each) for each in range(1, len(steps) + 1)]
        assert len(steps) >= 5
