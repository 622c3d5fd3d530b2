"""Where script/server listens."""

import socket

import pytest

from script.lib.address import AddressError, check_host, choose_port, is_free


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "maps.example.vn"])  # noqa: S104
def test_demo_mode_is_for_this_machine_only(host: str) -> None:
    with pytest.raises(AddressError, match="DEMO_MODE=0"):
        check_host(host, demo=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_demo_mode_may_use_loopback(host: str) -> None:
    check_host(host, demo=True)


def test_without_demo_mode_any_address_is_allowed() -> None:
    check_host("0.0.0.0", demo=False)  # noqa: S104


def test_a_port_in_use_is_refused_when_asked_for_and_passed_over_when_not() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert not is_free("127.0.0.1", taken)
        with pytest.raises(AddressError, match=str(taken)):
            choose_port("127.0.0.1", taken)
        assert choose_port("127.0.0.1", None) != taken
