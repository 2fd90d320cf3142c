"""Servers that are not what they should be: what stands where Elasticsearch ought to."""

import base64
import json
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import urllib3

HOLD = 30.0  # seconds that a silent server holds a caller who waits for it


def _http(status: str, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


_JSON = "Content-Type: application/vnd.elasticsearch+json;compatible-with=8"
_PRODUCT = "X-Elastic-Product: Elasticsearch"


def silent(_caller: socket.socket, server: "FaultyServer") -> None:
    server.closing.wait(HOLD)


def garbage(caller: socket.socket, _server: "FaultyServer") -> None:
    caller.sendall(b"\x00\xff\xfe<<not http at all>>\r\n\r\n" * 5)


def garbage_json(caller: socket.socket, _server: "FaultyServer") -> None:
    caller.sendall(_http("200 OK", b'{"hits": [1, 2,', _JSON, _PRODUCT))


def another_shape(caller: socket.socket, _server: "FaultyServer") -> None:
    caller.sendall(_http("200 OK", b'{"hits": {"total": "many"}, "aliases": 7}', _JSON, _PRODUCT))


def wrong_product(caller: socket.socket, _server: "FaultyServer") -> None:
    caller.sendall(
        _http("200 OK", json.dumps({"tagline": "Another search"}).encode(), "Content-Type: application/json")
    )


def too_many_requests(caller: socket.socket, _server: "FaultyServer") -> None:
    caller.sendall(_http("429 Too Many Requests", b'{"error": "busy", "status": 429}', _JSON, _PRODUCT))


def server_error(caller: socket.socket, _server: "FaultyServer") -> None:
    caller.sendall(_http("503 Service Unavailable", b'{"error": "no master", "status": 503}', _JSON, _PRODUCT))


def forbidden(caller: socket.socket, _server: "FaultyServer") -> None:
    caller.sendall(_http("401 Unauthorized", b'{"error": "who are you?", "status": 401}', _JSON, _PRODUCT))


def hang_up(caller: socket.socket, _server: "FaultyServer") -> None:
    caller.close()


def trickle(caller: socket.socket, server: "FaultyServer") -> None:
    """A byte from time to time: no single wait is long, the whole never ends."""
    until = time.monotonic() + HOLD
    while time.monotonic() < until and not server.closing.wait(0.2):
        caller.sendall(b"H")


def flapping(caller: socket.socket, server: "FaultyServer") -> None:
    """Another fault each time."""
    modes = (server_error, hang_up, garbage, wrong_product, too_many_requests)
    modes[server.calls % len(modes)](caller, server)


FAULTS: tuple[Callable[[socket.socket, "FaultyServer"], None], ...] = (
    silent, garbage, garbage_json, another_shape, wrong_product, too_many_requests, server_error, forbidden, hang_up,
    trickle, flapping,
)  # fmt: skip


@dataclass
class FaultyServer:
    """Accepts every connection on 127.0.0.1, reads a little, and behaves as ``fault`` says."""

    fault: Callable[[socket.socket, "FaultyServer"], None]
    calls: int = 0
    heard: bytes = b""
    released: int = 0  # callers whom a silent server let go by itself
    closing: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "FaultyServer":
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_details: object) -> None:
        self.closing.set()
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                caller, _address = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            threading.Thread(target=self._serve, args=(caller,), daemon=True).start()

    def _serve(self, caller: socket.socket) -> None:
        try:
            with caller:
                if self.fault not in (silent, trickle):
                    self.heard += caller.recv(65536)
                self.fault(caller, self)
        except OSError:
            pass  # the caller left
        finally:
            self.released += 1


def closed_port() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


class Doorkeeper:
    """An HTTPS front of a plain server that lets one user in: a certificate of its own, HTTP basic authentication."""

    def __init__(self, folder: Path, target: str, user: str, password: str) -> None:
        self.certificate, key = folder / "doorkeeper.pem", folder / "doorkeeper.key"
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
        command += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key)]
        subprocess.run([*command, "-out", str(self.certificate)], check=True, capture_output=True)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(self.certificate, key)
        self._pass = b"authorization: basic " + base64.b64encode(f"{user}:{password}".encode()).lower()
        self._target = target

    def __enter__(self) -> "Doorkeeper":
        keeper = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def forward(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                given = f"authorization: {self.headers.get('Authorization', '')}".lower().encode()
                if given != keeper._pass:
                    answer = (401, {"X-Elastic-Product": "Elasticsearch"}, b'{"error": "who are you?", "status": 401}')
                else:
                    wanted = {name: value for name, value in self.headers.items() if name.lower() != "authorization"}
                    found = urllib3.request(self.command, keeper._target + self.path, body=body or None, headers=wanted)
                    answer = (found.status, dict(found.headers), found.data)
                status, headers, data = answer
                self.send_response(status)
                for name, value in headers.items():
                    if name.lower() not in ("content-length", "transfer-encoding", "content-encoding", "connection"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(data)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = forward

            def log_message(self, *_args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.socket = self._context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_details: object) -> None:
        self._server.shutdown()
        self._server.server_close()
