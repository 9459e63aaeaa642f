"""Says what came back of clients that were taken out."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from creditdesk.i18n import N_, Words

if TYPE_CHECKING:
    from creditdesk.services.trips import BroughtBack

_NOTHING_NEW = N_("Everything in this file was brought back before.")
_OTHERS = "others"
_KEYS: Mapping[str, str] = {
    "buyer": "buyers",
    "claim": "claims",
    "contact": "contacts",
    "credit_limit": "limits",
    "declaration": "declarations",
    "document": "evidence",
    "duty": "duties",
    "invoice": "documents",
    "notice": "notices",
    "payment": "payments",
    "policy": "policies",
    "task": "tasks",
}
_TITLES: Mapping[str, str] = {
    "documents": N_("Documents: {count}"),
    "payments": N_("Payments: {count}"),
    "buyers": N_("Buyers: {count}"),
    "policies": N_("Policies: {count}"),
    "limits": N_("Limits: {count}"),
    "notices": N_("Notices: {count}"),
    "declarations": N_("Declarations: {count}"),
    "claims": N_("Claims: {count}"),
    "duties": N_("Deadlines dealt with: {count}"),
    "contacts": N_("Contacts: {count}"),
    "tasks": N_("Tasks: {count}"),
    "evidence": N_("Kept files: {count}"),
    _OTHERS: N_("Other entries: {count}"),
}
_CONFLICT = N_("{id}: {what}: here {here}, there {there}")
_RENUMBERED = N_("Claim {old} is {new} here: its number was given to another claim.")
_QUESTIONS = N_(
    "Changed on both sides, and left as it is here until you say which counts: {count}"
)
_NOTHING = N_("Nothing was changed there.")


def taken(found: "BroughtBack") -> dict[str, int]:
    """What came back, by kind: new, changed and deleted entries."""
    counts: Counter[str] = Counter()
    for table, count in found.taken.items():
        counts[_KEYS.get(table, _OTHERS)] += count
    return {kind: counts[kind] for kind in _TITLES if counts[kind]}


def told_lines(found: "BroughtBack", words: Words) -> list[str]:
    """The same in words, with what is still asked."""
    if found.already and not found.conflicts:
        return [words(_NOTHING_NEW)]
    lines = [words(_TITLES[kind], count=count) for kind, count in taken(found).items()]
    lines += [words(_RENUMBERED, old=old, new=new) for old, new in found.renumbered]
    if found.conflicts:
        lines.append(words(_QUESTIONS, count=len(found.conflicts)))
    for each in found.conflicts:
        here, there = (words.say(told.said) for told in (each.here, each.there))
        lines.append(
            words(_CONFLICT, id=each.id, what=each.what, here=here, there=there)
        )
    return lines or [words(_NOTHING)]
