"""Opens foreign pictures; runs in a child process, for they may be damaged or hostile."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pi_heif import register_heif_opener
from PIL import Image, ImageFile, ImageSequence, UnidentifiedImageError

from creditdesk.domain.base.evidence import Refused
from creditdesk.evidence.opening import MAX_PAGES, page_count
from creditdesk.i18n import N_, Message

MAX_POINTS: Final = 200_000_000
"""A phone's largest picture; more would fill the memory of a small office's machine."""
_MANY_FRAMES = frozenset({"TIFF", "HEIF", "GIF", "WEBP", "PNG"})
"""Not MPO: what follows a phone's picture there is the same picture, smaller."""
register_heif_opener()
Image.MAX_IMAGE_PIXELS = MAX_POINTS


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture. `dpi` 0: the file gives no sensible one. `jpeg`: its own bytes when they can be printed as they are.

    `turn`: degrees clockwise it must be shown turned by.
    """

    image: Image.Image
    dpi: float
    jpeg: bytes | None = None
    turn: int = 0


def frames(path: Path) -> Iterator[Frame]:
    """The pictures of a file, one by one, completely loaded. Raises `Refused`."""
    with warnings.catch_warnings():
        # Pillow warns of odd metadata in pictures that are shown correctly all the same.
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            yield from _frames(path)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            reason = Message.of(
                N_(
                    "the picture claims more than {most} million points; take or scan it again"
                ),
                most=MAX_POINTS // 1_000_000,
            )
            raise Refused(reason) from error
        except UnidentifiedImageError as error:
            reason = Message(N_("it is no picture, or a damaged one"))
            raise Refused(reason) from error
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            reason = Message(N_("the picture is damaged or cut off"))
            raise Refused(reason) from error


def _frames(path: Path) -> Iterator[Frame]:
    assert not ImageFile.LOAD_TRUNCATED_IMAGES  # noqa: S101 - half a picture must never pass for a whole one
    with Image.open(path) as picture:
        kind = picture.format or ""
        many = ImageSequence.Iterator(picture) if kind in _MANY_FRAMES else (picture,)
        for number, image in enumerate(many):
            if number >= MAX_PAGES:
                raise Refused(page_count(number + 1))
            image.load()
            turn = _turn(image) if kind == "JPEG" else 0
            plain = kind == "JPEG" and turn is not None and image.mode in ("RGB", "L")
            jpeg = path.read_bytes() if plain else None
            yield Frame(image, _dpi(image), jpeg, (turn or 0) if plain else 0)


def _turn(image: Image.Image) -> int | None:
    """Degrees clockwise that the camera held it by; None for a mirrored picture."""
    try:
        orientation = image.getexif().get(0x0112, 1)
    except (OSError, ValueError, SyntaxError, KeyError, TypeError):
        return 0
    turns = {2: None, 3: 180, 4: None, 5: None, 6: 90, 7: None, 8: 270}
    return turns.get(orientation, 0) if isinstance(orientation, int) else 0


def _dpi(image: Image.Image) -> float:
    given = image.info.get("dpi")
    first = given[0] if isinstance(given, tuple) and given else 0
    try:
        dpi = float(first)
    except (TypeError, ValueError, ZeroDivisionError):
        return 0
    return dpi if 72 < dpi <= 2400 else 0
