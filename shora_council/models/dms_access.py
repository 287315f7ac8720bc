from odoo import models
from odoo.fields import Domain


class DmsSecurityMixin(models.AbstractModel):
    """Asked about single directories or files of the councils, the documents app answers as its searches do.

    Its own ``check_access`` lets everything pass that is named by id, since its rules are written for searches; its
    portal page and the chatter go by that answer. In the councils' tree the name of a directory is the title of an
    agenda item.
    """

    _inherit = "dms.security.mixin"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or self.env.su or not any(self._ids):
            return result
        ours = self.browse(self._of_councils().ids)
        if not ours:
            return result
        rules = self.env["ir.rule"]
        allowed = self.with_context(active_test=False).search(
            Domain("id", "in", ours.ids) & Domain(rules._compute_domain(self._name, operation))
        )
        forbidden = ours.browse(set(ours.ids) - set(allowed.ids))
        return (forbidden, lambda: rules._make_access_error(operation, forbidden)) if forbidden else result
