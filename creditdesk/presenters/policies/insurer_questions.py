"""The questions to the insurer as a letter, without Qt: written in its language from what is to be asked."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from creditdesk.catalog.letters import INSURER_QUESTIONS, letters
from creditdesk.catalog.policies import template
from creditdesk.domain.policy.contract_review import (
    InsurerQuestion,
    InsurerQuestions,
    ReviewedItem,
)
from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.domain.policy.terms import Standing
from creditdesk.i18n import N_, Language
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.schedule import words_of
from creditdesk.reports import insurer_questions
from creditdesk.services.policies import PolicyFile, PolicyId
from creditdesk.workspace import Workspace


class InsurerQuestionsPresenter:
    """One letter. `count` 0: nothing is to be asked, and there is none."""

    def __init__(self, workspace: Workspace, wording: Wording, policy: int) -> None:
        self._policies = workspace.desk.policies
        self._today: date = workspace.today()
        self._wording = wording
        self.policy = PolicyId(policy)
        self.reload()
        self.language: Language = template(self._file.line.template).language

    def reload(self) -> None:
        """Read what is to be asked."""
        self._file: PolicyFile = self._policies.file(self.policy, self._today)
        self._asked = self._policies.contract_review(self.policy, self._today).to_ask

    @property
    def count(self) -> int:
        """How many questions there are."""
        return len(self._asked)

    @property
    def there(self) -> bool:
        """Whether anything is to be asked."""
        return self.count > 0

    @property
    def title(self) -> str:
        """What the page shows."""
        return self._wording(N_("Questions to the insurer"))

    @property
    def said(self) -> str:
        """From whom, to whom, about which policy, how many."""
        line = self._file.line
        asked = self._wording.plural(N_("{count} question"), N_("{count} questions"), self.count)  # fmt: skip
        return f"{line.client} → {line.insurer} · {line.number} · {asked}"

    @property
    def file_name(self) -> str:
        """What the letter is called unless the person says otherwise."""
        number = "".join(
            each if each.isalnum() or each in "-_." else "-"
            for each in self._file.line.number
        )
        return f"{self.title} {number} {self._today.isoformat()}.pdf"

    def draft(self) -> InsurerQuestions:
        """The letter's content, in its language."""
        line, say = self._file.line, Wording(self.language)
        texts = {each.field.key: each.text for each in self._file.schedule}
        # A template's value is nobody's word: only what was read in the policy is put to the insurer.
        known = {each.field.key: each.text for each in self._file.schedule if each.standing is Standing.CONFIRMED}  # fmt: skip
        return InsurerQuestions(
            insurer=line.insurer,
            policyholder=texts["policyholder_id"] or line.client,
            policy_no=line.number,
            policy_start=line.start,
            policy_end=line.end,
            on=self._today,
            questions=tuple(
                _question(each, known, line.currency, say) for each in self._asked
            ),
        )

    def writing(self, path: Path) -> Callable[[Progress], Path]:
        """The job: write the letter."""
        draft, language = self.draft(), self.language
        text = letters()[INSURER_QUESTIONS].in_language(language)

        def job(progress: Progress) -> Path:
            insurer_questions.write(draft, text, path, language, progress)
            return path

        return job


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
