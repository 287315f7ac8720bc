from odoo import api, models
from odoo.addons.web_jalali.tools import babel_patch


class ShoraReader(models.AbstractModel):
    """What people are told is written as each of them reads: in the reader's language, with the reader's calendar.

    The language of whoever does the work, or of a job, is nobody's but theirs. What is kept for all to read (a
    record's history, a shared name) is in the language of the office, as the documents are.
    """

    _name = "shora.reader"
    _description = "How people read what they are told"

    @api.model
    def _manners(self, partners):
        """{partner: (language, whether the dates are Gregorian whatever the language)}; few queries for all."""
        # sudo: how somebody reads is no secret from who writes to them; browsed anew, so that all are fetched in one go
        people = self.env["res.partner"].sudo().browse(partners.ids)
        office = self.env["shora.pdf"]._language()
        return {
            partner: (partner.lang or office, any(user._wishes_gregorian() for user in partner.user_ids))
            for partner in people
        }

    @api.model
    def _spoken(self, record, partners, speak, manners=None):
        """What ``speak`` says of ``record`` to each of ``partners``, once for all who read alike.

        :param speak: takes the record as they read it; anything may come back
        :param manners: as of ``_manners()``, for who asks for many records
        :return: list of (record as they read it, partners, what was said)
        """
        manners = manners or self._manners(partners)
        spoken = []
        for (lang, gregorian), alike in partners.grouped(manners.get).items():
            told = record.with_context(lang=lang)
            with babel_patch.settled(False if gregorian else None):
                spoken.append((told, alike, speak(told)))
        return spoken

    @api.model
    def _of_office(self, record):
        """``record`` in the language of the office."""
        return record.with_context(lang=self.env["shora.pdf"]._language())
