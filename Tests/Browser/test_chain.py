"""The whole chain, walked by four people: the citizen, the contact centre, the handler, and the citizen again."""

import re

import journey
import pytest
from playwright.sync_api import expect

WAYS = {
    "wide": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844, "has_touch": True, "is_mobile": True},
    "without-javascript": {"width": 1280, "height": 900, "javascript": False},
}


@pytest.mark.parametrize("way", WAYS)
def test_from_report_to_answer_and_back(way, open_page, server):
    def person():
        return open_page(**WAYS[way])

    mail = f"lerk.{way}@innbygger.example"
    text = f"The street light outside Strandpromenaden 12 is dark ({way})"

    # The citizen does not know who is responsible, and does not need to.
    citizen = person()
    number = journey.report(citizen, server, text, place="Strandpromenaden 12", mail=mail)
    assert re.fullmatch(r"\d\d-\d+-\d", number), f"{number!r} is no case number"
    receipt = citizen.locator(".receipt")
    expect(receipt).to_contain_text(mail)
    expect(receipt).to_contain_text(re.compile("working day|hear from us"))
    sent = journey.mails(server, mail)
    assert len(sent) == 1, f"{len(sent)} receipts were sent"
    assert number in sent[0]["Subject"]
    link = journey.link_in(sent[0])

    # The contact centre finds it in the intake and passes it to the unit.
    agent = person()
    journey.log_in(agent, server, "agent")
    agent.goto(server.path("intake"))
    expect(journey.row(agent, number)).to_contain_text("Strandpromenaden 12")
    journey.pass_on(agent, server, number, unit=journey.ROADS, note="Please look at it on your round.")
    expect(agent.locator(".flash")).to_contain_text(journey.ROADS)
    expect(agent.locator(".head.case")).to_contain_text("Not acknowledged")
    agent.goto(server.path("intake"))
    expect(journey.row(agent, number)).to_have_count(0)

    # The handler has it in the unit's list: "I have it", word to the citizen, the answer.
    handler = person()
    journey.log_in(handler, server, "handler")
    handler.locator(".side a").filter(has_text=journey.ROADS).first.click()
    journey.row(handler, number).locator(".title a").click()
    expect(handler.locator(".time")).to_contain_text("Please look at it on your round.")
    journey.acknowledge(handler)
    expect(handler.locator(".head.case")).to_contain_text("Under way")
    journey.give_feedback(handler, "A new lamp is ordered; we mount it this week.")
    told = journey.mails(server, mail, contains="A new lamp is ordered")
    assert len(told) == 1, "the feedback did not reach the citizen once"
    journey.close(handler, "The lamp is new and the light is on again.", what="Changed the lamp", who="Road crew")
    expect(handler.locator(".head.case")).to_contain_text("Closed")
    answered = journey.mails(server, mail, contains="the light is on again")
    assert len(answered) == 1, "the answer did not reach the citizen once"

    # The citizen follows the link of the receipt, in a browser that knows nothing, and does not agree.
    again = person()
    again.goto(link)
    expect(again.locator("body")).to_contain_text("The lamp is new and the light is on again.")
    expect(again.locator(".time")).to_contain_text("A new lamp is ordered")
    expect(again.locator("body")).not_to_contain_text("Please look at it on your round.")
    journey.reopen(again, "It was dark again the next evening.")
    expect(again.locator("main")).to_contain_text("open again")

    # Both colleagues see it open again, with what the citizen said.
    for colleague in (handler, agent):
        journey.open_case(colleague, server, number)
        expect(colleague.locator(".head.case")).not_to_contain_text("Closed")
        expect(colleague.locator(".time")).to_contain_text("It was dark again the next evening.")
    handler.locator(".side a").filter(has_text=journey.ROADS).first.click()
    expect(journey.row(handler, number)).to_have_count(1)


def test_follows_by_number_and_mail_without_the_link(open_page, server):
    citizen = open_page(width=390, height=844)
    number = journey.report(citizen, server, "The swing has lost a chain", mail="rogn@innbygger.example")
    other = open_page(width=390, height=844)
    for contact, is_shown in (("somebody.else@innbygger.example", False), ("rogn@innbygger.example", True)):
        other.goto(server.path("follow"))
        other.fill("[name=number]", number)
        other.fill("[name=contact]", contact)
        journey.submit(other.locator("main form"))
        assert ("The swing has lost a chain" in other.inner_text("main")) == is_shown
