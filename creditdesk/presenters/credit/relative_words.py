"""Related buyers in words, and what they owe together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import AgingFigures
from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import Relative

Owed = Mapping[str, AgingFigures]


@dataclass(frozen=True, slots=True)
class RelativeLine:
    """A related buyer: its number, its name, and why it is one with what it owes."""

    buyer: int
    name: str
    words: str


def relative_lines(
    found: Iterable[tuple[Relative, Owed]], say: Wording
) -> tuple[RelativeLine, ...]:
    """A line for each."""
    return tuple(
        RelativeLine(
            each.id,
            each.name,
            " · ".join((*map(say.message, each.why), *_owes(owed, say))),
        )
        for each, owed in found
    )


def _owes(owed: Owed, say: Wording) -> Iterator[str]:
    for each in owed.values():
        if each.outstanding:
            yield say(N_("owes {amount}"), amount=say.money(each.outstanding))


def outstanding_together(own: Owed, others: Iterable[Owed]) -> tuple[Money, ...]:
    """The sum of all accounts, one a currency; nothing where there are no others."""
    accounts = [own, *others]
    if len(accounts) == 1:
        return ()
    codes = dict.fromkeys(code for each in accounts for code in each)
    return tuple(
        Money.total((each[code].outstanding for each in accounts if code in each), code)
        for code in codes
    )
