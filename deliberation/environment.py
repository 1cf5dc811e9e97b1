"""What the operator's environment says, read strictly.

A wrong value stops the start with one sentence that names the variable.
"""

import contextlib
import os
import re
import secrets
import sys
import tempfile
from dataclasses import dataclass
from email.utils import parseaddr
from hashlib import sha256
from pathlib import Path
from typing import NoReturn
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url

SQLITE_OPTIONS = {
    # Writers queue for the lock instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    # Without it REPLACE would delete final rows behind the triggers' back.
    " PRAGMA recursive_triggers=ON;",
}


def refuse(variable: str, sentence: str) -> NoReturn:
    sys.exit(f"{variable}: {sentence}")


def switch(variable: str, *, default: bool) -> bool:
    value = os.environ.get(variable, "1" if default else "0").strip().lower()
    if value not in {"0", "1", "false", "true", "no", "yes"}:
        refuse(variable, f"expected 1 or 0, got {value!r}.")
    return value in {"1", "true", "yes"}


def number(variable: str, *, default: int) -> int:
    value = os.environ.get(variable, str(default)).strip()
    if not value.isdecimal():
        refuse(variable, f"expected a whole number from 0 up, got {value!r}.")
    return int(value)


def address(variable: str, url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        refuse(variable, f"cannot be read: {error}.")
    return parts


def scheduler(variable: str) -> str:
    """Of Dask's workers, or nothing."""
    url = os.environ.get(variable, "").strip()
    if url:
        parts = address(variable, url)
        if parts.scheme not in {"tcp", "tls"} or not (parts.hostname and parts.port):
            refuse(variable, f"expected tcp://host:port, got {url!r}.")
    return url


def data_folder(default: Path) -> Path:
    folder = Path(os.environ.get("DATA_DIR") or default).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        refuse("DATA_DIR", f"cannot make the folder {folder}: {error.strerror}.")
    return folder


def database(data_dir: Path) -> dict[str, object]:
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{data_dir}/folkmoot.sqlite3"
    scheme = address("DATABASE_URL", url).scheme
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        refuse(
            "DATABASE_URL",
            "expected postgresql://user:password@host:port/name"
            f" or sqlite:////path, got the scheme {scheme!r}.",
        )
    try:
        parsed: dict[str, object] = dict(dj_database_url.parse(url))
    except ValueError as error:
        refuse("DATABASE_URL", f"cannot be read: {error}.")
    if not parsed.get("NAME"):
        refuse("DATABASE_URL", "names no database.")
    if scheme == "sqlite":
        parsed["OPTIONS"] = {**SQLITE_OPTIONS}
    else:
        parsed["CONN_MAX_AGE"] = 60
        parsed["CONN_HEALTH_CHECKS"] = True
    return parsed


def embedded_socket(data_dir: Path) -> Path:
    """Where `make run` puts its Valkey; a socket's path holds 107 bytes at most."""
    socket = data_dir / "valkey.sock"
    if len(os.fsencode(socket)) < 100:
        return socket
    name = f"folkmoot-{sha256(os.fsencode(socket)).hexdigest()[:16]}.sock"
    return Path(tempfile.gettempdir()) / name


def redis_url(variable: str, *, default: str, schemes: set[str]) -> str:
    url = os.environ.get(variable) or default
    scheme = address(variable, url).scheme
    if scheme not in schemes:
        refuse(
            variable,
            f"expected an address that starts with {', '.join(sorted(schemes))}"
            f" and ://, got the scheme {scheme!r}.",
        )
    return url


def secret_key(data_dir: Path) -> str:
    """The key from the environment; on an embedded database, one made here and kept."""
    key = os.environ.get("SECRET_KEY", "")
    if key:
        if len(key) < 32:
            refuse("SECRET_KEY", "is too short: use at least 32 random characters.")
        return key
    if os.environ.get("DATABASE_URL"):
        refuse("SECRET_KEY", "is not set; it must be when DATABASE_URL is.")
    path = data_dir / "secret_key"
    if not path.exists():
        # Written aside and linked whole: two first starts at once agree on one key.
        descriptor, draft = tempfile.mkstemp(dir=data_dir)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        Path(draft).unlink()
    return path.read_text()


def public_url() -> str:
    url = os.environ.get("PUBLIC_URL", "").rstrip("/")
    parts = address("PUBLIC_URL", url)
    if url and not (parts.scheme in {"http", "https"} and parts.netloc):
        refuse("PUBLIC_URL", f"expected http://... or https://..., got {url!r}.")
    return url


def local_url() -> str:
    """Where `make run` listens."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


@dataclass(frozen=True)
class Directory:
    """Of people, by OpenID Connect: where it is, and how we are known to it."""

    url: str
    client_id: str
    secret: str
    name: str

    @property
    def origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def as_app(self) -> dict[str, object]:
        """As django-allauth wants it; the id stands in the address to come back to."""
        return {
            "provider_id": "oidc",
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret,
            "settings": {"server_url": self.url},
        }


def oidc() -> Directory | None:
    """None without OIDC_URL; then nobody signs in from elsewhere."""
    names = ("OIDC_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME")
    found = {name: os.environ.get(name, "").strip() for name in names}
    if not any(found.values()):
        return None
    for name in names[:3]:
        if not found[name]:
            refuse(name, "is not set; it must be when another OIDC_ variable is.")
    parts = address("OIDC_URL", found["OIDC_URL"])
    is_here = parts.hostname in {"localhost", "127.0.0.1"}
    if parts.scheme != "https" and not (is_here and parts.scheme == "http"):
        refuse("OIDC_URL", f"expected https://..., got {found['OIDC_URL']!r}.")
    if not parts.hostname or parts.query or parts.fragment:
        refuse("OIDC_URL", "expected an address without a question mark or a #.")
    return Directory(
        url=found["OIDC_URL"].rstrip("/"),
        client_id=found["OIDC_CLIENT_ID"],
        secret=found["OIDC_CLIENT_SECRET"],
        name=found["OIDC_NAME"] or str(parts.hostname),
    )


# The usual port of each way to send: TLS at once, by STARTTLS, or none at all.
MAIL_PORTS = {"smtps": 465, "smtp+tls": 587, "smtp": 25}


@dataclass(frozen=True)
class MailServer:
    """`encryption` is one of MAIL_PORTS."""

    encryption: str
    host: str
    port: int
    user: str
    password: str


def mail_server(*, has_public_url: bool) -> MailServer | None:
    """None without EMAIL_URL: then mails are printed."""
    url = os.environ.get("EMAIL_URL", "").strip()
    if not url:
        return None
    parts = address("EMAIL_URL", url)
    is_whole = parts.hostname and not (parts.path.strip("/") or parts.query)
    if parts.scheme not in MAIL_PORTS or not is_whole:
        # Not the address itself: there is a password in it.
        refuse(
            "EMAIL_URL",
            "expected smtps://user:password@host:port, or smtp+tls:// or smtp://"
            " in its place, and nothing after the port.",
        )
    if not has_public_url:
        refuse("PUBLIC_URL", "is not set; it must be when EMAIL_URL is.")
    return MailServer(
        encryption=parts.scheme,
        host=str(parts.hostname),
        port=parts.port or MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def mail_sender(*, is_needed: bool) -> str:
    sender = os.environ.get("EMAIL_FROM", "").strip()
    if not sender and is_needed:
        refuse("EMAIL_FROM", "is not set; it must be when EMAIL_URL is.")
    if sender and not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(sender)[1]):
        refuse("EMAIL_FROM", f"expected Name <name@host>, got {sender!r}.")
    return sender or "folkmoot@localhost"
