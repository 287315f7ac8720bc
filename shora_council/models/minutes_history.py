import base64

from odoo import fields, models

from ..rules import clock, sealing


class ShoraMinutes(models.Model):
    """The history of signed minutes: a row for each step, written by the step."""

    _name = "shora.minutes"
    _inherit = "shora.minutes"

    def _round(self):
        """Which forwarding the Secretariat has before it; minutes forwarded before the history was kept count as 1."""
        return max(self.sudo().step_ids.mapped("round"), default=1)

    def _add_step(self, kind, round_, defects=(), letter=None, **values):
        """A row of the history, in superuser mode; its letter is made from it and stored with it.

        :param letter: (template, values) of the covering letter of an answer
        """
        steps = self.env["shora.minutes.step"].sudo()  # written by the steps only
        vals = {
            "minutes_id": self.id,
            "kind": kind,
            "round": round_,
            "at": fields.Datetime.now(),
            "by_id": self.env.uid,
            "by_name": self.env.user.name,
            "addenda": self._signed_addenda(),
            "defect_ids": [(0, 0, {"name": text}) for text in defects],
            **values,
        }
        if letter:
            template, context = letter
            pdf = self.env["shora.pdf"]._render(
                template,
                self,
                letter_number=vals["number"],
                forwarded_at=vals["at"],
                forwarded_by=vals["by_name"],
                **context,
            )
            vals |= {"letter_pdf": base64.b64encode(pdf), "letter_sha256": sealing.sha256_hex(pdf)}
        step = steps.create(vals)
        self.invalidate_recordset(["step_ids"])
        return step

    def _note_first_forwarding(self):
        """Minutes forwarded before the history was kept begin it with what they say themselves."""
        if not self.sudo().step_ids and self.forwarded_at:
            sender = self.sudo().forwarded_by_id
            self._add_step(
                "forwarded",
                1,
                number=self.covering_number,
                at=self.forwarded_at,
                by_id=sender.id or self.env.uid,
                by_name=sender.name or self.signed_name,
                due=self.session_id.minutes_last_day,
                is_late=self.is_late,
            )


class ShoraPdf(models.AbstractModel):
    """The sentence of the letter that answers a return."""

    _name = "shora.pdf"
    _inherit = "shora.pdf"

    def _phrases(self):
        return {**super()._phrases(), "answer": self._answer_phrase}

    def _answer_phrase(self, minutes, returned):
        return self.env._(
            "In answer to the return of the minutes of %(session)s of the %(council)s on %(day)s (receipt number "
            "%(number)s), the addenda signed since then are hereby forwarded.",
            session=self._session_phrase(minutes.session_id.number, minutes.session_id.kind),
            council=minutes.council_id.name,
            day=self._long_day(clock.tehran_day(returned.at)),
            number=self._digits(minutes.receipt_number or "–"),
        )
