"""What people type into the councils' records is stored in one spelling: ی and ک, no Arabic digits, Latin ones in
numbers and codes, no tatweel, no loose half-spaces. So lists sort, unique numbers are unique, and prints agree."""

from odoo import api, models
from odoo.addons.web_jalali.tools import jalali, persian

#: not typed by anybody, or to be kept to the letter: what a seal, a key or an address is compared with, copies of names
#: as they were printed
KEPT = frozenset(
    {
        "address",
        "addressee_name",
        "addressee_title",
        "facts_json",
        "content_json",
        "notified_name",
        "password",
        "presented_name",
        "recipient_name",
        "recipient_position",
        "signed_name",
        "video_url",
    }
)
KEPT_MODELS = ("shora.minutes.file.signature", "shora.seal", "shora.integrity")
TYPED = {"char": persian.normalise, "text": persian.normalise, "html": persian.normalise_html}


def _code(text):
    return jalali.latin_digits(persian.normalise(text))


class Base(models.AbstractModel):
    _name = "base"
    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_typed_here():
            vals_list = [self._in_one_spelling(vals) for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        return super().write(self._in_one_spelling(vals) if self._is_typed_here() else vals)

    def _is_typed_here(self):
        return self._name.startswith("shora.") and not self._name.startswith(KEPT_MODELS)

    def _in_one_spelling(self, vals):
        changed = {}
        for name, value in vals.items():
            # str alone: markup made by the program is no typed text, and hashes have nothing to change
            if type(value) is str and value and not value.isascii() and (field := self._fields.get(name)):
                spell = TYPED.get(field.type) if not self._is_kept(field) else None
                if spell:
                    spell = _code if name.endswith(("number", "code")) else spell
                    changed[name] = spell(value)
        return {**vals, **changed} if changed else vals

    @staticmethod
    def _is_kept(field):
        return field.readonly or field.name in KEPT or field.name.startswith("printed_")
