from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ..tools import ics

#: activity type of the to-do “serve the notice otherwise”
DELIVERY_TODO = "shora_council.activity_delivery"
#: the session does not take place
OFF = ("cancelled", "postponed", "not_held")


class ShoraSession(models.Model):
    """What becomes of a session's invitations: its calendar files, and whom the notice did not reach (5-1)."""

    _name = "shora.session"
    _inherit = "shora.session"

    calendar_sequence = fields.Integer(
        readonly=True,
        copy=False,
        help="Grows with every change that recipients are told; calendars go by it.",
        aggregator=False,
    )

    # --- calendar files ---

    def _ics_uid(self):
        """The same in every file about this session, so that a calendar knows it again."""
        self.ensure_one()
        house = self.env["ir.config_parameter"].sudo().get_param("database.uuid")  # no secret, a name
        return f"shora-session-{self.id}@{house}"

    def _ics(self, method, partner):
        """The calendar file of this session for one person, in that person's language.

        :param method: ``REQUEST`` or ``CANCEL``
        :return: bytes
        """
        self.ensure_one()
        session = self.with_context(lang=partner.lang or self.env["shora.pdf"]._language())
        sender = session.notice_id.dispatched_by_id.partner_id or session._officers()[1] or self.env.user.partner_id
        meeting = ics.Meeting(
            uid=session._ics_uid(),
            sequence=session.calendar_sequence,
            start=session.start,
            stop=session.stop,
            stamp=fields.Datetime.now(),
            summary=f"{session.display_name}",
            place=session.place or "",
            url=session.video_url or "",
        )
        return ics.file_of(meeting, method, _person(sender), _person(partner))

    def _next_calendar_sequence(self):
        for session in self:
            session._store_facts({"calendar_sequence": session.calendar_sequence + 1})

    # --- changes ---

    def _withdraw(self):
        # Nobody is invited any more to what does not take place: letters that wait never leave. Who may have got one
        # is told as those who did.
        self.notice_ids.recipient_ids.filtered(lambda row: row._is_waiting())._withdraw()
        result = super()._withdraw()
        self._watch_deliveries()
        return result

    def _mail_changes(self, speak):
        """Tell those who were invited by mail, each with a calendar file that changes or removes the session.

        :param speak: see ``_tell()``
        :return: the partners told
        """
        self.ensure_one()
        rows = self.notice_id.filtered(lambda notice: notice.state == "dispatched").recipient_ids
        rows = rows.filtered(lambda row: row.channel == "email" and row.state in ("sent", "queued", "failed"))
        if rows:
            self._next_calendar_sequence()
            rows._mail_change(speak, "CANCEL" if self.state in OFF else "REQUEST")
        return rows.partner_id

    def _notify_thread_by_email(self, message, recipients_data, *args, **kwargs):
        mailed = self.env.context.get("shora_mailed_ids") or ()
        others = [data for data in recipients_data if data["id"] not in mailed]
        return super()._notify_thread_by_email(message, others, *args, **kwargs)

    # --- to-dos ---

    def _watch_deliveries(self):
        """One to-do for the secretary of each session whose notice came back or was not taken, until every one of
        these people has it by another channel; the rows say why.
        """
        rows = self.sudo().recipient_ids.filtered(  # a fact of the notice, whoever brought it about
            lambda row: row.notice_id.state == "dispatched" and row.state != "withdrawn"
        )
        users, names, deadlines = {}, {}, {}
        for session in self:
            own = rows.filtered(lambda row, session=session: row.session_id == session)
            failed = own.filtered(lambda row: row.state in ("failed", "bounced")).partner_id
            has_it = own.filtered(lambda row: row.state in ("handed", "opened")).partner_id
            missing = failed - has_it if session.state == "invited" else failed.browse()
            secretary = session._officers()[1] if missing else failed.browse()
            users[session] = secretary.sudo().user_ids.filtered(lambda user: user.active and not user.share)
            names[session] = missing.mapped("name")
            deadlines[session] = max(session.notice_last_day or session.day, session.council_id._today())
        self.env["shora.todo"]._open(
            self, DELIVERY_TODO, users, lambda told: told._unreached_sentence(names[told]), deadlines
        )

    @api.model
    def _watch_unreached(self):
        """These to-dos, as a run of the mail queue that broke off left them."""
        rows = self.env["shora.notice.recipient"].search(
            Domain("state", "in", ("failed", "bounced")) & Domain("session_id.start", ">", fields.Datetime.now())
        )
        kind = self.env.ref(DELIVERY_TODO)
        open_ones = self.search(Domain("activity_ids.activity_type_id", "=", kind.id))
        (rows.session_id | open_ones)._watch_deliveries()

    def _unreached_sentence(self, names):
        return self.env._(
            "The notice did not reach: %(names)s. Try again, or serve it on paper.",
            names=self.env["shora.words"]._join(names),
        )


def _person(partner):
    return ics.Person(partner.name or "", email_normalize(partner.email or "") or "")


class ShoraNotice(models.Model):
    """The words of the mail that carries the notice."""

    _name = "shora.notice"
    _inherit = "shora.notice"

    def _mail_sentences(self):
        """The invitation in the language of the office, as Markup paragraphs."""
        self.ensure_one()
        pdf = self.env["shora.reader"]._of_office(self.env["shora.pdf"])
        notice = self.with_env(pdf.env)
        link = f"{notice.get_base_url()}/my/councils/session/{notice.session_id.id}"
        items = Markup().join(Markup("<li>%s</li>") % item.name for item in pdf._agenda(notice.session_id.sudo()))
        return Markup("<p>%s</p><ol>%s</ol>%s<p>%s</p><p><a href='%s'>%s</a></p>") % (
            pdf._notice_phrase(notice),
            items,
            pdf._clean(notice.body) if notice.body else "",
            pdf.env._("The letter, the agenda and all documents are enclosed."),
            link,
            pdf.env._("See them on the portal"),
        )
