"""What people and programs send wrongly: nothing is stored, nothing typed is lost, and script stays text."""

import re

import journey
import pytest
from playwright.sync_api import expect

SCRIPT = "<script>document.title='broken in'</script><img src=x onerror=\"document.title='broken in'\">'\"&lt;b&gt;"


def cases_about(page, server, text):
    """How many cases in the intake list begin with the text."""
    page.goto(server.path("intake"))
    return page.locator("[data-list] .title a").filter(has_text=text).count()


@pytest.fixture
def desk(open_page, server):
    page = open_page()
    journey.log_in(page, server, "agent")
    return page


def test_a_forged_form_stores_nothing_and_keeps_what_was_typed(desk, open_page, server):
    text = "The rail of the mill bridge is loose"
    citizen = open_page(width=390, height=844)
    citizen.goto(server.path("report"))
    citizen.fill("[name=text]", text)
    citizen.evaluate("document.querySelector('main [name=form]').value = 'forged'")
    journey.submit(citizen.locator("main form"))
    assert citizen.input_value("[name=text]") == text
    assert citizen.locator(".receipt").count() == 0
    assert cases_about(desk, server, text) == 0
    # The form that came back is a good one.
    journey.submit(citizen.locator("main form"))
    expect(citizen.locator(".receipt .number")).to_be_visible()
    assert cases_about(desk, server, text) == 1


def test_the_same_form_twice_makes_one_case(desk, open_page, server):
    text = "A tree lies across the mill path"
    citizen = open_page(javascript=False)
    citizen.goto(server.path("report"))
    citizen.fill("[name=text]", text)
    form = citizen.get_attribute("main [name=form]", "value")
    journey.submit(citizen.locator("main form"))
    number = citizen.inner_text(".receipt .number")
    # A reload of the receipt, and the very same form once more.
    citizen.reload()
    again = citizen.request.post(server.path("report"), form={"form": form, "text": text}, max_redirects=0)
    assert again.status == 409 or number in again.headers.get("location", ""), f"{again.status} {again.headers}"
    assert cases_about(desk, server, text) == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_back_and_send_again_makes_no_second_case(desk, open_page, server, javascript):
    text = f"Sent and gone back {'with' if javascript else 'without'} script"
    citizen = open_page(javascript=javascript)
    citizen.goto(server.path("report"))
    citizen.fill("[name=text]", text)
    journey.submit(citizen.locator("main form"))
    number = citizen.inner_text(".receipt .number").strip()
    citizen.go_back()
    citizen.wait_for_selector("[name=text]")
    citizen.fill("[name=text]", text)
    journey.submit(citizen.locator("main form"))
    citizen.click("[data-problems] a")
    expect(citizen.locator("main")).to_contain_text(number)
    assert cases_about(desk, server, text) == 1


def test_back_at_the_desk_registers_nothing_twice(desk, server):
    text = "Registered and gone back"
    desk.goto(server.path("contacts/new"))
    desk.fill("[name=q1_text]", text)
    journey.submit(desk.locator("form.register"))
    receipt = desk.url
    desk.go_back()
    desk.wait_for_selector("[name=q1_text]")
    desk.fill("[name=q1_text]", text)
    journey.submit(desk.locator("form.register"))
    desk.click("[data-problems] a")
    assert desk.url == receipt
    assert cases_about(desk, server, text) == 1


def test_a_second_press_sends_nothing(desk, open_page, server):
    text = "Pressed twice at once"
    citizen = open_page()
    citizen.goto(server.path("report"))
    citizen.fill("[name=text]", text)
    with citizen.expect_navigation():
        citizen.evaluate("""() => {
            const button = document.querySelector('main form > .button');
            button.click(); button.click();
        }""")
    expect(citizen.locator(".receipt .number")).to_be_visible()
    assert cases_about(desk, server, text) == 1


