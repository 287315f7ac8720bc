"""A PostgreSQL server of a test's own, which may be stopped under everybody's feet, and a running Odoo on it."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psycopg2
import requests
from odoo.tools import config

from dev import postgres
from tests.shora_council.smtp import free_port

#: a cluster as PostgreSQL ships it: what was answered is on the disk; little memory
SETTINGS = """
listen_addresses = ''
shared_buffers = 64MB
max_wal_size = 512MB
log_timezone = 'UTC'
timezone = 'UTC'
"""
#: Odoo, whose job workers look for work every second; a minute in production
STARTER = """
import odoo.cli
from odoo.service import server
server.SLEEP_INTERVAL = 1
odoo.cli.main()
"""
PATIENCE = 120


class Cluster:
    """A PostgreSQL server in a temporary directory, reachable through its socket."""

    def __init__(self):
        self.place = Path(tempfile.mkdtemp(prefix="shora-"))
        postgres.own(self.place)
        self.address = {"host": str(self.place), "port": str(postgres.PORT), "user": postgres.USER}
        postgres.create_cluster(self.place, SETTINGS)
        self.start()

    def start(self):
        self._control("start", "-l", self.place / "server.log", "-o", f"-k '{self.place}' -p {postgres.PORT}")

    def stop(self, mode):
        self._control("stop", "-m", mode)

    def restart(self, mode):
        self._control("restart", "-m", mode, "-l", self.place / "server.log")

    def _control(self, *arguments):
        postgres.control(*arguments, place=self.place)

    def remove(self):
        if (self.place / "cluster" / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.place)

    def query(self, sql, *values, database="postgres"):
        """Rows of ``sql``; committed."""
        with closing(psycopg2.connect(dbname=database, **self.address)) as connection:
            connection.autocommit = True
            with connection.cursor() as cr:
                cr.execute(sql, values)
                return cr.fetchall() if cr.description else []

    def copy_in(self, name):
        """A copy of the database ``name`` of the server under test.

        :raises CalledProcessError: the programs at hand do not read that server, or not whole
        """
        self.query(f'CREATE DATABASE "{name}" TEMPLATE template0')
        self.query("CREATE EXTENSION unaccent; ALTER FUNCTION unaccent(text) IMMUTABLE", database=name)
        programs = postgres.bindir()
        environment = {**postgres.environment(), **postgres.client_environment()}
        dumped = self.place / "dump.sql"
        with open(dumped, "wb") as out:
            command = [programs / "pg_dump", "--no-owner", "--no-privileges", name]
            subprocess.run(command, env=environment, stdout=out, check=True)
        here = {"PGHOST": str(self.place), "PGPORT": str(postgres.PORT), "PGUSER": postgres.USER}
        command = [programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", dumped, name]
        subprocess.run(command, env={**environment, **here}, stdout=subprocess.DEVNULL, check=True)
        dumped.unlink()


class OdooServer:
    """Odoo, running on a cluster of one's own; never started again in between."""

    def __init__(self, cluster, name, smtp_port, workers):
        self.port, self.name = free_port(), name
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = cluster.place / f"odoo-{workers}.log"
        starter = cluster.place / "start_odoo.py"
        starter.write_text(STARTER, encoding="utf-8")
        options = {
            "database": name,
            "db-filter": f"^{name}$",
            **{f"db_{key}": value for key, value in cluster.address.items()},
            "http-port": self.port,
            "gevent-port": free_port(),
            "workers": workers,
            "max-cron-threads": 1,
            "smtp": "127.0.0.1",
            "smtp-port": smtp_port,
            "logfile": self.log,
        }
        command = [sys.executable, starter, "-c", config["config"], *(f"--{key}={on}" for key, on in options.items())]
        self.process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PGAPPNAME": "restarted"},
            start_new_session=True,
        )
        self._wait()

    def _wait(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if not self.runs():
                raise AssertionError(f"Odoo did not start: {self.text()[-3000:]}")
            try:
                if requests.get(f"{self.url}/web/login", timeout=PATIENCE).status_code == 200:
                    return
            except requests.ConnectionError:
                time.sleep(0.2)
        raise AssertionError("Odoo does not answer")

    def runs(self):
        return self.process.poll() is None

    def text(self):
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, 9)
            self.process.wait()


class Person:
    """Somebody before a screen of the web client."""

    def __init__(self, server, login):
        self.url, self.web = server.url, requests.Session()
        params = {"db": server.name, "login": login, "password": login}
        done, _result = self.post("/web/session/authenticate", params)
        assert done, login

    def post(self, path, params):
        """(whether it was done, its result or the words of the refusal)."""
        asked = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.web.post(self.url + path, json=asked, timeout=PATIENCE)
        is_json = answer.headers["Content-Type"].startswith("application/json")
        assert is_json, f"a page instead of an answer: {answer.status_code} {answer.text[:500]}"
        told = answer.json()
        if "error" in told:
            return False, told["error"]["data"]["message"]
        return True, told.get("result")

    def call(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.post(f"/web/dataset/call_kw/{model}/{method}", params)
