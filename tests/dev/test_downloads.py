"""Downloads are kept for the user and checked; a damaged one, no answer or a full disk is one sentence, and the next
call goes on from there. All without a network: apt, pip and the kernel themselves say what went wrong.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from dev import apt, cache, paths, python, steps

TRUSTED = "Types: deb\nURIs: copy:{}\nSuites: ./\nTrusted: yes\n"


@pytest.fixture(autouse=True)
def house(tmp_path, monkeypatch):
    """A house and a home of the test's own."""
    monkeypatch.setattr(paths, "HOUSE", tmp_path / "house")
    monkeypatch.setattr(paths, "LOG", tmp_path / "house" / "log")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    return tmp_path / "house"


class Mirror:
    """A Debian repository in a directory."""

    def __init__(self, place):
        self.place = place
        place.mkdir()
        self.text = TRUSTED.format(place)

    def add(self, name, version="1", depends=""):
        source = self.place.with_name("source")
        (source / "DEBIAN").mkdir(parents=True)
        (source / "big").write_text(name * 5000, encoding="utf-8")
        lines = [f"Package: {name}", f"Version: {version}", "Architecture: all", "Maintainer: M <m@example.com>"]
        lines += [f"Depends: {depends}"] if depends else []
        (source / "DEBIAN" / "control").write_text("\n".join([*lines, "Description: d", ""]), encoding="utf-8")
        file = self.place / f"{name}_{version}_all.deb"
        subprocess.run(["dpkg-deb", "-b", source, file], check=True, capture_output=True)
        shutil.rmtree(source)
        data = file.read_bytes()
        lines += [f"Filename: ./{file.name}", f"Size: {len(data)}", f"SHA256: {hashlib.sha256(data).hexdigest()}", ""]
        with open(self.place / "Packages", "a", encoding="utf-8") as index:
            index.write("\n".join(lines) + "\n")
        return file


@pytest.fixture
def mirror(tmp_path):
    apt.require()
    return Mirror(tmp_path / "mirror")


def prepared(name, text):
    private = apt.PrivateApt(name, text)
    private.prepare()
    return private


def test_a_second_checkout_downloads_no_package_again(mirror, tmp_path, monkeypatch):
    files = [mirror.add("one", depends="two"), mirror.add("two")]
    first = prepared("a", mirror.text).download(["one"], tmp_path / "debs")
    missing = prepared("b", mirror.text).download_missing(["one"])
    assert [file.name for file in first] == ["one_1_all.deb"]
    assert [file.name for file in missing] == ["one_1_all.deb", "two_1_all.deb"]
    expected = [file.read_bytes() for file in files]
    monkeypatch.setattr(paths, "HOUSE", tmp_path / "second")
    shutil.rmtree(mirror.place)  # nobody answers any more; the lists are of today
    again = prepared("a", mirror.text).download(["one"], tmp_path / "debs2")
    missing = prepared("b", mirror.text).download_missing(["one"])
    assert [file.read_bytes() for file in missing] == expected
    assert again[0].read_bytes() == expected[0]


def test_yesterdays_lists_serve_where_nobody_answers(mirror, tmp_path):
    mirror.add("one")
    private = prepared("a", mirror.text)
    private.download(["one"], tmp_path / "debs")
    os.utime(private.read, (1, 1))
    shutil.rmtree(mirror.place)
    assert prepared("a", mirror.text).download(["one"], tmp_path / "debs2")[0].is_file()


def test_a_mirror_that_moved_on_is_asked_anew(mirror, tmp_path):
    old = mirror.add("one")
    private = prepared("a", mirror.text)
    os.utime(private.read, (private.read.stat().st_mtime - 3600,) * 2)
    old.unlink()
    (mirror.place / "Packages").unlink()
    mirror.add("one", "2")
    assert private.download(["one"], tmp_path / "debs")[0].name == "one_2_all.deb"


def test_no_mirror_is_a_sentence(mirror):
    with pytest.raises(steps.Failure, match="mirror of this machine does not answer: check the network and run"):
        prepared("a", mirror.text)


def test_a_damaged_package_is_said_and_what_is_whole_is_kept(mirror, tmp_path):
    files = [mirror.add("one", depends="two"), mirror.add("two")]
    private = prepared("a", mirror.text)
    whole = files[1].read_bytes()
    files[1].write_bytes(whole[:-10] + b"0123456789")
    with pytest.raises(steps.Failure, match="arrived damaged and was thrown away: run the same command again"):
        private.download_missing(["one"])
    files[1].write_bytes(whole)
    files[0].unlink()  # is there already
    assert len(prepared("a", mirror.text).download_missing(["one"])) == 2


def test_a_kept_package_that_was_damaged_since_is_fetched_anew(mirror, tmp_path):
    file = mirror.add("one")
    private = prepared("a", mirror.text)
    private.download(["one"], tmp_path / "debs")
    kept = cache.directory() / "debs" / file.name
    kept.write_bytes(b"half")
    assert private.download(["one"], tmp_path / "debs2")[0].read_bytes() == file.read_bytes()
    assert kept.read_bytes() == file.read_bytes()


