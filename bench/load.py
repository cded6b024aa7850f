"""A small HTTP load client in one thread: one connection a request, every answer checked, bounded in time.

A thread for each client would take the machine's time from the server that is measured.
"""

import os
import selectors
import socket
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

LONGEST = 20.0


@dataclass(frozen=True)
class Target:
    """One address to ask for; an answer that lacks ``expect`` is an error."""

    label: str
    path: str
    expect: str
    cookie: str = ""

    def request(self, host: str) -> bytes:
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        return f"GET {self.path} HTTP/1.1\r\nHost: {host}\r\n{cookie}Connection: close\r\n\r\n".encode()


def ask(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=LONGEST) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def check(target: Target, answer: bytes) -> None:
    if not answer.startswith(b"HTTP/1.1 200") or target.expect.encode() not in answer:
        raise RuntimeError(f"{target.label}: unexpected answer {answer[:300]!r}")


@dataclass
class Asking:
    """One request under way; it begins when it is made and has ended when ``read`` says so."""

    connection: socket.socket
    parts: list[bytes]

    @classmethod
    def begin(cls, selector, port: int, request: bytes) -> None:
        connection = socket.create_connection(("127.0.0.1", port), timeout=LONGEST)
        connection.sendall(request)
        selector.register(connection, selectors.EVENT_READ, cls(connection, []))

    def read(self) -> bool:
        part = self.connection.recv(262144)
        self.parts.append(part)
        return not part

    def end(self, selector) -> bytes:
        selector.unregister(self.connection)
        self.connection.close()
        return b"".join(self.parts)


def many(target: Target, port: int, *, clients: int, seconds: float) -> tuple[int, float]:
    """(requests, seconds) of ``clients`` at once; all of them have ended when it returns."""
    request = target.request(f"127.0.0.1:{port}")
    check(target, ask(port, request))
    begin, done = time.perf_counter(), 0
    until = begin + min(seconds, LONGEST)
    with selectors.DefaultSelector() as selector:
        for _client in range(clients):
            Asking.begin(selector, port, request)
        while selector.get_map():
            for key, _events in selector.select(LONGEST):
                if key.data.read():
                    check(target, key.data.end(selector))
                    done += 1
                    if time.perf_counter() < until:
                        Asking.begin(selector, port, request)
    return done, time.perf_counter() - begin


def together(requests: list[bytes], port: int) -> list[tuple[bytes, float]]:
    """Each request on a connection of its own, all under way at once: the answers with the seconds that each took."""
    found = []
    with selectors.DefaultSelector() as selector:
        begin = time.perf_counter()
        for request in requests:
            Asking.begin(selector, port, request)
        while selector.get_map():
            for key, _events in selector.select(LONGEST):
                if key.data.read():
                    found.append((key.data.end(selector), time.perf_counter() - begin))
    return found


def cpu_of(server: int) -> float:
    """Milliseconds of processor time that the workers of a server have used; 0 where the system does not tell."""
    children = Path(f"/proc/{server}/task/{server}/children")
    if not children.exists():
        return 0.0
    ticks = 0
    for worker in children.read_text().split():
        fields = Path(f"/proc/{worker}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def one(target: Target, port: int, *, seconds: float) -> float:
    """Milliseconds of the middle request of one client."""
    request = target.request(f"127.0.0.1:{port}")
    until = time.perf_counter() + min(seconds, LONGEST)
    took = []
    while time.perf_counter() < until or not took:
        begin = time.perf_counter()
        check(target, ask(port, request))
        took.append((time.perf_counter() - begin) * 1000)
    return statistics.median(took)
