from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain

TODO = "shora_council.activity_joint_item"
#: sessions of a council whose agenda takes items from elsewhere: what was sent out is the secretary's to add to
OPEN_FOR_ITEMS = ("draft", "scheduled")


class ShoraJointPush(models.Model):
    """Where a theme stands in its council: put on the next open agenda, waiting for one, asked of the secretary."""

    _name = "shora.joint.push"
    _inherit = "shora.joint.push"

    def _place(self):
        """Put what waits on the next session of its council whose agenda is still open; superuser mode. Six queries
        and one batch of items for any number of councils.
        """
        system = self.with_user(self.env.ref("base.user_root")) if self else self
        chains = system._chains()
        waiting = system.filtered(lambda push: push.id not in chains or push._is_lost(chains[push.id][-1]))
        sessions = waiting.council_id._next_open_sessions()
        ready = waiting.filtered(lambda push: push.council_id.id in sessions)
        items = (
            self.env["shora.agenda.item"]
            ._as_system()
            .create([push._item_values(sessions[push.council_id.id]) for push in ready])
        )
        for push, item in zip(ready, items, strict=True):
            item._store_facts({"source": "joint", "joint_push_id": push.id})
        system._ask()

    def _item_values(self, session):
        theme = self.item_id
        raised = self.env["shora.pdf"]
        office = theme.with_context(lang=raised._language())
        origin = office.env._("Raised in %(session)s", session=office.session_id.display_name)
        return {
            "session_id": session.id,
            "name": theme.name,
            "description": Markup("<p>%s</p>") % origin + (theme.description or Markup("")),
            "proposer_id": self.pushed_by_id.partner_id.id,
            "minutes_planned": theme.minutes_planned,
            "theme_ids": [(6, 0, theme.theme_ids.ids)],
            "attachment_ids": [(6, 0, theme.attachment_ids.ids)] if self.with_documents else [],
        }

    def _ask(self):
        """A to-do of the council's secretary until the item is answered; while none of its sessions is open for it,
        that it waits.
        """
        if not self:
            return
        chains = self._chains()
        unanswered = self.filtered(
            lambda push: (
                push.id not in chains or push._is_lost(chains[push.id][-1]) or chains[push.id][-1].state == "proposed"
            )
        )
        todos = self.env["shora.todo"]
        todos._close(self - unanswered, TODO)
        today = self.env["shora.council"]._today()
        users = unanswered.council_id._office_users()
        sessions, days = {}, {}
        for push in unanswered:
            item = chains[push.id][-1] if push.id in chains else None
            if item and not push._is_lost(item):
                sessions[push] = session = item.session_id
                days[push] = session.notice_last_day or session.day
            else:
                days[push] = today
        todos._open(
            unanswered,
            TODO,
            {push: users.get(push.council_id.id) for push in unanswered},
            lambda told: told._asked_sentence(sessions.get(told)),
            days,
        )

    def _asked_sentence(self, session):
        if not session:
            return self.env._(
                "The joint meeting put “%(item)s”: plan a session whose agenda takes it", item=self.item_id.name
            )
        return self.env._(
            "Answer the joint meeting: “%(item)s” is proposed for %(session)s",
            item=self.item_id.name,
            session=session.with_env(self.env).display_name,
        )

    @api.model
    def _waiting_of(self, councils):
        """Themes put to ``councils`` that wait for a session; superuser mode."""
        pushes = self.sudo()  # the rules' own list
        pushes = pushes.search(
            Domain("council_id", "in", councils.ids)
            & (
                Domain("council_item_ids", "=", False)
                | ~Domain(
                    "council_item_ids",
                    "any",
                    Domain("carried_to_id", "=", False)
                    & (
                        Domain("state", "not in", ("proposed", "accepted"))
                        | Domain("session_id.state", "not in", ("cancelled", "not_held"))
                    ),
                )
            )
        )
        return pushes


class ShoraCouncil(models.Model):
    _name = "shora.council"
    _inherit = "shora.council"

    def _next_open_sessions(self):
        """{council id: its next ordinary session whose agenda is still open}; one query, superuser mode."""
        sessions = self.env["shora.session"].sudo()  # the rules put items there, not a reader
        sessions = sessions.search(
            Domain("council_id", "in", self.ids)
            & Domain("kind", "=", "ordinary")
            & Domain("state", "in", OPEN_FOR_ITEMS)
            & Domain("start", ">", fields.Datetime.now()),
            order="start desc, id desc",
        )
        return {session.council_id.id: session for session in sessions}

    def action_open_themes(self):
        """The themes raised in joint sessions and what became of them."""
        return self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_joint_theme_action")


class ShoraSession(models.Model):
    """A newly planned session takes what waits for it; a postponed item keeps what ties it to the joint meeting."""

    _name = "shora.session"
    _inherit = "shora.session"

    def _on_scheduled(self):
        result = super()._on_scheduled()
        own = self.filtered(lambda session: session.kind == "ordinary")
        if own:
            self.env["shora.joint.push"]._waiting_of(own.council_id)._place()
        return result

    def _bring_postponed(self):
        items = super()._bring_postponed()
        for item in items:
            item._store_facts({"joint_push_id": item.carried_from_id.joint_push_id.id})
        return items


class ShoraResolution(models.Model):
    _name = "shora.resolution"
    _inherit = "shora.resolution"

    @api.model
    def _cron_follow(self):
        """Themes of joint sessions that wait, and their to-dos, are followed like resolutions; before them."""
        pushes = self.env["shora.joint.push"].sudo()  # the job sees every council
        pushes._waiting_of(self.env["shora.council"].sudo().search(Domain("is_coordination", "=", False)))._place()
        pushes.search(Domain("council_item_ids.state", "=", "proposed"))._ask()
        return super()._cron_follow()
