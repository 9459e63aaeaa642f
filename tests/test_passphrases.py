"""A passphrase of the environment is known to the program, and to no program it starts."""

import os
import subprocess
import sys

import pytest

from creditdesk import passphrases

SECRET = "a good secret"  # noqa: S105 - of nothing
CHILD = "import os, sys; sys.stdout.write(repr(sorted(each for each in os.environ if 'PASSPHRASE' in each)))"


def test_what_was_taken_is_given_and_no_child_inherits_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passphrases, "_taken", {})
    monkeypatch.setenv(passphrases.NOW, SECRET)
    monkeypatch.setenv(passphrases.NEW, "another")
    passphrases.take()
    assert (passphrases.given(), passphrases.given(passphrases.NEW)) == (SECRET, "another")  # fmt: skip
    assert SECRET not in os.environ.values()
    told = subprocess.run([sys.executable, "-c", CHILD], check=True, capture_output=True)  # fmt: skip # noqa: S603 - our own interpreter
    assert told.stdout == b"[]"


def test_nothing_is_given_where_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "_taken", {})
    monkeypatch.delenv(passphrases.NEW, raising=False)
    passphrases.take()
    assert passphrases.given(passphrases.NEW) == ""
