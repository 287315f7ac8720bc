from odoo import api, fields, models
from odoo.tools import SQL

from ..rules import post
from .decree import MEMBER_KINDS


class ShoraSeat(models.Model):
    """The posts of seats as HR keeps them, and where the council's decrees lag behind."""

    _name = "shora.seat"
    _inherit = "shora.seat"

    needs_decree = fields.Boolean(compute="_compute_needs_decree", string="New decree needed")

    def _compute_needs_decree(self):
        late = self.sudo()._post_mismatches()
        for seat in self:
            seat.needs_decree = seat.sudo() in late

    @api.model
    def _tied_to_employees(self, employees):
        """Seats whose job one of ``employees`` has, had or will have; one query where no seat has a job."""
        seats = self.sudo().search([("job_id", "!=", False)])  # the rules follow HR, whoever works there
        if not seats or not employees:
            return seats.browse()
        versions = self.env["hr.version"].sudo().with_context(active_test=False)
        versions = versions.search([("employee_id", "in", employees.ids), ("job_id", "in", seats.job_id.ids)])
        return seats.filtered(lambda seat: seat.job_id in versions.job_id)

    def _sync_posts(self):
        """Let the holders of posts follow HR; twice gives nothing twice. Without seats: all that have a job.

        Of several holders of one job the recorded one stays; when that is none of them nobody is chosen, and a finding
        says so.
        """
        seats = (self.sudo() or self.sudo().search([("job_id", "!=", False)])).filtered("job_id")
        if not seats:
            return
        today = self.env["shora.council"]._today()
        tenures = seats._tenures(today)
        for seat in seats:
            holders, left = tenures[seat.job_id.id]
            if seat.post_holder_id.id not in holders:
                if len(holders) > 1:
                    continue
                seat._follow_hr(holders, left, today)
        seats.filtered(lambda seat: seat.post_looked_on != today)._store_post({"post_looked_on": today})
        self.env["shora.finding"]._check(seats.council_id)

    def _follow_hr(self, holders, left, today):
        """Record the one holder HR knows, or that there is none any more.

        :param holders: {partner id: Tenure}, one or none
        :param left: {partner id: Tenure} of those who have had the job and have it no longer
        """
        looked_on, former = self.post_looked_on, self.post_holder_id
        holder = self.env["res.partner"].browse(holders)
        tenure = holders[holder.id] if holder else left.get(former.id, post.Tenure(held=False))
        since = post.effective_day(tenure, looked_on or None, today)
        if not holder and not former:
            return  # still nobody, as far as anybody knows
        if not looked_on or not self.post_holder_since:  # the first that is known of the post is no change of it
            self._store_post({"post_holder_id": holder.id, "post_holder_since": since, "post_letter": False})
        else:
            self._record_holder(holder, since)

    def _tenures(self, day):
        """{job id: ({partner id: Tenure of a holder}, {partner id: Tenure of somebody who left})}; one query.

        A holder is the work contact of an active employee whose version in force on the Tehran day ``day`` has the job.
        """
        jobs = self.job_id.ids
        found = {job: ({}, {}) for job in jobs}
        people = {}
        for employee, partner, active, *version in self._versions_of(jobs):
            people.setdefault((employee, partner, active), []).append(post.Version(*version))
        for (_employee, partner, active), versions in people.items():
            for job in jobs:
                tenure = post.tenure(versions, job, day, active)
                holders, left = found[job]
                if tenure.held and (partner not in holders or tenure.since < holders[partner].since):
                    holders[partner] = tenure
                elif not tenure.held and any(version.job == job for version in versions):
                    left[partner] = tenure
        return found

    def _versions_of(self, jobs):
        """Every version of every employee who has ever had one of ``jobs``."""
        self.env["hr.version"].flush_model(["employee_id", "job_id", "date_version", "active", "departure_date"])
        self.env["hr.employee"].flush_model(["active", "work_contact_id"])
        return self.env.execute_query(
            SQL(
                """
                SELECT e.id, e.work_contact_id, e.active,
                       v.date_version, v.job_id, v.departure_date, v.create_date >= %(now)s
                  FROM hr_version v
                  JOIN hr_employee e ON e.id = v.employee_id
                 WHERE v.active AND e.work_contact_id IS NOT NULL
                   AND v.employee_id IN (SELECT w.employee_id FROM hr_version w WHERE w.job_id IN %(jobs)s)
                 ORDER BY e.id, v.date_version
                """,
                now=self.env.cr.now(),
                jobs=tuple(jobs),
            )
        )

    # --- where a decree is missing ---

    def _post_mismatches(self):
        """{seat whose post and decrees disagree: the day since which they do}; three queries for any number of seats.

        A decree that is issued, for the holder or for the holder's standing representative, settles it, even when it
        begins later. Where nobody holds the post, nobody may sit. Several holders in HR settle nothing.
        """
        seats = self.filtered(lambda seat: seat.post_rule != "none")
        today = self.env["shora.council"]._today()
        late = seats._ambiguous(today)
        decrees = self.env["shora.decree"].sudo()
        lasting = decrees.search(
            [("seat_id", "in", seats.ids), ("kind", "in", MEMBER_KINDS), ("state", "in", ("issued", "in_force"))]
        ).filtered(lambda decree: (decree._last_effective_day() or today) >= today)
        by_seat = lasting.grouped("seat_id")
        for seat in seats.filtered("post_holder_since"):
            people = [decree.principal_id or decree.partner_id for decree in by_seat.get(seat, decrees)]
            holder = seat.post_holder_id
            if (holder and holder not in people) or (people and not holder):
                late.setdefault(seat, seat.post_holder_since)
        return late

    def _ambiguous(self, today):
        """{seat whose job several people hold, none of them the one recorded: the day since which the last does}."""
        seats = self.filtered("job_id")
        if not seats:
            return {}
        tenures = seats._tenures(today)
        late = {}
        for seat in seats:
            holders = tenures[seat.job_id.id][0]
            if len(holders) > 1 and seat.post_holder_id.id not in holders:
                late[seat] = max(tenure.since for tenure in holders.values())
        return late
