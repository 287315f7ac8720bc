import re
from datetime import date

from babel.dates import format_date
from markupsafe import Markup
from odoo import models
from odoo.addons.web_jalali.tools import jalali

from ..rules import clock
from ..tools import mixed_script

LATIN_END = re.compile(r"[\w.()-]+\.[A-Za-z0-9]+$", re.ASCII)


class ShoraPdf(models.AbstractModel):
    """What the templates of the documents call: days, hours, numbers and the names of technical values.

    Legal dates are Jalali in a Persian document whatever calendar its printer prefers on the screen, so they are made
    here and not by the interface's formats. Hours are Tehran's.
    """

    _name = "shora.pdf"
    _inherit = "shora.pdf"

    def _vocabulary(self):
        """{name: value or function} for the templates; ``self`` carries the document's language."""
        persian = self._is_persian()
        return {
            "language": "fa" if persian else (self.env.lang or "en")[:2],
            "direction": "rtl" if persian else "ltr",
            "comma": "، " if persian else ", ",
            "join": self.env["shora.words"]._join,
            "num": self._digits,
            "day": self._short_day,
            "long_day": self._long_day,
            "weekday": self._weekday,
            "printed_on": self.env["shora.council"]._today(),
            "today_of": lambda moment: clock.tehran_day(moment) if moment else False,
            "hour": lambda moment: self._digits(self.env["shora.words"]._local(moment)),
            "ordinal": self.env["shora.words"]._ordinal,
            "label": lambda group, value: self._labels()[group].get(value, value or ""),
            "clean": self._clean,
            "lines": self._lines,
            "file_name": self._file_name,
            "phrases": self._phrases(),
            "page_of": self._page_of(),
        }

    def _is_persian(self):
        return (self.env.lang or "").startswith("fa")

    def _digits(self, value):
        """``value`` as text, with Persian digits in a Persian document; nothing for None and False, but 0 for 0."""
        if value is None or value is False:
            return ""
        text = jalali.persian_digits(value) if self._is_persian() else mixed_script.keep_number_order(str(value))
        return Markup(text) if isinstance(value, Markup) else text

    def _as_day(self, day):
        return date.fromisoformat(day) if isinstance(day, str) and day else day

    def _short_day(self, day):
        """«۱۴۰۵/۰۹/۰۲», else the ISO date; a date, an ISO text or nothing."""
        day = self._as_day(day)
        if not day:
            return ""
        if not self._is_persian():
            return day.isoformat()
        return jalali.format_jalali(day)

    def _weekday(self, day):
        day = self._as_day(day)
        if not day:
            return ""
        return jalali.WEEKDAYS[day.weekday()] if self._is_persian() else format_date(day, "EEEE", locale="en")

    def _long_day(self, day):
        """«دوشنبه ۲ آذر ۱۴۰۵», else "Monday 23 November 2026"."""
        day = self._as_day(day)
        if not day:
            return ""
        if not self._is_persian():
            return format_date(day, "EEEE d MMMM y", locale="en")
        return jalali.long_jalali(day, weekday=True)

    def _file_name(self, name):
        """A file's name, its Latin end («1.pdf») kept together: bidi would tear it apart after Persian words."""
        return LATIN_END.sub("\u2066\\g<0>\u2069", name or "")

    def _lines(self, text):
        """The filled lines of a plain text."""
        return [line.strip() for line in (text or "").splitlines() if line.strip()]

    def _page_of(self):
        """ "Page 1 of 3"; the style sheet counts."""
        text = self.env._("Page %(page)s of %(pages)s")
        counters = {"page": Markup('<span class="page"></span>'), "pages": Markup('<span class="pages"></span>')}
        return Markup(text) % counters

    def _labels(self):
        """{group: {technical value: its name in the document's language}}; sealed content holds the values, never the
        names.
        """
        return {
            "kind": {
                "ordinary": self.env._("Ordinary session"),
                "extraordinary": self.env._("Extraordinary session"),
                "joint": self.env._("Joint session of secretaries"),
            },
            "kind_word": {
                "ordinary": self.env._("ordinary"),
                "extraordinary": self.env._("extraordinary"),
                "joint": self.env._("joint"),
            },
            "ground": {
                "chair": self.env._("the chair presiding"),
                "delegation": self.env._("the secretary presiding by the chair's delegation"),
                "chair_absent": self.env._("the secretary presiding in the chair's absence"),
                "secretariat_head": self.env._("the head of the Secretariat presiding"),
                "head_substitute": self.env._("the substitute of the head of the Secretariat presiding"),
            },
            "outcome": {
                "proposed": self.env._("Proposed"),
                "accepted": self.env._("Accepted"),
                "discussed": self.env._("Discussed"),
                "postponed": self.env._("Postponed"),
                "withdrawn": self.env._("Withdrawn"),
            },
            "resolution": {
                "draft": self.env._("Draft"),
                "adopted": self.env._("Adopted"),
                "rejected": self.env._("Rejected"),
                "deferred": self.env._("Deferred"),
            },
            "status": {
                "unmarked": self.env._("Not marked"),
                "present": self.env._("Present"),
                "late": self.env._("Present, late"),
                "absent": self.env._("Absent"),
                "excused": self.env._("Absent, excused"),
            },
            "seat_kind": {"ex_officio": self.env._("Ex-officio member"), "expert": self.env._("Expert member")},
            "person_kind": {
                "guest": self.env._("Guest expert"),
                "non_member": self.env._("Present, not a member"),
                "secretariat": self.env._("Secretariat, presiding"),
            },
        }
