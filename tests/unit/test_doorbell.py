from __future__ import annotations

from backchat.assistant.shared_state.doorbell import Doorbell


def test_a_bell_rings_for_its_sender_alone() -> None:
    doorbell = Doorbell()
    with doorbell.listening("web-1") as one, doorbell.listening("web-2") as other:
        doorbell.ring("web-1")
        assert one.is_set()
        assert not other.is_set()


def test_every_open_stream_of_a_sender_is_woken() -> None:
    doorbell = Doorbell()
    with doorbell.listening("web-1") as first, doorbell.listening("web-1") as second:
        doorbell.ring("web-1")
        assert first.is_set() and second.is_set()


def test_all_are_woken_at_the_end_and_nobody_is_kept() -> None:
    doorbell = Doorbell()
    with doorbell.listening("web-1") as bell:
        doorbell.ring_all()
        assert bell.is_set()
    doorbell.ring("web-1")
    doorbell.ring_all()
    with doorbell.listening("web-1") as bell:
        assert not bell.is_set()
