"""Turns the bytes of a text file into characters, and says which of them got lost: no wrong sign comes in silence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from creditdesk.errors import Problem, UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.files import encoding as encodings
from creditdesk.importers.files.unseen import ranges

_LOST = "\ufffd"
# From here on characters are Chinese, Japanese or Korean.
_EASTERN = "\u2e80"
_MOSTLY = 0.9
_TIMES = 3


class EncodingWrong(UserError):
    """The encoding the person chose does not fit the file."""

    message = N_("{name} can't be read as {encoding}. Choose another encoding.")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, the encoding of most of them, and a note where some were lost or written otherwise."""

    words: str
    encoding: str
    notes: tuple[Problem, ...] = ()


def decoded(
    file_name: str, content: bytes, encoding: str | None, declared: str = ""
) -> Decoded:
    """The text of a file. `encoding`: a person's word; `declared`: the file's own. Raises `EncodingWrong`."""
    if encoding:
        return Decoded(_strictly(file_name, content, encoding), encoding)
    if wide := encodings.by_zeros(content):
        return Decoded(content.decode(wide), wide)
    plain = content.rstrip(b"\0")
    notes = tuple(_without_zeros(plain))
    found = _decoded(plain.replace(b"\0", b"") if notes else plain, declared)
    return Decoded(found.words, found.encoding, (*notes, *found.notes))


def _strictly(file_name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except (LookupError, UnicodeError) as error:
        raise EncodingWrong(name=file_name, encoding=encoding) from error


def _without_zeros(content: bytes) -> Iterator[Problem]:
    """Databases write a zero byte where they have nothing."""
    if b"\0" in content:
        lines = [at for at, line in enumerate(content.split(b"\n")) if b"\0" in line]
        text = N_("Signs without meaning (zero bytes) were left out in rows {rows}.")
        yield _problem(text, lines)


def _decoded(content: bytes, declared: str) -> Decoded:
    if encodings.fits(content, "utf-8") or (
        encodings.by_mark(content) and encodings.fits(content, encodings.by_mark(content))
    ):  # fmt: skip
        found = encodings.guess_encoding(content)
        return Decoded(content.decode(found), found)
    named = _declared(declared)
    if named and encodings.fits(content, named):
        return Decoded(content.decode(named), named)
    return _by_lines(content)


def _declared(encoding: str) -> str:
    """Pages say gb2312 and mean all of GB18030; a word for UTF-8 is wrong where it doesn't fit."""
    name = encoding.casefold()
    return "gb18030" if name in {"gb2312", "gbk", "gb18030"} else name


def _by_lines(content: bytes) -> Decoded:
    """What isn't wholly UTF-8: cut characters, lines of another program, or another encoding altogether."""
    lines = content.split(b"\n")
    foreign = [at for at, line in enumerate(lines) if not line.isascii()]
    kinds = {at: _kind(lines[at]) for at in foreign}
    utf8 = [at for at in foreign if kinds[at] in {"utf-8", "cut"}]
    chinese = [at for at in foreign if kinds[at] == "gb18030"]
    if utf8 and len(utf8) >= max(len(chinese), len(foreign) - len(utf8)):
        return _mixed(lines, kinds, "utf-8")
    told_apart = len(chinese) + len(utf8) >= _MOSTLY * len(foreign)
    if told_apart and (utf8 or not encodings.fits(content, "gb18030")):
        return _mixed(lines, kinds, "gb18030")
    found = encodings.guess_encoding(content)
    if found == "gb18030" and utf8:
        return _mixed(lines, kinds, found)
    # A mark at the beginning may promise what the rest doesn't hold.
    words = content.decode(found, "replace")
    lost = [at for at, line in enumerate(words.split("\n")) if _LOST in line]
    return Decoded(words, found, tuple(_told_lost(lost, found)))


def _kind(line: bytes) -> str:
    """How one line is written: `cut` is UTF-8 with a character that lacks its end; empty for what nobody can tell."""
    if encodings.fits(line, "utf-8"):
        return "utf-8"
    if encodings.makes_sense(line, "gb18030"):
        return "gb18030"
    loosely = line.decode("utf-8", "replace")
    if _is_mostly_whole(loosely, sum(_EASTERN <= sign < _LOST for sign in loosely)):
        return "cut"
    loosely = line.decode("gb18030", "replace")
    rest = loosely.replace(_LOST, "")
    if encodings.makes_sense(rest.encode("gb18030"), "gb18030") and _is_mostly_whole(
        loosely, sum(not sign.isascii() for sign in rest)
    ):
        return "gb18030"
    return ""


def _is_mostly_whole(loosely: str, whole: int) -> bool:
    return 0 < _TIMES * loosely.count(_LOST) <= whole


def _mixed(lines: list[bytes], kinds: dict[int, str], usual: str) -> Decoded:
    """Each line as it is written, and told where that isn't as the others."""
    words, others, lost = [], [], []
    eastern = usual == "gb18030" or _is_eastern(lines, kinds)
    for at, line in enumerate(lines):
        used = _used(line, kinds.get(at, ""), usual, eastern=eastern)
        if at in kinds and used != usual:
            others.append((at, used))
        shown = line.decode(used, "replace")
        if _LOST in shown:
            lost.append(at)
        words.append(shown)
    notes = (*_told_others(others, usual), *_told_lost(lost, usual))
    return Decoded("\n".join(words), usual, notes)


def _used(line: bytes, kind: str, usual: str, *, eastern: bool) -> str:
    if kind in {"utf-8", "cut"}:
        return "utf-8"
    if kind:
        return kind
    return "cp1252" if not eastern and encodings.fits(line, "cp1252") and not line.isascii() else usual  # fmt: skip


def _is_eastern(lines: list[bytes], kinds: dict[int, str]) -> bool:
    whole = (lines[at].decode() for at, kind in kinds.items() if kind == "utf-8")
    return "cut" in kinds.values() or any(max(line) >= _EASTERN for line in whole)


def _told_others(others: list[tuple[int, str]], usual: str) -> Iterator[Problem]:
    for other in sorted({used for _, used in others}):
        text = N_(
            "Rows {rows} are written in another encoding ({other}) than the rest ({encoding}), and were read so. "
            "Compare the names there with the original."
        )
        yield _problem(
            text, [at for at, used in others if used == other], other=other, encoding=usual
        )  # fmt: skip


def _told_lost(lost: list[int], usual: str) -> Iterator[Problem]:
    if lost:
        text = N_(
            "The encoding of rows {rows} is damaged: a character is cut off and can't be read as {encoding}; "
            "\ufffd stands in its place. Compare the names and numbers there with the original."
        )
        yield _problem(text, lost, encoding=usual)


def _problem(text: str, lines: Iterable[int], **places: object) -> Problem:
    found = list(lines)
    return Problem(Message.of(text, rows=ranges(found), **places), found[0] + 1)
