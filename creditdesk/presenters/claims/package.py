"""A claim package as it was written, without Qt: its contents, what is missing, what couldn't be printed."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from creditdesk.domain.claim.claims import ITEM_STATE_TITLES
from creditdesk.domain.claim.manner import MEGABYTE
from creditdesk.i18n import N_, Language
from creditdesk.jobs import Progress
from creditdesk.outputs import OutputThere, beside
from creditdesk.presenters.claims.claim_wording import LANGUAGE_NAMES
from creditdesk.presenters.claims.package_choices import DRAFT, Choices, lacking
from creditdesk.presenters.parts.table import Cell, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import claim_check, claim_package
from creditdesk.reports.check_report import CheckReport
from creditdesk.reports.claim_written import WrittenPackage, WrittenVolume
from creditdesk.services.claims import ClaimId
from creditdesk.workspace import Workspace

_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ShownPackage:
    """A package on disk, with what the check of each volume found. `saved` False: a preview, which goes with its page."""

    path: Path
    language: Language
    written: WrittenPackage
    reports: tuple[CheckReport, ...]
    saved: bool
    choices: Choices = DRAFT

    @property
    def volumes(self) -> tuple[WrittenVolume, ...]:
        """Its files, at least one."""
        return self.written.volumes


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A line of the contents. `page` of its volume, counted from 1; None: it is not in the package."""

    title: str
    detail: str
    state: Cell
    page: int | None
    volume: int = 1


