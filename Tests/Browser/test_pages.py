"""Every page, in four languages: WCAG 2.2 AA, no sideways scrolling, nothing in the console, nobody else asked.

The staff's pages are found by following every link, so that a new page is tested as soon as something leads to it.
"""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import journey
import pytest

LANGUAGES = ["sv", "nb", "da", "en"]
WIDE, NARROW = 1280, 390
LONG = "Hovedvannledningsutskiftningsentreprenørkontraktforhandlingsprotokollutkast" * 3


def look(page, address, assert_accessible, language=None):
    """What every page keeps to, at both widths."""
    answer = page.goto(address)
    assert answer.status < 500, f"{address} answers {answer.status}"
    if language:
        assert page.get_attribute("html", "lang") == language, f"{address} is not in {language}"
    assert_good(page, assert_accessible)


def assert_good(page, assert_accessible):
    assert page.title().strip(), f"{page.url} has no title"
    assert page.locator("h1").count() == 1, f"{page.url} has {page.locator('h1').count()} headings of the first rank"
    text = page.inner_text("body")
    # A word without its translation, or a placeholder without its value. Texts show their placeholders on purpose.
    if "/admin/texts" not in page.url:
        left = re.findall(r"\{\w+\}|\[\[[\w.]+\]\]|\b(?:error|problem|state|event|flash|case)\.[a-z_]+\b", text)
        assert not left, f"{page.url} shows {left}"
    size = page.viewport_size
    for width in (NARROW if size["width"] == WIDE else WIDE, size["width"]):
        page.set_viewport_size({"width": width, "height": size["height"]})
        assert_fits(page)
    assert_accessible(page)


def assert_fits(page):
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels wider than a window of {page.viewport_size['width']}"


def kind(address):
    """Pages of one kind have one kind of address: numbers, ids and the further parts of a text's name left out."""
    parts = urlsplit(address)
    path = re.sub(r"\d[\d-]*\d|\b\d\b", "#", re.sub(r"(/texts/\w+)\..*", r"\1", parts.path))
    return path + ("?" + parts.query.split("=")[0] if parts.query and "/admin/" not in path else "")


def crawl(page, server, first, most=80):
    """One address of each kind that can be reached by links within the municipality."""
    found, waiting = {}, [(first, "the start")]
    while waiting and len(found) < most:
        address, origin = waiting.pop(0)
        if kind(address) in found:
            continue
        answer = page.goto(address)
        assert answer.status == 200, f"{address}, to which {origin} leads, answers {answer.status}"
        found[kind(address)] = address
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        for link in links:
            link = link.split("#")[0]
            if urlsplit(link).path.endswith((".csv", ".xlsx")):
                continue  # a file, no page
            if link.startswith(server.path("")) and "language=" not in link and kind(link) not in found:
                waiting.append((link, page.url))
    return list(found.values())


@pytest.fixture(scope="module")
def citizen_addresses(browser, server):
    """The citizen's pages, with a report that has been answered, one that is open, and what does not exist."""
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    open_number = journey.report(page, server, f"{LONG} is broken", place=LONG, mail="tang@innbygger.example")
    receipt = journey.mails(server, "tang@innbygger.example", contains=open_number)[0]
    fresh, stop = journey.link_in(receipt), journey.stop_link_in(receipt)
    number = journey.report(page, server, "The bench is broken", mail="hyse@innbygger.example")
    answered = journey.link_in(journey.mails(server, "hyse@innbygger.example", contains=number)[0])
    journey.log_in(page, server, "agent")
    journey.open_case(page, server, number)
    journey.close(page, "The bench is whole again.", what="New planks", who="The park crew")
    context.close()
    return [
        server.path(""), server.path("report"), server.path("follow"), server.path("login"), fresh, answered, stop,
        server.path("no-such-page"), server.path("follow", "26-10000-0"), server.path("contractor", "1"),
        journey.contractor_link(journey.contractor_mail(server)),
    ]


@pytest.fixture(scope="module")
def staff_addresses(browser, server):
    """The pages an account has, found by its links: `staff_addresses("agent")`."""
    known = {}

    def addresses(account):
        if account not in known:
            context = browser.new_context(base_url=server.url)
            page = context.new_page()
            journey.log_in(page, server, account)
            known[account] = crawl(page, server, page.url) + (beyond_links(page, server) if account == "agent" else [])
            context.close()
        return known[account]

    return addresses


def beyond_links(page, server):
    """Cases in other states than the first one met, searches of every kind, and what is not there or not allowed."""
    found = []
    for state in ("parked", "awaiting_feedback", "late"):
        page.goto(server.path(f"open?show={state}"))
        found.append(page.locator("[data-list] .title a").first.evaluate("link => link.href"))
    page.goto(server.path("search?q=lampen"))
    closed = page.locator("[data-list] tr", has=page.locator(".due.none")).locator(".title a")
    found += [page.url, closed.first.evaluate("link => link.href")]
    with_contractor = re.search(r"\d\d-\d+-\d", journey.contractor_mail(server)["Subject"]).group()
    found.append(server.path("cases", with_contractor))
    paths = ["search", "search?q=x", f"search?q={LONG}", "mine?show=acute", "admin", "no-such-page"]
    return found + [server.path(path) for path in paths]


@pytest.mark.parametrize("language", LANGUAGES)
def test_citizens_pages(language, citizen_addresses, open_page, assert_accessible):
    page = open_page(width=NARROW, height=844, language=language)
    for address in citizen_addresses:
        look(page, address, assert_accessible, language)


