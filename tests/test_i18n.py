"""Sentences with places, in two languages; what people typed is never read as a place."""

from creditdesk.errors import UserError
from creditdesk.i18n import LANGUAGES, N_, Bilingual, Message, words


class Refused(UserError):
    message = N_("{name} is refused: {reason}.")


def test_places_are_filled_by_name_and_never_twice() -> None:
    say = words("en")
    assert say("{a} and {b}", a="{b}", b="{c}") == "{b} and {c}"
    assert say("no places {kept}") == "no places {kept}"
    assert say("") == ""


def test_messages_and_words_inside_a_message_are_translated_too() -> None:
    inner = Message.of("{both}", both=Bilingual("买方", "buyer"))
    message = Message.of("{names}", names=(inner, Bilingual("保单", "policy"), "x"))
    assert words("zh").say(message) == "买方、保单、x"
    assert words("en").say(message) == "buyer, policy, x"


def test_a_sentence_is_chinese_where_there_is_a_translation() -> None:
    sentence = "There is a client called {name} already."
    said = {language: words(language)(sentence, name="甲") for language in LANGUAGES}
    assert said["en"] == "There is a client called 甲 already."
    assert "甲" in said["zh"]
    assert said["zh"] != said["en"]


def test_an_unknown_sentence_stays_as_it_is() -> None:
    assert words("zh")("never translated {n}", n=1) == "never translated 1"


def test_counts_choose_their_sentence() -> None:
    say = words("en").plural
    assert say("{count} day", "{count} days", 1) == "1 day"
    assert say("{count} day", "{count} days", 0) == "0 days"


def test_a_refusal_has_a_code_a_sentence_and_its_places() -> None:
    error = Refused(name="{reason}", reason=Message("why"))
    assert error.code == "refused"
    assert words("en").say(error.said) == "{reason} is refused: why."
    assert error.places == {"name": "{reason}", "reason": Message("why")}
