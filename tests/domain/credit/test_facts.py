"""What is known of a buyer beside the books: values as they are typed, kept and read."""

import pytest

from creditdesk.domain.credit.facts import (
    FactKind,
    FactValueWrong,
    read_value,
    value_words,
)
from creditdesk.i18n import Message, words


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (FactKind.SUED, "", ""),
        (FactKind.SUED, "1,250.50", "1250.50"),
        (FactKind.STAFF_FALL, "35%", "35"),
        (FactKind.SECTOR_OUTLOOK, "high", "high"),
        (FactKind.REGISTER_CLEAN, " 公示系统 ", "公示系统"),
        (FactKind.SANCTIONED, "", ""),
    ],
)
def test_a_value_is_kept_plainly(kind: FactKind, typed: str, kept: str) -> None:
    assert read_value(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (FactKind.SUED, "much"),
        (FactKind.SUED, "-1"),
        (FactKind.STAFF_FALL, ""),
        (FactKind.SECTOR_OUTLOOK, "bright"),
        (FactKind.SANCTIONED, "yes"),
    ],
)
def test_a_value_of_another_kind_is_refused(kind: FactKind, typed: str) -> None:
    with pytest.raises(FactValueWrong):
        read_value(kind, typed)


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (FactKind.SUED, "1250.50", "1,250.50"),
        (FactKind.SUED, "", ""),
        (FactKind.STAFF_FALL, "35", "35"),
        (FactKind.SECTOR_OUTLOOK, "high", "high risk"),
        (FactKind.REGISTER_CLEAN, "公示系统", "公示系统"),
    ],
)
def test_a_value_is_read_in_words(kind: FactKind, value: str, said: str) -> None:
    found = value_words(kind, value)
    assert (words("en").say(found) if isinstance(found, Message) else found) == said
