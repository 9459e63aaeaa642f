"""A policy from an insurer's template, without Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from creditdesk.catalog.policies import (
    Origin,
    PolicyTemplate,
    TemplateValue,
    by_country,
    templates,
)
from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.typed import FieldKind, tidy
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.schedule import words_of
from creditdesk.services.policies import NewPolicy, PolicyId
from creditdesk.services.policies.values import (
    PolicyInsurerEmpty,
    PolicyNumberEmpty,
    PolicyNumberTaken,
    PolicyPeriodWrong,
)
from creditdesk.workspace import Workspace

_MAIN = (
    "policy_currency", "calendar_country", "insured_pct", "max_liability", "max_liability_multiple", "max_payment_term_days", "mep_days", "overdue_rule",
    "waiting_period", "claim_rule", "declaration_rule", "premium_rate", "minimum_premium",
)  # fmt: skip
_BLAME = {
    PolicyNumberEmpty: "number",
    PolicyNumberTaken: "number",
    PolicyPeriodWrong: "end",
    PolicyInsurerEmpty: "insurer",
}


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A main value of a template, in words, and where it comes from."""

    name: str
    words: str
    origin: str


class NewPolicyPresenter:
    """The form, what the chosen template says, and the number of the policy it made."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._policies = workspace.desk.policies
        self._wording = wording
        self.made: PolicyId | None = None
        clients = workspace.desk.clients.all()
        chosen = workspace.client or (clients[0].id if len(clients) == 1 else "")
        self.form = Form(
            (
                FormField(key="client", label=wording(N_("Client")), kind=FieldKind.CHOICE, required=True, hint=wording(N_("Choose whose policy it is")), options=tuple(Option(str(line.id), line.name) for line in clients)),
                FormField(key="template", label=wording(N_("Insurer and kind")), kind=FieldKind.CHOICE, required=True, hint=wording(N_("Choose the template nearest to the policy")), options=tuple(self._option(each) for each in by_country())),
                FormField(key="insurer", label=wording(N_("Insurer, if another")), hint=wording(N_("as the policy names it"))),
                FormField(key="number", label=wording(N_("Policy number")), required=True, hint=wording(N_("as it stands on the schedule"))),
                FormField(key="start", label=BY_KEY["period_start"].label.in_language(wording.language), kind=FieldKind.DATE, required=True),
                FormField(key="end", label=BY_KEY["period_end"].label.in_language(wording.language), kind=FieldKind.DATE, required=True),
            ),
            self._add,
            {"client": str(chosen)},
            _BLAME,
        )  # fmt: skip
        self.form.changed.connect(self._suggest_end)

    @property
    def template(self) -> PolicyTemplate | None:
        """The template chosen."""
        chosen = self.form.value("template")
        return next((each for each in templates() if each.id == chosen), None)

    @property
    def main_values(self) -> Sequence[TemplateLine]:
        """What the template says of the terms that matter most."""
        template, language = self.template, self._wording.language
        if template is None:
            return ()
        texts = template.texts
        return [
            TemplateLine(
                BY_KEY[key].label.in_language(language),
                words_of(BY_KEY[key], texts[key], template.currency, self._wording),
                self._origin(template.values[key]),
            )
            for key in _MAIN
            if key in texts
        ]

    @property
    def must_ask(self) -> Sequence[str]:
        """The fields the template can't know, which the policy has to be read for."""
        if self.template is None:
            return ()
        return [
            BY_KEY[key].label.in_language(self._wording.language)
            for key, value in self.template.values.items()
            if not value.text
        ]

    def _origin(self, value: TemplateValue) -> str:
        if value.origin is Origin.KNOWLEDGE:
            return self._wording(N_("usual practice"))
        return self._wording.plural(
            N_("read in {count} paper"),
            N_("read in {count} papers"),
            count=value.papers,
        )

    @property
    def note(self) -> str:
        """What has to be known of the chosen template and is no value."""
        template = self.template
        return template.note.in_language(self._wording.language) if template else ""

    def _option(self, template: PolicyTemplate) -> Option:
        language = self._wording.language
        insurer = template.insurer.in_language(language)
        return Option(
            template.id, f"{insurer} · {template.title.in_language(language)}"
        )

    def _suggest_end(self, _nothing: None) -> None:
        """A policy usually runs a year: offered when its beginning is known and its end isn't."""
        typed = tidy(FieldKind.DATE, self.form.value("start"))
        if self.form.value("end") or typed != self.form.value("start"):
            return
        try:
            start = date.fromisoformat(typed)
        except ValueError:
            return
        self.form.set("end", (_next_year(start) - timedelta(days=1)).isoformat())

    def _add(self, answers: Answers) -> None:
        start, end = answers.day("start"), answers.day("end")
        assert start and end  # noqa: S101, PT018 - both are required fields
        insurer = answers.text("insurer")
        self.made = self._policies.add(
            NewPolicy(
                client_id=int(answers.text("client")),
                template=answers.text("template"),
                number=answers.text("number"),
                start=start,
                end=end,
                values={"insurer_id": insurer} if insurer else {},
            )
        )


def _next_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
