"""Turns: one at a time, in order, and nobody waits for ever."""

from __future__ import annotations

import threading

from enforcement.turns import Turns

PATIENCE = 10.0


def test_those_who_wait_come_in_the_order_in_which_they_came() -> None:
    turns = Turns()
    order: list[int] = []

    def take(number: int) -> None:
        with turns.taken(PATIENCE):
            order.append(number)

    threads = []
    with turns.taken(PATIENCE):
        for number in range(5):
            thread = threading.Thread(target=take, args=(number,))
            thread.start()
            threads.append(thread)
            while len(turns._waiting) <= number:
                pass
        assert order == []
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_who_loses_patience_goes_ahead_and_spoils_nobody_s_turn() -> None:
    turns = Turns()
    with turns.taken(PATIENCE), turns.taken(0.0):
        assert turns._taken
    with turns.taken(0.0):
        assert turns._taken
    assert not turns._taken


def test_a_block_that_fails_passes_its_turn_on() -> None:
    turns = Turns()
    try:
        with turns.taken(PATIENCE):
            raise KeyError("a fault")
    except KeyError:
        pass
    assert not turns._taken
