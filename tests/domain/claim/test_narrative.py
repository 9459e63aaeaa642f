"""The first narrative of a claim: full sentences, and nothing that isn't known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.claim.forms import Fact, Field, FilledForm, FilledSection, Of
from creditdesk.domain.claim.narrative import draft
from creditdesk.domain.claim.package import (
    NO_NOTICE,
    NO_PROOF,
    ClaimPackage,
    EvidencePiece,
    KeptCalculation,
    PackageInvoice,
)
from creditdesk.i18n import Bilingual, Message, words


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def field(key: str, *values: str) -> Field:
    label = Bilingual(key, key)
    fact = Fact(key=key, of=Of.CLAIM, label=label)
    return Field(fact=fact, label=label, required=False, values=values, owner=None)


def invoice(number: str, shipped: date, amount: str, open_: str) -> PackageInvoice:
    return PackageInvoice(
        number=number, issued=shipped, shipped=shipped, due=date(2026, 3, 11), amount=cny(amount), open=cny(open_),
        days_overdue=1, claimed=True,
    )  # fmt: skip


PACKAGE = ClaimPackage(
    number="CL-1", prepared_on=date(2026, 9, 10), firm=Party(name=""), insurer=Party(name="I"),
    policyholder=Party(name="S"), buyer=Party(name="B"), policy_no="P", policy_title=Bilingual("", ""),
    policy_start=date(2026, 1, 1), policy_end=date(2026, 12, 31),
    cause=Cause.PROTRACTED_DEFAULT, export=False, date_of_loss=date(2026, 9, 7),
    amount=cny("90"),
    calculation=KeptCalculation(
        kept_on=date(2026, 9, 9), rule_version="", steps=(), result=None, policy_rule=Message(""),
    ),
    invoices=(invoice("A", date(2026, 1, 10), "60", "60"), invoice("B", date(2026, 1, 20), "50", "40")),
    payments=(), checklist=(), evidence=(),
)  # fmt: skip


NOTICE = EvidencePiece(
    item="C01", title=Bilingual("", ""), file_name="notice.pdf", digest="0" * 64, media="application/pdf", read=bytes
)  # fmt: skip


@pytest.mark.parametrize(
    ("sent_on", "evidence", "lacks"),
    [
        pytest.param(None, (NOTICE,), [NO_NOTICE], id="nothing was sent"),
        pytest.param(date(2026, 5, 4), (), [NO_PROOF], id="nothing proves it"),
        pytest.param(date(2026, 5, 4), (replace(NOTICE, item="C02"), NOTICE), [], id="sent and proven"),
    ],
)  # fmt: skip
def test_a_package_lacks_the_notice_or_its_proof(
    sent_on: date | None, evidence: tuple[EvidencePiece, ...], lacks: list[str]
) -> None:
    package = replace(PACKAGE, narrative="x", notice_sent_on=sent_on, evidence=evidence)
    assert list(package.gaps) == [Message(each) for each in lacks]


def test_the_paper_is_the_policyholders_unless_the_firm_acts_for_it() -> None:
    package = replace(PACKAGE, firm=Party(name="F"))
    assert package.letterhead.name == "S"
    assert replace(package, agent=True).letterhead.name == "F"


def said(package: ClaimPackage) -> list[str]:
    return [words("en").say(each) for each in draft(package)]


def test_what_is_known_is_told_in_its_order() -> None:
    known = (
        ("claim.goods", "bolts"),
        ("claim.terms", "60 days"),
        ("claim.reasons", "no cash"),
    )
    asked = FilledSection(Bilingual("", ""), tuple(field(*each) for each in known))
    package = replace(
        PACKAGE,
        form=FilledForm(Bilingual("", ""), (asked,)),
        notice_sent_on=date(2026, 5, 4),
    )
    assert said(package) == [
        "S sells bolts to B, payable within 60 days.",
        "From 2026-01-10 to 2026-01-20 we delivered for CNY 110.00 under 2 invoices: A, B.",
        "The oldest of them was due on 2026-03-11; on 2026-09-07 CNY 100.00 was not paid.",
        "Why it doesn't pay: no cash",
        "On 2026-05-04 we notified the insurer of the probable loss.",
        "The loss occurred on 2026-09-07 (Protracted default).",
        "By the policy we claim CNY 90.00.",
    ]


def test_what_nobody_knows_is_left_out() -> None:
    bare = replace(PACKAGE, invoices=(), amount=None)
    assert said(bare) == [
        "S sells to B on credit.",
        "The loss occurred on 2026-09-07 (Protracted default).",
    ]
