"""Contacts with insurers and brokers, their follow-ups, and limit requests nobody answered (rules.md 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.credit.contacts import ContactWay
from creditdesk.errors import UserError
from creditdesk.i18n import N_

SETTLED_DAYS = 14
"""After so many days an insurer is asked for its answer where its usual time isn't known: ten working days."""


class PartyKind(StrEnum):
    """With whom one spoke."""

    INSURER = "insurer"
    BROKER = "broker"


PARTY_TITLES: Mapping[PartyKind, str] = {
    PartyKind.INSURER: N_("Insurer"),
    PartyKind.BROKER: N_("Broker"),
}


class Course(StrEnum):
    """Who turned to whom."""

    OUT = "out"
    IN = "in"


COURSE_TITLES: Mapping[Course, str] = {Course.OUT: N_("from us"), Course.IN: N_("to us")}  # fmt: skip


class PartyMissing(UserError):
    """A contact with nobody."""

    message = N_("Say with which insurer or broker it was.")


class WordsMissing(UserError):
    """A contact without what was said."""

    message = N_("Say in a sentence what was said or written.")


class PaperOfNobody(UserError):
    """A file is kept with a client."""

    message = N_(
        "A file is kept with the client it is about. Choose the client, or keep the contact without the file."
    )


class FollowUpBefore(UserError):
    """A follow-up that was due before the contact."""

    message = N_("The answer can't be waited for until {day}, before the contact of {on}.")  # fmt: skip


class AnswerBefore(UserError):
    """An answer before the question."""

    message = N_("An answer can't have come on {day}, before the contact of {on}.")


class ContactInFuture(UserError):
    """Nobody spoke tomorrow."""

    message = N_("{on} is still to come. Enter a day that has been.")


class NothingWaitedFor(UserError):
    """Nothing was to follow, or it did."""

    message = N_("Contact {number} waits for nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPartyContact:
    """A contact as it is made.

    `client_id` None: it was about no client alone. `follow_on`: by when an answer is expected; None: none is.
    `document`: the letter or e-mail that is kept with it.
    """

    kind: PartyKind
    party: str
    way: ContactWay
    course: Course
    on: date
    said: str
    person: str = ""
    client_id: int | None = None
    policy_id: int | None = None
    buyer_id: int | None = None
    follow_on: date | None = None
    document: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyContact:
    """A kept contact.

    `digest`: SHA-256 of its file, empty without one. `answered_on` None: it waits still, or for nothing.
    """

    id: int
    kind: PartyKind
    party: str
    client_id: int | None
    client: str
    policy_id: int | None
    buyer_id: int | None
    buyer: str
    way: ContactWay
    course: Course
    on: date
    person: str
    said: str
    follow_on: date | None
    answered_on: date | None
    answer: str
    file_name: str
    media: str
    digest: str
    who: str
    voided: Voided | None = None

    @property
    def waits(self) -> bool:
        """Whether an answer is still expected."""
        return self.voided is None and self.follow_on is not None and self.answered_on is None  # fmt: skip

    def is_late(self, today: date) -> bool:
        """Whether the answer should have come."""
        return self.waits and self.follow_on is not None and self.follow_on < today


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLimit:
    """A limit that was asked for and not answered.

    `amount` None: a cancellation. `usual`: days the insurer usually takes; None: it answered none of ours yet.
    """

    client_id: int
    client: str
    policy_id: int
    policy: str
    insurer: str
    buyer_id: int
    buyer: str
    amount: Money | None
    asked_on: date
    usual: int | None
    asked_after: bool
    """Whether the insurer was asked since, and its answer is still expected."""

    def days(self, today: date) -> int:
        """How long it waits."""
        return (today - self.asked_on).days

    def is_slow(self, today: date) -> bool:
        """Whether it waits longer than the insurer usually takes, or than is settled, and nobody has asked."""
        after = SETTLED_DAYS if self.usual is None else min(self.usual, SETTLED_DAYS)
        return not self.asked_after and self.days(today) > after
