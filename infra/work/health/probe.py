"""`python -m infra.work.health.probe <address> <parts>`: what a container's health check runs."""

import sys
import urllib.request


def main(address: str, parts: str) -> None:
    """Ends with an error when a part is not well; needs neither Django nor the database."""
    url = f"{address}/healthz?parts={parts}"
    # The proxy's name for the web server is not one of the hosts it serves; localhost is.
    request = urllib.request.Request(url, headers={"Host": "localhost"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=8):  # noqa: S310  an address from compose.yaml
        pass


if __name__ == "__main__":
    main(*sys.argv[1:3])
