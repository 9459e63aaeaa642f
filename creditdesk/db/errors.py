"""What can be wrong with a desk file, in words."""

from creditdesk.disk import DiskRefuses
from creditdesk.errors import UserError
from creditdesk.i18n import N_


class DeskMissing(UserError):
    """There is no such file."""

    message = N_("There is no desk at {path}. Create one, or choose another file.")


class DeskExists(UserError):
    """A desk would be overwritten."""

    message = N_("{path} exists already. Choose another name; nothing was overwritten.")


class PassphraseWrong(UserError):
    """The file opens with no key we have; a damaged file looks the same."""

    message = N_(
        "{path} does not open: the passphrase is wrong, or the file is damaged "
        "(both look the same). Nothing was changed. Try the passphrase again, "
        "or restore a backup."
    )


class PassphraseNeeded(UserError):
    """The desk is encrypted and no passphrase was given."""

    message = N_(
        "{path} is protected by a passphrase. Give the passphrase to open it. "
        "(A desk damaged at its beginning looks the same: then restore a backup.)"
    )


class PassphraseNotNeeded(UserError):
    """A passphrase for a desk that has none."""

    message = N_("{path} is not protected by a passphrase. Open it without one.")


class NotADesk(UserError):
    """A file of another kind."""

    message = N_("{path} is not a CreditDesk desk. Nothing was changed.")


class DeskDamaged(UserError):
    """SQLite can't read it."""

    message = N_(
        "{path} is damaged and can't be opened. Nothing was changed. "
        "Restore the newest backup; the damaged file is kept."
    )


class DeskUnreachable(DiskRefuses):
    """SQLite can't reach the file, and nothing tells why."""

    message = N_(
        "{path} can't be opened or written. Check that the folder is there, "
        "that you may write to it and that the disk is connected."
    )


class DeskReadOnly(UserError):
    """The file or its disk may not be written."""

    message = N_(
        "{path} may not be written. Nothing was changed. "
        "Copy it to a folder you may write to, or lift its write protection."
    )


class DeskShut(UserError):
    """The check found damage; what is written into a damaged file may be lost."""

    message = N_(
        "{path} is damaged and was opened for reading only. Nothing was changed. "
        "Restore the newest good backup (Settings, Backups; on the command line: desk restore) to go on working."
    )


class LogPutAside(UserError):
    """What lay beside the desk as its log was another's, or of another day."""

    message = N_(
        "A log that is not this desk's lay beside it and was not applied. It is kept as {kept}."
    )


class DeskFromNewerVersion(UserError):
    """A later CreditDesk wrote it."""

    message = N_(
        "{path} was written by a newer CreditDesk (schema {found}; this program "
        "knows up to {known}). Nothing was changed. Install the newer version."
    )


class DeskWithStrangers(UserError):
    """Tables, views, triggers or indexes this program never made."""

    message = N_(
        "{path} holds what this program never made: {names}. Whoever put it there could have it run on this machine. "
        "Nothing was opened. `desk check --repair` makes a new desk without it."
    )


class DeskInUse(UserError):
    """Another window has it open."""

    message = N_(
        "{path} is open on {host} by {who} since {since}. Close it there first."
    )


class DeskBusy(UserError):
    """Another process is writing and did not finish in time."""

    message = N_(
        "The desk is being written by another program. Nothing was changed. Try again in a moment."
    )


class BackupFailed(UserError):
    """A copy was made but is not equal to the desk."""

    message = N_(
        "The backup {path} failed its check ({reason}) and was not kept. The desk itself is unchanged."
    )


class BackupOntoDesk(UserError):
    """The copy would take the place of what it copies."""

    message = N_("{path} is the desk itself. Give the backup another name.")


class BackupOfAnother(UserError):
    """Another desk's books would stand where this desk's stood."""

    message = N_(
        "{path} is a backup of another desk, not of {desk}. Nothing was changed. "
        "If that is meant, say so (on the command line: --other-desk)."
    )


class RestoreUnprotected(UserError):
    """A plain copy would stand where an encrypted desk stood."""

    message = N_(
        "{path} is protected by a passphrase, the backup is not. Give the passphrase of the desk; the restored one "
        "gets it too. A desk that does not open any more because it is damaged: move it away first, then restore."
    )


class RecordMissing(UserError):
    """A number or name that is not in the desk."""

    message = N_("The desk has no {what}. Check the number, or look it up in the list.")


class VoidReasonMissing(UserError):
    """Whoever reads the history has to understand what went wrong."""

    message = N_("Say why this entry is void; it stays in the history with the reason.")


class VoidAlready(UserError):
    """A mistake is taken back once."""

    message = N_("{what} was voided already, on {on}: {why}")


class VoidRestsOn(UserError):
    """Something that counts rests on the entry."""

    message = N_("{what} can't be voided, because this rests on it: {reasons}.")
