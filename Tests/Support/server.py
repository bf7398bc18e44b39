"""A real server on fresh demo data, for the tests that talk to one over HTTP.

TORG_TEST_BINARY names another `torg` than the debug build.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "torg-demo"
MUNICIPALITY = "sandvik"


@dataclass(frozen=True)
class Server:
    """A running Torg with the demo municipality; `outbox` holds one .eml for every mail sent."""

    url: str
    outbox: Path
    log: Path
    binary: Path
    environment: dict[str, str]

    def path(self, *parts: str) -> str:
        """The address of a page of the demo municipality: `server.path("report")`."""
        return "/".join([self.url, MUNICIPALITY, *parts])

    def torg(self, *arguments: str) -> str:
        """Runs a command such as `torg token create …` on this server's data; returns what it printed."""
        return run_torg(self.binary, self.environment, *arguments)

    def mails(self) -> list[Path]:
        return sorted(self.outbox.glob("*.eml")) if self.outbox.exists() else []


def run_torg(binary: Path, environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [binary, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    if done.returncode != 0:
        raise AssertionError(f"torg {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_it_answers(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"the server did not answer at {url}:\n{log.read_text()[-4000:]}")


@contextmanager
def running_server(name: str):
    """A server for a whole run. It is stopped, and its data removed, at the end; var/test/NAME-server.log is kept."""
    binary = Path(os.environ.get("TORG_TEST_BINARY", ROOT / ".build" / "debug" / "torg"))
    folder = Path(tempfile.mkdtemp(prefix="torg-server-"))
    url = f"http://127.0.0.1:{free_port()}"
    outbox, log = folder / "outbox", folder / "server.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TORG_")} | {
        "TORG_DATABASE": f"sqlite:{folder / 'torg.db'}",
        "TORG_ADDRESS": url.removeprefix("http://"),
        "TORG_PUBLIC_URL": url,
        "TORG_MAIL": f"file:{outbox}",
    }
    try:
        run_torg(binary, environment, "migrate")
        run_torg(binary, environment, "seed", "demo")
        with log.open("wb") as output:
            process = subprocess.Popen([binary, "serve"], env=environment, cwd=ROOT, stdout=output, stderr=output)
        try:
            wait_until_it_answers(url, process, log)
            yield Server(url, outbox, log, binary, environment)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            kept = ROOT / "var" / "test" / f"{name}-server.log"
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(log, kept)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
