"""What a claim is computed from besides invoices and receipts (rules.md 4.3, 14.1, 14.2, 14.5, 14.7), on M1 (4.9)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from creditdesk.cli.calc.command import answer
from creditdesk.domain.claim.claims import Cause, ClaimState
from creditdesk.domain.cover.limits import Reason
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.ledger.documents import SEVERAL, CreditKind, DocumentKind
from creditdesk.domain.policy.choices import LimitState
from creditdesk.i18n import words
from creditdesk.services.claims import ClaimId, Estimate, NewClaim, StepTaken
from creditdesk.services.claims.values import InvoiceNotClaimed
from creditdesk.services.declarations import NewDeclaration
from creditdesk.services.watch import NewEvent
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)


def owed(office: Office, kind: DocumentKind, number: str, on: str, amount: str) -> Any:  # noqa: ANN401 - as `office` gives it
    return replace(office.invoice(number, on, None, amount), kind=kind)


def estimated(
    office: Office,
    desk: Desk,
    *items: Any,  # noqa: ANN401 - as `office` gives them
    limit: str = "500000",
    values: dict[str, str] | None = None,
) -> Estimate:
    """The claim of M1 with these rows in the ledger as well."""
    client, buyer = office.m1()
    if items:
        desk.ledger.take_in(client, office.draft(*items, name="另一份.xlsx"))
    policy = office.policy(client, values=values)
    office.limit(policy, buyer, limit)
    return desk.claims.estimate(office.claim_on(client, buyer), TODAY)


def figures(found: Estimate) -> tuple[str, str]:
    assert found.indemnity is not None
    return found.indemnity.indemnity.plain, found.indemnity.whole_debt.plain


def left(found: Estimate) -> dict[str, str]:
    assert found.indemnity is not None
    return {row.id: row.residual.plain for row in found.indemnity.rows}


def against(found: Estimate) -> dict[str, tuple[Reason, ...]]:
    assert found.indemnity is not None
    return {row.id: row.reasons for row in found.indemnity.rows if row.reasons}


def test_an_opening_is_owed_paid_first_and_not_insured(
    office: Office, desk: Desk
) -> None:
    """Of 250,000 the payment takes 200,000; 339,000 + 226,000 + 100,000 are insured at 90 %."""
    begins = owed(office, DocumentKind.OPENING, "期初余额", "2025-01-01", "250000")
    found = estimated(office, desk, begins, limit="800000")
    assert figures(found) == ("598500.00", "728000.00")
    assert left(found)["期初余额"] == "50000.00"
    assert against(found) == {"期初余额": (Reason.OPENING,)}


def test_money_paid_back_raises_the_debt_and_is_not_insured(
    office: Office, desk: Desk
) -> None:
    back = owed(office, DocumentKind.REFUND, "INV1", "2025-06-01", "5000")
    found = estimated(office, desk, back)
    assert figures(found) == ("418500.00", "483000.00")
    assert against(found) == {"INV1 (refund)": (Reason.REFUND,)}


def test_a_discount_lessens_its_invoice_before_any_payment(
    office: Office, desk: Desk
) -> None:
    """339,000 − 9,000 − 200,000; with 226,000 and 100,000 they are 456,000."""
    less = replace(office.paid("D1", "2025-04-01", "9000", "INV1"), kind=CreditKind.DISCOUNT)  # fmt: skip
    found = estimated(office, desk, less)
    assert left(found)["INV1"] == "130000.00"
    assert figures(found)[0] == "410400.00"


def test_a_package_tells_money_from_a_discount_and_a_refund_from_its_invoice(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    less = replace(office.paid("D1", "2025-04-01", "9000", "INV1"), kind=CreditKind.DISCOUNT)  # fmt: skip
    back = owed(office, DocumentKind.REFUND, "INV1", "2025-06-01", "5000")
    desk.ledger.take_in(client, office.draft(less, back, name="另一份.xlsx"))
    office.limit(office.policy(client), buyer, "500000")
    claim = office.claim_on(client, buyer)
    package = desk.claims.package(claim, TODAY)
    kinds = {each.amount.plain: each.is_receipt for each in package.payments}
    assert kinds == {"9000.00": False, "200000.00": True}
    assert package.payments == desk.claims.payments(claim)
    open_ = {(each.number, each.amount.plain): each.open.plain for each in package.invoices}  # fmt: skip
    assert open_["INV1", "339000.00"] == "130000.00"
    assert open_["INV1", "5000.00"] == "5000.00"


def test_a_receipt_fills_the_invoices_it_names_in_their_order(
    office: Office, desk: Desk
) -> None:
    """INV2 still owes 26,000; what is left of 50,000 goes to INV3."""
    several = office.paid("P2", "2025-05-02", "50000", f"INV2{SEVERAL}INV3")
    found = estimated(office, desk, several, values={"allocation_rule": "DESIGNATED"})
    assert left(found) == {"INV1": "339000.00", "INV2": "0.00", "INV3": "89000.00"}


@pytest.mark.parametrize("rule", ["OLDEST_DUE_FIRST", "OLDEST_INVOICE_FIRST", "DESIGNATED"])  # fmt: skip
def test_a_deposit_pays_its_own_invoices_under_every_rule(
    office: Office, desk: Desk, rule: str
) -> None:
    """240,000 on INV2 and INV3 before anything: 226,000 and 14,000; the 200,000 that name INV2 go to INV1."""
    deposit = office.paid("deposit:D1", "2025-01-02", "240000", f"INV2{SEVERAL}INV3")
    found = estimated(office, desk, deposit, values={"allocation_rule": rule})
    assert left(found) == {"INV1": "139000.00", "INV2": "0.00", "INV3": "99000.00"}


def test_a_due_date_nobody_knows_stops_no_delivery(office: Office, desk: Desk) -> None:
    """By its own date it would have stopped the shipment of 20 March."""
    unknown = office.invoice("INV0", "2025-01-01", None, "10000")
    found = estimated(office, desk, unknown)
    assert found.indemnity is not None
    assert found.indemnity.stop_date == date(2025, 5, 10)
    assert against(found) == {}


@pytest.mark.parametrize(
    ("declared_on", "indemnity"),
    # The stop of deliveries is on 10 May; without INV3 only 365,000 are insured.
    [("2025-04-14", "418500.00"), ("2025-05-10", "418500.00"), ("2025-05-12", "328500.00")],
)  # fmt: skip
def test_a_declaration_after_the_stop_is_none(
    office: Office, desk: Desk, declared_on: str, indemnity: str
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client, values={"insurable_turnover_est": "1000000"})
    office.limit(policy, buyer, "500000")
    for month, last, on in (
        ("2025-01", "31", "2025-02-14"),
        ("2025-02", "28", "2025-03-14"),
        ("2025-03", "31", declared_on),
    ):
        desk.declarations.record(
            NewDeclaration(
                policy_id=policy,
                start=date.fromisoformat(f"{month}-01"),
                end=date.fromisoformat(f"{month}-{last}"),
                on=date.fromisoformat(on),
                way="Portal",
            ),
            TODAY,
        )
    found = desk.claims.estimate(office.claim_on(client, buyer), TODAY)
    assert figures(found)[0] == indemnity
    said = " ".join(map(words("en").say, found.calculation.granted))
    assert ("the indemnity would be CNY 418,500.00" in said) is (indemnity != "418500.00")  # fmt: skip


def test_a_refused_shipment_has_another_percentage_than_what_is_overdue(
    office: Office, desk: Desk
) -> None:
    """INV3, 100,000 undisputed, was refused: 80 %; 139,000 and 226,000 before it are overdue: 90 %."""
    client, buyer = office.m1()
    policy = office.policy(client, values={"insured_pct_repudiation": "80"})
    office.limit(policy, buyer, "500000")
    claim = desk.claims.open(
        NewClaim(
            client_id=client,
            buyer_id=buyer,
            cause=Cause.REPUDIATION,
            date_of_loss=date(2025, 9, 7),
            today=TODAY,
            numbers=("INV3",),
        )
    )
    assert figures(desk.claims.estimate(claim, TODAY))[0] == "408500.00"


def mixed(office: Office, desk: Desk) -> ClaimId:
    """The claim of 14.7, all of it overdue so far: invoice 1 with money tied to it, invoice 2 older."""
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("1", "2025-03-01", "2025-05-30", "70000"),
            office.invoice("2", "2025-01-10", "2025-03-11", "36000"),
            office.paid("deposit:D1", "2025-02-20", "21000", "1"),
            office.paid("deposit:R1", "2025-07-01", "9000", "1"),
        ),
    )
    # The shipment of March is older than the stop of 10 May.
    policy = office.policy(client, values={"insured_pct_repudiation": "80"})
    buyer = desk.buyers.named(client, "宁波海澜贸易有限公司")
    office.limit(policy, buyer, "200000")
    claim: ClaimId = office.claim_on(client, buyer)
    return claim


def test_one_invoice_of_a_claim_has_a_cause_of_its_own(
    office: Office, desk: Desk
) -> None:
    """40,000 + 36,000, both at 90 %; once invoice 1 was refused 40,000 × 80 % + 36,000 × 90 %, as `calc` says."""
    claim = mixed(office, desk)
    assert figures(desk.claims.estimate(claim, TODAY)) == ("68400.00", "76000.00")
    desk.claims.set_cause(claim, ("1",), Cause.REPUDIATION)
    found = desk.claims.estimate(claim, TODAY)
    assert figures(found) == ("64400.00", "76000.00")
    assert found.inputs["causes"] == {"1": "repudiation"}
    said = " ".join(words("en").say(step.clause) for step in found.calculation.steps if step.clause)  # fmt: skip
    assert "Insured percentage" in said
    assert "Insured percentage, repudiation" in said
    case = {
        "policy": {"insured_pct": "90"},
        "limits": [{"from": "2025-01-01", "amount": "200000"}],
        "date_of_loss": "2025-09-07",
        "documents": [
            {"id": "1", "kind": "invoice", "date": "2025-03-01", "due": "2025-05-30", "amount": "70000",
             "insured_pct": "80", "cause": "REPUDIATION"},
            {"id": "2", "kind": "invoice", "date": "2025-01-10", "due": "2025-03-11", "amount": "36000"},
            {"id": "D", "kind": "deposit", "date": "2025-02-20", "amount": "21000", "against": "1"},
            {"id": "R", "kind": "recovery", "date": "2025-07-01", "amount": "10000", "costs": "1000", "against": "1"},
        ],
    }  # fmt: skip
    told = answer("indemnity", case, "en")
    assert isinstance(told, dict)
    assert told["indemnity"] == "64400.00"


def test_a_cause_is_kept_with_the_calculation_and_goes_back_to_the_claims(
    office: Office, desk: Desk
) -> None:
    claim = mixed(office, desk)
    desk.claims.set_cause(claim, ("1",), Cause.REPUDIATION)
    lines = desk.claims.file(claim, TODAY).invoices
    assert [(each.number, each.cause) for each in lines] == [
        ("2", Cause.PROTRACTED_DEFAULT), ("1", Cause.REPUDIATION)
    ]  # fmt: skip
    desk.claims.keep(claim, TODAY)
    desk.claims.set_cause(claim, ("1",), Cause.PROTRACTED_DEFAULT)
    package = desk.claims.package(claim, TODAY)
    assert {each.number: each.cause for each in package.invoices} == {"1": Cause.REPUDIATION, "2": None}  # fmt: skip
    assert figures(desk.claims.estimate(claim, TODAY))[0] == "68400.00"
    with pytest.raises(InvoiceNotClaimed, match="no invoice 7"):
        desk.claims.set_cause(claim, ("7",), Cause.REPUDIATION)


def test_in_a_claim_on_a_refusal_an_older_invoice_may_be_just_overdue(
    office: Office, desk: Desk
) -> None:
    """Both are claimed as refused: 76,000 × 80 %."""
    first = mixed(office, desk)
    desk.claims.advance(first, StepTaken(state=ClaimState.WITHDRAWN, on=TODAY))
    (client,) = desk.clients.all()
    buyer = desk.buyers.named(client.id, "宁波海澜贸易有限公司")
    new = NewClaim(
        client_id=client.id, buyer_id=buyer, cause=Cause.REPUDIATION,
        date_of_loss=date(2025, 9, 7), today=TODAY, numbers=("1", "2"),
    )  # fmt: skip
    claim = desk.claims.open(new)
    assert figures(desk.claims.estimate(claim, TODAY))[0] == "60800.00"
    desk.claims.set_cause(claim, ("2",), Cause.PROTRACTED_DEFAULT)
    assert figures(desk.claims.estimate(claim, TODAY))[0] == "64400.00"


def test_once_the_limit_has_ended_money_goes_to_the_debt_due_first(
    office: Office, desk: Desk
) -> None:
    """The payment of 20 April names INV2."""
    client, buyer = office.m1()
    asked = {"allocation_rule": "DESIGNATED", "allocation_switch": "LIMIT_END", "cancel_notice_days": "0"}  # fmt: skip
    policy = office.policy(client, values=asked)
    office.limit(policy, buyer, "500000")
    claim = office.claim_on(client, buyer)
    assert left(desk.claims.estimate(claim, TODAY))["INV1"] == "339000.00"
    office.limit(policy, buyer, "0", "2025-04-21", state=LimitState.CANCELLED)
    assert left(desk.claims.estimate(claim, TODAY))["INV1"] == "339000.00"
    office.limit(policy, buyer, "0", "2025-04-20", state=LimitState.CANCELLED)
    assert left(desk.claims.estimate(claim, TODAY))["INV1"] == "139000.00"


def test_nothing_is_said_where_a_waiver_alone_changes_nothing(
    office: Office, desk: Desk
) -> None:
    """INV3 was shipped after the risk was known and declared after the stop: 365,000 × 90 % either way."""
    client, buyer = office.m1()
    policy = office.policy(client, values={"insurable_turnover_est": "1000000"})
    office.limit(policy, buyer, "500000")
    desk.watch.report(
        NewEvent(
            buyer_id=buyer, kind=BuyerEventKind.KNOWN_RISK,
            happened_on=date(2025, 3, 1), known_on=date(2025, 3, 1),
        ),
        TODAY,
    )  # fmt: skip
    for month, last, on in (
        ("2025-01", "31", "2025-02-14"),
        ("2025-02", "28", "2025-02-28"),
        ("2025-03", "31", "2025-05-12"),
    ):
        desk.declarations.record(
            NewDeclaration(
                policy_id=policy, start=date.fromisoformat(f"{month}-01"),
                end=date.fromisoformat(f"{month}-{last}"), on=date.fromisoformat(on), way="Portal",
            ),
            TODAY,
        )  # fmt: skip
    found = desk.claims.estimate(office.claim_on(client, buyer), TODAY)
    assert figures(found)[0] == "328500.00"
    assert against(found)["INV3"] == (Reason.KNOWN_RISK, Reason.NOT_DECLARED)
    assert found.unless_refused is None
    said = " ".join(map(words("en").say, found.calculation.granted))
    assert "instead of" not in said


@pytest.mark.parametrize(
    ("named", "claimed"),
    [
        ("S1", ["S1", "S1 #2"]),
        ("S1 · 第2期", ["S1 #2"]),
        ("S1 · part 1", ["S1"]),
        ("S1 #2", ["S1 #2"]),
    ],
)
def test_a_number_means_all_parts_of_an_invoice_and_a_name_one(
    office: Office, desk: Desk, named: str, claimed: list[str]
) -> None:
    client = office.client()
    invoice = replace(office.invoice("S1", "2025-01-10", None, "1000"), term="30/70")
    desk.ledger.take_in(client, office.draft(invoice))
    desk.ledger.settle_terms(client, "30/70", "NO_CREDIT|DAYS:60")
    buyer = desk.buyers.named(client, "宁波海澜贸易有限公司")
    office.policy(client)
    new = NewClaim(
        client_id=client, buyer_id=buyer, cause=Cause.PROTRACTED_DEFAULT,
        date_of_loss=date(2025, 9, 7), today=TODAY, numbers=(named,),
    )  # fmt: skip
    claim = desk.claims.open(new)
    assert [each.number for each in desk.claims.file(claim, TODAY).invoices] == claimed
