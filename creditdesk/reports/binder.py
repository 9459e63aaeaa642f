"""Fetches the attached files for a package: each checked against its digest, each once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from creditdesk.domain.base.evidence import media_of
from creditdesk.domain.claim.excerpts import Excerpt
from creditdesk.domain.claim.package import EvidencePiece
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress


@dataclass(frozen=True, slots=True)
class Given:
    """One piece with where its bytes are. `refused`: why it can't even be opened; `twin` is the index of the first."""

    piece: EvidencePiece
    source: Path
    media: str = ""
    refused: Message | None = None
    twin: int | None = None


def fetch(
    pieces: Sequence[EvidencePiece], folder: Path, progress: Progress
) -> tuple[Given, ...]:
    """One a piece, in their order. The same pages of the same file twice are fetched once."""
    first: dict[tuple[str, Excerpt], int] = {}
    return tuple(
        _given(
            piece,
            index,
            first.setdefault((piece.digest, piece.excerpt), index),
            folder,
        )
        for index, piece in enumerate(progress.each(pieces, N_("Fetching evidence")))
    )


def _given(piece: EvidencePiece, index: int, first: int, folder: Path) -> Given:
    # What reads it belongs to the desk and stays here.
    named = replace(piece, read=bytes)
    source = folder / f"piece-{index}"
    if first != index:
        return Given(named, source, twin=first)
    data = piece.read()
    if hashlib.sha256(data).hexdigest() != piece.digest:
        told = N_("the desk no longer holds it as it was attached; attach it again")
        return Given(named, source, refused=Message(told))
    source.write_bytes(data)
    return Given(named, source, media_of(piece.file_name, data[:2048]))
