"""Looking back on claims: figures of the insurers, what was cut and why, and what comes again."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.domain.claim.claims import ClaimState, Decision
from creditdesk.i18n import Language
from creditdesk.presenters.claims.looking_back import LookingBackPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import ClaimId, Ruling, StepTaken
from creditdesk.workspace import Workspace


def cells(table: Any, row: int = 0) -> dict[str, str]:  # noqa: ANN401 - either table
    return {
        column.key: table.cell(row, place).text
        for place, column in enumerate(table.columns)
    }


@pytest.mark.parametrize(
    ("language", "decision", "why"),
    [
        ("en", "2025-09-09 reduced", "notice came late"),
        ("zh", "2025-09-09 减额赔付", "notice came late"),
    ],
)
def test_a_reduced_claim_says_when_and_why(
    workspace: Workspace, claim: ClaimId, language: Language, decision: str, why: str
) -> None:
    desk = workspace.desk
    desk.claims.advance(claim, StepTaken(state=ClaimState.FILED, on=date(2025, 9, 8)))
    ruling = Ruling(decision=Decision.REDUCED, reduction_pct=Decimal(20))
    step = StepTaken(state=ClaimState.DECIDED, on=date(2025, 9, 9), ruling=ruling, reason=why)  # fmt: skip
    desk.claims.advance(claim, step)
    presenter = LookingBackPresenter(workspace, Wording(language))
    presenter.reload()
    insurer = cells(presenter.insurers)
    assert (insurer["claims"], insurer["to_decide"], insurer["granted"]) == ("1", "1", "1/1")  # fmt: skip
    assert (insurer["to_file"], insurer["to_pay"]) == ("—", "—")
    line = cells(presenter.claims)
    assert line["why"].startswith(why)
    assert line["decided"].split()[-1] == decision.rsplit(maxsplit=1)[-1]
    assert (line["paid"], line["cut"]) == ("—", "—")
    number = desk.claims.all()[0].number
    assert presenter.claim_of(number) == claim
    assert presenter.claim_of("none such") is None
    assert presenter.again == []
