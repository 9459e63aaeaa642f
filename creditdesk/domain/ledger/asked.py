"""What only a person can say of a file: asked once, with its options; nothing is decided in silence. rules.md 14."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from creditdesk.i18n import Message

Answers = Mapping[str, str]
"""The option chosen, by the question's id."""
_OF_FILE = "@"


IN_WORDS = "WORDS:"
"""How an answer begins that says what a term means in the words of another term, as a contract has them."""
_DAYS = "DAYS:"


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """One answer. `id` is what is kept; `examples` show what it makes of real rows, such as the due date."""

    id: str
    text: Message
    examples: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileQuestion:
    """A question about a file. `id` stays the same for the same matter, so that an answer serves later files too.

    `rows`: those it concerns, counted as the spreadsheet counts. `free`: an answer may also begin like this, as DAYS:60
    does.
    """

    id: str
    text: Message
    options: tuple[AnswerOption, ...]
    rows: tuple[int, ...] = ()
    free: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the answer holds for later files of the client; else it is about this file alone."""
        return is_kept(self.id)

    @property
    def matter(self) -> str:
        """What it is about: its id without the file that `of_one_file` names in it."""
        return self.id if self.is_kept else self.id.partition(_OF_FILE)[0]

    def of_one_file(self, file: str) -> "FileQuestion":
        """The same where several files are read in one go: what is about one alone is asked for each of them."""
        if self.is_kept or not file:
            return self
        return replace(self, id=f"{self.id}{_OF_FILE}{file}")

    def takes(self, option: str) -> bool:
        """Whether this is one of its answers."""
        known = any(each.id == option for each in self.options)
        begins = (self.free, IN_WORDS if self.free == _DAYS else self.free)
        return known or bool(self.free and option.startswith(begins))


def answers_of(answers: Answers, file: str) -> dict[str, str]:
    """The answers for one of several files read in one go: of those about a file alone, the ones that name it."""
    kept = {id_: option for id_, option in answers.items() if is_kept(id_)}
    ending = f"{_OF_FILE}{file}"
    own = {
        id_.removesuffix(ending): option
        for id_, option in answers.items()
        if not is_kept(id_) and id_.endswith(ending)
    }
    return kept | own


def is_kept(question: str) -> bool:
    """Whether the answer to a question holds for later files too."""
    return not question.startswith("file.")