def wheel(place, name):
    """Write the smallest wheel pip takes."""
    info = f"{name}-1.dist-info"
    parts = {
        f"{name}.py": "x = 1\n" * 200,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(place / f"{name}-1-py3-none-any.whl", "w") as archive:
        for path, text in parts.items():
            archive.writestr(path, text)


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A directory that pip takes packages from, and two pins that are fetched one by one."""
    place = tmp_path / "index"
    place.mkdir()
    (tmp_path / "pins").write_text("# ours\none==1\n\ntwo==1\n", encoding="utf-8")
    monkeypatch.setattr(python, "PINS", (tmp_path / "pins",))
    monkeypatch.setattr(python, "PORTION", 1)
    monkeypatch.setattr(paths, "PYTHON", sys.executable)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(place))
    return place


def test_python_packages_go_on_where_an_answer_failed(index):
    wheel(index, "one")
    with pytest.raises(steps.Failure, match="package index does not answer: check the network and run the same"):
        python.wheels()
    (index / "one-1-py3-none-any.whl").unlink()  # is there already
    wheel(index, "two")
    place = python.wheels()
    assert {path.suffix for path in place.glob("*.whl")} == {".whl"}
    assert len(list(place.glob("*.whl"))) == 2
    shutil.rmtree(index)
    assert python.wheels() == place  # nobody is asked


def test_a_damaged_python_package_is_said(index):
    wheel(index, "one")
    file = index / "one-1-py3-none-any.whl"
    file.write_bytes(file.read_bytes()[:300])
    with pytest.raises(steps.Failure, match="arrived damaged and was thrown away"):
        python.wheels()


def test_kept_wheels_that_were_damaged_since_are_fetched_anew(index):
    wheel(index, "one")
    wheel(index, "two")
    file = python.wheels() / "one-1-py3-none-any.whl"
    file.write_bytes(b"half")
    assert (python.wheels() / file.name).read_bytes() == (index / file.name).read_bytes()


def test_a_full_disk_is_said_and_the_next_call_goes_on(tmp_path):
    ran = []

    def good(name):
        return lambda directory: (ran.append(name), (directory / name).write_text("x"))

    def full(directory):
        (directory / "half").write_text("x")
        steps.call("log", ["sh", "-c", "echo much | cat > /dev/full"], "no")  # the kernel's own ENOSPC

    place = cache.directory() / "things"
    with pytest.raises(steps.Failure, match=r"^the disk of \S+ is full: make room there and run the same"):
        cache.fill(place, {"a": good("a"), "b": full})
    assert not place.exists()
    cache.fill(place, {"a": good("a"), "b": good("b")})
    assert ran == ["a", "b"], "what was complete is not made again"
    assert sorted(path.name for path in place.glob("[!.]*")) == [cache.SUMS, "a", "b"]


def test_a_full_disk_under_our_own_hands_is_no_traceback(capsys):
    def write():
        with open("/dev/full", "w", encoding="utf-8") as file:
            file.write("x")

    assert steps.guarded(write) == 1
    said = capsys.readouterr().err
    assert said.startswith("!! the disk of ") and said.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("E: You don't have enough free space in /var/tmp/apt/archives/.", "is full"),
        ("npm error code ENOSPC", "is full"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "is full"),
        ("E: Failed to fetch x  Hash Sum mismatch", "damaged"),
        ("npm error code EINTEGRITY", "damaged"),
        ("npm error network request failed, reason: getaddrinfo EAI_AGAIN", "check the network"),
    ],
)
def test_what_programs_say(line, sentence):
    with pytest.raises(steps.Failure) as caught:
        steps.call("log", [sys.executable, "-c", f"print({line!r}); raise SystemExit(1)"], "check the network")
    assert sentence in str(caught.value)
    with pytest.raises(steps.Failure, match="^other advice"):  # what an earlier call wrote is not this one's
        steps.call("log", ["false"], "other advice")


MAKER = """
import pathlib, sys, time
from dev import cache

def make(directory):
    with open(sys.argv[1], "a") as log:
        log.write("made ")
    time.sleep(0.3)
    (directory / "x").write_text("x")

cache.fill(cache.directory() / "shared", {"a": make})
print(cache.whole(cache.directory() / "shared"))
"""


def test_two_checkouts_at_once_make_it_once(tmp_path):
    command = [sys.executable, "-B", "-c", MAKER, str(tmp_path / "log")]
    environment = {**os.environ, "PYTHONPATH": str(paths.CHECKOUT)}
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate(timeout=60)[0].strip() for process in both] == ["True", "True"]
    assert (tmp_path / "log").read_text(encoding="utf-8") == "made "


def test_where_the_cache_is(tmp_path, monkeypatch, house):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.directory() == tmp_path / "xdg" / "shora"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # to be ignored, says its specification
    assert cache.directory() == tmp_path / ".cache" / "shora"
    (tmp_path / "nobody").touch()
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))  # a user without a home
    assert cache.directory() == house / "cache"
