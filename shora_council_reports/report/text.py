"""Facts in words: days, moments, numbers and choices, in the reader's language; what repeats is put into words once."""

from odoo.addons.shora_council.rules import clock
from odoo.addons.web_jalali.tools import jalali
from odoo.tools import html2plaintext

UTC, TEHRAN = clock.UTC, clock.TEHRAN


class _Memo(dict):
    """{what was asked: answer}; forgets everything before it grows past ``LIMIT``."""

    LIMIT = 10_000

    def __init__(self, answer):
        super().__init__()
        self.answer = answer

    def __missing__(self, asked):
        if len(self) >= self.LIMIT:
            self.clear()
        found = self[asked] = self.answer(asked)
        return found


class Words:
    """What the rows of a report are put into words with.

    - ``digits[text]``: with the reader's digits
    - ``day[day]``: ۱۴۰۵/۰۹/۰۲ for Persian readers, 2026-11-23 for others
    - ``jalali[day]``: ۱۴۰۵/۰۹/۰۲, 1405/09/02 for others
    - ``jalali_moment[moment]``: the same with hour and minute
    - ``local[utc]``: a stored (naive UTC) moment on Tehran's clock
    - ``seat[code]``: the seat as the by-law writes it
    """

    def __init__(self, env):
        self.env = env
        words = env["shora.words"]
        self.persian = words._is_persian()
        self.digits = _Memo(words._digits)
        # The same whoever makes the report and wherever: a job has no reader whose calendar could be asked for.
        self.day = _Memo(jalali.format_jalali if self.persian else str)
        self.jalali = _Memo(self._jalali)
        self.jalali_moment = _Memo(self._jalali_moment)
        self.local = _Memo(self._local)
        self.seat = _Memo(env["shora.seat"]._code_label)
        self.join = words._join
        self._labels = {}

    def _jalali(self, day):
        text = jalali.format_jalali(day)
        return text if self.persian else jalali.latin_digits(text)

    def _jalali_moment(self, moment):
        return f"{self.jalali[moment.date()]} {self.digits[moment.strftime('%H:%M')]}"

    @staticmethod
    def _local(utc):
        return utc.replace(tzinfo=UTC).astimezone(TEHRAN).replace(tzinfo=None) if utc else None

    def labels(self, model, field):
        """{value: label} of a selection field, in the reader's language; the label of nothing is empty."""
        key = model, field
        if key not in self._labels:
            choices = self.env[model]._fields[field]._description_selection(self.env)
            self._labels[key] = {None: "", False: "", **dict(choices)}
        return self._labels[key]

    def yes(self, flag):
        """«بلی» where it is so, nothing where it is not."""
        return self.env._("Yes") if flag else ""

    @staticmethod
    def plain(html):
        """Text of an HTML field, without marks of its layout."""
        return html2plaintext(html, include_references=False).strip() if html else ""
