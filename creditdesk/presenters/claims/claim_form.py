"""The claim form of one claim, without Qt: its fields in the insurer's order, and what is still to be filled."""

from dataclasses import dataclass

from creditdesk.domain.claim.forms import Field, FilledForm, Of
from creditdesk.events import Event
from creditdesk.i18n import N_, Language, words
from creditdesk.presenters.parts.form import Answers, Form, FormField
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports.style import answer
from creditdesk.services.claims import ClaimId
from creditdesk.workspace import Workspace

_OWNERS = {
    Of.CLIENT: N_("Entered for the client"),
    Of.BUYER: N_("Entered for the buyer"),
    Of.INSURER: N_("Entered for the insurer"),
    Of.CLAIM: N_("Entered for this claim"),
    Of.DESK: N_("From the desk"),
}


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A field of the form as it is copied: `answer` in the language of the form, empty where nobody knows it."""

    place: int
    section: str
    label: str
    answer: str
    field: Field


class ClaimFormPresenter:
    """What the form's tab shows. Facts that belong to somebody are typed here once, and kept where they belong."""

    def __init__(
        self,
        workspace: Workspace,
        claim_id: ClaimId,
        language: Language,
        wording: Wording,
    ) -> None:
        self._desk = workspace.desk
        self._today = workspace.today()
        self._claim = claim_id
        self._wording = wording
        self._words = words(language)
        self.changed: Event[None] = Event()
        self.table: Table[AskedLine] = _table(wording)
        self.filled: FilledForm = self._read()
        self._typed = tuple(each for each in self.filled.fields if each.owner)
        self.form = Form(
            [self._field(each) for each in self._typed], self._save, self._texts()
        )
        self._show()

    @property
    def name(self) -> str:
        """What the insurer calls the form."""
        return self.filled.name.in_language(self._wording.language)

    @property
    def said(self) -> str:
        """How many fields the insurer asks for are still empty, and which."""
        missing = self.filled.missing
        if not missing:
            return self._wording(N_("Every field the insurer asks for is filled."))
        labels = (each.label.in_language(self._wording.language) for each in missing)
        return self._wording.plural(
            N_("{count} field the insurer asks for is empty: {fields}"),
            N_("{count} fields the insurer asks for are empty: {fields}"),
            len(missing),
            fields=self._wording.list(labels),
        )

    @property
    def is_whole(self) -> bool:
        """Whether nothing the insurer asks for is empty."""
        return not self.filled.missing

    def reload(self) -> None:
        """Read the form again; what is being typed stays."""
        self.filled = self._read()
        if not self.form.is_dirty():
            self._typed = tuple(each for each in self.filled.fields if each.owner)
            self.form.load(self._texts())
        self._show()

    def copied(self, key: object) -> AskedLine | None:
        """The field of a row, whose answer goes to the clipboard; None: it has no answer."""
        line = self.table.get(key)
        return line if line is not None and line.answer else None

    def _read(self) -> FilledForm:
        return self._desk.claims.draft(self._claim, self._today).form

    def _field(self, asked: Field) -> FormField:
        language = self._wording.language
        hint = asked.fact.hint
        return FormField(
            key=asked.fact.key,
            label=asked.label.in_language(language),
            kind=FieldKind(asked.fact.kind),
            hint=hint.in_language(language) if hint else "",
        )

    def _texts(self) -> dict[str, str]:
        return {each.fact.key: answer(each, self._words) for each in self._typed}

    def _save(self, typed: Answers) -> None:
        texts = self._texts()

        def change() -> None:
            for each in self._typed:
                key = each.fact.key
                if each.owner and typed.text(key) != texts[key]:
                    self._desk.particulars.set(each.owner, key, typed.text(key))

        self._desk.do(change)

    def _show(self) -> None:
        language = self._wording.language
        sections = [
            (section.title.in_language(language), each)
            for section in self.filled.sections
            for each in section.fields
        ]
        self.table.show(
            tuple(
                AskedLine(place, section, each.label.in_language(language), answer(each, self._words), each)
                for place, (section, each) in enumerate(sections)
            )
        )  # fmt: skip
        self.changed.emit(None)


def _table(wording: Wording) -> Table[AskedLine]:
    def said(row: AskedLine) -> Cell:
        if row.answer:
            return Cell(row.answer)
        if row.field.required:
            return Cell(wording(N_("to be filled")), Tone.WARNING)
        return Cell("")

    def whose(row: AskedLine) -> Cell:
        return Cell(wording(_OWNERS[row.field.fact.of]), Tone.QUIET)

    return Table(
        [
            Column(key="section", title=N_("Part of the form"), cell=lambda row: Cell(row.section, Tone.QUIET, hint=row.section), width=136),
            Column(key="label", title=N_("Field"), cell=lambda row: row.label, width=188),
            Column(key="answer", title=N_("Answer"), cell=said, stretch=True, width=220),
            Column(key="whose", title=N_("Where from"), cell=whose, width=152),
        ],
        lambda row: row.place,
    )  # fmt: skip
