"""What a category says first, and whom to call in danger: told when it is chosen, and once."""

import journey
import pytest
from playwright.sync_api import expect

PLAN = "Comments on a zoning plan belong to the plan itself"
OIL = "Is it urgent? Call 110 first."
CALL = "Is anyone in danger?"


def visible(page, text):
    return page.locator("main").get_by_text(text).locator("visible=true")


def test_a_notice_stands_there_when_the_category_is_chosen(open_page, server, assert_accessible):
    page = open_page(width=390, height=844)
    page.goto(server.path("report"))
    tick = page.locator("[name=notice_seen]")
    expect(tick).to_be_hidden()
    page.fill("[name=text]", "The new house looks too high")
    page.select_option("[name=category]", label="Building permits")
    expect(visible(page, PLAN)).to_have_count(1)
    assert_accessible(page)
    tick.check()
    # The tick counts for what it stood beside.
    page.select_option("[name=category]", label="Parks and playgrounds")
    expect(tick).to_be_hidden()
    page.select_option("[name=category]", label="Building permits")
    expect(tick).not_to_be_checked()
    tick.check()
    journey.submit(page.locator("main form"))
    expect(page.locator(".receipt .number")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_something_acute_is_told_and_confirmed_once(open_page, server, assert_accessible, javascript):
    page = open_page(javascript=javascript)
    page.goto(server.path("report"))
    page.fill("[name=text]", "There is something in the river")
    page.select_option("[name=category]", label="Pollution")
    if not javascript:
        journey.submit(page.locator("main form"))
        expect(page.locator(".problems")).to_have_count(0)
    expect(visible(page, OIL)).to_have_count(1)
    expect(visible(page, CALL)).to_have_count(1)
    if javascript:
        assert_accessible(page)
    page.check("[name=notice_seen]")
    journey.submit(page.locator("main form"))
    expect(page.locator(".receipt .number")).to_be_visible()


def test_what_came_back_for_a_likely_category_stays(open_page, server):
    page = open_page()
    page.goto(server.path("report"))
    page.fill("[name=text]", "A pothole in the road")
    journey.submit(page.locator("main form"))
    expect(page.locator(".problems")).to_have_count(0)
    expect(visible(page, "Call 175 about them")).to_have_count(1)
    assert page.locator("[data-read-first]").evaluate("part => part === document.activeElement")
    page.check("[name=notice_seen]")
    journey.submit(page.locator("main form"))
    expect(page.locator(".receipt .number")).to_be_visible()


def test_the_desk_sees_whom_to_call_while_the_caller_is_there(open_page, server, assert_accessible):
    page = open_page()
    journey.log_in(page, server, "agent")
    page.goto(server.path("contacts/new"))
    page.fill("[name=q1_text]", "There is something in the river")
    page.select_option("[name=q1_category]", label="Pollution")
    expect(visible(page, "Say first: " + CALL)).to_have_count(1)
    assert_accessible(page)
    # It has been shown, so the form does not come back to say so.
    journey.submit(page.locator("main form.register"))
    expect(page.locator(".told .number")).to_be_visible()
    # What only the words tell the server says, once.
    page.goto(server.path("contacts/new"))
    page.fill("[name=q1_text]", "A fire in the park")
    journey.submit(page.locator("main form.register"))
    emergency = page.locator(".emergency[role=alert]")
    expect(emergency).to_contain_text("Say first: " + CALL)
    assert emergency.evaluate("part => part === document.activeElement")
    assert_accessible(page)
    journey.submit(page.locator("main form.register"))
    expect(page.locator(".told .number")).to_be_visible()
