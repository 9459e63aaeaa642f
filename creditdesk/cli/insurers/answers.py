"""What the commands about insurers answer."""

from collections.abc import Iterable

from creditdesk.cli.session import Terminal
from creditdesk.domain.claim.closing import Cycle
from creditdesk.domain.insurers.files import EntryLine, InsurerFile
from creditdesk.domain.insurers.kept_quotes import QuoteLine
from creditdesk.domain.insurers.quotes import GATE_TITLES, Comparison
from creditdesk.i18n import N_, Message


def head(found: InsurerFile) -> dict[str, object]:
    """An insurer in a list."""
    service = found.service
    return {
        "name": found.name,
        "gate": found.gate.value,
        "wording_points": found.points,
        "limits_answered": service.answered,
        "limits_in_full": service.in_full,
        "limits_waiting": service.waiting,
        "days_to_answer": service.days,
        "accepted": [
            {
                "currency": asked.currency,
                "requested": asked.plain,
                "approved": got.plain,
            }
            for asked, got in service.accepted
        ],
        "insured": [
            {"currency": sold.currency, "shipped": sold.plain, "insured": got.plain}
            for sold, got in service.insured
        ],
    }


def whole(found: InsurerFile, cycles: Iterable[Cycle], call: Terminal) -> dict[str, object]:  # fmt: skip
    """One insurer with everything that is kept of it."""
    return {
        **head(found),
        "reasons": [
            {"reason": call.words.say(reason), "count": count}
            for reason, count in found.service.reasons
        ],
        "claims": [
            {
                "claims": each.claims,
                "days_to_file": each.to_file,
                "days_to_decide": each.to_decide,
                "days_to_pay": each.to_pay,
                "granted": each.granted,
                "decided": each.decided,
            }
            for each in cycles
        ],
        "entries": [_entry(each) for each in found.entries],
    }


def _entry(line: EntryLine) -> dict[str, object]:
    return {
        "id": line.id,
        "kind": line.kind.value,
        "as_of": line.as_of,
        "values": dict(line.values),
        "note": line.note,
        "who": line.who,
        "voided": line.voided.why if line.voided else None,
    }


def quote(line: QuoteLine) -> dict[str, object]:
    """A kept quote."""
    return {
        "id": line.id,
        "insurer": line.insurer,
        "on": line.on,
        "turnover": line.turnover,
        "voided": line.voided.why if line.voided else None,
    }


def line(found: InsurerFile, call: Terminal) -> str:
    """An insurer for people."""
    say, nothing = call.words, Message(N_("not known"))
    return say(
        N_("{name}: solvency {gate}, {full} of {answered} limits in full, {days} days to answer"),
        name=found.name,
        gate=Message(GATE_TITLES[found.gate]),
        full=found.service.in_full,
        answered=found.service.answered,
        days=nothing if found.service.days is None else found.service.days,
    )  # fmt: skip


def compared(found: Comparison, call: Terminal) -> list[str]:
    """Quotes side by side, for people."""
    say = call.words
    nothing = Message(N_("not known"))
    return [
        say(
            N_("{name}: {cost}, {bps} bps, score {score}"),
            name=say.name(line.quote.name),
            cost=line.total_cost or nothing,
            bps=line.bps if line.bps is not None else nothing,
            score=line.score if line.score is not None else nothing,
        )
        for line in found.quotes
    ]
