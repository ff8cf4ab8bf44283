"""What browser tests share: the app served as `make run` serves it, and a Chromium."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parent.parent
NEEDS_BROWSER = {"browser", "server_url", "fresh_server_url"}
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def served_app(log: Path, patience: float = 60) -> Iterator[str]:
    """Serve the app on a free port, as the launcher does, while the block runs; yields its address."""
    with socket.create_server(("localhost", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ui.launch", "--server.fileWatcherType=none", "--server.address=localhost"]
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | {"PORT": str(port)}, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        deadline = time.monotonic() + patience
        while not is_healthy(port):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the app did not start:\n{log.read_text(encoding='utf-8')}")
            time.sleep(0.1)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Run the Chromium that .ci/browser finds while the block runs."""
    path = subprocess.run([ROOT / ".ci" / "browser"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    environment: dict[str, str | float | bool] = {**os.environ}
    environment["XDG_CONFIG_HOME"] = str(ROOT / ".cache")  # nothing in the home of whoever tests
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS, env=environment)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app, one server for all tests."""
    with served_app(tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture
def fresh_server_url(tmp_path: Path) -> Iterator[str]:
    """The address of a server that nobody has visited yet."""
    with served_app(tmp_path / "log.txt") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with started_browser() as browser:
        yield browser


@pytest.hookimpl(tryfirst=True)  # before `-m` selects
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if NEEDS_BROWSER.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


class BrowserTestsTogether(LoadScopeScheduling):
    """Give the files test_browser*.py to one worker, with one server and one browser, and every other test to any.

    It stands in for `--dist loadgroup`, which pytest-xdist 3.8 silently ignores under pytest 9.2 (pytest-xdist#1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/test_browser") else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> BrowserTestsTogether:
    return BrowserTestsTogether(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what each file of tests took, so that a slow one is seen."""
    seconds: dict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[report.location[0]] += report.duration
    terminalreporter.section("what each file took")
    for file, spent in sorted(seconds.items(), key=lambda row: -row[1]):
        terminalreporter.write_line(f"{spent:7.1f} s  {file}")
