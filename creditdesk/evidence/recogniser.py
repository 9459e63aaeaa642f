"""Whether text can be recognised on this computer: OCRmyPDF and Tesseract are looked for when they are wanted."""

import shutil
from typing import Final

from creditdesk.i18n import N_

NOT_INSTALLED: Final = N_(
    "no text was recognised: OCRmyPDF and Tesseract are not installed on this computer; "
    "https://ocrmypdf.readthedocs.io says how to install them, with Tesseract's Chinese language file (chi_sim)"
)


def reads_pictures() -> bool:
    """Whether Tesseract is installed, which alone reads a picture."""
    return shutil.which("tesseract") is not None


def is_there() -> bool:
    """Whether both are installed."""
    return None not in (shutil.which("ocrmypdf"), shutil.which("tesseract"))
