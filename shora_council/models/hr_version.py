from odoo import api, models

#: what decides who holds a job today
WATCHED = {"job_id", "date_version", "active", "employee_id", "departure_date"}


class HrVersion(models.Model):
    """The holder of a post is read from here; what is entered for a coming day waits for that day (hourly job)."""

    _name = "hr.version"
    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        seats = self.env["shora.seat"]._tied_to_employees(versions.employee_id)
        if seats:
            seats._sync_posts()
        return versions

    def write(self, vals):
        if not WATCHED & vals.keys():
            return super().write(vals)
        Seat = self.env["shora.seat"]
        seats = Seat._tied_to_employees(self.employee_id)  # a job that is given up is known only before
        result = super().write(vals)
        seats |= Seat._tied_to_employees(self.employee_id)
        if seats:
            seats._sync_posts()
        return result

    def unlink(self):
        seats = self.env["shora.seat"]._tied_to_employees(self.employee_id)
        result = super().unlink()
        if seats:
            seats._sync_posts()
        return result
