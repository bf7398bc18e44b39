"""Clients that mean no good, or do not know better, over raw sockets: slow ones, many ones, broken HTTP, bodies without end.
Each gets its answer and is let go, the others are served meanwhile, and nothing of it is an error in the log."""

import json
import os
import re
import resource
import signal
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from server import ROOT, Server, free_port, wait_until_it_answers

CONNECTIONS = 400
MEGABYTE = 1 << 20


@dataclass
class Running:
    port: int
    process: subprocess.Popen
    log: Path

    def memory(self, kind="VmRSS") -> int:
        """In bytes; VmHWM for the most there has been."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{kind}:\s+(\d+) kB", status)[1]) * 1024

    def seconds_worked(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(server: Server, folder: Path, name: str, host: str = "127.0.0.1", **settings: object):
    """Another process on the data of the tests' server."""
    port, log = free_port(), folder / f"{name}.log"
    environment = server.environment | {
        "TORG_ADDRESS": f"{host}:{port}",
        **{f"TORG_{key.upper()}": str(value) for key, value in settings.items()},
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [server.binary, "serve", "--no-jobs"], env=environment, cwd=ROOT, stdout=output, stderr=output
        )
    try:
        wait_until_it_answers(f"http://{host}:{port}/robots.txt", process, log)
        yield Running(port, process, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def strict(server, tmp_path_factory):
    """Torg with little patience."""
    settings = {"head_seconds": 1, "body_seconds": 1, "answer_seconds": 1, "idle_seconds": 2}
    folder = tmp_path_factory.mktemp("hostile")
    with serving(server, folder, "strict", connections=CONNECTIONS, **settings) as running:
        yield running
        lines = running.log.read_text().splitlines()
        assert not [line for line in lines if " error " in line or "critical" in line or "Fatal" in line]


def connect(running: Running) -> socket.socket:
    return socket.create_connection(("127.0.0.1", running.port), timeout=10)


def read_to_the_end(client: socket.socket) -> bytes:
    """All that comes until the server closes; a reset is an error."""
    parts = []
    while part := client.recv(65536):
        parts.append(part)
    return b"".join(parts)


def ask(running: Running, *parts: bytes, half_close: bool = False) -> bytes:
    with connect(running) as client:
        for part in parts:
            client.sendall(part)
        if half_close:
            client.shutdown(socket.SHUT_WR)
        return read_to_the_end(client)


def status(answer: bytes) -> int:
    assert answer.startswith(b"HTTP/1.1 "), answer[:200]
    return int(answer[9:12])


def headers(answer: bytes) -> dict[str, str]:
    lines = answer.split(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    return {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}


def is_served(running: Running) -> bool:
    return status(ask(running, b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) == 200


def post(length: str, body: bytes, *more: bytes) -> bytes:
    lines = [b"POST /sandvik/report HTTP/1.1", b"Host: x", b"Content-Type: application/x-www-form-urlencoded"]
    return b"\r\n".join([*lines, length.encode(), *more, b"", body])


CHUNKED = "Transfer-Encoding: chunked"

MALFORMED = {
    "no chunk size": (post(CHUNKED, b"zz\r\nabc\r\n0\r\n\r\n"), 400),
    "a negative chunk": (post(CHUNKED, b"-1\r\nabc\r\n0\r\n\r\n"), 400),
    "a huge chunk": (post(CHUNKED, b"fffffffffffffffff\r\nabc"), 400),
    "a chunk longer than said": (post(CHUNKED, b"2\r\nabc\r\n0\r\n\r\n"), 400),
    "a chunk with spaces": (post(CHUNKED, b" 3\r\nabc\r\n0\r\n\r\n"), 400),
    "a chunk ended by a bare line feed": (post(CHUNKED, b"3\nabc\n0\n\n"), 400),
    "unknown transfer encoding": (post("Transfer-Encoding: rot13", b"abc"), 400),
    "packed transfer": (post("Transfer-Encoding: gzip, chunked", b"0\r\n\r\n"), 400),
    "chunked, but not last": (post("Transfer-Encoding: chunked, identity", b"0\r\n\r\n"), 400),
    "chunked twice": (post(CHUNKED, b"0\r\n\r\n", CHUNKED.encode()), 400),
    "chunked with a tab": (post("Transfer-Encoding:\x0bchunked", b"0\r\n\r\n"), 400),
    "length and chunks": (post(CHUNKED, b"0\r\n\r\n", b"Content-Length: 5"), 400),
    "chunks and length": (post("Content-Length: 5", b"0\r\n\r\n", CHUNKED.encode()), 400),
    "two lengths": (post("Content-Length: 5", b"abcde", b"Content-Length: 6"), 400),
    "the same length twice": (post("Content-Length: 5", b"abcde", b"Content-Length: 5"), 400),
    "a list of lengths": (post("Content-Length: 5, 5", b"abcde"), 400),
    "a length with a sign": (post("Content-Length: +5", b"abcde"), 400),
    "a negative length": (post("Content-Length: -5", b"abcde"), 400),
    "a length in hexadecimal": (post("Content-Length: 0x5", b"abcde"), 400),
    "a length without end": (post("Content-Length: " + "9" * 40, b"abcde"), 400),
    "an empty length": (post("Content-Length:", b"abcde"), 400),
    "chunks in HTTP/1.0": (b"POST /sandvik/report HTTP/1.0\r\n" + CHUNKED.encode() + b"\r\n\r\n0\r\n\r\n", 400),
    "no host": (b"GET /robots.txt HTTP/1.1\r\n\r\n", 400),
    "two hosts": (b"GET /robots.txt HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    "two hosts in one": (b"GET /robots.txt HTTP/1.1\r\nHost: a, b\r\n\r\n", 400),
    "a host with a path": (b"GET /robots.txt HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
    "a folded header": (b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nA: b\r\n c: d\r\n\r\n", 400),
    "a space before the colon": (b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", 400),
    "a header without a name": (b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n", 400),
    "a header without a colon": (b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nA\r\n\r\n", 400),
    "NUL in a header": (b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n", 400),
    "a control character in a header": (b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nA: b\x08c\r\n\r\n", 400),
    "a bare carriage return": (b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nA: b\rc: d\r\n\r\n", 400),
    "a bare line feed": (b"GET /robots.txt HTTP/1.1\nHost: x\n\n", 400),
    "a bare line feed between headers": (b"GET /robots.txt HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", 400),
    "a control character in the address": (b"GET /robots\x01.txt HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "an address without a slash": (b"GET robots.txt HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "another scheme": (b"GET ftp://x/robots.txt HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "a fragment": (b"GET /robots.txt#x HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "no address": (b"GET HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "no method": (b"/robots.txt HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "no HTTP": (b"EHLO mail.example.org\r\n\r\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200), 400),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "an expectation nobody knows": (post("Content-Length: 1", b"", b"Expect: miracles"), 417),
    "a long address": (b"GET /" + b"a" * 80_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    "a long query": (b"GET /sandvik/report?a=" + b"a" * 8_200 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    "a line without end": (b"GET /" + b"a" * 80_000, 414),
    "a long header": (b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 80_000 + b"\r\n\r\n", 431),
    "long headers": (b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n" + (b"A: " + b"a" * 4_000 + b"\r\n") * 20 + b"\r\n", 431),
    "many headers": (b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 200 + b"\r\n", 431),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_broken_http_is_refused_and_closed(strict, name):
    request, expected = MALFORMED[name]
    began = time.monotonic()
    answer = ask(strict, request)
    assert status(answer) == expected
    assert headers(answer)["connection"] == "close"
    assert re.match(rb"HTTP/1.1 \d+ [A-Z]", answer)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert len(answer) < 2_000
    assert time.monotonic() - began < 4


@pytest.mark.parametrize(
    "request_",
    [post("Content-Length: 50", b"abc"), post(CHUNKED, b"5\r\nab"), post(CHUNKED, b"3\r\nabc\r\n"), b"GET / HT"],
)
def test_what_breaks_off_is_refused(strict, request_):
    assert status(ask(strict, request_, half_close=True)) == 400
    # And whoever has gone away altogether leaves no trace.
    with connect(strict) as client:
        client.sendall(request_)
    assert is_served(strict)


def test_programs_get_problem_json(strict):
    for request, code in [
        (b"GET /api/v1/cases HTTP/1.1\r\nA : b\r\n\r\n", "unreadable"),
        (b"GET /api/v1/cases?" + b"a" * 9_000, "too_large"),
        (b"POST /api/v1/contacts HTTP/1.1\r\nHost: x\r\n" + CHUNKED.encode() + b"\r\n\r\nzz\r\n", "unreadable"),
    ]:
        answer = ask(strict, request)
        assert headers(answer)["content-type"] == "application/problem+json"
        assert json.loads(answer.split(b"\r\n\r\n", 1)[1])["code"] == code


@pytest.mark.parametrize("path", ["/robots.txt", "/nowhere"])
def test_a_second_request_hidden_in_a_broken_one_is_not_answered(strict, path):
    hidden = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    for broken in [post(CHUNKED, b"0\r\n\r\n" + hidden, b"Content-Length: 5"), post("Content-Length: x", hidden)]:
        answer = ask(strict, broken)
        assert (status(answer), answer.count(b"HTTP/1.1 ")) == (400, 1)


def test_good_requests_of_all_kinds_are_answered(strict):
    def last(lines: bytes) -> bytes:
        return ask(strict, lines + b"\r\nConnection: close\r\n\r\n")

    assert status(last(b"GET http://torg.test/robots.txt HTTP/1.1\r\nHost: torg.test:80")) == 200
    assert status(last(b"GET /robots.txt HTTP/1.1\r\nHost: [::1]:8080")) == 200
    assert status(last(b"GET /sandvik/report?" + b"a" * 8_000 + b" HTTP/1.1\r\nHost: x")) == 200
    # One after the other on one connection, also when they come at once.
    one = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = ask(strict, one * 20, b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + one * 20)
    assert answer.count(b"HTTP/1.1 200 OK") == 21
    body = b"text=" + b"a" * 20_000
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in [body[:7], body[7:8], body[8:]]) + b"0\r\n\r\n"
    for request in [post(f"Content-Length: {len(body)}", body), post(CHUNKED, chunks)]:
        answer = ask(strict, request + b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert (status(answer), answer.count(b"HTTP/1.1 ")) == (403, 2)


def test_old_clients_and_last_requests_are_closed(strict):
    for request in [
        b"GET /robots.txt HTTP/1.0\r\n\r\n",
        b"GET /robots.txt HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n",
        b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n",
        b"HEAD /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: CLOSE\r\n\r\n",
    ]:
        began = time.monotonic()
        answer = ask(strict, request)
        assert (status(answer), headers(answer)["connection"]) == (200, "close")
        assert time.monotonic() - began < 1, "closed at once, not when the time is up"


@pytest.mark.parametrize("close", [b"Connection: close", b"X: y"])
@pytest.mark.parametrize("kind", ["length", "chunks"])
@pytest.mark.parametrize("path", [b"/sandvik/report", b"/api/v1/contacts"])
def test_who_sends_too_much_before_reading_gets_the_answer(strict, path, kind, close):
    body = b"x" * (8 * MEGABYTE)
    if kind == "length":
        request = post(f"Content-Length: {len(body)}", body, close)
    else:
        request = post(CHUNKED, b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body), close)
    began = time.monotonic()
    answer = ask(strict, request.replace(b"/sandvik/report", path))
    assert (status(answer), headers(answer)["connection"]) == (413, "close")
    kind = "application/problem+json" if path.startswith(b"/api") else "text/html; charset=utf-8"
    assert headers(answer)["content-type"] == kind
    assert time.monotonic() - began < 7


def test_who_asks_whether_to_send_is_told(strict):
    with connect(strict) as client:
        client.sendall(post("Content-Length: 6", b"", b"Expect: 100-continue", b"Connection: close"))
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"text=a")
        assert status(read_to_the_end(client)) == 403
    for length, more, expected in [("2000000", b"X: y", 413), ("6", b"Content-Encoding: gzip", 415)]:
        answer = ask(strict, post(f"Content-Length: {length}", b"", b"Expect: 100-continue", more))
        assert status(answer) == expected


@pytest.mark.parametrize("coding", ["gzip", "br", "identity, gzip", "x-nothing"])
def test_packed_bodies_are_refused(strict, coding):
    for path in [b"/sandvik/report", b"/api/v1/contacts"]:
        request = post("Content-Length: 3", b"abc", f"Content-Encoding: {coding}".encode())
        answer = ask(strict, request.replace(b"/sandvik/report", path))
        assert (status(answer), headers(answer)["accept-encoding"]) == (415, "identity")
    assert status(ask(strict, post("Content-Length: 3", b"abc", b"Content-Encoding: identity", b"Connection: close"))) == 403


def drip(client: socket.socket, begin: bytes, until: float) -> None:
    """Sends a byte now and then, until it is refused or the time is over."""
    client.sendall(begin)
    while time.monotonic() < until:
        try:
            client.sendall(b"a")
        except OSError:
            return
        time.sleep(0.1)


@pytest.mark.parametrize("begin", [b"GET /", b"GET / HTTP/1.1\r\nA: ", post("Content-Length: 1000", b"text=")])
def test_slow_clients_are_let_go(strict, begin):
    began = time.monotonic()
    clients = [connect(strict) for _ in range(20)]
    threads = [threading.Thread(target=drip, args=(client, begin, began + 5)) for client in clients]
    for thread in threads:
        thread.start()
    for client in clients:
        assert status(read_to_the_end(client)) == 408
    assert time.monotonic() - began < 3
    for client in clients:
        client.close()
    for thread in threads:
        thread.join()


def test_idle_clients_are_let_go(strict):
    began = time.monotonic()
    silent, kept = connect(strict), connect(strict)
    kept.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n")
    assert read_to_the_end(silent) == b""
    assert 0.5 < time.monotonic() - began < 2
    assert read_to_the_end(kept).count(b"HTTP/1.1 ") == 1
    assert 1.5 < time.monotonic() - began < 4


def test_who_does_not_read_is_let_go(strict):
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(10)
        client.connect(("127.0.0.1", strict.port))
        asked = 0
        request = b"GET /public/style.css HTTP/1.1\r\nHost: x\r\n\r\n" * 100
        client.setblocking(False)
        until = time.monotonic() + 4
        is_closed = False
        while time.monotonic() < until and not is_closed:
            try:
                asked += client.send(request)
            except BlockingIOError:
                time.sleep(0.05)
            except OSError:
                is_closed = True
        assert is_closed, "the server waits for ever"
    assert is_served(strict)


def test_too_many_are_told_so(strict):
    # A few more, since it is not told which of those that come at one moment are counted first.
    clients = [connect(strict) for _ in range(CONNECTIONS + 20)]
    for client in clients:
        client.sendall(b"G")
    time.sleep(0.3)
    request = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answers = [ask(strict, request) for _ in range(30)]
    assert {status(answer) for answer in answers} == {503}
    assert {headers(answer)["retry-after"] for answer in answers} == {"5"}
    # Far too many at once: nobody waits, and the places become free again.
    more = [connect(strict) for _ in range(200)]
    for client in clients + more:
        client.close()
    time.sleep(0.5)
    assert is_served(strict)
    lines = strict.log.read_text()
    assert lines.count("as many connections as may be") == 1, "one line a minute, not one a client"


def test_silent_ones_make_room(server, tmp_path):
    """Whoever keeps all connections open, and has been answered, keeps nobody out."""
    request = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"

    def answered(client: socket.socket) -> bool:
        client.sendall(request)
        return client.recv(65536).startswith(b"HTTP/1.1 200")

    with serving(server, tmp_path, "silent", connections=50) as running:
        silent = [connect(running) for _ in range(50)]
        assert all(answered(client) for client in silent)
        # A sign of life: the first is not the one that has been silent longest any more.
        time.sleep(0.1)
        assert answered(silent[0])
        newcomers = [connect(running) for _ in range(10)]
        assert all(answered(client) for client in newcomers)
        assert [client.recv(1) for client in silent[1:11]] == [b""] * 10, "the longest silent are closed"
        assert all(answered(client) for client in [silent[0], *silent[11:], *newcomers])
        # Those at work are let be.
        for client in [silent[0], *silent[11:], *newcomers]:
            client.sendall(b"G")
        time.sleep(0.3)
        assert status(ask(running, request)) == 503
        for client in silent + newcomers:
            client.close()


@pytest.mark.parametrize("kind", ["silent", "head", "body"])
def test_slow_ones_make_room(server, tmp_path, kind):
    """Whoever keeps all connections open with requests that never end keeps nobody out, nor anybody who sends as fast as
    the line lets them."""
    begin = {
        "silent": b"",
        "head": b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "body": b"POST /sandvik/report HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n",
    }[kind]
    size = 400_000
    honest_head = f"POST /sandvik/report HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {size}\r\n\r\n".encode()

    with serving(server, tmp_path, kind, connections=40) as running:
        slow = [connect(running) for _ in range(39)]
        for client in slow:
            client.sendall(begin)
        honest = connect(running)
        honest.sendall(honest_head)
        ended = 0
        for step in range(10):
            honest.sendall(b"a" * (size // 10))
            for client in slow:
                try:
                    if begin:
                        client.sendall(b"a" * 100)
                except OSError:
                    ended += 1
            time.sleep(0.15)
            if step >= 7:
                assert is_served(running), "somebody new finds a place"
        assert status(honest.recv(65536)) == 403, "nobody took the place of whoever sends fast"
        for client in [honest, *slow]:
            client.close()


def test_one_network_has_its_share(server, tmp_path):
    """Only where connections come from elsewhere: an address of this machine beside loopback."""
    host = own_address()
    if host is None:
        pytest.skip("this machine has no address but loopback")
    settings = {"connections": 40, "connections_of_network": 10}
    with serving(server, tmp_path, "share", host=host, **settings) as running:
        clients = [socket.create_connection((host, running.port), timeout=10) for _ in range(10)]
        for client in clients:
            client.sendall(b"G")
        time.sleep(0.3)
        with socket.create_connection((host, running.port), timeout=10) as more:
            more.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert status(read_to_the_end(more)) == 503
        for client in clients:
            client.close()


def own_address() -> str | None:
    """Of this machine, as others see it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        host = probe.getsockname()[0]
    return None if host.startswith("127.") else host


def test_half_bodies_take_little_memory(strict):
    before = strict.memory()
    clients = [connect(strict) for _ in range(300)]
    part = post("Content-Length: 1000000", b"a" * 900_000)
    refused = 0
    for client in clients:
        try:
            client.sendall(part)
        except OSError:
            refused += 1
    # What is small is taken all the same.
    assert status(ask(strict, post("Content-Length: 6", b"text=a", b"Connection: close"))) == 403
    assert strict.memory("VmHWM") - before < 160 * MEGABYTE
    for client in clients:
        client.close()
    assert refused < 300
    # The room is given back.
    body = b"text=" + b"a" * 900_000
    assert status(ask(strict, post(f"Content-Length: {len(body)}", body, b"Connection: close"))) == 403


def test_announced_bodies_take_no_memory(strict):
    before = strict.memory()
    clients = [connect(strict) for _ in range(300)]
    for client in clients:
        client.sendall(post("Content-Length: 1000000", b"a"))
    assert strict.memory() - before < 30 * MEGABYTE
    for client in clients:
        client.close()


def test_without_files_it_waits_and_recovers(server, tmp_path):
    with serving(server, tmp_path, "files", head_seconds=30) as running:
        pid = running.process.pid
        limits = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        assert limits[0] == limits[1], "as many as the system lets it have"
        open_files = len(os.listdir(f"/proc/{pid}/fd"))
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (open_files + 10, limits[1]))
        clients = [connect(running) for _ in range(60)]
        time.sleep(0.5)
        worked = running.seconds_worked()
        time.sleep(1.5)
        assert running.seconds_worked() - worked < 0.3, "one core spins"
        assert running.log.read_text().count("a connection cannot be accepted") == 1
        resource.prlimit(pid, resource.RLIMIT_NOFILE, limits)
        for client in clients:
            client.close()
        time.sleep(1.2)
        assert is_served(running)


def test_a_stop_finishes_what_has_begun(server, tmp_path):
    with serving(server, tmp_path, "stop") as running:
        begun, idle = connect(running), connect(running)
        begun.sendall(post("Content-Length: 6", b"te"))
        idle.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n")
        assert idle.recv(100).startswith(b"HTTP/1.1 200")
        time.sleep(0.1)
        running.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        begun.sendall(b"xt=a")
        answer = read_to_the_end(begun)
        assert (status(answer), headers(answer)["connection"]) == (403, "close")
        assert running.process.wait(timeout=5) == 0


@pytest.mark.parametrize(
    "path",
    [
        "//sandvik/report",
        "//evil.example/sandvik/report",
        "/sandvik//report",
        "/sandvik/../sandvik/report",
        "/sandvik/%2e%2E/sandvik/report",
        "/sandvik/./report",
        "/sandvik/.%2e",
        "/sandvik\\report",
        "/\\evil.example/cases/26-10001-0/closure",
        "/%5cevil.example/cases/26-10001-0/closure",
        "/sandvik%2freport",
        "/sandvik/cases%2F26-10001-0/closure",
        "/sandvik/report%00",
        "/sandvik/report%0d%0aX:y",
        "/api/v1/../v1/cases",
        "/api/v1//cases",
    ],
)
def test_addresses_that_two_programs_could_read_differently_lead_nowhere(strict, path):
    answer = ask(strict, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert status(answer) == 404
    assert "location" not in headers(answer)
    assert b'"//' not in answer and b"evil" not in answer


def test_long_addresses_make_no_long_pages(strict):
    def page(query: bytes) -> bytes:
        return ask(strict, b"GET /sandvik/report?" + query + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    plain = page(b"a=b")
    assert len(page(b"a=" + b"'" * 8_000)) < len(plain) + 1_000
    # What pages have themselves goes on into their links.
    assert page(b"a=" + b"b" * 300).count(b"b" * 300) >= 3
