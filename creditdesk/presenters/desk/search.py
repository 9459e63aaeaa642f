"""The search field: buyers, clients, policies, claims, invoices and places, from whatever is typed: a name, a number, an amount."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.presenters.desk.help import named
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import Buyers, SearchHit

_KINDS = {
    "buyer": N_("Buyer"),
    "client": N_("Client"),
    "policy": N_("Policy"),
    "claim": N_("Claim"),
    "invoice": N_("Invoice"),
    "contact": N_("Contact"),
    "place": N_("Go to"),
    "help": N_("Help"),
}
_MOST_HELP = 3
_PAGES = {
    "buyer": ("buyer_file", "buyer"),
    "policy": ("policy_file", "policy"),
    "claim": ("claim_file", "claim"),
    "invoice": ("receivables", "invoice"),
    "client": ("receivables", "client"),
    "contact": ("relations", "contact"),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to open: where, and which record."""

    kind: str
    title: str
    detail: str
    place: str
    where: dict[str, object]


class SearchPresenter:
    """What the search field offers."""

    def __init__(
        self, buyers: Buyers, wording: Wording, places: Sequence[tuple[str, str]]
    ) -> None:
        self._buyers = buyers
        self._wording = wording
        self._places = places
        self.found: tuple[Suggestion, ...] = ()
        self.changed: Event[None] = Event()

    def ask(self, text: str) -> None:
        """Look for what was typed."""
        asked = text.strip()
        self.found = (
            (*self._matching_places(asked), *self._records(asked), *self._help(asked))
            if asked
            else ()
        )
        self.changed.emit(None)

    def kind(self, suggestion: Suggestion) -> str:
        """The kind of a suggestion, in words."""
        return self._wording(_KINDS[suggestion.kind])

    def _matching_places(self, asked: str) -> tuple[Suggestion, ...]:
        return tuple(
            Suggestion("place", self._wording(title), "", place, {})
            for place, title in self._places
            if asked.casefold() in self._wording(title).casefold()
        )

    def _help(self, asked: str) -> Iterator[Suggestion]:
        for each in islice(named(asked, self._wording), _MOST_HELP):
            yield Suggestion("help", each.title, each.aside, "help", {"chosen": each.key})  # fmt: skip

    def _records(self, asked: str) -> tuple[Suggestion, ...]:
        return tuple(
            Suggestion(
                each.kind,
                self._wording.name(each.title),
                self._detail(each),
                _PAGES[each.kind][0],
                {_PAGES[each.kind][1]: each.id},
            )
            for each in self._buyers.search(asked)
        )

    def _detail(self, hit: SearchHit) -> str:
        """To whom it belongs; of a document found by an amount, that and what is open of it."""
        whole, left = (*map(self._wording.money, hit.amounts), "", "")[:2]
        if left:
            whole = self._wording(
                N_("{amount}, {open} of it open"), amount=whole, open=left
            )
        return "  ·  ".join(filter(None, (hit.detail, whole)))
