"""The address that the server listens on."""

import ipaddress
import socket

DEFAULT_PORT = 8000
PORTS_TRIED = 20


class AddressError(Exception):
    """The server must not or cannot listen there: why, and what to do."""


def check_host(host: str, *, demo: bool) -> None:
    """Raises AddressError for anything but this machine itself in demo mode."""
    if demo and not is_loopback(host):
        msg = (
            f"Chế độ minh họa (DEMO_MODE=1) có tài khoản đăng nhập không cần mật khẩu, nên chỉ được"
            f" nghe ở 127.0.0.1, không nghe ở {host}.\n"
            "  → Bỏ --host, hoặc đặt DEMO_MODE=0 và đọc docs/operations.md để triển khai thật."
        )
        raise AddressError(msg)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError:
            return False
    return True


def choose_port(host: str, wanted: int | None) -> int:
    """The wanted port, else 8000 or the next free one. Raises AddressError when there is none."""
    if wanted is not None:
        if is_free(host, wanted):
            return wanted
        msg = f"Cổng {wanted} đang có chương trình khác dùng.\n  → Chọn cổng khác: --port <số>."
        raise AddressError(msg)
    for port in range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED):
        if is_free(host, port):
            return port
    msg = (
        f"Các cổng {DEFAULT_PORT}–{DEFAULT_PORT + PORTS_TRIED - 1} đều bận.\n  → Chọn: --port <số>."
    )
    raise AddressError(msg)
