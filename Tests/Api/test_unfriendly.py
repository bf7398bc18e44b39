"""What no client should send, over a real socket: each gets its own 4xx, and nothing takes long."""

import http.client
import time

import pytest
import requests

BODIES = {
    "nothing": (b"", 422),
    "no JSON": (b"{", 400),
    "text": (b'"text"', 400),
    "a list": (b"[]", 400),
    "null": (b"null", 400),
    "bad UTF-8": (b'{"channel": "\xff\xfe"}', 400),
    "NUL in a text": (b'{"channel": "visit", "questions": [{"text": "a\\u0000b"}]}', 422),
    "a raw NUL": (b'{"channel": "visit", "questions": [{"text": "a\x00b"}]}', 400),
    "half a pair": (b'{"channel": "visit", "questions": [{"text": "\\ud800"}]}', 400),
    "a name twice": (b'{"channel": "visit", "channel": "chat"}', 400),
    "a huge number": (b'{"channel": 1e400}', 400),
    "a large number": (b'{"channel": 1e300}', 422),
    "not a number": (b'{"channel": NaN}', 400),
    "leading zero": (b'{"channel": 01}', 400),
    "trailing comma": (b'{"channel": "visit",}', 400),
    "deep lists": (b'{"questions": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400),
    "deep objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 400),
    "many numbers": (b'{"questions": [' + b"1," * 400_000 + b"1]}", 422),
    "wrong types": (b'{"channel": 5, "person": [], "questions": {"text": "x"}}', 422),
    "text for a flag": (b'{"channel": "visit", "questions": [{"text": "x", "answered": "true"}]}', 422),
    "text for a number": (
        b'{"channel": "visit", "questions": [{"text": "x", "position": {"lat": "59", "lon": 10}}]}',
        422,
    ),
    "year 10000": (b'{"channel": "visit", "at": "10000-01-01T00:00:00Z", "questions": [{"text": "x"}]}', 422),
    "two megabytes": (b'{"channel": "' + b"x" * 2_000_000 + b'"}', 413),
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies(api, name):
    body, status = BODIES[name]
    began = time.monotonic()
    answer = requests.post(
        api("agent").url + "/contacts",
        data=body,
        headers={"Authorization": f"Bearer {api('agent').token}", "Content-Type": "application/json"},
        timeout=10,
    )
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/cases?text=%ff", 400),
        ("/cases?limit=x", 422),
        ("/cases?limit=0", 422),
        ("/cases?limit=1e400", 422),
        ("/cases?limit=1.5", 422),
        ("/cases?cursor=x", 422),
        ("/cases?cursor=99999999999999999999.1", 422),
        ("/cases?unit=-1", 422),
        ("/cases?unit=", 422),
        ("/cases?due_before=yesterday", 422),
        ("/cases?text=%00", 422),
        ("/cases?state=new&state=nonsense", 200),
        ("/cases/%00", 404),
        ("/cases/%ff", 404),
        ("/cases/..%2f..%2f", 404),
        ("/cases/26-10001-0", 404),
        ("/cases/99999999999999999999999999", 404),
        ("/nowhere", 404),
    ],
)
def test_addresses(api, path, status):
    answer = requests.get(
        api("agent").url + path, headers={"Authorization": f"Bearer {api('agent').token}"}, timeout=10
    )
    assert answer.status_code == status, answer.text


def test_a_percent_sign_without_its_byte(server):
    """Sent by hand, because every client would put it right."""
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=10)
    connection.putrequest("GET", "/api/v1/cases?text=%zz")
    connection.endheaders()
    assert connection.getresponse().status == 400


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "POST", "QUERY", "PROPFIND"])
def test_other_methods_say_which_there_are(api, method):
    answer = requests.request(method, api("agent").url + "/cases", timeout=10)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_a_wrong_content_type_is_not_guessed(api):
    agent = api("agent")
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]:
        answer = agent.call("POST", "/contacts", data=b"{}", headers={"Content-Type": kind})
        assert answer.status_code == 415


def test_without_a_good_token_there_is_nothing(api, description, server):
    token = api("agent").token
    wrong = [None, "", "Bearer", "Bearer x", f"Basic {token}", f"Bearer {token}x", f"Bearer {token[:-1]}", token]
    for path, methods in description["paths"].items():
        for method in methods.keys() & {"get", "post", "delete"}:
            if methods[method].get("security") == []:
                continue
            address = api("agent").url + path.format(number="26-10001-0", measure="1", contact="1")
            for header in wrong:
                headers = {} if header is None else {"Authorization": header}
                answer = requests.request(method, address, headers=headers, timeout=10)
                assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer"), (method, path)
