"""Sessions read what stands: rows that were voided as mistakes are left out of whatever is read.

The session itself does it, so that no statement can forget to; histories ask for them by `WITH_VOIDED`.
Statements in plain SQL see all rows: `tests/db/test_voids.py` lists those that name a table of these.
"""

from collections.abc import Mapping

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from creditdesk.models import Voidable

WITH_VOIDED: Mapping[str, bool] = {"with_voided": True}
"""Execution options of a statement that wants voided rows too."""
_STANDING = with_loader_criteria(
    Voidable, lambda table: table.voided_at.is_(None), include_aliases=True
)


def leave_out(session: Session) -> None:
    """From now on this session reads what stands."""
    event.listen(session, "do_orm_execute", _standing_only)


def _standing_only(state: ORMExecuteState) -> None:
    if state.is_select and not state.execution_options.get("with_voided"):
        state.statement = state.statement.options(_STANDING)
