import pytest

from creditdesk.catalog import checklists
from creditdesk.domain.claim.claims import CaseKind, Cause


def _codes(case: CaseKind) -> set[str]:
    return {
        item.code
        for item in checklists.standard().for_case(case)
        if item.mandatory(case)
    }


def test_the_standard_checklist_has_all_36_items_in_order() -> None:
    codes = [item.code for item in checklists.standard().items]
    assert codes == [f"C{number:02}" for number in range(1, 37)]


_ALWAYS = {"C01", "C02", "C03", "C04", "C05", "C07", "C08", "C14", "C16", "C17", "C33"}
_CHINA = {"C06", "C30", "C32", "C35"}


@pytest.mark.parametrize(
    ("case", "mandatory"),
    [
        pytest.param(
            CaseKind(cause=Cause.PROTRACTED_DEFAULT, export=False),
            _ALWAYS | _CHINA | {"C12", "C13"},
            id="default, domestic",
        ),
        pytest.param(
            CaseKind(cause=Cause.INSOLVENCY, export=False),
            _ALWAYS | _CHINA | {"C12", "C13", "C20", "C21"},
            id="insolvency, domestic",
        ),
        pytest.param(
            CaseKind(cause=Cause.PROTRACTED_DEFAULT, export=True, insurer_country="GB"),
            _ALWAYS | {"C09", "C10", "C11"},
            id="default, export, foreign insurer",
        ),
        pytest.param(
            CaseKind(
                cause=Cause.PROTRACTED_DEFAULT,
                export=True,
                payment_methods=frozenset({"DP"}),
            ),
            _ALWAYS | _CHINA | {"C09", "C10", "C11", "C23"},
            id="documents against payment make the collection papers mandatory",
        ),
        pytest.param(
            CaseKind(cause=Cause.REPUDIATION, export=True),
            _ALWAYS | _CHINA | {"C09", "C10", "C11", "C25", "C26"},
            id="repudiation, export",
        ),
        pytest.param(
            CaseKind(cause=Cause.POLITICAL, export=True),
            _ALWAYS | _CHINA | {"C09", "C10", "C11", "C27"},
            id="political, export",
        ),
    ],
)
def test_mandatory_items_follow_the_case(case: CaseKind, mandatory: set[str]) -> None:
    assert _codes(case) == mandatory  # rules.md 5.1


def test_papers_of_an_export_are_not_on_a_domestic_list() -> None:
    case = CaseKind(cause=Cause.PROTRACTED_DEFAULT, export=False)
    codes = {item.code for item in checklists.standard().for_case(case)}
    assert not codes & {"C09", "C10", "C11", "C20", "C25", "C27"}
