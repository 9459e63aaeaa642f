"""The files that lie inside a PDF, wherever it names them; runs in a child process."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary

from creditdesk.domain.base.evidence import UNKNOWN
from creditdesk.evidence.sheets import notes_of

_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Inside:
    """A file that travels inside another one."""

    name: str
    data: bytes
    media: str

    def under(self, within: str) -> "Inside":
        """The same, named by what it lies in."""
        return replace(self, name=f"{within}/{self.name}") if within else self


def files_of(pdf: pikepdf.Pdf) -> Iterator[Inside]:
    """Each file once: of the list of embedded files, of `/AF` anywhere, of annotations a file hangs on."""
    seen: set[bytes] = set()
    for number, specification in enumerate(_specifications(pdf)):
        if number >= _MOST:
            return
        found = _file(specification)
        if found is None:
            continue
        digest = hashlib.sha256(found.name.encode() + found.data).digest()
        if digest not in seen:
            seen.add(digest)
            yield found


def _specifications(pdf: pikepdf.Pdf) -> Iterator[object]:
    names = pdf.Root.get("/Names")
    tree = names.get("/EmbeddedFiles") if isinstance(names, Dictionary) else None
    if isinstance(tree, Dictionary):
        yield from pikepdf.NameTree(tree).values()
    yield from _listed(pdf.Root)
    for page in pdf.pages:
        yield from _listed(page.obj)
        for note in notes_of(page):
            yield note.get("/FS")


def _listed(thing: pikepdf.Object) -> Iterator[object]:
    files = thing.get("/AF")
    yield from files if isinstance(files, Array) else (files,)


def _file(specification: object) -> Inside | None:
    if not isinstance(specification, Dictionary):
        return None
    files = specification.get("/EF")
    if not isinstance(files, Dictionary):
        return None
    stream = files.get("/UF") or files.get("/F")
    if not isinstance(stream, pikepdf.Stream):
        return None
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        return None
    name = str(specification.get("/UF") or specification.get("/F") or "")
    kind = stream.get("/Subtype")
    media = str(kind)[1:] if isinstance(kind, pikepdf.Name) else UNKNOWN
    return Inside(name or "?", data, media)