def test_a_session_that_ends_meanwhile_loses_nothing(desk, server):
    desk.goto(server.path("contacts", "new"))
    desk.fill("[name=name]", "Innbygger Rogn")
    desk.fill("[name=q1_text]", "A long story that took ten minutes to write down")
    desk.context.clear_cookies(name="torg_session")
    journey.submit(desk.locator("form.register"))
    desk.fill("[name=login]", "agent")
    desk.fill("[name=password]", journey.PASSWORD)
    journey.submit(desk.locator("form:has([name=password])"))
    expect(desk.locator("body")).to_contain_text("A long story that took ten minutes to write down")
    if not re.search(r"/contacts/\d+$", desk.url):
        journey.submit(desk.locator("main form"))
    expect(desk.locator(".told .number")).to_be_visible()
    expect(desk.locator("main")).to_contain_text("A long story that took ten minutes to write down")
    expect(desk.locator("main")).to_contain_text("Innbygger Rogn")


def test_script_is_shown_as_text_everywhere(desk, open_page, server):
    def is_whole(page, where):
        assert page.title() != "broken in", f"script was run on {page.url}"
        assert page.locator("script:not([src]), img[src=x]").count() == 0, f"{page.url} has what was typed as its own"
        expect(page.locator(where).first).to_contain_text("<script>")

    # The desk, in every field there is.
    desk.goto(server.path("contacts", "new"))
    for field in ("name", "q1_text", "q1_place"):
        desk.fill(f"[name={field}]", f"{field} {SCRIPT}")
    desk.fill("[name=email]", "alm@innbygger.example")
    journey.submit(desk.locator("form.register"))
    is_whole(desk, "main")
    number = desk.inner_text(".told .number").strip()
    # Its case, with everything that can be written there.
    journey.open_case(desk, server, number)
    for name, fields in {
        "notes": {"note": SCRIPT}, "feedback": {"message": SCRIPT}, "measures": {"what": SCRIPT, "who": SCRIPT},
        "routing": {"note": SCRIPT}, "deviation": {"reference": SCRIPT[:60]},
    }.items():
        form = journey.open_action(desk, name)
        for field, text in fields.items():
            form.locator(f"[name={field}]").fill(text)
        if name == "routing":
            form.locator("[name=unit]").select_option(label=journey.ROADS)
        journey.submit(form)
        assert desk.locator(".problems").count() == 0, f"{name}: {desk.inner_text('.problems')}"
        is_whole(desk, ".time")
    form = journey.open_action(desk, "closure")
    form.locator("[name=answer]").fill(SCRIPT)
    form.locator("[name=outcome][value=no_action]").check()
    form.locator("[name=reason]").select_option(index=1)
    journey.submit(form)
    is_whole(desk, ".answer")
    # Searched for, in a list, in the mail and where it is previewed.
    desk.goto(server.path("search") + "?q=" + "%3Cscript%3Edocument")
    is_whole(desk, "h1")
    is_whole(desk, "[data-list]")
    mails = journey.mails(server, "alm@innbygger.example", contains="<script>")
    assert mails, "the mails do not say what was written"
    for mail in mails:
        html = mail.get_body(("html",))
        assert not html or "<script>" not in html.get_content(), "script in the HTML of a mail"
    # The citizen's page.
    citizen = open_page(width=390, height=844)
    citizen.goto(journey.link_in(mails[0]))
    is_whole(citizen, "main")
    journey.reopen(citizen, SCRIPT)
    is_whole(citizen, "main")


def test_script_in_a_report_and_a_search(desk, open_page, server):
    citizen = open_page(width=390, height=844)
    number = journey.report(citizen, server, f"Report {SCRIPT}", place=SCRIPT)
    assert citizen.title() != "broken in"
    for path in ("intake", f"cases/{number}", f"search?q={number}"):
        desk.goto(server.path(path))
        assert desk.title() != "broken in"
        expect(desk.locator("main")).to_contain_text("<script>")
    desk.goto(server.path("intake"))
    desk.fill("[name=q]", SCRIPT)
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert desk.input_value("[name=q]") == SCRIPT


