#!/usr/bin/env python3
"""Makes the README's pictures anew, in docs/screenshots, from a server of its own on fresh demo data.

    swift build && .venv/bin/python Tests/Browser/screenshots.py

pngquant and optipng make the files small, where the system has them: apt-get install pngquant optipng
"""

import shutil
import subprocess
import sys

import conftest
import journey
from playwright.sync_api import Page, sync_playwright
from server import running_server

TARGET = conftest.ROOT / "docs" / "screenshots"
WINDOWS = {1280: {"width": 1280, "height": 860}, 390: {"width": 390, "height": 844}}
LARGEST = 150_000


def take(page: Page, name: str) -> None:
    """The top of the page, in both widths."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    for width, window in WINDOWS.items():
        page.set_viewport_size(window)
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=TARGET / f"{name}-{width}.png", animations="disabled", caret="hide")


def tell_the_story(server, browser) -> None:
    def person() -> Page:
        return browser.new_context(
            base_url=server.url, viewport=WINDOWS[1280], locale="en", timezone_id="Europe/Oslo"
        ).new_page()

    citizen, agent, handler = person(), person(), person()
    citizen.goto(server.path("report"))
    citizen.fill("[name=text]", "The street light outside the school has been dark for a week.")
    citizen.fill("[name=place]", "Nedre Sandvik skole")
    take(citizen, "report")
    number = journey.report(
        citizen, server, "The street light outside the school has been dark for a week. Children walk there.",
        place="Nedre Sandvik skole", mail="lerk@innbygger.example",
    )
    take(citizen, "receipt")
    link = journey.link_in(journey.mails(server, "lerk@innbygger.example", contains=number)[0])

    journey.log_in(agent, server, "agent")
    agent.goto(server.path("intake"))
    take(agent, "intake")
    agent.goto(server.path("watch"))
    take(agent, "watch")
    agent.goto(server.path("contacts", "new"))
    agent.fill("[name=q1_text]", "The lights along the river path blink, three in a row.")
    agent.fill("[name=q1_place]", "Elvegata")
    agent.fill("[name=name]", "Innbygger Vier")
    agent.fill("[name=phone]", "10 00 11 30")
    take(agent, "register")
    journey.pass_on(agent, server, number, note="Several parents have called about it.")

    journey.log_in(handler, server, "handler")
    handler.goto(server.path("cases", number))
    journey.acknowledge(handler)
    journey.give_feedback(handler, "A new lamp is ordered, and we mount it this week.")
    handler.goto(server.path("cases", number))
    take(handler, "case")
    journey.close(handler, "The lamp is new, and the light is on again.", what="Changed the lamp", who="The road crew")

    citizen.goto(link)
    take(citizen, "follow")
    contractor = person()
    contractor.goto(journey.contractor_link(journey.contractor_mail(server)))
    take(contractor, "contractor")


def make_small() -> None:
    pictures = sorted(TARGET.glob("*.png"))
    if shutil.which("pngquant"):
        subprocess.run(["pngquant", "--force", "--ext", ".png", "--skip-if-larger", *pictures], check=False)
    if shutil.which("optipng"):
        subprocess.run(["optipng", "-quiet", "-o2", *pictures], check=True)
    large = [picture.name for picture in pictures if picture.stat().st_size > LARGEST]
    if large:
        sys.exit(f"larger than {LARGEST} bytes: {', '.join(large)}; install pngquant and optipng")
    for picture in pictures:
        print(f"{picture.stat().st_size // 1024:5} kB  {picture.name}")


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    with running_server("screenshots") as server, sync_playwright() as playwright:
        browser = conftest.launch(playwright)
        tell_the_story(server, browser)
        browser.close()
    make_small()
