from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..rules import clock

SATURDAY = 5
#: Tehran hour of Saturday from which on the digest of the week before is made
HOUR = 7


class ShoraComplianceDigest(models.Model):
    """The week in the councils, for the head of the Secretariat: how each stands, what was broken, what put right.

    One a company and week, made on Saturday morning and kept; whoever else runs the job makes no second one.
    """

    _name = "shora.compliance.digest"
    _description = "Weekly digest of compliance"
    _inherit = ["shora.kept.mixin"]
    _order = "day desc, id desc"

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    day = fields.Date(required=True, string="Week before", help="The Saturday after the week.")
    opened_count = fields.Integer(string="New in the week")
    closed_count = fields.Integer(string="Put right in the week")
    open_count = fields.Integer(string="Unresolved")
    body = fields.Html(string="Digest")

    _once = models.UniqueIndex("(company_id, day)", "This week has its digest.")

    @api.depends("day")
    @api.depends_context("lang")
    def _compute_display_name(self):
        words = self.env["shora.words"]
        for digest in self:
            first, last = (
                digest.day and (digest.day - timedelta(days=7), digest.day - timedelta(days=1)) or (None, None)
            )
            digest.display_name = self.env._(
                "Compliance of the councils, %(first)s to %(last)s", first=words._day(first), last=words._day(last)
            )

    @api.model
    def _cron_digest(self):
        """The digest of the week that has ended, for every company with councils that has none yet; hourly,
        idempotent, one commit a company.
        """
        now = fields.Datetime.now()
        today = clock.tehran_day(now)
        day = today - timedelta(days=(today.weekday() - SATURDAY) % 7)
        ready = now >= clock.day_start_utc(day) + timedelta(hours=HOUR)
        made = self.sudo().search([("day", "=", day)]).company_id  # the job sees every company
        councils = self.env["shora.council"].sudo()
        own = Domain("is_coordination", "=", False)
        companies = councils.search(own).company_id - made if ready else made.browse()
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(companies))
        for company in companies:
            if company.try_lock_for_update(allow_referencing=True):
                self.sudo()._digest_of(company, day)._tell_heads()
            if not progress(1):
                break

    @api.model
    def _digest_of(self, company, day):
        """Make the digest of the seven days before ``day``; superuser mode, in the language of the office."""
        office = self.env["shora.reader"]._of_office(self)
        councils = office.env["shora.council"].search(
            Domain("company_id", "=", company.id) & Domain("is_coordination", "=", False)
        )
        opened, closed = office._moved(councils, day)
        rows = office.env["shora.compliance"]._digest_rows(councils, day - timedelta(days=1))
        for row in rows:
            row["opened"] = sum(1 for finding in opened if finding.council_id.id == row["id"])
            row["closed"] = sum(1 for finding in closed if finding.council_id.id == row["id"])
        values = {
            "company_id": company.id,
            "day": day,
            "opened_count": len(opened),
            "closed_count": len(closed),
            "open_count": sum(row["open"] for row in rows),
        }
        return office.create({**values, "body": office._body(rows, opened, values)}).with_env(self.env)

    def _moved(self, councils, day):
        """(findings that opened, findings that closed) in the seven days before ``day``; both may hold the same."""
        first, last = clock.day_start_utc(day - timedelta(days=7)), clock.day_start_utc(day)
        findings = self.env["shora.finding"].search(
            Domain("council_id", "in", councils.ids)
            & Domain("severity", "!=", "info")
            & (
                (Domain("opened_at", ">=", first) & Domain("opened_at", "<", last))
                | (Domain("closed_at", ">=", first) & Domain("closed_at", "<", last))
            )
        )
        opened = findings.filtered(lambda one: one.opened_at and first <= one.opened_at < last)
        closed = findings.filtered(lambda one: one.closed_at and first <= one.closed_at < last)
        return opened, closed

    def _body(self, rows, opened, figures):
        labels = dict(opened._fields["code"]._description_selection(self.env))
        actors = dict(opened._fields["actor"]._description_selection(self.env))
        words = self.env["shora.words"]
        summary = self.env._(
            "%(opened)s findings were opened in the week and %(closed)s put right; %(open)s are unresolved.",
            opened=figures["opened_count"],
            closed=figures["closed_count"],
            open=figures["open_count"],
        )
        lines = [
            {
                "council": finding.council_id.short_name,
                "label": labels[finding.code],
                "subject": finding.subject,
                "clause": finding.clause_id.citation or "",
                "since": words._day(finding.date_since),
                "actor": actors[finding.actor],
            }
            for finding in opened
            if finding.state == "open"
        ]
        return self.env["ir.qweb"]._render(
            "shora_council.compliance_digest_body",
            {"summary": words._digits(summary), "rows": rows, "lines": lines, "num": words._digits},
        )

    def _tell_heads(self):
        """Every head of the Secretariat of the company, once; the rest is Odoo's mail queue."""
        self.ensure_one()
        office = self.env["shora.reader"]._of_office(self)
        heads = self.env["res.users"]._shora_users_with_role("head")
        heads = heads.filtered(lambda user: self.company_id in user.company_ids)
        if heads:
            office.env["mail.thread"].message_notify(
                body=self.body,
                subject=office.display_name,
                partner_ids=heads.partner_id.ids,
                model=self._name,
                res_id=self.id,
            )


class ShoraCompliance(models.AbstractModel):
    """The rows of the digest: the overview as it stood, without its columns."""

    _name = "shora.compliance"
    _inherit = "shora.compliance"

    @api.model
    def _digest_rows(self, councils, day):
        """Rows of the overview for ``councils`` in the Jalali year of ``day``; the lowest score first."""
        period = self._period_until(day)
        table = self._clause_table(councils, period)
        rows = [self._row(council, table[council], [], None) for council in councils]
        return sorted(rows, key=lambda row: (row["score"] is None, row["score"], row["name"]))
