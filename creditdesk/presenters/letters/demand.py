"""What is late of a buyer, for the buyer itself: reminders in three tones and the final demand."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import ClassVar

from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.ledger.chasing import (
    InterestAsked,
    InterestRateMissing,
    InterestUnassigned,
    StatutoryNotOwed,
)
from creditdesk.domain.ledger.interest import at_least_lpr
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.letters.letter_draft import About, Aside, LetterDraft, Record
from creditdesk.presenters.parts.form import Answers, FormField, Option
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.reports import reminder
from creditdesk.reports.letter import Fill
from creditdesk.reports.reminder import Demanded

_ALLOWED = timedelta(days=7)
"""What the day to pay by is at first, from today; a person changes it."""
INTEREST_WORDS = {
    InterestAsked.NONE: N_("none"),
    InterestAsked.AGREED: N_("as agreed"),
    InterestAsked.STATUTORY: N_("statutory, 0.05 % a day"),
}


def first_values(today: date) -> dict[str, str]:
    """What stands in the fields at first: no interest, and a week to pay."""
    until = today + _ALLOWED
    return {"interest": InterestAsked.NONE.value, "until": until.isoformat()}


class DemandDraft(LetterDraft):
    """Everything of the buyer that is late today; raises what `Reminder.refusal` says."""

    blame: ClassVar[Mapping[type[UserError], str]] = {
        InterestRateMissing: "rate",
        InterestUnassigned: "interest",
        StatutoryNotOwed: "interest",
    }

    def __init__(self, about: About) -> None:
        super().__init__(about)
        desk, buyer = about.desk, about.the_buyer
        found = desk.ledger.reminder(buyer.id, about.today)
        refused = found.refusal()
        if refused is not None:
            raise refused
        owner = Owner(of=Of.CLIENT, id=buyer.client_id)
        self._asked = Demanded(found, known=desk.particulars.of(owner))

    @property
    def fill(self) -> Fill:
        """The table of what is late, and its sums."""
        return partial(reminder.content, self._asked)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Whether interest is demanded, and the letter's own."""
        say = self.about.say
        kinds = tuple(
            Option(each.value, say(words)) for each, words in INTEREST_WORDS.items()
        )
        return (
            FormField(key="interest", label=say(N_("Interest")), kind=FieldKind.CHOICE, options=kinds),
            FormField(key="rate", label=say(N_("Agreed rate")), kind=FieldKind.PERCENT, unit=say(N_("% a year"))),
            FormField(
                key="lpr", label=say(N_("One-year LPR")), kind=FieldKind.PERCENT, unit=say(N_("% a year")),
                hint=say(N_("of the contract's day: the least that Decree 802 allows")),
            ),
            *super().fields,
        )  # fmt: skip

    @property
    def values(self) -> dict[str, str]:
        """No interest, and a week to pay."""
        return first_values(self.about.today)

    def take(self, answers: Answers) -> None:
        """Raises what stands against the interest."""
        super().take(answers)
        kind = InterestAsked(answers.text("interest") or InterestAsked.NONE)
        told = answers.amount("rate")
        pct: Decimal | None = told if kind is InterestAsked.AGREED else None
        if pct is not None and self._asked.found.is_protected:
            pct = at_least_lpr(pct, answers.amount("lpr"))
        asked = Demanded(self._asked.found, kind, pct, self._asked.known)
        asked.found.with_interest(kind, pct)
        self._asked = asked

    @property
    def aside(self) -> Aside:
        """What is demanded, what isn't and why, and whether the decree for smaller enterprises applies."""
        say, found = self.about.say, self._asked.found
        facts = [(say(N_("To be paid")), say.moneys(found.total))]
        for title, amounts in (
            (say(N_("Disputed, or bill held by others")), found.left_out),
            (say(N_("Received, not assigned yet")), found.unassigned),
            (say(N_("Due date open")), found.due_open),
        ):
            if amounts:
                facts.append((title, say.moneys(amounts)))
        if found.is_protected is None:
            facts.append((say(N_("Decree 802")), say(N_("size classes not entered"))))
        elif found.over_long:
            names = say.list(say.name(each.name or each.number) for each in found.over_long)  # fmt: skip
            facts.append((say(N_("Terms over 60 days")), names))
        count = say.plural(N_("{count} item late"), N_("{count} items late"), len(found.demands))  # fmt: skip
        return Aside(facts=tuple(facts), remark=count)

    @property
    def record(self) -> Record | None:
        """That a demand was served, from which the limitation begins anew; a reminder isn't recorded."""
        kept = self.about.letter.sent
        return self.event(BuyerEventKind(kept.code)) if kept else None
