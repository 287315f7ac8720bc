from odoo import api, fields, models
from odoo.fields import Domain

from ..rules import clock

KINDS = [
    ("altered", "Altered"),
    ("missing", "Removed"),
    ("added", "Added"),
    ("detached", "Does not follow the link before it"),
]


class ShoraIntegrityCheck(models.Model):
    """One look through everything sealed of a council (5-5, 5-7), with what was found altered, added or removed.

    Read from the database and the filestore as they are, whoever wrote them: a change made in SQL or in the
    filestore passes no guard of ours, but leaves a fingerprint that no longer fits.
    """

    _name = "shora.integrity.check"
    _description = "Integrity check"
    _inherit = ["shora.kept.mixin"]
    _order = "id desc"

    council_id = fields.Many2one("shora.council", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    checked_at = fields.Datetime(required=True)
    checked_by = fields.Char(required=True)
    seal_count = fields.Integer(string="Seals")
    file_count = fields.Integer(string="Files")
    problem_count = fields.Integer(string="Departures")
    head_link = fields.Char(string="Last link")
    copy_count = fields.Integer(string="Copies in the archive")
    copy_link = fields.Char(string="Last link of the copies")
    problem_ids = fields.One2many("shora.integrity.problem", "check_id", string="Found")

    @api.depends("council_id", "checked_at")
    def _compute_display_name(self):
        words = self.env["shora.words"]
        for check in self:
            check.display_name = self.env._(
                "Integrity of %(council)s on %(day)s",
                council=check.council_id.short_name or check.council_id.name,
                day=words._day(clock.tehran_day(check.checked_at)),
            )

    @api.model
    def _check(self, council, anchors=None):
        """Look through everything sealed of ``council`` and keep what was found.

        :param anchors: of ``rules.anchors``; None: those of the file that the server's settings name
        :return: the check
        """
        self.env.flush_all()
        self.env.invalidate_all()
        system = self.with_context(bin_size=False).sudo()  # fingerprints are compared, nothing is shown
        council = council.with_env(system.env)
        reading = system.env["shora.integrity.reading"]
        problems, seals, files = reading._of(council)
        chains = {"seals": seals, "copies": reading._copies_of(council)}
        problems += reading._of_anchors(council, chains, anchors)
        problems = list({tuple(problem.values()): problem for problem in problems}.values())  # said by two witnesses
        check = system.create(
            {
                "council_id": council.id,
                "checked_at": fields.Datetime.now(),
                "checked_by": self._checker(council),
                "seal_count": len(seals),
                "file_count": files,
                "problem_count": len(problems),
                "head_link": seals[-1:].link,
                "copy_count": len(chains["copies"]),
                "copy_link": chains["copies"][-1:].link,
            }
        )
        system.env["shora.integrity.problem"].create([{**problem, "check_id": check.id} for problem in problems])
        self.env["shora.finding"]._check(council)
        return check.with_env(self.env)

    @api.model
    def _latest(self, councils):
        """{council: its latest check}, superuser mode, one query."""
        rows = self.sudo()._read_group([("council_id", "in", councils.ids)], ["council_id"], ["id:max"])
        return {council: self.sudo().browse(latest) for council, latest in rows}

    @api.model
    def _checker(self, council):
        """Who asked for the check; the night's and the command line's are nobody's, and not of the platform's robot."""
        if self.env.user != self.env.ref("base.user_root"):
            return self.env.user.name
        return self.env["shora.reader"]._of_office(council).env["res.users"]._shora_role_labels(["system"])[0]

    @api.model
    def _cron_check(self):
        """Every council once a Tehran night, one commit each; broken off, the next run goes on with the others."""
        councils = self.env["shora.council"].with_context(active_test=False).search(Domain.TRUE, order="id")
        today, latest = councils._today(), self._latest(councils)
        due = councils.filtered(
            lambda council: council not in latest or clock.tehran_day(latest[council].checked_at) < today
        )
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(due))
        for council in due:
            self._check(council)
            if not progress(1):
                break


class ShoraIntegrityProblem(models.Model):
    """What a check found: which record or file, and how it departs from what was sealed."""

    _name = "shora.integrity.problem"
    _description = "Departure from what was sealed"
    _inherit = ["shora.kept.mixin"]

    check_id = fields.Many2one("shora.integrity.check", required=True, index=True, ondelete="restrict")
    council_id = fields.Many2one(related="check_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True, string="What happened")
    name = fields.Char(required=True, string="Record or file")
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    detail = fields.Char()

    @api.depends("kind", "name")
    def _compute_display_name(self):
        for problem in self:
            problem.display_name = problem.name


class ShoraCouncil(models.Model):
    """The button of the integrity check."""

    _name = "shora.council"
    _inherit = "shora.council"

    def action_check_integrity(self):
        """Look through everything sealed of this council now, and show what was found."""
        self.ensure_one()
        self.check_access("read")
        self.env["shora.integrity.check"].check_access("read")
        return self.env["shora.integrity.check"]._check(self)._get_records_action()


class ShoraFinding(models.Model):
    """Something sealed was altered, added or removed (5-5, 5-7)."""

    _name = "shora.finding"
    _inherit = "shora.finding"

    code = fields.Selection(
        selection_add=[("integrity", "Sealed documents altered")], ondelete={"integrity": "cascade"}
    )

    def _expectations(self):
        return [*super()._expectations(), self._expect_integrity]

    def _expect_integrity(self, councils):
        found = {}
        for council, check in self.env["shora.integrity.check"]._latest(councils).items():
            if check.problem_count:
                found[council.id, "integrity", council._name, council.id] = {
                    "clause_id": council.bylaw_id._clause("5-7").id,
                    "severity": "block",
                    "actor": "head",
                    "date_since": clock.tehran_day(check.checked_at),
                }
        return found
