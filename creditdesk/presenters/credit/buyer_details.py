"""What the credit report asks of a buyer beside its card, without Qt: entered once, shared with the claim forms."""

from creditdesk.catalog.claim_forms import facts
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.presenters.parts.form import Answers, Form, FormField
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Workspace

_ON_CARD = frozenset({"buyer.address", "buyer.contact"})


class BuyerDetails:
    """A field for each fact of the catalog that is a buyer's and has no place on its card."""

    def __init__(self, workspace: Workspace, wording: Wording, buyer: int) -> None:
        self._particulars = workspace.desk.particulars
        self._desk = workspace.desk
        self._owner = Owner(of=Of.BUYER, id=buyer)
        language = wording.language
        self._facts = [each for each in facts().values() if each.of is Of.BUYER and each.key not in _ON_CARD]  # fmt: skip
        fields = tuple(
            FormField(
                key=each.key,
                label=each.label.in_language(language),
                kind=FieldKind(each.kind),
                hint=each.hint.in_language(language) if each.hint else "",
            )
            for each in self._facts
        )
        self.form = Form(fields, self._save, self._texts())

    def reload(self) -> None:
        """They were written elsewhere; what is being typed stays."""
        if not self.form.is_dirty():
            self.form.load(self._texts())

    def _texts(self) -> dict[str, str]:
        known = self._particulars.of(self._owner)
        return {each.key: known.get(each.key, "") for each in self._facts}

    def _save(self, answers: Answers) -> None:
        def change() -> None:
            for each in self._facts:
                self._particulars.set(self._owner, each.key, answers.text(each.key))

        self._desk.do(change)
