"""A database's whole life, each step in the order of the file: made by the first version with its demonstration, and
upgraded with all that is in it; the addons uninstalled, and nothing of them is left; installed again one after the
other, out of the wheel, in a virtual environment that knows nothing of this checkout.
"""

import subprocess

import pytest

from dev import addons, checks, database, paths, python
from tests.dev import life_case, wheel
from tests.dev.leftovers import left, pointing, snapshot
from tests.dev.life_case import SCRIPTS, House, cursor

pytestmark = pytest.mark.dear

LEFTOVERS = life_case.HERE / "leftovers.py"
SCREENS = SCRIPTS / "screens.py"
#: by which databases differ that people have worked in, or that the house has settled
WORK = (
    "sequence:",
    "directory:",
    "document:",
    "external id: shora_council.demo_",
    "parameter: shora_",
    "default: res.p",
)
#: what an upgrade writes anew on purpose: when, by whom, and what is computed
REWRITTEN = {"write_date", "write_uid"}


def first_release():
    """Return (version, commit) of the first release."""
    lines = (paths.CHECKOUT / "dev" / "releases.txt").read_text(encoding="utf-8").splitlines()
    return lines[0].split()


def sources(commit, target):
    """Put the sources of ``commit`` into ``target``; a clone without history cannot try the upgrade, and says so."""
    done = subprocess.run(["git", "archive", commit], cwd=paths.CHECKOUT, capture_output=True, check=False)
    if done.returncode:
        pytest.xfail(f"no upgrade was tried: this clone lacks {commit} of dev/releases.txt; git fetch --unshallow")
    target.mkdir()
    subprocess.run(["tar", "-x", "-C", target], input=done.stdout, check=True)
    return target


@pytest.fixture(scope="module")
def name(request):
    found = f"{request.config.getoption('--odoo-database')}_life"
    yield found
    database.drop(found)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("life")


@pytest.fixture(scope="module")
def stock(name):
    """What the database was before there were councils."""
    source = checks.prepare_stock()
    with cursor(source) as cr:
        found = snapshot(cr)
    database.copy(source, name)
    return found


@pytest.fixture(scope="module")
def old(stock, name, place):
    """The rows of our tables as the first version left them: {table: {id: row}}."""
    version, commit = first_release()
    house = House(place / "old", sources(commit, place / "sources"))
    house.run(name, "-i", ",".join(paths.ADDONS))
    house.run(name, scripts=[SCRIPTS / "demo.py"])
    with cursor(name) as cr:
        cr.execute("SELECT latest_version FROM ir_module_module WHERE name = 'shora_council'")
        assert cr.fetchone() == (version,)
        found = {table: life_case.rows(cr, table) for table in life_case.own_tables(cr)}
    counts = {table: len(found[table]) for table in ("shora_council", "shora_session", "shora_minutes", "shora_decree")}
    assert counts == {"shora_council": 1, "shora_session": 4, "shora_minutes": 2, "shora_decree": 14}
    return found


@pytest.fixture(scope="module")
def upgraded(old, name, place):
    """What the present version says of the upgraded database, in which it then held a session of its own."""
    house = House(place / "new", paths.CHECKOUT, imports=paths.CHECKOUT)
    house.run(name, "-u", ",".join(paths.ADDONS))
    with cursor(name) as cr:
        found = {table: life_case.rows(cr, table) for table in life_case.own_tables(cr)}
        cr.execute("SELECT checksum FROM ir_attachment WHERE res_model LIKE 'shora.%'")
        files = {checksum for (checksum,) in cr.fetchall()}
        names = snapshot(cr)
    return found, files, names, house.run(name, scripts=[SCREENS, SCRIPTS / "go_on.py"])


def test_every_row_of_the_first_version_is_there(old, upgraded):
    now, _files, _names, _said = upgraded
    changed = []
    for table, kept in old.items():
        for key, row in kept.items():
            if table not in now:
                changed.append(f"{table} is gone")
            elif key not in now[table]:
                changed.append(f"{table} {key} is gone")
            else:
                both = (set(row) & set(now[table][key])) - REWRITTEN
                changed += [
                    f"{table}.{column} {key}: {row[column]!r} -> {now[table][key][column]!r}"
                    for column in both
                    if row[column] != now[table][key][column]
                ]
    assert not changed


def test_everything_sealed_is_as_it_was_sealed(old, upgraded):
    _now, _files, _names, said = upgraded
    sealed = sum(bool(row["content_sha256"]) for row in old["shora_minutes"].values())
    assert sealed and said["seals"] == sealed
    assert said["problems"] == []


