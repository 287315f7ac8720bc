"""Two councils with a past, and the workbooks of their reports as somebody who opens them sees them."""

import io
from contextlib import ExitStack
from types import SimpleNamespace
from unittest.mock import patch

import openpyxl
from odoo.addons.shora_council_reports.report import TABLES, Scope

from tests.common import ShoraCase, tehran

#: ordinary sessions of the first council, and one extraordinary
FIRST, SECOND, THIRD, URGENT = "2026-10-12", "2026-10-26", "2026-11-09", "2026-11-12"
YEAR = 1405


def quick(case):
    """Documents are named, not laid out: these tests are about tables. For ``setUpClass``."""
    patches = ExitStack()
    case.addClassCleanup(patches.close)
    registry = case.registry
    patches.enter_context(patch.object(registry["shora.pdf"], "_render", lambda *args, **kwargs: b"%PDF-1.7"))
    pack = SimpleNamespace(pdf=b"%PDF-1.7", pages=1, entries=[])
    patches.enter_context(patch.object(registry["shora.pdf"], "_pack", lambda model, notice: pack))


class History:
    """What happened in the councils; ``make_history`` is for ``setUpClass``."""

    @classmethod
    def make_history(cls):
        """T1: B3 misses three ordinary sessions, B4 is excused from the second, B5 misses the urgent one. T2: one."""
        quick(cls)
        cls.staff = cls.make_user("t_rep_staff", "shora_council.group_shora_staff")
        cls.council.staff_user_ids = cls.staff
        cls.member = cls.make_user("t_rep_member", "shora_council.group_shora_member")
        cls.portal = cls.make_user("t_rep_portal", "base.group_portal")
        with tehran("2026-09-02 08:00"):
            cls.appoint(cls.council, "B8", cls.member.partner_id, "2026-09-02")
            cls.appoint(cls.council, "B9", cls.portal.partner_id, "2026-09-02")
            cls.other = cls.make_council("T2")
            cls.other_secretary, cls.other_people = cls.staff_council(cls.other, experts=1, prefix="t2")
            cls.other_member = cls.make_user("t_rep_other", "shora_council.group_shora_member")
            cls.appoint(cls.other, "B2", cls.other_member.partner_id, "2026-09-02")
        case = cls()
        b3, b4, b5 = (cls.people[seat] for seat in ("B3", "B4", "B5"))
        cls.first = case.held_session(cls.council, FIRST, absent=b3)
        cls.second = case.held_session(cls.council, SECOND, absent=b3, excused=b4)
        cls.third = case.held_session(cls.council, THIRD, absent=b3)
        cls.urgent = case.held_session(cls.council, URGENT, absent=b5, kind="extraordinary")
        first_secretary, cls.secretary = cls.secretary, cls.other_secretary
        cls.elsewhere = case.held_session(cls.other, FIRST)
        cls.secretary = first_secretary


class Workbooks:
    """Reports as their readers get them."""

    def table(self, code, user=None, councils=None, year=YEAR, lang="en_US", **scope):
        """The table objects of a report, as ``user`` (default: the auditor) reads them."""
        env = self.env(user=user or self.auditor, context={"lang": lang})
        councils = (self.council if councils is None else councils).with_env(env)
        asked = Scope.of_year(councils, year, **scope) if year else Scope(councils, **scope)
        return TABLES[code].tables(env, asked)

    def lines(self, table):
        """Rows of a table as {name of the column: value}; the builders' names begin with a space."""
        names = [column.name for column in table.columns]
        return [dict(zip(names, map(self.stripped, row), strict=True)) for row in table.rows()]

    @staticmethod
    def stripped(value):
        return value.strip() if isinstance(value, str) else value

    def choice(self, code, user=None, lang="en_US", **vals):
        env = self.env(user=user or self.auditor, context={"lang": lang})
        councils = vals.pop("councils", self.council)
        values = {"report": code, "year": str(YEAR), "council_ids": [(6, 0, councils.ids)], **vals}
        return env["shora.report.choice"].create(values)

    def workbook(self, code, user=None, lang="en_US", **vals):
        """The workbook of a report, opened."""
        choice = self.choice(code, user, lang, **vals)
        report = choice.env["report.shora_council_reports.choice"]
        content, _kind = report.create_xlsx_report(choice.ids, {})
        return self.opened(content)

    def opened(self, content):
        return openpyxl.load_workbook(io.BytesIO(content))

    def header_line(self, sheet):
        """Number of the row with the headings."""
        return int(sheet.print_title_rows.split("$")[-1])

    def cells(self, sheet):
        """Rows below the headings as {heading: value}, without the totals."""
        head = self.header_line(sheet)
        last = int(sheet.auto_filter.ref.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        names = [cell.value for cell in sheet[head]]
        return [
            dict(zip(names, (self.stripped(cell.value) for cell in row), strict=True))
            for row in sheet.iter_rows(min_row=head + 1, max_row=last)
        ]


class ReportCase(History, Workbooks, ShoraCase):
    """Tests of tables and their sheets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_history()
