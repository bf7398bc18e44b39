"""What Torg is built of stands in one list, and a build of anything else is no good build."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path):
    (tmp_path / "bin").mkdir()
    for name in ["bin/sbom", "packages.txt", "Package.swift", "Package.resolved"]:
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def sbom(project, *arguments):
    return subprocess.run([project / "bin/sbom", *arguments], capture_output=True, text=True)


def test_the_bill_names_every_package_and_library(project):
    bill = json.loads(sbom(project).stdout)
    names = {part["name"] for part in bill["components"]}
    assert {"swift-nio", "hummingbird", "grdb.swift", "libpq-dev", "libargon2-dev"} <= names
    assert all(part["purl"].endswith("@" + part["version"]) for part in bill["components"])
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")


@pytest.mark.parametrize("edit", [lambda text: text.replace("swift-nio ", "swift-nio 0"), lambda text: text + "x/y 1.0\n"])
def test_another_version_is_refused(project, edit):
    assert sbom(project, "--check").returncode == 0
    listed = project / "packages.txt"
    listed.write_text(edit(listed.read_text()))
    refused = sbom(project, "--check")
    assert refused.returncode == 1 and "packages.txt" in refused.stderr
    assert sbom(project, "--record").returncode == 0
    assert sbom(project, "--check").returncode == 0


def test_what_torg_asks_for_is_one_version():
    manifest = (ROOT / "Package.swift").read_text()
    asked = [line for line in manifest.splitlines() if "url:" in line]
    assert asked and all("exact:" in line for line in asked)
