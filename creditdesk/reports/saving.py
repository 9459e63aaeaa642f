"""Writes a document beside its place, checks it, and only then puts it there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from creditdesk.errors import UserError
from creditdesk.i18n import N_


class CannotWrite(UserError):
    """The folder or the file refuses."""

    message = N_(
        "{path} can't be written. Close the program that has it open, or choose another folder."
    )


class DocumentDamaged(UserError):
    """What was written doesn't read back as it should."""

    message = N_(
        "{path} was not written correctly and was thrown away. Check the free space of the disk and try again."
    )


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A file to write next to `path`; it takes its place when the block ends well, and is gone otherwise."""
    new = path.with_name(f".{path.stem}.new{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield new
        new.replace(path)
    except (PermissionError, IsADirectoryError, NotADirectoryError) as error:
        raise CannotWrite(path=path) from error
    finally:
        new.unlink(missing_ok=True)
