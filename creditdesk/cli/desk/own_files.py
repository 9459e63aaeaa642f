"""What `demo` and `screens` wrote into a folder, so that they replace that and nothing else."""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from creditdesk.disk import put_in_place
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.outputs import beside, require_writable, write


class NotWrittenByUs(UserError):
    """A file of that name is there, and it is somebody's work."""

    message = N_(
        "{path} was not written by this command, or was changed since. "
        "Move it away, or choose another folder with --out."
    )


class OwnFiles:
    """The files of a folder that are as this program wrote them: a list beside them holds their digests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._list = folder / ".written-by-creditdesk.json"
        self._known = self._read()

    def require(self, names: Iterable[str]) -> None:
        """Raise `NotWrittenByUs` where one of these files is somebody else's, and what `require_writable` raises."""
        for name in names:
            path = self._folder / name
            require_writable(path)
            if path.exists() and _digest(path) not in self._known:
                raise NotWrittenByUs(path=path)

    def take(self, made: Iterable[Path]) -> None:
        """Put these files here, in the place of those written before."""
        made = sorted(made)
        self.require(each.name for each in made)
        # The list goes first: what a kill leaves half done is still known as ours.
        self._known |= {_digest(each) for each in made}
        write(self._list, json.dumps(sorted(self._known)).encode())
        for each in made:
            with beside(self._folder / each.name) as new:
                put_in_place(each, new)

    def _read(self) -> set[str]:
        with suppress(OSError, ValueError, TypeError):
            return set(json.loads(self._list.read_bytes()))
        return set()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
