"""Where the web server listens, and how this machine finds it there."""

import http.client
import socket

from django.conf import settings
from django.core.management import CommandError


def clean_port(value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise CommandError(
            f"PORT: expected a whole number from 1 to 65535, got {value!r}."
        )
    return int(value)


def refuse_port_in_use(host: str, port: int) -> None:
    """Raise CommandError where the web server could not listen."""
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise CommandError(f"HOST: {host!r} is no address of this machine.") from error
    family, kind, protocol, _name, address = addresses[0]
    with socket.socket(family, kind, protocol) as probe:
        # Connections that are only winding down do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            other = 9000 if port != 9000 else 9001
            raise CommandError(
                f"Port {port} of {host} cannot be used ({error.strerror})."
                f" Try another one: PORT={other} make run"
            ) from error


def address(host: str, port: int) -> str:
    """What a person on this machine types into the browser."""
    name = reachable(host)
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def reachable(host: str) -> str:
    """Where this machine finds a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - no bind


def expected_host() -> str:
    """A name that ALLOWED_HOSTS lets in."""
    first = settings.ALLOWED_HOSTS[0]
    return "localhost" if first == "*" else first.removeprefix(".")


def answers(host: str, port: int) -> bool:
    """Whether the front page is really there."""
    connection = http.client.HTTPConnection(reachable(host), port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": expected_host()})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
