"""Several PDFs as one, each with its bookmark."""

from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import OutlineItem

from creditdesk.outputs import beside


def join(parts: Sequence[tuple[str, Path]], path: Path) -> int:
    """Put the files one after the other; the answer is the number of pages. Raises what `beside` raises.

    Each keeps its own page numbers: they are papers of their own that go to different people.
    """
    with pikepdf.new() as whole, beside(path) as new:
        with whole.open_outline() as outline:
            for title, part in parts:
                first = len(whole.pages)
                with pikepdf.open(part) as own:
                    whole.pages.extend(own.pages)
                outline.root.append(OutlineItem(title, first))
        whole.Root.PageMode = pikepdf.Name.UseOutlines
        whole.save(new, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(whole.pages)
