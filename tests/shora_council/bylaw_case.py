"""By-laws with other values than the one shipped, and versions that begin on a day."""

from contextlib import ExitStack
from datetime import date, timedelta
from itertools import count
from types import SimpleNamespace
from unittest.mock import patch

from tests.common import ShoraCase, tehran

EFFECTIVE = date(2019, 4, 26)
#: rules of another council of the same Centre: no value is that of the by-law shipped
OTHER = {
    "total_min": 18,
    "total_max": 18,
    "expert_min": 14,
    "expert_max": 14,
    "expert_term": 2,
    "renewal_reminder_1": 100,
    "renewal_reminder_2": 50,
    "renewal_reminder_3": 20,
    "session_interval": 7,
    "notice_days": 4,
    "notice_reminder_1": 6,
    "notice_reminder_2": 5,
    "session_reminder": 2,
    "minutes_days": 9,
    "minutes_reminder_1": 5,
    "minutes_reminder_2": 2,
    "annual_plan_day": 45,
    "absence_limit": 4,
    "extraordinary_notice_days": {"is_active": True, "value": 2},
    "quorum": {"is_active": True, "value": 60, "severity": "block"},
    "majority": {"is_active": True, "value": 70, "severity": "block"},
    "presenting_days": {"is_active": True, "value": 12},
    "decision_days": {"is_active": True, "value": 20},
}
#: rules without a value that could be another one, on or off, or a word: tried by ``test_finding_rules.py``
WITHOUT_NUMBER = {
    "coverage_advice",
    "chair_is_expert",
    "no_proxy",
    "extraordinary_ground",
    "presiding",
    "financial_regulation",
    "financial_unit",
    "financial_budget",
    "financial_approver",
    "absence_exempt_ex_officio",
    "absence_valid_notice_only",
    "archive_copy",
    "minutes_approval",
    "remote_attendance",
    "notice_agenda",
    "one_chair",
}


class BylawCase(ShoraCase):
    """The council of :class:`ShoraCase` under the by-law shipped; documents are named, not laid out."""

    @classmethod
    def setUpClass(cls):
        cls.paper = count(1)
        super().setUpClass()
        patches = ExitStack()
        cls.addClassCleanup(patches.close)
        for name, replacement in (
            ("_render", lambda model, *args, **kwargs: cls.document()),
            ("_pack", lambda model, notice: SimpleNamespace(pdf=cls.document(), pages=1, entries=[])),
        ):
            patches.enter_context(patch.object(cls.registry["shora.pdf"], name, replacement))

    @classmethod
    def document(cls):
        return b"%%PDF-1.7 %d" % next(cls.paper)

    @classmethod
    def new_bylaw(cls, council, day=EFFECTIVE, like=None, **rules):
        """A version in force from ``day`` for ``council`` alone.

        :param rules: {code: value, or a dict of fields}
        """
        like = like or cls.env.ref("shora_council.bylaw_irud")
        action = like.with_user(cls.admin).action_new_version()
        version = cls.env["shora.bylaw"].with_user(cls.admin).browse(action["res_id"])
        version.write({"date_from": day, "council_ids": [(6, 0, council.ids)]})
        for code, values in rules.items():
            rule = version.rule_ids.filtered(lambda rule, code=code: rule.code == code)
            rule.write(values if isinstance(values, dict) else {"value": values})
        version.action_put_in_force()
        cls.env.invalidate_all()
        return version

    @classmethod
    def other_council(cls, experts=14, prefix="o_", date_from="2026-09-01", **rules):
        """A council under :data:`OTHER` with four ex-officio members and ``experts`` experts; its secretary and people
        beside it.
        """
        council = cls.make_council("T2")
        cls.env["shora.seat"].create(
            [
                {
                    "council_id": council.id,
                    "code": f"B{number}",
                    "name": f"Seat B{number}",
                    "kind": "expert",
                    "sequence": 20 + number,
                    "clause_code": "4-B",
                }
                for number in range(12, 16)
            ]
        )
        council.bylaw_ids = False
        cls.new_bylaw(council, **{**OTHER, **rules})
        secretary, people = cls.staff_council(council, experts, prefix, date_from)
        return council, secretary, people

    # --- what is asked ---

    def findings(self, council, day, code=None):
        """Codes of the open findings of ``council`` as judged on ``day``; or the findings of one ``code``."""
        with tehran(f"{day} 10:00"):
            self.env.invalidate_all()
            self.env["shora.finding"]._check(council)
        found = self.env["shora.finding"].search([("council_id", "=", council.id), ("state", "=", "open")])
        return found.filtered(lambda one: one.code == code) if code else set(found.mapped("code"))

    def sit(self, council, day, absent=(), user=None, notice=9, **vals):
        """A whole ordinary session on ``day``, invited ``notice`` days before."""
        before = date.fromisoformat(day) - timedelta(days=notice)
        with tehran(f"{before} 09:00"):
            session = self.plan(council, day, user=user, **vals)
            self.dispatch(session)
        with tehran(f"{day} 12:30"):
            ground = "chair" if session._officers()[0] else "chair_absent"
            session.write({"presiding_ground": ground, "state": "open"})
            self.close(session, absent)
        return session

    def opened(self, council, day, user=None, notice=9):
        """The same, open and with everybody present but nothing decided; within the day's clock for the caller."""
        before = date.fromisoformat(day) - timedelta(days=notice)
        with tehran(f"{before} 09:00"):
            session = self.plan(council, day, user=user)
            self.dispatch(session)
        with tehran(f"{day} 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
        return session

    def member(self, council, partner):
        return self.env["shora.membership"].search(
            [("council_id", "=", council.id), ("partner_id", "=", partner.id)], order="id desc", limit=1
        )

    def resigned(self, council, partner):
        return self.env["shora.deemed.resignation"].search(
            [("council_id", "=", council.id), ("partner_id", "=", partner.id), ("state", "=", "in_force")]
        )
