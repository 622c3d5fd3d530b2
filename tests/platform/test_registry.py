"""The book in which parts of the product bind what others name by key."""

import pytest

from infra.ground.registry import BoundTwice, Registry, Unbound


def a_book() -> Registry[int]:
    book: Registry[int] = Registry("number")
    book.register("two", 2)
    book.register("one", 1)
    return book


def test_values_come_in_the_order_of_binding() -> None:
    book = a_book()
    book.register("two", 2)
    assert book.items() == [("two", 2), ("one", 1)]
    assert (book.values(), len(book), "one" in book) == ([2, 1], 2, True)


def test_a_key_is_bound_once() -> None:
    with pytest.raises(BoundTwice, match="The number 'one' is bound twice"):
        a_book().register("one", 11)


def test_what_nobody_bound_is_an_error_by_name() -> None:
    assert a_book().find("three") is None
    with pytest.raises(Unbound) as missing:
        a_book().get("three")
    assert str(missing.value) == "No number is bound to 'three'."


def test_what_is_bound_for_a_while_is_gone_afterwards_whatever_happened() -> None:
    book = a_book()
    with book.temporarily({"one": 11, "three": 3}):
        book.register("four", 4)
        assert book.values() == [2, 11, 3, 4]
    with pytest.raises(BoundTwice), book.temporarily({"one": 11}):
        book.register("one", 12)
    assert book.values() == [2, 1]
    with book.temporarily({"five": 5}, only=True):
        assert book.values() == [5]
    assert book.values() == [2, 1]
