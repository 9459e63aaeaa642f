"""Opens an XML file without following, loading or expanding anything it points to."""

import re
from dataclasses import dataclass

from lxml import etree

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.files.encoding import guess_encoding

_HEAD = 2048
_START = re.compile(r"<(\?xml|!--|!doctype|[a-z_][\w.:-]*[\s/>])", re.IGNORECASE)
# A web page or a workbook saved as XML is a table's business, and is told there how to become one.
_PAGES = re.compile(
    r"(<!doctype\s+html|<(html|head|body|table)\b|urn:schemas-microsoft-com:office:spreadsheet)",
    re.IGNORECASE,
)
_DOCTYPE = re.compile(rb"\A[^<]*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<!DOCTYPE", re.DOTALL)


class XmlBroken(UserError):
    """No well-formed XML."""

    message = N_(
        "{name} is damaged or breaks off: line {line} is no valid XML. Export it again and try that file."
    )


class XmlWithDefinitions(UserError):
    """A DOCTYPE: entities that grow, or that read other files."""

    message = N_(
        "{name} brings definitions of its own (a DOCTYPE), which can be used to attack a program and which "
        "ledgers and e-invoices do without. It was not read; ask its sender for a file without them."
    )


class XmlEncodingWrong(UserError):
    """The encoding the person chose does not fit the file."""

    message = N_("{name} can't be read as {encoding}. Choose another encoding.")


@dataclass(frozen=True, slots=True)
class XmlFile:
    """A parsed file. `encoding`: how it was read; `declared`: what it says of itself where that is wrong."""

    root: etree._Element
    encoding: str
    declared: str = ""


def is_xml(content: bytes) -> bool:
    """Whether the bytes begin as XML that isn't a web page or a table under that name."""
    head = content[:_HEAD].replace(b"\0", b"").decode("latin-1")
    words = head.lstrip("\u00ef\u00bb\u00bf\u00fe\u00ff \r\n\t")
    return bool(_START.match(words)) and not _PAGES.search(head)


def parse(name: str, content: bytes, encoding: str | None = None) -> XmlFile:
    """The file's elements, without comments. Raises `XmlBroken`, `XmlWithDefinitions`, `XmlEncodingWrong`."""
    if _DOCTYPE.match(content[: 64 * _HEAD].replace(b"\0", b"")):
        raise XmlWithDefinitions(name=name)
    if encoding:
        return XmlFile(
            _root(name, _recoded(name, content, encoding), "utf-8"), encoding
        )
    try:
        root = _root(name, content)
    except XmlBroken:
        return _otherwise(name, content)
    return XmlFile(root, root.getroottree().docinfo.encoding or "utf-8")


def _otherwise(name: str, content: bytes) -> XmlFile:
    """Programs declare UTF-8 and write GB18030 or Windows-1252: what the bytes themselves say is tried next."""
    guess = guess_encoding(content)
    try:
        words = _recoded(name, content, guess)
    except XmlEncodingWrong as error:
        raise XmlBroken(name=name, line=1) from error
    root = _root(name, words, "utf-8")
    found = re.search(rb"encoding=[\"']([\w.-]+)", content[:_HEAD].replace(b"\0", b""))
    declared = found[1].decode() if found else "utf-8"
    same = declared.replace("-", "").casefold() == guess.replace("-", "").casefold()
    return XmlFile(root, guess, "" if same else declared)


def _recoded(name: str, content: bytes, encoding: str) -> bytes:
    try:
        return content.decode(encoding).lstrip("\ufeff \r\n\t").encode()
    except (LookupError, UnicodeError) as error:
        raise XmlEncodingWrong(name=name, encoding=encoding) from error


def _root(name: str, content: bytes, encoding: str | None = None) -> etree._Element:
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(content.lstrip(b" \r\n\t"), parser)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise XmlBroken(name=name, line=line or 1) from error
    if root is None:
        raise XmlBroken(name=name, line=1)
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlWithDefinitions(name=name)
    return root
