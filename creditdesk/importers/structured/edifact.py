"""Reads UN/EDIFACT INVOIC messages: one invoice each, by the segments EN 16931 names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.files.xmltree import country
from creditdesk.importers.structured.document import ImportFormat, StructuredFound
from creditdesk.importers.structured.einvoice import EinvoicePaper, take

_START = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:UNA.{6}\s*)?UN[BH][+\x1d]", re.DOTALL)
_SIGNS = ":+.? '"
_DAYS = {"102": 8, "203": 12, "204": 14}


class EdifactOther(UserError):
    """A message that is no invoice."""

    message = N_(
        "{name} is an EDIFACT message of the kind {kind}. CreditDesk reads invoices (INVOIC) of it."
    )


class EdifactBroken(UserError):
    """No message that ends."""

    message = N_(
        "{name} is an EDIFACT file that breaks off before its first message ends. Ask its sender for the file again."
    )


FORMAT: Final = ImportFormat("edifact", N_("EDIFACT invoice (INVOIC)"))


@dataclass(slots=True)
class _Message:
    """The segments of one message: each a list of elements, each of them a list of parts."""

    line: int
    segments: list[list[list[str]]] = field(default_factory=list)


def is_edifact(content: bytes) -> bool:
    """Whether the bytes begin an interchange."""
    return bool(_START.match(content[:64]))


def read(name: str, content: bytes) -> StructuredFound:
    """Every invoice of the interchange. Raises `EdifactOther` and `EdifactBroken`."""
    found = StructuredFound()
    for message in _messages(_decoded(content)):
        kind = _part(message.segments[0], 2, 0)
        if kind != "INVOIC":
            raise EdifactOther(name=name, kind=kind or "?")
        take(_paper(message), found)
    if not found.rows_read:
        raise EdifactBroken(name=name)
    return found


def _decoded(content: bytes) -> str:
    """UNOA and UNOB are ASCII, UNOC is Latin-1, UNOW is UTF-8; many write UTF-8 whatever they say."""
    try:
        return content.decode("utf-8-sig").lstrip()
    except UnicodeDecodeError:
        return content.decode("latin-1").lstrip()


def _messages(text: str) -> Iterator[_Message]:
    signs, message = _SIGNS, None
    if text.startswith("UNA"):
        signs, text = text[3:9], text[9:]
    line = 1
    for raw in _cut(text, signs[5], signs[3]):
        elements = [
            [_plain(part, signs[3]) for part in _cut(each, signs[0], signs[3])]
            for each in _cut(raw.strip(), signs[1], signs[3])
        ]
        line += raw.count("\n")
        if elements[0] == ["UNH"]:
            message = _Message(line)
        if message is not None:
            message.segments.append(elements)
        if elements[0] == ["UNT"] and message is not None:
            yield message
            message = None


def _cut(text: str, sign: str, release: str) -> list[str]:
    """Cut at a sign that no release character stands before."""
    guard = re.escape(release)
    pattern = rf"((?:{guard}.?|[^{re.escape(sign)}{guard}])*+)(?:{re.escape(sign)}|\Z)"
    parts = re.findall(pattern, text, re.DOTALL)
    return parts[:-1] if len(parts) > 1 and not parts[-1] else parts


def _plain(part: str, release: str) -> str:
    return re.sub(rf"{re.escape(release)}(.)", r"\1", part, flags=re.DOTALL)


def _part(segment: list[list[str]], element: int, part: int) -> str:
    """One part of a segment, empty where it ends before."""
    if element >= len(segment) or part >= len(segment[element]):
        return ""
    return segment[element][part].strip()


def _paper(message: _Message) -> EinvoicePaper:
    head, lines, sums = _sections(message)
    buyer, seller = _party(head, "BY"), _party(head, "SE")
    return EinvoicePaper(
        row=message.line,
        number=_find(head, "BGM", "", 2),
        issued=_day(head, "137") or _day(head, "3"),
        currency=_currency(head),
        buyer=buyer,
        seller=seller,
        due=_day(head, "13"),
        delivered=_day(head, "35"),
        type_code=next((_part(each, 1, 0) for each in head if each[0] == ["BGM"]), ""),
        gross=_money(sums, "388") or _money(sums, "77"),
        net=_money(sums, "389") or _money(sums, "125"),
        vat=_money(sums, "176") or _money(sums, "124"),
        prepaid=_money(sums, "113"),
        rounding=_money(sums, "366"),
        payable=_money(sums, "9"),
        lines=tuple(
            _part(each, 1, 1)
            for each in lines
            if each[0] == ["MOA"] and _part(each, 1, 0) == "203"
        ),
        against=tuple(filter(None, (_reference(head, "IV"),))),
        order=_reference(head, "CT") or _reference(head, "ON"),
    )


def _sections(message: _Message) -> tuple[list[list[list[str]]], ...]:
    """What stands before the lines, the lines, and what stands after them."""
    names = [each[0][0] for each in message.segments]
    end = names.index("UNS") if "UNS" in names else len(names)
    begin = names.index("LIN") if "LIN" in names else end
    first_sums = message.segments[end:]
    names_after = [each[0][0] for each in first_sums]
    tax = names_after.index("TAX") if "TAX" in names_after else len(names_after)
    return message.segments[:begin], message.segments[begin:end], first_sums[:tax]


def _find(segments: list[list[list[str]]], name: str, code: str, element: int) -> str:
    for each in segments:
        if each[0] == [name] and (not code or _part(each, 1, 0) == code):
            return _part(each, element, 0)
    return ""


def _reference(segments: list[list[list[str]]], code: str) -> str:
    for each in segments:
        if each[0] == ["RFF"] and _part(each, 1, 0) == code:
            return _part(each, 1, 1)
    return ""


def _currency(segments: list[list[list[str]]]) -> str:
    for each in segments:
        if each[0] == ["CUX"]:
            return _part(each, 1, 1)
    return ""


def _money(segments: list[list[list[str]]], code: str) -> str:
    for each in segments:
        if each[0] == ["MOA"] and _part(each, 1, 0) == code:
            return _part(each, 1, 1).replace(",", ".")
    return ""


def _day(segments: list[list[list[str]]], code: str) -> str:
    """A day as `YYYYMMDD`, without the time some formats carry."""
    for each in segments:
        if each[0] == ["DTM"] and _part(each, 1, 0) == code:
            written, form = _part(each, 1, 1), _part(each, 1, 2)
            return written[:8] if len(written) == _DAYS.get(form, 0) else written
    return ""


def _party(segments: list[list[list[str]]], role: str) -> BuyerRef:
    """A party and the tax number that follows it."""
    for place, each in enumerate(segments):
        if each[0] == ["NAD"] and _part(each, 1, 0) == role:
            return BuyerRef(
                code=_part(each, 2, 0) if not _part(each, 2, 2) else "",
                name=_part(each, 4, 0) or _part(each, 3, 0),
                uscc=_tax_number(segments[place + 1 :]),
                country=country(_part(each, 9, 0)),
            )
    return BuyerRef()


def _tax_number(following: list[list[list[str]]]) -> str:
    for each in following:
        if each[0] == ["NAD"]:
            break
        if each[0] == ["RFF"] and _part(each, 1, 0) == "VA":
            return _part(each, 1, 1)
    return ""
