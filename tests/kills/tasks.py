"""The work that is killed: each task does one thing after another for ever, and says what is done once it is.

A task gets the folder it works in and `done`, which writes a line that the survivor reads. What was said to be done
must be there afterwards; what was under way must be there wholly or not at all.
"""

import hashlib
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from creditdesk.db.migrate import fill
from creditdesk.domain.base.evidence import EvidenceState, InspectedEvidence
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.jobs import Progress
from creditdesk.reports import claim_package
from creditdesk.services.claims import ClaimId, NewClaim
from creditdesk.services.clients import ClientCard
from creditdesk.services.policies import NewPolicy
from creditdesk.workspace import (
    Desk,
    change_passphrase,
    create_desk,
    open_desk,
    restore_desk,
)

Done = Callable[[str], None]
NOW = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the desk keeps local time
CLAIM_DAY = date(2025, 9, 10)
ROWS = 1_500
"""Invoices of a ledger that is taken in."""
PASSPHRASES = ("the first secret", "the other secret")
OLD_STEP = "0005"


def opened(folder: Path, passphrase: str = "") -> Desk:
    """The desk of the folder."""
    return open_desk(
        folder / "desk.creditdesk",
        passphrase,
        now=lambda: NOW,
        who="somebody",
        backups=folder / "backups",
    )


def prepare(folder: Path) -> None:
    """A desk with a client, three invoices, a policy and a claim."""
    create_desk(folder / "desk.creditdesk")
    with closing(opened(folder)) as desk:
        client = desk.clients.add(ClientCard(name="明达电子有限公司"))
        desk.ledger.take_in(client, draft("first", 3))
        new = NewPolicy(
            client_id=client, template="sinosure-domestic", number="DT/1", start=date(2025, 1, 1),
            end=date(2025, 12, 31), values={"insured_pct": "90", "vat_insured": "true"},
        )  # fmt: skip
        desk.policies.add(new)
        claim = NewClaim(
            client_id=client, buyer_id=desk.buyers.named(client, "K0"), cause=Cause.INSOLVENCY,
            date_of_loss=date(2025, 9, 7), today=CLAIM_DAY,
        )  # fmt: skip
        desk.claims.open(claim)
        desk.recount(CLAIM_DAY)


def prepare_older(folder: Path) -> None:
    """A desk as a version before this one left it, in the place of today's."""
    for path in folder.glob("desk.creditdesk*"):
        path.unlink()
    fill(folder / "desk.creditdesk", "", OLD_STEP)


def draft(name: str, count: int) -> LedgerDraft:
    """A ledger of so many invoices, whose numbers begin with its name."""
    documents = tuple(
        DraftDocument(
            row=number + 2,
            buyer=BuyerRef(code=f"K{number % 50}", name=f"买方{number % 50}"),
            number=f"{name}-{number}",
            kind=DocumentKind.INVOICE,
            issued=date(2025, 1, 10),
            due=date(2025, 3, 11),
            amount=Money(Decimal(number + 1), "CNY"),
            vat_rate=Decimal(13),
        )
        for number in range(count)
    )  # fmt: skip
    return LedgerDraft(source=LedgerSource(file_name=f"{name}.xlsx", digest=name), documents=documents)  # fmt: skip


def save(folder: Path, done: Done) -> None:
    """A client after the other."""
    with closing(opened(folder)) as desk:
        for number in range(10_000):
            desk.clients.add(ClientCard(name=f"N{number}", contact="x" * 20_000))
            done(f"client N{number}")


def take_in(folder: Path, done: Done) -> None:
    """A ledger, taken in and taken back."""
    with closing(opened(folder)) as desk:
        client = desk.clients.all()[0].id
        for number in range(10_000):
            batch = desk.ledger.take_in(client, draft(f"L{number}", ROWS)).batch
            done(f"rows {ROWS}")
            assert batch is not None
            desk.ledger.undo(batch)
            done("rows 0")


def attach(folder: Path, done: Done) -> None:
    """A paper after the other."""
    with closing(opened(folder)) as desk:
        for number in range(10_000):
            content = b"%PDF-1.4 " + str(number).encode() * 9_000
            digest = hashlib.sha256(content).hexdigest()
            paper = InspectedEvidence(
                f"{number}.pdf", digest, len(content), "application/pdf", EvidenceState.OK
            )  # fmt: skip
            desk.claims.attach(ClaimId(1), "C07", paper, content)
            done(f"paper {digest}")


def package(folder: Path, done: Done) -> None:
    """The package of the claim, again and again over itself and beside it."""
    with closing(opened(folder)) as desk:
        made = desk.claims.package(ClaimId(1), CLAIM_DAY)
        for number in range(10_000):
            path = folder / "made" / f"{number % 2}.pdf"
            claim_package.write(made, path, "zh", Progress())
            done(f"package {path.name}")


def back_up(folder: Path, done: Done) -> None:
    """Copies, by hand and of the program's own."""
    with closing(opened(folder)) as desk:
        for number in range(10_000):
            path = desk.upkeep.back_up(folder / "made" / f"{number}.creditdesk")
            done(f"copy {path.name}")


def restore(folder: Path, done: Done) -> None:
    """A backup in the desk's place, work after it, and again."""
    with closing(opened(folder)) as desk:
        copy = desk.upkeep.back_up(folder / "made" / "copy.creditdesk")
    for number in range(10_000):
        done("either")
        with closing(opened(folder)) as desk:
            desk.clients.add(ClientCard(name=f"N{number}"))
        done(f"only N{number}")
        done("either")
        restore_desk(folder / "desk.creditdesk", copy, "", NOW)
        done("only")


def upgrade(folder: Path, done: Done) -> None:
    """An older desk, brought up to date when it is opened."""
    done("opening")
    opened(folder).close()
    done("opened")


def protect(folder: Path, done: Done) -> None:
    """One passphrase after the other."""
    path = folder / "desk.creditdesk"
    now = ""
    for number in range(10_000):
        new = PASSPHRASES[number % 2]
        done(f"from {now} to {new}")
        change_passphrase(path, now, new, NOW)
        done(f"under {new}")
        now = new


def void(folder: Path, done: Done) -> None:
    """A client entered by mistake, and voided."""
    with closing(opened(folder)) as desk:
        for number in range(10_000):
            client = desk.clients.add(ClientCard(name=f"N{number}"))
            done(f"client N{number}")
            desk.clients.void(client, "entered by mistake")
            done(f"void N{number}")


def forgetful(_folder: Path, done: Done) -> None:
    """Says more than it does: what the survivor must notice."""
    for number in range(10_000):
        done(f"client N{number}")
        time.sleep(0.01)


TASKS: dict[str, Callable[[Path, Done], None]] = {
    each.__name__: each
    for each in (save, take_in, attach, package, back_up, restore, upgrade, protect, void)
}  # fmt: skip
