"""A form bound to a dataclass asks for its fields and hands a finished one over."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest

from creditdesk.errors import UserError
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.form import Form, Option
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording

TODAY = date(2026, 11, 28)


class Way(StrEnum):
    POST = "post"
    HAND = "hand"


class ToCome(UserError):
    message = "{on} is to come."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    on: date = asked("On", to_come=ToCome)
    way: Way = asked("Way", titles={Way.POST: "By post", Way.HAND: "By hand"})
    amount: Decimal = asked("Amount")
    share: Decimal | None = asked("Share", kind=FieldKind.PERCENT, default=None)
    note: str = asked("Note", default="")
    sure: bool = asked("Sure")


def made(got: list[Told], around: Around | None = None) -> Form:
    return bound(Told, Wording("en"), got.append, around or Around(today=TODAY))


def fill(form: Form, **texts: str) -> None:
    for key, text in texts.items():
        form.set(key, text)


def test_kinds_and_what_is_required_come_from_the_types() -> None:
    fields = {each.key: each for each in made([]).fields}
    assert [fields[key].kind for key in fields] == [
        FieldKind.DATE, FieldKind.CHOICE, FieldKind.AMOUNT, FieldKind.PERCENT, FieldKind.TEXT, FieldKind.FLAG,
    ]  # fmt: skip
    assert [key for key in fields if fields[key].required] == ["on", "way", "amount"]
    assert fields["way"].options == (Option("post", "By post"), Option("hand", "By hand"))  # fmt: skip


def test_a_finished_value_of_the_fields_own_types_is_handed_over() -> None:
    got: list[Told] = []
    form = made(got)
    fill(form, on="2026-11-01", way="hand", amount="1,250.00", share="90", sure="true")
    assert form.save()
    assert got == [
        Told(on=date(2026, 11, 1), way=Way.HAND, amount=Decimal("1250.00"), share=Decimal(90), note="", sure=True)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "text"),
    [("on", ""), ("on", "2026-11-29"), ("way", ""), ("amount", "much"), ("share", "101")],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_said_under_its_field(key: str, text: str) -> None:
    got: list[Told] = []
    form = made(got)
    fill(form, on="2026-11-28", way="post", amount="1", share="")
    form.set(key, text)
    assert not form.save()
    assert form.faulty == key
    assert got == []


def test_a_place_may_leave_fields_out_and_offer_its_own_choices() -> None:
    got: list[Told] = []
    around = Around(
        today=TODAY,
        options={"way": [Option("post", "Letter")]},
        units={"amount": "CNY"},
        values={"on": "2026-11-28"},
        without=frozenset({"share"}),
    )
    form = made(got, around)
    fields = {each.key: each for each in form.fields}
    assert "share" not in fields
    assert (fields["amount"].unit, fields["way"].options[0].words) == ("CNY", "Letter")
    fill(form, way="post", amount="1")
    assert form.save()
    assert (got[0].share, got[0].on) == (None, TODAY)
