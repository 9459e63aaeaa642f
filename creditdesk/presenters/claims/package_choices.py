"""What is chosen before a package is made, without Qt: draft or final, and how it is bound."""

from dataclasses import dataclass
from typing import Final

from creditdesk.domain.claim.claims import ITEM_STATE_TITLES
from creditdesk.domain.claim.manner import USUAL, Manner
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.evidence import recogniser
from creditdesk.i18n import N_
from creditdesk.presenters.parts.printing import unprintable_remarks
from creditdesk.presenters.parts.wording import Wording

_NAMED = 8
"""So many missing papers are named with their titles, more by their codes."""


@dataclass(frozen=True, slots=True)
class Choices:
    """`final`: it goes to the insurer and bears no marks of a draft."""

    final: bool = False
    manner: Manner = USUAL


DRAFT: Final = Choices()
"""What a package is unless the person says otherwise."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A switch of the dialog. `key` is a field of `Manner`; `hint` says more; `offered` False: it can't be had here."""

    key: str
    title: str
    hint: str = ""
    offered: bool = True


def switches(wording: Wording) -> tuple[Choice, ...]:
    """The switches, in the order they are asked."""
    there = recogniser.is_there()
    return (
        Choice(
            "duplex",
            wording(N_("For printing on both sides")),
            wording(N_("Each part and each paper begins on a right-hand page; the backs left blank say so and are counted.")),
        ),
        Choice("grey", wording(N_("In black and white"))),
        Choice(
            "originals",
            wording(N_("An area on every copy to seal it as true to the original")),
        ),
        Choice(
            "cross_seal",
            wording(N_("Marks for the seal across the pages of a paper of more than two")),
        ),
        Choice(
            "recognise",
            wording(N_("Recognise the text of scanned pages")),
            ""
            if there
            else wording(N_("Needs OCRmyPDF and Tesseract with its Chinese language file (chi_sim), which are not installed: see ocrmypdf.readthedocs.io.")),
            there,
        ),
    )  # fmt: skip


def lacking(package: ClaimPackage, wording: Wording) -> tuple[str, ...]:
    """What a package made now would lack; empty where nothing is known to be."""
    rows = [row for row in package.checklist if row.missing]
    said = [
        f"{row.code} {row.title.in_language(wording.language)} "
        f"({wording(ITEM_STATE_TITLES[row.state])})"
        if len(rows) <= _NAMED
        else row.code
        for row in rows
    ]
    if len(rows) > _NAMED:
        said = [wording(N_("papers: {items}"), items=wording.list(said))]
    said += map(wording.message, package.gaps)
    said += map(wording.message, unprintable_remarks(*_texts(package)))
    if package.calculation.result is None or package.calculation.missing:
        said.append(wording(N_("the calculation lacks values")))
    return tuple(said)


def _texts(package: ClaimPackage) -> tuple[str, ...]:
    """The names on the package and its narrative, line by line."""
    parties = (package.policyholder, package.buyer, package.insurer, package.firm)
    names = (text for party in parties for text in (party.name, party.address))
    return (*names, *package.narrative.splitlines())
