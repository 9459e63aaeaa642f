from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import (
    NEXT,
    CaseKind,
    Cause,
    ChecklistRow,
    ClaimState,
    ItemRule,
    ItemState,
    MadeBy,
    Need,
    completeness,
    state_of,
)
from creditdesk.domain.claim.readiness import ClaimFacts, Verdict, findings, ready
from creditdesk.i18n import Bilingual


def _row(code: str, state: ItemState, *, mandatory: bool = True) -> ChecklistRow:
    return ChecklistRow(
        code=code,
        title=Bilingual("单证", "Paper"),
        suppliers=(),
        mandatory=mandatory,
        state=state,
    )


def test_completeness_is_mandatory_present_of_mandatory_applicable() -> None:
    rows = [
        _row("C04", ItemState.PRESENT),
        _row("C07", ItemState.TO_BE_SEALED),
        _row("C08", ItemState.REQUESTED),
        _row("C12", ItemState.WAIVED),
        _row("C15", ItemState.MISSING, mandatory=False),
    ]
    found = completeness(rows)
    assert (found.present, found.applicable, found.missing) == (2, 3, ("C08",))
    assert found.percent == Decimal(66)


def test_a_hundred_percent_means_everything() -> None:
    rows = [_row(f"C{n}", ItemState.PRESENT) for n in range(299)]
    assert completeness([*rows, _row("C99", ItemState.MISSING)]).percent == Decimal(99)
    assert completeness(rows).percent == Decimal(100)
    assert completeness([]).percent is None


@pytest.mark.parametrize(
    ("made_by", "documents", "generated", "sent", "state"),
    [
        pytest.param(MadeBy.PROGRAM, 0, True, False, ItemState.PRESENT, id="C02 made"),
        pytest.param(MadeBy.PROGRAM, 0, False, True, ItemState.MISSING, id="C02 not"),
        pytest.param(MadeBy.NOTICE, 0, True, True, ItemState.PRESENT, id="C01 sent"),
        pytest.param(MadeBy.NOTICE, 0, True, False, ItemState.MISSING, id="C01 not"),
        pytest.param(MadeBy.FILES, 1, False, False, ItemState.PRESENT, id="a file"),
        pytest.param(MadeBy.FILES, 0, True, True, ItemState.MISSING, id="no file"),
    ],
)
def test_what_the_program_makes_or_sends_counts_without_a_file(
    made_by: MadeBy, documents: int, *, generated: bool, sent: bool, state: ItemState
) -> None:
    found = state_of(
        made_by,
        ItemState.MISSING,
        documents=documents,
        generated=generated,
        notice_sent=sent,
    )
    assert found is state


def test_an_item_whose_last_file_was_removed_is_missing_again() -> None:
    state = state_of(
        MadeBy.FILES,
        ItemState.PRESENT,
        documents=0,
        generated=False,
        notice_sent=False,
    )
    assert state is ItemState.MISSING


HOME = CaseKind(cause=Cause.PROTRACTED_DEFAULT, export=False)
ABROAD = CaseKind(cause=Cause.PROTRACTED_DEFAULT, export=True)
BY_DP = CaseKind(
    cause=Cause.PROTRACTED_DEFAULT, export=True, payment_methods=frozenset({"DP"})
)
BY_OA = CaseKind(
    cause=Cause.PROTRACTED_DEFAULT, export=True, payment_methods=frozenset({"OA"})
)


