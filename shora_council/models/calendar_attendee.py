from odoo import api, models

#: what attendees may say of themselves
OWN_WORD = frozenset({"state", "availability"})
#: what the calendar writes when an event is moved
ASKED_AGAIN = {"state": "needsAction"}


class CalendarAttendee(models.Model):
    """Who attends a council session is not the calendar's to say: any employee may write anybody's row of any event."""

    _inherit = "calendar.attendee"

    @api.model_create_multi
    def create(self, vals_list):
        events = self.env["calendar.event"].browse({vals.get("event_id") for vals in vals_list} - {None, False})
        self._check_not_of_session(events)
        return super().create(vals_list)

    def write(self, vals):
        rows = self.sudo()  # rows of a session are hidden from who does not attend it, and refused all the same
        own = rows.filtered(lambda attendee: attendee.partner_id == self.env.user.partner_id)
        others = rows - own if OWN_WORD.issuperset(vals) else rows
        if vals == ASKED_AGAIN:
            others = others.filtered(lambda attendee: not attendee.event_id._is_moved_by(self.env.user))
        self._check_not_of_session(others.event_id)
        return super().write(vals)

    def unlink(self):
        self._check_not_of_session(self.sudo().event_id)  # as above
        return super().unlink()

    @api.model
    def _check_not_of_session(self, events):
        """
        :raises UserError: one of these events shows a council session, whose list of attendees follows the council
        """
        if self.env.su:
            return
        session = events.sudo().shora_session_ids[:1]  # the session may be hidden from who writes the row
        if session:
            self.env["calendar.event"]._refuse_to_move(session)
