"""How a paper of a claim is bound, without Qt: its pages, its place, and what was done with its original."""

from collections.abc import Callable
from datetime import date

from creditdesk.domain.base.evidence import PDF, EvidenceState
from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import (
    Arranged,
    ClaimId,
    EvidenceId,
    EvidenceLine,
    PaperMark,
)
from creditdesk.services.claims.arranging import marks_said
from creditdesk.workspace import Desk


class PaperPresenter:
    """Changes one paper at a time; the claim's page draws itself anew after each."""

    def __init__(
        self,
        desk: Desk,
        claim_id: ClaimId,
        wording: Wording,
        today: Callable[[], date],
    ) -> None:
        self._claims = desk.claims
        self._today = today
        self._claim = claim_id
        self._wording = wording

    def bind(self, line: EvidenceLine, pages: str, turns: str) -> None:
        """Which pages are bound and how they are turned; raises what `domain.claim.excerpts.excerpt` raises."""
        if (pages.strip(), turns.strip()) != (line.excerpt.pages, line.excerpt.turns):
            asked = Arranged(pages=pages, turns=turns)
            self._claims.arrange(self._claim, EvidenceId(line.id), asked)

    def can_blacken(self, line: EvidenceLine) -> bool:
        """Whether places of it can be blackened: of PDFs and pictures that can be printed."""
        fixed = line.media == PDF or line.media.startswith("image/")
        return fixed and line.state == EvidenceState.OK

    def blackened(self, line: EvidenceLine) -> str:
        """What the button says that opens its pages: how many places are black."""
        black = len(line.excerpt.blackened)
        return self._wording(N_("Blacken… ({count})"), count=black) if black else self._wording(N_("Blacken…"))  # fmt: skip

    def blacken(self, line: EvidenceLine, areas: str) -> None:
        """Keep the places blackened, as they are typed; raises `AreaUnclear` and `PageBeyond`."""
        if areas != line.excerpt.areas:
            asked = Arranged(areas=areas)
            self._claims.arrange(self._claim, EvidenceId(line.id), asked)

    def move(self, line: EvidenceLine, place: int) -> None:
        """Give it another place among the papers of its item, from 1."""
        asked = Arranged(place=place)
        self._claims.arrange(self._claim, EvidenceId(line.id), asked)

    def mark(self, line: EvidenceLine, what: PaperMark, *, on: bool) -> None:
        """Held against its original, or its copy sealed, today; or take that back."""
        day = self._today() if on else None
        self._claims.mark_paper(self._claim, EvidenceId(line.id), what, day)

    def standing(self, line: EvidenceLine) -> str:
        """Received, checked, sealed: how far a readable paper is, in a word or two."""
        if line.state != EvidenceState.OK:
            return ""
        say = self._wording
        done = [
            *((say(N_("checked")),) if line.checked_on else ()),
            *((say(N_("sealed")),) if line.sealed_on else ()),
        ]
        return say.list(done) or say(N_("received"))

    def marked(self, line: EvidenceLine) -> str:
        """Who did what and when, a sentence a line; empty where nobody did."""
        return "\n".join(map(self._wording.message, marks_said(line)))

    def pages(self, line: EvidenceLine) -> str:
        """How many pages are bound, of how many; empty where it can't be told."""
        if line.pages is None:
            return ""
        whole = str(line.pages)
        return f"{line.bound} / {whole}" if line.excerpt.pages else whole
