"""The Caddyfile and compose.yaml agree; script/prove-proxy runs both for real."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CADDYFILE = (ROOT / "Caddyfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
SHOWN = "SECURE_HSTS_SECONDS,SECURE_SSL_REDIRECT,SECURE_PROXY_SSL_HEADER"


def _proxy() -> str:
    found = re.search(r"^  proxy:\n(.*?)(?=^\S)", COMPOSE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_the_health_check_asks_what_the_caddyfile_answers() -> None:
    (address, path) = re.findall(r'"(http://[\d.:]+)(/\w+)"', _proxy())[0]
    site = CADDYFILE.partition(f"{address} {{")[2].partition("\n}")[0]
    assert f"respond {path} 200" in site
    assert "bind 127.0.0.1" in site  # from inside the container only
    assert "admin off" in CADDYFILE


def test_compose_gives_the_caddyfile_what_it_reads() -> None:
    assert "file: ./Caddyfile" in COMPOSE
    assert "target: /etc/caddy/Caddyfile" in _proxy()
    for name in set(re.findall(r"\{\$([A-Z_]+)", CADDYFILE)):
        assert f"      {name}: " in _proxy()


def test_it_tells_the_number_on_and_leaves_compression_to_the_application() -> None:
    assert "encode" not in CADDYFILE
    assert "header_up X-Request-ID {http.request.uuid}" in CADDYFILE


@pytest.mark.parametrize(
    ("proxies", "shown"),
    [
        ("0", "0 False None"),
        ("1", "31536000 True ('HTTP_X_FORWARDED_PROTO', 'https')"),
    ],
)
def test_tls_is_insisted_on_behind_a_proxy_only(proxies: str, shown: str) -> None:
    code = (
        "from django.conf import settings as s;"
        f"print(*(getattr(s, name, None) for name in {SHOWN!r}.split(',')))"
    )
    env = os.environ | {
        "TRUSTED_PROXY_COUNT": proxies,
        "DJANGO_SETTINGS_MODULE": "infra.settings",
    }
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == shown
