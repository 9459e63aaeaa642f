"""What the firm sets, and what it does."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.domain.base.rate_lines import RateLineUnreadable, rates_into, read_lines
from creditdesk.domain.base.rates import Rate
from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.desk.settings import SettingsPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.letter_numbers import LETTER_PATTERN
from creditdesk.workspace import Desk, Workspace


@pytest.fixture
def settings(desk: Desk, tmp_path: Path) -> SettingsPresenter:
    preferences = PreferenceFile(tmp_path / "preferences.json")
    return SettingsPresenter(
        Workspace(desk, ImmediateRunner(), preferences), Wording("en")
    )


def test_a_threshold_nobody_set_has_its_default(settings: SettingsPresenter) -> None:
    assert settings.value("limit_warning_pct") == "80"


def test_a_threshold_that_is_no_number_is_refused_and_nothing_is_kept(
    settings: SettingsPresenter,
) -> None:
    wrong = settings.save({"firm_name": "Firm", "limit_warning_pct": "many"})
    assert wrong is not None
    assert "whole number" in wrong.text
    assert settings.value("firm_name") == ""


def test_what_is_saved_is_there_and_in_the_journal(
    settings: SettingsPresenter, desk: Desk
) -> None:
    assert settings.save({"firm_name": " Firm ", "limit_warning_pct": "90"}) is None
    assert settings.value("firm_name") == "Firm"
    assert desk.upkeep.threshold("limit_warning_pct") == 90
    assert desk.upkeep.info().rows["journal_entry"] == 2


def test_an_exchange_rate_that_is_none_is_refused(settings: SettingsPresenter) -> None:
    wrong = settings.save(
        {"fx_rates": "2026-01-10 EUR USD 1.10\n2026-13-01 EUR USD 1.2"}
    )
    assert wrong is not None
    assert dict(wrong.places)["line"] == "2026-13-01 EUR USD 1.2"


def test_the_check_says_when_the_desk_is_sound(settings: SettingsPresenter) -> None:
    settings.show_verdict(settings.check(Progress()))
    assert settings.verdict == ()


def test_rates_are_read_by_their_target() -> None:
    lines = read_lines("2026-01-10 eur usd 1.10\n\n2026-02-01 EUR CNY 7.8")
    assert rates_into("USD", lines) == (
        Rate("EUR", date(2026, 1, 10), Decimal("1.10")),
    )


@pytest.mark.parametrize(
    "line",
    [
        "EUR USD 1.1",
        "2026-01-10 EURO USD 1",
        "2026-01-10 EUR USD 0",
        "2026-01-10 EUR USD NaN",
    ],
)
def test_a_line_that_is_no_rate_is_named(line: str) -> None:
    with pytest.raises(RateLineUnreadable) as refused:
        read_lines(line)
    assert refused.value.places["line"] == line


def test_sentences_for_letters_name_a_client_or_an_insurer(
    filled: Desk, tmp_path: Path
) -> None:
    preferences = PreferenceFile(tmp_path / "preferences.json")
    settings = SettingsPresenter(
        Workspace(filled, ImmediateRunner(), preferences), Wording("en")
    )
    client = filled.clients.all()[0].name
    assert client in settings.parties
    unknown = settings.save({"letter_words": f"{client}: ours\nNobody: theirs"})
    assert unknown is not None
    assert dict(unknown.places)["name"] == "Nobody"
    unread = settings.save({"letter_words": f"{client} without a colon"})
    assert unread is not None
    assert "names nobody" in unread.text
    assert settings.value("letter_words") == ""
    assert settings.save({"letter_words": f"{client}：ours"}) is None


def test_a_pattern_of_numbers_is_shown_at_work_and_one_that_gives_none_is_refused(
    settings: SettingsPresenter, desk: Desk
) -> None:
    assert settings.example("L{n:03}").startswith("L001, and so on.")
    assert settings.example("").startswith("Without a pattern")
    wrong = settings.save({LETTER_PATTERN: "{year}"})
    assert wrong is not None
    assert "gives no numbers" in wrong.text
    assert desk.upkeep.settings().get(LETTER_PATTERN) is None
    assert settings.save({LETTER_PATTERN: " {year}-{n} "}) is None
    assert settings.value(LETTER_PATTERN) == "{year}-{n}"
