"""The pages everything we print is set on: its measures, its type, text from top to bottom."""

import sys

# reportlab loads the shaper with its fonts, for paragraphs of its own that nobody sets here: 70 ms of each process that
# prints. `system_fonts` loads it where a name needs it.
_LOADED = "uharfbuzz" in sys.modules
if not _LOADED:
    sys.modules["uharfbuzz"] = None  # type: ignore[assignment]  # so an import finds none
import reportlab.pdfbase.ttfonts  # noqa: E402, F401 - see above

if not _LOADED:
    del sys.modules["uharfbuzz"]
