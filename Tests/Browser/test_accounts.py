"""Passwords that somebody else chose, and text that outlives its session."""

import re

import journey
import pytest
from playwright.sync_api import expect

OWN = "tre blå lamper"


def add_person(page, server, login):
    """As the system manager; returns the password that Torg made."""
    page.goto(server.path("admin/people/new"))
    page.fill("[name=name]", "Ny Kollega")
    page.fill("[name=login]", login)
    page.locator("[name=roles]").first.check()
    journey.submit(page.locator("form.admin"))
    return page.inner_text("main code").strip()


def enter(page, server, login, password):
    page.goto(server.path("login?language=en"))
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    journey.submit(page.locator("form:has([name=password])"))


@pytest.mark.parametrize("javascript", [True, False])
def test_a_given_password_is_changed_first(open_page, server, login, assert_accessible, screenshot, javascript):
    manager = open_page()
    login(manager, "admin")
    name = f"ny.{'med' if javascript else 'uten'}"
    given = add_person(manager, server, name)
    page = open_page(javascript=javascript)
    enter(page, server, name, given)
    expect(page.locator("h1")).to_have_text("Choose your own password")
    page.goto(server.path("mine"))
    expect(page.locator("h1")).to_have_text("Choose your own password")
    if javascript:
        assert_accessible(page)
        screenshot(page, "own-password")
    page.fill("[name=password_now]", given)
    page.fill("[name=password_new]", "sandvik-2026")
    journey.submit(page.locator("form:has([name=password_new])"))
    expect(page.locator(".problems")).to_contain_text("easy to guess")
    if javascript:
        assert_accessible(page)
        page.set_viewport_size({"width": 390, "height": 844})
        screenshot(page, "own-password-phone")
    page.fill("[name=password_now]", given)
    page.fill("[name=password_new]", OWN)
    journey.submit(page.locator("form:has([name=password_new])"))
    expect(page.locator(".flash")).to_contain_text("new password")
    # Another browser, with the new one: straight to work.
    other = open_page()
    enter(other, server, name, OWN)
    assert re.search(r"/(mine|intake|admin)$", other.url), other.url


def test_somebody_else_does_not_read_what_was_kept(open_page, server, login):
    text = "A confidential story that only its writer reads"
    page = open_page()
    login(page, "agent")
    page.goto(server.path("contacts/new"))
    page.fill("[name=q1_text]", text)
    page.context.clear_cookies(name="torg_session")
    journey.submit(page.locator("form.register"))
    assert "confidential story" not in page.content()
    page.fill("[name=login]", "handler")
    page.fill("[name=password]", journey.PASSWORD)
    journey.submit(page.locator("form:has([name=password])"))
    expect(page.locator(".flash")).to_contain_text("belongs to somebody else")
    assert "confidential story" not in page.content()


def test_waiting_says_what_helps(open_page, server, assert_accessible, screenshot):
    page = open_page()
    for _ in range(6):
        enter(page, server, "nobody.of.that.name", "wrong password")
    expect(page.locator("main")).to_contain_text("where you have logged in before")
    assert_accessible(page)
    screenshot(page, "login-waiting")
