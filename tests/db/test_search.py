"""The search finds a name by any piece of it, and nothing typed breaks it."""

from collections.abc import Callable, Iterator

import pytest

from creditdesk.db import search
from creditdesk.db.database import Database

Search = Iterator[Callable[[str], set[int]]]
NAMES = {
    1: "宁波加喜贸易有限公司",
    2: "上海海澜电子有限公司",
    3: "Żabka Łódź Sp. z o.o.",
    4: "<b>A & B</b> \"quoted\" 'n' Co.",
    5: "O'Neill AND Sons",
}


@pytest.fixture
def found(database: Database) -> Search:
    """Asks the search; the answer is the numbers of the buyers."""
    with database.write() as session:
        search.index(
            session,
            (search.Entry("buyer", number, 1, (name, f"K00{number}")) for number, name in NAMES.items()),
        )  # fmt: skip

    def ask(text: str) -> set[int]:
        with database.read() as session:
            hits = search.find(session, text)
        assert all(hit.kind == "buyer" for hit in hits)
        return {hit.id for hit in hits}

    return iter([ask])


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("加喜", {1}),
        ("jx", {1}),
        ("jiaxi", {1}),
        ("JiaXi", {1}),
        ("nbjx", {1}),
        ("海", {2}),
        ("加", {1}),
        ("ż", {2, 3}),
        ("z", {2, 3}),
        ("zzzz", set()),
        ("zabka", {3}),
        ("łódź", {3}),
        ("K002", {2}),
        ("k002 海澜", {2}),
        ("海澜 加喜", set()),
        ("quoted", {4}),
        ("O'Neill", {5}),
        ("sons and", {5}),
        ("AND SONS", {5}),
        ("", set()),
        ("   ", set()),
        ("nobody", set()),
    ],
)
def test_names_are_found_by_characters_sounds_and_initials(
    found: Search, asked: str, numbers: set[int]
) -> None:
    (ask,) = found
    assert ask(asked) == numbers


@pytest.mark.parametrize(
    "asked",
    [
        '"', '""', "'", "*", "a*", "NEAR(a b)", "a NOT b", "pieces:加喜", "(", ")", "^a", "-a", "a OR",
        "{a b}", "\\", "%", "_", "; DROP TABLE search", "\n", "\0", "😀", "a" * 10_000, "加 " * 500,
    ],
)  # fmt: skip
def test_nothing_typed_into_the_search_breaks_it(found: Search, asked: str) -> None:
    (ask,) = found
    ask(asked)


def test_a_changed_name_is_found_by_the_new_one_only(
    database: Database, found: Search
) -> None:
    (ask,) = found
    with database.write() as session:
        search.index(session, [search.Entry("buyer", 1, 1, ("新名字",))])
    assert ask("加喜") == set()
    assert ask("新名字") == {1}


def test_what_is_forgotten_is_not_found(database: Database, found: Search) -> None:
    (ask,) = found
    with database.write() as session:
        search.forget(session, "buyer", [1])
        search.index(session, [search.Entry("client", 1, 1, ("加喜",))])
        search.forget(session, "client", [1])
    assert ask("加喜") == set()
