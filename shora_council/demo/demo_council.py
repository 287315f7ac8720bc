import base64
import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import file_open

_logger = logging.getLogger(__name__)


class ShoraDemo(models.AbstractModel):
    """Builds the demonstration through the very steps people take, each as the user whose step it is.

    What happens is a diary of entries, (Tehran day, hour, what to do), kept by subject in the files beside this one. A
    subject is a method of the councils that returns its entries; whoever adds one extends ``_subjects``. Nothing here
    is public and nothing runs outside the loading of demonstration data.
    """

    _name = "shora.demo"
    _description = "Demonstration of two councils"

    @api.model
    def _build(self):
        if not self._has_clock():
            _logger.warning(
                "No demonstration of councils: its year is lived day by day with the Python package freezegun, which "
                "is not installed here (Odoo lists it among its requirements). Install it and load the data again."
            )
            return
        self._make_people()
        self._speak_persian()
        councils = self._make_councils()
        letters = self.env["mail.mail"].sudo()
        last = letters.search(Domain.TRUE, limit=1, order="id desc").id or 0
        self._live(councils)
        for council in councils:
            self.env["shora.integrity.check"]._check(council)
        self._post_no_letters(letters.search(Domain("id", ">", last)))

    def _subjects(self):
        """Methods of the councils; each returns a list of (Tehran day, hour, function) and may say what it likes about
        days to come: they are left out.
        """
        return []

    def _diary(self, councils):
        """Everything that happens, in the order of time; what falls on one moment in the order of the subjects."""
        entries = [entry for subject in self._subjects() for entry in subject(councils)]
        return sorted(entries, key=lambda entry: entry[:2])

    # --- who acts ---

    def _user(self, name):
        return self.env.ref(f"shora_council.demo_user_{name}")

    def _partner(self, name):
        return self.env.ref(f"shora_council.demo_partner_{name}")

    def _as(self, name, records):
        """``records`` in the hands of the demo user ``name``, as in the office: in Persian, on Tehran's time."""
        return records.with_user(self._user(name)).with_context(
            mail_notrack=True, mail_create_nolog=True, lang="fa_IR", tz="Asia/Tehran"
        )

    def _by_secretary(self, council, records):
        return self._as("secretary2" if council.code == "ENV" else "secretary", records)

    def _ago(self, council, days):
        return fields.Date.subtract(council._today(), days=days)

    # --- around the diary ---

    def _speak_persian(self):
        lang = self.env["res.lang"]._activate_lang("fa_IR")
        # The platform loads terms after demonstration data; what is written here must be Persian already.
        self.env["ir.module.module"]._load_module_terms(["web_jalali", "shora_council"], ["fa_IR"])
        self.env.company.name = "مرکز مطالعات و برنامه‌ریزی شهر تهران"
        with file_open("shora_council/static/description/icon.png", "rb") as icon:
            self.env.company.logo = base64.b64encode(icon.read())  # the platform's own says “Your logo”
        names = self.env["ir.model.data"].search([("module", "=", "shora_council"), ("model", "=", "res.users")])
        people = self.env["res.users"].browse(names.mapped("res_id"))
        people.partner_id.write({"lang": lang.code})
        staff = people.filtered(lambda user: not user.share)
        staff.action_id = self.env.ref("shora_council.shora_desk_action").id
        staff.notification_type = "inbox"

    def _post_no_letters(self, mails):
        """A demonstration has no mail server: what it wrote in a year counts as sent and is not posted in one night."""
        self.env["mail.notification"].sudo().search([("mail_mail_id", "in", mails.ids)]).write(
            {"notification_status": "sent"}
        )
        mails.unlink()
