"""Schemathesis makes up thousands of calls from the description: no answer is a 5xx, none is undescribed."""

import json
import subprocess
import sys

CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "allow_header_conformance",
    "ignored_auth",
]
SECONDS = 60


def test_the_server_answers_as_it_describes_itself(server, api, tmp_path):
    agent = api("agent")

    def ids(path: str) -> list[str]:
        return [item["id"] for item in agent.call("GET", path).json()["items"]]

    # Values that exist, so that most calls come further than to "there is no such thing".
    known = {
        "numbers": [agent.register() for _ in range(10)],
        "categories": ids("/categories"),
        "units": ids("/units"),
        "people": ids("/people"),
    }
    bindings = {
        "path.number": "numbers",
        "query.category": "categories",
        "query.unit": "units",
        "query.handler": "people",
        "body.category": "categories",
        "body.unit": "units",
        "body.handler": "people",
        "body.questions[*].category": "categories",
        "body.questions[*].unit": "units",
        "body.questions[*].case": "numbers",
    }
    lines = [f"[dictionaries.{name}]\nvalues = {json.dumps(values)}" for name, values in known.items()]
    lines.append("[parameters]")
    lines += [f'"{field}" = {{ dictionary = "{name}", probability = 0.8 }}' for field, name in bindings.items()]
    (tmp_path / "schemathesis.toml").write_text("\n".join(lines) + "\n")
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli"]
        + ["--config-file", str(tmp_path / "schemathesis.toml"), "run", f"{agent.url}/openapi.json"]
        + ["--header", f"Authorization: Bearer {agent.token}", "--checks", ",".join(CHECKS)]
        + ["--max-time", str(SECONDS), "--max-response-time", "5", "--workers", "1", "--seed", "1"]
        + ["--continue-on-failure", "--max-failures", "20", "--warnings", "off"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS * 3,
        check=False,
    )
    print(done.stdout[-1500:])
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
