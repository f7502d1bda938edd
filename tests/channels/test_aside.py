"""What is held in memory of people: questions put aside, rates and open conversations, of a limited number."""

from __future__ import annotations

from bot.channels.aside import PutAside
from bot.channels.limits import OpenConversations, RateLimit


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_question_is_given_back_once() -> None:
    aside = PutAside()
    aside.put("a", "wat is ips")
    assert aside.has("a") and aside.take("a") == "wat is ips"
    assert not aside.has("a") and aside.take("a") is None


def test_a_question_is_forgotten_after_a_while() -> None:
    clock = Clock()
    aside = PutAside(seconds=60, clock=clock)
    aside.put("a", "wat is ips")
    clock.now = 61
    assert aside.take("a") is None


def test_however_many_come_only_the_last_are_kept() -> None:
    aside = PutAside(most=3)
    for number in range(1000):
        aside.put(str(number), "x" * 100)
    assert [number for number in range(1000) if aside.has(str(number))] == [997, 998, 999]


def test_a_new_conversation_waits_until_an_open_one_has_ended() -> None:
    clock = Clock()
    open_ones = OpenConversations(2, seconds=60, clock=clock)
    assert open_ones.admits("a") and open_ones.admits("b")
    assert not open_ones.admits("c")
    clock.now = 50
    assert open_ones.admits("a")
    clock.now = 61
    assert open_ones.admits("c"), "b has ended"
    assert not open_ones.admits("b")


def test_an_address_may_send_so_much_in_a_minute_and_then_again() -> None:
    clock = Clock()
    rate = RateLimit(2, seconds=60, clock=clock)
    assert [rate.allows("a") for _ in range(3)] == [True, True, False]
    assert rate.allows("b"), "another one isn't held up"
    clock.now = 61
    assert rate.allows("a")


def test_however_many_addresses_come_only_the_last_are_remembered() -> None:
    rate = RateLimit(1, keys=3)
    assert all(rate.allows(str(number)) for number in range(1000))
    assert [number for number in reversed(range(1000)) if not rate.allows(str(number))] == [999, 998, 997]
