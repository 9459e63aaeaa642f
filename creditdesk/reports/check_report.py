"""What a check of a finished file answers."""

from dataclasses import dataclass

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message


class NotReadable(UserError):
    """Not a PDF a check could begin with."""

    message = N_(
        "{name} can't be checked: it is no PDF, damaged beyond repair, or protected by a password."
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, or worth knowing. `page` None: of the file as a whole."""

    page: int | None
    what: Message


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`problems` must be mended before the file is sent; `notes` are for whoever wants to know."""

    pages: int
    problems: tuple[Finding, ...]
    notes: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Nothing must be mended."""
        return not self.problems
