"""The watch page asks again for itself, and whoever reads may stop that. The browser's clock is the test's."""

import journey

INTERVAL = 30


def lead(page):
    return page.inner_text(".head h1 + p")


def acute(open_page, server):
    """A leak is acute, and stuck until somebody has it. What a colleague does to it has the counts made anew."""
    number = journey.report(open_page(), server, "Water pours out of the pipe", category="Water leak")
    colleague = open_page()
    journey.log_in(colleague, server, "agent")
    journey.open_case(colleague, server, number)
    journey.give_feedback(colleague, "We look into it.")
    return number


def watch(page, server):
    page.clock.install()
    journey.log_in(page, server, "agent")
    page.goto(server.path("watch"))
    return lead(page)


def test_what_is_new_comes_by_itself(open_page, server, assert_accessible):
    page = open_page()
    before = watch(page, server)
    refresh = page.get_by_role("link", name="Update now")
    refresh.focus()
    number = acute(open_page, server)
    assert lead(page) == before, "nothing has been asked for yet"
    with page.expect_response(lambda answer: answer.url.endswith("/watch")):
        page.clock.run_for(INTERVAL * 1000)
    page.wait_for_function("before => document.querySelector('.head h1 + p').innerText !== before", arg=before)
    assert page.locator("[data-live]").get_by_text(number).count() == 1
    assert page.inner_text("[data-live-status]") == lead(page), "it is told in words, too"
    assert refresh.evaluate("link => link === document.activeElement"), "whoever stood on a link stays on it"
    assert_accessible(page)


def test_a_person_may_stop_it(open_page, server):
    page = open_page()
    before = watch(page, server)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/watch") else None)
    page.get_by_role("button", name="Stop updating").click()
    acute(open_page, server)
    page.clock.run_for(3 * INTERVAL * 1000)
    assert not asked and lead(page) == before
    page.get_by_role("button", name="Update by itself").click()
    with page.expect_response(lambda answer: answer.url.endswith("/watch")):
        page.clock.run_for(INTERVAL * 1000)
    page.wait_for_function("before => document.querySelector('.head h1 + p').innerText !== before", arg=before)
    assert page.get_by_role("button", name="Stop updating").count() == 1


def test_without_script_there_is_a_link(open_page, server):
    page = open_page(javascript=False)
    journey.log_in(page, server, "agent")
    page.goto(server.path("watch"))
    before = lead(page)
    assert page.locator("[data-live-toggle]").is_hidden()
    acute(open_page, server)
    page.get_by_role("link", name="Update now").click()
    page.wait_for_load_state()
    assert lead(page) != before
