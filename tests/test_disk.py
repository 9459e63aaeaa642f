"""A file takes its name although a scanner or a sync program holds it for a moment."""

import ast
import errno
from pathlib import Path

import pytest

import creditdesk
from creditdesk import disk
from creditdesk.i18n import words


class Holder:
    """Somebody who lets go of a file after some tries; `tries` counts them."""

    def __init__(self, held: int, error: int) -> None:
        self.held, self.error, self.tries = held, error, 0
        self._replace = Path.replace

    def replace(self, new: Path, target: Path) -> Path:
        """As `Path.replace`."""
        self.tries += 1
        if self.tries <= self.held:
            raise OSError(self.error, "held", str(target))
        return self._replace(new, target)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "new"
    path.write_text("new")
    (tmp_path / "desk").write_text("old")
    return path


def _held(monkeypatch: pytest.MonkeyPatch, holder: Holder) -> Holder:
    # A bound method would be handed no path.
    monkeypatch.setattr(Path, "replace", lambda new, target: holder.replace(new, target))  # fmt: skip # noqa: PLW0108 - see above
    monkeypatch.setattr(disk, "_PAUSE", 0)
    return holder


def test_a_replace_that_fails_three_times_works_at_last(
    new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = _held(monkeypatch, Holder(3, errno.EBUSY))
    disk.put_in_place(new, new.with_name("desk"))
    assert (holder.tries, new.with_name("desk").read_text()) == (4, "new")


def test_who_never_lets_go_is_said_in_one_sentence_and_nothing_is_lost(
    new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _held(monkeypatch, Holder(10**9, errno.EBUSY))
    monkeypatch.setattr(disk, "_PATIENCE", 0)
    target = new.with_name("desk")
    with pytest.raises(OSError, match="held") as raised:
        disk.put_in_place(new, target)
    said = words("en").say(disk.refusal(raised.value, target).said)
    assert (
        said
        == f"{target} can't be written. Close the program that has it open, or choose another folder."
    )
    assert (target.read_text(), new.read_text()) == ("old", "new")


def test_what_does_not_pass_is_not_waited_for(
    new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = _held(monkeypatch, Holder(10**9, errno.EROFS))
    with pytest.raises(OSError, match="held"):
        disk.put_in_place(new, new.with_name("desk"))
    assert holder.tries == 1


def test_no_file_is_renamed_in_any_other_way() -> None:
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted(Path(creditdesk.__file__).parent.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            node.func.attr == "rename"
            or (
                node.func.attr == "replace"
                and len(node.args) == 1
                and not node.keywords
            )
        )
    ]
    assert [each.partition(":")[0] for each in found] == ["disk.py"]
