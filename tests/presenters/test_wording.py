"""Sentences as people read them: names that exist in both languages come in the one asked for."""

from creditdesk.domain.policy.terms import PolicyValuesMissing
from creditdesk.i18n import Bilingual
from creditdesk.presenters.parts.wording import Wording


def test_what_a_refusal_names_is_written_in_the_language_asked_for() -> None:
    rate = Bilingual(zh="费率", en="Rate")
    said = PolicyValuesMissing(fields=(rate,)).said
    assert "费率" in Wording("zh").message(said)
    assert ": Rate." in Wording("en").message(said)
    assert Wording("en")("{what}", what=rate) == "Rate"
