import pytest

from dev import apt, steps

SOURCES = """\
# a comment
Types: deb deb-src
URIs: http://packages.example/debian
Suites: trixie trixie-updates
Components: main contrib
Signed-By: /usr/share/keyrings/x.gpg

Types: deb
URIs: http://packages.example/security
Suites: trixie-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: trixie
Components: main

Types: deb-src
URIs: http://source.example/debian
Suites: trixie
Components: main
"""

LIST = """\
# deb http://commented.example/debian bookworm main
deb [arch=amd64 signed-by=/k.gpg] http://packages.example/debian bookworm main contrib # tail
deb http://packages.example/debian bookworm-updates main
deb-src http://packages.example/debian bookworm main
deb http://vendor.example/apt stable main
"""

EMBEDDED_KEY = """\
Types: deb
URIs: http://packages.example/debian
Suites: trixie
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
"""


def test_deb822_keeps_enabled_binary_sources_only():
    found = apt.parse_deb822(SOURCES)
    assert [source["suites"] for source in found] == [["trixie", "trixie-updates"], ["trixie-security"]]
    assert found[0]["uris"] == ["http://packages.example/debian"]
    assert found[0]["signed_by"] == "/usr/share/keyrings/x.gpg"


def test_deb822_keeps_an_embedded_key_readable_for_apt():
    found = apt.parse_deb822(EMBEDDED_KEY)
    assert apt.parse_deb822(apt.stanza(found[0], ["sid"]))[0]["signed_by"] == found[0]["signed_by"]
    assert "Suites: sid\n" in apt.stanza(found[0], ["sid"])


def test_one_line_format_with_and_without_options():
    found = apt.parse_one_line(LIST)
    assert [source["suites"] for source in found] == [["bookworm"], ["bookworm-updates"], ["stable"]]
    assert found[0]["signed_by"] == "/k.gpg"
    assert found[0]["components"] == ["main", "contrib"]


def test_only_the_release_itself_counts_as_own():
    own = apt.release_sources(apt.parse_one_line(LIST), "bookworm")
    assert [source["suites"] for source in own] == [["bookworm"], ["bookworm-updates"]]


def test_main_source_is_the_release_not_its_security_suite():
    sources = apt.parse_deb822(SOURCES)
    assert apt.main_source(list(reversed(sources)), "trixie")["uris"] == ["http://packages.example/debian"]


def test_no_debian_mirror_names_odoo_home():
    with pytest.raises(steps.Failure, match="ODOO_HOME"):
        apt.main_source([], "noble")


def test_machine_sources_reads_both_formats(tmp_path):
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list").write_text(LIST, encoding="utf-8")
    (tmp_path / "sources.list.d" / "debian.sources").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "sources.list.d" / "old.save").write_text(LIST, encoding="utf-8")
    assert len(apt.machine_sources(tmp_path)) == 5


def test_codename(tmp_path):
    file = tmp_path / "os-release"
    file.write_text('ID=debian\nVERSION_CODENAME="trixie"\n', encoding="utf-8")
    assert apt.codename(file) == "trixie"
    assert apt.codename(tmp_path / "none") == ""
