"""What documents are called and which a reference means: parts, and numbers used anew. rules.md 14.2, 14.3."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from creditdesk.domain.ledger.documents import SEVERAL
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.i18n import N_, Message

Key = TypeVar("Key", bound=Hashable)
Day = TypeVar("Day", date, str)
"""A date, or its ISO text: they are only compared."""


Name = str | Message
"""What people call a document: its number, with a part said in words."""

_DEPOSIT = "deposit:"
"""How the key of a deposit begins."""


class NumberedDocument(NamedTuple, Generic[Key, Day]):
    """An invoice as references find it: `number` is its own name, `doc_no` what several share; empty: nothing."""

    key: Key
    buyer: int
    number: str
    doc_no: str
    issued: Day
    due: Day | None
    part: int


class Names(Generic[Key, Day]):
    """The numbers that several documents of a buyer share."""

    def __init__(self, documents: Iterable[NumberedDocument[Key, Day]]) -> None:
        known = list(documents)
        shared = {(each.buyer, each.doc_no) for each in known if each.doc_no}
        self._groups: defaultdict[tuple[int, str], list[NumberedDocument[Key, Day]]] = (
            defaultdict(list)
        )
        for each in known if shared else ():
            name = each.buyer, each.doc_no or each.number
            if name in shared:
                self._groups[name].append(each)

    def several(self, buyer: int, number: str, on: Day) -> tuple[Key, ...]:
        """The documents a reference of a day means, in the order they are paid; empty: no number is shared like this.

        The newest document up to that day comes first, since the one before it was paid when it was numbered anew; its
        parts follow in the order of their due dates.
        """
        group = self._groups.get((buyer, number))
        if group is None:
            return ()
        in_order = sorted(group, key=_by_part)
        before: list[NumberedDocument[Key, Day]] = sorted(
            (each for each in in_order if each.issued <= on),
            key=attrgetter("issued"),
            reverse=True,
        )
        later: list[NumberedDocument[Key, Day]] = sorted(
            (each for each in in_order if each.issued > on), key=attrgetter("issued")
        )
        return tuple(each.key for each in (*before, *later))


def part_name(number: str, part: int, part_kind: str) -> Message | None:
    """What people call a part of a document, by its own `number` in the desk; None: a whole, called by its number.

    One whose number was used anew has its date in it.
    """
    if not part:
        return None
    paper = number.removesuffix(f" #{part}")
    if part_kind == PartKind.RETENTION.value:
        return Message.of(N_("{number} · retention"), number=paper)
    return Message.of(N_("{number} · part {part}"), number=paper, part=part)


def document_name(number: str, part: int, part_kind: str) -> Name:
    """What people call a document, whole or part."""
    return part_name(number, part, part_kind) or number


def references(against: str) -> tuple[str, ...]:
    """The numbers a payment or credit note names, in order."""
    return tuple(filter(None, against.split(SEVERAL)))


def paid_names(
    name: Callable[[str], Message | None], payment_key: str, against: str
) -> Name:
    """What a payment pays, in people's words; `name` tells parts by their own numbers. Empty: it names nothing.

    A number that names a paper, and no document of its own, means all its parts and stays as it is.
    """
    own = is_exact(payment_key)
    told = tuple((name(each) if own else None) or each for each in references(against))
    if len(told) == 1:
        return told[0]
    return Message.of("{numbers}", numbers=told) if told else ""


def is_exact(payment_key: str) -> bool:
    """Whether what a payment names is one document's own name: its own row tells of it, or a person chose it."""
    return not payment_key.startswith(("receipt:", _DEPOSIT))


def is_deposit(payment_key: str) -> bool:
    """Whether a payment is a deposit: it belongs to what it names under every rule. rules.md 4.3."""
    return payment_key.startswith(_DEPOSIT)


def _by_part(each: NumberedDocument[Key, Day]) -> tuple[bool, str, int]:
    return each.due is None, str(each.due or ""), each.part
