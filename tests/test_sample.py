"""The sample desk: sound on any day, the same every time, and never over something else."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.db.errors import DeskExists
from creditdesk.domain.base.identity import check_uscc
from creditdesk.sample import desk as sample
from creditdesk.sample.names import code
from creditdesk.workspace import open_desk


@pytest.mark.slow
def test_the_sample_is_sound_and_shows_every_stage(demo: Path, tmp_path: Path) -> None:
    today = date(2028, 2, 29)
    path = tmp_path / "sample.creditdesk"
    shutil.copyfile(demo / path.name, path)
    desk = open_desk(path)
    assert desk.upkeep.check().problems == ()
    prepared, paid = desk.claims.all()
    assert prepared.claimed
    assert paid.paid
    first, second = desk.claims.file(paid.id, today).recoveries
    assert (first.waits, second.waits) == (False, True)
    assert {"D19", "D23"} <= {line.code for line in desk.watch.open_duties()}
    assert len(desk.clients.all()) == 3
    states = {limit.state for limit in desk.policies.limits_now(today).values()}
    assert states >= {"APPROVED", "REFUSED", "CANCELLED"}
    assert desk.watch.open_duties()
    assert desk.ledger.open_lines() == 3
    assert sum(line.total.amount for line in desk.ledger.aged_balances()) == Decimal(
        "9850.50"
    )
    (red,) = desk.ledger.unassigned_credits()
    assert red.proposal is not None
    assert red.proposal.certain
    assert desk.watch.notices()
    assert desk.recount(today) == 0
    assert {line.currency for line in desk.clients.all()} == {"CNY", "USD"}
    desk.close()


def test_the_sample_is_never_built_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "sample.creditdesk"
    path.write_bytes(b"somebody's")
    with pytest.raises(DeskExists):
        sample.build(path, date(2026, 11, 23))
    assert path.read_bytes() == b"somebody's"


def test_invented_companies_have_codes_that_check() -> None:
    for number in (1, 101, 3016):
        assert check_uscc(code(number)).valid
