from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules import clock
from .archive import UNCOPIED, _uncopied

#: what the Secretariat keeps a copy of (5-7): model → fields that hold a file; False: what is attached to the record,
#: from the closing of its session on
SOURCES = {
    "shora.session": ("attendance_scan", False),
    "shora.agenda.item": (False,),
    "shora.notice": ("pdf", "pack"),
    "shora.notice.document": ("content",),
    "shora.notice.recipient": ("receipt",),
    "shora.notice.certificate": ("pdf",),
    "shora.minutes": ("pdf", "covering_pdf", False),
    "shora.minutes.addendum": ("pdf", False),
    "shora.minutes.file": ("file",),
    "shora.minutes.step": ("letter_pdf",),
    "shora.resolution": ("letter_pdf", False),
    "shora.resolution.answer": ("file",),
}


class ShoraSession(models.Model):
    """What of a session belongs into the archive, and what is not there yet."""

    _name = "shora.session"
    _inherit = "shora.session"

    def _archive_folder(self):
        """The folder of its copies: council, Jalali year, session."""
        return self.env["shora.archive.folder"]._of(self.council_id, jalali.to_jalali(self.day)[0], self)

    def _archive_missing(self):
        """{session: originals of which the archive has no copy, or whose copy has lost its file}, in superuser mode;
        sessions of which nothing is missing are left out. One query, whatever their number.
        """
        if not self:
            return {}
        self.env.flush_all()
        parts = self._archive_queries()
        missing, files = {}, self.env["ir.attachment"].sudo()  # the rules copy what nobody may read here
        query = SQL("SELECT * FROM (%s) AS missing ORDER BY 1, 2", SQL(" UNION ALL ").join(parts))
        copies = SQL("c.session_id IN %s", tuple(self.ids))
        for session_id, original_id in self.env.execute_query(_uncopied(query, copies)):
            session = self.browse(session_id)
            missing[session] = missing.get(session, files) | files.browse(original_id)
        return missing

    def _archive_queries(self):
        return [self._archive_query(model, names) for model, names in SOURCES.items()]

    def _archive_query(self, model, names):
        own = model == self._name
        attached = SQL(
            # dispatched documents are the notice's; the others at closing, but not what a field of the record holds too
            """
            (a.res_field IS NULL AND s.state = 'closed' AND NOT EXISTS (
                SELECT FROM ir_attachment b
                 WHERE b.res_model = a.res_model AND b.res_id = a.res_id AND b.res_field IS NOT NULL
                   AND b.checksum = a.checksum))
            """
        )
        held = tuple(filter(None, names))
        conditions = ([SQL("a.res_field IN %s", held)] if held else []) + ([attached] if False in names else [])
        condition = SQL("(%s)", SQL(" OR ").join(conditions))
        return SQL(
            """
            SELECT s.id AS session_id, a.id AS original_id
              FROM ir_attachment a
              JOIN %(table)s r ON r.id = a.res_id
              JOIN shora_session s ON s.id = r.%(key)s
             WHERE a.res_model = %(model)s AND a.checksum IS NOT NULL AND s.id IN %(ids)s AND %(condition)s
               AND %(uncopied)s
            """,
            table=SQL.identifier(self.env[model]._table),
            key=SQL.identifier("id" if own else "session_id"),
            model=model,
            ids=tuple(self.ids),
            condition=condition,
            uncopied=UNCOPIED,
        )

    @api.model
    def _cron_archive(self):
        """Copy what the Secretariat has no copy of (5-7); hourly, idempotent, one commit a record. One that cannot be
        copied stops no other; the job says so at its end.

        :raises Exception: what kept the last one of them from being copied
        """
        progress = self.env["ir.cron"]._commit_progress
        system = self._as_system()
        owners = system._archive_owners()
        progress(remaining=len(owners))
        failed = None
        for owner in owners:
            try:
                with self.env.cr.savepoint():
                    system.env["shora.archive.copy"]._keep_missing(owner.try_lock_for_update())
            except Exception as error:
                failed = error
            if not progress(1):
                break
        if failed:
            raise failed

    @api.model
    def _archive_owners(self, councils=None):
        """{session or other record: originals without a whole copy} of all that is archived.

        :param councils: only theirs
        """
        ours = Domain.TRUE if councils is None else Domain("council_id", "in", councils.ids)
        missing = {}
        for model, condition in (
            (self._name, Domain("state", "not in", ("draft", "scheduled"))),
            ("shora.decree", Domain("pdf_sha256", "!=", False)),
            ("shora.annual.plan", Domain.TRUE),
            ("shora.annual.plan.amendment", Domain.TRUE),
        ):
            missing.update(self.env[model].search(ours & condition)._archive_missing())
        return missing


class ShoraDecree(models.Model):
    """Issued decrees and what was filed with them: kept by council and Jalali year."""

    _name = "shora.decree"
    _inherit = "shora.decree"

    def _archive_folder(self):
        year, _month, _day = jalali.to_jalali(clock.tehran_day(self.issued_at))
        return self.env["shora.archive.folder"]._of(self.council_id, year)

    def _archive_missing(self):
        return self.env["shora.archive.copy"]._missing_of(self, ("pdf", "cv"))


class ShoraPlanApprovalMixin(models.AbstractModel):
    """What was filed with the decision on an annual plan (5-4): kept by council and the year of the plan."""

    _name = "shora.plan.approval.mixin"
    _inherit = "shora.plan.approval.mixin"

    def _archive_folder(self):
        return self.env["shora.archive.folder"]._of(self.council_id, self._plan_year())

    def _archive_missing(self):
        return self.env["shora.archive.copy"]._missing_of(self, ("decision_scan",))


class ShoraFinding(models.Model):
    """A file of which the Secretariat has had no copy for a day (5-7)."""

    _name = "shora.finding"
    _inherit = "shora.finding"

    code = fields.Selection(
        selection_add=[("archive_missing", "Copy missing in the Secretariat's archive")],
        ondelete={"archive_missing": "cascade"},
    )

    def _expectations(self):
        return [*super()._expectations(), self._expect_archive]

    @api.model
    def _due_for_archive(self, owner, originals):
        """The moments from which copies of ``originals`` are awaited: what is attached to a session's records, from its
        closing on. False where nothing says when it was written.
        """
        closed = owner.attendance_confirmed_at if owner._name == "shora.session" else False
        for one in originals:
            awaits_closing = one.write_date and closed and not one.res_field
            yield max(one.write_date, closed) if awaits_closing else one.write_date

    def _expect_archive(self, councils):
        limit = fields.Date.subtract(fields.Datetime.now(), days=1)
        found = {}
        missing = self.env["shora.session"]._archive_owners(councils)
        # one query, however many originals
        self.env["ir.attachment"].union(*missing.values()).fetch(["write_date", "res_field"])
        for owner, originals in missing.items():
            late = [day for day in self._due_for_archive(owner, originals) if not day or day < limit]
            if late:
                since = min(day or limit for day in late)  # what was written past Odoo has no date
                clause = owner.council_id.bylaw_id._clause("5-7")
                found[owner.council_id.id, "archive_missing", owner._name, owner.id] = {
                    "clause_id": clause.id,
                    "severity": "warn",
                    "actor": "head",
                    "date_since": clock.tehran_day(since),
                }
        return found