def test_the_schema_is_that_of_a_new_installation(upgraded):
    _now, _files, names, said = upgraded
    with cursor(checks.prepare()) as cr:
        new = snapshot(cr)
    assert [line for line in left(new, names) if not any(work in line for work in WORK)] == []
    assert said["versions"] == {addon: addons.manifest(addon)["version"] for addon in paths.ADDONS}
    assert said["screens"] > 50


@pytest.fixture(scope="module")
def emptied(upgraded, name, place):
    """What was seen while the addons were uninstalled."""
    house = House(place / "leave", paths.CHECKOUT, imports=paths.CHECKOUT)
    return house.run(name, scripts=[SCREENS, LEFTOVERS, SCRIPTS / "leave.py"])


def test_sealed_documents_are_not_destroyed_unasked(emptied):
    assert emptied["seals"] == 2, "of the first version and of this one"
    assert len(emptied["refused"]) == 3, "whichever addon would take them along"
    assert all("2" in text or "۲" in text for text in emptied["refused"])


def test_councils_go_on_without_reports(emptied):
    screens, versions = emptied["without_reports"]
    assert screens > 40
    assert set(versions) == {"web_jalali", "shora_council"}


def test_the_calendar_stays_without_councils(emptied):
    assert set(emptied["without_councils"]) == {"web_jalali"}
    assert emptied["without_all"] == {}


def test_nothing_is_left(stock, emptied, name):
    with cursor(name) as cr:
        assert left(stock, snapshot(cr)) == []
        assert pointing(cr, ["shora.%", "web_jalali%", "shora_council%"]) == []
        cr.execute("SELECT login FROM res_users WHERE active ORDER BY login")
        assert [login for (login,) in cr.fetchall() if not login.startswith(("t_", "life"))] == ["admin"]
        cr.execute("SELECT store_fname FROM ir_attachment WHERE store_fname IS NOT NULL")
        known = {file for (file,) in cr.fetchall()}
    place = database.filestore(name)
    files = {
        str(path.relative_to(place)) for path in place.rglob("*") if path.is_file() and "checklist" not in path.parts
    }
    assert files == known


@pytest.fixture(scope="module")
def environment(place):
    """A clean virtual environment: the wheel with what it requires, by pip without a network; then Odoo beside it, and
    what Odoo itself requires and the OCA addons out of the house's environment.
    """
    for directory in ("built", "dist"):
        (place / directory).mkdir()
    file = wheel.build(place / "built", place / "dist")
    subprocess.run([python.base_python(), "-m", "venv", place / "venv"], check=True)
    interpreter = place / "venv" / "bin" / "python"
    pip = [interpreter, *python.PIP, "install", "-q", "--no-compile", "--no-index", "--find-links", python.wheels()]
    subprocess.run([*pip, file], check=True)
    needed = {part for addon in paths.ADDONS for part in addons.manifest(addon)["external_dependencies"]["python"]}
    subprocess.run([interpreter, "-c", f"import {', '.join(sorted(needed))}"], check=True)
    site = next((place / "venv" / "lib").glob("python3*/site-packages"))
    odoo = (python.site_packages() / "odoo_home.pth").read_text(encoding="utf-8").strip()
    (site / "odoo_home.pth").write_text(f"{odoo}\n{python.site_packages()}\n", encoding="utf-8")
    return interpreter, site


@pytest.fixture(scope="module")
def returned(emptied, environment, name, place):
    interpreter, _site = environment
    house = House(place / "wheel", python=interpreter)
    return house.run(name, scripts=[SCREENS, LEFTOVERS, SCRIPTS / "come_back.py"])


def test_the_addons_come_out_of_the_wheel(returned, environment):
    _interpreter, site = environment
    assert set(returned["places"]) == set(paths.ADDONS)
    for addon, found in returned["places"].items():
        assert found == [str(site / "odoo" / "addons" / addon), str(site / "odoo" / "addons" / addon / "__init__.py")]


def test_each_addon_is_complete_without_the_next(returned):
    jalali, councils, reports = returned["steps"]
    assert set(jalali["installed"]) == {"web_jalali"}
    assert jalali["screens"] == 0
    assert set(councils["installed"]) == {"web_jalali", "shora_council"}
    assert councils["screens"] > 40
    assert reports["installed"] == {addon: addons.manifest(addon)["version"] for addon in paths.ADDONS}
    assert reports["screens"] > councils["screens"]


def test_the_reports_take_nothing_along_and_leave_nothing(returned, emptied):
    _jalali, councils, _reports = returned["steps"]
    lines = left(councils["names"], emptied["between"])
    assert [line for line in lines if not any(work in line for work in WORK)] == []


def test_installed_again_it_is_a_new_installation(returned):
    with cursor(checks.prepare()) as cr:
        lines = left(snapshot(cr), returned["steps"][-1]["names"])
    assert [line for line in lines if not any(work in line for work in WORK)] == []
