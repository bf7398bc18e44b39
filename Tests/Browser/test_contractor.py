"""A contractor on a phone, without script and without an account: from the link in the mail to the work done."""

import journey


def test_from_the_mail_to_the_work_done(open_page, server, login, assert_accessible, screenshot):
    agent, staff = open_page(), open_page()
    login(agent, "agent")
    number = journey.report(open_page(), server, "The lamp is dark. I am 311299-00000.", place="Elvegata 2")
    journey.pass_on(agent, server, number)
    login(staff, "handler")
    journey.open_case(staff, server, number)
    form = journey.open_action(staff, "routing")
    form.locator("[name=contractor]").select_option(label="Grus og asfalt Furu")
    form.locator("[name=note]").fill("Bring the lift.")
    journey.submit(form)
    journey.open_case(staff, server, number)
    assert "Grus og asfalt Furu" in staff.inner_text("main")
    assert_accessible(staff)
    screenshot(staff, "case-with-contractor")

    phone = open_page(width=390, height=844, javascript=False)
    mail = journey.mails(server, "drift@furu.example", contains=number)[-1]
    phone.goto(journey.contractor_link(mail))
    assert "key=" not in phone.url
    shown = phone.inner_text("main")
    assert "Bring the lift." in shown and "••••••" in shown and "311299" not in shown
    screenshot(phone, "contractor-390")
    journey.submit(phone.locator("form#acknowledgement"))
    form = journey.open_action(phone, "question")
    form.locator("[name=message]").fill("Which lamp?")
    journey.submit(form)
    assert "Which lamp?" in phone.inner_text("main")
    form = journey.open_action(phone, "done")
    form.locator("[name=what]").fill("")
    journey.submit(form)
    assert phone.locator(".problems").count() == 1
    screenshot(phone, "contractor-errors-390")
    form = journey.open_action(phone, "done")
    form.locator("[name=what]").fill("New lamp")
    journey.submit(form)
    assert "Thank you!" in phone.inner_text("main")
    screenshot(phone, "contractor-end-390")

    journey.open_case(staff, server, number)
    history = staff.inner_text("main")
    assert "Which lamp?" in history and "New lamp" in history


def test_every_form_unfolded_fits(open_page, server, assert_accessible):
    page = open_page(width=390, height=844)
    page.goto(journey.contractor_link(journey.contractor_mail(server)))
    for name in page.eval_on_selector_all("details.action", "all => all.map(one => one.id)"):
        journey.open_action(page, name)
        assert_accessible(page)
