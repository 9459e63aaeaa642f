"""What a client's export looks like, kept so that the next one is read the same way."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256

from creditdesk.catalog.headings import normalised


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Field name to heading, and how to know the layout again. `day_first` None: decided from each file."""

    columns: dict[str, str]
    signature: str
    day_first: bool | None = None
    kind: str = "ledger"


def signature(labels: tuple[str, ...]) -> str:
    """The same for files with the same headings, whatever stands in them."""
    return sha256("|".join(map(normalised, labels)).encode()).hexdigest()


def to_json(profile: Profile) -> str:
    """The profile as it is stored."""
    return json.dumps(asdict(profile), ensure_ascii=False, sort_keys=True)


def from_json(stored: str) -> Profile:
    """The profile that was stored."""
    return Profile(**json.loads(stored))
