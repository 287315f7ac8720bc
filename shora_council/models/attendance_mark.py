import re
from datetime import UTC, datetime, time

from odoo import fields, models
from odoo.addons.web_jalali.tools import jalali
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..rules import clock
from .attendance import AWAY

TIMES = ("arrived_at", "left_at")
HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class ShoraAttendance(models.Model):
    """Marking by several people at once: a mark carries what its author saw, a stale one is refused."""

    _name = "shora.attendance"
    _inherit = "shora.attendance"

    def mark(self, values, seen):
        """Mark one row of a running session.

        :param values: any of ``status`` (a status), ``arrived_at`` and ``left_at`` ("HH:MM" of Tehran on the session's
            day, "now", or empty) and ``note`` (text)
        :param seen: what the author's screen shows of the row under the same keys, and of its times, as "HH:MM"
        :return: the row as ``get_run()`` of the session gives it
        :raises AccessError: the user may not write attendance
        :raises UserError: somebody marked the row meanwhile, the session is not running, or a time cannot be read
        """
        self.ensure_one()
        self.check_access("write")
        self._lock_to_mark()
        self._check_seen(values, seen)
        vals = {name: self._moment(value) if name in TIMES else value for name, value in values.items()}
        if vals.get("status") == "late" and not vals.get("arrived_at") and not self.arrived_at:
            vals["arrived_at"] = max(self._moment("now"), self.session_start)
        self.write(vals)
        return self._run_line()

    def _lock_to_mark(self):
        """A concurrent mark is waited for here; its loser is replayed by Odoo and then meets the comparison."""
        self.flush_recordset()
        self.env.cr.execute(SQL("SELECT id FROM shora_attendance WHERE id = %s FOR UPDATE", self.id))
        self.invalidate_recordset()

    def _check_seen(self, values, seen):
        """
        :raises UserError: what the author saw is no longer what is recorded
        """
        now = self._run_line()
        # Who was not there has no hours: a mark that takes them away must have seen them.
        touched = {*values, *(TIMES if values.get("status") in AWAY else ())}
        stale = [name for name in touched if (seen.get(name) or "") != (now[name] or "")]
        if stale:
            label = dict(self._fields["status"]._description_selection(self.env))[self.status]
            raise UserError(
                self.env._(
                    "%(name)s has been marked “%(status)s” by %(user)s meanwhile; look again before you change it.",
                    name=self.sudo().partner_id.name,
                    status=label,
                    user=self.sudo().write_uid.name,
                )
            )

    def _moment(self, text):
        """Naive UTC of ``text``, "HH:MM" in Tehran on the session's day; False for none.

        :raises UserError: no such hour
        """
        if not text:
            return False
        if text == "now":
            return fields.Datetime.now().replace(second=0)
        match = HOUR.fullmatch(jalali.latin_digits(str(text)).strip())
        if not match:
            raise UserError(self.env._("“%(text)s” is no hour; write it as 10:15.", text=text))
        local = datetime.combine(self.session_id.day, time(int(match[1]), int(match[2])), clock.TEHRAN)
        return local.astimezone(UTC).replace(tzinfo=None)

    def _run_line(self):
        """This row as the running screen shows it; names are known to whoever reads the session."""
        self.ensure_one()
        row, local = self.sudo(), self.env["shora.words"]._local
        return {
            "id": self.id,
            "partner_id": row.partner_id.id,
            "name": row.partner_id.name,
            "seat": row._seat_name(),
            "kind": row.kind,
            "status": row.status,
            "arrived_at": local(row.arrived_at),
            "left_at": local(row.left_at),
            "note": row.note or "",
        }
