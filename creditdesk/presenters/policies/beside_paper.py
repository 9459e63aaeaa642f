"""A policy beside its paper, without Qt: the values that matter now one after the other, each at its place there."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from creditdesk import outputs
from creditdesk.domain.base.areas import Area, areas_of
from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.domain.policy.needed import USE_WORDS, Reader
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.files import evidence
from creditdesk.importers.files.evidence import ShownPages
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.held_paper import HeldPaper
from creditdesk.presenters.parts.strokes import (
    Size,
    Stroke,
    drawn,
    shown,
    size_of,
    turned,
)
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.on_paper import quoted, says_so, taken_from
from creditdesk.presenters.policies.schedule_lines import (
    PAGE,
    ScheduleLine,
    ScheduleLines,
)
from creditdesk.reports.pages import NotShown, Pages, Picture
from creditdesk.services.policies import PolicyPaper, Spot
from creditdesk.services.policies.values import PolicyMustSay
from creditdesk.workspace import Workspace

TABLES = frozenset({"policy", "policy_version", "policy_value", "duty", "invoice"})


class PaperNotShown(UserError):
    """A file without pages is no paper to look at."""

    message = N_("{name} has no pages that can be shown here: {reason}")


@dataclass(frozen=True, slots=True)
class Opened:
    """A paper laid out to be looked at."""

    paper: PolicyPaper
    pages: Pages
    units: tuple[float, ...]


class BesidePaperPresenter(ScheduleLines):
    """One policy. `current`: the value that is open; None: nothing is left.

    `page_seen` and `mark`: the page of the paper that is shown, and the place marked for the current value.
    """

    def __init__(
        self, workspace: Workspace, wording: Wording, policy: int, around: Path
    ) -> None:
        self._around = around
        self._held = HeldPaper(workspace.desk)
        self._opened: Opened | None = None
        self._marked = ""
        self.only_needed = True
        self.current: str | None = None
        self.page_seen = 1
        self.quarters = 0
        """How far the page is turned to be read, clockwise."""
        self.mark: Area | None = None
        self.papers: Sequence[PolicyPaper] = ()
        super().__init__(workspace, wording, policy, workspace.today())
        self.go_to(self._next_open(""))

    def _read(self) -> None:
        super()._read()
        self.papers = self._policies.papers(self.policy)
        self.readers = self._policies.needed(self.policy, self._on)
        self._spots = {each.field.key: each.spot for each in self.file.schedule}

    # What is shown

    @property
    def subtitle(self) -> str:
        """Whose policy, with whom, for which time."""
        line, say = self.file.line, self._wording
        period = say(N_("{start} to {end}"), start=line.start, end=line.end)
        title = line.title.in_language(say.language)
        return f"{line.client} · {line.insurer} · {title} · {period}"

    @property
    def shown_lines(self) -> Sequence[ScheduleLine]:
        """The values in the order of the schedule: those that matter now, or all."""
        if not self.only_needed:
            return tuple(self.lines.values())
        return tuple(self.lines[key] for key in self.readers)

    @property
    def checked(self) -> int:
        """How many of the values that matter now are checked."""
        return sum(not self.lines[key].is_open for key in self.readers)

    @property
    def head(self) -> str:
        """How far one is with what matters now."""
        say = self._wording
        return say(
            N_("Matters now {done} / {all}"), done=self.checked, all=len(self.readers)
        )

    @property
    def left(self) -> str:
        """What is left, and what waits because nothing reads it."""
        say = self._wording
        left = len(self.readers) - self.checked
        later = sum(
            line.is_open for key, line in self.lines.items() if key not in self.readers
        )
        said = say.plural(N_("{count} left"), N_("{count} left"), left)
        if not later:
            return said
        rest = say.plural(
            N_("{count} other value isn't needed yet"),
            N_("{count} other values aren't needed yet"),
            later,
        )
        return f"{said} · {rest}"

    @property
    def segments(self) -> Sequence[str]:
        """One role of colour for each value that matters now: done, current or open."""
        return tuple(
            "current" if key == self.current else "open" if self.lines[key].is_open else "done"
            for key in self.readers
        )  # fmt: skip

    @property
    def affects(self) -> str:
        """What reads the current value today."""
        readers: Sequence[Reader] = self.readers.get(self.current or "", ())
        if not readers:
            return ""
        say = self._wording
        told = (say.plural(*USE_WORDS[each.use], each.count) for each in readers)
        return say(N_("It decides {what}."), what=say.list(told))

    @property
    def compared(self) -> tuple[str, Tone]:
        """Whether the marked place says the same; empty where its words can't be read or compared."""
        if not self.current or not self._marked:
            return "", Tone.QUIET
        say, marked = self._wording, quoted(self._marked)
        same = says_so(BY_KEY[self.current], self._texts[self.current], self._marked)
        if same is None:
            return say(N_("The paper says “{words}”"), words=marked), Tone.QUIET
        if same:
            return say(N_("The same as “{words}” on the paper"), words=marked), Tone.DONE  # fmt: skip
        return say(N_("The paper says “{words}”: is the value right?"), words=marked), Tone.WARNING  # fmt: skip

    @property
    def next_words(self) -> str:
        """The value that comes next; empty at the end."""
        key = self._next_open(self.current or "")
        if key is None or key == self.current:
            return ""
        return self._wording(N_("Next: {value}"), value=self.lines[key].label)

    # Going on

    def go_to(self, key: str | None) -> None:
        """Open a value; its place on the paper is shown where it was marked."""
        self.current = key
        self._marked, self.mark = "", None
        spot = self._spots.get(key) if key else None
        if spot and self._opened and spot.document == self._opened.paper.document:
            (self.mark,) = areas_of(spot.area)
            self.page_seen = self.mark.page
            self._read_mark()
        if key:
            self.edit(key)
        else:
            self.cancel()
        self.changed.emit(None)

    def step(self, by: int) -> None:
        """The value before or after, in the order shown."""
        keys = [line.key for line in self.shown_lines]
        if self.current in keys:
            place = keys.index(self.current) + by
            if 0 <= place < len(keys):
                self.go_to(keys[place])
        elif keys:
            self.go_to(keys[0])

    def show_all(self, *, all_of_them: bool) -> None:
        """Every value, or those that matter now."""
        self.only_needed = not all_of_them
        self.go_to(self.current if self.current in self._keys() else self._next_open(""))  # fmt: skip

    def edit(self, key: str) -> Form:
        """The inputs of a value, with the page that is seen."""
        form = super().edit(key)
        if self._opened:
            form.load(
                {**{each.key: form.value(each.key) for each in form.fields}, PAGE: str(self.page_seen)}
            )  # fmt: skip
        return form

    def agree(self) -> bool:
        """The paper says what stands in the inputs: keep it as checked and go on. False: something is wrong there.

        Raises `PolicyMustSay` where nothing stands in what must be entered.
        """
        key, form = self.current, self.entry
        if key is None or form is None:
            return False
        line = self.lines[key]
        self.page = form.value(PAGE)
        if form.is_dirty():
            if not form.save():
                return False
        elif line.is_open and not line.words:
            raise PolicyMustSay(field=BY_KEY[key].label)
        elif line.words:
            self._policies.confirm(
                self.policy, (key,), self._version_day, self.page, self.spot
            )
        self._go_on(key)
        return True

    def take(self) -> bool:
        """Fill in what the marked place says; False: a person has to type it."""
        if self.current is None or self.entry is None:
            return False
        found = taken_from(BY_KEY[self.current], self._marked)
        for key, text in found.items():
            self.entry.set(key, text)
        return bool(found)

    def leave_out(self) -> None:
        """The paper says nothing of it. Raises a `UserError` for what is never guessed."""
        key = self.current
        if key is None:
            return
        page = str(self.page_seen) if self._opened else ""
        self._policies.leave_out(self.policy, key, self._version_day, page)
        self._go_on(key)

    def is_unsaved(self) -> bool:
        """Whether something is typed that is not kept."""
        return bool(self.entry and self.entry.is_dirty())

    def save(self) -> bool:
        """Keep what is typed."""
        return not self.is_unsaved() or self.agree()

    @property
    def spot(self) -> Spot | None:
        """The marked place, as it is kept with the value."""
        if self.mark is None or self._opened is None:
            return None
        return Spot(self._opened.paper.document, str(self.mark))

    # The paper

    @property
    def paper(self) -> PolicyPaper | None:
        """The paper that is seen."""
        return self._opened.paper if self._opened else None

    @property
    def where(self) -> str:
        """Which page of which file."""
        if not self._opened:
            return ""
        told = N_("page {page} of {pages}")
        return self._wording(told, page=self.page_seen, pages=self.count)

    @property
    def count(self) -> int:
        """How many pages the paper has."""
        return self._opened.pages.count if self._opened else 0

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """The marked place on the page that is seen."""
        opened, mark = self._opened, self.mark
        if opened is None or mark is None or mark.page != self.page_seen:
            return ()
        return (turned(shown(mark, self._size(opened)), self.quarters),)

    def picture(self, width: int) -> Picture | NotShown | None:
        """The page that is seen, upright, so large that it is this many dots wide as it is turned.

        None: there is no paper.
        """
        if self._opened is None:
            return None
        if self.quarters % 2:
            wide, high = self._size(self._opened)
            width = round(width * wide / high)
        return self._opened.pages.picture(self.page_seen, width)

    def rotate(self) -> None:
        """Turn the page by a quarter, to read it; the paper stays as it is."""
        self.quarters = (self.quarters + 1) % 4
        self.changed.emit(None)

    def turn(self, by: int) -> None:
        """See another page."""
        self.page_seen = max(1, min(self.count, self.page_seen + by))
        if self.entry:
            self.entry.set(PAGE, str(self.page_seen))
        self.changed.emit(None)

    def draw(self, stroke: Stroke) -> None:
        """Mark where the current value stands."""
        if self._opened is None or self.current is None:
            return
        upright = turned(stroke, -self.quarters)
        area = drawn(upright, self.page_seen, self._size(self._opened))
        if area is not None:
            self.mark = area
            self._read_mark()
            self.changed.emit(None)

    def take_off(self, _x: float, _y: float) -> None:
        """A click takes the mark off."""
        self.mark, self._marked = None, ""
        self.changed.emit(None)

    def choose(self, path: Path | None) -> None:
        """Take a file as the policy's paper."""
        self._held.choose(path)

    def reading(self) -> Job[None]:
        """The job: read the chosen file. Raises a `UserError` for one that can't be kept."""
        return self._held.reading()

    def attach(self) -> PolicyPaper:
        """Keep the file that was read as the paper of the terms shown. Raises `PaperNotShown`."""
        looked = self._held.looked
        if looked and not looked.pages:
            raise PaperNotShown(name=looked.name, reason=looked.reason)
        document = self._held.keep(self.file.line.client_id)
        assert document is not None  # noqa: S101 - a file was chosen
        self._policies.attach_paper(self.policy, self._version_day, document)
        self.reload()
        return next(each for each in self.papers if each.document == document)

    def laying_out(self, paper: PolicyPaper) -> Job[Opened]:
        """The job: lay the paper's pages out to be looked at."""
        content = self._workspace.desk.claims.evidence_content
        place = self._around / f"{paper.document}.pdf"

        def job(progress: Progress) -> Opened:
            pages: ShownPages = evidence.shown_pages(
                content(paper.digest), paper.file_name, paper.media, progress
            )
            outputs.write(place, pages.pdf)
            return Opened(paper, Pages(place), pages.units)

        return job

    def open(self, opened: Opened) -> None:
        """Look at this paper."""
        self.close()
        self._opened, self.page_seen, self.quarters = opened, 1, 0
        self.go_to(self.current)

    def close(self) -> None:
        """Let go of the paper."""
        if self._opened:
            self._opened.pages.close()
            self._opened = None

    def _keys(self) -> list[str]:
        return [line.key for line in self.shown_lines]

    def _next_open(self, after: str) -> str | None:
        keys = self._keys()
        start = keys.index(after) + 1 if after in keys else 0
        ordered = (*keys[start:], *keys[:start])
        return next((key for key in ordered if self.lines[key].is_open), None)

    def _go_on(self, key: str) -> None:
        self.cancel()
        self._read()
        self.go_to(self._next_open(key))

    def _read_mark(self) -> None:
        self._marked = ""
        if self._opened and self.mark:
            place = shown(self.mark, self._size(self._opened))
            box = (place.left, place.top, place.right, place.bottom)
            self._marked = self._opened.pages.words(self.page_seen, box)

    def _size(self, opened: Opened) -> Size:
        return size_of(opened.pages, self.page_seen, opened.units)
