"""Takes from a foreign page what acts by itself, and draws what it leaves to the viewer; runs in a child process."""

import pikepdf
from pikepdf import Dictionary

_ACTIVE_KINDS = frozenset(
    {"/Movie", "/Sound", "/RichMedia", "/3D", "/Screen", "/FileAttachment"}
)
_DEEPEST_FIELD = 30


def draw_fields(pdf: pikepdf.Pdf) -> None:
    """Fill in the looks a form leaves to the viewer, so that no other form of the package is drawn anew.

    qpdf draws Latin letters only; a form with other values keeps its wish.
    """
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, Dictionary) or not form.get("/NeedAppearances"):
        return
    values = [
        field.get("/V")
        for field in pdf.objects
        if isinstance(field, Dictionary) and "/FT" in field
    ]
    texts = [str(value) for value in values if isinstance(value, pikepdf.String)]
    if all(character < "\u0100" for text in texts for character in text):
        pdf.generate_appearance_streams()
        drop(form, "/NeedAppearances")


def _quieten_object(thing: pikepdf.Object) -> None:
    for key in ("/AA", "/A", "/PA"):
        drop(thing, key)


def harmless(note: pikepdf.Object) -> bool:
    """Whether an annotation may stay; what it does by itself is taken from it."""
    if not isinstance(note, Dictionary):
        return False
    above: object = note
    deep = 0
    while isinstance(above, Dictionary) and deep < _DEEPEST_FIELD:
        _quieten_object(above)
        above, deep = above.get("/Parent"), deep + 1
    return str(note.get("/Subtype")) not in _ACTIVE_KINDS


def drop(thing: pikepdf.Object, key: str) -> None:
    """Take a key away where there is one."""
    if key in thing:
        del thing[key]
