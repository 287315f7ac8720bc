from odoo import models

from .pdf import READING


class ShoraPdf(models.AbstractModel):
    """The sentences of the dossier's letter to the President (5-9)."""

    _name = "shora.pdf"
    _inherit = "shora.pdf"

    def _phrases(self):
        return {
            **super()._phrases(),
            "dossier": self._dossier_phrase,
            "dossier_council": self._dossier_council_phrase,
            "dossier_part": self._dossier_part_phrase,
            "dossier_way": self._dossier_way_phrase,
        }

    def _dossier_phrase(self, dossier):
        return self.env._(
            "By virtue of %(clause)s of the by-law, the summary of the minutes and resolutions of %(councils)s is "
            "hereby presented for your consideration and decision.",
            clause=self._clause_5_9(dossier),
            councils=self.env["shora.words"]._join(dossier.council_ids.mapped("name")),
        )

    def _clause_5_9(self, dossier):
        minutes = dossier.line_ids.minutes_id[:1]
        clause = minutes and minutes.council_id._bylaw_on(minutes.session_id.day)._clause("5-9")
        return clause.citation if clause else self.env._("Article 5, clause 9")

    def _dossier_council_phrase(self, part):
        """The name as frozen; in a copy for reading, in its language, as long as the council bears that name."""
        council = self.env["shora.minutes"].browse(part["minutes"]).exists().council_id
        document = self.with_context(**{READING: False})._language()
        is_the_same = council.with_context(lang=document).name == part["council"]
        return council.name if is_the_same else part["council"]

    def _dossier_part_phrase(self, part):
        """«جلسه چهل‌وسوم (عادی)، دوشنبه ۲ آذر ۱۴۰۵، ۱۱ نفر حاضر و ۲ نفر غایب»."""
        return self.env._(
            "%(session)s, %(day)s; %(present)s members present, %(absent)s absent",
            session=self._session_phrase(part["session_number"], part["session_kind"]),
            day=self._long_day(part["day"]),
            present=self._digits(part["present"]),
            absent=self._digits(part["absent"]),
        )

    def _dossier_way_phrase(self, part):
        """When the minutes came to the Secretariat and were reviewed; what is not known is left out."""
        texts = []
        if part["forwarded"]:
            texts.append(self.env._("forwarded on %(day)s", day=self._short_day(part["forwarded"])))
        if part["received"]:
            texts.append(
                self.env._(
                    "received on %(day)s under the number %(number)s",
                    day=self._short_day(part["received"]),
                    number=self._digits(part["receipt"]),
                )
            )
        if part["reviewed"]:
            texts.append(self.env._("reviewed on %(day)s", day=self._short_day(part["reviewed"])))
        return self.env["shora.words"]._join(texts)
