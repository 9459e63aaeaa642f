"""Finds how a text file writes its characters: domain.md 11.6 warns of GB18030 without a mark."""

import codecs

import charset_normalizer

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"PK",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc",
)
_WESTERN_SIGNS = "©®°€£§«»“”‘’„–—…·½"
# Below this share of everyday characters a Chinese reading of the bytes is nonsense.
_EVERYDAY_SHARE = 0.75


def is_text(content: bytes) -> bool:
    """Whether the bytes can be text at all."""
    if content.startswith(tuple(mark for mark, _ in _MARKS)) or _two_bytes(content):
        return True
    return not content.startswith(_NOT_TEXT) and b"\0" not in content[:65536]


def guess_encoding(content: bytes) -> str:
    """A mark, else strict UTF-8, else GB18030 or Big5 that makes sense, else what charset-normalizer says."""
    return _by_mark(content) or _by_sense(content) or _by_frequency(content)


def _by_mark(content: bytes) -> str:
    return next((name for mark, name in _MARKS if content.startswith(mark)), "")


def _by_sense(content: bytes) -> str:
    """The first encoding under which the bytes make sense, empty when none does."""
    if wide := _two_bytes(content):
        return wide
    if _fits(content, "utf-8"):
        return "utf-8"
    for name in ("gb18030", "big5"):
        if _makes_sense(content, name):
            return name
    return "cp1252" if _reads_as_western(content) else ""


def _by_frequency(content: bytes) -> str:
    best = charset_normalizer.from_bytes(content[:200_000]).best()
    candidates = (best.encoding if best else "latin-1", "cp1252", "latin-1")
    return next(name for name in candidates if _fits(content, name))


def _two_bytes(content: bytes) -> str:
    """UTF-16 without a mark: ASCII signs have a zero byte, always on the same side. Empty for anything else."""
    first, second = content[:4000:2].count(0), content[1:4000:2].count(0)
    for name, zeros, others in (
        ("utf-16-le", second, first),
        ("utf-16-be", first, second),
    ):
        if zeros and not others and _fits(content, name):
            return name
    return ""


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except (LookupError, UnicodeError):
        return False
    return True


def _makes_sense(content: bytes, encoding: str) -> bool:
    """Whether the Chinese characters of this reading are mostly those that everybody writes."""
    if not _fits(content, encoding):
        return False
    national = "gb2312" if encoding == "gb18030" else encoding
    foreign = [sign for sign in content.decode(encoding)[:100_000] if ord(sign) > 127]
    everyday = sum(1 for sign in foreign if _everyday(sign, national))
    return bool(foreign) and everyday >= _EVERYDAY_SHARE * len(foreign)


def _reads_as_western(content: bytes) -> bool:
    """Whether the bytes beyond ASCII are accented letters and everyday signs between plain ones."""
    if not _fits(content, "cp1252"):
        return False
    foreign = [sign for sign in content.decode("cp1252") if not sign.isascii()]
    western = sum(sign.isalpha() or sign in _WESTERN_SIGNS for sign in foreign)
    return western >= _EVERYDAY_SHARE * len(foreign)


def _everyday(sign: str, national: str) -> bool:
    """GB2312 row 16-55 and Big5 A440-C67E hold the frequent characters; symbols come before them."""
    code = sign.encode(national, "ignore")
    limits = (
        (b"\xa1\xa1", b"\xd7\xfe")
        if national == "gb2312"
        else (b"\xa1\x40", b"\xc6\x7e")
    )
    return len(code) == 2 and limits[0] <= code <= limits[1]
