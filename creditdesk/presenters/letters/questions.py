"""What the contract review wants asked of the insurer about a policy."""

from creditdesk.domain.policy.contract_review import (
    InsurerQuestion,
    InsurerQuestions,
    ReviewedItem,
)
from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.domain.policy.terms import ValueStanding
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language, Words
from creditdesk.presenters.letters.letter_draft import About, Aside, LetterDraft
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.schedule import words_of
from creditdesk.reports import insurer_questions
from creditdesk.reports.letter import Content, Fill


class NothingToAsk(UserError):
    """No question was marked for the insurer."""

    message = N_("Nothing is to be asked yet. Mark the questions of the contract review for the insurer.")  # fmt: skip


class QuestionDraft(LetterDraft):
    """The questions that are to be asked; raises `NothingToAsk`."""

    def __init__(self, about: About) -> None:
        super().__init__(about)
        self._policy = about.the_policy
        review = about.desk.policies.contract_review(self._policy.line.id, about.today)
        self._asked = review.to_ask
        if not self._asked:
            raise NothingToAsk

    @property
    def aside(self) -> Aside:
        """How many questions there are."""
        return Aside(remark=self.about.say.plural(N_("{count} question"), N_("{count} questions"), len(self._asked)))  # fmt: skip

    @property
    def fill(self) -> Fill:
        """The questions, with what the policy says so far."""

        def content(words: Words) -> Content:
            return insurer_questions.content(self.questions(words.language), words)

        return content

    def questions(self, language: Language) -> InsurerQuestions:
        """The letter's content, in its language."""
        file, line, say = self._policy, self._policy.line, Wording(language)
        texts = {each.field.key: each.text for each in file.schedule}
        # A template's value is nobody's word: only what was read in the policy is put to the insurer.
        known = {each.field.key: each.text for each in file.schedule if each.standing is ValueStanding.CONFIRMED}  # fmt: skip
        return InsurerQuestions(
            insurer=line.insurer,
            policyholder=texts["policyholder_id"] or line.client,
            policy_no=line.number,
            policy_start=line.start,
            policy_end=line.end,
            on=self.about.today,
            questions=tuple(
                _question(each, known, line.currency, say) for each in self._asked
            ),
        )


def _question(
    asked: ReviewedItem, known: dict[str, str], currency: str, say: Wording
) -> InsurerQuestion:
    understood = tuple(
        (BY_KEY[key].label.in_language(say.language), words_of(BY_KEY[key], known[key], currency, say))
        for key in asked.item.fields
        if key in known
    )  # fmt: skip
    remark = asked.answer.remark if asked.answer else ""
    return InsurerQuestion(asked.item.question.in_language(say.language), understood, remark)  # fmt: skip