# Two languages on the wide screen and two on the phone; that a page fits is looked at in both widths each time.
@pytest.mark.parametrize("account, language, width", [
    *((account, language, width) for account in ("agent", "admin")
      for language, width in (("sv", NARROW), ("nb", WIDE), ("da", NARROW), ("en", WIDE))),
    ("handler", "nb", NARROW),
    ("leader", "nb", WIDE),
])
def test_staffs_pages(account, language, width, staff_addresses, open_page, server, assert_accessible):
    page = open_page(width=width, height=844)
    journey.log_in(page, server, account, language=language)
    for address in staff_addresses(account):
        look(page, address, assert_accessible, language)


@pytest.mark.parametrize("account", [None, "agent"])
def test_in_the_dark(account, citizen_addresses, staff_addresses, open_page, server, assert_accessible):
    page = open_page(color_scheme="dark")
    if account:
        journey.log_in(page, server, account)
    for address in staff_addresses(account) if account else citizen_addresses:
        page.goto(address)
        assert_accessible(page)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", paper)[:3])) < 80, f"the paper is {paper} in the dark"


@pytest.mark.parametrize("account, path, form", [
    (None, "report", "main form"), (None, "follow", "main form"), (None, "login", "main form"),
    ("agent", "contacts/new", "main form"),
])
def test_forms_with_errors(account, path, form, open_page, server, assert_accessible):
    page = open_page(width=NARROW, height=844)
    if account:
        journey.log_in(page, server, account)
    page.goto(server.path(path))
    journey.submit(page.locator(form))
    assert page.locator(".problems").count() == 1, page.inner_text("main")
    assert_good(page, assert_accessible)


def test_the_calendar_with_errors_and_with_a_day_tried(open_page, server, assert_accessible):
    page = open_page(width=NARROW, height=844)
    journey.log_in(page, server, "admin")
    page.goto(server.path("admin/calendar"))
    with page.expect_navigation():
        page.locator("[name=preview]").click()
    assert page.locator(".preview dl.facts > div").count() >= 6, page.inner_text("main")
    assert_good(page, assert_accessible)
    page.goto(server.path("admin/calendar"))
    page.fill("#hours_1", "15-8")
    page.fill("#closing_days", "2026-12-23\nsoon")
    journey.submit(page.locator("form.admin"))
    assert page.locator(".problems li").count() == 2, page.inner_text("main")
    assert_good(page, assert_accessible)


def test_an_absence_is_told_and_taken_back(open_page, server, assert_accessible):
    page = open_page(width=NARROW, height=844)
    journey.log_in(page, server, "handler")
    page.goto(server.path("account"))
    journey.open_action(page, "absence")
    first = date.today() + timedelta(days=60)
    page.fill("#absence-first", first.isoformat())
    page.fill("#absence-last", (first + timedelta(days=4)).isoformat())
    assert_good(page, assert_accessible)
    journey.submit(page.locator("#absence form"))
    page.locator(".notice a").last.click()
    page.wait_for_load_state()
    assert_good(page, assert_accessible)
    journey.submit(page.locator("form.action"))
    assert page.locator("form.action").count() == 0, page.inner_text("main")


def test_every_action_of_a_case_unfolded(open_page, server, assert_accessible):
    page = open_page(width=NARROW, height=844)
    journey.log_in(page, server, "agent")
    page.goto(server.path("intake"))
    page.locator("[data-list] .title a").first.click()
    page.wait_for_load_state()
    names = page.eval_on_selector_all("details.action", "all => all.map(one => one.id)")
    assert len(names) > 6, f"only {names} can be done"
    for name in names:
        journey.open_action(page, name)
        assert_good(page, assert_accessible)


def test_empty_lists_say_what_it_means(open_page, server):
    page = open_page()
    journey.log_in(page, server, "handler")
    page.goto(server.path("mine?show=acute"))
    assert len(page.inner_text(".empty")) > 10
    page.goto(server.path("search?q=xyzzyxyzzy"))
    assert "xyzzyxyzzy" in page.inner_text(".empty")


def test_long_words_and_texts_stay_inside(open_page, server, assert_accessible):
    citizen = open_page(width=NARROW, height=844)
    number = journey.report(citizen, server, f"{LONG}\n" + "Mange ord. " * 200, place=LONG)
    for width in (WIDE, NARROW):
        page = open_page(width=width)
        journey.log_in(page, server, "agent")
        for path in ("intake", f"cases/{number}", f"search?q={LONG}"):
            page.goto(server.path(path))
            assert_fits(page)
        journey.open_case(page, server, number)
        assert_accessible(page)


@pytest.mark.parametrize("language", ["sv", "nb", "da", "en"])
def test_the_head_of_a_colleagues_page_is_one_line_on_a_phone(language, phone, login, server):
    login(phone, "agent")
    phone.goto(server.path("intake") + "?language=" + language)
    tops = [phone.locator(f".top > {part}").bounding_box() for part in (".brand", ".button", ".bell", ".who")]
    middles = [box["y"] + box["height"] / 2 for box in tops]
    assert max(middles) - min(middles) < 12, f"{language}: {middles}"


def test_the_fields_of_a_filter_stand_in_one_row(page, login, server):
    login(page, "leader")
    page.goto(server.path("readings"))
    form = page.locator("form.choice")
    labels = [label.bounding_box()["y"] for label in form.locator("label").all()]
    assert max(labels) - min(labels) < 1, labels
    ends = [control.bounding_box() for control in form.locator("input:not([type=hidden]), select, button").all()]
    ends = [box["y"] + box["height"] for box in ends]
    assert max(ends) - min(ends) < 1, ends
