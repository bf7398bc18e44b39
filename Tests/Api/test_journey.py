"""The main chain over HTTP; every answer is checked against the description."""

import uuid
from datetime import date, timedelta

import jsonschema_rs


def check(strict_schemas: dict, name: str, value) -> None:
    """The value has the fields of the schema and no others."""
    jsonschema_rs.validate(
        {"$ref": f"#/components/schemas/{name}", "components": {"schemas": strict_schemas}}, value
    )


def test_a_contact_becomes_a_case_and_is_followed_to_its_end(api, strict_schemas):
    agent = api("agent")
    category = agent.call("GET", "/categories").json()["items"][0]
    registered = agent.call(
        "POST",
        "/contacts",
        {
            "channel": "email",
            "person": {"name": "A. Ås", "email": "a@example.org", "wants_updates": True},
            "questions": [
                {"text": "Lyset ved skolen er mørkt", "category": category["id"], "position": {"lat": 58.1, "lon": 8}},
                {"text": "When is the office open?", "answered": True, "answer": "From 9 to 15."},
            ],
        },
    )
    assert registered.status_code == 201
    check(strict_schemas, "RegisteredContact", registered.json())
    number, none = (question["case"] for question in registered.json()["questions"])
    assert none is None

    def step(method, action, status, body=None):
        answer = agent.on(method, number, action, body)
        assert answer.status_code == status, answer.text
        return answer.json()

    passed = step("POST", "routing", 200, {"unit": category["unit"], "note": "Soon, please"})
    assert (passed["state"], passed["unit"], passed["category"]) == ("passedOn", category["unit"], category["id"])
    assert step("POST", "acknowledgement", 200)["state"] == "underway"
    assert step("POST", "acknowledgement", 409)["code"] == "case.already_acknowledged"
    assert step("POST", "feedback", 200, {"message": "We are on it"})["feedback_at"]
    assert step("POST", "parking", 200, {"until": in_a_month(), "reason": "Parts are ordered"})["state"] == "parked"
    assert step("DELETE", "parking", 200)["state"] == "underway"
    assert step("DELETE", "parking", 409)["code"] == "case.not_parked"
    assert step("POST", "waiting", 200, {"message": "Which lamp?"})["state"] == "awaitingCitizen"
    assert step("DELETE", "waiting", 200, {"note": "The left one"})["state"] == "underway"
    step("POST", "notes", 200, {"note": "Between us"})
    step("POST", "deviation", 200, {"reference": "Q-1"})
    assert step("POST", "acute", 200)["acute"] is True
    step("POST", "performer", 200)
    for body, code in [
        ({"outcome": "measures_taken", "answer": "x"}, "closure.measure_required"),
        ({"outcome": "no_action", "answer": "x"}, "closure.reason_required"),
        ({"outcome": "forwarded", "answer": "x"}, "closure.authority_required"),
        ({"outcome": "no_action", "reason": "x"}, "closure.answer_required"),
    ]:
        assert step("POST", "closure", 422, body)["code"] == code
    measure = step("POST", "measures", 201, {"kind": "corrective", "what": "New lamp", "who": "Roads"})
    check(strict_schemas, "Measure", measure)
    done = agent.call(
        "POST",
        f"/cases/{number}/measures/{measure['id']}",
        {"done_at": "2026-01-02"},
        "/cases/{number}/measures/{measure}",
    )
    assert done.status_code == 200
    closed = step("POST", "closure", 200, {"outcome": "measures_taken", "answer": "The lamp has been changed."})
    assert (closed["state"], closed["next_due_at"], closed["clocks"]) == ("closed", None, [])
    check(strict_schemas, "Case", closed)
    assert step("DELETE", "closure", 200, {"reason": "Still dark"})["state"] == "underway"

    events = step("GET", "events", 200)["items"]
    for event in events:
        check(strict_schemas, "Event", event)
    assert [events[0]["kind"], events[-1]["kind"]] == ["case_opened", "reopened"]
    lines = agent.call("GET", "/cases", params={"text": "skolen", "state": "underway"}).json()["items"]
    assert number in [line["number"] for line in lines]
    for line in lines:
        check(strict_schemas, "CaseLine", line)


def in_a_month() -> str:
    return (date.today() + timedelta(days=30)).isoformat()


def test_lists_answer_as_described(api, strict_schemas):
    for path, name in [("categories", "Category"), ("units", "Unit"), ("people", "Person")]:
        first = api("agent").call("GET", f"/{path}", params={"limit": 1}).json()
        assert len(first["items"]) == 1 and first["next"]
        for item in api("agent").call("GET", f"/{path}").json()["items"]:
            check(strict_schemas, name, item)
    assert api("agent").call("GET", "/templates").json() == {"items": [], "next": None}


def test_a_repeat_gets_the_first_answer(api):
    agent = api("agent")
    body = {"channel": "visit", "questions": [{"text": "Once only"}]}
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first, second = (agent.call("POST", "/contacts", body, headers=key) for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)
    other = agent.call("POST", "/contacts", body | {"channel": "chat"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key.reused")
