from odoo import api, models
from odoo.fields import Domain


class HrDepartment(models.Model):
    """Where a post of the Secretariat changes hands in HR, its rights do, in the same transaction (5-8)."""

    _name = "hr.department"
    _inherit = "hr.department"

    def write(self, vals):
        result = super().write(vals)
        if {"manager_id", "parent_id", "active", "company_id"} & vals.keys():
            self.env["res.users"]._shora_sync_secretariat()
        return result


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = "hr.employee"

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        self.env["res.users"]._shora_sync_secretariat()
        return employees

    def write(self, vals):
        result = super().write(vals)
        if {"active", "user_id"} & vals.keys():
            self.env["res.users"]._shora_sync_secretariat()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["res.users"]._shora_sync_secretariat()
        return result


class HrVersion(models.Model):
    _name = "hr.version"
    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        self.env["res.users"]._shora_sync_secretariat()
        return versions

    def write(self, vals):
        result = super().write(vals)
        if {"department_id", "date_version", "active", "employee_id", "departure_date"} & vals.keys():
            self.env["res.users"]._shora_sync_secretariat()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["res.users"]._shora_sync_secretariat()
        return result


class ShoraDecree(models.Model):
    """A decree of a secretary begins or ends, so may a conflict of posts (5-8)."""

    _name = "shora.decree"
    _inherit = "shora.decree"

    def _on_issued(self):
        result = super()._on_issued()
        if self._councils_of_secretaries():
            self.env["res.users"]._shora_sync_secretariat()
        return result

    def _on_in_force(self):
        if self._councils_of_secretaries():
            self.env["res.users"]._shora_sync_secretariat()

    def _on_ended(self):
        result = super()._on_ended()
        if self._councils_of_secretaries():
            self.env["res.users"]._shora_sync_secretariat()
        return result

    @api.model
    def _cron_terms(self):
        """Versions of employees and decrees begin by the calendar too; hourly, before the decrees' own turn."""
        self.env["res.users"]._shora_sync_secretariat()
        result = super()._cron_terms()
        self.env["shora.council"].search(Domain("is_coordination", "=", False))._follow_secretaries()
        return result
