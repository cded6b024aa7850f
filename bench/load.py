"""A small HTTP load client: threads, one connection a request, every answer checked, bounded in time."""

import socket
import statistics
import threading
import time
from dataclasses import dataclass

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


def many(target: Target, port: int, *, clients: int, seconds: float) -> float:
    """Requests a second of ``clients`` at once; all of them have ended when it returns."""
    request = target.request(f"127.0.0.1:{port}")
    check(target, ask(port, request))
    begin = time.perf_counter()
    until = begin + min(seconds, LONGEST)
    done: list[int] = []
    wrong: list[BaseException] = []

    def client() -> None:
        count = 0
        try:
            while time.perf_counter() < until:
                check(target, ask(port, request))
                count += 1
        except (OSError, RuntimeError) as error:
            wrong.append(error)
        done.append(count)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return sum(done) / (time.perf_counter() - begin)


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
