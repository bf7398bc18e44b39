"""The desk without a mouse: keys, focus that can be seen and goes in the order of the page, forms and dialogs."""

import re

import journey
import pytest
from playwright.sync_api import expect

FOCUSED = "document.activeElement"


@pytest.fixture
def desk(open_page, server):
    page = open_page()
    journey.log_in(page, server, "agent")
    page.goto(server.path("intake"))
    return page


def focused(page, what="id || document.activeElement.name || document.activeElement.tagName"):
    return page.evaluate(f"{FOCUSED}.{what}")


def tab_to(page, selector, most=60):
    """Presses Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(most):
        if page.evaluate(f"{FOCUSED}.matches({selector!r})"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} times Tab did not lead to {selector} on {page.url}")


def press_and_wait(page, key):
    with page.expect_navigation():
        page.keyboard.press(key)


def test_search_help_and_register_have_keys(desk, server):
    desk.keyboard.press("/")
    assert focused(desk, "name") == "q"
    desk.keyboard.press("Escape")
    assert focused(desk, "tagName") == "BODY", "Esc does not leave the search field"
    desk.keyboard.press("?")
    dialog = desk.locator("dialog#keys")
    expect(dialog).to_be_visible()
    assert desk.evaluate(f"document.getElementById('keys').contains({FOCUSED})"), "the focus is not in the dialog"
    desk.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    desk.keyboard.press("/")
    desk.keyboard.type("gatelys")
    press_and_wait(desk, "Enter")
    assert desk.url.endswith("/search?q=gatelys")
    press_and_wait(desk, "r")
    assert desk.url == server.path("contacts", "new")


def test_the_list_is_walked_with_j_and_k(desk):
    links = desk.eval_on_selector_all("[data-list] .title a", "all => all.map(one => one.href)")
    assert len(links) > 3
    desk.keyboard.press("j")
    assert focused(desk, "href") == links[0]
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    assert focused(desk, "href") == links[1]
    desk.keyboard.press("ArrowDown")
    assert focused(desk, "href") == links[2]
    press_and_wait(desk, "Enter")
    assert desk.url == links[2]


def test_actions_of_a_case_have_keys(desk):
    desk.keyboard.press("j")
    press_and_wait(desk, "Enter")
    for key, name in (("n", "notes"), ("p", "parking"), ("v", "routing")):
        desk.keyboard.press(key)
        assert desk.locator(f"details#{name}").get_attribute("open") is not None, f"{key} does not unfold {name}"
        assert desk.evaluate(f"document.getElementById({name!r}).contains({FOCUSED})"), f"{key} leaves the focus behind"
        # Leave the field, so that the next letter is a key and not text.
        desk.keyboard.press("Escape")
    desk.keyboard.press("n")
    tab_to(desk, "#notes textarea")
    desk.keyboard.type("j and k and n are letters here, and so are / and ?")
    tab_to(desk, "#notes button")
    press_and_wait(desk, "Enter")
    expect(desk.locator(".time")).to_contain_text("j and k and n are letters here, and so are / and ?")


def test_what_is_typed_at_once_after_the_key_is_written(desk):
    desk.keyboard.press("j")
    press_and_wait(desk, "Enter")
    # All within one task of the page, as somebody who types fast on a busy machine.
    written = desk.evaluate("""() => {
        const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        press("n");
        return document.activeElement.matches("#notes textarea");
    }""")
    assert written, "the next letter would not be text"
    # What opened has no more to say once the field was left.
    desk.keyboard.press("Escape")
    desk.wait_for_timeout(200)
    assert not desk.evaluate(f"{FOCUSED}.matches('#notes textarea')")


def test_a_key_alone_changes_nothing(desk, server):
    desk.keyboard.press("j")
    press_and_wait(desk, "Enter")
    before = desk.locator(".time li").count()
    # Acknowledging sends at once: its key only points at it, Enter sends.
    desk.keyboard.press("k")
    assert focused(desk, "closest('form').id") == "acknowledgement"
    desk.reload()
    assert desk.locator(".time li").count() == before


def test_single_keys_can_be_switched_off(desk):
    desk.keyboard.press("?")
    desk.locator("#keys-enabled").uncheck()
    desk.keyboard.press("Escape")
    desk.reload()
    desk.keyboard.press("/")
    assert focused(desk, "tagName") == "BODY"


def test_a_contact_is_registered_by_keys_alone(desk, server):
    press_and_wait(desk, "r")
    # The caller is talking: the cursor stands where one writes.
    assert focused(desk, "name") == "q1_text"
    desk.keyboard.type("The lamp post at Elvegata leans")
    desk.keyboard.press("Tab")
    assert focused(desk, "name") == "q1_category"
    desk.keyboard.type("Gate")
    desk.keyboard.press("Tab")
    assert focused(desk, "name") == "q1_place"
    desk.keyboard.type("Elvegata")
    desk.keyboard.press("Tab")
    assert focused(desk, "name") == "q1_unit"
    desk.keyboard.press("Tab")
    assert focused(desk, "name") == "q1_answered"
    # Back up for the name, which people give last.
    for _ in range(12):
        desk.keyboard.press("Shift+Tab")
        if focused(desk, "name") == "name":
            break
    desk.keyboard.type("Vier")
    desk.keyboard.press("Tab")
    desk.keyboard.type("10 00 77 00")
    tab_to(desk, "form.register > .buttons .button:first-child")
    press_and_wait(desk, "Enter")
    assert re.search(r"/contacts/\d+$", desk.url), desk.inner_text("main")
    expect(desk.locator(".told .number")).to_have_text(re.compile(r"\d\d-\d+-\d"))
    # The next caller is waiting.
    press_and_wait(desk, "Enter")
    assert desk.url == server.path("contacts", "new")


def test_skip_link_comes_first_and_leads_to_the_content(desk):
    desk.keyboard.press("Tab")
    skip = desk.locator(".skip")
    expect(skip).to_be_focused()
    box = skip.bounding_box()
    assert box["x"] >= 0 and box["y"] >= 0, "the skip link cannot be seen when it has the focus"
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    assert desk.evaluate(f"document.getElementById('main').contains({FOCUSED})")


@pytest.mark.parametrize("path", ["intake", "contacts/new", "case", "login"])
def test_focus_is_seen_and_goes_with_the_page(path, open_page, server):
    page = open_page()
    if path != "login":
        journey.log_in(page, server, "agent")
    page.goto(server.path("intake" if path == "case" else path))
    if path == "case":
        page.locator("[data-list] .title a").first.click()
        page.wait_for_load_state()
    page.evaluate("document.activeElement.blur(); document.body.tabIndex = -1; document.body.focus();")
    seen, before = 0, None
    for _ in range(40):
        page.keyboard.press("Tab")
        now = page.evaluate("""() => {
            const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
            if (it === document.body) return null;
            const isFollowing = !window.last || Boolean(window.last.compareDocumentPosition(it) & 4);
            window.last = it;
            return {
                name: it.outerHTML.slice(0, 120), outline: style.outlineStyle, width: parseFloat(style.outlineWidth),
                isInside: box.right > 0 && box.bottom > 0 && box.top < innerHeight && box.width > 0, isFollowing,
            };
        }""")
        if now is None:
            break
        seen += 1
        assert now["outline"] != "none" and now["width"] >= 2, f"the focus does not show on {now['name']}"
        assert now["isInside"], f"what has the focus cannot be seen: {now['name']}"
        assert now["isFollowing"], f"the focus goes back in the page, to {now['name']} after {before}"
        before = now["name"]
    assert seen > 3


def test_errors_take_the_focus_and_lead_to_their_fields(desk, server):
    desk.goto(server.path("contacts", "new"))
    desk.fill("[name=email]", "not an address")
    tab_to(desk, "form.register > .buttons .button:first-child")
    press_and_wait(desk, "Enter")
    summary = desk.locator(".problems")
    expect(summary).to_be_focused()
    assert desk.title().split(":")[0] != desk.title(), "the title does not say that something is wrong"
    links = summary.locator("a")
    assert links.count() == 2, summary.inner_text()
    for index in range(2):
        link = links.nth(index)
        target = link.get_attribute("href").removeprefix("#")
        link.focus()
        desk.keyboard.press("Enter")
        assert focused(desk, "id") == target
        described = desk.get_attribute(f"[id={target!r}]", "aria-describedby").split()
        assert any(desk.inner_text(f"[id={one!r}]") for one in described if one.endswith("-error"))


def test_an_error_in_something_folded_unfolds_it(desk, server):
    desk.goto(server.path("contacts", "new"))
    desk.fill("[name=q1_text]", "The same again")
    desk.locator(".question details summary").click()
    desk.fill("[name=q1_case]", "26-10000-1")
    journey.submit(desk.locator("form.register"))
    link = desk.locator(".problems a").first
    link.focus()
    desk.keyboard.press("Enter")
    assert focused(desk, "name") == "q1_case"
    expect(desk.locator("[name=q1_case]")).to_be_visible()


def test_menu_of_the_account_by_keys(desk, server):
    tab_to(desk, ".who summary")
    desk.keyboard.press("Enter")
    tab_to(desk, "form[action$=logout] button")
    press_and_wait(desk, "Enter")
    assert "/login" in desk.url or desk.url.rstrip("/") == server.path("").rstrip("/")
    desk.goto(server.path("intake"))
    assert "/login" in desk.url
