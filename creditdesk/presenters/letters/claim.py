"""A letter about a claim: its facts are the claim's, and what it needs and nobody knows is named."""

from collections.abc import Iterator, Sequence
from functools import partial

from creditdesk.catalog.claim_forms import facts
from creditdesk.catalog.letters import FACT_OF
from creditdesk.catalog.policies import template
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message, words
from creditdesk.presenters.claims.claim_wording import state_word
from creditdesk.presenters.letters.letter_draft import About, Aside, LetterDraft
from creditdesk.reports import claim_letter
from creditdesk.reports.letter import Fill
from creditdesk.services.claims.values import QuestionLine

_FORM = N_("{fact} (tab “Claim form” of the claim)")
_MISSING = {
    "amount": N_("the amount claimed (keep a calculation of the claim)"),
    "client_code": N_("the client's registration no. (page of the client)"),
    "owed": N_("an open amount on the invoices of the claim"),
    "filed_on": N_("the day the claim was filed (tab “Course” of the claim)"),
    "decided_on": N_("the insurer's decision and its day (tab “Course” of the claim)"),
    "decision": N_("the insurer's decision and its day (tab “Course” of the claim)"),
    "loss_payee": N_("the loss payee (schedule of the policy)"),
    "waiting": N_("a claim filed more than 30 days ago and undecided, or agreed more than 10 days ago and unpaid (tab “Course” of the claim)"),
}  # fmt: skip
"""What a letter may need that no form asks, and where it is entered."""


class LetterFactMissing(UserError):
    """Something a letter needs is not known: no letter has an empty place or a guess."""

    message = N_("“{letter}” can't be written yet. It needs: {missing}.")


class ClaimDraft(LetterDraft):
    """A letter of the claim; raises `LetterFactMissing` where a fact it needs is not known."""

    def __init__(self, about: About) -> None:
        super().__init__(about)
        file = about.the_claim
        desk, line = about.desk, file.line
        known = {
            **desk.particulars.of(Owner(of=Of.CLIENT, id=line.client_id)),
            **desk.particulars.of(Owner(of=Of.BUYER, id=line.buyer_id)),
            **desk.particulars.of(Owner(of=Of.CLAIM, id=line.id)),
        }
        insurer = template(about.the_policy.line.template)
        domestic = insurer.calendar == "CN" and not insurer.blank and not file.export
        self._facts = claim_letter.ClaimFacts(
            file=file,
            package=desk.claims.draft(line.id, about.today),
            policy=about.the_policy.line,
            known={place: known.get(key, "") for place, key in FACT_OF.items()},
            chinese_law=domestic,
            on=about.today,
            shows=about.letter.shows,
        )
        missing = tuple(dict.fromkeys(self._missing()))
        if missing:
            raise LetterFactMissing(letter=about.letter.name, missing=missing)

    @property
    def fill(self) -> Fill:
        """Parties, policy, claim and decision, with the tables the letter shows."""
        return partial(claim_letter.content, self._facts)

    @property
    def values(self) -> dict[str, str]:
        """What the claim keeps of the insurer's questions: the answers in their order, and what is still to come."""
        file = self.about.the_claim
        asked = [each for each in file.questions if each.voided is None]
        answered = [each for each in asked if each.answered_on is not None]
        waiting = [each.text for each in asked if each.answered_on is None]
        known = {
            "asked_on": max((each.asked_on for each in asked), default=None),
            "answers": "\n".join(
                self._answer(*each) for each in enumerate(answered, 1)
            ),
            "enclosed": self._papers(answered),
            "later": "\n".join(waiting),
        }
        fields = {field.key for field in self.about.letter.fields}
        return {
            key: str(value) for key, value in known.items() if value and key in fields
        }

    def _answer(self, number: int, question: QuestionLine) -> str:
        """One question with its answer; by a paper alone that is said."""
        say = self.about.say
        told = question.answer or say(N_("see the paper enclosed"))
        return say(
            N_("{number}. {question} Our answer: {answer}"),
            number=number,
            question=question.text,
            answer=told,
        )

    def _papers(self, answered: Sequence[QuestionLine]) -> str:
        """The papers that were given as answers, by their numbers in the list of answers."""
        say = self.about.say
        numbers = [
            str(number)
            for number, each in enumerate(answered, 1)
            if each.document_id is not None
        ]
        return (
            say(N_("papers to no. {numbers}"), numbers=tuple(numbers))
            if numbers
            else ""
        )

    @property
    def aside(self) -> Aside:
        """How far the claim is."""
        say, file = self.about.say, self.about.the_claim
        line = file.line
        shown = (
            (say(N_("Claim")), line.number),
            (say(N_("State")), state_word(line.state, say)),
            (say(N_("Amount claimed")), say.money(line.claimed) if line.claimed else ""),
            (say(N_("Indemnity paid")), say.money(line.paid) if line.paid else ""),
        )  # fmt: skip
        return Aside(facts=tuple(each for each in shown if each[1]))

    def _missing(self) -> Iterator[Message]:
        filled = self.fill(words(self.about.say.language)).places
        for place in sorted(self.about.letter.needs):
            if filled[place]:
                continue
            if place in FACT_OF:
                yield Message.of(_FORM, fact=facts()[FACT_OF[place]].label)
            else:
                yield Message(_MISSING[place])
