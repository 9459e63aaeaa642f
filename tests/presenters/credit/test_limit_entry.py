"""Entering what the insurer was asked for and what it decided."""

from collections.abc import Callable
from datetime import date

import pytest

from creditdesk.presenters.credit.limit_entry import LimitEntryPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.clients import ClientCard
from creditdesk.services.policies import NewPolicy, PolicyId
from creditdesk.workspace import Workspace

Find = Callable[[str], BuyerId]


@pytest.fixture
def entry(workspace: Workspace, english: Wording, buyer: Find) -> LimitEntryPresenter:
    """A decision on 海澜."""
    return LimitEntryPresenter(workspace, english, 1, buyer("海澜"))


def put(presenter: LimitEntryPresenter, **texts: str) -> bool:
    for key, text in texts.items():
        presenter.form.set(key, text)
    return presenter.form.save()


def test_a_decision_is_added_and_the_earlier_ones_stay(
    workspace: Workspace, entry: LimitEntryPresenter
) -> None:
    assert len(entry.history) == 2
    assert put(
        entry, state="REDUCED", amount="250,000", start="2026/11/1", decision_no="X9"
    )
    lines = workspace.desk.policies.limits(buyer_id=entry.buyer)
    assert [line.state for line in lines] == ["REDUCED", "INCREASED", "APPROVED"]
    assert str(lines[0].amount) == "CNY 250,000.00"


def test_an_application_needs_its_amount_and_day(entry: LimitEntryPresenter) -> None:
    assert not put(entry, state="APPLIED")
    assert entry.form.fault_of("requested")
    assert not put(entry, requested="500000")
    assert entry.form.fault_of("applied_on")
    assert put(entry, applied_on="2026-11-20")


def test_an_approval_without_an_amount_is_refused(entry: LimitEntryPresenter) -> None:
    assert not put(entry, state="APPROVED", start="2026-11-01")
    assert entry.form.fault_of("amount")


def test_swapped_dates_are_asked_about(entry: LimitEntryPresenter) -> None:
    assert not put(entry, amount="1", start="2026-11-01", end="2026-10-01")
    assert entry.form.fault_of("end")


def test_another_currency_is_asked_about_once(
    workspace: Workspace, entry: LimitEntryPresenter
) -> None:
    assert not put(entry, amount="1000", start="2026-11-01", currency="usd")
    assert entry.form.fault_of("currency")
    assert entry.form.save()
    assert (
        workspace.desk.policies.limits(buyer_id=entry.buyer)[0].amount.currency == "USD"
    )


def test_a_cut_the_policy_forbids_is_asked_about_once(
    workspace: Workspace, entry: LimitEntryPresenter
) -> None:
    policies = workspace.desk.policies
    values = {"limits_cancellable": "false"}
    policies.set(PolicyId(1), values, date(2026, 11, 23), confirmed=True)
    cut = {"state": "REDUCED", "amount": "250000", "start": "2026-11-01"}
    assert not put(entry, **cut)
    fault = entry.form.fault_of("state")
    assert fault is not None
    assert "can't cut or cancel limits" in fault.text
    assert entry.form.save()
    assert policies.limits(buyer_id=entry.buyer)[0].state == "REDUCED"


def test_more_digits_than_the_currency_has_are_refused(
    entry: LimitEntryPresenter,
) -> None:
    assert not put(entry, amount="1000.005", start="2026-11-01")
    assert entry.form.fault_of("amount")


def test_choosing_a_policy_offers_its_clients_buyers_and_currency(
    workspace: Workspace, english: Wording
) -> None:
    presenter = LimitEntryPresenter(workspace, english, None, None)
    fields = {field.key: field for field in presenter.form.fields}
    assert presenter.form.value("policy") == "1"
    assert len(fields["buyer"].options) == 4
    assert presenter.form.value("currency") == "CNY"
    assert presenter.history == ()
    presenter.form.set("buyer", fields["buyer"].options[0].value)
    assert presenter.buyer == int(fields["buyer"].options[0].value)


def test_another_clients_policy_takes_the_buyer_away(
    workspace: Workspace, english: Wording
) -> None:
    client = workspace.desk.clients.add(ClientCard(name="瑞丰五金"))
    policy = workspace.desk.policies.add(
        NewPolicy(
            client_id=client,
            template="sinosure-st-export",
            number="P-7",
            start=date(2026, 1, 1),
            end=date(2026, 12, 31),
            values={},
        )
    )
    presenter = LimitEntryPresenter(workspace, english, 1, None)
    presenter.form.set("buyer", "1")
    presenter.form.set("policy", str(policy))
    assert presenter.form.value("buyer") == ""
    assert presenter.form.value("currency") == "USD"
    assert presenter.history == ()


def test_a_limit_of_too_many_digits_is_asked_about_once(
    workspace: Workspace, entry: LimitEntryPresenter
) -> None:
    """Saved again with the same amount it is meant; another amount is another question."""
    assert not put(entry, state="INCREASED", amount="900000000", start="2026/11/1")
    asked = entry.form.fault_of("amount")
    assert asked
    assert "highest balance" in asked.text
    assert not put(entry, amount="800000000")
    assert put(entry, amount="800000000")
    newest = workspace.desk.policies.limits(buyer_id=entry.buyer)[0]
    assert str(newest.amount) == "CNY 800,000,000.00"


def test_a_term_in_words_is_asked_about_and_kept_for_the_buyer(
    workspace: Workspace, entry: LimitEntryPresenter
) -> None:
    desk = workspace.desk
    assert not put(entry, amount="250000", start="2026-11-01", term="月结60天")
    assert entry.form.fault_of("term_as")
    (asked,) = (each for each in entry.form.fields if each.key == "term_as")
    assert [each.value for each in asked.options] == [
        "", "END_OF_NEXT_MONTH", "EOM_PLUS_N_DAYS", "N_DAYS_THEN_EOM",
    ]  # fmt: skip
    assert put(entry, term_as="EOM_PLUS_N_DAYS")
    assert entry.buyer
    assert desk.policies.limits(buyer_id=entry.buyer)[0].max_term == "月结60天"
    client = desk.buyers.file(BuyerId(entry.buyer)).client_id
    assert "EOM_PLUS_N_DAYS" in desk.ledger.answers(client).values()


def test_an_answer_for_other_words_says_nothing_of_these(
    workspace: Workspace, entry: LimitEntryPresenter
) -> None:
    assert not put(entry, amount="250000", start="2026-11-01", term="月结60天")
    assert put(entry, term_as="EOM_PLUS_N_DAYS", term="90")
    lines = workspace.desk.policies.limits(buyer_id=entry.buyer)
    assert (lines[0].max_term_days, lines[0].max_term) == (90, "")
