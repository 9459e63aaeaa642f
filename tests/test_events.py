"""Who wants to know is told, in order, until it no longer wants to."""

from creditdesk.events import Event


def test_listeners_are_told_in_the_order_they_asked() -> None:
    event, told = Event[int](), list[tuple[str, int]]()
    event.connect(lambda what: told.append(("a", what)))
    event.connect(lambda what: told.append(("b", what)))
    event.emit(7)
    assert told == [("a", 7), ("b", 7)]


def test_who_disconnects_is_told_no_more_and_may_do_so_twice() -> None:
    event, told = Event[int](), list[int]()
    disconnect = event.connect(told.append)
    event.emit(1)
    disconnect()
    disconnect()
    event.emit(2)
    assert told == [1]


def test_a_listener_may_leave_and_bring_another_while_being_told() -> None:
    event, told = Event[int](), list[str]()

    def once(_what: int) -> None:
        told.append("once")
        leave()
        event.connect(lambda _: told.append("later"))

    leave = event.connect(once)
    event.emit(1)
    assert told == ["once"]
    event.emit(2)
    assert told == ["once", "later"]


def test_one_listener_twice_is_told_twice() -> None:
    event, told = Event[int](), list[int]()
    event.connect(told.append)
    leave = event.connect(told.append)
    event.emit(1)
    leave()
    event.emit(2)
    assert told == [1, 1, 2]
