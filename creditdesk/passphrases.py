"""Passphrases that the environment brings: taken out of it at the start, so that no program we start inherits them."""

import os

NOW = "CREDITDESK_PASSPHRASE"
NEW = "CREDITDESK_NEW_PASSPHRASE"
AWAY = "CREDITDESK_AWAY_PASSPHRASE"
"""The names of the variables; that of a desk, the one it shall get, and that of what is taken out of it."""
_taken: dict[str, str] = {}


def take() -> None:
    """From here on only `given` knows them."""
    for name in (NOW, NEW, AWAY):
        value = os.environ.pop(name, None)
        if value is not None:
            _taken[name] = value


def given(name: str = NOW) -> str:
    """The passphrase; empty where there is none."""
    return _taken.get(name) or os.environ.get(name, "")
