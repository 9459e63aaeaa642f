"""The firm's own items on a claim's checklist, without Qt: adding, taking those on offer, withdrawing."""

from collections.abc import Callable
from enum import StrEnum

from creditdesk.domain.claim.claims import CAUSE_TITLES, SUPPLIER_TITLES, Supplier
from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import Option
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import AdditionLine, ClaimId, ClaimLine, NewAddition
from creditdesk.services.policies import PolicyId
from creditdesk.workspace import Desk


class Reach(StrEnum):
    """For which claims an item is."""

    CLAIM = "claim"
    CAUSE = "cause"
    INSURER = "insurer"
    ALL = "all"


class OwnItems:
    """Those of one claim; its page draws itself anew after each change."""

    def __init__(self, desk: Desk, claim_id: ClaimId, wording: Wording) -> None:
        self._claims, self._policies = desk.claims, desk.policies
        self._do: Callable[[Callable[[], None]], None] = desk.do
        self._claim, self._wording = claim_id, wording
        self._line: ClaimLine | None = None
        self._offered: tuple[AdditionLine, ...] = ()

    def show(self, line: ClaimLine) -> None:
        """The claim as it is now."""
        self._line = line
        self._offered = self._claims.offered_items(self._claim)

    @property
    def offer(self) -> str:
        """What the button says that puts items on the checklist; empty where there are none."""
        count = len(self._offered)
        if not count:
            return ""
        one, many = N_("Take {count} own item"), N_("Take {count} own items")
        return self._wording.plural(one, many, count)

    @property
    def offered(self) -> str:
        """Which they are, one a line."""
        language = self._wording.language
        return "\n".join(
            f"{each.code}  {each.title.in_language(language)}" for each in self._offered
        )

    def take(self) -> None:
        """Put them on the checklist."""
        self._claims.take_items(self._claim)

    @property
    def suppliers(self) -> tuple[Option, ...]:
        """Who may supply one."""
        return tuple(Option(each, self._wording(SUPPLIER_TITLES[each])) for each in Supplier)  # fmt: skip

    @property
    def reaches(self) -> tuple[Option, ...]:
        """For which claims one may be."""
        say = self._wording
        cause = say(CAUSE_TITLES[self._line.cause]) if self._line else ""
        return (
            Option(Reach.CLAIM, say(N_("this claim only"))),
            Option(Reach.CAUSE, say(N_("all claims: {cause}"), cause=cause)),
            Option(Reach.INSURER, say(N_("all claims on {insurer}"), insurer=self._insurer)),
            Option(Reach.ALL, say(N_("all claims"))),
        )  # fmt: skip

    def add(
        self, title: str, why: str, supplier: str, reach: str, *, mandatory: bool
    ) -> None:
        """Keep an item, and put it on this claim's checklist as well. Raises `AdditionEmpty`."""
        line = self._line
        new = NewAddition(
            title=title,
            why=why,
            suppliers=(Supplier(supplier),),
            mandatory=mandatory,
            claim_id=self._claim if reach == Reach.CLAIM else None,
            cause=line.cause if line and reach == Reach.CAUSE else None,
            insurer=self._insurer if reach == Reach.INSURER else "",
        )

        def keep() -> None:
            self._claims.add_item(new)
            self.take()

        self._do(keep)

    def withdraw(self, number: int, why: str) -> None:
        """An item of our own isn't asked for any more."""
        self._claims.void_item(number, why)

    @property
    def _insurer(self) -> str:
        if self._line is None:
            return ""
        line = self._line
        return self._policies.file(PolicyId(line.policy_id), line.date_of_loss).line.insurer  # fmt: skip