@pytest.mark.parametrize(
    ("need", "asked_by", "methods", "case", "applies", "mandatory"),
    [
        pytest.param(Need.ALWAYS, "", "", HOME, True, True, id="always"),
        pytest.param(Need.ALWAYS, "CN", "", HOME, True, True, id="an insurer of China asks"),
        pytest.param(Need.ALWAYS, "FR", "", HOME, True, False, id="only one of France asks"),
        pytest.param(Need.DOMESTIC, "", "", HOME, True, True, id="domestic, at home"),
        pytest.param(Need.DOMESTIC, "", "", ABROAD, False, False, id="domestic, abroad"),
        pytest.param(Need.EXPORT, "", "", ABROAD, True, True, id="export, abroad"),
        pytest.param(Need.EXPORT, "", "", HOME, False, False, id="export, at home"),
        pytest.param(Need.BEFORE_PAYMENT, "", "", HOME, True, False, id="before payment"),
        pytest.param(Need.CONDITIONAL, "", "", BY_DP, True, False, id="if there is one"),
        pytest.param(Need.CONDITIONAL, "", "DP", BY_DP, True, True, id="its way of payment"),
        pytest.param(Need.CONDITIONAL, "", "DP", BY_OA, False, False, id="another way of payment"),
        pytest.param(Need.CONDITIONAL, "", "DP", ABROAD, True, False, id="way of payment not known"),
        pytest.param(Need.ALWAYS, "", "DP", BY_OA, True, True, id="always, whatever the way of payment"),
    ],
)  # fmt: skip
def test_the_need_of_an_item_decides_whether_it_is_listed_and_whether_it_must_be_there(  # noqa: PLR0913 - the columns
    need: Need, asked_by: str, methods: str, case: CaseKind, *, applies: bool, mandatory: bool
) -> None:  # fmt: skip
    """rules.md 5.1, column M."""
    rule = ItemRule(
        code="C01",
        title=Bilingual("单证", "Paper"),
        why=Bilingual("", ""),
        suppliers=(),
        causes=frozenset({Cause.PROTRACTED_DEFAULT}),
        need=need,
        countries=frozenset(asked_by.split()),
        payment_methods=frozenset(methods.split()),
    )
    assert (rule.applies(case), rule.mandatory(case)) == (applies, mandatory)
    other = CaseKind(cause=Cause.INSOLVENCY, export=case.export)
    assert not rule.applies(other)
    assert not rule.mandatory(other)


def test_a_claim_may_be_withdrawn_until_it_is_paid() -> None:
    ended = {ClaimState.PAID, ClaimState.RECOVERY, ClaimState.CLOSED, ClaimState.WITHDRAWN}  # fmt: skip
    assert {each for each in NEXT if ClaimState.WITHDRAWN not in NEXT[each]} == ended
    assert ClaimState.COLLECTION in NEXT[ClaimState.NOTICE_SENT]
    assert ClaimState.WITHDRAWN in NEXT[ClaimState.FILED]
    assert ClaimState.WITHDRAWN not in NEXT[ClaimState.PAID]
    assert set(NEXT) == set(ClaimState)


def test_every_state_can_be_reached() -> None:
    reached = {ClaimState.WATCH}
    while more := {after for state in reached for after in NEXT[state]} - reached:
        reached |= more
    assert reached == set(ClaimState)


def test_an_unknown_fact_is_said_and_does_not_block() -> None:
    found = findings(ClaimFacts(today=date(2026, 9, 7)))
    assert len(found) == 10
    verdicts = {finding.code: finding.verdict for finding in found}
    assert verdicts["late_filing"] is Verdict.UNKNOWN
    assert verdicts["documents"] is Verdict.GOOD
    assert ready(found)


def test_what_only_a_calculation_knows_is_unknown_before_one() -> None:
    facts = ClaimFacts(
        today=date(2026, 9, 7),
        discretionary_unjustified=None,
        shipped_after_stop=None,
        undeclared=None,
        without_limit=None,
    )
    verdicts = {finding.code: finding.verdict for finding in findings(facts)}
    assert verdicts["limit_in_force"] is Verdict.UNKNOWN
    assert list(verdicts.values()).count(Verdict.GOOD) == 2


def test_each_refusal_reason_is_found() -> None:
    facts = ClaimFacts(
        today=date(2026, 9, 7),
        claim_by=date(2026, 9, 6),
        unproven_deliveries=("INV-1",),
        discretionary_unjustified=("INV-2",),
        shipped_after_stop=("INV-3",),
        undeclared=("INV-4",),
        disputed=(Money(Decimal(13000), "CNY"),),
        same_entity=False,
        stopped_since=date(2026, 5, 10),
        shipped_since=("INV-6",),
        without_limit=("INV-5",),
        missing_items=("C12",),
    )
    found = findings(facts)
    assert [finding.verdict for finding in found] == [Verdict.BAD] * 10
    assert not ready(found)
