"""The wheel holds every file of the addons where Odoo finds addons by itself, and nothing else; it is installed in
``test_life.py``."""

import os
import re
import subprocess
import sys
import zipfile

import pytest

from dev import addons, paths
from tests.dev import wheel

LOAD = """
import sys
from odoo.modules import Manifest
from odoo.tools import config
config.parse_config([], setup_logging=False)
for name in sys.argv[1:]:
    manifest = Manifest.for_addon(name)
    print(name, manifest.path)
    __import__(f"odoo.addons.{name}")
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    file = wheel.build(source, target)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(target / "site")
    return source, target / "site"


def files(directory):
    return {str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file()}


def test_every_file_of_the_addons(unpacked):
    source, site = unpacked
    assert len(paths.ADDONS) == 3
    for name in paths.ADDONS:
        assert files(source / name) == files(site / "odoo" / "addons" / name)


def test_nothing_else(unpacked):
    _source, site = unpacked
    others = {name.split("/")[0] for name in files(site)} - {"odoo"}
    assert [name.rpartition(".")[2] for name in others] == ["dist-info"]
    assert {path.name for path in (site / "odoo").iterdir()} == {"addons"}, "Odoo's own package is not touched"


def test_odoo_finds_the_addons_there(unpacked):
    _source, site = unpacked
    environment = {**os.environ, "PYTHONPATH": str(site), "ODOO_RC": str(site / "none.conf"), "HOME": str(site)}
    command = [sys.executable, "-c", LOAD, *paths.ADDONS]
    done = subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == [
        part for name in paths.ADDONS for part in (name, str(site / "odoo" / "addons" / name))
    ]


def test_it_brings_what_the_addons_import(unpacked):
    _source, site = unpacked
    (metadata,) = site.glob("*.dist-info/METADATA")
    lines = metadata.read_text(encoding="utf-8").splitlines()
    brought = {
        re.split(r"[\s<>=!~;(\[]", line.split(": ")[1])[0].lower()
        for line in lines
        if line.startswith("Requires-Dist: ")
    }
    needed = {part for name in paths.ADDONS for part in addons.manifest(name)["external_dependencies"]["python"]}
    assert needed and needed <= brought
