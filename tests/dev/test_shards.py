"""Several pytest processes share the files of the tests: each test is run once, and all are counted."""

import json
import os
import subprocess
import sys
from pathlib import Path

from dev import shards

ROOT = Path(__file__).resolve().parents[2]
FILE = """
import pathlib

def test_a():
    pathlib.Path({out!r}, {name!r}).open("a").write("x")

def test_b():
    {b}
"""


def begin(folder, number, claims):
    environment = {
        **os.environ,
        shards.CLAIMS: str(claims),
        shards.COUNTS: str(folder / f"counts{number}"),
        "PYTHONPATH": str(ROOT),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    command = [sys.executable, "-B", "-m", "pytest", "-p", "dev.pytest_house", "-p", "no:cacheprovider", folder]
    return subprocess.Popen(
        list(map(str, command)), cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def test_two_processes_run_every_test_once(tmp_path):
    claims, out = tmp_path / "claims", tmp_path / "out"
    claims.mkdir()
    out.mkdir()
    for number in range(12):
        text = FILE.format(out=str(out), name=f"ran{number}", b="assert False" if number == 7 else "pass")
        place = tmp_path / f"part{number % 3}"  # packages, which pytest sets up and tears down as well
        place.mkdir(exist_ok=True)
        (place / "__init__.py").touch()
        (place / f"test_{number}.py").write_text(text + "#" * number)  # the longest first: from part to part
    processes = [begin(tmp_path, number, claims) for number in range(2)]
    codes = sorted(process.wait(60) for process in processes)
    assert codes == [0, 1]
    assert [path.read_text() for path in out.iterdir()] == ["x"] * 12
    counts = [json.loads((tmp_path / f"counts{number}").read_text()) for number in range(2)]
    assert sum(count["passed"] for count in counts) == 23
    assert sum(count["failed"] for count in counts) == 1


def test_a_chosen_part_is_run_by_one_process(monkeypatch):
    monkeypatch.setenv("SHORA_WORKERS", "3")
    monkeypatch.delenv("TESTS", raising=False)
    assert shards.wanted() == 3
    monkeypatch.setenv("TESTS", "tests/rules")
    assert shards.wanted() == 1
