"""Databases of the tests of a whole life: installed, upgraded, emptied and filled again by Odoo's own programs."""

import contextlib
import json
import os
import pathlib
import subprocess

import psycopg2

from dev import conf, database, paths, postgres

HERE = pathlib.Path(__file__).parent
SCRIPTS = HERE / "life"


@contextlib.contextmanager
def cursor(name):
    """A cursor on the database ``name``; what it changed is committed."""
    found = postgres.client_environment()
    keys = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    connection = psycopg2.connect(dbname=name, **{key: found.get(variable) for key, variable in keys.items()})
    try:
        with connection, connection.cursor() as cr:
            yield cr
    finally:
        connection.close()


class House:
    """One way to run Odoo: an interpreter, and where it finds our addons."""

    def __init__(self, place, addons=None, python=paths.PYTHON, imports=None):
        """
        :param place: directory for the configuration and the logs
        :param addons: directory of the addons, beside those on the import path
        :param imports: directory of further Python packages
        """
        self.place = place
        self.python = python
        self.imports = imports
        place.mkdir(exist_ok=True)
        lines = paths.CONF.read_text(encoding="utf-8").splitlines()
        own = [str(addons)] if addons else []
        for index, line in enumerate(lines):
            if line.startswith("addons_path"):
                others = [part for part in line.partition("=")[2].strip().split(",") if part != str(paths.CHECKOUT)]
                lines[index] = f"addons_path = {','.join(others + own)}" if others + own else ""
        (place / "odoo.conf").touch(mode=0o600)
        (place / "odoo.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def run(self, name, *arguments, scripts=()):
        """Run Odoo on the database ``name``; with ``scripts`` its shell.

        :return: what the scripts printed after DONE
        :raises AssertionError: it failed, or logged a warning or worse
        """
        log = self.place / "log"
        command = [self.python, database.ODOO_BIN, *(["shell"] if scripts else []), "-c", self.place / "odoo.conf"]
        command += ["-d", name, "--no-http", *([] if scripts else ["--stop-after-init"]), *arguments]
        environment = {**conf.environment(), "PYTHONPATH": str(self.imports or ""), "PYTHONDONTWRITEBYTECODE": "1"}
        # a configuration of the tests' own process is not this one's
        environment = {key: value for key, value in environment.items() if key not in ("ODOO_RC", "PYTHONHOME")}
        with open(log, "w", encoding="utf-8") as errors:
            done = subprocess.run(
                list(map(os.fspath, command)),
                input="\n".join(script.read_text(encoding="utf-8") for script in scripts),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                cwd=self.place,
                env=environment,
                check=False,
                timeout=900,
            )
        tail = log.read_text(encoding="utf-8", errors="replace")
        assert done.returncode == 0, tail[-3000:]
        assert not database.bad_line(log), database.bad_line(log) + tail[-3000:]
        if not scripts:
            return None
        said = [line for line in done.stdout.splitlines() if line.startswith("DONE")]
        assert said, tail[-3000:] + done.stdout[-3000:]
        return json.loads(said[-1].removeprefix("DONE"))


def rows(cr, table):
    """Return {id: {column: value}} of a table of ours, or {row} of one without ids."""
    cr.execute(f'SELECT * FROM "{table}"')
    names = [column.name for column in cr.description]
    found = [dict(zip(names, row, strict=True)) for row in cr.fetchall()]
    return {row.get("id", tuple(row.values())): row for row in found}


def own_tables(cr):
    """Return the names of the tables of our models."""
    cr.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'shora%'")
    return sorted(name for (name,) in cr.fetchall())
