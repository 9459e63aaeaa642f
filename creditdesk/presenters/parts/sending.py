"""Recording that a letter went out: when, and by which way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.form import Form, Option
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording

WAYS = (N_("E-mail"), N_("Courier"), N_("Insurer's portal"), N_("Registered post"), N_("Fax"), N_("By hand"))  # fmt: skip


def way_options(wording: Wording) -> tuple[Option, ...]:
    """The ways a letter goes; each is kept in the words in which it was chosen."""
    return tuple(Option(wording(way), wording(way)) for way in WAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """When and how a letter went out, as it is typed."""

    on: date = asked(N_("Sent on"))
    way: str = asked(N_("Way"), kind=FieldKind.CHOICE)


def sent_form(
    wording: Wording,
    today: date,
    save: Callable[[Sending], object],
    in_future: type[UserError],
) -> Form:
    """The form; `in_future` is the refusal of a day to come, which belongs under the day."""
    around = Around(
        today=today,
        options={"way": way_options(wording)},
        values={"on": today.isoformat()},
        to_come={"on": in_future},
    )
    return bound(Sending, wording, save, around)
