"""A bad network: a proxy that cuts answers off after the server has given them."""

import random
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE_SECONDS = 30


class CuttingProxy(socketserver.ThreadingTCPServer):
    """Hands requests on; while `share` is above 0, so many answers are cut off.

    share : between 0 and 1; which answers those are depends on `seed` alone
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self, port: int, *, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.upstream = ("127.0.0.1", port)
        self.share = 0.0
        self.n_answers = self.n_cut = 0
        self.random = random.Random(seed)
        self.lock = threading.Lock()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def passed(self, answer: bytes) -> bytes:
        """What of an answer gets through: all, nothing, or a part."""
        with self.lock:
            self.n_answers += 1
            if self.random.random() >= self.share:
                return answer
            self.n_cut += 1
            return answer[: self.random.choice((0, len(answer) // 2))]


class _Connection(socketserver.BaseRequestHandler):
    """One request, one answer: both sides are told to close."""

    server: CuttingProxy

    def handle(self) -> None:
        self.request.settimeout(PATIENCE_SECONDS)
        question = _question(self.request)
        if not question:
            return
        with socket.create_connection(self.server.upstream, PATIENCE_SECONDS) as server:
            server.sendall(question)
            answer = b"".join(iter(lambda: server.recv(65536), b""))
        self.request.sendall(self.server.passed(answer))


def _question(connection: socket.socket) -> bytes:
    """A whole request, closing its connection; b"" where the browser sent none."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (received := connection.recv(65536)):
            return b""
        data += received
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    fields = {line.split(b":")[0].lower(): line for line in lines}
    fields[b"connection"] = b"Connection: close"
    length = int(fields.get(b"content-length", b":0").split(b":")[1])
    while len(body) < length:
        body += connection.recv(65536)
    return b"\r\n".join([first, *fields.values(), b"", body])


@contextmanager
def cutting_proxy(port: int, *, seed: int) -> Iterator[CuttingProxy]:
    with CuttingProxy(port, seed=seed) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield proxy
        proxy.shutdown()
