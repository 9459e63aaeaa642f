"""The contract review without Qt: question by question through the schedule, each with the values it is about."""

from dataclasses import dataclass
from itertools import groupby

from creditdesk.domain.policy.contract_review import (
    STATE_TITLES,
    ReviewedItem,
    ReviewState,
    still_waiting,
)
from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.schedule import words_of
from creditdesk.presenters.policies.schedule_lines import ScheduleLine, ScheduleLines
from creditdesk.workspace import Workspace

TABLES = frozenset({"policy", "policy_version", "policy_value", "review_answer"})
ANSWERS = (ReviewState.AS_NEEDED, ReviewState.ASK, ReviewState.NOT_APPLICABLE)
_TONES = {
    ReviewState.OPEN: Tone.QUIET,
    ReviewState.AS_NEEDED: Tone.DONE,
    ReviewState.ASK: Tone.WARNING,
    ReviewState.NOT_APPLICABLE: Tone.FAINT,
}


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in the list, with its state in words."""

    code: str
    title: str
    state: str
    tone: Tone
    waits: bool


@dataclass(frozen=True, slots=True)
class QuestionSection:
    """The questions of a part of the schedule."""

    title: str
    lines: tuple[QuestionLine, ...]


class ContractReviewPresenter(ScheduleLines):
    """The review of the terms in force today; one question is chosen."""

    def __init__(self, workspace: Workspace, wording: Wording, policy: int) -> None:
        self.chosen = ""
        self.remark = ""
        super().__init__(workspace, wording, policy, workspace.today())
        self.chosen = self.next_open() or self.review.items[0].item.code
        self.remark = self._kept_remark

    def _read(self) -> None:
        super()._read()
        self.review = self._policies.contract_review(self.policy, self._on)
        self._items = {each.item.code: each for each in self.review.items}

    @property
    def subtitle(self) -> str:
        """Which policy is reviewed."""
        line = self.file.line
        return f"{line.client} · {line.insurer} · {line.number}"

    @property
    def progress(self) -> str:
        """How many questions wait, and how many go to the insurer."""
        say, waiting = self._wording, still_waiting(self.review.items)
        parts = []
        if waiting:
            parts.append(say.plural(N_("{count} question to look at"), N_("{count} questions to look at"), waiting))  # fmt: skip
        else:
            parts.append(say(N_("Every question is answered.")))
        if self.asked:
            parts.append(say.plural(N_("{count} to ask the insurer"), N_("{count} to ask the insurer"), self.asked))  # fmt: skip
        return " · ".join(parts)

    @property
    def share_answered(self) -> float:
        """How much is answered, from 0 to 1."""
        return 1 - still_waiting(self.review.items) / len(self.review.items)

    @property
    def asked(self) -> int:
        """How many questions go to the insurer."""
        return len(self.review.to_ask)

    @property
    def sections(self) -> tuple[QuestionSection, ...]:
        """The questions by section."""
        language = self._wording.language
        return tuple(
            QuestionSection(title.in_language(language), tuple(map(self._question_line, items)))
            for title, items in groupby(self.review.items, lambda each: each.item.section)
        )  # fmt: skip

    @property
    def item(self) -> ReviewedItem:
        """The question chosen."""
        return self._items[self.chosen]

    @property
    def question(self) -> str:
        """What is asked."""
        return self.item.item.question.in_language(self._wording.language)

    @property
    def why(self) -> str:
        """What goes wrong when nobody looked."""
        return self.item.item.why.in_language(self._wording.language)

    @property
    def state(self) -> tuple[str, Tone]:
        """How the question stands."""
        line = self._question_line(self.item)
        return line.state, line.tone

    @property
    def said(self) -> str:
        """When and by whom it was answered; empty where nobody has."""
        answer = self.item.answer
        if answer is None:
            return "" if self.item.applies else self._wording(N_("The amounts or the kind of this policy make the question idle."))  # fmt: skip
        words = self._wording(STATE_TITLES[answer.state])
        return self._wording(N_("{state}, answered on {day} by {who}"), state=words, day=answer.on, who=answer.who)  # fmt: skip

    @property
    def changes(self) -> tuple[str, ...]:
        """What is another value now than when the question was answered."""
        say, currency = self._wording, self._texts["policy_currency"]
        empty = say(N_("empty"))
        return tuple(
            say(
                N_("{field}: was {before}, is {now}"),
                field=BY_KEY[each.field].label.in_language(say.language),
                before=words_of(BY_KEY[each.field], each.was, currency, say) or empty,
                now=words_of(BY_KEY[each.field], each.now, currency, say) or empty,
            )
            for each in self.item.changed
        )

    @property
    def values(self) -> tuple[ScheduleLine, ...]:
        """What the policy says about it."""
        return tuple(self.lines[key] for key in self.item.item.fields)

    def choose(self, code: str) -> None:
        """Look at another question; a remark that was typed stays with its question."""
        if code != self.chosen and self.save():
            self._show(code)
            return
        self.changed.emit(None)

    def answer(self, state: ReviewState) -> None:
        """Answer the question chosen, and go on to the next that waits."""
        code, remark = self.chosen, self.remark
        self._policies.answer_question(self.policy, code, state, self._workspace.today(), remark=remark)  # fmt: skip
        self._read()
        self._show(self.next_open() or code)

    def next_open(self) -> str | None:
        """The next question that waits, after the one chosen and round to the first."""
        codes = list(self._items)
        place = codes.index(self.chosen) if self.chosen else -1
        ordered = (*codes[place + 1 :], *codes[: place + 1])
        return next((code for code in ordered if self._items[code].waits), None)

    def is_unsaved(self) -> bool:
        """Whether a remark or a value is typed that is not kept."""
        return self.remark.strip() != self._kept_remark or self.is_entering()

    def is_entering(self) -> bool:
        """Whether a value is typed that is not kept."""
        return bool(self.entry and self.entry.is_dirty())

    def save(self) -> bool:
        """Keep a typed remark with the answer there is, and the value that is being entered."""
        if self.remark.strip() != self._kept_remark:
            today = self._workspace.today()
            self._policies.remark_question(self.policy, self.chosen, self.remark, today)
            self._read()
        return self.entry is None or not self.entry.is_dirty() or self.entry.save()

    def _show(self, code: str) -> None:
        self.cancel()
        self.chosen = code
        self.remark = self._kept_remark
        self.changed.emit(None)

    @property
    def _kept_remark(self) -> str:
        answer = self.item.answer
        return answer.remark if answer else ""

    def _question_line(self, item: ReviewedItem) -> QuestionLine:
        say, title = self._wording, item.item.title.in_language(self._wording.language)
        if item.changed:
            return QuestionLine(item.item.code, title, say(N_("changed since")), Tone.DANGER, waits=True)  # fmt: skip
        words = say(STATE_TITLES[item.state])
        return QuestionLine(item.item.code, title, words, _TONES[item.state], item.waits)  # fmt: skip
