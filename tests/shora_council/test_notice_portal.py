"""The portal as a channel of the written notice (5-1): served with the dispatch, the first opening recorded."""

from odoo.exceptions import AccessError, UserError

from tests.common import ShoraCase, tehran, utc


class TestNoticePortal(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.people["B2"]
        cls.user = cls.make_user("t_portal_member", "base.group_portal", "T portal")
        cls.user.partner_id = cls.member
        cls.people["B3"].email = False

    def planned(self):
        with tehran("2026-11-20 09:00"):
            return self.session(self.council, "2026-12-10")

    def rows_of(self, notice, partner):
        return notice.recipient_ids.filtered(lambda row: row.partner_id == partner)

    def opened(self, session, partner=None):
        return self.env["shora.notice.recipient"]._record_opened(session, self.member if partner is None else partner)

    def test_channels_follow_what_the_member_has(self):
        session = self.planned()
        notice = session.env["shora.notice"]._prepare_for(session)
        found = {seat: self.rows_of(notice, self.people[seat]).mapped("channel") for seat in ("A2", "B1", "B2", "B3")}
        self.assertEqual(
            found, {"A2": ["email", "portal"], "B1": ["email"], "B2": ["email", "portal"], "B3": ["paper"]}
        )

    def test_a_closed_login_is_no_channel(self):
        self.user.active = False
        session = self.planned()
        notice = session.env["shora.notice"]._prepare_for(session)
        self.assertEqual(self.rows_of(notice, self.member).mapped("channel"), ["email"])
        self.rows_of(notice, self.people["B1"]).channel = "portal"
        with self.assertRaisesRegex(UserError, "Article 5, clause 1.*No access to the portal: +person B1"):
            notice.action_dispatch()

    def test_publication_serves_and_opening_is_proof_beside(self):
        session = self.planned()
        with tehran("2026-12-03 23:59:00"):
            notice = session.env["shora.notice"]._prepare_for(session)
            others = notice.recipient_ids.filtered(lambda row: row.partner_id != self.member)
            for rows in others.grouped("partner_id").values():
                rows[1:].unlink()
            others.exists().write({"channel": "paper"})
            self.rows_of(notice, self.member).filtered(lambda row: row.channel == "email").unlink()
            notice.action_dispatch()
            notice.recipient_ids.filtered(lambda row: row.channel == "paper").action_handed()
        row = self.rows_of(notice, self.member)
        self.assertEqual((row.state, row.sent_at), ("sent", notice.dispatched_at))
        self.assertEqual(notice.effective_at, utc("2026-12-03 23:59:00"))
        with tehran("2026-12-08 10:00"):
            self.assertEqual(self.opened(session), row)
        with tehran("2026-12-09 10:00"):
            self.opened(session)
        self.assertEqual((row.state, row.opened_at), ("opened", utc("2026-12-08 10:00")), "the first time is kept")
        self.assertEqual(notice.effective_at, utc("2026-12-03 23:59:00"), "dispatch counts, not receipt")
        self.assertFalse(notice.is_late)

    def test_only_the_recipient_of_a_dispatched_notice_opens_it(self):
        session = self.planned()
        notice = session.env["shora.notice"]._prepare_for(session)
        self.assertFalse(self.opened(session), "a draft is on nobody's portal")
        notice.late_reason = "For the test"
        notice.action_dispatch()
        self.assertFalse(self.opened(session, self.people["B1"]), "B1 has no portal row")
        self.assertFalse(self.opened(session, self.env["res.partner"]))
        row = self.rows_of(notice, self.member).filtered(lambda r: r.channel == "portal")
        row._withdraw()
        self.assertFalse(self.opened(session), "a withdrawn invitation is not opened")
        self.assertEqual(row.state, "withdrawn")

    def test_opening_is_nobodys_to_say(self):
        notice = self.dispatch(self.planned())
        row = self.rows_of(notice, self.member).filtered(lambda r: r.channel == "portal")
        for values in ({"state": "opened"}, {"opened_at": "2026-12-01"}, {"sent_at": "2026-12-01"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                row.with_user(self.secretary).write(values)
        with self.assertRaises(AccessError):
            row.with_user(self.user).read(["state"])
        mail = notice.recipient_ids.filtered(lambda r: r.channel == "email")[:1]
        for record, state in ((mail, "opened"), (row, "handed")):
            with self.subTest(state=state), self.assertRaises(UserError):
                record._as_system().write({"state": state})
