from markupsafe import Markup
from odoo import fields, models
from odoo.exceptions import UserError

DECISIONS = [("seen", "Seen"), ("instruct", "Instruct"), ("return", "Return"), ("refer", "Refer")]
#: decisions after which a resolution may be notified to its executor
LETS_THROUGH = ("seen", "instruct")
NOTIFY_TODO = "shora_council.activity_resolution_notify"


class ShoraResolution(models.Model):
    """The President's word on a resolution: the council advises, the President decides (5-9)."""

    _name = "shora.resolution"
    _inherit = "shora.resolution"

    president_decision = fields.Selection(DECISIONS, copy=False, tracking=True, string="President's decision")
    president_text = fields.Text(copy=False, string="President's instruction")
    president_decided_on = fields.Date(copy=False, string="Decided on")

    def _record_decision(self, decision, text, day):
        """Take over the President's word; the executor and the council's secretary are told, and the secretary is
        asked to act on it. Called by what proves the decision, in superuser mode.

        :param decision: one of ``DECISIONS``
        :param text: what he instructs, returns or refers; may be empty for "seen"
        :param day: Tehran day of the decision
        :raises UserError: the resolution is not waiting for him (5-9)
        """
        for resolution in self:
            if resolution.state != "adopted":
                raise UserError(
                    resolution._by_5_9(
                        self.env._(
                            "“%(resolution)s” does not wait for the President's decision: it is “%(state)s”.",
                            resolution=resolution.display_name,
                            state=resolution._state_label(resolution.state),
                        ),
                    )
                )
            resolution._store_facts(
                {"president_decision": decision, "president_text": text or False, "president_decided_on": day}
            )
            resolution._tell_decision()
        self._ask_to_notify()

    def _by_5_9(self, text):
        """``text`` with the citation of the clause that gives the President the word."""
        clause = self.council_id._bylaw_on(self.session_id.day).sudo()._clause("5-9")  # a refusal names its clause
        return f"({clause.citation}) {text}" if clause else text

    def _tell_decision(self):
        self.ensure_one()
        self._tell_readers(
            self._secretary() | self.owner_id.sudo().filtered("email"), lambda told: told._decision_body()
        )
        office = self.env["shora.reader"]._of_office(self)
        office.message_post(body=office._decision_body())  # the history of the resolution keeps it

    def _decision_body(self):
        label = dict(self._fields["president_decision"]._description_selection(self.env))[self.president_decision]
        body = Markup("<p>%s</p>") % self.env._(
            "President of the Centre on “%(resolution)s”, %(day)s: %(decision)s",
            resolution=self.display_name,
            day=self.env["shora.words"]._day(self.president_decided_on),
            decision=label,
        )
        if self.president_text:
            body += Markup("<blockquote>%s</blockquote>") % Markup("<br/>").join(self.president_text.split("\n"))
        return body

    def _secretary(self):
        """The council's secretary of today, as a partner."""
        return self.env["shora.minutes"]._secretary_of(self.council_id)

    def _secretary_users(self):
        return self._secretary().sudo().user_ids.filtered(lambda user: user.active and not user.share)

    def _notify_summary(self):
        if self.president_decision in LETS_THROUGH:
            return self.env._("Notify the executor of “%(resolution)s”", resolution=self.display_name)
        return self.env._("The President's answer to “%(resolution)s”", resolution=self.display_name)

    def _ask_to_notify(self):
        """A to-do of the secretary for each resolution that the President has decided and nobody has acted on."""
        today = self.env["shora.council"]._today()
        decided = self.filtered(lambda one: one.state == "adopted" and one.president_decision)
        self.env["shora.todo"]._open(
            decided,
            NOTIFY_TODO,
            {one: one._secretary_users() for one in decided},
            lambda told: told._notify_summary(),
            dict.fromkeys(decided, today),
        )
