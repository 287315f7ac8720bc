"""``make run``: Odoo with the addons and demo data on port 8069, in the foreground."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.request

from . import conf, database, house, mails, paths, postgres, steps

NAME = "shora"
URL = f"http://localhost:{conf.HTTP_PORT}"
PATIENCE = 120  # seconds until the started server must answer


def run():
    """Set up, start, print the logins, wait for Ctrl-C. Raises Failure."""
    begun = time.monotonic()
    house.set_up()
    if answers():
        raise steps.Failure(f"port {conf.HTTP_PORT} is taken, perhaps by an earlier make run: stop that one first")
    started = house.start_database()
    try:
        prepare()
        with mails.catcher():
            serve(begun)
    finally:
        if started:
            postgres.stop()


def prepare():
    """Make the database, or bring the addons in it up to date."""
    if database.installed(NAME):
        if not database.update(NAME):
            steps.say("-> The addons are up to date")
    else:
        with steps.step(f"Installing {', '.join(paths.ADDONS)} with demo data into the database {NAME}"):
            database.install(NAME, demo=True)


def answers():
    """Tell whether anything listens on our port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", conf.HTTP_PORT)) == 0


def serve(begun):
    """Run the server until it is stopped; its log goes to a file."""
    log = steps.log_path("odoo")
    steps.say(f"-> Starting Odoo (log: {steps.shown(log)})")
    try:
        with serving(NAME, log) as server:
            steps.say(f"   Odoo answers after {time.monotonic() - begun:.1f} s")
            show_logins()
            code = server.wait()
            raise steps.Failure(f"Odoo stopped by itself with code {code}: see {steps.shown(log)}")
    except KeyboardInterrupt:
        steps.say("\n-> Stopping")


@contextlib.contextmanager
def serving(name, log, *options):
    """The server of the database ``name``, which answers inside the block and is stopped after it."""
    command = [paths.PYTHON, database.ODOO_BIN, "-c", paths.CONF, "-d", name, f"--db-filter=^{name}$", *mails.OPTIONS]
    # a session of its own: Ctrl-C reaches us alone and the server is asked to stop once
    with open(log, "w", encoding="utf-8") as out:
        server = subprocess.Popen(
            [str(part) for part in (*command, *options)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd=paths.CHECKOUT,
            env=conf.environment(),
            start_new_session=True,
        )
    try:
        wait_for(server, log)
        yield server
    finally:
        stop(server)


def stop(server):
    """Ask the server to end, then end it."""
    with contextlib.suppress(ProcessLookupError):
        if server.poll() is None:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()


def wait_for(server, log):
    """Return when the server answers. Raises Failure when it ends or stays silent."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            raise steps.Failure(f"Odoo did not start: see the end of {steps.shown(log)}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{conf.HTTP_PORT}/web/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise steps.Failure(f"Odoo does not answer on {URL}: see the end of {steps.shown(log)}")


def logins():
    """Return (login, role, name) of the demo users, one per role."""
    rows = postgres.query(
        """
        SELECT u.login, replace(d.name, 'demo_user_', ''), p.name
          FROM ir_model_data d
          JOIN res_users u ON u.id = d.res_id
          JOIN res_partner p ON p.id = u.partner_id
         WHERE d.model = 'res.users' AND d.module = 'shora_council' AND d.name LIKE 'demo\\_user\\_%' AND u.active
         ORDER BY u.id
        """,
        NAME,
    )
    return [tuple(row) for row in rows]


def show_logins():
    """Print where to go and who may enter; every demo password equals its login."""
    people = [*logins(), ("admin", "system administrator", "")]
    steps.say(f"\n   {URL}   (each password is the login itself)\n")
    width = max(len(login) for login, _role, _name in people)
    for login, role, name in people:
        steps.say(f"   {login:<{width}}  {role.replace('_', ' ')}{'  ' if name else ''}{name}")
    steps.say(f"\n   Mails are delivered into {steps.shown(mails.FOLDER)}. Ctrl-C stops the server; the data stays.\n")
