"""A letter about somebody, from its file to paper: what page and command line have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Self

from creditdesk.catalog.letters import Letter, Start, To
from creditdesk.catalog.policies import template
from creditdesk.domain.base.own_words import read_own_words, words_for
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.duties.notice import NoticeInvoice
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language, Message, Words, words
from creditdesk.jobs import Progress
from creditdesk.paper.page import SealPlace
from creditdesk.presenters.parts.form import AnswerMissing, Answers, FormField
from creditdesk.presenters.parts.printing import unprintable_remarks
from creditdesk.presenters.parts.table import Cell
from creditdesk.presenters.parts.typed import Answer, FieldKind, read, tidy
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import account_letter
from creditdesk.reports import letter as paper
from creditdesk.reports.letter import Content, Dress, Fill
from creditdesk.services.buyers import BuyerFile, BuyerId
from creditdesk.services.claims import ClaimFile, ClaimId
from creditdesk.services.policies import PolicyFile, PolicyId
from creditdesk.services.upkeep import LETTER_SEAL, OWN_WORDS
from creditdesk.services.watch import NewEvent
from creditdesk.services.watch.values import SentInFuture
from creditdesk.workspace import Desk

Record = Callable[[date, str, int | None], int]
"""Keeps that a letter went out: on this day, by this way, proven by the kept paper of this number."""


class LetterWithoutPolicy(UserError):
    """A letter under a policy, and none is named."""

    message = N_("“{letter}” is written under a policy. Choose the policy.")


class LetterWithoutBuyer(UserError):
    """A letter about a buyer, and none is named."""

    message = N_("“{letter}” is about one buyer. Choose the buyer.")


class LetterWithoutClaim(UserError):
    """A letter about a claim, and none is named."""

    message = N_("“{letter}” is about a claim. Choose the claim.")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which letter, on which day, about whom. None: about no policy, no buyer, or no claim.

    A claim says policy and buyer itself.
    """

    desk: Desk
    letter: Letter
    today: date
    say: Wording
    policy: PolicyFile | None
    buyer: BuyerFile | None
    claim: ClaimFile | None = None

    @classmethod
    def of(  # noqa: PLR0913 - which letter, about whom, when
        cls,
        desk: Desk,
        letter: Letter,
        today: date,
        say: Wording,
        *,
        policy: int | None,
        buyer: int | None,
        claim: int | None = None,
    ) -> Self:
        """The same, read from the desk."""
        file = desk.claims.file(ClaimId(claim), today) if claim else None
        if file is not None:
            policy, buyer = file.line.policy_id, file.line.buyer_id
        return cls(
            desk=desk,
            letter=letter,
            today=today,
            say=say,
            policy=desk.policies.file(PolicyId(policy), today) if policy else None,
            buyer=desk.buyers.file(BuyerId(buyer)) if buyer else None,
            claim=file,
        )

    def check(self) -> None:
        """Raises where the letter needs a claim, a policy or a buyer and none is named."""
        if self.letter.start is Start.CLAIM:
            _ = self.the_claim
        if self.letter.needs_policy and self.policy is None:
            raise LetterWithoutPolicy(letter=self.letter.name)
        if self.letter.needs_buyer and self.buyer is None:
            raise LetterWithoutBuyer(letter=self.letter.name)

    @property
    def language(self) -> Language:
        """The insurer's for letters to it; the buyer's country tells that of letters to a buyer."""
        if self.letter.to is To.INSURER and self.policy:
            return template(self.policy.line.template).language
        return spoken_in(self.buyer.card.country if self.buyer else "")

    @property
    def the_policy(self) -> PolicyFile:
        """The policy; raises `LetterWithoutPolicy`."""
        if self.policy is None:
            raise LetterWithoutPolicy(letter=self.letter.name)
        return self.policy

    @property
    def the_claim(self) -> ClaimFile:
        """The claim; raises `LetterWithoutClaim`."""
        if self.claim is None:
            raise LetterWithoutClaim(letter=self.letter.name)
        return self.claim

    @property
    def the_buyer(self) -> BuyerFile:
        """The buyer; raises `LetterWithoutBuyer`."""
        if self.buyer is None:
            raise LetterWithoutBuyer(letter=self.letter.name)
        return self.buyer


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What a page shows beside the paper. `remark` stands in its head; `deadline` None: no such letter has one."""

    remark: str = ""
    deadline: Cell | None = None
    facts: tuple[tuple[str, str], ...] = ()
    invoices: tuple[NoticeInvoice, ...] = ()
    sums: str = ""


class LetterFieldUnknown(UserError):
    """Nothing of this name is typed for the letter."""

    message = N_("“{letter}” has no field {name}. It has: {names}.")


class LetterChoiceUnknown(UserError):
    """A field with options was given another."""

    message = N_("{field}: there is no “{text}”. There are: {options}.")


class LetterDraft:
    """One letter before it is written; making it raises a `UserError` where there is nothing to write.

    What stands here is what a letter has that only needs words: parties, policy, and the buyer's account.
    """

    blame: ClassVar[Mapping[type[UserError], str]] = {}
    """Under which field a refusal of what was typed belongs."""
    in_future: ClassVar[type[UserError]] = SentInFuture
    """How a day of sending that is still to come is refused."""

    def __init__(self, about: About) -> None:
        about.check()
        self.about = about
        self.number = ""
        self._typed = dict.fromkeys((field.key for field in about.letter.fields), "")

    @property
    def fill(self) -> Fill:
        """What fills the letter, with what was typed."""
        about = self.about

        def content(say: Words) -> Content:
            ledger, buyer = about.desk.ledger, about.buyer
            owed = ledger.confirmation(buyer.id, about.today) if buyer else None
            line = about.policy.line if about.policy else None
            return account_letter.content(owed, line, about.today, say)

        return content

    @property
    def fields(self) -> tuple[FormField, ...]:
        """What is typed: the letter's own fields."""
        language = self.about.say.language
        return tuple(
            FormField(
                key=field.key,
                label=field.label.in_language(language),
                kind=FieldKind(field.kind),
                required=field.required,
                hint=field.hint.in_language(language) if field.hint else "",
            )
            for field in self.about.letter.fields
        )

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields at first."""
        return {}

    def take(self, answers: Answers) -> None:
        """Put what was typed into the letter; raises a `UserError` for what makes no sense."""
        self._typed = {
            field.key: tidy(FieldKind(field.kind), answers.text(field.key))
            for field in self.about.letter.fields
        }

    def take_texts(self, texts: Mapping[str, str]) -> None:
        """The same from texts by field, over what stands there at first; raises also for what can't be read."""
        names = tuple(field.key for field in self.fields)
        for name in texts:
            if name not in names:
                raise LetterFieldUnknown(letter=self.about.letter.name, name=name, names=names)  # fmt: skip
        given = {**self.values, **texts}
        self.take(Answers({field.key: _read(field, given.get(field.key, "")) for field in self.fields}))  # fmt: skip

    def places(self, language: Language) -> dict[str, str]:
        """What fills the places of its texts."""
        filled = {**self._typed, **self.fill(words(language)).places}
        return {name: filled[name] for name in sorted(self.about.letter.places)}

    def remarks(self, language: Language) -> tuple[Message, ...]:
        """What of it can't be printed."""
        return unprintable_remarks(*self.places(language).values(), *self.own_words)

    def writing(self, path: Path, language: Language) -> Callable[[Progress], Path]:
        """The job: write it as it is now."""
        fill, typed, dress = self.fill, dict(self._typed), self.dress
        text = self.about.letter.in_language(language).with_more(self.own_words)

        def job(progress: Progress) -> Path:
            paper.write(fill, text, path, language, progress, typed, dress)
            return path

        return job

    @property
    def dress(self) -> Dress:
        """Its number, and where the firm has letters sealed."""
        kept = self.about.desk.upkeep.settings().get(LETTER_SEAL, "")
        seal = SealPlace(kept) if kept in set(SealPlace) else SealPlace.LEFT
        return Dress(number=self.number, seal=seal)

    def give_number(self) -> str:
        """Give it the number it goes out under; empty: the firm's letters have none. It keeps the one it has."""
        about = self.about
        client = about.policy.line.client_id if about.policy else about.buyer.client_id if about.buyer else None  # fmt: skip
        if not self.number and client is not None:
            to = about.buyer.card.name if about.buyer else ""
            self.number = about.desk.letter_numbers.give(client, about.today, self.letter_name, to)  # fmt: skip
        return self.number

    @property
    def letter_name(self) -> str:
        """What it is called in the window's language."""
        return self.about.letter.name.in_language(self.about.say.language)

    @property
    def own_words(self) -> tuple[str, ...]:
        """The firm's own sentences for this client, and for the insurer where it is written to."""
        about, policy = self.about, self.about.policy
        client = policy.line.client if policy else about.buyer.client if about.buyer else ""  # fmt: skip
        insurer = policy.line.insurer if policy and about.letter.to is To.INSURER else ""  # fmt: skip
        kept = about.desk.upkeep.settings().get(OWN_WORDS, "")
        return words_for({client, insurer}, read_own_words(kept))

    @property
    def aside(self) -> Aside:
        """What the page shows beside the paper."""
        return Aside()

    def event(self, kind: BuyerEventKind) -> Record:
        """Keeps that it went out as an event of the buyer."""
        about = self.about

        def record(on: date, way: str, receipt: int | None) -> int:
            told = NewEvent(
                buyer_id=about.the_buyer.id,
                kind=kind,
                happened_on=on,
                known_on=on,
                note=way,
                document=receipt,
            )
            return about.desk.watch.report(told, about.today)

        return record

    @property
    def record(self) -> Record | None:
        """Keeps that it went out as it is now; None: nothing is kept of it."""
        return None


def spoken_in(country: str) -> Language:
    """The language a buyer of this country is written to in; empty: at home."""
    return "zh" if country in {"", "CN"} else "en"


def _read(field: FormField, text: str) -> Answer:
    options = tuple(each.value for each in field.options)
    if options and text not in options:
        raise LetterChoiceUnknown(field=field.label, text=text, options=options)
    if field.required and not text.strip():
        raise AnswerMissing(field=field.label)
    return read(field.kind, text)
