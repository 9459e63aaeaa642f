"""Gets evidence ready to be bound: every piece becomes sheets, or is named with the reason why it can't."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from creditdesk import child
from creditdesk.domain.base.evidence import media_of, unprintable
from creditdesk.domain.claim.package import EvidencePiece
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.reports.sheets import Job, Margins, Prepared, prepare_all, prepare_one

_BATCH = 8
_SECONDS = 60
_ORIGINAL_AREA = Margins(bottom=118.0)
"""Room for the 与原件一致 area under the content."""


@dataclass(frozen=True, slots=True)
class Sheaf:
    """One piece, ready to be bound. `pages` 0: it can't be, and `reason` says why; `first_of` names its twin."""

    piece: EvidencePiece
    path: Path
    pages: int
    repaired: bool = False
    reason: Message | None = None
    twin: int | None = None


def prepare(
    pieces: Sequence[EvidencePiece], folder: Path, progress: Progress
) -> tuple[Sheaf, ...]:
    """One sheaf a piece, in their order. The same file twice is prepared once; `twin` is the index of the first."""
    first: dict[str, int] = {}
    jobs: dict[int, Job] = {}
    refused: dict[int, Message] = {}
    for index, piece in enumerate(progress.each(pieces, N_("Fetching evidence"))):
        if first.setdefault(piece.digest, index) != index:
            continue
        job = _job(piece, index, folder)
        if isinstance(job, Message):
            refused[index] = job
        else:
            jobs[index] = job
    done = _prepared(jobs, pieces, progress)
    own = {
        **{index: Prepared(0, reason=reason) for index, reason in refused.items()},
        **done,
    }
    return tuple(
        _sheaf(piece, index, first[piece.digest], own, folder)
        for index, piece in enumerate(pieces)
    )


def _sheaf(
    piece: EvidencePiece,
    index: int,
    first: int,
    own: dict[int, Prepared],
    folder: Path,
) -> Sheaf:
    prepared = own[first]
    return Sheaf(
        piece,
        _target(folder, first),
        prepared.pages,
        prepared.repaired,
        prepared.reason,
        None if first == index else first,
    )


def _job(piece: EvidencePiece, index: int, folder: Path) -> Job | Message:
    data = piece.read()
    if not data:
        return Message(N_("the file is empty"))
    media = media_of(piece.file_name, data[:2048])
    if reason := unprintable(media):
        return reason
    source = folder / f"piece-{index}"
    source.write_bytes(data)
    margins = _ORIGINAL_AREA if piece.original else Margins()
    return Job(source, media, _target(folder, index), margins)


def _target(folder: Path, index: int) -> Path:
    return folder / f"sheets-{index}.pdf"


def _prepared(
    jobs: dict[int, Job], pieces: Sequence[EvidencePiece], progress: Progress
) -> dict[int, Prepared]:
    done: dict[int, Prepared] = {}
    for batch in _batches(list(jobs)):
        progress.step(Message(N_("Preparing evidence")), len(done), len(jobs))
        together = tuple(jobs[index] for index in batch)
        try:
            answers = child.run(
                prepare_all,
                together,
                name=pieces[batch[0]].file_name,
                progress=progress,
                seconds=_SECONDS,
            )
        except (child.FileUnreadable, child.ReadingTookTooLong):
            # One piece hung or killed the reader: each gets its own, so that the others survive.
            answers = tuple(
                _alone(jobs[index], pieces[index].file_name, progress)
                for index in batch
            )
        done.update(zip(batch, answers, strict=True))
    return done


def _alone(job: Job, name: str, progress: Progress) -> Prepared:
    try:
        return child.run(
            prepare_one, job, name=name, progress=progress, seconds=_SECONDS
        )
    except (child.FileUnreadable, child.ReadingTookTooLong) as error:
        return Prepared(0, reason=error.said)


def _batches(indices: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(indices), _BATCH):
        yield indices[start : start + _BATCH]
