"""A real mail server on loopback (aiosmtpd), and Odoo's mail queue speaking SMTP to it."""

import asyncio
import email
import email.policy
import logging
import socket
from contextlib import contextmanager
from unittest.mock import patch

from aiosmtpd.controller import Controller
from odoo.addons.base.models import ir_mail_server
from odoo.fields import Domain
from odoo.tools import config

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every command

TIMEOUT = 1  # seconds Odoo waits for the server; a minute in production


class Server:
    """An aiosmtpd handler; what it answers is decided by the test.

    :param refused: {address: reply} for RCPT
    :param reply: to the letter's content, after it was kept
    :param pauses: {"RCPT" or "DATA": seconds} before the answer
    """

    def __init__(self, refused=None, reply="250 taken", pauses=None, on_letter=None):
        self.refused, self.reply, self.pauses = refused or {}, reply, pauses or {}
        self.on_letter = on_letter
        self.letters = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        await self.pause("RCPT")
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append((envelope.rcpt_tos[0], letter))
        if self.on_letter:
            self.on_letter()
        await self.pause("DATA")
        return self.reply

    async def pause(self, phase):
        if seconds := self.pauses.get(phase):
            await asyncio.sleep(seconds)

    def addresses(self):
        return sorted(address for address, _letter in self.letters)


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextmanager
def listening(env, server=None):
    """Odoo's outgoing mail goes to ``server``; to a port where nobody listens when there is none."""
    port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port) if server else None
    if controller:
        controller.start()
    env["ir.mail_server"].search(Domain.TRUE).active = False  # the house's own servers, if any
    settings = {"smtp_server": "127.0.0.1", "smtp_port": port, "smtp_user": False, "smtp_password": False}
    try:
        with (
            patch.dict(config.options, settings),
            patch.object(ir_mail_server, "SMTP_TIMEOUT", TIMEOUT),
            patch.object(ir_mail_server.IrMail_Server, "_disable_send", lambda self: False),
        ):
            yield server
    finally:
        if controller:
            controller.stop()


def run_queue(env):
    """Run Odoo's mail queue over the councils' letters, as its job does; nothing else in the database is sent."""
    mails = env["mail.mail"].sudo()
    ours = mails.search([("model", "=", "shora.notice.recipient"), ("state", "=", "outgoing")])
    mails.with_context(lang=None).process_email_queue(ours.ids)
    env.invalidate_all()
