from odoo import api, fields, models
from odoo.exceptions import AccessDenied, UserError


class ShoraSign(models.TransientModel):
    """Asks whoever signs to prove who it is (5-5): the password, and the second factor of users who have one.

    Asked for each signature, not once in a while: a desk left open signs nothing. A failed attempt is answered in the
    dialog, not by an error, so that what Odoo counts of failed attempts is kept.
    """

    _name = "shora.sign"
    _description = "Sign"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    subject = fields.Char(compute="_compute_subject")
    signer = fields.Char(compute="_compute_subject", string="Signed by")
    second_factor = fields.Char(compute="_compute_second_factor")
    # Never stored: the button hands them over in its context, as Odoo's own identity check does.
    password = fields.Char(store=False)
    code = fields.Char(store=False, string="Code of the second factor")
    refusal = fields.Char(readonly=True)

    @api.depends("res_model", "res_id")
    def _compute_subject(self):
        for dialog in self:
            dialog.subject = dialog._record().display_name
            dialog.signer = self.env.user.name

    @api.depends_context("uid")
    def _compute_second_factor(self):
        self.second_factor = self.env.user._mfa_type() or ""

    @api.model
    def _dialog(self, record):
        dialog = self.create({"res_model": record._name, "res_id": record.id})
        if dialog.second_factor == "totp_mail":
            self.env.user._send_totp_mail_code()
        return dialog._show()

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "medium"},
        }

    def _record(self):
        """
        :raises UserError: the dialog is not for a document that is signed here
        """
        self.ensure_one()
        if self.res_model not in self.env or not hasattr(self.env[self.res_model], "_identity"):
            raise UserError(self.env._("There is no such document."))
        return self.env[self.res_model].browse(self.res_id)

    def action_confirm(self):
        """Sign, when password and code (``password`` and ``code`` of the context) are right."""
        self.ensure_one()
        if self.create_uid != self.env.user:
            raise UserError(self.env._("This dialog is another user's."))
        record = self._record()
        how, refusal = self._identify(self.env.context.get("password"), self.env.context.get("code"))
        if refusal:
            self.refusal = refusal
            return self._show()
        record.with_context(password=None, code=None)._sign(how)
        return {"type": "ir.actions.act_window_close"}

    def _identify(self, password, code):
        """How the current user has proven who it is, or why not.

        :return: (identity of ``shora.seal``, False) or (False, a sentence)
        """
        user = self.env.user
        factor = self.second_factor
        try:
            with user._assert_can_auth(user=user.id):
                user._check_credentials(
                    {"type": "password", "login": user.login, "password": password or ""}, {"interactive": True}
                )
        except AccessDenied:
            return False, self.env._("The password is not right. Nothing was signed.")
        if not factor:
            return "password", False
        digits = "".join(str(int(sign)) for sign in code or "" if sign.isdecimal())
        try:
            with user._assert_can_auth(user=user.id):
                user._check_credentials({"type": factor, "token": int(digits or 0)}, {"interactive": True})
        except AccessDenied:
            return False, self.env._("The code of the second factor is not right. Nothing was signed.")
        return "password_code", False
