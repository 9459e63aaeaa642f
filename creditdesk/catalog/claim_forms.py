"""The insurers' claim forms and the facts they ask, which ship as data."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from creditdesk import paths
from creditdesk.catalog import reading
from creditdesk.domain.claim.forms import Fact, FormKind

STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class _Facts:
    facts: tuple[Fact, ...]


@cache
def facts() -> dict[str, Fact]:
    """All facts by key. Raises `CatalogError`."""
    path = paths.resources() / "claim_facts.toml"
    found = reading.read(path, _Facts, facts="fact").facts
    twice = [key for key, count in Counter(each.key for each in found).items() if count > 1]  # fmt: skip
    if twice:
        raise reading.CatalogError(f"{path.name}: fact: twice: {', '.join(twice)}")
    return {each.key: each for each in found}


@cache
def forms() -> dict[str, FormKind]:
    """All forms by id. Raises `CatalogError`."""
    found = {}
    for path in reading.folder("claim_forms"):
        form = reading.read(path, FormKind, sections="section")
        asked = [field.ask for section in form.sections for field in section.fields]
        unknown = sorted(set(asked) - facts().keys())
        if unknown:
            raise reading.CatalogError(f"{path.name}: ask: no such fact: {', '.join(unknown)}")  # fmt: skip
        if len(set(asked)) < len(asked):
            raise reading.CatalogError(f"{path.name}: ask: a fact is asked twice")
        if form.id != path.stem:
            raise reading.CatalogError(f"{path.name}: id: not the name of the file")
        found[form.id] = form
    return found


def form_for(template: str) -> FormKind:
    """The form of the policies made from this template; the insurer-neutral one where no form names it."""
    named = (form for form in forms().values() if template in form.templates)
    return next(named, forms()[STANDARD])
