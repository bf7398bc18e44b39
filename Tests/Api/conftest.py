"""Fixtures of the API's tests: a real server on fresh demo data, and a client whose every answer is checked against
the description that the server gives of itself."""

import sys
from pathlib import Path

import pytest
import requests
import schemathesis

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Support"))

from server import MUNICIPALITY, running_server


@pytest.fixture(scope="session")
def server():
    with running_server("api") as running:
        yield running


@pytest.fixture(scope="session")
def description(server) -> dict:
    answer = requests.get(f"{server.url}/api/v1/openapi.json", timeout=10)
    assert answer.status_code == 200
    return answer.json()


def strict(schema):
    """The same schemas, without room for fields that they do not name: answers may hold nothing undescribed."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    changed = {name: strict(value) for name, value in schema.items()}
    if "properties" in schema:
        changed["additionalProperties"] = False
    return changed


@pytest.fixture(scope="session")
def strict_schemas(description) -> dict:
    schemas = dict(description["components"]["schemas"])
    # The two parts of a whole case do not know each other's fields, so they become one.
    line, details = schemas["CaseLine"], schemas["Case"]["allOf"][1]
    schemas["Case"] = {
        "type": "object",
        "required": line["required"] + details["required"],
        "properties": line["properties"] | details["properties"],
    }
    return strict(schemas)


class Api:
    """Calls the API as one user. Every answer must be one that the description tells of."""

    def __init__(self, server, description: dict, user: str):
        self.url = f"{server.url}/api/v1"
        self.token = server.torg("token", "create", "--municipality", MUNICIPALITY, "--user", user).strip()
        self.operations = schemathesis.openapi.from_dict(description)
        self.operations.config.update(base_url=self.url)

    def call(self, method: str, path: str, json=None, template: str | None = None, **options) -> requests.Response:
        """`template` is the path as the description has it, where it is not the path itself."""
        headers = {"Authorization": f"Bearer {self.token}"} | options.pop("headers", {})
        answer = requests.request(method, self.url + path, json=json, headers=headers, timeout=10, **options)
        self.operations[template or path][method].validate_response(answer)
        return answer

    def on(self, method: str, number: str, action: str = "", json=None, **options) -> requests.Response:
        """A call about one case."""
        tail = f"/{action}" if action else ""
        return self.call(method, f"/cases/{number}{tail}", json, "/cases/{number}" + tail, **options)

    def register(self, **question) -> str:
        """A new case; returns its number."""
        body = {"channel": "telephone", "questions": [{"text": "The street light by the school is dark"} | question]}
        answer = self.call("POST", "/contacts", body)
        assert answer.status_code == 201, answer.text
        return answer.json()["questions"][0]["case"]


@pytest.fixture(scope="session")
def api(server, description):
    """`api("agent")` calls as that demo account."""
    made: dict[str, Api] = {}

    def of(user: str) -> Api:
        if user not in made:
            made[user] = Api(server, description, user)
        return made[user]

    return of
