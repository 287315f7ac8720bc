import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

#: days after which a file is deleted; it can be made again at any time
KEPT_DAYS = 30
#: whose it is: the Secretariat's (5-7, 5-8)
MAKERS = frozenset({"secretariat", "head"})
RUNNING = ("queued", "building")


class ShoraYearFile(models.Model):
    """All of a council's Jalali year in one ZIP: documents as they were sealed, registers, hashes, integrity result.

    Made in the background, one commit for each paper: a job that is broken off goes on where it was, and what was made
    is not made again. Everything is looked for with the rights of who ordered it. The Secretariat alone orders, reads
    and downloads it: it is cut from the Secretariat's archive (5-7), in which a council's secretary has no rights
    (5-8); the secretary has each of the papers and reports beside. Nobody writes or deletes one by hand; it is deleted
    after ``KEPT_DAYS``.
    """

    _name = "shora.year.file"
    _description = "File of a council's year"
    _order = "id desc"

    council_id = fields.Many2one("shora.council", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    year = fields.Integer(string="Jalali year", required=True, aggregator=None)
    state = fields.Selection(
        [("queued", "Waiting"), ("building", "Being made"), ("done", "Ready"), ("failed", "Not made")],
        required=True,
        default="queued",
    )
    ordered_by_id = fields.Many2one("res.users", string="Ordered by", required=True, ondelete="cascade")
    ordered_at = fields.Datetime(string="Ordered at", required=True)
    finished_at = fields.Datetime(string="Finished at")
    expires_on = fields.Date(string="Kept until")
    reason = fields.Char(string="Why it was not made")
    unit_ids = fields.One2many("shora.year.file.unit", "file_id", string="Papers")
    unit_count = fields.Integer(string="All papers", compute="_compute_progress")
    done_count = fields.Integer(string="Papers made", compute="_compute_progress")
    missing_count = fields.Integer(string="Papers missing", compute="_compute_progress")
    progress = fields.Integer(compute="_compute_progress", help="In percent.")
    file = fields.Binary(attachment=True, string="ZIP")
    file_name = fields.Char(compute="_compute_file_name")
    file_size = fields.Char(string="Size", compute="_compute_file_size")
    sha256 = fields.Char(string="SHA-256")

    _one_at_a_time = models.UniqueIndex(
        "(council_id, year) WHERE state IN ('queued', 'building')", "This year's file is being made already."
    )

    @api.depends("council_id", "year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        digits = self.env["shora.words"]._digits
        for one in self:
            one.display_name = self.env._(
                "File of the year %(year)s: %(council)s", year=digits(one.year), council=one.council_id.short_name
            )

    @api.depends("unit_ids.state", "state")
    def _compute_progress(self):
        counted = {}
        for one, state, count in self.env["shora.year.file.unit"]._read_group(
            Domain("file_id", "in", self.ids), ["file_id", "state"], ["__count"]
        ):
            counted.setdefault(one.id, {})[state] = count
        for one in self:
            own = counted.get(one.id, {})
            one.unit_count = sum(own.values())
            one.missing_count = own.get("missing", 0)
            one.done_count = own.get("made", 0) + one.missing_count
            # the last percent is the ZIP itself
            one.progress = 100 if one.state == "done" else 99 * one.done_count // (one.unit_count or 1)

    @api.depends("council_id.code", "year")
    def _compute_file_name(self):
        for one in self:
            one.file_name = f"{one.council_id.code}-{one.year}.zip"

    @api.depends("file")
    def _compute_file_size(self):
        files = self.env["ir.attachment"].sudo()  # the size alone
        sizes = {
            one.res_id: one.file_size
            for one in files.search_fetch(
                Domain("res_model", "=", self._name)
                & Domain("res_field", "=", "file")
                & Domain("res_id", "in", self.ids),
                ["res_id", "file_size"],
            )
        }
        for one in self:
            one.file_size = self.env["shora.pdf"]._size_phrase(sizes[one.id]) if one.id in sizes else False

    def unlink(self):
        self.unit_ids.unlink()  # with their attachments
        return super().unlink()

    # --- ordering ---

    @api.model
    def _check_may_order(self, council):
        """
        :raises AccessError: not the Secretariat, or a council that the user may not read
        """
        if not self.env.user._shora_roles(council) & MAKERS:
            raise AccessError(self.env._("The file of a council's year is made for the Secretariat alone (5-7, 5-8)."))
        council.check_access("read")

    @api.model
    def _place_order(self, council, year):
        """The file of this year that is being made, or a new one, to be made in the background.

        :raises AccessError: see :meth:`_check_may_order`
        """
        self._check_may_order(council)
        files = self.sudo()  # nobody writes one by hand; who may order was asked
        running = files.search(
            Domain("council_id", "=", council.id) & Domain("year", "=", year) & Domain("state", "in", RUNNING)
        )
        if not running:
            running = files.create(
                {
                    "council_id": council.id,
                    "year": year,
                    "ordered_by_id": self.env.uid,
                    "ordered_at": fields.Datetime.now(),
                }
            )
            self.env.ref("shora_council_reports.cron_year_files").sudo()._trigger()
        return running.with_env(self.env)

    def action_download(self):
        """
        :raises UserError: it is not ready
        """
        self.ensure_one()
        if self.state != "done":
            raise UserError(self.env._("The file is not ready yet."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{self.file_name}?download=true",
            "target": "self",
        }

    def action_look_again(self):
        """Show how far it is: the form is read again."""
        self.check_access("read")
        return True

    # --- making ---

    @api.model
    def _cron_build(self):
        """Make what was ordered, oldest first: one commit a paper and one for the ZIP; the next run goes on with it."""
        progress = self.env["ir.cron"]._commit_progress
        files = self.search(Domain("state", "in", RUNNING), order="id")
        progress(remaining=self._left())
        for one in files:
            if not one._build(progress):
                return

    @api.model
    def _left(self):
        """Commits that are still to come, as far as is known: the papers waiting, and the ZIP of each file."""
        running = Domain("state", "in", RUNNING)
        papers = self.unit_ids.search_count(Domain("file_id", "any", running) & Domain("state", "=", "waiting"))
        return papers + self.search_count(running)

    def _build(self, progress):
        """Go on with this file until it is ready, cannot be made, or time is up.

        :param progress: commits, and says how much time is left
        :return: whether it came to an end
        """
        try:
            if self.state == "queued":
                with self.env.cr.savepoint():
                    self._begin()
                if not progress(0, remaining=self._left()):
                    return False
            for unit in self.unit_ids.filtered(lambda unit: unit.state == "waiting"):
                unit._make()
                if not progress(1):
                    return False
            with self.env.cr.savepoint():
                self._finish()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # one file must not keep the others from being made
            _logger.exception("The file of the year %s could not be made", self.id)
            self._fail(error)
        progress(1)
        return True

    def _begin(self):
        self.env["shora.year.file.unit"].create(
            [{**values, "file_id": self.id, "sequence": place} for place, values in enumerate(self._papers(), start=1)]
        )
        self.state = "building"

    def _finish(self):
        self._bind()
        today = self.env["shora.council"]._today()
        self.write(
            {
                "state": "done",
                "finished_at": fields.Datetime.now(),
                "expires_on": fields.Date.add(today, days=KEPT_DAYS),
            }
        )
        self._tell("success", lambda told: told.env._("Ready to be downloaded."))

    def _fail(self, error):
        told = isinstance(error, UserError)
        self.write(
            {
                "state": "failed",
                "finished_at": fields.Datetime.now(),
                "expires_on": fields.Date.add(self.env["shora.council"]._today(), days=KEPT_DAYS),
                "reason": str(error) if told else self.env._("An error of the server; its log says more."),
            }
        )
        self._tell("danger", lambda told: told.reason)

    def _tell(self, kind, speak):
        """On the screen of who ordered it, in that person's language."""
        user = self.ordered_by_id
        for told, _partner, text in self.env["shora.reader"]._spoken(self, user.partner_id, speak):
            user._bus_send(
                "simple_notification", {"type": kind, "title": told.display_name, "message": text, "sticky": True}
            )

    def _reader(self):
        """This file in the hands of who ordered it, in the language of the office: what is looked for and shown."""
        office = self.env["shora.reader"]._of_office(self)
        return office.with_user(self.ordered_by_id).with_context(
            tz="Asia/Tehran",
            allowed_company_ids=self.company_id.ids,
            active_test=False,
        )

    @api.autovacuum
    def _gc_expired(self):
        self.search(Domain("expires_on", "<", self.env["shora.council"]._today())).unlink()
