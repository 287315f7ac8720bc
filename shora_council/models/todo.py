from odoo import api, models
from odoo.fields import Domain


class ShoraTodo(models.AbstractModel):
    """To-dos of a role: one activity for each who holds it, of a type of our own, found again by that type.

    A to-do follows facts. Whoever does the work, all of them are gone when the fact is gone; a to-do nobody may close
    by hand does not exist, but the next check opens it again.
    """

    _name = "shora.todo"
    _description = "To-dos of a role"

    @api.model
    def _open(self, records, type_xmlid, users, speak, deadlines):
        """Make the open to-dos of ``records`` agree with what is asked; twice gives nothing twice.

        :param type_xmlid: xml id of our activity type
        :param users: {record: res.users who shall act}
        :param speak: takes a record as its users read it and gives the text
        :param deadlines: {record: date in Tehran}
        """
        if not records:
            return
        kind = self.env.ref(type_xmlid)
        present = {(todo.res_id, todo.user_id.id): todo for todo in self._present(records, kind)}
        readers = self.env["shora.reader"]
        everybody = self.env["res.users"].sudo().union(*filter(None, users.values()))  # sudo: as the readers' manners
        manners = readers._manners(everybody.partner_id)
        new = []
        for record in records:
            holders = users.get(record) or self.env["res.users"]
            spoken = readers._spoken(record, holders.sudo().partner_id, speak, manners)
            texts = {partner: text for _told, alike, text in spoken for partner in alike}
            for user in holders:
                todo = present.pop((record.id, user.id), None)
                asked = {"summary": texts[user.sudo().partner_id], "date_deadline": deadlines[record]}
                if todo is None:
                    new.append(
                        {
                            **asked,
                            "activity_type_id": kind.id,
                            "res_model_id": self.env["ir.model"]._get_id(record._name),
                            "res_id": record.id,
                            "user_id": user.id,
                        }
                    )
                elif any(todo[name] != value for name, value in asked.items()):
                    todo.write(asked)
        activities = self.env["mail.activity"].sudo()  # a to-do is set by the rules, not by whoever triggers them
        activities.union(*present.values()).unlink()  # no longer in the role
        # The desk and the inbox show it; a mail for each would say the same once more.
        activities.with_context(mail_activity_quick_update=True).create(new)

    @api.model
    def _close(self, records, type_xmlid):
        """The fact behind the to-dos is gone."""
        if records:
            self._present(records, self.env.ref(type_xmlid)).unlink()

    def _present(self, records, kind):
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                Domain("res_model", "=", records._name)
                & Domain("res_id", "in", records.ids)
                & Domain("activity_type_id", "=", kind.id)
            )
        )
