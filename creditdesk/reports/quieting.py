"""Takes from a foreign PDF what acts by itself, and draws what it leaves to the viewer; runs in a child process."""

import pikepdf
from pikepdf import Dictionary, Name

_ACTIVE_KINDS = frozenset(
    {"/Movie", "/Sound", "/RichMedia", "/3D", "/Screen", "/FileAttachment"}
)


def quieten(pdf: pikepdf.Pdf) -> None:
    """Drop what acts by itself: scripts, actions, XFA, and signatures that joining would break."""
    for key in ("/OpenAction", "/AA", "/Outlines", "/Threads", "/PageMode"):
        drop(pdf.Root, key)
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary):
        drop(names, "/JavaScript")
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        for key in ("/XFA", "/CO", "/SigFlags"):
            drop(form, key)
    for thing in pdf.objects:
        if isinstance(thing, Dictionary):
            _quieten_object(thing)


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
    drop(thing, "/AA")
    action = thing.get("/A")
    if isinstance(action, Dictionary) and "/S" in action:
        drop(thing, "/A")
    if thing.get("/FT") == Name.Sig:
        drop(thing, "/V")


def harmless(note: pikepdf.Object) -> bool:
    """Whether an annotation may stay; what it does by itself is taken from it."""
    if not isinstance(note, Dictionary):
        return False
    _quieten_object(note)
    return str(note.get("/Subtype")) not in _ACTIVE_KINDS


def drop(thing: pikepdf.Object, key: str) -> None:
    """Take a key away where there is one."""
    if key in thing:
        del thing[key]
