"""`desk`: make one, look into it, check it, copy it, bring it back."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from creditdesk import passphrases
from creditdesk.cli.desk import trips
from creditdesk.cli.session import (
    File,
    Replace,
    Terminal,
    existing,
    new_passphrase,
    terminal,
    today,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.desk.passphrase import STRONG
from creditdesk.services import backups
from creditdesk.services.backups import Reread
from creditdesk.workspace import (
    change_passphrase,
    create_desk,
    desk_differences,
    is_protected,
    needs_passphrase,
    repair_desk,
    restore_desk,
)

_CHANGED = N_(
    "{path} opens with the new passphrase from now on. Backups made before keep the old one."
)
_REMOVED = N_(
    "{path} opens without a passphrase from now on. Backups made before keep the old one."
)
app = typer.Typer(no_args_is_help=True, help="The desk file itself.")
trips.register(app)


class PassphraseWeak(UserError):
    """One that is found by trying."""

    message = N_(
        "A passphrase of fewer than {count} characters is found by trying. Choose a longer one, or add --weak."
    )


class DeskUnsound(UserError):
    """The check found something."""

    message = N_("The desk has {count} problems. Nothing was changed.")


class BackupsUnsound(UserError):
    """Reading them again found something."""

    message = N_("Backups that are not in order: {count}. They were left as they are.")


class NoBackupOfName(UserError):
    """The desk does not open, and nothing that bears its name lies there."""

    message = N_(
        "The desk does not open, and {folder} holds no backup of the name {name}. "
        "Give the folder its backups go to with --folder."
    )


@app.command()
def create(
    context: typer.Context,
    *,
    encrypt: Annotated[bool, typer.Option("--encrypt")] = False,
) -> None:
    """Make an empty desk."""
    call = terminal(context)
    new = new_passphrase(call, passphrases.NOW) if encrypt else ""
    create_desk(call.desk_path, new)
    call.answer(
        {"path": call.desk_path, "encrypted": encrypt},
        [call.words(N_("Made the desk {path}."), path=call.desk_path)],
    )


@app.command()
def info(context: typer.Context) -> None:
    """Say what is in the desk."""
    call = terminal(context)
    with call.desk(as_it_is=True) as desk:
        found = desk.upkeep.info()
        last = desk.backups.last()
        reminder = desk.backups.reminder(today())
    data = {
        "path": found.path,
        "encrypted": found.encrypted,
        "size": found.size,
        "schema": found.schema,
        "rows": found.rows,
        "last_backup": last.path if last else None,
        "reminder": reminder.said if reminder else None,
    }
    lines = [
        call.words(N_("Desk {path}"), path=found.path),
        call.words(N_("Protected by a passphrase"))
        if found.encrypted
        else call.words(N_("Not protected")),
        *(f"{table}: {count:,}" for table, count in found.rows.items() if count),
        *([call.words.say(reminder.said)] if reminder else []),
    ]
    call.answer(data, lines)


@app.command()
def check(
    context: typer.Context,
    *,
    repair: Annotated[bool, typer.Option("--repair")] = False,
) -> None:
    """Verify file, schema, foreign keys, digests and figures; `--repair` makes a new desk without foreign objects."""
    call = terminal(context)
    if repair:
        _repair(call)
        return
    with call.desk(as_it_is=True) as desk:
        verdict = desk.check(call.progress())
    said = [call.words.say(problem) for problem in verdict.problems]
    data = {"ok": verdict.ok, "problems": said}
    if not verdict.ok:
        raise call.fall_short(DeskUnsound(count=len(said)), data, said)
    call.answer(data, [call.words(N_("The desk is sound."))])


def _repair(call: Terminal) -> None:
    made, names = repair_desk(existing(call.desk_path), call.passphrase(), datetime.now())  # fmt: skip # noqa: DTZ005 - a file name in local time
    told = (
        call.words(N_("Made {made} with all rows and without: {names}."), made=made.name, names=", ".join(names))
        if made
        else call.words(N_("There is nothing in the desk that this program did not make."))
    )  # fmt: skip
    call.answer({"made": made, "taken_out": names}, [told])


@app.command()
def backup(context: typer.Context, file: File, *, replace: Replace = False) -> None:
    """Write a verified copy."""
    call = terminal(context)
    call.output(file, replace=replace)
    with call.desk(as_it_is=True) as desk:
        made = desk.upkeep.back_up(file)
    call.answer({"file": made}, [call.words(N_("Backed up to {file}."), file=made)])


@app.command()
def verify_backups(
    context: typer.Context,
    *,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            help="Where those of a desk lie that does not open.",
            readable=False,
        ),
    ] = None,
) -> None:
    """Read every backup of the desk again, in the folder and in the second place; by name where it does not open."""
    call = terminal(context)
    read = _read_again(call, folder or backups.default_folder())
    bad = sum(not each.ok for each in read)
    data = {
        "ok": not bad,
        "backups": [
            {
                "file": each.backup.path,
                "day": each.backup.at.date(),
                "ok": each.ok,
                "reason": each.reason,
            }
            for each in read
        ],
    }
    lines = [_reread(call, each) for each in read] or [call.words(N_("No backup yet"))]
    if bad:
        raise call.fall_short(BackupsUnsound(count=bad), data, lines)
    call.answer(data, lines)


def _read_again(call: Terminal, folder: Path) -> tuple[Reread, ...]:
    if not call.desk_path.exists():
        return _read_by_name(call, folder)
    try:
        with call.desk(as_it_is=True) as desk:
            return desk.backups.verify(call.progress())
    except UserError as refused:
        read = _read_by_name(call, folder)
        shut = all(each.reason == backups.OTHER_PASSPHRASE for each in read)
        if needs_passphrase(refused) and shut:
            raise
        typer.echo(call.words.say(refused.said), err=True)
        return read


def _read_by_name(call: Terminal, folder: Path) -> tuple[Reread, ...]:
    """Those of a desk that can't say which are its own."""
    found = [each.path for each in backups.of_name(call.desk_path, folder)]
    if not found:
        raise NoBackupOfName(name=call.desk_path.stem, folder=folder)
    given = next((call.passphrase_of(each) for each in found if is_protected(each)), "")
    return backups.verify_of_name(call.desk_path, folder, given, call.progress())


