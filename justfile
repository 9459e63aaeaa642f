# What .ci/run runs, one thing at a time: `just check` before a commit, `just` for the list. CONTRIBUTING.md tells more.

_list:
    @just --list

# Make the environment from the lock
setup:
    python3 -m venv .venv
    .venv/bin/python -m pip install --quiet --require-hashes -r requirements/dev.txt

# All that a change must pass, as .ci/run does it
check: test lint types layers self-check

# The tests; what follows goes to pytest
test *arguments:
    .venv/bin/python -m pytest -q {{arguments}}

# Style of the code
lint:
    .venv/bin/ruff format --check .
    .venv/bin/ruff check .

# Types, strictly
types:
    .venv/bin/mypy

# Who may import whom
layers:
    .venv/bin/lint-imports

# What the program finds of itself
self-check:
    .venv/bin/python app.py --self-check

# The tests in another zone, locale, user, day, or `--orders 20`
conditions *arguments:
    .ci/conditions {{arguments}}

# Small changes of the rules, one at a time: do the tests notice?
mutants *arguments:
    .ci/mutants {{arguments}}

# Renew the lock
lock:
    .ci/lock

# The newest versions beside the locked ones
newest:
    .ci/newest

# Compile the Chinese words
words:
    .ci/words

# Every screen as a picture
screens:
    .venv/bin/python app.py screens --out pictures

# Kill the program in the middle of its work
kills *options:
    .ci/kills {{options}}

# Every page in small windows and large text: is anything cut?
fits *arguments:
    .ci/fits {{arguments}}

# Freeze the program, try it, pack it
freeze *options:
    .ci/freeze {{options}}
