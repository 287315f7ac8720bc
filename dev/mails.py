"""Mails of ``make run``: a mail server of our own on loopback, which delivers into a folder and nowhere else."""

import contextlib
import subprocess

from . import conf, paths, steps

PORT = conf.HTTP_PORT - 44  # 8025 beside 8069; another one for a second checkout
FOLDER = paths.HOUSE / "mails"
OPTIONS = ("--smtp=127.0.0.1", f"--smtp-port={PORT}", "--email-from=council@localhost")


@contextlib.contextmanager
def catcher():
    """Run the server (aiosmtpd's own Maildir handler) while Odoo runs; mails land in ``.house/mails/new``."""
    command = [
        paths.PYTHON,
        "-m",
        "aiosmtpd",
        "-n",
        "-l",
        f"127.0.0.1:{PORT}",
        "-c",
        "aiosmtpd.handlers.Mailbox",
        FOLDER,
    ]
    with open(steps.log_path("mails"), "w", encoding="utf-8") as out:
        server = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env=conf.environment(),
            start_new_session=True,  # Ctrl-C reaches us alone, as for Odoo
        )
    try:
        yield
    finally:
        server.terminate()
        server.wait(20)