def _reread(call: Terminal, each: Reread) -> str:
    said = call.words.say(each.reason) if each.reason else call.words(N_("in order"))
    return f"{'✓' if each.ok else '⚠'} {each.backup.path}: {said}"


@app.command()
def restore(
    context: typer.Context,
    file: File,
    *,
    other_desk: Annotated[bool, typer.Option("--other-desk")] = False,
) -> None:
    """Put a backup in the desk's place; the desk is kept under a dated name."""
    call = terminal(context)
    copy = existing(file)
    theirs, ours = call.passphrase_of(copy), call.passphrase()
    differs = (
        desk_differences(call.desk_path, copy, ours, copy_passphrase=theirs)
        if call.desk_path.exists()
        else ()
    )
    at = datetime.now()  # noqa: DTZ005 - a file name in local time
    kept = restore_desk(
        call.desk_path, copy, ours, at, copy_passphrase=theirs, of_another=other_desk
    )
    call.answer(
        {
            "restored": file,
            "kept": kept,
            "differences": [
                {"table": one.table, "before": one.here, "after": one.there}
                for one in differs
            ],
        },
        [
            call.words(
                N_("Restored {file}. What was there before is kept as {kept}."),
                file=file,
                kept=kept.name,
            )
            if kept
            else call.words(N_("Restored {file}."), file=file),
            *(f"{one.table}: {one.here:,} → {one.there:,}" for one in differs),
        ],
    )


@app.command()
def passphrase(
    context: typer.Context,
    *,
    remove: Annotated[bool, typer.Option("--remove")] = False,
    weak: Annotated[bool, typer.Option("--weak")] = False,
) -> None:
    """Set, change or remove the passphrase; the old one opens the desk until the new one is checked."""
    call = terminal(context)
    path = existing(call.desk_path)
    old = call.passphrase()
    new = "" if remove else new_passphrase(call, passphrases.NEW)
    if new and len(new) < STRONG and not weak:
        raise PassphraseWeak(count=STRONG)
    change_passphrase(path, old, new, datetime.now())  # noqa: DTZ005 - who has the desk since when, in local time
    said = _CHANGED if new else _REMOVED
    call.answer({"path": path, "encrypted": bool(new)}, [call.words(said, path=path)])
