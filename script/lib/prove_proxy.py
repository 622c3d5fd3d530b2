"""Run the Caddyfile before a real application and ask both what an office's browser would."""

import gzip
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from script.lib import embedded, environment
from script.lib.paths import ROOT, write_private
from script.lib.speech import complain, say

READY_SECONDS = 30
APPLICATION = {
    "DEMO_MODE": "0",
    "TRUSTED_PROXY_COUNT": "1",
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
    "HSTS_SECONDS": "31536000",
}
STRANGERS_NUMBER = "a-strangers-own-number"


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Message
    body: bytes


class Ports(NamedTuple):
    """Where caddy and the application listen for this proof."""

    http: int
    https: int
    health: int
    application: int


def free_ports() -> Ports:
    """Four ports that nobody uses just now."""
    sockets = [socket.socket() for _ in Ports._fields]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = Ports(*(one.getsockname()[1] for one in sockets))
    for one in sockets:
        one.close()
    return ports


def adapted(text: str, ports: Ports) -> str:
    """The office's Caddyfile with only the ports and the name of the web server changed."""
    own = f"admin off\n\tskip_install_trust\n\thttp_port {ports.http}\n\thttps_port {ports.https}"
    text = text.replace("admin off", own)
    text = text.replace("127.0.0.1:2020", f"127.0.0.1:{ports.health}")
    return text.replace("dynamic a web 8000", f"dynamic a localhost {ports.application}")


@contextmanager
def running(command: list[str], env: dict[str, str], log: Path) -> Iterator[None]:
    """One process for as long as it is needed."""
    with log.open("wb") as words:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=words, stderr=words)
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


def ask(url: str, **headers: str) -> Answer:
    """One request; the proof's own certificate is not known to this machine."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, headers=named)  # noqa: S310  our own address
    unchecked = ssl._create_unverified_context()  # noqa: S323
    try:
        with urllib.request.urlopen(request, timeout=30, context=unchecked) as told:  # noqa: S310
            return Answer(told.status, told.headers, told.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers, error.read())


def send_large(url: str) -> str:
    """A form larger than the limit; curl reads the answer though it comes before the form's end."""
    quiet = ["curl", "--silent", "--insecure", "--header", "Accept: application/json"]
    # With a cookie of the form's guard, without which the application does not even read.
    quiet += ["--cookie", f"csrftoken={'a' * 32}", "--referer", url]
    form = ["--form", "file=@-;filename=large.pdf"]
    sent = b"a" * (11 * 2**20)
    command = [*quiet, *form, url]
    return subprocess.run(command, input=sent, stdout=subprocess.PIPE, check=False).stdout.decode()


def wait_for(url: str) -> None:
    """Until somebody answers there."""
    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            ask(url)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def look(ports: Ports, log: Path) -> Iterator[tuple[str, bool]]:
    """What must hold while the application runs."""
    site = f"https://localhost:{ports.https}"
    yield (
        "the health check is answered",
        ask(f"http://127.0.0.1:{ports.health}/health").status == HTTPStatus.OK,
    )
    page = ask(
        f"{site}/tai-khoan/dang-nhap/", Accept_Encoding="gzip", X_Request_ID=STRANGERS_NUMBER
    )
    yield "a page comes by TLS", page.status == HTTPStatus.OK
    yield "it is compressed", page.headers["Content-Encoding"] == "gzip"
    yield "HSTS once", page.headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]
    number = page.headers["X-Request-ID"]
    yield "a number of our own", bool(number) and number != STRANGERS_NUMBER
    named = re.search(r"/static/build/app\.\w+\.css", gzip.decompress(page.body).decode())
    address = f"{site}{named[0] if named else '/static/build/app.css'}"
    style = ask(address, Accept_Encoding="gzip, br")
    yield "styles are compressed", style.headers["Content-Encoding"] == "br"
    yield "a browser keeps them", "immutable" in style.headers["Cache-Control"]
    again = ask(address, If_Modified_Since=style.headers["Last-Modified"])
    yield "an unchanged file is not sent again", again.status == HTTPStatus.NOT_MODIFIED
    yield "the application's number is the log's", number in log.read_text(encoding="utf-8")
    yield (
        "too large a form is told in JSON",
        '"too_large"' in send_large(f"{site}/tai-khoan/dang-nhap/"),
    )


def look_without_application(ports: Ports) -> Iterator[tuple[str, bool]]:
    """What must hold while the application is away."""
    site = f"https://localhost:{ports.https}"
    page = ask(f"{site}/")
    yield (
        "a page says to wait",
        page.status == HTTPStatus.SERVICE_UNAVAILABLE and "Hãy chờ một phút" in page.body.decode(),
    )
    yield "HSTS even then", page.headers["Strict-Transport-Security"] == "max-age=31536000"
    told = ask(f"{site}/api/v1/masts", Accept="application/json")
    yield "a program is told in JSON", _says_unavailable(told)
    yield (
        "the proxy itself is well",
        ask(f"http://127.0.0.1:{ports.health}/health").status == HTTPStatus.OK,
    )


def _says_unavailable(answer: Answer) -> bool:
    code = json.loads(answer.body)["code"]
    return (answer.status, code) == (HTTPStatus.SERVICE_UNAVAILABLE, "service_unavailable")


def prove(folder: Path, database: embedded.Addresses) -> int:
    """Say what holds and what does not; 1 when something does not."""
    ports = free_ports()
    env = environment.application(database, **APPLICATION)
    owners = environment.owners(database, **APPLICATION)
    collect = ["collectstatic", "--no-input"]
    for command in (["migrate", "--no-input"], ["write_catalogues"], collect):
        quiet = environment.manage(*command, "--verbosity", "0")
        subprocess.run(quiet, cwd=ROOT, env=owners, check=True)
    caddyfile = folder / "Caddyfile"
    text = (ROOT / "Caddyfile").read_text(encoding="utf-8")
    write_private(caddyfile, adapted(text, ports))
    own = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "DOMAIN": "localhost"}
    caddy = ["caddy", "run", "--adapter", "caddyfile", "--config", str(caddyfile)]
    bind = ["--bind", f"127.0.0.1:{ports.application}"]
    gunicorn = [sys.executable, "-m", "gunicorn", "infra.wsgi", *bind, "--no-control-socket"]
    with running(caddy, os.environ | own | {"UPLOAD_LIMIT_MB": "1"}, folder / "caddy.log"):
        with running(gunicorn, env, folder / "web.log"):
            wait_for(f"http://127.0.0.1:{ports.application}/healthz")
            wait_for(f"https://localhost:{ports.https}/healthz")
            seen = list(look(ports, folder / "web.log"))
        seen += look_without_application(ports)
    for sentence, holds in seen:
        say(f"{'✔' if holds else '✖'} {sentence}")
    if all(holds for _sentence, holds in seen):
        return 0
    complain((folder / "caddy.log").read_text(encoding="utf-8")[-3000:])
    return 1


def main() -> int:
    """On the tests' own database, which nobody else's rows are in."""
    with (
        tempfile.TemporaryDirectory(prefix="tt-proxy-") as folder,
        embedded.database("postgis-test", durable=False) as database,
    ):
        return prove(Path(folder), database)


if __name__ == "__main__":
    sys.exit(main())
