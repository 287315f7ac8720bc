"""Base classes: a Persian reader, and others whose Odoo must stay as it is."""

import threading
from unittest.mock import patch

from odoo.addons.web_jalali.tools import babel_patch
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged


def persian_reader(env, login="reader", **values):
    """An internal user in Tehran whose interface is Persian; English is there too."""
    for code in ("fa_IR", "en_US"):
        env["res.lang"]._activate_lang(code)
    # The platform's own invitation mail cannot be rendered in Persian.
    quiet = {"no_reset_password": True}
    return new_test_user(env, login, groups="base.group_user", context=quiet, lang="fa_IR", tz="Asia/Tehran", **values)


@tagged("post_install", "-at_install")
class JalaliCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A server's threads know their database; the one that runs the tests has to be told.
        told = patch.object(threading.current_thread(), "dbname", cls.env.cr.dbname, create=True)
        told.start()
        cls.addClassCleanup(told.stop)
        cls.reader = persian_reader(cls.env)
        cls.persian = cls.env(context=dict(cls.env.context, lang="fa_IR", tz="Asia/Tehran"))
        cls.english = cls.env(context=dict(cls.env.context, lang="en_US", tz="Asia/Tehran"))

    def prefer(self, wanted):
        """Set the preference of the running request, for this test alone."""
        token = babel_patch.preference.set(wanted)
        self.addCleanup(babel_patch.preference.reset, token)


@tagged("post_install", "-at_install")
class JalaliHttpCase(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = persian_reader(cls.env)
