"""The steps of the chain as people take them in the browser: the citizen, the contact centre, the unit.

    number = report(page, server, text="The street light is out", place="Elvegata", email="a@b.example")
    log_in(page, server, "agent")
    pass_on(page, server, number, unit="Vei og gatelys")
"""

import email
import email.policy
import re
import time
from datetime import datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page
from server import PASSWORD

ROADS = "Vei og gatelys"


def submit(form: Locator) -> None:
    """Sends a form as its reader would: by its last button, the one that is always there."""
    with form.page.expect_navigation():
        form.locator("button:not([type=button], [name])").last.click()


def report(page: Page, server, text: str, place: str = "", mail: str = "", category: int | str = 0) -> str:
    """As a citizen; ends on the receipt. Returns the number of the case. `category`: which one in the list, or its name."""
    page.goto(server.path("report"))
    page.fill("[name=text]", text)
    by = "label" if isinstance(category, str) else "index"
    page.select_option("[name=category]", **{by: category})
    page.fill("[name=place]", place)
    if mail:
        page.fill("[name=email]", mail)
        page.check("[name=wants_updates]")
    # Shown when the category is chosen; without a script, or when the words told the category, the form comes back.
    for _ in range(2):
        if page.locator("[name=notice_seen]").is_visible():
            page.check("[name=notice_seen]")
        submit(page.locator("main form"))
        if not page.locator("main form.tall").count():
            break
    return page.inner_text(".receipt .number").strip()


def log_in(page: Page, server, account: str, password: str = PASSWORD, language: str = "en") -> None:
    page.goto(server.path(f"login?language={language}"))
    page.fill("[name=login]", account)
    page.fill("[name=password]", password)
    submit(page.locator("form:has([name=password])"))
    assert page.locator("[name=password]").count() == 0, f"{account} could not log in:\n{page.inner_text('body')}"


def mails(server, address: str, contains: str = "", seconds: float = 15) -> list[EmailMessage]:
    """What has been sent to the address, oldest first; waits until a mail with the text is among it."""
    deadline = time.monotonic() + seconds
    while True:
        read = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in server.mails()]
        found = [mail for mail in read if address in str(mail["To"]) and contains in plain(mail)]
        if found or time.monotonic() > deadline:
            return found
        time.sleep(0.1)


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return body.get_content() if body else ""


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"https?://\S+/follow/\S+", plain(mail))
    assert found, f"there is no link to the case in:\n{plain(mail)}"
    return found.group().rstrip(".")


def stop_link_in(mail: EmailMessage) -> str:
    found = re.search(r"https?://\S+/stop/\S+", plain(mail))
    assert found, f"there is no stop link in:\n{plain(mail)}"
    return found.group()


def contractor_mail(server) -> EmailMessage:
    """The mail that brought the demonstration's contractor the link to a case."""
    found = [mail for mail in mails(server, "lys@alm.example", contains="/contractor/")]
    assert found, "no contractor has got a case"
    return found[0]


def contractor_link(mail: EmailMessage) -> str:
    return re.search(r"https?://\S+/contractor/\S+", plain(mail)).group()


def row(page: Page, number: str) -> Locator:
    return page.locator("[data-list] tbody tr").filter(has_text=number)


def open_action(page: Page, name: str) -> Locator:
    """Unfolds a form of the case page and returns it: `open_action(page, "closure")`."""
    fold = page.locator(f"details#{name}")
    if fold.get_attribute("open") is None:
        fold.locator("> summary").click()
    return fold.locator("form")


def pass_on(page: Page, server, number: str, unit: str = ROADS, note: str = "") -> None:
    """As the contact centre, from the intake list."""
    page.goto(server.path("intake"))
    row(page, number).locator(".title a").click()
    page.wait_for_load_state()
    form = open_action(page, "routing")
    form.locator("[name=unit]").select_option(label=unit)
    form.locator("[name=note]").fill(note)
    submit(form)


def open_case(page: Page, server, number: str) -> None:
    page.goto(server.path("cases", number))


def acknowledge(page: Page) -> None:
    submit(page.locator("form#acknowledgement"))


def give_feedback(page: Page, message: str) -> None:
    form = open_action(page, "feedback")
    form.locator("[name=message]").fill(message)
    submit(form)


def today() -> str:
    return datetime.now(ZoneInfo("Europe/Oslo")).date().isoformat()


def close(page: Page, answer: str, what: str, who: str) -> None:
    """Answers, with the measure that was taken."""
    form = open_action(page, "closure")
    form.locator("[name=answer]").fill(answer)
    form.locator("[name=outcome][value=measures_taken]").check()
    form.locator("[name=measure_what]").fill(what)
    form.locator("[name=measure_who]").fill(who)
    form.locator("[name=measure_done_at]").fill(today())
    submit(form)


def reopen(page: Page, reason: str) -> None:
    """As the citizen, on the page that follows the case."""
    fold = page.locator("details:has(form[action*=reopening])")
    if fold.get_attribute("open") is None:
        fold.locator("> summary").click()
    form = fold.locator("form")
    form.locator("[name=reason]").fill(reason)
    submit(form)
