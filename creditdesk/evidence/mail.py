"""Reads a mail and prints it as a page; runs in a child process."""

import struct
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pikepdf
from pikepdf import Array

from creditdesk.domain.base.evidence import MAIL, Refused
from creditdesk.evidence import outlook
from creditdesk.evidence.outlook import Mail, plain
from creditdesk.i18n import N_, Language, Message, words
from creditdesk.paper.page import BOTTOM, LEFT, RIGHT, SMALL, TOP
from creditdesk.paper.pdf import Document

_NO_EVIDENCE = frozenset({"application/pkcs7-signature", "application/pgp-signature"})


def read(path: Path, media: str) -> Mail:
    """The mail. Raises `Refused`."""
    damaged = Refused(Message(N_("the mail is damaged")))
    try:
        mail = _internet(path) if media == MAIL else outlook.mail_of(path)
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        OSError,
        struct.error,
    ) as error:
        raise damaged from error
    if not any((mail.sender, mail.to, mail.subject, mail.text, mail.attachments)):
        raise damaged
    return mail


def printed(mail: Mail, path: Path, language: Language) -> pikepdf.Pdf:
    """Its head, its text and the names of its attachments on A4."""
    say = words(language)
    document = Document(language, "")
    document.page()
    document.text(mail.subject or say("(no subject)"), size=14, bold=True)
    facts = (
        (say("Sender"), mail.sender),
        (say("Recipients"), mail.to),
        (say("Copy to"), mail.copies),
        (say("Sent at"), mail.sent),
        (say("Enclosed files"), "\n".join(name for name, _ in mail.attachments)),
    )
    document.space(6)
    document.facts((label, value) for label, value in facts if value)
    document.space(10)
    for line in mail.text.splitlines():
        document.text(line, size=SMALL)
    target = path.with_name(f"{path.name}-printed.pdf")
    document.save(target, mail.subject, stamped=False)
    pdf = pikepdf.open(target)
    for page in pdf.pages:
        # The sheet it comes on has margins of its own.
        page.cropbox = Array([LEFT, BOTTOM - 12, RIGHT, TOP + 12])
    return pdf


def _internet(path: Path) -> Mail:
    with path.open("rb") as file:
        message = BytesParser(policy=policy.default).parse(file)
    if not message.keys():
        raise Refused(Message(N_("the mail is damaged")))
    body = message.get_body(("plain", "html"))
    return Mail(
        sender=_head(message, "From"),
        to=_head(message, "To"),
        copies=_head(message, "Cc"),
        sent=_head(message, "Date"),
        subject=_head(message, "Subject"),
        text=_text(body) if isinstance(body, EmailMessage) else "",
        attachments=tuple(_attached(message)),
    )


def _head(message: EmailMessage, name: str) -> str:
    return str(message.get(name, "")).strip()


def _text(body: EmailMessage) -> str:
    try:
        text = str(body.get_content())
    except LookupError:
        # A charset nobody knows: what is Latin can be read all the same.
        text = (body.get_payload(decode=True) or b"").decode("latin-1")  # type: ignore[union-attr]  # a leaf has bytes
    return plain(text) if body.get_content_type() == "text/html" else text


def _attached(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for number, part in enumerate(message.iter_attachments(), start=1):
        kind = part.get_content_type()
        if kind in _NO_EVIDENCE:
            continue
        ending = ".eml" if kind == MAIL else ""
        name = part.get_filename() or f"{number}{ending}"
        content = part.get_content()
        if isinstance(content, EmailMessage):
            content = content.as_bytes()
        data = content.encode() if isinstance(content, str) else bytes(content)
        yield Path(name.replace("\\", "/")).name, data
