"""Fixtures of the browser tests: a real server on fresh demo data, and a real Chromium.

    def test_login(page, login, assert_accessible):
        login(page, "agent")
        assert_accessible(page)

TORG_CHROMIUM names another Chromium; see also Tests/Support/server.py.
"""

import os
import shutil
import sys
from pathlib import Path

os.environ["PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD"] = "1"

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Support"))

import journey
from server import ROOT, running_server

SCREENSHOTS = ROOT / "var" / "screenshots"
WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def server():
    """One server for the whole run."""
    with running_server("browser") as running:
        yield running


def launch(playwright: Playwright) -> Browser:
    chromium = os.environ.get("TORG_CHROMIUM") or next(
        filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None
    )
    assert chromium, "there is no Chromium; run bin/setup --tests"
    return playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture
def open_page(browser, server):
    """Opens further windows, each with cookies of its own: `open_page(javascript=False)`.

    A test fails when the page throws an error in its script, tells of one in the console, or asks another host
    for anything.
    """
    contexts, troubles = [], []

    def opened(width: int = 1280, height: int = 900, javascript: bool = True, language: str = "en", **options) -> Page:
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale=language,
            timezone_id="Europe/Stockholm",
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"script error on {page.url}: {error}"))
        page.on("request", lambda request: troubles.extend(foreign_requests(request.url, server.url)))
        page.on("console", lambda message: troubles.extend(console_errors(message, page.url)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)


def foreign_requests(address: str, own: str) -> list[str]:
    if address.startswith((own + "/", "data:", "blob:", "about:")) or address == own:
        return []
    return [f"a page asked another host: {address}"]


def console_errors(message: ConsoleMessage, address: str) -> list[str]:
    if message.type != "error" and "Content Security Policy" not in message.text:
        return []
    # The browser also tells of the page's own status, such as 422 for a form with errors: that is meant.
    source = message.location["url"].split("?")[0]
    if message.text.startswith("Failed to load resource") and source == address.split("?")[0]:
        return []
    return [f"on {address}: {message.text} ({message.location['url']})"]


@pytest.fixture
def page(open_page) -> Page:
    return open_page()


@pytest.fixture
def phone(open_page) -> Page:
    return open_page(width=390, height=844, has_touch=True, is_mobile=True)


@pytest.fixture
def login(server):
    """Logs in as a demo account (agent, handler, leader, admin): `login(page, "agent")`."""
    return lambda page, account: journey.log_in(page, server, account)


@pytest.fixture
def assert_accessible():
    """Fails with what axe finds against WCAG 2.2 AA on the page as it stands."""
    axe = Axe()

    def check(page: Page) -> None:
        options = {"runOnly": {"type": "tag", "values": WCAG_2_2_AA}, "resultTypes": ["violations"]}
        results = axe.run(page, options=options)
        assert results.response["passes"], f"axe found nothing to check on {page.url}"
        assert not results.violations_count, f"{page.url}\n{results.generate_report()}"
        # A phone's page must not scroll sideways (WCAG 1.4.10), which axe does not look at.
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} pixels wider than the window"

    return check


@pytest.fixture
def screenshot():
    """Keeps the whole page as var/screenshots/NAME.png: `screenshot(page, "report-phone")`."""

    def take(page: Page, name: str) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        target = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=target, full_page=True, animations="disabled")
        return target

    return take
