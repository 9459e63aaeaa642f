"""Reads a mail as Outlook saves it, with the mails that are attached to it; runs in a child process."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Final

from lxml import html
from olefile import OleFileIO
from oxmsg import Message
from oxmsg.storage import Storage, Stream

_SENDER: Final = 0x0C1A
"""The sender's name (MS-OXPROPS), which is all there is of a mail within one house."""
_MAIL_WITHIN: Final = "__substg1.0_3701000D"
_PROPERTIES: Final = "__properties_version1.0"
_HEAD_WITHIN: Final = 24
"""Bytes before the properties of a mail within a mail; those of a mail by itself have eight more (MS-OXMSG 2.4.1)."""
_DEEPEST: Final = 5


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says. Everything may be empty but the attachments' names."""

    sender: str
    to: str
    copies: str
    sent: str
    subject: str
    text: str
    attachments: tuple[tuple[str, bytes], ...]


def mail_of(path: Path) -> Mail:
    """The mail. Raises what its readers do where it is damaged."""
    with OleFileIO(str(path)) as ole:
        root = Storage.from_ole(ole)
    return _mail(root, 0)


def plain(text: str) -> str:
    """The words of a page of HTML, a line each."""
    if not text.strip():
        return ""
    whole: Any = html.fromstring(text)
    for unseen in list(whole.iter("script", "style", "head")):
        unseen.drop_tree()
    for cell in whole.iter("br", "p", "div", "tr", "li", "h1", "h2", "h3"):
        cell.tail = f"\n{cell.tail or ''}"
    for cell in whole.iter("td", "th"):
        cell.tail = f"  {cell.tail or ''}"
    lines = (" ".join(line.split()) for line in whole.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def _mail(storage: Storage, deep: int) -> Mail:
    message = Message(storage)
    heads = {key.lower(): value for key, value in message.message_headers.items()}
    to = "; ".join(each.name or each.email_address for each in message.recipients)
    sent = message.sent_date
    named = message.properties.str_prop_value(_SENDER) or ""
    return Mail(
        sender=message.sender or heads.get("from", "") or named,
        to=heads.get("to", "") or to,
        copies=heads.get("cc", ""),
        sent=format_datetime(sent) if sent else heads.get("date", ""),
        subject=message.subject,
        text=message.body or plain(message.html_body or ""),
        attachments=tuple(_attached(message, storage, deep)),
    )


def _attached(
    message: Message, storage: Storage, deep: int
) -> Iterator[tuple[str, bytes]]:
    places = storage.iter_attachment_storages()
    for number, (each, place) in enumerate(zip(message.attachments, places, strict=True), 1):  # fmt: skip
        within = next((one for one in place.storages if one.name == _MAIL_WITHIN), None)
        if within is not None and deep < _DEEPEST:
            mail = _mail(_by_itself(within), deep + 1)
            name = "".join(
                " " if one in '/\\:*?"<>|\r\n' else one for one in mail.subject
            )
            yield f"{name.strip() or number}.eml", _as_file(mail)
            continue
        yield Path(each.file_name or f"{number}").name, each.file_bytes or b""


def _by_itself(within: Storage) -> Storage:
    """A mail within a mail, its properties headed like those of a mail by itself."""
    streams = tuple(
        Stream(
            each.path,
            each.bytes_[:_HEAD_WITHIN] + bytes(8) + each.bytes_[_HEAD_WITHIN:],
        )
        if each.name == _PROPERTIES
        else each
        for each in within.streams
    )
    return Storage(within.path, streams, within.storages)


def _as_file(mail: Mail) -> bytes:
    """A mail within a mail as a file of its own."""
    made = EmailMessage()
    heads = {
        "From": mail.sender,
        "To": mail.to,
        "Cc": mail.copies,
        "Date": mail.sent,
        "Subject": mail.subject,
    }
    for name, text in heads.items():
        if text:
            made[name] = " ".join(text.split())
    made.set_content(mail.text)
    for name, data in mail.attachments:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)  # fmt: skip
    return made.as_bytes()
