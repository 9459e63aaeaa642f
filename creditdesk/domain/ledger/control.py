"""The control account held against the ledger: what may lie between the two, and what exactly does. rules.md 11.6."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from creditdesk.domain.base.money import Money


class Cause(StrEnum):
    """Why the books may show something else than the ledger."""

    REFUSED = "refused"
    SKIPPED = "skipped"
    TAKEN_BACK = "taken_back"
    LATER_DOCUMENTS = "later_documents"
    LATER_PAYMENTS = "later_payments"
    LATER_REDUCTIONS = "later_reductions"
    BANK_LINES = "bank_lines"
    UNAPPLIED = "unapplied"
    CREDIT_NOTES = "credit_notes"
    AGED_ONLY = "aged_only"
    WITHOUT_DUE_DATE = "without_due_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Something between the books and the ledger.

    `effect`: what the books have more if they see it the other way; None: no figure is known, or it has no effect on
    the balance. `name`: what it is called; `batch`, `row`, `buyer_id`: where it is found. `count`: how many it stands
    for.
    """

    cause: Cause
    effect: Money | None
    name: str = ""
    buyer_id: int | None = None
    batch: int | None = None
    row: int | None = None
    count: int = 1


def explaining(difference: Money, rows: Sequence[Explanation]) -> frozenset[int]:
    """The places of the rows that make the difference exactly; none where nothing does, or nothing differs.

    Whole causes go first, as few as do it; then one row alone, then two together.
    """
    if not difference:
        return frozenset()
    places = [place for place, row in enumerate(rows) if row.effect]
    return (
        _whole_causes(difference.fine, places, rows)
        or _one(difference.fine, places, rows)
        or _two(difference.fine, places, rows)
    )


def _whole_causes(
    wanted: int, places: Sequence[int], rows: Sequence[Explanation]
) -> frozenset[int]:
    causes = list(dict.fromkeys(rows[place].cause for place in places))
    sums = {
        cause: sum(_fine(rows[place]) for place in places if rows[place].cause is cause)
        for cause in causes
    }
    for size in range(1, len(causes) + 1):
        for chosen in combinations(causes, size):
            if sum(sums[cause] for cause in chosen) == wanted:
                return frozenset(
                    place for place in places if rows[place].cause in chosen
                )
    return frozenset()


def _one(
    wanted: int, places: Sequence[int], rows: Sequence[Explanation]
) -> frozenset[int]:
    return frozenset(
        next(([place] for place in places if _fine(rows[place]) == wanted), [])
    )


def _two(
    wanted: int, places: Sequence[int], rows: Sequence[Explanation]
) -> frozenset[int]:
    seen: dict[int, int] = {}
    for place in places:
        fine = _fine(rows[place])
        if wanted - fine in seen:
            return frozenset((seen[wanted - fine], place))
        seen.setdefault(fine, place)
    return frozenset()


def _fine(row: Explanation) -> int:
    return row.effect.fine if row.effect else 0
