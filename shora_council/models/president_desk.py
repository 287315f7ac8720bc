from odoo import api, models
from odoo.fields import Domain

from ..rules import clock
from .dossier_decision import DECIDERS
from .resolution_decision import DECISIONS


class ShoraPresidentDesk(models.AbstractModel):
    """The President's desk: a dossier on one page, each resolution with the Secretariat's recommendation and room for
    his marginal note (5-9). Read with the reader's own rights.
    """

    _name = "shora.president.desk"
    _description = "President's desk"

    @api.model
    def get_page(self, dossier_id=None):
        """What the President's page shows.

        A line has ``id``, ``number``, ``title``, ``body`` (HTML), ``executor``, ``due``, ``summary``,
        ``recommendation``, ``previous`` (his earlier word on what he referred), ``decision``, ``decision_label``,
        ``text``, ``day`` ("YYYY-MM-DD"), ``day_text``, ``recorded`` (by whom and for whom), ``revision``,
        ``is_final`` and ``scans`` (``id``, ``name``).

        :param dossier_id: the dossier to show; default the one that has waited longest, else the last one decided
        :return: dict of ``today`` ("YYYY-MM-DD"), ``may_decide``, ``is_office``, ``decisions`` (``key``, ``label``),
            ``dossiers`` (those that wait: ``id``, ``name``, ``age``, ``decided``, ``total``) and ``dossier``
            (``id``, ``name``, ``state``, ``state_label``, ``introduction``, ``presented``, ``age``, ``first_day``,
            ``scans`` and ``parts``: minutes with ``council``, ``session``, ``day``, ``summary``, ``days`` and
            ``lines``), or False when there is none
        :raises AccessError: the dossiers are not for this user
        """
        dossiers = self.env["shora.dossier"]
        dossiers.check_access("read")
        waiting = dossiers.search(Domain("state", "=", "presented"), order="presented_at, id")
        if dossier_id:
            shown = dossiers.browse(dossier_id).exists()
            shown.check_access("read")
        else:
            shown = waiting[:1] or dossiers.search(Domain("state", "=", "decided"), order="decided_on desc", limit=1)
        roles = self.env.user._shora_roles(self.env["shora.council"])
        labels = self.env["shora.dossier.line"]._decision_labels()
        return {
            "today": self.env["shora.council"]._today().isoformat(),
            "may_decide": bool(roles.intersection(DECIDERS)),
            "is_office": "office" in roles and "president" not in roles,
            "decisions": [{"key": key, "label": labels[key]} for key, _label in DECISIONS],
            "dossiers": [
                {
                    "id": dossier.id,
                    "name": dossier.display_name,
                    "age": dossier.age,
                    "decided": dossier.decided_count,
                    "total": dossier.line_count,
                }
                for dossier in waiting | shown
            ],
            "dossier": shown._page() if shown else False,
        }


class ShoraDossier(models.Model):
    _name = "shora.dossier"
    _inherit = "shora.dossier"

    def _page(self):
        """This dossier as the President's page shows it."""
        self.ensure_one()
        words = self.env["shora.words"]
        presented = self.presented_at and clock.tehran_day(self.presented_at)
        parts = [part._page_part() for part in self.part_ids]
        again = self.line_ids.filtered("is_again")
        if again:
            parts.append(
                {
                    "id": 0,
                    "council": self.env._("Presented again"),
                    "session": "",
                    "day": "",
                    "summary": "",
                    "days": None,
                    "lines": [line._page_line() for line in again],
                }
            )
        return {
            "id": self.id,
            "name": self.display_name,
            "state": self.state,
            "state_label": self._state_label(self.state),
            "introduction": self.introduction or "",
            "presented": self.presented_name or "",
            "presented_day": words._day(presented),
            "first_day": presented.isoformat() if presented else "",
            "age": self.age,
            "scans": self.line_ids._scan_rows(self.scan_ids.filtered(lambda scan: not scan.line_id)),
            "parts": parts,
        }


class ShoraDossierMinutes(models.Model):
    _name = "shora.dossier.minutes"
    _inherit = "shora.dossier.minutes"

    def _page_part(self):
        session = self.session_id
        return {
            "id": self.id,
            "minutes_id": self.minutes_id.id,
            "council": session.council_id.name,
            "session": session.display_name,
            "day": self.env["shora.words"]._long_day(session.day),
            "summary": self.summary or "",
            "days": self.days_total or self._days_so_far(),
            "lines": [line._page_line() for line in self.line_ids],
        }

    def _days_so_far(self):
        return (self.env["shora.council"]._today() - self.session_day).days if self.session_day else 0


class ShoraDossierLine(models.Model):
    _name = "shora.dossier.line"
    _inherit = "shora.dossier.line"

    def _page_line(self):
        """This line as the President's page shows it; names are known to whoever reads the dossier."""
        self.ensure_one()
        words, line = self.env["shora.words"], self.sudo()
        resolution = line.resolution_id
        return {
            "id": self.id,
            "number": words._digits(resolution.number or ""),
            "title": resolution.name or self.env._("Minutes without resolutions"),
            "body": str(resolution.body or ""),
            "executor": resolution.owner_id.name or "",
            "due": words._day(resolution.date_due),
            "council": line.council_id.short_name if self.is_again else "",
            "summary": self.summary or "",
            "recommendation": self.recommendation or "",
            "previous": self._page_previous(),
            "decision": self.decision or "",
            "decision_label": self._decision_labels().get(self.decision, ""),
            "text": self.text or "",
            "day": self.decided_on.isoformat() if self.decided_on else "",
            "day_text": words._day(self.decided_on),
            "recorded": self._page_recorded(),
            "revision": self.revision,
            "is_final": self.is_final,
            "scans": self._scan_rows(self.scan_ids),
        }

    def _page_recorded(self):
        if not self.revision:
            return ""
        if self.on_behalf:
            return self.env._("%(user)s, on behalf of %(name)s", user=self.recorded_name, name=self.on_behalf)
        return self.recorded_name or ""

    def _page_previous(self):
        """His earlier word on what is presented again."""
        resolution = self.resolution_id
        if not self.is_again or self.is_final or not resolution.president_decision:
            return ""
        return self.env._(
            "%(decision)s on %(day)s: %(text)s",
            decision=self._decision_labels()[resolution.president_decision],
            day=self.env["shora.words"]._day(resolution.president_decided_on),
            text=resolution.president_text or "",
        )