@pytest.mark.parametrize("who", ["citizen", "agent"])
def test_what_is_too_long_comes_back_as_it_was_typed(who, desk, open_page, server):
    text = "All about the drain. " * 2_000
    page, path, field = (desk, "contacts/new", "q1_text") if who == "agent" else (open_page(), "report", "text")
    page.goto(server.path(path))
    page.fill(f"[name={field}]", text)
    page.fill("[name=name]", "Innbygger Osp")
    page.fill("[name=email]", "no address")
    journey.submit(page.locator("main form"))
    assert page.locator(".problems").count() == 1
    assert page.input_value(f"[name={field}]").strip() == text.strip()
    assert page.input_value("[name=name]") == "Innbygger Osp"
    assert page.input_value("[name=email]") == "no address"
    for name in (field, "email"):
        error = page.locator(f"#{name}-error")
        assert len(error.inner_text()) > 10, f"nothing beside {name} says what is wrong"


def test_somebody_else_was_quicker(open_page, server):
    slow, quick = open_page(), open_page()
    for page in (slow, quick):
        journey.log_in(page, server, "agent")
    slow.goto(server.path("intake"))
    slow.locator("[data-list] .title a").last.click()
    slow.wait_for_load_state()
    quick.goto(slow.url)
    form = journey.open_action(quick, "notes")
    form.locator("[name=note]").fill("I have called them.")
    journey.submit(form)
    form = journey.open_action(slow, "feedback")
    form.locator("[name=message]").fill("We come on Monday.")
    journey.submit(form)
    # Either it fits together, or what was written is there to be sent again.
    if slow.locator(".problems").count():
        assert slow.locator("#feedback [name=message]").input_value() == "We come on Monday."
        expect(slow.locator(".time")).to_contain_text("I have called them.")
        journey.submit(slow.locator("#feedback form"))
    expect(slow.locator(".time")).to_contain_text("We come on Monday.")
    expect(slow.locator(".time")).to_contain_text("I have called them.")


def test_others_case_numbers_are_no_way_in(open_page, server):
    handler = open_page()
    journey.log_in(handler, server, "handler")
    agent = open_page()
    journey.log_in(agent, server, "agent")
    agent.goto(server.path("intake"))
    numbers = agent.locator("[data-list] tbody tr", has_not_text=journey.ROADS).locator("td.num").all_inner_texts()
    answers = {handler.goto(server.path("cases", number)).status for number in numbers[:3]}
    assert answers == {404}, f"a handler of {journey.ROADS} opened other units' cases: {answers}"
    assert handler.goto(server.path("cases", "26-99999-9")).status == 404
    assert handler.goto(server.path("cases", "%3Cscript%3E")).status == 404


@pytest.mark.parametrize("end", ["#%", "#%E5", "#%00", "#a%20b", "#[x", "#constructor"])
def test_the_end_of_an_address_stops_nothing(desk, server, end):
    """What stands after the # is written by whoever made the link."""
    desk.goto(server.path("intake") + end)
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()


@pytest.mark.parametrize("who", ["citizen", "agent"])
@pytest.mark.parametrize("javascript", [True, False])
def test_another_language_loses_nothing_of_a_form_that_came_back(who, javascript, open_page, server):
    page = open_page(javascript=javascript)
    path, field = ("contacts/new", "q1_text") if who == "agent" else ("report", "text")
    if who == "agent":
        journey.log_in(page, server, "agent")
    page.goto(server.path(path))
    page.fill(f"[name={field}]", "The lamp is dark.")
    page.fill("[name=phone]", "abc")
    # The Enter key sends the form, and chooses no language.
    with page.expect_navigation():
        page.press("[name=phone]", "Enter")
    assert page.locator(".problems").count() == 1
    with page.expect_navigation():
        page.press("[name=phone]", "Enter")
    assert page.get_attribute("html", "lang") == "en"
    # What was changed since counts as well.
    page.fill(f"[name={field}]", "The lamp is still dark.")
    with page.expect_navigation():
        page.get_by_role("button", name="Svenska", exact=True).click()
    assert page.get_attribute("html", "lang") == "sv"
    assert page.input_value(f"[name={field}]") == "The lamp is still dark."
    assert page.input_value("[name=phone]") == "abc"
    assert page.locator("#phone-error").count() == 1, "the fault is told in the other language as well"
