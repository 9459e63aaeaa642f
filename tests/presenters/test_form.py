"""Forms: what people type is read by its kind, and a refusal stands under the field it is about."""

from decimal import Decimal

import pytest

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Bilingual
from creditdesk.presenters.parts.form import Answers, Form, FormField
from creditdesk.presenters.parts.typed import FieldKind, read, tidy

FIELDS = (
    FormField(key="name", label="Name", required=True),
    FormField(key="on", label="From", kind=FieldKind.DATE),
    FormField(key="amount", label="Amount", kind=FieldKind.AMOUNT),
)


class NameTaken(UserError):
    message = N_("{field}: “{value}” is taken.")


class Odd(UserError):
    message = N_("That can't be.")


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        pytest.param(FieldKind.DATE, "2026/1/5", "2026-01-05", id="slashes"),
        pytest.param(FieldKind.DATE, "2026年11月23日", "2026-11-23", id="Chinese date"),
        pytest.param(
            FieldKind.DATE, "２０２６－１１－２３", "2026-11-23", id="full width"
        ),
        pytest.param(FieldKind.DATE, "20261123", "2026-11-23", id="digits only"),
        pytest.param(
            FieldKind.DATE, "2026-02-30", "2026-02-30", id="no such day stays"
        ),
        pytest.param(FieldKind.AMOUNT, "1250000", "1,250,000", id="thousands"),
        pytest.param(
            FieldKind.AMOUNT, "¥ １，２５０．５０", "1,250.50", id="full width money"
        ),
        pytest.param(FieldKind.AMOUNT, "1,25", "1,25", id="comma for a point stays"),
        pytest.param(FieldKind.AMOUNT, "1.250,00", "1.250,00", id="foreign marks stay"),
        pytest.param(FieldKind.PERCENT, "90 %", "90", id="per cent sign"),
        pytest.param(FieldKind.NUMBER, " 60 ", "60", id="spaces"),
    ],
)
def test_what_is_typed_is_written_tidily(
    kind: FieldKind, typed: str, shown: str
) -> None:
    assert tidy(kind, typed) == shown


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (FieldKind.DATE, "2026-02-30"),
        (FieldKind.DATE, "2026111"),
        (FieldKind.DATE, "soon"),
        (FieldKind.AMOUNT, "1,25"),
        (FieldKind.AMOUNT, "12a"),
        (FieldKind.PERCENT, "101"),
        (FieldKind.NUMBER, "1.5"),
        (FieldKind.NUMBER, "-3"),
    ],
)
def test_what_cannot_be_meant_is_refused(kind: FieldKind, typed: str) -> None:
    with pytest.raises(UserError):
        read(kind, typed)


def test_a_form_is_dirty_only_while_its_meaning_differs() -> None:
    form = Form(FIELDS, lambda _answers: None, {"name": "A", "amount": "1250"})
    assert not form.is_dirty()
    form.set("amount", "1,250")
    assert not form.is_dirty()
    form.set("amount", "1,251")
    assert form.is_dirty()
    form.drop()
    assert form.value("amount") == "1,250"
    assert not form.is_dirty()


def test_saving_gives_values_by_their_kinds_and_makes_the_form_clean() -> None:
    kept: list[Answers] = []
    form = Form(FIELDS, kept.append)
    form.set("name", " 甲 ")
    form.set("on", "2026/11/23")
    form.set("amount", "1,250.50")
    assert form.save()
    assert kept[0].text("name") == "甲"
    assert str(kept[0].day("on")) == "2026-11-23"
    assert kept[0].amount("amount") == Decimal("1250.50")
    assert not form.is_dirty()


def test_faults_stand_at_their_fields_and_nothing_is_saved() -> None:
    kept: list[Answers] = []
    form = Form(FIELDS, kept.append)
    form.set("on", "soon")
    assert not form.save()
    assert form.fault_of("name")
    assert form.fault_of("on")
    assert form.faulty == "name"
    assert not kept
    form.set("on", "2026-01-01")
    assert form.fault_of("on") is None


def test_leaving_a_field_reads_it_but_asks_for_nothing_yet() -> None:
    form = Form(FIELDS, lambda _answers: None)
    assert form.check("name")
    form.set("amount", "12000")
    assert form.check("amount")
    assert form.value("amount") == "12,000"
    form.set("amount", "12k")
    assert not form.check("amount")
    assert form.fault_of("amount")


def test_a_refusal_is_shown_at_the_field_it_names() -> None:
    def refuse(_answers: Answers) -> None:
        raise NameTaken(field=Bilingual("名称", "Name"), value="A")

    form = Form(FIELDS, refuse, {"name": "A"})
    assert not form.save()
    assert form.fault_of("name")
    assert form.fault is None


def test_a_refusal_without_a_field_is_shown_above_the_buttons() -> None:
    def refuse(_answers: Answers) -> None:
        raise Odd

    form = Form(FIELDS, refuse, {"name": "A"})
    form.set("name", "B")
    assert not form.save()
    assert form.fault
    assert form.is_dirty()
    assert not Form(FIELDS, refuse, {"name": "A"}, blame={Odd: "amount"}).save()
