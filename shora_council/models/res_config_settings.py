from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .sms_gateway import SECRET_VARIABLE


class ResConfigSettings(models.TransientModel):
    """The SMS gateway of the councils' reminders (5-1: SMS only reminds). Its secret is not kept here."""

    _name = "res.config.settings"
    _inherit = "res.config.settings"

    shora_sms_enabled = fields.Boolean(
        string="Reminders by SMS", config_parameter="shora_council.sms_enabled", default=False
    )
    shora_sms_url = fields.Char(string="Address of the gateway", config_parameter="shora_council.sms_url")
    shora_sms_method = fields.Selection(
        [("POST", "POST"), ("GET", "GET")], string="Method", config_parameter="shora_council.sms_method", default="POST"
    )
    shora_sms_content = fields.Selection(
        [("json", "JSON"), ("form", "Form")],
        string="Content",
        config_parameter="shora_council.sms_content",
        default="json",
    )
    shora_sms_body = fields.Char(
        string="Body",
        config_parameter="shora_council.sms_body",
        default='{"to": "{to}", "text": "{text}"}',
    )
    shora_sms_header_name = fields.Char(string="Name of a header", config_parameter="shora_council.sms_header_name")
    shora_sms_header_value = fields.Char(
        string="Value of the header", config_parameter="shora_council.sms_header_value", default="Bearer {secret}"
    )
    shora_sms_has_secret = fields.Boolean(compute="_compute_shora_sms_has_secret")

    @api.depends("shora_sms_enabled")
    def _compute_shora_sms_has_secret(self):
        self.shora_sms_has_secret = bool(self.env["shora.sms.gateway"]._secret())

    def set_values(self):
        self._check_shora_sms()
        return super().set_values()

    def _check_shora_sms(self):
        """
        :raises ValidationError: an address that is not ours to use, or a body that names neither number nor text
        """
        gateway = self.env["shora.sms.gateway"]
        for settings in self.filtered("shora_sms_enabled"):
            gateway._check_url(settings.shora_sms_url)
            where = settings.shora_sms_body if settings.shora_sms_method == "POST" else settings.shora_sms_url
            if not {"{to}", "{text}"} <= {name for name in ("{to}", "{text}") if name in (where or "")}:
                raise ValidationError(
                    self.env._(
                        "Say where number and text go: {to} and {text} belong in the body, or with GET in the address."
                    )
                )
            secret = gateway._secret()
            if (
                secret
                and secret in f"{settings.shora_sms_url}{settings.shora_sms_body}{settings.shora_sms_header_value}"
            ):
                raise ValidationError(
                    self.env._(
                        "Write {secret} where the gateway's key belongs; the key itself stays in the server's "
                        "environment (%(variable)s).",
                        variable=SECRET_VARIABLE,
                    )
                )