class PackagePresenter:
    """Writes packages of a claim and says what is in them."""

    def __init__(
        self, workspace: Workspace, claim_id: ClaimId, wording: Wording
    ) -> None:
        self._desk = workspace.desk
        self._today = workspace.today()
        self._wording = wording
        self.claim_id = claim_id
        self.number = self._desk.claims.file(claim_id, self._today).line.number

    @property
    def file_name(self) -> str:
        """What the package is called unless the person says otherwise."""
        return f"{self.number} {self._wording(N_('Claim package'))}.pdf"

    def final_question(self) -> str:
        """What is asked before a final package is made: it names what is still incomplete."""
        package = self._desk.claims.draft(self.claim_id, self._today)
        wording = self._wording
        missing = lacking(package, wording)
        if not missing:
            return wording(N_("Everything known to be required is there. The final package bears no marks of a draft, and goes to the insurer as it is. Make it?"))  # fmt: skip
        named = "\n".join(f"• {each}" for each in missing)
        asked = N_(
            "The package is still incomplete:\n{missing}\n\nThe final package does not say so. Make it nevertheless?"
        )
        return wording(asked, missing=named)

    def previewing(
        self,
        path: Path,
        language: Language,
        choices: Choices = DRAFT,
        *,
        over: bool = True,
    ) -> Callable[[Progress], ShownPackage]:
        """The job: write it to look at; nothing is recorded as a package."""
        claims, claim, today = self._desk.claims, self.claim_id, self._today

        def job(progress: Progress) -> ShownPackage:
            package = claims.package(claim, today, final=choices.final)
            written = claim_package.write(
                package, path, language, progress, choices.manner, over=over
            )
            reports = tuple(
                claim_check.examine(each.path, progress) for each in written.volumes
            )
            return ShownPackage(
                path, language, written, reports, saved=False, choices=choices
            )

        return job

    def writing(
        self, path: Path, language: Language, choices: Choices = DRAFT
    ) -> Callable[[Progress], ShownPackage]:
        """The job: write it where the person said, and record that."""
        # Whoever agreed to replace the package agreed to its volumes.
        preview = self.previewing(path, language, choices, over=path.exists())

        def job(progress: Progress) -> ShownPackage:
            shown = preview(progress)
            return self._recorded(shown)

        return job

    def saving(
        self, shown: ShownPackage, path: Path
    ) -> Callable[[Progress], ShownPackage]:
        """The job: put a previewed package where the person said, and record that."""
        over = path.exists()

        def job(_progress: Progress) -> ShownPackage:
            targets = [
                claim_package.volume_path(path, number)
                for number in range(1, len(shown.volumes) + 1)
            ]
            for target in targets[1:]:
                if not over and target.exists():
                    raise OutputThere(path=target)
            for volume, target in zip(shown.volumes, targets, strict=True):
                with beside(target) as new:
                    shutil.copyfile(volume.path, new)
            placed = tuple(
                replace(volume, path=target)
                for volume, target in zip(shown.volumes, targets, strict=True)
            )
            written = replace(shown.written, volumes=placed)
            return self._recorded(replace(shown, path=path, written=written))

        return job

    def volume_names(self, shown: ShownPackage) -> tuple[str, ...]:
        """What each volume is called where there are several; nothing where there is one."""
        if len(shown.volumes) == 1:
            return ()
        return tuple(
            self._wording(
                N_("Volume {number}: pages {first}–{last}, {size} MB"),
                number=number,
                first=each.first_page,
                last=each.first_page + each.pages - 1,
                size=f"{each.size / MEGABYTE:.1f}",
            )
            for number, each in enumerate(shown.volumes, start=1)
        )

    def said(self, shown: ShownPackage) -> str:
        """Pages, language and where it is, in one line."""
        wording = self._wording
        pages = wording.plural(
            N_("{count} page"), N_("{count} pages"), shown.written.pages
        )
        where = (
            wording(N_("saved as {path}"), path=shown.path)
            if shown.saved
            else wording(N_("only a preview, not saved yet"))
        )
        kind = wording(N_("final")) if shown.choices.final else wording(N_("draft"))
        said = [pages, kind, LANGUAGE_NAMES[shown.language], where]
        if (volumes := len(shown.volumes)) > 1:
            several = wording(N_("{count} volumes"), count=volumes)
            said.insert(1, several)
        return " · ".join(said)

    def chip(self, shown: ShownPackage) -> tuple[str, str]:
        """Whether anything mandatory is missing."""
        if shown.written.complete:
            return self._wording(N_("complete")), "done"
        return self._wording(N_("incomplete")), "warning"

    def index(self, shown: ShownPackage) -> tuple[IndexLine, ...]:
        """What is in the package with its first page, then what is missing."""
        there = [
            IndexLine(
                f"{each.label} {each.title}".strip(),
                each.file,
                Cell(self._pages(each.first_page, each.pages), Tone.QUIET),
                each.first_page - shown.volumes[each.volume - 1].first_page + 1,
                each.volume,
            )
            for each in shown.written.documents
        ]
        missing = [
            IndexLine(
                f"{row.code} {row.title.in_language(self._wording.language)}",
                row.note,
                Cell(self._wording(ITEM_STATE_TITLES[row.state]), Tone.WARNING),
                None,
            )
            for row in shown.written.missing
        ]
        return (*there, *missing)

    def findings(self, shown: ShownPackage) -> tuple[tuple[str, Tone], ...]:
        """What the person must know before sealing it: of what is in it, then of the file itself."""
        return (
            *self._of_contents(shown.written),
            *self._of_volumes(shown.written),
            *(
                said
                for number, report in enumerate(shown.reports, start=1)
                for said in self._of_file(report, number, len(shown.reports))
            ),
        )

    def _of_volumes(self, written: WrittenPackage) -> tuple[tuple[str, Tone], ...]:
        wording = self._wording
        told = N_("{file} is larger than the limit: the paper in it can't be divided.")
        over = [
            (wording(told, file=each.path.name), Tone.WARNING)
            for each in written.volumes
            if each.over
        ]
        return (*over, *((wording.message(each), Tone.QUIET) for each in written.notes))

    def _of_contents(self, written: WrittenPackage) -> tuple[tuple[str, Tone], ...]:
        wording = self._wording
        if written.complete and not written.problems:
            return ((wording(N_("Everything required is in the package.")), Tone.DONE),)
        said: list[tuple[str, Tone]] = []
        if written.missing:
            said.append((self._missing(written), Tone.WARNING))
        for each in written.problems:
            reason = wording.message(each.reason).rstrip(".。")
            text = (
                wording(N_("{file} is not whole on paper: {reason}."), file=each.file, reason=reason)
                if each.file
                else reason
            )  # fmt: skip
            said.append((text, Tone.DANGER))
        if not said:
            said.append((wording(N_("The indemnity can't be computed yet; the package says so.")), Tone.WARNING))  # fmt: skip
        return tuple(said)

    def _of_file(
        self, report: CheckReport, number: int, volumes: int
    ) -> tuple[tuple[str, Tone], ...]:
        found = self._of_report(report)
        if volumes == 1:
            return found
        said = N_("Volume {number}: {what}")
        return tuple(
            (self._wording(said, number=number, what=what), tone)
            for what, tone in found
        )

    def _of_report(self, report: CheckReport) -> tuple[tuple[str, Tone], ...]:
        wording = self._wording
        if report.ok:
            told = N_("Page numbers, links and bookmarks are checked: all in order.")
            said = [(wording(told), Tone.DONE)]
        else:
            said = [
                (
                    wording(N_("Page {page}: {what}"), page=each.page, what=each.what)
                    if each.page
                    else wording.message(each.what),
                    Tone.DANGER,
                )
                for each in report.problems[:_MOST_SHOWN]
            ]
        whole = [each for each in report.notes if each.page is None]
        said += [(wording.message(each.what), Tone.QUIET) for each in whole]
        fonts = len(report.notes) - len(whole)
        if fonts:
            told = wording.plural(
                N_("{count} font of the attached files is not embedded; it may look different elsewhere."),
                N_("{count} fonts of the attached files are not embedded; they may look different elsewhere."),
                fonts,
            )  # fmt: skip
            said.append((told, Tone.QUIET))
        return tuple(said)

    def _missing(self, written: WrittenPackage) -> str:
        return self._wording.plural(
            N_("{count} required document is missing: {items}. The cover and the contents say so."),
            N_("{count} required documents are missing: {items}. The cover and the contents say so."),
            len(written.missing),
            items=self._wording.list(row.code for row in written.missing),
        )  # fmt: skip

    def _pages(self, first: int, pages: int) -> str:
        if pages == 1:
            return self._wording(N_("p. {first}"), first=first)
        last = first + pages - 1
        return self._wording(N_("p. {first}–{last}"), first=first, last=last)

    def _recorded(self, shown: ShownPackage) -> ShownPackage:
        for each in shown.volumes:
            self._desk.claims.record_package(
                self.claim_id,
                file_name=each.path.name,
                digest=hashlib.sha256(each.path.read_bytes()).hexdigest(),
                language=shown.language,
                pages=each.pages,
                complete=shown.written.complete,
            )
        return replace(shown, saved=True)
