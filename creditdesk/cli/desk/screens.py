"""`screens`: every screen as a picture, for a review by eye."""

from pathlib import Path

import typer

from creditdesk import private
from creditdesk.cli import window
from creditdesk.cli.desk.own_files import OwnFiles
from creditdesk.cli.session import OutFolder, terminal, today
from creditdesk.i18n import N_
from creditdesk.workspace import open_desk


def screens(context: typer.Context, out: OutFolder = Path("pictures")) -> None:
    """Render every screen of the sample desk to PNG: both languages, light and dark."""
    from creditdesk.sample import desk as sample  # noqa: PLC0415 - heavy, and no other command waits for it

    call = terminal(context)
    own = OwnFiles(out)
    own.require(each.name for each in out.glob("*-*-*.png"))
    with private.folder() as folder:
        path, pictures = folder / "sample.creditdesk", folder / "pictures"
        sample.build(path, today(), call.progress())
        assert window.render is not None  # noqa: S101 - bootstrap set it
        desk = open_desk(path)
        try:
            count = window.render(desk, today(), pictures)
        finally:
            desk.close()
        own.take(pictures.iterdir())
    call.answer(
        {"folder": out, "pictures": count},
        [
            call.words(
                N_("{count} pictures written to {folder}."), count=count, folder=out
            )
        ],
    )
