from pathlib import Path

import pytest

from creditdesk import paths
from creditdesk.catalog import checklists, letters
from creditdesk.catalog.reading import CatalogError
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


def test_every_letter_can_be_filled_in_both_languages() -> None:
    for letter in letters.letters().values():
        places = {name: f"<{name}>" for name in letter.places}
        for text in (letter.in_language("zh"), letter.in_language("en")):
            filled = text.filled(places)
            assert "{" not in "".join((filled.title, *filled.paragraphs))


def test_a_letter_with_an_undeclared_place_is_refused_by_file_and_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "x.toml").write_text(
        'id = "x"\nplaces = []\ntitle = { zh = "{who}", en = "" }\n'
        'greeting = { zh = "", en = "" }\nclosing = { zh = "", en = "" }\nparagraph = []\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    with pytest.raises(CatalogError, match=r"x\.toml: places: who"):
        letters.letters.__wrapped__()
