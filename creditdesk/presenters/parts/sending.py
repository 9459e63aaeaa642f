"""Recording that a letter went out: when, and by which way."""

from collections.abc import Callable
from datetime import date

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.typed import Kind
from creditdesk.presenters.parts.wording import Wording

WAYS = (N_("E-mail"), N_("Courier"), N_("Insurer's portal"), N_("Registered post"), N_("Fax"), N_("By hand"))  # fmt: skip


def way_options(wording: Wording) -> tuple[Option, ...]:
    """The ways a letter goes; each is kept in the words in which it was chosen."""
    return tuple(Option(wording(way), wording(way)) for way in WAYS)


def sent_form(
    wording: Wording,
    today: date,
    save: Callable[[Answers], object],
    in_future: type[UserError],
) -> Form:
    """The form; `in_future` is the refusal of a day to come, which belongs under the day."""
    fields = (
        FormField(key="on", label=wording(N_("Sent on")), kind=Kind.DATE, required=True),
        FormField(
            key="way", label=wording(N_("Way")), kind=Kind.CHOICE, required=True, options=way_options(wording),
            hint=wording(N_("Choose…")),
        ),
    )  # fmt: skip
    return Form(fields, save, {"on": today.isoformat()}, {in_future: "on"})
