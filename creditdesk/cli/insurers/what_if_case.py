"""Answers what `policy what-if` is asked (commands.md)."""

from creditdesk.cli.calc.case_json import case_json
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.case import Indemnity
from creditdesk.domain.insurers.what_if import (
    Exposure,
    ExposureDay,
    Indemnified,
    Replayed,
)


def answer(found: tuple[Replayed, ...]) -> list[dict[str, object]]:
    """Every policy, in the order given."""
    return [_replayed(each) for each in found]


def _replayed(found: Replayed) -> dict[str, object]:
    exposure = found.exposure
    return {
        "name": found.name,
        "own": found.is_own,
        "currency": found.currency,
        "premium": found.premium,
        "cost": found.cost,
        "refused": found.refused,
        **_exposure(exposure),
        "duties": {
            "due": found.duties.due,
            "late": found.duties.late,
            "at_stake": {each.currency: each for each in found.duties.at_stake},
        },
        "stops": [{"buyer": each.buyer, "on": each.on} for each in found.stops],
        "indemnities": [_indemnified(each) for each in found.indemnities],
        "indemnity": found.indemnity,
        "net": found.net,
        "net_of_cost": found.net_of_cost,
        "break_even_loss": found.break_even,
        "terms": found.terms,
        "assumptions": found.assumptions,
    }


def _exposure(found: Exposure) -> dict[str, object]:
    return {
        "covered_average": found.covered_average,
        "uncovered_average": found.uncovered_average,
        "uncovered_pct": found.uncovered_pct,
        "uncovered_peak": found.peak.uncovered,
        "uncovered_peak_on": found.peak.on if found.peak.uncovered else None,
        "course": [_day(each) for each in found.course],
        "not_converted": {each.currency: each for each in found.left_out},
    }


def _day(found: ExposureDay) -> dict[str, object]:
    return {"on": found.on, "covered": found.covered, "uncovered": found.uncovered}


def _indemnified(found: Indemnified) -> dict[str, object]:
    made = found.made
    return {
        "buyer": found.buyer,
        "amount": made.indemnity if made else None,
        "cause": found.cause.value,
        "date_of_loss": found.date_of_loss,
        "claim": found.claim or None,
        "refused": found.refused,
        **(_parts(found, made) if made else {}),
        "granted": found.granted,
        "case": case_json(found.case) if made else None,
    }


def _parts(found: Indemnified, made: Indemnity) -> dict[str, object]:
    """How the whole debt becomes the indemnity; the parts add up."""
    names = found.case.names
    return {
        "whole_debt": made.whole_debt,
        "not_insured": [
            {
                "invoice": names[row.id],
                "amount": row.residual - row.eligible,
                "reasons": row.reasons,
                "disputed": _if(row.held),
            }
            for row in found.not_insured
        ],
        "over_limit": made.eligible_debt - made.covered_loss,
        "covered_loss": made.covered_loss,
        "own_share": made.own_share,
    }


def _if(amount: Money) -> Money | None:
    return amount or None
