"""Finds how a text file writes its characters: rules.md 11.6 warns of GB18030 without a mark."""

import codecs
import re

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
# Encodings that write other characters with ASCII signs, by the sign that leads over.
_SHIFTED = ((b"\x1b$B", "iso2022_jp"), (b"\x1b$)C", "iso2022_kr"), (b"~{", "hz"))
# What the headings of a Chinese ledger say: a reading that has one of these is no accident.
_LEDGER_WORDS = re.compile("日期|金额|客户|单位|名称|发票|余额|公司|单号|编号")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_LONG_RUN = re.compile(r"[^\W\d_a-zA-Z]{3,}")
_WESTERN_SIGNS = "©®°€£§«»“”‘’„–—…·½"
# Below this share of everyday characters a Chinese reading of the bytes is nonsense.
_EVERYDAY_SHARE = 0.75
_ALL_BUT_ALL = 0.95
_TIMES = 4
_FEW_ZEROS, _ZEROS_SHARE = 3, 0.02


def is_text(content: bytes) -> bool:
    """Whether the bytes can be text at all."""
    if content.startswith(tuple(mark for mark, _ in _MARKS)) or _two_bytes(content):
        return True
    return not content.startswith(_NOT_TEXT) and _few_zeros(content[:65536])


def _few_zeros(head: bytes) -> bool:
    """A database leaves a zero byte here and there; what no person writes beside it is no text."""
    zeros = head.rstrip(b"\0").count(0)
    if not zeros:
        return True
    few = zeros <= _FEW_ZEROS + len(head) // 1000
    return few and not _CONTROL.search(head.replace(b"\0", b"").decode("latin-1"))


def is_plain_text(content: bytes) -> bool:
    """Whether it is text beyond doubt: its bytes make sense, and no sign is one that only machines write."""
    known = by_mark(content) or _by_sense(content)
    return bool(known) and fits(content, known) and _is_plain(content.decode(known))


def guess_encoding(content: bytes) -> str:
    """A mark, else strict UTF-8, else GB18030 or Big5 that makes sense, else what charset-normalizer says."""
    return by_mark(content) or _by_sense(content) or _by_frequency(content)


def by_mark(content: bytes) -> str:
    """The encoding its first bytes mark, empty without a mark."""
    return next((name for mark, name in _MARKS if content.startswith(mark)), "")


def _by_sense(content: bytes) -> str:
    """The first encoding under which the bytes make sense, empty when none does."""
    if wide := _two_bytes(content):
        return wide
    if fits(content, "utf-8"):
        return _shifted(content) or "utf-8"
    if neighbour := _neighbour(content):
        return neighbour
    for name in ("gb18030", "big5"):
        if makes_sense(content, name):
            return name
    return "cp1252" if _reads_as_western(content) else ""


def _shifted(content: bytes) -> str:
    """The encoding of plain ASCII that leads over to other characters and back; empty where none fits."""
    if not content.isascii():
        return ""
    return next(
        (name for sign, name in _SHIFTED if sign in content and fits(content, name)),
        "",
    )


def _neighbour(content: bytes) -> str:
    """Japanese and Korean written with the bytes of everyday Chinese; empty where the Chinese reading may be meant.

    Their own signs tell them: kana, which no Chinese ledger has, and Hangul wherever a character is not ASCII.
    """
    if not fits(content, "gb18030"):
        return ""
    chinese = content.decode("gb18030")[:100_000]
    if _LEDGER_WORDS.search(chinese):
        return ""
    if fits(content, "euc_jp") and _KANA.search(chinese):
        return "euc_jp"
    if not fits(content, "cp949"):
        return ""
    korean = content.decode("cp949")[:100_000]
    signs = len(_FOREIGN.findall(korean))
    hangul = len(_HANGUL.findall(korean))
    return "cp949" if hangul >= _ALL_BUT_ALL * signs else ""


def _by_frequency(content: bytes) -> str:
    best = charset_normalizer.from_bytes(content[:200_000]).best()
    candidates = (best.encoding if best else "latin-1", "cp1252", "latin-1")
    return next(name for name in candidates if fits(content, name))


def by_zeros(content: bytes) -> str:
    """The encoding of two or four bytes a sign, by mark or by its zero bytes; empty for anything else."""
    marked = by_mark(content)
    if marked.startswith("utf-8"):
        return ""
    return marked if marked and fits(content, marked) else _two_bytes(content)


def _two_bytes(content: bytes) -> str:
    """UTF-16 without a mark: ASCII signs have a zero byte, always on the same side. Empty for anything else.

    A few Chinese characters have theirs on the other side, 开 of 开票日期 among them. A zero byte here and there is
    another matter.
    """
    first, second = content[:4000:2].count(0), content[1:4000:2].count(0)
    for name, zeros, others in (
        ("utf-16-le", second, first),
        ("utf-16-be", first, second),
    ):
        enough = zeros > max(_TIMES * others, _ZEROS_SHARE * len(content[:4000]))
        if enough and fits(content, name):
            return name if _is_plain(content.decode(name)) else ""
    return ""


def _is_plain(text: str) -> bool:
    """Whether no sign is one that only machines write."""
    return not _CONTROL.search(text[:4000])


def fits(content: bytes, encoding: str) -> bool:
    """Whether every byte can be read so."""
    try:
        content.decode(encoding)
    except (LookupError, UnicodeError):
        return False
    return True


def makes_sense(content: bytes, encoding: str) -> bool:
    """Whether the Chinese characters of this reading are mostly those that everybody writes."""
    if not fits(content, encoding):
        return False
    national = "gb2312" if encoding == "gb18030" else encoding
    foreign = [sign for sign in content.decode(encoding)[:100_000] if ord(sign) > 127]
    everyday = sum(1 for sign in foreign if _everyday(sign, national))
    return bool(foreign) and everyday >= _EVERYDAY_SHARE * len(foreign)


def _reads_as_western(content: bytes) -> bool:
    """Whether the bytes beyond ASCII are accented letters and everyday signs between plain ones.

    Whole words of accented letters are another alphabet: Cyrillic in one byte, Chinese in two.
    """
    if not fits(content, "cp1252"):
        return False
    text = content.decode("cp1252")
    foreign: list[str] = _FOREIGN.findall(text)
    in_words = sum(map(len, _LONG_RUN.findall(text)))
    if in_words > (1 - _EVERYDAY_SHARE) * len(foreign):
        return False
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
