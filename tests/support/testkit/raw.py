"""A server on loopback whose every answer a function writes, byte by byte."""

import socket
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Hit", "RawServer", "greet"]


@dataclass
class Hit:
    """One request as a server meets it."""

    path: str
    head: str
    connection: socket.socket

    def answer(self, body: bytes, status: str = "200 OK", headers: Sequence[str] = ()) -> None:
        """Send a whole answer and close."""
        lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers)
        self.connection.sendall("\r\n".join((*lines, "", "")).encode("latin-1") + body)


def greet(hit: Hit) -> None:
    """Answer as a server without rules for robots, and with one word everywhere else."""
    if hit.path == "/robots.txt":
        hit.answer(b"", "404 Not Found")
    else:
        hit.answer(b"halo")


class RawServer:
    """A server that hands each request to a function and lets it write what it likes."""

    def __init__(
        self, respond: Callable[[Hit], None], wrap: Callable[[socket.socket], Any] | None = None
    ) -> None:
        self._respond = respond
        self._wrap = wrap
        self.asked: Counter[str] = Counter()
        self.heads: list[str] = []
        self.open = self.most_open = 0
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self._wrap:
                connection = self._wrap(connection)
            with connection:
                connection.settimeout(10)
                head = b""
                while b"\r\n\r\n" not in head:
                    chunk = connection.recv(65536)
                    if not chunk:
                        return
                    head += chunk
                path = head.split(b" ")[1].decode()
                with self._lock:
                    self.asked[path] += 1
                    self.heads.append(head.decode("latin-1"))
                    self.open += 1
                    self.most_open = max(self.open, self.most_open)
                try:
                    self._respond(Hit(path, head.decode("latin-1"), connection))
                finally:
                    with self._lock:
                        self.open -= 1
        except OSError:
            return
